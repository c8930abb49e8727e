// 统计 (DOMAIN §6.3, line 23): the figures that were asked for, with what each means, a picture, and the rows they were counted from.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ActContext, action, ROLES } from '../act.ts';
import { type Calendar, createCalendar, type Day } from '../calendar.ts';
import { orderPaper } from '../papers.ts';
import { askedScope, type Days, monthDays, scopeAbout, scopeOf } from '../scope.ts';
import { coverage } from './coverage.ts';
import { countedFindings, daysToRectify, mustBeRectified, overdue, rectificationRate } from './findings.ts';
import { GROUPS, type Group, inOrder } from './groups.ts';
import { groupRow, met, share, sideBySide } from './side-by-side.ts';
import { countedVisits } from './visits.ts';

const METRICS = ['visits', 'coverage', 'findings', 'rate', 'time', 'overdue', 'relapse'] as const;
export type Metric = (typeof METRICS)[number];

const askedFigures = askedScope.extend({
  metrics: z.array(z.enum(METRICS)).optional(),
  group: z.enum(GROUPS).optional(),
  /** A person's name: what she filed, never beside others'. */
  person: z.string().optional(),
  /** People were to be compared, which this bot does not do (2026 App Measures). */
  ranking: z.boolean().optional(),
});
export type AskedFigures = z.infer<typeof askedFigures>;

/** Everything that is told and drawn; the picture is made from this and nothing else. */
export const figures = z.object({
  about: scopeAbout,
  filedBy: z.string(),
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
  items: z.array(z.object({ key: z.string(), count: z.number() })),
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
    /** What the office takes for enough (visit.minPerMonth, visit.minPerSemester). */
    monthFloor: z.number(),
    semesterFloor: z.number(),
    monthPercent: z.number(),
    semesterPercent: z.number(),
  }),
  async run(context, { scope: asked }) {
    const { figures, rows } = await reckon(context, asked);
    const ranking = asked.ranking ?? false;
    const drawn = figures.visits + figures.findings > 0 || coverageAsked(figures);
    // Nothing to draw is kept as well: "明细" is of what was asked last.
    if (!ranking) await orderPaper(context, { kind: 'figures', params: { figures }, rows, kept: !drawn });
    return {
      ...figures,
      ranking,
      drawn,
      unsaid: asked.period === undefined,
      listed: asked.group !== undefined && asked.group !== 'item',
      ratePercent: percent(figures.rate),
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
  const found = await countedFindings(tx, over);
  const cells = inspectorId ? [] : await coverage(tx, over, { calendar, settings: office.settings, today });
  const group = asked.group && asked.group !== 'item' ? asked.group : defaultGroup(asked, over.from, over.to);
  const time = daysToRectify(found, office.timeZone);
  const told: Figures = {
    about: scope.about,
    filedBy: asked.person ?? '',
    metrics: asked.metrics ?? [],
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
    groups: sideBySide({ visits, found, cells }, group, { calendar, today, timeZone: office.timeZone }),
    items: inOrder(
      found.map((one) => one.item),
      'item',
    ).map((key) => ({ key, count: found.filter((one) => one.item === key).length })),
  };
  const rows: CountedRows = {
    visits: visits.map((visit) => visit.id),
    findings: found.map((one) => one.id),
    coverage: cells.map(({ schoolId, floor, period, visits: done, owed }) => ({
      schoolId,
      floor,
      period,
      visits: done,
      owed,
    })),
  };
  return { figures: told, rows };
}

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
