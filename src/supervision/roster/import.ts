// Takes a roster in: all of it or nothing, harmless when repeated, with history kept and every change written down.
import type { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../store/days.ts';
import { newId } from '../../store/ids.ts';
import type { Sealer } from '../../store/seal.ts';
import type { Store, Tx } from '../../store/store.ts';
import { loadSettingRules, officeSettings, type SettingRules } from '../settings.ts';
import type { Change, Difference } from './changes.ts';
import { coverageWarnings } from './coverage.ts';
import { type CurrentRoster, currentRoster, type OfficeRow, officeBySlug } from './current.ts';
import { difference } from './difference.ts';
import { type Roster, userKey } from './file.ts';
import type { RosterNote } from './note.ts';
import { refuseRecused } from './recusals.ts';
import { type Tally, tally, writeRoster } from './write.ts';

export interface ImportOptions {
  now: Date;
  sealer: Sealer;
  /** Reports what would happen and writes nothing. */
  dryRun?: boolean;
  /** The office's slug when it shall not be the file's own. */
  slug?: string;
  /** First day of new assignments; today in the office's time zone when left out. */
  since?: Temporal.PlainDate;
  /** Who asked for it, for the audit; null or left out for the command line. */
  actorId?: string | null;
  rules?: SettingRules;
  /** The language of faults that only the database can tell. */
  locale?: string;
}

export interface ImportReport {
  officeId: string;
  slug: string;
  /** The version that caches compare with; raised by one when anything changed. */
  rosterVersion: number;
  dryRun: boolean;
  created: Tally;
  changed: Tally;
  ended: Tally;
  unchanged: Tally;
  changes: Change[];
  warnings: RosterNote[];
}

/** Imports in a transaction of its own. Takes a roster that `checkRoster` let through. */
export function importRoster(store: Store, roster: Roster, options: ImportOptions): Promise<ImportReport> {
  return store.transaction((tx) => importRosterIn(tx, roster, options));
}

/** Imports within a transaction that is open already, for callers that have more to write. */
export async function importRosterIn(
  tx: Pick<Tx, 'sql'>,
  roster: Roster,
  options: ImportOptions,
): Promise<ImportReport> {
  const slug = options.slug ?? roster.office.slug;
  const standing = await officeBySlug(tx, slug, true);
  const wanted: OfficeRow = {
    id: standing?.id ?? newId(),
    slug,
    name: roster.office.name,
    short: roster.office.short,
    region: roster.office.region,
    timeZone: roster.office.timezone,
    settings: standing?.settings ?? {},
    rosterVersion: standing?.rosterVersion ?? 1,
  };
  const current = standing ? await currentRoster(tx, standing.id) : EMPTY;
  const found = difference(roster, current, options.sealer);
  noteOffice(found, standing, wanted);
  refuseRecused(roster, current, options.locale);

  const anything = found.changes.length > 0;
  const rosterVersion = wanted.rosterVersion + (standing && anything ? 1 : 0);
  if (anything && !options.dryRun) {
    const since = options.since ?? dayOf(options.now, wanted.timeZone);
    await writeRoster(tx, { ...wanted, rosterVersion }, found, {
      since,
      now: options.now,
      isNew: current.people.length + current.schools.length === 0,
      actorId: options.actorId ?? null,
    });
  }
  const { settings } = officeSettings(options.rules ?? loadSettingRules(), wanted.settings);
  const tallyOf = (what: Change['what']) => tally(found.changes.filter((change) => change.what === what));
  return {
    officeId: wanted.id,
    slug,
    rosterVersion,
    dryRun: options.dryRun ?? false,
    created: tallyOf('created'),
    changed: tallyOf('changed'),
    ended: tallyOf('ended'),
    unchanged: { ...found.unchanged, total: Object.values(found.unchanged).reduce((sum, n) => sum + n, 0) },
    changes: found.changes,
    warnings: [...coverageWarnings(roster, settings), ...leftWarnings(roster, current)],
  };
}

/** An import does not give access to whom the platform says that she left. */
function leftWarnings(roster: Roster, current: CurrentRoster): RosterNote[] {
  const left = new Set(current.people.filter(({ leftWhy }) => leftWhy !== null).map((one) => one.userKey));
  return roster.people.flatMap(({ userid, name }, i) =>
    left.has(userKey(userid)) ? [{ place: `people[${i}]`, code: 'person-left', data: { name, userid } }] : [],
  );
}

function noteOffice(found: Difference, standing: OfficeRow | null, wanted: OfficeRow) {
  const names = (['name', 'short', 'region', 'timeZone'] as const).filter(
    (name) => standing?.[name] !== wanted[name],
  );
  if (standing && names.length === 0) {
    found.unchanged.office = 1;
    return;
  }
  const shown = (row: OfficeRow) => Object.fromEntries(names.map((name) => [name, row[name]]));
  const [before, after] = [standing && shown(standing), shown(wanted)];
  const what = standing ? 'changed' : 'created';
  found.changes.unshift({
    kind: 'office',
    what,
    key: wanted.slug,
    id: wanted.id,
    schoolId: null,
    before,
    after,
  });
}

const EMPTY: CurrentRoster = { areas: [], schools: [], people: [], assignments: [], recusals: [] };
