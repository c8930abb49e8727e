// Photos as evidence: who may show one (only the one who sent it), which lie in what nobody has judged yet, which of them are meant.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { ActContext } from './act.ts';
import { OPEN_STATES } from './findings.ts';

/** Throws `act.not-allowed` when one of these attachments is not the actor's own, or not there. */
export async function refuseOthersPhotos(context: ActContext, photos: readonly string[]): Promise<void> {
  const db = await context.tx.db();
  const own = await db.attachment.count({
    where: { id: { in: [...photos] }, personId: context.actor.personId },
  });
  if (own !== photos.length) throw new AppError('act.not-allowed', 'never', { what: 'photo' });
}

/** What a visit itself shows; what schools hand in counts from round 1. */
export const AT_THE_VISIT = 0;
/** What the inspector took when she looked back at what was handed in as `round`; below all hand-ins, each look-back its own. */
export const atLookBack = (round: number) => -1 - round;
export const UNJUDGED: readonly string[] = ['submitted', 'under_review'];
export const OWED: readonly string[] = OPEN_STATES;
/** Photos of one hand-in are sent within so many minutes. */
const TOGETHER_MINUTES = 30;

export interface ShownPhoto {
  attachmentId: string;
  findings: string[];
}

/** Photos that lie in rounds nobody has judged yet, the newest first; a head's own only. */
export async function unjudged(context: ActContext, schoolId: string, own: boolean): Promise<ShownPhoto[]> {
  return context.tx.sql<ShownPhoto>(
    `with shown as (
       select a.id, max(a.created_at) as at, array_agg(f.id::text order by f.id) as findings
       from finding_evidence e join finding f on f.id = e.finding_id join attachment a on a.id = e.attachment_id
       where f.school_id = $1 and f.office_id = $2 and f.state = any($3::text[]) and e.round = f.round and e.round > 0
         and ($4::uuid is null or a.person_id = $4)
       group by a.id)
     select s.id as "attachmentId", s.findings from shown s
     where s.at >= (select max(at) from shown) - make_interval(mins => $5)
     order by s.at desc, s.id desc`,
    [schoolId, context.office.id, UNJUDGED, own ? context.actor.personId : null, TOGETHER_MINUTES],
    'unjudged-photos',
  );
}

/** Of several photos: the n-th that was sent, or so many from it on, or the last so many; all of them when neither is said. */
export const WHICH = { nth: z.int().min(1).max(9).optional(), count: z.int().min(1).max(9).optional() };
export interface Which {
  nth?: number | undefined;
  count?: number | undefined;
}

/** From photos that stand newest first. */
export function picked<Photo>(newestFirst: readonly Photo[], { nth, count }: Which): Photo[] {
  if (nth !== undefined) return newestFirst.toReversed().slice(nth - 1, nth - 1 + (count ?? 1));
  return count === undefined ? [...newestFirst] : newestFirst.slice(0, count);
}
