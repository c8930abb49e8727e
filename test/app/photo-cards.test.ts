// Whoever judges a hand-in sees its photos on a card, where the bot is reached from outside; who may not look sees nothing.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openWorld, type TestWorld } from '../support/world.ts';

const PUBLIC = 'https://dudao.example.cn';
const photo = (background: string) =>
  sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();

async function handedIn(world: TestWorld, photos: number) {
  const inspector = world.person('王建国');
  const head = world.person('第二实验小学校长');
  await inspector.says('今天去了二实小,灭火器过期两个');
  await inspector.sees(/督导记录待确认/);
  await inspector.says('确认');
  await head.sees(/整改通知/);
  await head.says('001号都改好了');
  await head.sees(/整改情况待提交/);
  for (let n = 1; n <= photos; n++) await head.sendsPhoto(await photo('#b02020'), { fileName: 'p.jpg' });
  if (photos > 0) await head.sees(/照片已附上/);
  await head.says('确认');
  await head.sees(/已提交/);
  return { inspector, head };
}

/** As the client of this person opens a card's address: through the platform, and back with her code. */
async function opens(world: TestWorld, who: string, url: string): Promise<Response> {
  const at = `${world.simulator.url}/simulator/people/${world.person(who).userId}/open`;
  const answer = await fetch(at, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  });
  const { location } = (await answer.json()) as { location: string };
  expect(location.startsWith(PUBLIC)).toBe(true);
  return fetch(world.app.url + location.slice(PUBLIC.length), { redirect: 'manual' });
}

test('photos come on a card, small under an address that ends, large only for whoever may see the school', async () => {
  const world = await openWorld({ env: { PUBLIC_URL: PUBLIC } });
  const { inspector } = await handedIn(world, 2);
  const { message } = await inspector.sees(/第二实验小学.*001号 整改照片\n灭火器过期两个/);
  const body = message.card?.body;
  expect(body?.card_type).toBe('news_notice');
  const picture = body?.card_image?.url ?? '';
  const asks = body?.card_action?.url ?? '';
  expect(picture.startsWith(`${PUBLIC}/wecom/`)).toBe(true);
  const small = await fetch(world.app.url + picture.slice(PUBLIC.length));
  expect(small.headers.get('content-type')).toBe('image/jpeg');
  const { width, height } = await sharp(Buffer.from(await small.arrayBuffer())).metadata();
  expect([width, height]).toEqual([960, 640]);

  const page = await opens(world, '王建国', asks);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect((await page.text()).match(/<img alt="" src="data:image\/jpeg;base64,/g)).toHaveLength(2);
  // Who passes the card on opens nothing for those who may not look; whoever may, sees.
  expect((await opens(world, '小陈', asks)).status).toBe(200);
  for (const other of ['李秀英', '第一中学校长']) {
    const shut = await opens(world, other, asks);
    expect([shut.status, (await shut.text()).includes('<img')]).toEqual([404, false]);
  }
  // Without a code the platform is asked first; a code of somebody else's making opens nothing.
  const bare = (picture.slice(PUBLIC.length) ?? '').replace(/\.jpg$/, '');
  const asked = await fetch(world.app.url + bare, { redirect: 'manual' });
  expect(asked.headers.get('location')).toBe(asks);
  expect(await (await fetch(`${world.app.url}${bare}?code=x&state=y`)).text()).not.toContain('<img');
  const forged = bare.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  for (const path of [`${forged}.jpg`, forged, `${bare.replace('/wecom/', '/wecom/x')}.jpg`])
    expect((await fetch(world.app.url + path, { redirect: 'manual' })).status).toBe(404);

  await world.app.store.query(`update person set active = false where user_id = $1`, [inspector.userId]);
  expect((await fetch(world.app.url + picture.slice(PUBLIC.length))).status).toBe(404);
  await world.app.store.query(`update person set active = true where user_id = $1`, [inspector.userId]);
  expect((await fetch(world.app.url + picture.slice(PUBLIC.length))).status).toBe(200);
  world.moveTo(new Date(world.clock.now().getTime() + 8 * 86_400_000));
  expect((await fetch(world.app.url + picture.slice(PUBLIC.length))).status).toBe(404);
  expect((await opens(world, '王建国', asks)).status).toBe(404);
});

test('photos that follow the words bring the card once; one that is taken off is gone from it', async () => {
  const world = await openWorld({ env: { PUBLIC_URL: PUBLIC } });
  const { inspector, head } = await handedIn(world, 0);
  await inspector.sees(/整改待复核/);
  await head.sendsPhoto(await photo('#2020b0'), { fileName: 'p.jpg' });
  const { message } = await inspector.sees(/整改照片/);
  const path = (message.card?.body.card_image?.url ?? '').slice(PUBLIC.length);
  expect((await fetch(world.app.url + path)).status).toBe(200);
  await head.sendsPhoto(await photo('#20b020'), { fileName: 'q.jpg' });
  await head.says('刚才两张照片都发错了,去掉');
  await head.sees(/去掉/);
  await head.says('确认');
  await inspector.seesOnce(/去掉了2张照片/);
  expect((await fetch(world.app.url + path)).status).toBe(404);
  expect((await inspector.saw()).filter(({ text }) => /整改照片/.test(text))).toHaveLength(1);
});

test('a bot that nobody reaches from outside shows no photo on a card; they come when they are asked for', async () => {
  const world = await openWorld();
  const { inspector } = await handedIn(world, 1);
  await inspector.sees(/整改待复核[\s\S]*看照片/);
  await inspector.says('看照片');
  // The bot may still be fetching it: asked for once, it comes in either case.
  await inspector.sees(/的照片1张|有1张照片正在接收/);
  await inspector.sees(/\[image\]/);
  await inspector.neverSees(/整改照片/);
  expect(
    (await fetch(`${world.app.url}/wecom/${world.config.office}/photos/${'a'.repeat(48)}.jpg`)).status,
  ).toBe(404);
});

test('the head gets what the inspector photographed on a card beside the notice; another head opens nothing', async () => {
  const world = await openWorld({ env: { PUBLIC_URL: PUBLIC } });
  const [inspector, head] = [world.person('王建国'), world.person('第二实验小学校长')];
  await inspector.sendsPhoto(await photo('#b02020'), { fileName: 'p.jpg' });
  await inspector.says('今天去了二实小,灭火器过期两个');
  await inspector.sees(/照片1张/);
  await inspector.says('确认');
  await head.sees(/整改通知[\s\S]*照片1张[\s\S]*看照片/);
  const { message } = await head.sees(/第二实验小学.*001号 督导时的照片/);
  const asks = message.card?.body.card_action?.url ?? '';
  expect((await opens(world, '第二实验小学校长', asks)).status).toBe(200);
  expect((await opens(world, '第一中学校长', asks)).status).toBe(404);
});
