// Before a verdict the inspector looks at what the school sent: by the card's button or by words, as soon as it has been fetched.
import { expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { openWorld } from '../support/world.ts';

test('the photos of a rectification come when they are asked for, to whoever may see the school', async () => {
  const world = await openWorld();
  const [inspector, head, other] = [
    world.person('王建国'),
    world.person('第二实验小学校长'),
    world.person('李秀英'),
  ];
  const filed = async () => {
    await inspector.says('今天去了二实小,灭火器过期两个,食堂留样没贴标签');
    await inspector.sees(/督导记录待确认/);
    await inspector.says('确认');
    await head.sees(/整改通知/);
  };
  await filed();
  await inspector.says('看照片');
  await inspector.sees(/没有附照片。照片是自愿提供的/);

  await head.says('001号都改好了');
  await head.sees(/整改情况待提交/);
  for (let n = 1; n <= 2; n++) await head.sendsPhoto(Buffer.from(`\x89PNG\r\n\x1a\n photo ${n}`, 'latin1'));
  await head.sees(/照片已附上/);
  await head.says('确认');
  await head.sees(/已提交/);
  await until('the photos to be fetched', async () => {
    const rows = await world.app.store.query(`select 1 from attachment where state = 'stored'`);
    return rows.length === 2;
  });
  const card = await inspector.sees(/整改待复核[\s\S]*看照片/);
  const { taskId, body } = card.message.card ?? {};
  const key = body?.button_list?.find(({ text }) => text === '看照片')?.key ?? '';
  await inspector.taps(key, taskId ? { taskId } : {});
  await inspector.sees(/001号“灭火器过期两个、食堂留样没贴标签”的照片2张，马上发来/);
  const pictures = async (who: typeof inspector) =>
    (await who.saw()).filter(({ text }) => text.startsWith('[image]')).map(({ text }) => text);
  await until('both pictures', async () => (await pictures(inspector)).length === 2);

  await head.says('看001的照片');
  await head.sees(/照片2张，马上发来/);
  await until('both pictures', async () => (await pictures(head)).length === 2);
  await other.says('看001的照片');
  await other.sees(/没有查到对得上的整改/);
  expect(await pictures(other)).toEqual([]);
});
