// The photos of a rectification, given to whoever may see the school: nobody can judge "done" without having looked.
import { z } from 'zod';
import type { Tx } from '../../store/store.ts';
import { schoolsInSight } from '../access.ts';
import { type ActContext, action, type Role } from '../act.ts';
import { ASKED, candidates, type FoundFinding, pick, sameStory } from './find.ts';
import { numberOf } from './lock.ts';

/** So many at a time; a chat is no album. */
export const MOST = 9;
export interface Photo {
  id: string;
  sha256: string | null;
  mime: string | null;
  state: string;
}

export const rectificationPhotos = action({
  name: 'rectification.photos',
  roles: ['principal', 'school-inspector', 'inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  says: ['some', 'empty', 'several', 'none'],
  input: z.object({ ...ASKED, finding: z.array(z.uuid()).max(20).optional() }),
  result: z.object({
    say: z.string(),
    school: z.string(),
    no: z.string(),
    findings: z.array(z.string()),
    photos: z.number(),
    /** There are more than are shown, some are still on their way here, some did not come. */
    more: z.number(),
    coming: z.number(),
    lost: z.number(),
    list: z.array(z.object({ no: z.string(), school: z.string(), text: z.string() })),
  }),
  async run(context, { finding, ...asked }) {
    const near = finding?.length
      ? await named(context, finding)
      : pick(await candidates(context, asked), asked);
    const [first] = near;
    if (!first || !near.every((row) => sameStory(row, first))) {
      const list = near.slice(0, 5).map((row) => ({ ...row, no: numberOf(context, row) }));
      return { ...NOTHING, say: first ? 'several' : 'none', list };
    }
    const all = await photosOf(
      context.tx,
      near.map(({ id }) => id),
    );
    const kept = all.filter(({ state }) => state !== 'lost');
    const shown = kept.slice(-MOST);
    // Asked for once is enough: one that is still on its way here is sent when it is here.
    for (const [index, { id }] of shown.entries())
      context.hand({ name: `${first.school}-${index + 1}`, attachment: id });
    const coming = shown.filter(({ state }) => state === 'pending').length;
    const photos = shown.length - coming;
    return {
      say: photos > 0 ? 'some' : 'empty',
      school: first.school,
      no: numberOf(context, first),
      findings: near.slice(0, 5).map(({ text }) => text),
      photos,
      more: kept.length - shown.length,
      coming,
      lost: all.filter(({ state }) => state === 'lost').length,
      list: [],
    };
  },
});

const NOTHING = { school: '', no: '', findings: [], photos: 0, more: 0, coming: 0, lost: 0, list: [] };

/** Those that a card's button names, if the asker may see them. */
async function named(context: ActContext, ids: readonly string[]): Promise<FoundFinding[]> {
  const [one] = await context.tx.sql<{ schoolId: string }>(
    'select school_id as "schoolId" from finding where id = $1 and office_id = $2',
    [ids[0], context.office.id],
    'photos-school',
  );
  if (!one || !(await schoolsInSight(context)).includes(one.schoolId)) return [];
  return (await candidates(context, { school: one.schoolId })).filter(({ id }) => ids.includes(id));
}

/** Of each finding the round handed in last, and where nothing was, what the inspector took at the visit; oldest first, each once. */
export function photosOf(tx: Pick<Tx, 'sql'>, findings: readonly string[]): Promise<Photo[]> {
  return tx.sql<Photo>(
    `select a.id, a.sha256, a.mime, a.state from attachment a where a.id in (
       select e.attachment_id from finding_evidence e where e.finding_id = any($1::uuid[])
         and e.round = (select max(l.round) from finding_evidence l where l.finding_id = e.finding_id))
     order by a.created_at, a.id`,
    [findings],
    'rectification-photos',
  );
}
