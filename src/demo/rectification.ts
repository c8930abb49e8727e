// What becomes of a finding: the whole course is drawn as events, and what lies after `now` has not happened yet.
import { Temporal } from 'temporal-polyfill';
import type { Day } from '../supervision/calendar.ts';
import { hasDeadline } from '../supervision/findings.ts';
import type { LoadedPerson } from '../supervision/roster/load.ts';
import type { FoundThing } from './data.ts';
import { clock, type PlannedVisit, type Setting } from './visits.ts';

export interface FindingState {
  state: string;
  round: number;
  report: string;
  submittedAt: Date | null;
  submittedById: string | null;
  reviewedAt: Date | null;
  reviewedById: string | null;
  returnReason: string | null;
  closedAt: Date | null;
}

export interface FindingEvent {
  at: Date;
  actorId: string | null;
  action: string;
  change: Partial<FindingState>;
}

export const atIssue: FindingState = {
  state: 'issued',
  round: 0,
  report: '',
  submittedAt: null,
  submittedById: null,
  reviewedAt: null,
  reviewedById: null,
  returnReason: null,
  closedAt: null,
};

const LATE = 0.08;
const SILENT = 0.07;
const RETURNED = 0.12;

/** The day by which it is to be put right; null for what was put right on the spot. Days count from the recording. */
export function dueDay({ chance }: Setting, thing: FoundThing, recordedOn: Day): Day | null {
  if (!hasDeadline(thing.grade)) return null;
  if (thing.grade === 'minor') return recordedOn.add({ days: 3 });
  return recordedOn.add({ days: chance.pick(thing.grade === 'serious' ? [5, 7, 20] : [7, 7, 10, 15]) });
}

/** When the school signs for a notice: mostly within the day, nearly always within the two days that it has. */
export function signing(setting: Setting, issuedAt: Date): Date {
  const { calendar, chance } = setting;
  if (chance.happens(0.5)) return new Date(issuedAt.getTime() + chance.between(6, 100) * 60_000);
  return workTime(setting, calendar.addWorkdays(calendar.dayOf(issuedAt), chance.pick([1, 1, 2])));
}

/**
 * Submitted, perhaps returned and submitted again, accepted, looked back at and closed (DOMAIN §3 b).
 * `nextVisits` are the times at which later visits to the school were recorded: what is looked back at on site.
 */
export function course(
  setting: Setting,
  of: {
    visit: PlannedVisit;
    thing: FoundThing;
    dueOn: Day;
    signedAt: Date | null;
    head: LoadedPerson;
    officeId: string;
    nextVisits: Date[];
  },
): FindingEvent[] {
  const { calendar, chance, stuff } = setting;
  const { visit, thing, head } = of;
  const begins = of.signedAt ?? visit.recordedAt;
  const events: FindingEvent[] = [];
  if (of.signedAt) {
    events.push({
      at: of.signedAt,
      actorId: head.id,
      action: 'finding.acknowledged',
      change: { state: 'acknowledged' },
    });
  }
  let at = after(begins, workTime(setting, submitDay(setting, of.dueOn, calendar.dayOf(begins))));
  const rounds = chance.happens(RETURNED) ? 2 : 1;
  for (let round = 1; round <= rounds; round += 1) {
    const submitted = {
      state: 'submitted',
      round,
      report: thing.fix,
      submittedAt: at,
      submittedById: head.id,
    };
    events.push({
      at,
      actorId: head.id,
      action: 'finding.submitted',
      change: { ...submitted, returnReason: null },
    });

    at = after(at, workTime(setting, calendar.addWorkdays(calendar.dayOf(at), chance.pick([1, 1, 2, 3, 4]))));
    const passed = round === rounds;
    const change = {
      state: passed ? 'accepted' : 'returned',
      reviewedAt: at,
      reviewedById: visit.inspector.id,
      returnReason: passed ? null : chance.pick(stuff.returns),
    };
    const action = passed ? 'finding.accepted' : 'finding.returned';
    events.push({ at, actorId: visit.inspector.id, action, change });
    if (!passed)
      at = after(at, workTime(setting, calendar.addWorkdays(calendar.dayOf(at), chance.between(1, 3))));
  }
  // Serious ones are closed by the office, the others by the inspector.
  const closer = thing.grade === 'serious' ? of.officeId : visit.inspector.id;
  const closedAt = lookedBack(setting, at, of.nextVisits);
  events.push({
    at: closedAt,
    actorId: closer,
    action: 'finding.closed',
    change: { state: 'closed', closedAt },
  });
  return events;
}

/** The working day on which the school hands in: mostly in time, sometimes late, now and then very late. */
function submitDay({ calendar, chance }: Setting, dueOn: Day, from: Day): Day {
  if (chance.happens(SILENT)) return calendar.addWorkdays(dueOn, chance.between(8, 18));
  if (chance.happens(LATE)) return calendar.addWorkdays(dueOn, chance.between(1, 3));
  const days = calendar.workdays({ from: from.add({ days: 1 }), to: dueOn });
  return days.length === 0 ? calendar.addWorkdays(dueOn, 1) : chance.pick(days.slice(-4));
}

/** At the next visit when there is one soon, otherwise on one of the following days. */
function lookedBack(setting: Setting, acceptedAt: Date, nextVisits: Date[]): Date {
  const { calendar, chance } = setting;
  const otherwise = workTime(
    setting,
    calendar.addWorkdays(calendar.dayOf(acceptedAt), chance.between(3, 10)),
  );
  const next = nextVisits.find((at) => at > acceptedAt);
  return next && next < otherwise ? next : after(acceptedAt, otherwise);
}

function workTime({ calendar, chance }: Setting, day: Day): Date {
  return calendar.instant(day, clock(8, chance.between(20, 560)));
}

/** A few minutes later at least: events keep their order. */
function after(first: Date, then: Date): Date {
  return then > first ? then : new Date(first.getTime() + 20 * 60_000);
}

/** The earliest of the days, for the notice that several findings share. */
export function earliest(days: Day[]): Day {
  const [first, ...rest] = days;
  if (!first) throw new RangeError('no day');
  return rest.reduce((a, b) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b), first);
}
