// 明细: the rows of the figures that a person was last told, as a sheet; of schools that she may still see.
import { z } from 'zod';
import { schoolsInSight } from '../access.ts';
import { action, ROLES } from '../act.ts';
import { orderPaper } from '../papers.ts';
import { countedRows, figures } from './query.ts';

/** Later nobody remembers what "these figures" were. */
const REMEMBERED_HOURS = 24;
const kept = z.object({ params: z.object({ figures }), rows: countedRows });

export const figureRows = action({
  name: 'stats.rows',
  roles: ROLES,
  input: z.object({}),
  result: z.object({
    found: z.boolean(),
    /** Of every kind, those of the coverage too. */
    rows: z.number(),
    visits: z.number(),
    findings: z.number(),
    period: z.string(),
  }),
  async run(context) {
    const [last] = await context.tx.sql<{ params: unknown; rows: unknown }>(
      `select params, rows from paper
       where office_id = $1 and person_id = $2 and kind = 'figures' and asked_at > $3
       order by asked_at desc, id desc limit 1`,
      [
        context.office.id,
        context.actor.personId,
        new Date(context.now.getTime() - REMEMBERED_HOURS * 3_600_000),
      ],
      'figures-last',
    );
    if (!last) return { found: false, rows: 0, visits: 0, findings: 0, period: '' };
    const { params, rows } = kept.parse(last);
    const all = rows.visits.length + rows.findings.length + rows.coverage.length;
    if (all > 0)
      await orderPaper(context, {
        kind: 'rows',
        params: { figures: params.figures, schoolIds: await schoolsInSight(context) },
        rows,
      });
    return {
      found: true,
      rows: all,
      visits: rows.visits.length,
      findings: rows.findings.length,
      period: params.figures.about.period,
    };
  },
});
