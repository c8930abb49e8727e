// The areas and schools that words name, as ids, and the words without them; and the choice of receivers as a draft keeps it.
import { type Audience, audience as audienceShape } from '../../supervision/notices/audience.ts';
import type { Facts } from '../facts.ts';
import { entitiesOf } from '../understand/entities/entities.ts';
import type { SchoolMention } from '../understand/schools/schools.ts';

export interface Places {
  /** Ids. */
  areas: string[];
  schools: string[];
  /** What is left of the words, normalised. */
  rest: string;
}

function entitiesIn(words: string, facts: Facts) {
  return entitiesOf(words, {
    roster: facts.book.index,
    sender: { userId: facts.person.userId, name: '', roles: ['office'], schools: [] },
    now: facts.now,
    timeZone: facts.office.timeZone,
  });
}

/** Every school that words name, the doubtful and unknown ones too. */
export const mentionsIn = (words: string, facts: Facts): SchoolMention[] => entitiesIn(words, facts).schools;

/** The areas and schools that words name, and the words that are left without them. */
export function placesIn(words: string, facts: Facts): Places {
  const found = entitiesIn(words, facts);
  const codes = found.areas.map(({ code }) => code);
  const spans = [...found.areas, ...found.schools.filter(({ code }) => code !== undefined)];
  let rest = found.text;
  for (const { start, end } of spans.sort((a, b) => b.start - a.start))
    rest = rest.slice(0, start) + rest.slice(end);
  return {
    areas: [...facts.book.areaCodeOf].filter(([, code]) => codes.includes(code)).map(([id]) => id),
    schools: [
      ...new Set(found.schools.flatMap(({ code }) => (code ? (facts.book.byCode.get(code)?.id ?? []) : []))),
    ],
    rest,
  };
}

/** The area's own name; empty when the roster has it no more. */
export function areaName(id: string, facts: Facts): string {
  const code = facts.book.areaCodeOf.get(id);
  return facts.book.index.areas.find((area) => area.code === code)?.name ?? '';
}

/** An audience as its slot keeps it; null for anything else. */
export function audienceOf(value: unknown): Audience | null {
  const read = audienceShape.safeParse(value);
  return read.success ? read.data : null;
}
