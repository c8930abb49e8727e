// A whole spring term, day by day, against the table written by hand in semester-table.ts.
import { expect, test } from 'vitest';
import { putRows } from '../../../src/delivery/outbox.ts';
import { newId } from '../../../src/store/ids.ts';
import type { Tx } from '../../../src/store/store.ts';
import { planInstants } from '../../../src/supervision/deadlines/instants.ts';
import { type Digest, planOffice } from '../../../src/supervision/deadlines/plan.ts';
import { mustLoadPolicy } from '../../../src/supervision/deadlines/policy.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { freshDatabase } from '../../support/database.ts';
import { fixtureRoster } from '../../support/world.ts';
import { expected } from './semester-table.ts';

test('a spring term: each reminder and escalation on its day, to its people, and none besides', async () => {
  const { store } = await freshDatabase();
  const [rules, policy, roster] = [loadSettingRules(), mustLoadPolicy(), fixtureRoster()];
  const kept = (schools: unknown) =>
    Array.isArray(schools) ? schools.filter((code) => ['S01', 'S05'].includes(code)) : [];
  const small = {
    ...roster,
    schools: roster.schools.filter(({ code }) => ['S01', 'S05'].includes(code)),
    people: roster.people
      .map((one) => ({ ...one, schools: kept(one.schools) }))
      .filter(({ roles, schools }) => !roles.includes('principal') || schools.length > 0),
  };
  const sealer = { seal: (text: string) => text, open: (text: string) => text };
  const { officeId } = await importRoster(store, small, { now: new Date('2026-02-26T00:00:00Z'), sealer });
  await store.query(
    `update person set roles = roles || '{area-leader}', area_id = (select id from area where code = 'A1') where user_id = 'insp-zhou'`,
  );
  const name = new Map<string, string>();
  const idOf = new Map<string, string>();
  const label = (id: string, as: string) => {
    name.set(id, as);
    idOf.set(as, id);
    return id;
  };
  for (const { id, code } of await store.query<{ id: string; code: string }>('select id, code from school'))
    label(id, code);
  for (const { id, user } of await store.query<{ id: string; user: string }>(
    'select id, user_id as "user" from person',
  ))
    idOf.set(user, id);
  const get = (as: string) => idOf.get(as) ?? '';
  const who = (school: string) => get(school === 'S01' ? 'insp-wang' : 'insp-zhang');

  async function deliver(tx: Tx, all: readonly Digest[]) {
    await putRows(
      tx,
      all.map(({ to, notification: { dedup, key, urgent }, sendAt }) => ({
        ...{ officeId, key: dedup, recipient: `user:${to.userId}` as const, call: 'message' as const },
        ...{ payload: { key }, notBefore: sendAt, urgent: urgent ?? false },
      })),
    );
  }
  const at = (day: string, time: string) => new Date(`2026-${day}T${time}:00+08:00`);
  const run = (day: string, time: string) =>
    planOffice({ store, rules, policy, now: at(day, time), deliver }, officeId);
  const alarm = (day: string, time: string) =>
    planInstants({ store, rules, policy, now: at(day, time), deliver, openPhone: (text) => text }, officeId);

  const visit = (school: string) => async (day: string) => {
    await store.query(
      `insert into visit (id, office_id, school_id, inspector_id, visited_on) values ($1, $2, $3, $4, $5)`,
      [newId(), officeId, get(school), who(school), `2026-${day}`],
    );
  };
  const notice =
    (n: number, school: string, disposition: string, due: string, signed = true) =>
    async (day: string) => {
      const [visitId, noticeId, findingId] = [newId(), label(newId(), `N${n}`), label(newId(), `N${n}`)];
      const now = at(day, '10:00');
      await store.query(
        `insert into visit (id, office_id, school_id, inspector_id, visited_on, state, created_at) values ($1, $2, $3, $4, $5, 'voided', $6)`,
        [visitId, officeId, get(school), who(school), `2026-${day}`, now],
      );
      await store.query(
        `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, state, issued_at, due_on, signed_at)
         values ($1, $2, $3, $4, $5, 2026, $6, $7, $8, $9, $10)`,
        [
          ...[noticeId, officeId, get(school), visitId, who(school), n],
          ...[signed ? 'acknowledged' : 'issued', now, `2026-${due}`, signed ? now : null],
        ],
      );
      await store.query(
        `insert into finding (id, office_id, visit_id, school_id, notice_id, ordinal, item, text, disposition, state, due_on)
         values ($1, $2, $3, $4, $5, 1, 'I6', '灭火器过期', $6, 'issued', $7)`,
        [findingId, officeId, visitId, get(school), noticeId, disposition, `2026-${due}`],
      );
    };
  /** Some columns of one row change; `$2` is the moment. */
  const set = (table: 'finding' | 'emergency', as: string, change: string, time?: string) => (day: string) =>
    store.query(`update ${table} set ${change}, id = id where id = $1 and $2::timestamptz is not null`, [
      get(as),
      at(day, time ?? '10:00'),
    ]);
  const handsIn = (n: string) =>
    set('finding', n, `state = 'submitted', round = round + 1, submitted_at = $2`);
  const passes = (n: string) => set('finding', n, `state = 'accepted', reviewed_at = $2`);
  const looksBack = (n: string) => set('finding', n, `looked_back_at = $2`);
  const asks = (n: string, by: string, from: string, to: string) => async (day: string) => {
    await set('finding', n, `state = 'extension_pending'`)(day);
    await store.query(
      `insert into extension (id, finding_id, state, reason, from_on, asked_on, asked_by, asked_at) values ($1, $2, 'asked', '等货', $3, $4, $5, $6)`,
      [newId(), get(n), `2026-${from}`, `2026-${to}`, get(by), at(day, '10:00')],
    );
  };
  const grants = (n: string, to: string) => async (day: string) => {
    await store.query(`update extension set state = 'granted' where finding_id = $1`, [get(n)]);
    await set('finding', n, `state = 'issued', due_on = '2026-${to}'`)(day);
  };
  const emergency = async (day: string) => {
    await store.query(
      `insert into emergency (id, office_id, school_id, area_id, text, raised_by, raised_at, last_note_at)
       select $1, $2, s.id, s.area_id, '食堂起火', $3, $4, $4 from school s where s.id = $5`,
      [label(newId(), 'E'), officeId, get('insp-wang'), at(day, '10:00'), get('S01')],
    );
    for (const time of ['10:00', '10:01', '10:02', '10:05']) await alarm(day, time);
    await set('emergency', 'E', `state = 'acknowledged', ack_at = $2`, '10:06')(day);
    for (const time of ['10:10', '10:30', '11:29', '11:30', '12:00', '12:30']) await alarm(day, time);
    await set('emergency', 'E', `reported_at = $2`, '12:40')(day);
    for (const time of ['12:41', '20:30', '23:59']) await alarm(day, time);
  };
  const contained = async (day: string) => {
    for (const time of ['09:04', '09:05', '09:06', '12:05']) await alarm(day, time);
    await set('emergency', 'E', `state = 'contained', contained_at = $2`, '13:00')(day);
    for (const time of ['13:01', '23:00']) await alarm(day, time);
  };
  const exempt = async () => {
    await store.query(
      `insert into visit_exemption (id, office_id, school_id, month, reason, by_id, at) values ($1, $2, $3, '2026-05', '校舍搬迁', $4, $5)`,
      [newId(), officeId, get('S05'), get('office-chen'), at('05-07', '10:00')],
    );
  };
  /** After the day's reminders. */
  const story: Record<string, ((day: string) => Promise<unknown>)[]> = {
    '03-10': [visit('S01'), notice(1, 'S01', 'general', '03-20', false)],
    '03-13': [
      () =>
        store.query(
          `update rectification_notice set state = 'acknowledged', signed_at = now() where number = 1`,
        ),
    ],
    '03-16': [notice(2, 'S05', 'serious', '04-30')],
    '03-31': [set('finding', 'N2', `state = 'planned', planned_at = $2`)],
    '04-07': [handsIn('N1')],
    '04-14': [visit('S05'), notice(3, 'S05', 'general', '05-01')],
    '04-17': [passes('N1')],
    '04-27': [looksBack('N1'), visit('S01'), asks('N2', 'head-s05', '04-30', '05-08')],
    '04-30': [grants('N2', '05-08')],
    '05-06': [handsIn('N3')],
    '05-07': [passes('N3'), exempt],
    '05-09': [handsIn('N2')],
    '05-11': [passes('N2')],
    '05-12': [looksBack('N2'), notice(4, 'S01', 'general', '05-22')],
    '05-14': [looksBack('N3')],
    '05-18': [asks('N4', 'head-s01', '05-22', '05-29')],
    '05-21': [grants('N4', '05-29')],
    '05-29': [handsIn('N4'), passes('N4')],
    '06-02': [visit('S01'), visit('S05')],
    '06-09': [emergency],
    '06-10': [contained],
    '06-17': [set('emergency', 'E', `state = 'closed', closed_at = $2`)],
    '06-18': [looksBack('N4')],
    '06-25': [set('emergency', 'E', `state = 'reviewed', reviewed_at = $2`)],
  };

  await run('02-27', '09:40');
  for (let on = Date.parse('2026-02-28'); on <= Date.parse('2026-07-15'); on += 86_400_000) {
    const day = new Date(on).toISOString().slice(5, 10);
    for (const time of ['06:10', '09:40', '21:40']) {
      if (time === '21:40') for (const happens of story[day] ?? []) await happens(day);
      await run(day, time);
    }
  }

  const rows = await store.query<{
    at: string;
    who: string;
    kind: string;
    id: string;
    period: string;
    rules: string;
  }>(
    `select to_char(n.planned_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as at, p.user_id as who, n.kind,
            n.subject_id as id, n.period, string_agg(n.at, ',' order by n.at collate "C") as rules
     from nudge n join person p on p.id = n.person_id group by 1, 2, 3, 4, 5`,
  );
  const actual = rows.map(({ at, who, kind, id, period, rules }) => {
    const visit = kind === 'regular-visit';
    return `${at.replace(' 09:40', '')} ${who} ${visit ? 'visit' : kind} ${name.get(id)} ${visit ? `${period} ` : ''}${rules}`;
  });
  expect(actual.sort()).toEqual([...expected].sort());

  // One message a morning and person, however many lines it has; and one a line of an emergency's minutes.
  const messages = new Set(expected.map((line) => line.match(/^[\d-]+ (?:\d\d:\d\d )?\S+/u)?.[0]));
  const [sent] = await store.query<{ n: number }>(
    `select count(*)::int as n from outbox where key like 'digest-%' or key like 'instant-%'`,
  );
  expect(sent?.n).toBe(messages.size);
});
