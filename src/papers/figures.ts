// The picture of an answer in figures: the numbers as tiles, side by side as bars, and under them what they mean.
import { z } from 'zod';
import { dayFromDb } from '../store/days.ts';
import type { ActOffice } from '../supervision/act.ts';
import { createCalendar } from '../supervision/calendar.ts';
import { type Figures, figures as figuresShape, percent } from '../supervision/figures/query.ts';
import { bars, type Canvas, columns, EDGE, ROOM, WIDTH } from './charts.ts';
import { box, fitted, line, picture, QUIET, text, wrapped } from './draw.ts';
import type { Maker, Words } from './make.ts';
import { fileName } from './sheet.ts';

const BLUE = '#2f6fb5';
const ORANGE = '#df8a2b';
const GREEN = '#4a9a72';
const RED = '#c2504d';
const GREY = '#8a94a3';

const params = z.object({ figures: figuresShape });

export const makeFigures: Maker = async (order, { words, today, office }) => {
  const { figures } = params.parse(order.params);
  const bytes = await drawFigures(figures, words, office);
  const { about } = figures;
  const where = about.school || about.area || (about.stage ? (words.term(`stage.${about.stage}`) ?? '') : '');
  const when = words.text('papers.period', { period: about.period });
  return {
    name: fileName([words.text('papers.figures.file'), where, figures.filedBy, when], today, 'png'),
    image: true,
    bytes,
  };
};

async function drawFigures(figures: Figures, words: Words, office: ActOffice): Promise<Uint8Array> {
  const c: Canvas = { y: 0, parts: [] };
  header(c, figures, words, office.name);
  tiles(c, figures, words);
  if (figures.groups.length > 0) groups(c, figures, words, (days) => semesterName(days, office, words));
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

/** `2026—2027学年第一学期`: its days would be cut. */
function semesterName(days: string, { timeZone, settings }: ActOffice, words: Words): string {
  const day = dayFromDb(days.split('/')[0] ?? '');
  const { schoolYear, term } = createCalendar(timeZone, settings).semester(day);
  return words.text('papers.semester', { first: schoolYear, second: schoolYear + 1, half: term });
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
  const { about, filedBy, only } = figures;
  const subtitle = words.text('papers.figures.subtitle', { about, filedBy, only });
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

/** Each kind of number has its own scale: what is counted, shares of a whole, days. */
function groups(c: Canvas, figures: Figures, words: Words, semesterOf: (days: string) => string): void {
  const series = seriesOf(figures, words);
  for (const unit of ['count', 'share', 'days'] as const) {
    const drawn = series.filter((one) => one.unit === unit);
    if (drawn.length === 0) continue;
    const heads = drawn.map(({ color, name }) => ({ color, name }));
    const rows = figures.groups.map((group) => ({
      label: labelOf(figures.group, group.key, words, semesterOf),
      values: drawn.map(({ color, of }) => ({ color, ...of(group) })),
    }));
    const name = words.text(`papers.figures.by.${figures.group}`);
    const top = unit === 'share' ? 100 : 0;
    if (figures.group === 'month') columns(c, name, rows, heads, top);
    else bars(c, name, rows, heads, top);
  }
}

interface Series {
  unit: 'count' | 'share' | 'days';
  color: string;
  name: string;
  of(group: Group): { value: number; note: string };
}
type Group = Figures['groups'][number];

/** What was asked for; of everything at once the two that are counted, with their shares beside them where there is room. */
function seriesOf(figures: Figures, words: Words): Series[] {
  const name = (key: string) => words.text(`papers.figures.tile.${key}`);
  const asked = (metric: string) => figures.metrics.includes(metric);
  const all = figures.metrics.length === 0;
  const upright = figures.group === 'month';
  const beside = (key: string, of: Group['rate']) =>
    all && !upright && of.whole > 0 ? `　${name(key)} ${percent(of)}%` : '';
  const count = (
    key: string,
    color: string,
    of: (group: Group) => number,
    more?: (group: Group) => string,
  ) => ({
    unit: 'count' as const,
    color,
    name: name(key),
    of: (group: Group) => ({ value: of(group), note: `${of(group)}${more?.(group) ?? ''}` }),
  });
  const part = (key: string, color: string, of: (group: Group) => Group['rate']) => ({
    unit: 'share' as const,
    color,
    name: name(key),
    of: (group: Group) => {
      const { part, whole } = of(group);
      const note = `${percent(of(group))}%${upright ? '' : ` (${part}/${whole})`}`;
      return { value: percent(of(group)), note: whole === 0 ? '—' : note };
    },
  });
  const shown: [boolean, Series][] = [
    [
      all || asked('visits'),
      count(
        'visits',
        BLUE,
        ({ visits }) => visits,
        ({ month }) => beside('month', month),
      ),
    ],
    [
      all || asked('findings'),
      count(
        'findings',
        ORANGE,
        ({ findings }) => findings,
        ({ rate }) => beside('rate', rate),
      ),
    ],
    [asked('overdue'), count('overdue', RED, (group) => group.overdue)],
    [asked('relapse'), count('relapse', GREY, ({ relapsed }) => relapsed)],
    [asked('coverage') && figures.month.whole > 0, part('month', BLUE, ({ month }) => month)],
    [
      asked('coverage') && figures.semester.whole > 0 && !upright,
      part('semester', GREEN, ({ semester }) => semester),
    ],
    [asked('rate'), part('rate', ORANGE, ({ rate }) => rate)],
    [
      asked('time') && figures.medianDays >= 0,
      {
        unit: 'days',
        color: GREEN,
        name: name('time'),
        of: ({ medianDays }) => ({
          value: Math.max(0, medianDays),
          note: medianDays < 0 ? '—' : String(medianDays),
        }),
      },
    ],
  ];
  return shown.flatMap(([wanted, series]) => (wanted ? [series] : []));
}

function labelOf(group: string, key: string, words: Words, semesterOf: (days: string) => string): string {
  if (group === 'stage') return words.term(`stage.${key}`) ?? key;
  if (group === 'semester') return semesterOf(key);
  return group === 'month' ? words.text('papers.figures.month', { month: key }) : key;
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
