// "一中、二中和特校": what is named one after another makes a row, of which what stands before or after it is said alike.
import type { Span } from './entities.ts';

/** Joins what is named to a row. */
export const LINK = /^[、和跟与及加\s]*(?:还有|以及|跟着)?$/;
/** A comma parts what is said of each school, but not who was gone to: "去了一中,二中". */
export const LINK_OR_COMMA = /^[、和跟与及加,\s]*(?:还有|以及|跟着)?$/;

/** Mentions in the order of the text, those of one row together: nothing but `link` stands between them. */
export function rowsOf<M extends Span>(text: string, mentions: readonly M[], link: RegExp): M[][] {
  const rows: M[][] = [];
  for (const mention of mentions) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (last && link.test(text.slice(last.end, mention.start))) row?.push(mention);
    else rows.push([mention]);
  }
  return rows;
}

/** From the beginning of its first to the end of its last. */
export function spanOfRow(row: readonly Span[]): Span {
  return { start: row[0]?.start ?? 0, end: row.at(-1)?.end ?? 0 };
}
