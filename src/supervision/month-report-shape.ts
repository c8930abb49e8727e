// What a month report holds: apart from its making, because the list of notifications names it.
import { z } from 'zod';

export const monthReport = z.object({
  month: z.string(),
  /** own: an inspector's schools; area; office */
  scope: z.enum(['own', 'area', 'office']),
  name: z.string(),
  closed: z.boolean(),
  focus: z.string(),
  schools: z.number(),
  visits: z.number(),
  backfilled: z.number(),
  lessons: z.number(),
  /** Against the monthly floor: those that owe one, those that have it. */
  owed: z.number(),
  covered: z.number(),
  missed: z.array(z.string()),
  exempt: z.array(z.string()),
  /** Against the floor of the semester, up to the month's end. */
  leastSemester: z.number(),
  semesterMet: z.number(),
  findings: z.number(),
  byItem: z.array(z.object({ item: z.string(), count: z.number() })),
  open: z.number(),
  overdue: z.number(),
  highlights: z.array(z.object({ school: z.string(), text: z.string() })),
});
export type MonthReport = z.infer<typeof monthReport>;
