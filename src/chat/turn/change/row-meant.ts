// Of a draft about several schools, the row that words mean which name none of them in full: "小学门口护栏松了", "幼儿园是前天去的".
import type { Frame, Row } from '../../conversation.ts';
import type { SchoolValue } from '../../slots/school.ts';

/** The official name of the school that a row is about; undefined before there is one. */
export const schoolName = ({ school }: Row): string | undefined => (school as SchoolValue | undefined)?.name; // the slot's own value

/** The first row about the school of this name; -1 when there is none. */
export const rowOfSchool = (frame: Frame, school: string | undefined): number =>
  school === undefined ? -1 : frame.rows.findIndex((row) => schoolName(row) === school);

const KINDERGARTEN = /幼儿园|中心园|[那这]?园里|^园/u;
const OTHERS = /小学|中学|初中|高中|特校/u;

/** The one row whose school is of the kind that stands first in the words; null when there is none, or several. */
export function rowOfKind(frame: Frame, text: string): number | null {
  if (frame.rows.length < 2) return null;
  const said = text.slice(0, 12);
  const kind = OTHERS.exec(said)?.[0];
  const small = KINDERGARTEN.test(said);
  if (small === (kind !== undefined)) return null;
  const fits = frame.rows.flatMap(({ school }, index) => {
    const { name = '', kindergarten = false } = (school ?? {}) as Partial<SchoolValue>; // the slot's own value
    return (small ? kindergarten : !kindergarten && name.includes(kind ?? '')) ? [index] : [];
  });
  return fits.length === 1 ? (fits[0] ?? null) : null;
}
