// A filed visit put right in place: what was corrected is nothing that the school has on paper, so no notice is touched.

import { type ActContext, audit } from './act.ts';
import { METHODS, type SaidVisit } from './visit-said.ts';
import { type OwnVisit, tellOwner } from './visit-void.ts';

/** Ways, counts and words as `said` has them now, with an audit row of what changed; the rest is known to be the same. */
export async function amendVisit(context: ActContext, visit: OwnVisit, said: SaidVisit) {
  const db = await context.tx.db();
  const heard = said.lessons ? (['lesson'] as const) : [];
  const found = visit.findings.map(({ item }) => item);
  const after = {
    session: said.session ?? null,
    methods: [...new Set([...said.methods, ...METHODS.filter((one) => said.methodCounts[one]), ...heard])],
    methodCounts: said.methodCounts,
    items: [...new Set([...said.items, ...found])],
    lessons: said.lessons ?? null,
    highlight: said.highlight ?? '',
    advice: said.advice ?? '',
    place: said.place ?? '',
  };
  const { session, methods, methodCounts, items, lessons, highlight, advice, place } = visit;
  await db.visit.update({ where: { id: visit.id }, data: after });
  await audit(context, [
    {
      action: 'visit.corrected',
      subject: 'visit',
      subjectId: visit.id,
      schoolId: visit.schoolId,
      before: { session, methods, methodCounts, items, lessons, highlight, advice, place },
      after,
    },
  ]);
  tellOwner(context, visit, ['contents']);
  return {
    ...{ id: visit.id, school: visit.school.name, date: said.date },
    ...{ findings: visit.findings.length, photos: said.photos.length },
    ...{ added: false, backfilled: false, late: false, joined: '', responsible: [] },
  };
}
