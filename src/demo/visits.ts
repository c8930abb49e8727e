// Three months of visits as a real district makes them: most schools every month, on working days, some not yet this month.
import { Temporal } from 'temporal-polyfill';
import { type Calendar, type Day, isWithin, type Span } from '../supervision/calendar.ts';
import { KINDERGARTEN_ITEMS, SCHOOL_ITEMS } from '../supervision/findings.ts';
import type { LoadedPerson, LoadedRoster, LoadedSchool } from '../supervision/roster/load.ts';
import type { FoundThing, Stuff } from './data.ts';
import type { Chance } from './random.ts';

export interface PlannedVisit {
  school: LoadedSchool;
  inspector: LoadedPerson;
  visitedOn: Day;
  session: 'am' | 'pm' | 'day';
  recordedAt: Date;
  methods: string[];
  items: string[];
  lessons: number | null;
  narrative: string;
  highlight: string;
  found: FoundThing[];
  backfilled: boolean;
  voidReason: string | null;
}

export interface Setting {
  calendar: Calendar;
  chance: Chance;
  now: Date;
  today: Day;
  stuff: Stuff;
  roster: LoadedRoster;
}

/** The school of the README's story: clean of late, and not yet visited this month. */
const STORY_SCHOOL = 'S009';

/** Shares of what happens, as an inspector of such a district would call usual. */
const MISSED = 0.04;
const SECOND_VISIT = 0.08;
const NOTHING_FOUND = 0.42;
const WRITTEN_LATER = 0.1;
const VOIDED = 0.007;
/** Of the visits due by today, so many have been made; the rest has until the month's end. */
const ON_TIME = 0.95;

/** In the order in which they were recorded; that is the order of numbers and ids. */
export function planVisits(setting: Setting): PlannedVisit[] {
  const { calendar, today, roster } = setting;
  const months = [-3, -2, -1, 0]
    .map((offset) => calendar.month(today, offset))
    .filter((month) => !calendar.isExempt(month.from));
  const inspectors = roster.people.filter((person) => person.schools.inspector.length > 0);
  const seen = new Map<string, Set<string>>();
  return months
    .flatMap((month) => inspectors.flatMap((inspector) => visitsOf(setting, inspector, month, seen)))
    .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
}

function visitsOf(
  setting: Setting,
  inspector: LoadedPerson,
  month: Span,
  seen: Map<string, Set<string>>,
): PlannedVisit[] {
  const { calendar, chance, today } = setting;
  const workdays = calendar.workdays(month);
  const past = workdays.filter((day) => Temporal.PlainDate.compare(day, today) < 0);
  if (past.length === 0) return [];
  const running = isWithin(month, today);
  const share = running ? (past.length / workdays.length) * ON_TIME : 1 - MISSED;

  const visited = chance
    .shuffled(inspector.schools.inspector)
    .filter((school) => chance.happens(share) && !(running && school.code === STORY_SCHOOL));
  // The month is not over: whoever has seen all her schools by now is the exception.
  if (running && visited.length === inspector.schools.inspector.length && chance.happens(0.7)) visited.pop();
  if (!running && chance.happens(SECOND_VISIT)) visited.push(chance.pick(inspector.schools.inspector));

  const free = chance.shuffled(
    past.flatMap((day) => [
      { day, pm: false },
      { day, pm: true },
    ]),
  );
  const visits: PlannedVisit[] = [];
  for (const school of visited) {
    const at = free.findIndex(
      ({ day }) => !visits.some((visit) => visit.school === school && visit.visitedOn.equals(day)),
    );
    const [slot] = at < 0 ? [] : free.splice(at, 1);
    if (slot) visits.push(visitOn(setting, { inspector, school, month, ...slot }, seen));
  }
  return visits;
}

function visitOn(
  setting: Setting,
  of: { inspector: LoadedPerson; school: LoadedSchool; month: Span; day: Day; pm: boolean },
  seen: Map<string, Set<string>>,
): PlannedVisit {
  const { chance, stuff } = setting;
  const { school } = of;
  const known: readonly string[] = school.kind === 'kindergarten' ? KINDERGARTEN_ITEMS : SCHOOL_ITEMS;
  const voided = chance.happens(VOIDED);
  const found = voided ? [] : findingsAt(setting, school, of.day, seen);
  const methods = chance.shuffled(['lesson', 'docs', 'interview', 'meeting']).slice(0, chance.between(0, 2));
  const looked = [
    ...found.map((thing) => thing.item),
    ...chance.shuffled(known).slice(0, chance.between(1, 2)),
  ];
  return {
    school,
    inspector: of.inspector,
    visitedOn: of.day,
    session: of.pm ? 'pm' : chance.happens(0.15) ? 'day' : 'am',
    ...recorded(setting, of),
    methods: chance.happens(0.92) || methods.length === 0 ? ['tour', ...methods] : methods,
    items: [...new Set(looked)].sort(),
    lessons: methods.includes('lesson') ? chance.between(1, 3) : null,
    narrative: chance.shuffled(stuff.narratives).slice(0, chance.between(1, 2)).join(';'),
    highlight: chance.happens(0.12) ? chance.pick(stuff.highlights) : '',
    found,
    voidReason: voided ? chance.pick(stuff.reasons) : null,
  };
}

/** Mostly the same day, sometimes within the two days that the rule gives, now and then after the month (补录). */
function recorded(
  { calendar, chance, now }: Setting,
  { day, pm, month }: { day: Day; pm: boolean; month: Span },
): Pick<PlannedVisit, 'recordedAt' | 'backfilled'> {
  const sameDay = calendar.instant(day, clock(pm ? 16 : 11, chance.between(0, 179)));
  if (!chance.happens(WRITTEN_LATER)) return { recordedAt: sameDay, backfilled: false };
  const laterDay = chance.happens(0.15)
    ? calendar.addWorkdays(month.to, chance.between(1, 3))
    : calendar.addWorkdays(day, 1);
  const later = calendar.instant(laterDay, clock(8, chance.between(20, 170)));
  if (later >= now) return { recordedAt: sameDay, backfilled: false };
  return { recordedAt: later, backfilled: !isWithin(month, laterDay) };
}

/** What is found; nowhere the same thing twice, for that would be a relapse and another story. */
function findingsAt(
  { chance, today, stuff }: Setting,
  school: LoadedSchool,
  day: Day,
  seen: Map<string, Set<string>>,
): FoundThing[] {
  if (chance.happens(NOTHING_FOUND)) return [];
  if (school.code === STORY_SCHOOL && day.until(today).days < 45) return [];
  const prefix = school.kind === 'kindergarten' ? 'K' : 'I';
  const before = seen.get(school.id) ?? new Set<string>();
  seen.set(school.id, before);
  const fitting = stuff.findings.filter(
    (thing) =>
      thing.item.startsWith(prefix) &&
      !before.has(thing.text) &&
      (thing.kinds?.includes(school.kind) ?? true) &&
      // What is serious is rare.
      (thing.grade !== 'serious' || chance.happens(0.3)),
  );
  const found = chance.shuffled(fitting).slice(0, chance.pick([1, 1, 1, 2, 2, 3]));
  for (const thing of found) before.add(thing.text);
  return found.map((thing) => ({ ...thing, ...numbered(thing, chance) }));
}

function numbered({ text, fix }: FoundThing, chance: Chance): Pick<FoundThing, 'text' | 'fix'> {
  const n = String(chance.between(2, 4));
  return { text: text.replaceAll('{n}', n), fix: fix.replaceAll('{n}', n) };
}

/** `HH:MM`, so many minutes after an hour. */
export function clock(hour: number, minutes: number): string {
  const at = hour * 60 + minutes;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
