// Which row of a sheet holds the headings: offices write a title above them, and move them about.
import type { Row, Worksheet } from 'exceljs';
import { textIn } from './cells.ts';
import { plain } from './layout.ts';

/** Headings stand below a title, at most. */
const LOOK_FOR_HEADS = 8;

/** The row with the most of the known headings, two at least; null when there is none. */
export function headRow(sheet: Worksheet, names: ReadonlyMap<string, string>): Row | null {
  let best: { row: Row; hits: number } | null = null;
  for (let number = 1; number <= Math.min(LOOK_FOR_HEADS, sheet.rowCount); number += 1) {
    const row = sheet.getRow(number);
    const hits = new Set<string>();
    row.eachCell((cell) => {
      const column = names.get(plain(said(cell)));
      if (column !== undefined) hits.add(column);
    });
    if (hits.size >= 2 && hits.size > (best?.hits ?? 0)) best = { row, hits: hits.size };
  }
  return best?.row ?? null;
}

/** What a cell says; nothing for one that cannot be read. */
export function said(cell: Parameters<typeof textIn>[0]): string {
  const read = textIn(cell);
  return 'text' in read ? read.text : '';
}
