// The picture of an answer in figures: the numbers as tiles, side by side as bars, and under them what they mean.
import { z } from 'zod';
import { type Figures, figures as figuresShape, percent } from '../supervision/figures/query.ts';
import { box, fitted, INK, line, picture, QUIET, text, widthOf, wrapped } from './draw.ts';
import type { Maker, Words } from './make.ts';
import { fileName } from './sheet.ts';

const WIDTH = 760;
const EDGE = 32;
const ROOM = WIDTH - 2 * EDGE;
const BLUE = '#2f6fb5';
const ORANGE = '#df8a2b';

const params = z.object({ figures: figuresShape });

export const makeFigures: Maker = async (order, { words, today, office }) => {
  const { figures } = params.parse(order.params);
  const bytes = await drawFigures(figures, words, office.name);
  const { about } = figures;
  const where = about.school || about.area || (about.stage ? (words.term(`stage.${about.stage}`) ?? '') : '');
  const when = words.text('papers.period', { period: about.period });
  return {
    name: fileName([words.text('papers.figures.file'), where, figures.filedBy, when], today, 'png'),
    image: true,
    bytes,
  };
};

/** A drawing grows downwards: each part says where the next begins. */
interface Canvas {
  y: number;
  parts: string[];
}

async function drawFigures(figures: Figures, words: Words, officeName: string): Promise<Uint8Array> {
  const c: Canvas = { y: 0, parts: [] };
  header(c, figures, words, officeName);
  tiles(c, figures, words);
  if (figures.groups.length > 0) groups(c, figures, words);
  if (figures.items.length > 0 && wants(figures, 'findings', 'rate'))
    bars(c, words.text('papers.figures.by-item'), [
      ...figures.items.map(({ key, count }) => ({
        label: words.term(`item.${key}`) ?? key,
        values: [{ value: count, color: ORANGE, note: String(count) }],
      })),
    ]);
  notes(c, figures, words);
  return picture(WIDTH, c.y + 24, c.parts);
}

const wants = (figures: Figures, ...metrics: string[]) =>
  figures.metrics.length === 0 || metrics.some((metric) => figures.metrics.includes(metric));

function header(c: Canvas, figures: Figures, words: Words, officeName: string): void {
  c.parts.push(box(0, 0, WIDTH, 8, BLUE));
  c.parts.push(
    text(EDGE, 58, fitted(words.text('papers.figures.title', { office: { name: officeName } }), 30, ROOM), {
      size: 30,
      bold: true,
    }),
  );
  const { about, filedBy } = figures;
  const subtitle = words.text('papers.figures.subtitle', { about, filedBy });
  c.y = 66;
  for (const row of wrapped(subtitle, 20, ROOM)) {
    c.y += 30;
    c.parts.push(text(EDGE, c.y, row, { size: 20, color: QUIET }));
  }
  c.y += 20;
}

function tiles(c: Canvas, figures: Figures, words: Words): void {
  const share = (of: { part: number; whole: number }) => (of.whole === 0 ? '—' : `${percent(of)}%`);
  const parts = (of: { part: number; whole: number }) => (of.whole === 0 ? '' : `${of.part}/${of.whole}`);
  const all: [string, string, string][] = [];
  const tile = (key: string, value: string, more = '') =>
    all.push([words.text(`papers.figures.tile.${key}`), value, more]);
  if (wants(figures, 'visits')) tile('visits', String(figures.visits));
  if (wants(figures, 'coverage') && figures.month.whole > 0)
    tile('month', share(figures.month), parts(figures.month));
  if (wants(figures, 'coverage') && figures.semester.whole > 0)
    tile('semester', share(figures.semester), parts(figures.semester));
  if (wants(figures, 'findings')) tile('findings', String(figures.findings));
  if (wants(figures, 'rate', 'findings')) tile('rate', share(figures.rate), parts(figures.rate));
  if (wants(figures, 'time') && figures.medianDays >= 0) tile('time', String(figures.medianDays));
  if (wants(figures, 'overdue')) tile('overdue', String(figures.overdue));
  if (wants(figures, 'relapse') && (figures.relapsed > 0 || figures.metrics.length > 0))
    tile('relapse', String(figures.relapsed));
  const across = Math.min(4, Math.max(1, all.length));
  const gap = 12;
  const width = (ROOM - gap * (across - 1)) / across;
  for (const [index, [name, value, more]] of all.entries()) {
    const x = EDGE + (index % across) * (width + gap);
    const y = c.y + Math.floor(index / across) * 104;
    c.parts.push(box(x, y, width, 92, '#f1f5fa', 8));
    c.parts.push(text(x + 14, y + 30, fitted(name, 17, width - 20), { size: 17, color: QUIET }));
    c.parts.push(text(x + 14, y + 72, value, { size: 32, bold: true }));
    if (more) c.parts.push(text(x + width - 12, y + 30, more, { size: 15, color: QUIET, anchor: 'end' }));
  }
  c.y += Math.ceil(all.length / across) * 104 + 10;
}

function groups(c: Canvas, figures: Figures, words: Words): void {
  const [visits, findings] = [wants(figures, 'visits', 'coverage'), wants(figures, 'findings', 'rate')];
  if (!visits && !findings) return;
  const name = words.text(`papers.figures.by.${figures.group}`);
  const series = [
    ...(visits ? [{ color: BLUE, name: words.text('papers.figures.tile.visits') }] : []),
    ...(findings ? [{ color: ORANGE, name: words.text('papers.figures.tile.findings') }] : []),
  ];
  const rows = figures.groups.map((group) => ({
    label: labelOf(figures.group, group.key, words),
    values: [
      ...(visits ? [{ value: group.visits, color: BLUE, note: String(group.visits) }] : []),
      ...(findings
        ? [
            {
              value: group.findings,
              color: ORANGE,
              note:
                figures.group !== 'month' && wants(figures, 'rate') && group.rate.whole > 0
                  ? `${group.findings}　${words.text('papers.figures.tile.rate')} ${percent(group.rate)}%`
                  : String(group.findings),
            },
          ]
        : []),
    ],
  }));
  if (figures.group === 'month') columns(c, name, rows, series);
  else bars(c, name, rows, series);
}

function labelOf(group: string, key: string, words: Words): string {
  if (group === 'stage') return words.term(`stage.${key}`) ?? key;
  if (group === 'semester') return words.text('papers.period', { period: key });
  return group === 'month' ? words.text('papers.figures.month', { month: key }) : key;
}

interface Row {
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

/** Lying bars: one row a name, however long the names are. */
function bars(
  c: Canvas,
  name: string,
  rows: readonly Row[],
  series: readonly { color: string; name: string }[] = [],
) {
  heading(c, name, series);
  const labels = Math.min(210, Math.max(...rows.map((row) => widthOf(row.label, 18))) + 16);
  const most = Math.max(1, ...rows.flatMap((row) => row.values.map((one) => one.value)));
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

/** Standing bars along time. */
function columns(
  c: Canvas,
  name: string,
  rows: readonly Row[],
  series: readonly { color: string; name: string }[],
) {
  heading(c, name, series);
  const height = 190;
  const base = c.y + height + 22;
  const most = Math.max(1, ...rows.flatMap((row) => row.values.map((one) => one.value)));
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

/** What the figures mean: whoever passes the picture on passes this on with it. */
function notes(c: Canvas, figures: Figures, words: Words): void {
  const said = [
    ...(wants(figures, 'coverage') ? ['coverage'] : []),
    ...(wants(figures, 'rate', 'findings') ? ['rate'] : []),
    ...(wants(figures, 'time') && figures.medianDays >= 0 ? ['time'] : []),
    ...(wants(figures, 'overdue') ? ['overdue'] : []),
    'made',
  ];
  c.y += 20;
  c.parts.push(line(EDGE, c.y, WIDTH - EDGE, c.y));
  c.y += 8;
  for (const key of said)
    for (const row of wrapped(words.text(`papers.figures.note.${key}`, { figures }), 16, ROOM)) {
      c.y += 23;
      c.parts.push(text(EDGE, c.y, row, { size: 16, color: QUIET }));
    }
}
