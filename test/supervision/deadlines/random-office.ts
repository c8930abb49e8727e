// A random office and what may befall it: every act of a person goes through the act itself, and into the memory of the second
// reckoning (reckoning.ts) only when the act took place. Visits and notices are put in by hand.
import fc from 'fast-check';
import { AppError } from '../../../src/errors.ts';
import { newId } from '../../../src/store/ids.ts';
import type { Store, Tx } from '../../../src/store/store.ts';
import type { ActContext, Actor } from '../../../src/supervision/act.ts';
import { ACTIONS } from '../../../src/supervision/actions.ts';
import { createCalendar } from '../../../src/supervision/calendar.ts';
import { planInstants } from '../../../src/supervision/deadlines/instants.ts';
import { type Digest, planOffice } from '../../../src/supervision/deadlines/plan.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { officeSettings } from '../../../src/supervision/settings.ts';
import { parseRoster } from '../../support/roster.ts';
import { dayAfter, dayOf, moment } from './reckoning-days.ts';
import type { Facts, Place } from './reckoning-facts.ts';
import { policy, putDigests, rules } from './stage.ts';

export const anyOffice = fc.record({
  schools: fc.array(
    fc.record({
      inspector: fc.constantFrom(0, 1),
      area: fc.constantFrom(0, 1),
      head: fc.constantFrom(true, true, true, false),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  /** Who leads the first area: nobody, somebody of her own, or the first inspector. The second has no leader. */
  leader: fc.constantFrom('none', 'lead', 'insp-0'),
  /** Whether the director is office staff as well. */
  bothOffices: fc.boolean(),
  settings: fc.record({
    minPerMonth: fc.constantFrom(1, 1, 2),
    exemptMonths: fc.constantFrom([2, 7, 8], [], [1]),
    signWithin: fc.integer({ min: 0, max: 3 }),
    reviewWithin: fc.integer({ min: 0, max: 6 }),
    forwardWithin: fc.integer({ min: 0, max: 5 }),
    planWithin: fc.integer({ min: 3, max: 14 }),
    lookBackWithin: fc.integer({ min: 5, max: 40 }),
    answerWithin: fc.integer({ min: 0, max: 3 }),
    letterDays: fc.integer({ min: 3, max: 15 }),
    reportHours: fc.integer({ min: 1, max: 4 }),
    quiet: fc.constantFrom(
      { from: 1200, to: 450 },
      { from: 1260, to: 480 },
      { from: 720, to: 840 },
      { from: 0, to: 0 },
    ),
    quietOnRestDays: fc.constantFrom(true, true, false),
  }),
  /** Days of the year, counted from its first, that only this office rests. */
  ownRest: fc.array(fc.nat(364), { maxLength: 3 }),
});
export type AnyOffice = typeof anyOffice extends fc.Arbitrary<infer T> ? T : never;

const setting = (value: AnyOffice['settings'], ownRest: string[]) => {
  const time = (minute: number) => new Date(minute * 60_000).toISOString().slice(11, 16);
  return {
    'visit.minPerMonth': value.minPerMonth,
    'visit.exemptMonths': value.exemptMonths,
    'rect.signWithinWorkdays': value.signWithin,
    'rect.reviewWithinDays': value.reviewWithin,
    'rect.forwardToOfficeWithinDays': value.forwardWithin,
    'rect.planWithinDays': value.planWithin,
    'rect.lookBackWithinDays': value.lookBackWithin,
    'rect.extensionAnswerWorkdays': value.answerWithin,
    'consult.answerDays': value.letterDays,
    'rect.maxExtensions': 2,
    'emergency.writtenReportHours': value.reportHours,
    'notify.quietHours': { from: time(value.quiet.from), to: time(value.quiet.to) },
    'notify.quietOnRestDays': value.quietOnRestDays,
    'calendar.ownRestDays': ownRest,
  };
};

/** `first`: the year's first day. */
export async function openOffice(store: Store, any: AnyOffice, first: string) {
  const places = any.schools.map(({ inspector, area, head }, n): Place => {
    const leader = area === 0 && any.leader !== 'none' ? any.leader : null;
    return {
      code: `S${n}`,
      inspector: `insp-${inspector}`,
      since: first,
      head: head ? `head-${n}` : null,
      leader,
    };
  });
  // Both are there from the first, so that a school may pass from one to the other.
  const inspectors = ['insp-0', 'insp-1'];
  const leads = (userid: string) => any.leader === userid;
  const person = (userid: string, roles: string[], more: object = {}) => ({
    userid,
    name: userid,
    roles,
    ...more,
  });
  const held = (role: 'inspector' | 'head', userid: string) =>
    places.filter((place) => place[role] === userid).map(({ code }) => code);
  const roster = parseRoster({
    office: { slug: 'random', name: '教育督导室', short: '督导室' },
    areas: [
      { code: 'A0', name: '第一责任区' },
      { code: 'A1', name: '第二责任区' },
    ],
    schools: places.map(({ code }, n) => ({
      ...{ code, name: `第${n}小学`, kind: 'primary' },
      area: `A${any.schools[n]?.area ?? 0}`,
    })),
    people: [
      ...inspectors.map((id) => ({
        ...person(id, ['inspector', ...(leads(id) ? ['area-leader'] : [])]),
        ...{ area: 'A0', schools: held('inspector', id) },
      })),
      ...places.flatMap(({ head }) =>
        head ? [person(head, ['principal'], { schools: held('head', head) })] : [],
      ),
      ...(any.leader === 'lead' ? [person('lead', ['area-leader'], { area: 'A0' })] : []),
      person('office', ['office']),
      person('director', any.bothOffices ? ['office', 'director'] : ['director']),
    ],
  });
  const plain = { seal: (text: string) => text, open: (text: string) => text };
  const { officeId } = await importRoster(store, roster, {
    now: new Date(`${first}T00:00:00+08:00`),
    sealer: plain,
  });
  const ownRest = [...new Set(any.ownRest.map((n) => dayAfter(first, n)))];
  const stored = setting(any.settings, ownRest);
  await store.query('update office set settings = $2 where id = $1', [officeId, JSON.stringify(stored)]);

  const facts: Facts = {
    schools: places,
    office: any.bothOffices ? ['office', 'director'] : ['office'],
    directors: ['director'],
    settings: { ...any.settings, ownRest },
    visits: new Map(),
    exempt: new Set(),
    findings: [],
    emergencies: [],
  };
  const ids = new Map<string, string>();
  for (const { id, code } of await store.query<{ id: string; code: string }>('select id, code from school'))
    ids.set(code, id);
  const actors = new Map<string, Actor>();
  for (const one of await store.query<Actor>(
    `select id as "personId", user_id as "userId", name, roles, area_id as "areaId" from person`,
  ))
    actors.set(one.userId, one);
  const { settings } = officeSettings(rules, stored);
  const calendar = createCalendar('Asia/Shanghai', settings);
  const office = { id: officeId, slug: 'random', name: '', short: '', timeZone: 'Asia/Shanghai', settings };
  const idOf = (name: string) => ids.get(name) ?? '';
  /** How often each act took place. */
  const done = new Map<string, number>();

  async function act(name: string, userId: string | null, at: number, input: object) {
    const [action, actor] = [ACTIONS.get(name), actors.get(userId ?? '')];
    if (!action) throw new Error(`there is no ${name}`);
    if (!actor) return null;
    const now = moment(at);
    try {
      const result = await store.transaction((tx) => {
        const nothing = () => {};
        const context: ActContext = {
          ...{ tx, office, actor, now, today: calendar.today(now), inboxId: null },
          ...{ openPhone: plain.open, notify: nothing, hand: nothing, wanted: nothing },
        };
        return action.run(context, action.input.parse(input));
      });
      done.set(name, (done.get(name) ?? 0) + 1);
      return result;
    } catch (err) {
      if (err instanceof AppError) return null;
      throw err;
    }
  }

  let messages = 0;
  const deps = (at: number) => ({
    ...{ store, rules, policy, now: moment(at), openPhone: plain.open },
    async deliver(tx: Tx, digests: readonly Digest[]) {
      messages += digests.filter(({ notification }) => notification.key !== 'visits.month-report').length;
      await putDigests(tx, officeId, digests);
    },
  });

  return {
    facts,
    done,
    act,
    idOf,
    name: (id: string, name: string) => ids.set(name, id),
    /** How many messages the planners have written. */
    messages: () => messages,
    planDay: (at: number) => planOffice(deps(at), officeId),
    planMinute: (at: number) => planInstants(deps(at), officeId),
    async visit(school: Place, day: string) {
      await store.query(
        `insert into visit (id, office_id, school_id, inspector_id, visited_on) values ($1, $2, $3, $4, $5)`,
        [newId(), officeId, idOf(school.code), actors.get(school.inspector ?? '')?.personId, day],
      );
      const key = `${school.code} ${day.slice(0, 7)}`;
      facts.visits.set(key, (facts.visits.get(key) ?? 0) + 1);
    },
    async notice(school: Place, at: number, days: number, kind: 'general' | 'serious' | 'complex') {
      const [visit, notice, finding] = [newId(), newId(), newId()];
      const [issued, number] = [dayOf(at), facts.findings.length + 1];
      const due = dayAfter(issued, days);
      const inspector = actors.get(school.inspector ?? '')?.personId;
      const row = [officeId, idOf(school.code)];
      const complex = kind === 'complex';
      await store.query(
        `insert into visit (id, office_id, school_id, inspector_id, visited_on, state, created_at) values ($1, $2, $3, $4, $5, 'voided', $6)`,
        [visit, ...row, inspector, issued, moment(at)],
      );
      if (!complex)
        await store.query(
          `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, state, issued_at, due_on)
         values ($1, $2, $3, $4, $5, 2026, $6, 'issued', $7, $8)`,
          [notice, ...row, visit, inspector, number, moment(at), due],
        );
      await store.query(
        `insert into finding (id, office_id, school_id, visit_id, notice_id, ordinal, item, text, disposition, state, due_on)
         values ($1, $2, $3, $4, $5, 1, 'I6', '灭火器过期', $6, 'issued', $7)`,
        [finding, ...row, visit, complex ? null : notice, kind, due],
      );
      ids.set(`f${number}`, finding).set(`n${number}`, notice);
      facts.findings.push({
        ...{ complex, unit: false, letter: null },
        ...{
          name: `f${number}`,
          school,
          serious: kind === 'serious',
          issued,
          due,
          state: 'issued',
          signed: false,
          round: 0,
        },
        ...{
          submitted: '',
          reviewed: '',
          forwarded: false,
          planned: false,
          looked: false,
          reopened: 0,
          asked: null,
        },
      });
    },
    /** Subject id to its name in the reckoning. */
    names: () => new Map([...ids].map(([name, id]) => [id, name.replace(/^n/, 'f')])),
  };
}
export type RandomOffice = Awaited<ReturnType<typeof openOffice>>;
