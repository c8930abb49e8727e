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
import { parseRoster } from '../../../src/supervision/roster/check.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { officeSettings } from '../../../src/supervision/settings.ts';
import {
  dayAfter,
  dayOf,
  type Emergency,
  type Facts,
  type Finding,
  moment,
  type Place,
} from './reckoning.ts';
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
    return { code: `S${n}`, inspector: `insp-${inspector}`, head: head ? `head-${n}` : null, leader };
  });
  const inspectors = [...new Set(places.map((place) => place.inspector ?? ''))].sort();
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
    async notice(school: Place, at: number, days: number, serious: boolean) {
      const [visit, notice, finding] = [newId(), newId(), newId()];
      const [issued, number] = [dayOf(at), facts.findings.length + 1];
      const due = dayAfter(issued, days);
      const inspector = actors.get(school.inspector ?? '')?.personId;
      const row = [officeId, idOf(school.code)];
      await store.query(
        `insert into visit (id, office_id, school_id, inspector_id, visited_on, state, created_at) values ($1, $2, $3, $4, $5, 'voided', $6)`,
        [visit, ...row, inspector, issued, moment(at)],
      );
      await store.query(
        `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, state, issued_at, due_on)
         values ($1, $2, $3, $4, $5, 2026, $6, 'issued', $7, $8)`,
        [notice, ...row, visit, inspector, number, moment(at), due],
      );
      await store.query(
        `insert into finding (id, office_id, school_id, visit_id, notice_id, ordinal, item, text, disposition, state, due_on)
         values ($1, $2, $3, $4, $5, 1, 'I6', '灭火器过期', $6, 'issued', $7)`,
        [finding, ...row, visit, notice, serious ? 'serious' : 'general', due],
      );
      ids.set(`f${number}`, finding).set(`n${number}`, notice);
      facts.findings.push({
        ...{ name: `f${number}`, school, serious, issued, due, state: 'issued', signed: false, round: 0 },
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

/** What may be done about a finding in its state. */
const STEPS: Record<string, readonly string[]> = {
  issued: ['sign', 'sign', 'plan', 'ask', 'object', 'submit'],
  acknowledged: ['plan', 'ask', 'object', 'submit'],
  planned: ['ask', 'submit', 'submit', 'sign'],
  returned: ['ask', 'submit', 'submit', 'plan'],
  reopened: ['ask', 'submit', 'submit'],
  extension_pending: ['grant', 'grant', 'refuse', 'submit'],
  objected: ['uphold', 'dismiss', 'dismiss', 'submit', 'sign'],
  submitted: ['pass', 'pass', 'fail', 'forward'],
  accepted: ['look', 'look', 'look-bad', 'reopen'],
  closed: ['reopen'],
};

/** One step of one finding, chosen by two numbers among those that its state allows; a refusal leaves all as it was. */
export async function stepFinding(
  office: RandomOffice,
  at: number,
  which: number,
  pick: number,
): Promise<void> {
  const { facts, act, idOf } = office;
  const recent = facts.findings.slice(-6);
  const one = recent[which % Math.max(1, recent.length)];
  const steps = STEPS[one?.state ?? ''];
  if (!one || !steps) return;
  const step = steps[pick % steps.length] ?? '';
  const today = dayOf(at);
  const { head, inspector } = one.school;
  const finding = { finding: [idOf(one.name)] };
  const decider = one.serious ? 'office' : inspector;
  const reason = { reason: '情况如此' };
  const to = (more: Partial<Finding>) => Object.assign(one, more);
  switch (step) {
    case 'sign':
      if (await act('notice.sign', head, at, { notice: idOf(one.name.replace('f', 'n')) }))
        to({ signed: true, state: one.state === 'issued' ? 'acknowledged' : one.state });
      return;
    case 'plan':
      if (
        await act('rectification.plan', head, at, {
          ...finding,
          measure: '更换',
          person: '主任',
          due: 1 + (pick % 4),
        })
      )
        to({ planned: true, state: 'planned' });
      return;
    case 'ask': {
      const asked = await act('rectification.extend-request', head, at, {
        ...finding,
        due: 1 + (pick % 15),
        ...reason,
      });
      if (asked) to({ state: 'extension_pending', asked: { n: at, on: today } });
      return;
    }
    case 'grant': {
      const days = pick % 2 === 0 ? {} : { due: 1 + (pick % 15) };
      const granted = await act('rectification.extend-decide', decider, at, {
        ...finding,
        result: 'pass',
        ...days,
      });
      if (granted) to({ state: 'planned', asked: null, due: String(granted.until) });
      return;
    }
    case 'refuse':
      if (await act('rectification.extend-decide', decider, at, { ...finding, result: 'fail', ...reason }))
        to({ state: 'planned', asked: null });
      return;
    case 'object':
      if (await act('rectification.object', head, at, { ...finding, ...reason })) to({ state: 'objected' });
      return;
    case 'uphold':
    case 'dismiss': {
      const result = step === 'uphold' ? 'pass' : 'fail';
      if (await act('rectification.decide-objection', decider, at, { ...finding, result, ...reason }))
        to({ state: step === 'uphold' ? 'withdrawn' : 'acknowledged' });
      return;
    }
    case 'submit':
      if (await act('rectification.submit', head, at, { ...finding, report: '换好了' }))
        to({ state: 'submitted', submitted: today, round: one.round + 1, asked: null, forwarded: false });
      return;
    case 'forward':
      if (await act('rectification.forward', inspector, at, finding)) to({ forwarded: true });
      return;
    case 'pass':
    case 'fail':
      if (await act('rectification.review', inspector, at, { ...finding, result: step, ...reason }))
        to({ state: step === 'pass' ? 'accepted' : 'returned', reviewed: today, looked: false });
      return;
    case 'look':
      if (await act('rectification.look-back', inspector, at, { ...finding, result: 'pass', how: 'site' }))
        to({ looked: true, state: one.serious ? 'accepted' : 'closed' });
      return;
    default: {
      const again =
        step === 'reopen'
          ? await act('rectification.reopen', 'office', at, { ...finding, ...reason })
          : await act('rectification.look-back', inspector, at, {
              ...finding,
              result: 'fail',
              how: 'phone',
              ...reason,
            });
      if (again) to({ state: 'reopened', due: String(again.due), reopened: one.reopened + 1 });
    }
  }
}

/** Free of a school's visit in one month, or owing it again. `month`: this one or a neighbour. */
export async function exempt(office: RandomOffice, school: Place, at: number, ahead: number): Promise<void> {
  const { facts, act, idOf } = office;
  const month = dayAfter(`${dayOf(at).slice(0, 7)}-15`, ahead * 30).slice(0, 7);
  const name = `${school.code} ${month}`;
  const by = school.leader ?? 'office';
  const where = { school: idOf(school.code), month };
  if (facts.exempt.has(name)) {
    if (await act('visit.exempt-undo', by, at, where)) facts.exempt.delete(name);
  } else if (await act('visit.exempt', by, at, { ...where, reason: '放假' })) facts.exempt.add(name);
}

const RANK = ['raised', 'acknowledged', 'on_scene', 'contained', 'closed', 'reviewed'];

/** Says that there is danger at a school; of the same danger it is one emergency. Null when nobody heard. */
export async function raise(
  office: RandomOffice,
  school: Place,
  at: number,
  by: string,
): Promise<Emergency | null> {
  const { facts, act, idOf, name } = office;
  const raised = await act('emergency.raise', by, at, { school: idOf(school.code), text: '有学生受伤' });
  if (!raised) return null;
  const known = facts.emergencies.find((one) => idOf(one.name) === raised.emergencyId);
  if (known) return Object.assign(known, { lastNote: at });
  const made: Emergency = {
    ...{ name: `e${facts.emergencies.length + 1}`, school, by, raised: at, lastNote: at, state: 'raised' },
    ...{ reported: false, contained: false, closed: '' },
  };
  name(String(raised.emergencyId), made.name);
  facts.emergencies.push(made);
  return made;
}

/** One step about an emergency by whoever does such a thing. */
export async function stepEmergency(
  office: RandomOffice,
  one: Emergency,
  at: number,
  step: string,
): Promise<void> {
  const { act, idOf } = office;
  const emergency = { emergency: idOf(one.name) };
  const ahead = (state: string, more: Partial<Emergency> = {}) =>
    Object.assign(one, more, RANK.indexOf(state) > RANK.indexOf(one.state) ? { state } : {});
  const { head, inspector, leader } = one.school;
  switch (step) {
    case 'head-hears':
      await act('emergency.acknowledge', head, at, emergency);
      return;
    case 'hears': {
      const who =
        [leader, inspector, 'office'].find((person) => person !== null && person !== one.by) ?? 'director';
      if (await act('emergency.acknowledge', who, at, emergency)) ahead('acknowledged');
      return;
    }
    case 'scene':
      if (await act('emergency.on-scene', inspector, at, emergency)) ahead('on_scene');
      return;
    case 'report':
      if (await act('emergency.report', head ?? inspector, at, { ...emergency, content: '已送医' }))
        Object.assign(one, { reported: true, lastNote: at });
      return;
    case 'contained':
      if (await act('emergency.contained', inspector, at, emergency)) ahead('contained', { contained: true });
      return;
    case 'close':
      if (await act('emergency.close', head ?? inspector, at, { ...emergency, content: '已结案' }))
        ahead('closed', { closed: dayOf(at), lastNote: at });
      return;
    case 'review':
      if (await act('emergency.review', 'office', at, emergency)) ahead('reviewed');
      return;
    case 'off':
      if (await act('emergency.call-off', 'office', at, { ...emergency, reason: '误报' }))
        one.state = 'called_off';
  }
}
