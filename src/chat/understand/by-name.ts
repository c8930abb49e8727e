// "二中给五天,东关小学那个不批": decisions on different schools or notices never run together.
import type { Entities, Span } from './entities.ts';
import type { Reading } from './types.ts';

/** The stretches of a decision that names several, one for each clause that names another; the whole when one of them decides nothing. */
export function byName(e: Entities, whole: Reading, read: (span: Span) => Reading): Span[] {
  const all = { start: 0, end: e.text.length };
  if (!/^rect\.(?:review|extend_decide)$/.test(whole.intent)) return [all];
  if (!whole.slots.schools && !whole.slots.rect_nos) return [all];
  const spans: Span[] = [];
  for (const clause of e.clauses) {
    const names = [...e.schools, ...e.notices].some((s) => s.start >= clause.start && s.start < clause.end);
    const last = spans.at(-1);
    if (last && !names) last.end = clause.end;
    else spans.push({ start: clause.start, end: clause.end });
  }
  return spans.length > 1 && spans.every((s) => read(s).slots.result) ? spans : [all];
}
