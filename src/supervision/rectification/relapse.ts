// 反弹: what is found again at a school where much the same was struck off not long ago is tied to the old one.

import { peopleWith } from '../access.ts';
import { type ActContext, audit, OFFICE_ROLES } from '../act.ts';
import { peopleAt } from '../notices.ts';

/** How much of the shorter text stands in the other, two characters by two, from 0 to 1. */
export function alike(a: string, b: string): number {
  const pairs = (text: string) => {
    const said = text.replaceAll(/[\s\d,,。.;;、一二两三四五六七八九十几个处]/gu, '');
    return new Set(Array.from({ length: Math.max(0, said.length - 1) }, (_, i) => said.slice(i, i + 2)));
  };
  const [x, y] = [pairs(a), pairs(b)];
  const shared = [...x].filter((pair) => y.has(pair)).length;
  return shared / Math.max(1, Math.min(x.size, y.size));
}

/** "灭火器过期" and "灭火器又过期了" are one fault, "灭火器过期" and "食品过期" are two. */
const ALIKE = 0.6;

/** Ties new findings to what was closed within `rect.relapseWithinMonths`, and tells the school's head and the office. */
export async function tieRelapses(
  context: ActContext,
  school: { id: string; name: string },
  found: readonly { id: string; item: string; text: string }[],
): Promise<void> {
  if (found.length === 0) return;
  const earlier = await context.tx.sql<{ id: string; item: string; text: string; day: string }>(
    `select id, item, text, (closed_at at time zone $5)::date::text as day from finding
     where school_id = $1 and state = 'closed' and item = any($2::text[])
       and closed_at >= $3::timestamptz - make_interval(months => $4) order by closed_at desc`,
    [
      school.id,
      found.map(({ item }) => item),
      context.now,
      context.office.settings['rect.relapseWithinMonths'],
      context.office.timeZone,
    ],
    'closed-before',
  );
  const tied = found.flatMap((one) => {
    const old = earlier.find((before) => before.item === one.item && alike(before.text, one.text) >= ALIKE);
    return old ? [{ one, old }] : [];
  });
  if (tied.length === 0) return;
  const db = await context.tx.db();
  for (const { one, old } of tied)
    await db.finding.update({ where: { id: one.id }, data: { relapseOfId: old.id } });
  await audit(
    context,
    tied.map(({ one, old }) => ({
      action: 'finding.relapsed',
      subject: 'finding' as const,
      subjectId: one.id,
      schoolId: school.id,
      after: { relapseOf: old.id },
    })),
  );
  const people = [
    ...(await peopleAt(context, school.id, 'principal')),
    ...(await peopleWith(context, OFFICE_ROLES)),
  ];
  for (const person of people)
    context.notify({
      personId: person.id,
      key: 'rectification.relapsed',
      data: {
        school: school.name,
        findings: tied.map(({ one }) => one.text),
        closed: tied[0]?.old.day ?? '',
        by: context.actor.name,
      },
      dedup: `relapsed-${person.id}-${tied[0]?.one.id}`,
    });
}
