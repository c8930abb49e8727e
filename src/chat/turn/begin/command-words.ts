// What stands in the holes of agreed words: whether a school is really named there, and where its name ends and the rest begins.
import type { Command } from '../../scripts/commands.ts';
import { findSchools } from '../../understand/schools/schools.ts';
import type { Reading } from '../../understand/types.ts';
import { contextOf, readNamed, type Stage } from '../stage.ts';

/** "整改情况" and "今天去一中看了情况" stand where a school's name should. */
export function namesSchool(hole: string, { slots }: Reading): boolean {
  if (/[,\uff0c。;\uff1b了去查看]|今天|昨天|上午|下午/u.test(hole)) return false;
  return slots.school !== undefined || (slots.schools ?? slots.school_candidates ?? []).length > 0;
}

/**
 * The school that is named where the pattern has its hole, when the whole message names none or more than one: by its name, or by its head's
 * ("约谈何丽华校长"), as long as nobody else who heads a school bears that name.
 */
export function schoolInHole(t: Stage, { school, rest }: Command): string | null {
  const byName = school === null ? undefined : readNamed(t, school).slots.school;
  if (byName !== undefined) return byName;
  const words = `${school ?? ''}${rest ?? ''}`;
  const { roster } = contextOf(t);
  const heads = [4, 3, 2].flatMap((length) => roster.people.get(words.slice(0, length)) ?? []);
  const codes = new Set(
    heads.filter(({ roles }) => roles.includes('principal')).flatMap(({ schools }) => schools),
  );
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? (roster.schools.get(only)?.name ?? null) : null;
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
