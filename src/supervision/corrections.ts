// 更正: what is filed put right: never silent, always with its audit row; a wrong school voids the record and files it anew.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { dayFromDb, dayToDb } from '../store/days.ts';
import { type ActContext, action, audit, type Role } from './act.ts';
import { contentsOf } from './visit-contents.ts';
import { recordOne } from './visit-record.ts';
import { SESSIONS } from './visit-said.ts';
import { lockOwn, type OwnVisit, tellOwner, voidOne } from './visit-void.ts';
import { capacityAt } from './visit-who.ts';

const change = z.object({ field: z.enum(['school', 'date', 'session']), to: z.string(), label: z.string() });

/** Another day or half-day in place; another school by voiding and filing anew. Several at once are one act. */
export const correctVisit = action({
  name: 'visit.correct',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  input: z.object({
    visit: z.uuid(),
    change: z.object({ changes: z.array(change).min(1).max(3) }),
  }),
  result: z.object({
    school: z.string(),
    date: z.string(),
    withdrawn: z.array(z.string()),
    notices: z.array(z.string()),
  }),
  async run(context, { visit: visitId, change: { changes } }) {
    const visit = await lockOwn(context, visitId);
    const to = (field: (typeof changes)[number]['field']) => changes.find((one) => one.field === field)?.to;
    const day =
      to('date') === undefined ? undefined : await freeDay(context, visit, to('date') ?? '', to('school'));
    const session = z.enum(SESSIONS).optional().parse(to('session'));
    tellOwner(context, visit, [...new Set(changes.map(({ field }) => field))]);
    const school = to('school');
    if (school !== undefined && school !== visit.schoolId)
      return moveToSchool(context, visit, { to: school, day, session });

    const db = await context.tx.db();
    await db.visit.update({
      where: { id: visit.id },
      data: { ...(day ? { visitedOn: dayToDb(day) } : {}), ...(session ? { session } : {}) },
    });
    const date = dayFromDb(visit.visitedOn).toString();
    await audit(context, [
      {
        action: 'visit.corrected',
        subject: 'visit',
        subjectId: visit.id,
        schoolId: visit.schoolId,
        before: { date, session: visit.session },
        after: { ...(day ? { date: day.toString() } : {}), ...(session ? { session } : {}) },
      },
    ]);
    return { school: visit.school.name, date: day?.toString() ?? date, withdrawn: [], notices: [] };
  },
});

/** The day that a record is to have: not ahead, and not one on which she has a record of this school. */
async function freeDay(
  context: ActContext,
  visit: OwnVisit,
  iso: string,
  schoolId = visit.schoolId,
): Promise<Temporal.PlainDate> {
  const day = Temporal.PlainDate.from(iso);
  if (Temporal.PlainDate.compare(day, context.today) > 0) throw new AppError('visit.in-future');
  const db = await context.tx.db();
  const there = await db.visit.findFirst({
    where: {
      schoolId,
      inspectorId: visit.inspectorId,
      visitedOn: dayToDb(day),
      state: { not: 'voided' },
    },
  });
  if (there && there.id !== visit.id) throw new AppError('visit.recorded-already');
  return day;
}

/** A reason in code; its words are `void-reason.wrong-school` of terms.yaml. */
const WRONG_SCHOOL = 'wrong-school';

interface Move {
  to: string;
  day?: Temporal.PlainDate | undefined;
  session?: (typeof SESSIONS)[number] | undefined;
}

async function moveToSchool(context: ActContext, visit: OwnVisit, move: Move) {
  const contents = await contentsOf(context, visit);
  const date = move.day?.toString() ?? contents.date;
  const withdrawn = await voidOne(context, visit, WRONG_SCHOOL);
  const recorded = await recordOne(
    context,
    {
      ...contents,
      ...(move.session ? { session: move.session } : {}),
      ...{ school: move.to, date },
      // Another's school is never taken in silence: its inspector hears of it (DOMAIN §6.4).
      capacity: await capacityAt(context, visit, { school: move.to, date }),
    },
    visit.inspector,
    { late: visit.late, backfilled: visit.backfilled, photos: contents.photos },
  );
  return {
    school: recorded.visit.school,
    date,
    withdrawn,
    notices: recorded.notice ? [recorded.notice.no] : [],
  };
}
