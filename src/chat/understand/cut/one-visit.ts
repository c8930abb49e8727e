// A visit told at length is one matter: that a lesson was heard in the middle of it cuts off nothing that was found after it.

import type { Span } from '../entities/entities.ts';
import type { Weighed } from '../intent/choose.ts';

const OF_A_VISIT = /^(?:visit\.log|finding\.report|lesson\.log)$/;
/** Wants a paper of its own for it: "记听课", "另存听课一节", "这条报个问题". */
const FILED_APART =
  /(?:记|存|报|登|写)(?:一下|一条|上|个|成|为|到|录|进)*(?:听课|问题)|听课(?:记录|本|登记)|(?:另存|单独|另记|分开)/;

/** Whether it is wanted as a paper of its own, or else belongs to the visit on which it was. */
export const isFiledApart = (text: string): boolean => FILED_APART.test(text);

/** A stretch that is a matter of its own; `visit`: several were put together again, and it is a visit. */
export interface Matter extends Span {
  visit?: true;
}

/** Puts together again what follows one another and is of one visit: at one school at most, on one day at most. */
export function oneVisit(text: string, spans: readonly Span[], weigh: (span: Span) => Weighed): Matter[] {
  if (isFiledApart(text)) return [...spans];
  const matters: { span: Matter; pieces: Weighed[] }[] = [];
  for (const span of spans) {
    const piece = weigh(span);
    const before = matters.at(-1);
    if (before && isOne([...before.pieces, piece])) {
      before.span = { start: before.span.start, end: span.end, visit: true };
      before.pieces.push(piece);
    } else matters.push({ span: { ...span }, pieces: [piece] });
  }
  return matters.map(({ span }) => span);
}

function isOne(pieces: readonly Weighed[]): boolean {
  if (!pieces.every(({ intent }) => OF_A_VISIT.test(intent))) return false;
  if (!pieces.some(({ intent }) => intent === 'lesson.log')) return false;
  const schools = pieces.flatMap(({ e }) => e.schools.map(({ code, among }) => code ?? among.join()));
  const days = pieces.flatMap(({ e }) =>
    e.dates.filter(({ kind, limit }) => kind === 'day' && !limit).map((day) => day.resolve('past')),
  );
  return new Set(schools).size <= 1 && new Set(days).size <= 1;
}
