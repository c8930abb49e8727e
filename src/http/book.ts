// The rosters that turns look things up in: read whole per office and roster version, shared by all turns of this process.
import type { Temporal } from 'temporal-polyfill';
import type { Book, KnownSchool } from '../chat/facts.ts';
import { buildRoster } from '../chat/understand/schools/roster.ts';
import type { OfficeCalendar } from '../chat/understand/types.ts';
import type { Store } from '../store/store.ts';
import type { ActOffice } from '../supervision/act.ts';
import { createCalendar } from '../supervision/calendar.ts';
import { type LoadedRoster, loadRoster } from '../supervision/roster/load.ts';
import { officeSettings, type SettingRules, type Settings } from '../supervision/settings.ts';

/** Everything of one office that does not change from turn to turn. */
export interface OfficeBook {
  roster: LoadedRoster;
  book: Book;
  office: ActOffice;
  /** Whom to ask when the bot cannot help: the office's clerk, by name. */
  helper: string;
  /** How she is reached, in brackets after her name; empty when the office has not said it. */
  reach: string;
  calendarOn(today: Temporal.PlainDate): OfficeCalendar;
}

export interface Books {
  /** The newest that is known here; read when there is none. */
  of(officeId: string): Promise<OfficeBook>;
  /** Reads again when this process has an older version. One reading at a time, however many ask. */
  refresh(officeId: string, version: number): Promise<void>;
}

/** Rosters are read when first asked for and kept until their version is older than a turn found. */
export function openBooks(store: Store, rules: SettingRules): Books {
  const known = new Map<string, OfficeBook>();
  const reading = new Map<string, Promise<OfficeBook>>();

  function load(officeId: string): Promise<OfficeBook> {
    const under = reading.get(officeId);
    if (under) return under;
    const made = loadRoster(store, officeId)
      .then((roster) => {
        const book = bookOf(roster, rules);
        known.set(officeId, book);
        return book;
      })
      .finally(() => reading.delete(officeId));
    reading.set(officeId, made);
    return made;
  }

  return {
    of: async (officeId) => known.get(officeId) ?? (await load(officeId)),
    async refresh(officeId, version) {
      const have = known.get(officeId);
      if (!have || have.roster.rosterVersion < version) await load(officeId);
    },
  };
}

/** VOICE, rule 10: a way to call, and when. Neither is made up. */
function reachOf(settings: Pick<Settings, 'office.phone' | 'office.hours'>): string {
  const said = [settings['office.phone'], settings['office.hours']].filter((one) => one !== '');
  return settings['office.phone'] === '' ? '' : `(${said.join(' · ')})`;
}

function bookOf(roster: LoadedRoster, rules: SettingRules): OfficeBook {
  const schools: KnownSchool[] = roster.schools.map(({ id, code, name, kind }) => ({ id, code, name, kind }));
  const areaCodeOf = new Map(roster.areas.map((area) => [area.id, area.code]));
  const { settings } = officeSettings(rules, roster.office.settings);
  const { id, slug, name, short, timeZone } = roster.office;
  const calendar = createCalendar(timeZone, settings);
  let known: { day: string; calendar: OfficeCalendar } | undefined;
  const clerk =
    roster.people.find((person) => person.roles.includes('office') && !person.roles.includes('director')) ??
    roster.people.find((person) => person.roles.includes('office') || person.roles.includes('director'));
  return {
    roster,
    office: { id, slug, name, short, timeZone, settings },
    helper: `${short}${clerk?.name ?? ''}`,
    reach: reachOf(settings),
    calendarOn(today) {
      // The same for every turn of a day.
      if (known?.day !== today.toString()) {
        const semesters = [-1, 0, 1].map((offset) => calendar.semester(today, offset));
        const terms = semesters.map(({ from, to }) => ({ start: from.toString(), end: to.toString() }));
        known = { day: today.toString(), calendar: { semesters: terms } };
      }
      return known.calendar;
    },
    book: {
      version: roster.rosterVersion,
      index: buildRoster({
        schools: roster.schools.map((school) => ({
          code: school.code,
          name: school.name,
          kind: school.kind,
          area: school.area.code,
          aliases: [...school.aliases],
          town: school.town,
        })),
        people: roster.people.map((person) => ({
          userId: person.userId,
          name: person.name,
          roles: [...person.roles],
          schools: Object.values(person.schools).flatMap((held) => held.map((school) => school.code)),
          ...(person.areaId ? { area: areaCodeOf.get(person.areaId) ?? '' } : {}),
        })),
        areas: roster.areas.map((area) => ({ code: area.code, name: area.name, town: area.town })),
      }),
      byName: new Map(schools.map((school) => [school.name, school])),
      byCode: new Map(schools.map((school) => [school.code, school])),
      byId: new Map(schools.map((school) => [school.id, school])),
      areaCodeOf,
      people: roster.people,
    },
  };
}
