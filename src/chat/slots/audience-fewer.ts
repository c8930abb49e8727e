// Whom a draft's notice is no longer for: "不要幼儿园了", "去掉三区", "东关小学不用发". The rest of its receivers stay.
import { type Audience, MOST_SCHOOLS } from '../../supervision/notices/audience.ts';
import { SCHOOL_KINDS } from '../../supervision/roster/file.ts';
import type { Facts } from '../facts.ts';
import { kindsIn } from './audience-kinds.ts';
import { placesIn } from './places.ts';

const LEFT_OUT = [
  /^(?:把)?(?:不要|去掉|除去|除掉|减去|不含|不包括|剔除|排除|不发给?|别发给?|不通知|别通知|除了)\s*(.{2,30}?)(?:以外|之外|外)?(?:的?都发)?(?:了|吧|就行)*$/u,
  /^(?:把)?(.{2,30}?)(?:就|都|先|那边)*(?:(?:不用|不要|不必|别|不)(?:再)?(?:发|通知|要|收|来|去|参加|到)|(?:不用|不必|不要)(?=了|吧|$)|去掉|除外|除去|剔除|排除)(?:了|吧|就行)*$/u,
  /^(?:leave out|without|except|not to)\s+(.{2,60})$/iu,
];

/** The receivers without those that the words leave out; undefined when they leave out nobody that could be named. */
export function fewer(stands: Audience | null, text: string, facts: Facts): Audience | 'nobody' | undefined {
  if (!stands || stands.code === 'groups') return undefined;
  const said = text.trim().replaceAll(/[。.!\uff01]+$/gu, '');
  const out = LEFT_OUT.map((pattern) => pattern.exec(said)?.[1]).find((words) => words !== undefined);
  if (out === undefined) return undefined;
  const { areas, schools } = placesIn(out, facts);
  const { list: _taken, ...choice } = stands;
  if (schools.length > 0) {
    const left = without(stands.schools, reached(stands, facts), schools, (rest) => ({
      ...choice,
      schools: rest,
    }));
    return left !== 'nobody' && left.schools.length > MOST_SCHOOLS ? undefined : left;
  }
  if (areas.length > 0)
    return without(stands.areas, [...facts.book.areaCodeOf.keys()], areas, (rest) => ({
      ...stands,
      areas: rest,
    }));
  const kinds = kindsIn(out);
  return kinds.length === 0
    ? undefined
    : without(stands.kinds, SCHOOL_KINDS, kinds, (rest) => ({ ...stands, kinds: rest }));
}

/** An empty choice means all, so what remains of it is named; when nothing remains it must not become "all". */
function without(
  chosen: readonly string[],
  all: readonly string[],
  out: readonly string[],
  made: (rest: string[]) => Audience,
): Audience | 'nobody' {
  const rest = (chosen.length > 0 ? chosen : all).filter((one) => !out.includes(one));
  return rest.length === 0 ? 'nobody' : made(rest);
}

/** The schools that the choice means when it names none. */
function reached({ areas, kinds }: Audience, { book }: Facts): string[] {
  const codes = new Set(areas.map((id) => book.areaCodeOf.get(id)));
  return [...book.index.schools.values()]
    .filter(({ area }) => areas.length === 0 || codes.has(area))
    .flatMap(({ code }) => book.byCode.get(code) ?? [])
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ id }) => id);
}
