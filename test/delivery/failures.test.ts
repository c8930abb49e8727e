// What did not arrive is seen by the office; what was dropped without a loss is not.
import { expect, test } from 'vitest';
import { undelivered } from '../../src/delivery/failures.ts';
import { officeId, openWorld, SEND, text } from './world.ts';

test('refused, unknown and stuck rows are seen, sent and quiet ones are not, and no words of theirs are', async () => {
  const { store, clock, put, say, drain, fault } = await openWorld();
  const since = new Date(Date.now() - 60_000);
  const failures = () => undelivered(store, officeId, { since, now: clock.now() });
  await say('fine');
  await put(
    { key: 'nobody', recipient: 'user:nobody', payload: text('secret words') },
    { key: 'no card', call: 'card-update', recipient: 'user:wang', taskId: 'none', payload: {} },
    { key: 'planned', recipient: 'user:wang', notBefore: new Date(clock.now().getTime() + 3_600_000) },
  );
  for (const to of ['user:lisi', 'user:nobody', 'user:wang']) await drain(to);
  expect(await failures()).toMatchObject([
    { key: 'nobody', state: 'refused', why: 'refused', errcode: 81013 },
  ]);

  await say('lost');
  await fault({ kind: 'drop-answer', path: SEND, times: 1 });
  await drain();
  await say('stuck');
  clock.advance(11 * 60_000);
  const seen = await failures();
  expect(seen.map((f) => [f.key, f.state])).toEqual([
    ['stuck', 'pending'],
    ['lost', 'unknown'],
    ['nobody', 'refused'],
  ]);
  expect(JSON.stringify(seen)).not.toContain('secret');
  expect(
    await undelivered(store, officeId, { since: new Date(Date.now() + 60_000), now: clock.now() }),
  ).toEqual([]);
});
