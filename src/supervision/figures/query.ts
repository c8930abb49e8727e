// 统计 (DOMAIN §6.3, line 23): the figures that were asked for, with what each means, a picture, and the rows they were counted from.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ActContext, action, ROLES } from '../act.ts';
import { type Calendar, createCalendar, type Day } from '../calendar.ts';
import { ITEMS, KINDERGARTEN_ITEMS } from '../findings.ts';
import { orderPaper } from '../papers.ts';
import { askedScope, type Days, monthDays, scopeAbout, scopeOf } from '../scope.ts';
import { coverage } from './coverage.ts';
import {
  type CountedFinding,
  countedFindings,
  daysToRectify,
  mustBeRectified,
  overdue,
  rectificationRate,
} from './findings.ts';
import { GROUPS, type Group, inOrder } from './groups.ts';
import { groupRow, met, share, sideBySide } from './side-by-side.ts';
import { countedVisits } from './visits.ts';

const METRICS = ['visits', 'coverage', 'findings', 'rate', 'time', 'overdue', 'relapse'] as const;
export type Metric = (typeof METRICS)[number];

const askedFigures = askedScope.extend({
  metrics: z.array(z.enum(METRICS)).optional(),
  group: z.enum(GROUPS).optional(),
  /** Only what was found of these. */
  items: z.array(z.enum(ITEMS)).optional(),
  /** A person's name: what she filed, never beside others'. */
  person: z.string().optional(),
  /** People were to be compared, which this bot does not do (2026 App Measures). */
  ranking: z.boolean().optional(),
});
export type AskedFigures = z.infer<typeof askedFigures>;

const itemCount = z.object({ key: z.string(), count: z.number() });

/** Everything that is told and drawn; the picture is made from this and nothing else. */
export const figures = z.object({
  about: scopeAbout,
  filedBy: z.string(),
  /** What was found is narrowed to these; visits never are. Kept figures of before have none. */
  only: z.array(z.string()).default([]),
  /** Found in all, of whatever item. */
  foundInAll: z.number().default(0),
  /** Of kindergartens, whose items are others: what was found there beside `only`. */
  ofKindergartens: z.array(itemCount).default([]),
  metrics: z.array(z.string()),
  group: z.string(),
  visits: z.number(),
  visitedSchools: z.number(),
  /** Kept figures of before have none. */
  lessons: z.number().default(0),
  month: share,
  semester: share,
  findings: z.number(),
  fixed: z.number(),
  rate: share,
  /** −1: nothing passed its review yet. */
  medianDays: z.number(),
  overdue: z.number(),
  relapsed: z.number(),
  groups: z.array(groupRow),
  items: z.array(itemCount),
});
export type Figures = z.infer<typeof figures>;

/** Which rows each figure was counted from. */
export const countedRows = z.object({
  visits: z.array(z.string()),
  findings: z.array(z.string()),
  coverage: z.array(
    z.object({
      schoolId: z.string(),
      floor: z.string(),
      period: z.string(),
      visits: z.number(),
      owed: z.number(),
    }),
  ),
});
export type CountedRows = z.infer<typeof countedRows>;

const PERCENT = 100;

export const queryFigures = action({
  name: 'stats.query',
  roles: ROLES,
  input: z.object({ scope: askedFigures.default({}) }),
  result: figures.extend({
    ranking: z.boolean(),
    /** A picture follows. */
    drawn: z.boolean(),
    /** Nobody said which days. */
    unsaid: z.boolean(),
    /** The groups were asked for, and are named in words. */
    listed: z.boolean(),
    ratePercent: z.number(),
    /** Of all that was found, what was of the items asked for. */
    onlyPercent: z.number(),
    /** What the office takes for enough (visit.minPerMonth, visit.minPerSemester). */
    monthFloor: z.number(),
    semesterFloor: z.number(),
    monthPercent: z.number(),
    semesterPercent: z.number(),
  }),
  async run(context, { scope: asked }) {
    const { figures, rows } = await reckon(context, asked);
    const ranking = asked.ranking ?? false;
    const visits = figures.only.length === 0 ? figures.visits : 0;
    const drawn = visits + figures.findings > 0 || coverageAsked(figures);
    // Nothing to draw is kept as well: "明细" is of what was asked last.
    if (!ranking) await orderPaper(context, { kind: 'figures', params: { figures }, rows, kept: !drawn });
    return {
      ...figures,
      ranking,
      drawn,
      unsaid: asked.period === undefined,
      listed: asked.group !== undefined && asked.group !== 'item',
      ratePercent: percent(figures.rate),
      onlyPercent: percent({ part: figures.findings, whole: figures.foundInAll }),
      monthFloor: context.office.settings['visit.minPerMonth'],
      semesterFloor: context.office.settings['visit.minPerSemester'],
      monthPercent: percent(figures.month),
      semesterPercent: percent(figures.semester),
    };
  },
});

/** That nobody was visited is a figure of coverage like any other. */
const coverageAsked = ({ metrics, month, semester }: Figures) =>
  (metrics.length === 0 || metrics.includes('coverage')) && month.whole + semester.whole > 0;

/** To one place; of nothing it is 0, and the texts say that there was nothing. */
export const percent = ({ part, whole }: { part: number; whole: number }): number =>
  whole === 0 ? 0 : Math.round((part / whole) * PERCENT * 10) / 10;

/** Without days: this month; this semester when months are to stand side by side, the last one too when semesters are. Throws as `scopeOf`, and `act.not-found` for a name that nobody of the office has. */
async function reckon(
  context: ActContext,
  asked: AskedFigures,
): Promise<{ figures: Figures; rows: CountedRows }> {
  const { tx, office, today } = context;
  const calendar = createCalendar(office.timeZone, office.settings);
  const days = unsaidDays(asked.group, calendar, today);
  const scope = await scopeOf(context, asked, days);
  const inspectorId = asked.person === undefined ? undefined : await personOf(context, asked.person);
  const over = {
    officeId: office.id,
    schoolIds: scope.schoolIds,
    from: scope.from ?? days.from.toString(),
    to: scope.to ?? days.to.toString(),
    inspectorId,
  };
  const visits = await countedVisits(tx, over);
  const all = await countedFindings(tx, over);
  const only: readonly string[] = asked.items ?? [];
  const found = only.length === 0 ? all : all.filter((one) => only.includes(one.item));
  const metrics = metricsOf(asked);
  const cells = inspectorId ? [] : await coverage(tx, over, { calendar, settings: office.settings, today });
  const group = asked.group && asked.group !== 'item' ? asked.group : defaultGroup(asked, over.from, over.to);
  const time = daysToRectify(found, office.timeZone);
  const told: Figures = {
    about: scope.about,
    filedBy: asked.person ?? '',
    only: [...only],
    foundInAll: all.length,
    ofKindergartens: only.length === 0 ? [] : byItem(all.filter((one) => isBeside(one.item, only))),
    metrics,
    group,
    visits: visits.length,
    lessons: visits.reduce((sum, { lessons }) => sum + lessons, 0),
    visitedSchools: new Set(visits.map((visit) => visit.schoolId)).size,
    month: met(cells, 'month'),
    semester: met(cells, 'semester'),
    findings: found.length,
    fixed: found.filter((one) => !mustBeRectified(one)).length,
    rate: rectificationRate(found),
    medianDays: time?.median ?? -1,
    overdue: overdue(found, today).length,
    relapsed: found.filter((one) => one.relapsed).length,
    groups: sideBySide(
      only.length === 0 ? { visits, found, cells } : { visits: [], found, cells: [] },
      group,
      { calendar, today, timeZone: office.timeZone },
    ),
    items: byItem(found),
  };
  const tells = (metric: Metric) => only.length === 0 || metrics.includes(metric);
  const rows: CountedRows = {
    visits: tells('visits') ? visits.map((visit) => visit.id) : [],
    findings: found.map((one) => one.id),
    coverage: (tells('coverage') ? cells : []).map(({ schoolId, floor, period, visits: done, owed }) => ({
      schoolId,
      floor,
      period,
      visits: done,
      owed,
    })),
  };
  return { figures: told, rows };
}

/** Of some items alone, what was found and how much of it is rectified: visits and the floors are of none. */
const metricsOf = ({ metrics = [], items = [] }: AskedFigures): Metric[] =>
  metrics.length === 0 && items.length > 0 ? ['findings', 'rate'] : metrics;

/** A kindergarten's finding, when only the schools' items were asked for. */
const isBeside = (item: string, only: readonly string[]): boolean =>
  !only.includes(item) && isOfKindergartens(item) && !only.some(isOfKindergartens);

const isOfKindergartens = (item: string): boolean => (KINDERGARTEN_ITEMS as readonly string[]).includes(item);

const byItem = (found: readonly CountedFinding[]) =>
  inOrder(
    found.map((one) => one.item),
    'item',
  ).map((key) => ({ key, count: found.filter((one) => one.item === key).length }));

function unsaidDays(group: Group | undefined, calendar: Calendar, today: Day): Days {
  if (group === 'month') return calendar.semester(today);
  if (group === 'semester')
    return { from: calendar.semester(today, -1).from, to: calendar.semester(today).to };
  return monthDays(today);
}

/** What is most telling when nobody said: months when there are several, areas of a whole office, stages of one area. */
function defaultGroup(asked: AskedFigures, from: string, to: string): Group {
  if (from.slice(0, 7) !== to.slice(0, 7)) return 'month';
  return asked.area || asked.mine || asked.school ? 'stage' : 'area';
}

async function personOf({ tx, office }: ActContext, name: string): Promise<string> {
  const people = await tx.sql<{ id: string }>(
    `select id from person where office_id = $1 and name = $2 and 'inspector' = any(roles)`,
    [office.id, name],
    'figure-person',
  );
  const [only, ...more] = people;
  if (!only || more.length > 0) throw new AppError('act.not-found', 'never', { what: 'person' });
  return only.id;
}
