// What stands in the holes of agreed words: whether a school is really named there, and where its name ends and the rest begins.
import type { Command } from '../scripts/commands.ts';
import { findSchools } from '../understand/schools.ts';
import type { Reading } from '../understand/types.ts';
import { contextOf, type Stage } from './stage.ts';

/** "整改情况" and "今天去一中看了情况" stand where a school's name should. */
export function namesSchool(hole: string, { slots }: Reading): boolean {
  if (/[,\uff0c。;\uff1b了去查看]|今天|昨天|上午|下午/u.test(hole)) return false;
  return slots.school !== undefined || (slots.schools ?? slots.school_candidates ?? []).length > 0;
}

/** A pattern takes as little for the name as it can: "大河小学放假 免督导" leaves "河小学放假" to the rest, whose first half is the name's. */
export function restOf(t: Stage, { school, rest }: Command): string | null {
  if (school === null || rest === null) return rest;
  const both = `${school}${rest}`;
  const { roster, sender } = contextOf(t);
  const named = findSchools(both, roster, sender).find(
    ({ start, end }) => start === 0 && end > school.length,
  );
  return named ? both.slice(named.end).replace(/^[\s,\uff0c:\uff1a、的]+/u, '') : rest;
}
