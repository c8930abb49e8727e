// A hand-over on its day: at that day's first minute, told in the morning, once; and what can no longer be is not done but said.
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import type { Digest } from '../../../src/supervision/deadlines/plan.ts';
import { handOverNext } from '../../../src/supervision/hand-over/on-day.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { emptyOffices, freshDatabase } from '../../support/database.ts';
import { fixtureRoster } from '../../support/world.ts';

const { store } = await freshDatabase();
const rules = loadSettingRules();
const sealer = { seal: (text: string) => text, open: (text: string) => text };
const told: Digest[] = [];
let id = '';

const person = async (userId: string) => {
  const [row] = await store.query<{ id: string }>('select id from person where user_id = $1', [userId]);
  return row?.id ?? '';
};
const at = (moment: string) =>
  handOverNext(store, rules, new Date(`2026-${moment}:00+08:00`), async (_tx, all) => {
    told.push(...all);
  });
const inspectors = () =>
  store.query(
    `select p.user_id as who, a.since, a.until from assignment a join person p on p.id = a.person_id join school s on s.id = a.school_id
     where s.code = 'S10' and a.role = 'inspector' order by a.since, p.user_key`,
  );

beforeEach(async () => {
  await emptyOffices(store);
  told.length = 0;
  const roster = fixtureRoster();
  const { officeId } = await importRoster(store, roster, { now: new Date('2026-03-01T00:00:00Z'), sealer });
  id = newId();
  // A Saturday.
  await store.query(
    `insert into hand_over (id, office_id, school_id, to_id, from_on, by_id, at)
     select $1, $2, s.id, $3, '2026-03-28', $4, '2026-03-19T10:00:00+08:00' from school s where s.code = 'S10'`,
    [id, officeId, await person('insp-wang'), await person('office-chen')],
  );
});

test('nothing before its day; at its first minute the school is hers; told on the next working morning, with the day’s name', async () => {
  expect(await at('03-27T23:59')).toBeNull();
  const [one, other] = await Promise.all([at('03-28T00:00'), at('03-28T00:00')]);
  expect([one, other].filter((done) => done !== null)).toEqual([{ done: [id], failed: [], papers: [] }]);
  expect(await at('03-28T00:01')).toBeNull();
  expect(await inspectors()).toEqual([
    { who: 'insp-li', since: '2026-03-01', until: '2026-03-28' },
    { who: 'insp-wang', since: '2026-03-28', until: null },
  ]);
  expect(told.map(({ to, notification }) => `${to.userId} ${notification.key}`).sort()).toEqual([
    'head-s10 hand-over.school',
    'insp-li hand-over.left',
    'insp-wang hand-over.received',
  ]);
  for (const { sendAt, today, notification } of told) {
    expect(sendAt.getTime()).toBeGreaterThan(Date.parse('2026-03-30T07:30:00+08:00'));
    expect(sendAt.getTime()).toBeLessThan(Date.parse('2026-03-30T07:40:00+08:00'));
    expect([today.toString(), notification.data.since]).toEqual(['2026-03-30', '2026-03-28']);
  }
  const papers = await store.query(
    `select p.user_id as who, kind, asked_at > '2026-03-30T07:30:00+08:00' as later from paper join person p on p.id = person_id`,
  );
  expect(papers).toEqual([{ who: 'insp-wang', kind: 'hand-over', later: true }]);
});

test.each([
  ['she left', `update person set active = false where user_id = 'insp-wang'`, 'act.not-found'],
  ['the school closed', `update school set active = false where code = 'S10'`, 'act.not-found'],
  [
    'she is no inspector any more',
    `update person set roles = '{office}' where user_id = 'insp-wang'`,
    'assign.not-inspector',
  ],
  [
    'she has to keep away from it now',
    `insert into recusal (id, office_id, person_id, school_id, reason, since)
     select gen_random_uuid(), s.office_id, p.id, s.id, '近亲属', '2026-03-20' from school s, person p
     where s.code = 'S10' and p.user_id = 'insp-wang'`,
    'assign.recused',
  ],
])('%s: it is not done, everything stays, and the office is told why', async (_, sql, why) => {
  await store.query(sql);
  expect(await at('03-28T00:00')).toMatchObject({ done: [], failed: [id] });
  expect(await inspectors()).toEqual([{ who: 'insp-li', since: '2026-03-01', until: null }]);
  const office = told.filter(({ notification }) => notification.key === 'hand-over.failed');
  expect(office.map(({ to }) => to.userId)).toContain('office-chen');
  expect(office[0]?.notification.data).toMatchObject({ school: '东关小学', to: '王建国', why });
  expect(told).toHaveLength(office.length);
  const [audit] = await store.query(
    `select action, after from audit_entry where action = 'assignment.plan-failed'`,
  );
  expect(audit).toEqual({ action: 'assignment.plan-failed', after: { why } });
  expect(await at('03-28T00:01')).toBeNull();
});

test('two schools of one taker on one day: she and the one who leaves hear once, each head of her own; what cannot be is told apart', async () => {
  await store.query(
    `insert into hand_over (id, office_id, school_id, to_id, from_on, by_id, at)
     select gen_random_uuid(), h.office_id, s.id, h.to_id, h.from_on, h.by_id, h.at from hand_over h, school s
     where s.code in ('S04', 'S11', 'S15')`,
  );
  await store.query(`update school set active = false where code = 'S15'`);
  const done = await at('03-28T00:00');
  expect([done?.done.length, done?.failed.length]).toEqual([3, 1]);
  expect(await at('03-28T00:00')).toBeNull();
  const keys = told.map(({ to, notification }) => `${to.userId} ${notification.key}`).sort();
  expect(keys.filter((key) => !key.startsWith('office-'))).toEqual([
    'head-s04 hand-over.school',
    'head-s10 hand-over.school',
    'head-s11 hand-over.school',
    'insp-li hand-over.left',
    'insp-wang hand-over.received-all',
  ]);
  const heard = told.find(({ notification }) => notification.key === 'hand-over.received-all');
  expect(heard?.notification.data).toMatchObject({ from: ['李秀英'], schools: [{}, {}, {}] });
  const [papers] = await store.query(`select count(*)::int as n from paper`);
  expect(papers).toEqual({ n: 1 });
});
