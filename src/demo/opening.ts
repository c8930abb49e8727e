// When a new demo begins. Its story is of "this morning" and of a head who answers at once, and its visitor sits in any zone:
// begun in the office's night or on its day of rest, the demo opens on the next working morning.
import { createCalendar } from '../supervision/calendar.ts';
import type { Roster } from '../supervision/roster/file.ts';
import { loadSettingRules, officeSettings } from '../supervision/settings.ts';

/** Late enough that a visit of this morning can be over. */
const OPENS = '10:00';

/** The instant at which the clock of a new demo is to stand; null while the office is at work, and the real time will do. */
export function openingOf({ office }: Pick<Roster, 'office'>, now: Date): Date | null {
  const calendar = createCalendar(office.timezone, officeSettings(loadSettingRules(), {}).settings);
  if (!calendar.isQuiet(now)) return null;
  return calendar.instant(calendar.dayOf(calendar.loudFrom(now)), OPENS);
}
