// 统计 (DOMAIN §6.3, line 23): the figures that were asked for, with what each means, a picture, and the rows they were counted from.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { createCalendar } from '../calendar.ts';
import { orderPaper } from '../papers.ts';
import { askedScope, monthDays, scopeAbout, scopeOf } from '../scope.ts';
import { type CoverageCell, coverage } from './coverage.ts';
import {
  type CountedFinding,
  countedFindings,
  daysToRectify,
  mustBeRectified,
  overdue,
  rectificationRate,
} from './findings.ts';
import { GROUPS, type Group, groupKey, inOrder } from './groups.ts';
import { type CountedVisit, countedVisits } from './visits.ts';

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

const share = z.object({ part: z.number(), whole: z.number() });
const groupRow = z.object({
  key: z.string(),
  visits: z.number(),
  findings: z.number(),
  rate: share,
});
/** Everything that is told and drawn; the picture is made from this and nothing else. */
export const figures = z.object({
  about: scopeAbout,
  filedBy: z.string(),
  metrics: z.array(z.string()),
  group: z.string(),
  visits: z.number(),
  visitedSchools: z.number(),
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
  roles: ['inspector', 'area-leader', 'school-inspector', 'principal', 'office', 'director'] satisfies Role[],
  input: z.object({ scope: askedFigures.default({}) }),
  result: figures.extend({
    ranking: z.boolean(),
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
    if (!ranking && figures.visits + figures.findings > 0)
      await orderPaper(context, { kind: 'figures', params: { figures }, rows });
    return {
      ...figures,
      ranking,
      ratePercent: percent(figures.rate),
      monthFloor: context.office.settings['visit.minPerMonth'],
      semesterFloor: context.office.settings['visit.minPerSemester'],
      monthPercent: percent(figures.month),
      semesterPercent: percent(figures.semester),
    };
  },
});

/** To one place; of nothing it is 0, and the texts say that there was nothing. */
export const percent = ({ part, whole }: { part: number; whole: number }): number =>
  whole === 0 ? 0 : Math.round((part / whole) * PERCENT * 10) / 10;

/** Without days: this month. Throws as `scopeOf`, and `act.not-found` for a name that nobody of the office has. */
async function reckon(
  context: ActContext,
  asked: AskedFigures,
): Promise<{ figures: Figures; rows: CountedRows }> {
  const { tx, office, today } = context;
  const scope = await scopeOf(context, asked, monthDays(today));
  const days = monthDays(today);
  const inspectorId = asked.person === undefined ? undefined : await personOf(context, asked.person);
  const over = {
    officeId: office.id,
    schoolIds: scope.schoolIds,
    from: scope.from ?? days.from.toString(),
    to: scope.to ?? days.to.toString(),
    inspectorId,
  };
  const calendar = createCalendar(office.timeZone, office.settings);
  const visits = await countedVisits(tx, over);
  const found = await countedFindings(tx, over);
  const cells = inspectorId ? [] : await coverage(tx, over, { calendar, settings: office.settings, today });
  const group = asked.group && asked.group !== 'item' ? asked.group : defaultGroup(asked, over.from, over.to);
  const keys = inOrder(
    [...visits, ...found].map((row) => groupKey(row, group, calendar)),
    group,
  );
  const time = daysToRectify(found, office.timeZone);
  const told: Figures = {
    about: scope.about,
    filedBy: asked.person ?? '',
    metrics: asked.metrics ?? [],
    group,
    visits: visits.length,
    visitedSchools: new Set(visits.map((visit) => visit.schoolId)).size,
    month: met(cells, 'month'),
    semester: met(cells, 'semester'),
    findings: found.length,
    fixed: found.filter((one) => !mustBeRectified(one)).length,
    rate: rectificationRate(found),
    medianDays: time?.median ?? -1,
    overdue: overdue(found, today).length,
    relapsed: found.filter((one) => one.relapsed).length,
    groups: keys.map((key) => groupOf(key, visits, found, (row) => groupKey(row, group, calendar))),
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

const met = (cells: readonly CoverageCell[], floor: CoverageCell['floor']) => {
  const of = cells.filter((cell) => cell.floor === floor);
  return { part: of.filter((cell) => cell.met).length, whole: of.length };
};

function groupOf(
  key: string,
  visits: readonly CountedVisit[],
  found: readonly CountedFinding[],
  keyOf: (row: CountedVisit | CountedFinding) => string,
): z.infer<typeof groupRow> {
  const mine = found.filter((one) => keyOf(one) === key);
  return {
    key,
    visits: visits.filter((visit) => keyOf(visit) === key).length,
    findings: mine.length,
    rate: rectificationRate(mine),
  };
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
