// What one person is due, gathered into one message: what she owes, what her schools owe, and for those above counts only.
import type { Day } from '../calendar.ts';
import { type DeadlineKind, SPECS } from './kinds.ts';
import type { Nudged, Policy } from './policy.ts';

/** An open deadline with rules whose day came since it was last settled, and the words that name it. */
export interface DueDeadline {
  kind: DeadlineKind;
  subjectId: string;
  period: string;
  /** Null for an emergency of which nobody said where. */
  schoolId: string | null;
  school: string;
  areaId: string | null;
  ownerId: string | null;
  dueOn: string;
  /** Which rules of its kind, by their place in the policy. */
  rules: number[];
  /** The number of the notice; empty when there is none. */
  no: string;
  /** What was found; empty when it is about no finding. */
  text: string;
}

export interface Reachable {
  id: string;
  userId: string;
  name: string;
  roles: readonly string[];
  areaId: string | null;
}

/** One line about one person's own duty, or about one of her schools. */
export interface Line {
  kind: DeadlineKind;
  schools: string[];
  no: string;
  texts: string[];
  due: string;
  /** Days past the due day; 0: not yet. */
  late: number;
}

/** For those above: how many, at which schools; nobody is named. */
export interface Count {
  kind: DeadlineKind;
  due: string;
  late: number;
  count: number;
  schools: string[];
  /** Those of them where what is overdue has come to the directors: time to think of a talk. */
  talk: string[];
}

/** A deadline that a person is to be told of, by which rules, and as whom. */
export interface Told<D = DueDeadline> {
  deadline: D;
  person: Reachable;
  as: Nudged;
  at: string[];
  /** By a rule that goes up to the directors. */
  top: boolean;
}

/** Who hears of what: each person once a deadline, in the nearest of her roles. */
export function tell<
  D extends Pick<DueDeadline, 'kind' | 'period' | 'ownerId' | 'schoolId' | 'areaId' | 'rules'>,
>(
  deadlines: readonly D[],
  by: {
    policy: Policy;
    people: readonly Reachable[];
    inspectors: ReadonlyMap<string, readonly string[]>;
    /** `<owner> <month>` of those who have visited one of their schools. */
    visited: ReadonlySet<string>;
  },
): Told<D>[] {
  const byId = new Map(by.people.map((person) => [person.id, person]));
  const having = (role: string) => by.people.filter(({ roles }) => roles.includes(role));
  const [leaders, office, directors] = [having('area-leader'), having('office'), having('director')];
  const reach = (to: Nudged, { ownerId, schoolId, areaId }: D): readonly Reachable[] => {
    const known = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
    switch (to) {
      case 'owner':
        return ownerId ? known([ownerId]) : [];
      case 'inspector':
        return known(by.inspectors.get(schoolId ?? '') ?? []);
      case 'area-leader':
        return leaders.filter((leader) => leader.areaId === areaId);
      case 'office':
        return office;
      case 'director':
        return directors;
    }
  };
  return deadlines.flatMap((deadline) => {
    const told = new Map<string, Told<D>>();
    for (const index of deadline.rules) {
      const rule = by.policy[deadline.kind].nudges[index];
      if (!rule) continue;
      const { at, to, when } = rule;
      if (when && by.visited.has(`${deadline.ownerId} ${deadline.period}`)) continue;
      const top = to.includes('director');
      for (const as of to)
        for (const person of reach(as, deadline))
          told.set(person.id, nearest(told.get(person.id), { deadline, person, as, at: [at], top }));
    }
    return [...told.values()];
  });
}

/** Told once, by every rule that reaches her, and as the nearest of what she is to it: an owner as the owner. */
function nearest<D>(known: Told<D> | undefined, one: Told<D>): Told<D> {
  if (!known) return one;
  return {
    ...known,
    at: [...new Set([...known.at, ...one.at])],
    top: known.top || one.top,
    as: NEARNESS[one.as] < NEARNESS[known.as] ? one.as : known.as,
  };
}

const NEARNESS: Record<Nudged, number> = { owner: 0, inspector: 1, 'area-leader': 2, office: 3, director: 4 };

/** The data of one person's message: nearest first; findings of one notice and day are one line, and so are the visits of a month. */
export function digestOf(
  told: readonly Told[],
  today: Day,
): { mine: Line[]; below: Line[]; counts: Count[] } {
  const lines = (as: (as: Nudged) => boolean): Line[] => {
    const byKey = new Map<string, Line>();
    for (const { deadline } of told.filter((one) => as(one.as))) {
      const { kind, dueOn, no, school, schoolId, text } = deadline;
      const of = SPECS[kind].gather === 'day' ? '' : no === '' ? deadline.subjectId : `${no} ${schoolId}`;
      const key = `${dueOn} ${kind} ${of}`;
      const line = byKey.get(key) ?? {
        kind,
        schools: [],
        no,
        texts: [],
        due: dueOn,
        late: late(dueOn, today),
      };
      if (school !== '' && !line.schools.includes(school)) line.schools.push(school);
      if (text !== '') line.texts.push(text);
      byKey.set(key, line);
    }
    return [...byKey.values()].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  };
  const counts = new Map<string, Count>();
  for (const { deadline, top } of told.filter(({ as }) => NEARNESS[as] >= NEARNESS['area-leader'])) {
    const { kind, dueOn, school } = deadline;
    // What is owed by one day is counted by that day; of everything else the oldest day speaks for all.
    const key = SPECS[kind].gather === 'day' ? `${kind} ${dueOn}` : kind;
    const known = counts.get(key) ?? { kind, due: dueOn, late: 0, count: 0, schools: [], talk: [] };
    known.count += 1;
    if (dueOn < known.due) known.due = dueOn;
    known.late = late(known.due, today);
    if (school !== '' && !known.schools.includes(school)) known.schools.push(school);
    if (kind === 'rectification' && top && !known.talk.includes(school)) known.talk.push(school);
    counts.set(key, known);
  }
  return {
    mine: lines((as) => as === 'owner'),
    below: lines((as) => as === 'inspector'),
    counts: [...counts.values()].sort((a, b) => (a.due < b.due ? -1 : 1)),
  };
}

const DAY_MS = 86_400_000;

function late(due: string, today: Day): number {
  return Math.max(0, (Date.parse(today.toString()) - Date.parse(due)) / DAY_MS);
}
