// A robot's minute is told before the notice goes: on the draft's card and in the answer to its yes.
import { expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { openGroups } from '../../support/groups.ts';

test('with 45 messages ahead of it a notice through a robot leaves in two minutes, and the office knows beforehand', async () => {
  const { office, store } = await openGroups();
  const now = office.clock.now();
  await store.query(
    `insert into group_robot (id, office_id, name, key_sealed, state, created_at, keyed_at) values ($1, $2, '校长群', 'v1.x', 'on', $3, $3)`,
    [newId(), office.officeId, now],
  );
  const ahead = (key: string, state: string, count: number, sentAt: Date | null) =>
    store.query(
      `insert into outbox (id, office_id, key, recipient, call, payload, not_before, state, sent_at)
       -- Old ids: the stage tells new rows by theirs.
       select ('00000000-0000-7000-8000-' || lpad((length($2) * 1000 + n)::text, 12, '0'))::uuid, $1, $2 || n, 'robot:校长群', 'robot', '{}', $3, $4, $5 from generate_series(1, $6::int) n`,
      [office.officeId, key, now, state, sentAt, count],
    );
  await ahead('waits', 'pending', 25, null);
  await ahead('sent', 'sent', 20, new Date(now.getTime() - 30_000));
  await ahead('long ago', 'sent', 500, new Date(now.getTime() - 600_000));
  const [card] = await office.hears('office-chen', '发到校长群机器人:周五停水,请储水');
  expect(card?.text).toMatch(/群机器人每分钟最多20条.*约2分钟后发出/);
  if (!card) throw new Error('no card');
  const [done] = await office.taps('office-chen', card, '发送');
  expect(done?.text).toMatch(/正在发送到校长群。[\s\S]*约2分钟后发出/);
});
