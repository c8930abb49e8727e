// A second reckoning of who is to be told of what, and when. It knows nothing of the planner: its calendar, its table and its
// memory are its own, and what is owed it tells from facts in memory. Days are ISO texts, moments are minutes of China's clocks.

/** What the State Council announced for 2025 and 2026, besides weekends; `WORKED` are weekends that are worked instead. */
const REST = spans(
  '2025-01-01..01 2025-01-28..31 2025-02-01..04 2025-04-04..06 2025-05-01..05 2025-05-31..31 2025-06-01..02 2025-10-01..08 ' +
    '2026-01-01..03 2026-02-15..23 2026-04-04..06 2026-05-01..05 2026-06-19..21 2026-09-25..27 2026-10-01..07',
);
const WORKED = new Set(
  (
    '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 ' +
    '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10'
  ).split(' '),
);

function spans(text: string): Set<string> {
  return new Set(
    text.split(' ').flatMap((span) => {
      const [month, from, to] = [span.slice(0, 8), Number(span.slice(8, 10)), Number(span.slice(12))];
      return Array.from({ length: to - from + 1 }, (_, n) => `${month}${String(from + n).padStart(2, '0')}`);
    }),
  );
}

export const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
export const monthEnd = (month: string): string =>
  dayAfter(`${dayAfter(`${month}-28`, 5).slice(0, 7)}-01`, -1);
/** China has one zone and no summer time. */
export const minuteOf = (at: Date): number => at.getTime() / 60_000 + 480;
export const moment = (minute: number): Date => new Date((minute - 480) * 60_000);
export const dayOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 10);

export interface Settings {
  minPerMonth: number;
  exemptMonths: readonly number[];
  signWithin: number;
  reviewWithin: number;
  forwardWithin: number;
  planWithin: number;
  lookBackWithin: number;
  answerWithin: number;
  reportHours: number;
  /** Minutes of the day; the same twice: never quiet. */
  quiet: { from: number; to: number };
  quietOnRestDays: boolean;
  ownRest: readonly string[];
}

export interface Place {
  code: string;
  inspector: string | null;
  head: string | null;
  leader: string | null;
}

export interface Finding {
  name: string;
  school: Place;
  serious: boolean;
  issued: string;
  due: string;
  state: string;
  signed: boolean;
  round: number;
  submitted: string;
  reviewed: string;
  /** What was handed in last has gone on to the office. */
  forwarded: boolean;
  planned: boolean;
  looked: boolean;
  reopened: number;
  /** The request that waits for its answer: which one it is, and the day it was made. */
  asked: { n: number; on: string } | null;
}

export interface Emergency {
  name: string;
  school: Place;
  by: string;
  raised: number;
  lastNote: number;
  state: string;
  reported: boolean;
  contained: boolean;
  closed: string;
}

export interface Facts {
  schools: readonly Place[];
  office: readonly string[];
  directors: readonly string[];
  settings: Settings;
  /** `<school> <month>` to how many. */
  visits: Map<string, number>;
  exempt: Set<string>;
  findings: Finding[];
  emergencies: Emergency[];
}

/** DOMAIN §3: at which distance from its day each thing owed is told, and to whom. */
const LADDERS: Record<string, string> = {
  'regular-visit':
    'month-start owner · mid-month owner · -5wd owner · last-workday owner,leader · +1d owner,leader,office',
  rectification:
    '-3d owner · -1d owner · 0d owner · +1d owner,inspector · +3d leader · +7d office · +15d office,director',
  signature: '0d owner · +1wd inspector',
  review: '0d owner · +1wd owner · +3wd leader',
  forward: '0d owner · +1wd owner,office',
  'extension-answer': '0d owner · +1wd owner,office',
  plan: '-3d owner · 0d owner · +1d owner,inspector',
  'look-back': '-5d owner · 0d owner · +7d leader',
  'emergency-answer':
    '+1m owner,inspector,leader,office · +5m owner,leader,office,director · +10m owner,leader,office,director · +30m owner,office,director',
  'emergency-report': '-30m owner,inspector · 0m owner,inspector · +30m owner,inspector,office',
  'emergency-follow-up': '0m owner,inspector · +3h leader,office',
  'emergency-closing': '-2d owner · 0d owner · +1d owner,inspector,office',
  'emergency-review': '0d office · +2wd office,director',
};

/** `<office minute> <person> <kind> <what> <day it is due> <rule>` */
export type Nudge = string;

interface Owed {
  kind: string;
  /** What follows `#` tells apart what has one name. */
  name: string;
  school: Place;
  owner: string | null;
  /** A day, or a minute. */
  due: string | number;
  known: string | number;
}

const OPEN = ['issued', 'acknowledged', 'planned', 'returned', 'reopened', 'extension_pending', 'objected'];
const OVER = ['closed', 'reviewed', 'called_off'];

export function reckoning(facts: Facts) {
  const { settings } = facts;
  const works = (day: string) =>
    !settings.ownRest.includes(day) &&
    (WORKED.has(day) || (!REST.has(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())));
  const workdayFrom = (day: string, n: number): string => {
    let [at, left] = [day, Math.abs(n)];
    while (left > 0) {
      at = dayAfter(at, Math.sign(n));
      if (works(at)) left -= 1;
    }
    return at;
  };
  /** Up to when everything was said of a thing. */
  const said = new Map<string, string | number>();
  const told = new Set<string>();
  let planned: string | null = null;

  const dayFor = (rule: string, due: string): string => {
    if (rule === 'mid-month') return `${due.slice(0, 7)}-15`;
    if (rule === 'month-start') return workdayFrom(dayAfter(`${due.slice(0, 7)}-01`, -1), 1);
    if (rule === 'last-workday') return works(due) ? due : workdayFrom(due, -1);
    return rule.endsWith('wd')
      ? workdayFrom(due, Number.parseInt(rule, 10))
      : dayAfter(due, Number.parseInt(rule, 10));
  };
  const minuteFor = (rule: string, due: number) =>
    due + Number.parseInt(rule, 10) * (rule.endsWith('h') ? 60 : 1);

  const peopleOf = (to: string, { owner, school }: Owed): readonly string[] => {
    const one = (person: string | null) => (person === null ? [] : [person]);
    if (to === 'owner') return one(owner);
    if (to === 'inspector') return one(school.inspector);
    if (to === 'leader') return one(school.leader);
    return to === 'office' ? facts.office : facts.directors;
  };

  /** What is to be said of one thing at a moment, and that it was said. */
  function tell(
    thing: Owed,
    now: string | number,
    at: number,
    silent: (person: string, rule: string) => boolean,
  ): Nudge[] {
    const key = `${thing.kind} ${thing.name}`;
    const from = said.get(key) ?? thing.known;
    said.set(key, from);
    const rules = (LADDERS[thing.kind] ?? '').split(' · ').map((rule) => rule.split(' '));
    const due = rules.filter(([rule = '']) => {
      const when = typeof thing.due === 'string' ? dayFor(rule, thing.due) : minuteFor(rule, thing.due);
      return when > from && when <= now;
    });
    if (due.length > 0) said.set(key, now);
    const nudges: Nudge[] = [];
    for (const [rule = '', to = ''] of due)
      for (const person of new Set(to.split(',').flatMap((one) => peopleOf(one, thing)))) {
        if (silent(person, rule)) continue;
        const day = typeof thing.due === 'string' ? thing.due : dayOf(thing.due);
        if (told.has(`${key} ${day} ${rule} ${person}`)) continue;
        told.add(`${key} ${day} ${rule} ${person}`);
        nudges.push(`${at} ${person} ${thing.kind} ${thing.name.split('#')[0]} ${day} ${rule}`);
      }
    return nudges;
  }

  function visitsOwed(today: string, from: string): Owed[] {
    const all: Owed[] = [];
    const back = [dayAfter(today, -62), from].sort()[0] ?? today;
    for (
      let month = back.slice(0, 7);
      month <= today.slice(0, 7);
      month = dayAfter(`${month}-28`, 5).slice(0, 7)
    )
      for (const school of facts.schools) {
        const name = `${school.code} ${month}`;
        const due = monthEnd(month);
        if (settings.exemptMonths.includes(Number(month.slice(5))) || facts.exempt.has(name)) continue;
        if ((facts.visits.get(name) ?? 0) >= settings.minPerMonth) continue;
        // A month that was over when the office began, or while it owed nothing, is past.
        if (due < from && !said.has(`regular-visit ${name}`)) continue;
        const known = dayAfter(`${month}-01`, -1);
        all.push({ kind: 'regular-visit', name, school, owner: school.inspector, due, known });
      }
    return all;
  }

  function findingsOwed(): Owed[] {
    return facts.findings.flatMap((finding): Owed[] => {
      const { name, school, state, issued, due, submitted, reviewed, asked } = finding;
      const base = { name, school };
      const all: Owed[] = [];
      const open = OPEN.includes(state);
      if (open) all.push({ ...base, kind: 'rectification', owner: school.head, due, known: issued });
      if (!finding.signed && !['withdrawn', 'closed'].includes(state)) {
        const signBy = workdayFrom(issued, settings.signWithin);
        all.push({ ...base, kind: 'signature', owner: school.head, due: signBy, known: issued });
      }
      const planBy = dayAfter(issued, settings.planWithin);
      if (open && finding.serious && !finding.planned && planBy < due)
        all.push({ ...base, kind: 'plan', owner: school.head, due: planBy, known: issued });
      if (state === 'submitted') {
        const by = workdayFrom(submitted, settings.reviewWithin);
        const round = `${name}#${finding.round}`;
        all.push({
          ...base,
          name: round,
          kind: 'review',
          owner: school.inspector,
          due: by,
          known: submitted,
        });
        const forwardBy = dayAfter(submitted, settings.forwardWithin);
        if (!finding.forwarded)
          all.push({
            ...{ ...base, name: round, kind: 'forward', owner: school.inspector },
            ...{ due: forwardBy, known: submitted },
          });
      }
      if (state === 'extension_pending' && asked) {
        const by = workdayFrom(asked.on, settings.answerWithin);
        const owner = finding.serious ? null : school.inspector;
        all.push({
          ...base,
          name: `${name}#${asked.n}`,
          kind: 'extension-answer',
          owner,
          due: by,
          known: asked.on,
        });
      }
      if (state === 'accepted' && !finding.looked) {
        const by = [dayAfter(issued, settings.lookBackWithin), dayAfter(reviewed, 1)].sort()[1] ?? reviewed;
        const time = `${name}#${finding.reopened}`;
        all.push({
          ...base,
          name: time,
          kind: 'look-back',
          owner: school.inspector,
          due: by,
          known: reviewed,
        });
      }
      return all;
    });
  }

  const writer = ({ school, by }: Emergency) => school.head ?? school.inspector ?? by;

  function emergenciesOwedByDay(): Owed[] {
    return facts.emergencies.flatMap((one): Owed[] => {
      const { name, school, state, raised, closed } = one;
      const day = dayOf(raised);
      if (state === 'closed')
        return [
          { kind: 'emergency-review', name, school, owner: null, due: workdayFrom(closed, 3), known: closed },
        ];
      if (OVER.includes(state)) return [];
      return [
        { kind: 'emergency-closing', name, school, owner: writer(one), due: dayAfter(day, 7), known: day },
      ];
    });
  }

  function emergenciesOwedByMinute(): Owed[] {
    return facts.emergencies.flatMap((one): Owed[] => {
      const { name, school, state, raised, lastNote, by } = one;
      if (OVER.includes(state)) return [];
      const all: Owed[] = [];
      if (state === 'raised')
        all.push({ kind: 'emergency-answer', name, school, owner: by, due: raised, known: raised });
      if (!one.reported) {
        const due = raised + settings.reportHours * 60;
        all.push({ kind: 'emergency-report', name, school, owner: writer(one), due, known: raised });
      }
      if (!one.contained) {
        const morning = dayAfter(dayOf(lastNote), 1);
        const due = minuteOf(new Date(`${morning}T09:05:00+08:00`));
        const each = `${name}#${morning}`;
        all.push({
          kind: 'emergency-follow-up',
          name: each,
          school,
          owner: writer(one),
          due,
          known: lastNote,
        });
      }
      return all;
    });
  }

  /** Whether the office may speak at this minute, and has its own minutes behind it. */
  function speaks(at: number): boolean {
    const { from, to } = settings.quiet;
    const day = dayOf(at);
    if (settings.quietOnRestDays && !works(day)) return false;
    const quiet = (minute: number) =>
      from === to ? false : from < to ? minute >= from && minute < to : minute >= from || minute < to;
    // Of the 25 minutes over which offices are spread no run of this test makes use.
    return !quiet(at % 1440) && at % 1440 >= (quiet(0) ? to : 0) + 25;
  }

  return {
    /** The planner of the day runs. Null: it leaves the day alone. */
    day(at: number): Nudge[] | null {
      const today = dayOf(at);
      if (planned !== null && (planned >= today || !speaks(at))) return null;
      const first = planned === null;
      const from = planned ?? today;
      const month = (person: string, of: string) =>
        facts.schools.some(
          (one) => one.inspector === person && (facts.visits.get(`${one.code} ${of}`) ?? 0) > 0,
        );
      const nudges = [...visitsOwed(today, from), ...findingsOwed(), ...emergenciesOwedByDay()].flatMap(
        (thing) => {
          const known = [from, String(thing.known)].sort()[1] ?? from;
          const [, of = ''] = thing.name.split(' ');
          return tell(
            { ...thing, known },
            today,
            at,
            (person, rule) => rule === 'mid-month' && month(person, of),
          );
        },
      );
      planned = today;
      return first ? [] : nudges;
    },
    /** The planner of the minutes runs. */
    minute: (at: number): Nudge[] =>
      emergenciesOwedByMinute().flatMap((thing) => tell(thing, at, at, () => false)),
  };
}
