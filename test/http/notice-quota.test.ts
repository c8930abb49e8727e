// A notice that would use up most of the day's messages says so on its draft, before anybody confirms it.
import { expect, test } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { openWorld } from '../support/world.ts';

test('the draft tells what the notice would bring the quota to', async () => {
  const world = await openWorld();
  const { store } = world.app;
  const [office] = await store.query<{ id: string }>(
    `update office set settings = '{"notify.accounts": 1}', roster_version = roster_version + 1 returning id`,
    [],
  );
  const clerk = world.person('小陈');
  await clerk.says('通知二区各校：周五上午停水');
  const plenty = await clerk.sees(/通知待发/);
  expect(plenty.text).not.toMatch(/额度/);
  await clerk.says('取消');

  // 170 of the 200 that one account may be sent to a day have gone out.
  const notice = newId();
  await store.query(
    `insert into supervision_notice (id, office_id, author_id, audience, content, receipt, attachments, state, send_at, created_at)
     select $1, $2, id, '{}', '早上的通知', false, '{}', 'sent', $3, $3 from person where office_id = $2 limit 1`,
    [notice, office?.id, world.clock.now()],
  );
  await store.query(
    `insert into notice_receipt (notice_id, person_id, office_id, user_key, chunk, wanted, state)
     select $1, gen_random_uuid(), $2, 'somebody' || n, 1, false, 'sent' from generate_series(1, 170) n`,
    [notice, office?.id],
  );
  await clerk.says('通知二区各校：周五上午停水');
  await clerk.sees(/通知待发[\s\S]*今天的消息额度将用到87%/);
  await clerk.says('明早八点发');
  expect((await clerk.sees(/通知待发[\s\S]*3月20日\(周五\) 08:00发送/)).text).not.toMatch(/额度/);
});
