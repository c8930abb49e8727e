// Who hears of a hand-over: the one who takes over, once with one pack for all she takes, the ones who leave, and each school's head.
import { peopleAt } from '../notices.ts';
import { orderPaper } from '../papers.ts';
import type { Moved, Moving, Person } from './move.ts';

/** Nothing that scrolls; all of it stands in the pack's file. */
const TOLD = 5;

/** All schools of `moved` went to the same person, at the same time. */
export async function tell(context: Moving, moved: readonly Moved[]): Promise<void> {
  const [first] = moved;
  if (!first) return;
  const since = context.today.toString();
  const { to } = first;
  const heads = new Map<string, Person[]>();
  for (const { schoolId } of moved) heads.set(schoolId, await peopleAt(context, schoolId, 'principal'));
  // The same words for one school or many; the natural key is that of the first, which is never alone in two of them.
  const dedup = `hand-over-${first.schoolId}-${since}-${to.id}`;
  if (to.id !== context.actor?.personId) {
    const known = (id: string) => (heads.get(id) ?? []).map(({ name }) => name);
    context.notify(
      moved.length === 1
        ? {
            personId: to.id,
            key: 'hand-over.received',
            data: await one(context, first, known),
            dedup: `${dedup}-to`,
          }
        : {
            personId: to.id,
            key: 'hand-over.received-all',
            data: many(since, moved, known),
            dedup: `${dedup}-to`,
          },
    );
    const { tx, office, wanted } = context;
    await orderPaper(
      { tx, office, now: context.paperAt?.(to.id) ?? context.now, wanted },
      {
        kind: 'hand-over',
        params: { schoolIds: moved.map(({ schoolId }) => schoolId), from: leavers(moved), since },
        to: to.id,
      },
    );
  }
  for (const { id, of } of byLeaver(moved))
    context.notify({
      personId: id,
      key: 'hand-over.left',
      data: {
        schools: of.map(({ school }) => school),
        to: to.name,
        since,
        open: of.reduce((sum, { open }) => sum + open.length, 0),
      },
      dedup: `${dedup}-from-${id}`,
    });
  for (const { schoolId, school } of moved)
    for (const { id } of heads.get(schoolId) ?? [])
      context.notify({
        personId: id,
        key: 'hand-over.school',
        data: { school, to: to.name, since },
        dedup: `hand-over-${schoolId}-${since}-${to.id}-head-${id}`,
      });
}

const leavers = (moved: readonly Moved[]) => [
  ...new Set(moved.flatMap(({ leaving }) => leaving.map(({ name }) => name))),
];

function byLeaver(moved: readonly Moved[]): { id: string; of: Moved[] }[] {
  const ids = [...new Set(moved.flatMap(({ leaving }) => leaving.map(({ id }) => id)))];
  return ids.map((id) => ({ id, of: moved.filter(({ leaving }) => leaving.some((one) => one.id === id)) }));
}

async function one({ tx, today }: Moving, of: Moved, heads: (schoolId: string) => string[]) {
  const [last] = await tx.sql<{ date: string; by: string }>(
    `select v.visited_on as date, p.name as by from visit v join person p on p.id = v.inspector_id
     where v.school_id = $1 and v.state <> 'voided' order by v.visited_on desc, v.id desc limit 1`,
    [of.schoolId],
  );
  return {
    schoolId: of.schoolId,
    school: of.school,
    since: today.toString(),
    from: leavers([of]),
    heads: heads(of.schoolId),
    last: last ?? null,
    open: of.open.slice(0, TOLD),
    more: Math.max(0, of.open.length - TOLD),
  };
}

const many = (since: string, moved: readonly Moved[], heads: (schoolId: string) => string[]) => ({
  since,
  from: leavers(moved),
  schools: moved.map(({ schoolId, school, open }) => ({
    schoolId,
    school,
    heads: heads(schoolId),
    open: open.length,
  })),
  open: moved.reduce((sum, { open }) => sum + open.length, 0),
});
