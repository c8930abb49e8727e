// What the calendar does to months: reported once when they are over, closed on the third working day, whatever the planner missed.
import { expect, test } from 'vitest';
import type { putRows } from '../../src/delivery/outbox.ts';
import { type Digest, planOffice } from '../../src/supervision/deadlines/plan.ts';
import { mustLoadPolicy } from '../../src/supervision/deadlines/policy.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const rules = loadSettingRules();
const policy = mustLoadPolicy();

async function stage() {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  await store.query(`update person set roles = roles || '{area-leader}' where user_key = 'insp-zhou'`);
  const told: Digest[] = [];
  const run = async (at: string) => {
    told.length = 0;
    const deliver = async (_tx: Parameters<typeof putRows>[0], digests: readonly Digest[]) => {
      told.push(...digests);
    };
    await planOffice({ store, rules, policy, now: new Date(at), deliver }, office.officeId);
    return told.filter(({ notification }) => notification.key === 'visits.month-report');
  };
  const states = async () =>
    (await store.query<{ state: string }>(`select state from visit order by visited_on`)).map(
      ({ state }) => state,
    );
  const ending = () =>
    told
      .filter(({ notification }) => notification.key === 'visits.ending')
      .map(({ to, notification }) => ({ to: to.userId, ...notification.data }));
  return { store, office, run, states, ending };
}

async function files(hears: (userId: string, said: string) => Promise<{ text: string }[]>, words: string) {
  await hears('insp-wang', words);
  await hears('insp-wang', '确认');
}

test('reported on the first working day, to the office and to leaders for their own area, once', async () => {
  const { office, run, states } = await stage();
  await run('2026-03-19T09:30:00+08:00');
  await files(office.hears, '今天去了一中,没发现问题');
  expect(await run('2026-03-31T09:30:00+08:00')).toEqual([]);
  const reports = await run('2026-04-01T09:30:00+08:00');
  expect(reports.map(({ to }) => to.userId).sort()).toEqual(['insp-zhou', 'office-chen', 'office-sun']);
  const of = (who: string) => reports.find(({ to }) => to.userId === who)?.notification.data;
  expect(of('office-chen')).toMatchObject({
    scope: 'office',
    month: '2026-03',
    visits: 1,
    covered: 1,
    owed: 16,
  });
  expect(of('insp-zhou')).toMatchObject({
    scope: 'area',
    visits: 0,
    missed: ['大河乡中心小学', '大河乡中学'],
  });
  expect(await states()).toEqual(['reported']);
  expect(await run('2026-04-02T09:30:00+08:00')).toEqual([]);
});

test('closed on the third working day: April 6 is a day of rest, so that is the 3rd', async () => {
  const { office, run, states, store } = await stage();
  await run('2026-03-19T09:30:00+08:00');
  await files(office.hears, '今天去了一中,没发现问题');
  await run('2026-04-01T09:30:00+08:00');
  await run('2026-04-02T09:30:00+08:00');
  expect(await states()).toEqual(['reported']);
  await run('2026-04-03T09:30:00+08:00');
  expect(await states()).toEqual(['archived']);
  expect(
    await store.query(`select 1 from audit_entry where action = 'month.closed' and actor_id is null`),
  ).toHaveLength(1);
});

test('a planner that was away reports and closes in one go; one that opens reports nothing of before', async () => {
  const away = await stage();
  await away.run('2026-03-19T09:30:00+08:00');
  await files(away.office.hears, '今天去了一中,没发现问题');
  expect(await away.run('2026-04-15T09:30:00+08:00')).toHaveLength(3);
  expect(await away.states()).toEqual(['archived']);

  const opened = await stage();
  await files(opened.office.hears, '补录一下2月26号去的一中,没发现问题');
  expect(await opened.run('2026-03-19T09:30:00+08:00')).toEqual([]);
  expect(await opened.run('2026-03-20T09:30:00+08:00')).toEqual([]);
  expect(await opened.states()).toEqual(['confirmed']);
});

test('terms and credentials that end within 60 days are told to the office once a month', async () => {
  const { store, run, ending } = await stage();
  await store.query(`update person set credential_until = '2026-05-20' where user_key = 'insp-wang'`);
  await store.query(`update person set credential_until = '2026-07-20' where user_key = 'insp-li'`);
  await run('2026-03-19T09:30:00+08:00');
  expect(ending()).toEqual([]);
  await run('2026-04-01T09:30:00+08:00');
  const wang = [{ name: '王建国', what: 'credential', day: '2026-05-20', last: false }];
  expect(ending().sort((a, b) => (a.to < b.to ? -1 : 1))).toEqual([
    { to: 'office-chen', ending: wang, more: 0 },
    { to: 'office-sun', ending: wang, more: 0 },
  ]);
  await run('2026-04-02T09:30:00+08:00');
  expect(ending()).toEqual([]);
});
