// Bars of a picture: lying, one row a name, or standing along time.
import { box, fitted, INK, line, QUIET, text, widthOf } from './draw.ts';

export const WIDTH = 760;
export const EDGE = 32;
export const ROOM = WIDTH - 2 * EDGE;

/** A drawing grows downwards: each part says where the next begins. */
export interface Canvas {
  y: number;
  parts: string[];
}

/** One name, and its bars. */
export interface Row {
  label: string;
  values: { value: number; color: string; note: string }[];
}

function heading(c: Canvas, name: string, series: readonly { color: string; name: string }[]): void {
  c.y += 34;
  c.parts.push(text(EDGE, c.y, name, { size: 22, bold: true }));
  let x = WIDTH - EDGE;
  for (const { color, name: label } of series.toReversed()) {
    x -= widthOf(label, 17);
    c.parts.push(text(x, c.y - 1, label, { size: 17, color: QUIET }));
    x -= 22;
    c.parts.push(box(x, c.y - 14, 14, 14, color, 2));
    x -= 18;
  }
  c.y += 14;
}

/** Lying bars: one row a name, however long the names are. `top`: what a bar of full length means, at least. */
export function bars(
  c: Canvas,
  name: string,
  rows: readonly Row[],
  series: readonly { color: string; name: string }[] = [],
  top = 0,
) {
  heading(c, name, series);
  const labels = Math.min(250, Math.max(...rows.map((row) => widthOf(row.label, 18))) + 16);
  const most = Math.max(1, top, ...rows.flatMap((row) => row.values.map((one) => one.value)));
  const notes = Math.max(...rows.flatMap((row) => row.values.map((one) => widthOf(one.note, 17)))) + 14;
  const room = ROOM - labels - notes;
  for (const row of rows) {
    const height = row.values.length * 24;
    c.parts.push(
      text(EDGE, c.y + height / 2 + 9, fitted(row.label, 18, labels - 12), { size: 18, color: INK }),
    );
    for (const [index, { value, color, note }] of row.values.entries()) {
      const y = c.y + 6 + index * 24;
      const width = (value / most) * room;
      c.parts.push(box(EDGE + labels, y, width, 18, color, 3));
      c.parts.push(text(EDGE + labels + width + 8, y + 15, note, { size: 17, color: QUIET }));
    }
    c.y += height + 14;
  }
}

/** Standing bars along time; `top` as above. */
export function columns(
  c: Canvas,
  name: string,
  rows: readonly Row[],
  series: readonly { color: string; name: string }[],
  top = 0,
) {
  heading(c, name, series);
  const height = 190;
  const base = c.y + height + 22;
  const most = Math.max(1, top, ...rows.flatMap((row) => row.values.map((one) => one.value)));
  const step = ROOM / rows.length;
  const count = Math.max(1, rows[0]?.values.length ?? 1);
  const width = Math.min(44, (step * 0.72) / count);
  c.parts.push(line(EDGE, base, WIDTH - EDGE, base));
  for (const [index, row] of rows.entries()) {
    const middle = EDGE + step * (index + 0.5);
    for (const [at, { value, color, note }] of row.values.entries()) {
      const tall = (value / most) * height;
      const x = middle + (at - count / 2) * width;
      c.parts.push(box(x + 1, base - tall, width - 2, tall, color, 3));
      c.parts.push(text(x + width / 2, base - tall - 6, note, { size: 16, color: QUIET, anchor: 'middle' }));
    }
    c.parts.push(text(middle, base + 26, fitted(row.label, 17, step), { size: 17, anchor: 'middle' }));
  }
  c.y = base + 38;
}
