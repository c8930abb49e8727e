// A robot that the platform limits is told of once a day, and the day is the office's: eight in the morning is none that begins.
import { expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { limitedRobots } from '../../../src/supervision/robots/plan.ts';
import { openGroups } from '../../support/groups.ts';

test('told once between two midnights of the office', async () => {
  const { office, store } = await openGroups();
  await store.query(
    `insert into group_robot (id, office_id, name, key_sealed, state, created_at, keyed_at) values ($1, $2, '校长群', 'v1.x', 'on', now(), now())`,
    [newId(), office.officeId],
  );
  await store.query(
    `insert into outbox (id, office_id, key, recipient, call, payload, not_before, state, why)
     values ($1, $2, 'held', 'robot:校长群', 'robot', '{}', now(), 'pending', 'rate-limit')`,
    [newId(), office.officeId],
  );
  const told = async (at: string) => {
    const keys: string[] = [];
    await limitedRobots(store, new Date(at), async (_tx, _robot, out) => {
      keys.push(...out.flatMap((one) => (one.kind === 'tell' ? one.dedup : [])));
    });
    return keys;
  };
  const early = await told('2026-03-19T07:59:00+08:00');
  expect(early).toHaveLength(1);
  expect(await told('2026-03-19T08:01:00+08:00')).toEqual(early);
  expect(await told('2026-03-20T00:01:00+08:00')).not.toEqual(early);
});
