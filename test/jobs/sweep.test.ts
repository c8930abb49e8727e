// The sweep finds in PostgreSQL what nobody is at, and rings for it; the inbox is the one table that forgets.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { putRows } from '../../src/delivery/outbox.ts';
import { INBOX_DAYS, sweepOnce } from '../../src/jobs/sweep.ts';
import { freshDatabase } from '../support/database.ts';
import { officeId, silent } from './world.ts';

const now = new Date('2026-11-22T08:00:00Z');
const DAY = 86_400_000;

async function swept(store: Parameters<typeof sweepOnce>[0]['store']) {
  const rung: object[] = [];
  const ringAll = async (kind: { name: string }, data: readonly object[], options?: object) => {
    rung.push(...data.map((d) => ({ kind: kind.name, ...d, ...options })));
    return true;
  };
  const result = await sweepOnce({ store, now: () => now, jobs: { ringAll }, log: silent });
  return { result, rung };
}

test('recipients with due rows are rung for, once each; rows for later, sent and refused ones are not', async () => {
  const { store } = await freshDatabase();
  const at = (ms: number) => new Date(now.getTime() + ms);
  const row = (key: string, user: string, notBefore: Date) =>
    ({ officeId, key, recipient: `user:${user}`, call: 'message', payload: {}, notBefore }) as const;
  await store.transaction((tx) =>
    putRows(tx, [
      row('a', 'li', at(-2_000)),
      row('b', 'li', at(-1_000)),
      row('c', 'wang', at(-3_000)),
      row('d', 'zhao', at(1_000)),
      row('e', 'sent', at(-1_000)),
    ]),
  );
  await store.query(`update outbox set state = 'sent' where key = 'e'`);
  await store.query(`update outbox set state = 'unknown' where key = 'c'`);
  expect((await swept(store)).rung).toEqual([
    { kind: 'drain', officeId, recipient: 'user:wang', lost: true },
    { kind: 'drain', officeId, recipient: 'user:li', lost: true },
  ]);
});

test('a claim that ran out becomes unknown and is rung for; one that runs is left alone', async () => {
  const { store } = await freshDatabase();
  const insert = (key: string, until: string) =>
    store.query(
      `insert into outbox (id, office_id, key, recipient, call, payload, state, attempts, not_before, claimed_until)
       values ($1, $2, $3::text, 'user:' || $3, 'message', '{}', 'sending', 1, $4, clock_timestamp() + $5::interval)`,
      [randomUUID(), officeId, key, now, until],
    );
  await insert('dead', '-1 second');
  await insert('alive', '30 seconds');
  const { result, rung } = await swept(store);
  expect(result.expiredClaims).toBe(1);
  expect(rung).toEqual([{ kind: 'drain', officeId, recipient: 'user:dead', lost: true }]);
  expect(await store.query('select key, state from outbox order by key')).toEqual([
    { key: 'alive', state: 'sending' },
    { key: 'dead', state: 'unknown' },
  ]);
});

test('attachments that still lie at the platform are rung for after half a minute', async () => {
  const { store } = await freshDatabase();
  const [old, fresh, stored, person] = Array.from({ length: 4 }, () => randomUUID());
  await store.query(`insert into office (id, slug, name, short) values ($1, 'main', 'o', 'o')`, [officeId]);
  await store.query(
    `insert into person (id, office_id, user_id, user_key, name, roles) values ($1, $2, 'li', 'li', 'Li', '{}')`,
    [person, officeId],
  );
  for (const [id, state, ageMs] of [
    [old, 'pending', 31_000],
    [fresh, 'pending', 1_000],
    [stored, 'stored', 60_000],
  ] as const)
    await store.query(
      `insert into attachment (id, office_id, person_id, kind, media_id, state, created_at) values ($1, $2, $3, 'image', 'm', $4, $5)`,
      [id, officeId, person, state, new Date(now.getTime() - ageMs)],
    );
  expect((await swept(store)).rung).toEqual([{ kind: 'fetch-media', attachmentId: old }]);
});

test('inbox rows are kept for weeks and then forgotten', async () => {
  const { store } = await freshDatabase();
  for (const days of [INBOX_DAYS - 1, INBOX_DAYS + 1])
    await store.query(
      `insert into inbox (id, office_id, dedup_key, user_id, kind, message, received_at) values ($1, $2, $3, 'li', 'text', '{}', $4)`,
      [randomUUID(), officeId, `${days}`, new Date(now.getTime() - days * DAY)],
    );
  expect((await swept(store)).result.forgottenMessages).toBe(1);
  expect(await store.query('select dedup_key as key from inbox')).toEqual([{ key: `${INBOX_DAYS - 1}` }]);
});
