// A second reckoning of who is to be told of what, and when. It knows nothing of the planner: its calendar, its table and its
// memory are its own, and what is owed it tells from facts in memory. Days are ISO texts, moments are minutes of China's clocks.

import { dayAfter, dayOf, monthEnd, REST, WORKED } from './reckoning-days.ts';
import type { Facts } from './reckoning-facts.ts';
import { type Owed, owedOf } from './reckoning-owed.ts';

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
  consultation: '-3d owner · 0d owner · +1wd owner,office · +7d office,director',
  'emergency-answer':
    '+1m owner,inspector,leader,office · +5m owner,leader,office,director · +10m owner,leader,office,director · +30m owner,office,director',
  'emergency-report': '-30m owner,inspector · 0m owner,inspector · +30m owner,inspector,office',
  'emergency-follow-up': '0m owner,inspector · +3h leader,office',
  'emergency-closing': '-2d owner · 0d owner · +1d owner,inspector,office',
  'emergency-review': '0d office · +2wd office,director',
};

/** `<office minute> <person> <kind> <what> <day it is due> <rule>` */
export type Nudge = string;

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
        // A month that was over before its inspector came is not hers.
        const known = [dayAfter(`${month}-01`, -1), school.since].sort()[1] ?? school.since;
        const owner = school.since <= due ? school.inspector : null;
        all.push({ kind: 'regular-visit', name, school, owner, due, known });
      }
    return all;
  }

  const { findingsOwed, emergenciesOwedByDay, emergenciesOwedByMinute } = owedOf(facts, workdayFrom);

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
