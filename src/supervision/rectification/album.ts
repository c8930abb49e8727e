// The photos of findings on a card or a page: which there are at this moment, and whether this person may look at them at this moment.
import { dayOf } from '../../store/days.ts';
import type { Tx } from '../../store/store.ts';
import { schoolsInSight } from '../access.ts';
import type { Role } from '../act.ts';
import { MOST, photosOf } from './photos.ts';

/** What can be drawn of what people send. */
const PICTURES: readonly (string | null)[] = ['image/jpeg', 'image/png'];

export interface Album {
  /** Hashes of pictures that can be drawn, the oldest first, the newest nine. */
  pictures: string[];
  /** Some are still on their way here. */
  coming: boolean;
}

/** Of each finding the round that was handed in last. */
export async function albumOf(tx: Pick<Tx, 'sql'>, findings: readonly string[]): Promise<Album> {
  const all = await photosOf(tx, findings);
  const pictures = all.flatMap(({ sha256, mime, state }) =>
    state === 'stored' && sha256 !== null && PICTURES.includes(mime) ? [sha256] : [],
  );
  return { pictures: pictures.slice(-MOST), coming: all.some(({ state }) => state === 'pending') };
}

interface Looking {
  officeId: string;
  userId: string;
  findings: readonly string[];
  now: Date;
}

interface Looker {
  personId: string;
  roles: Role[];
  areaId: string | null;
  timeZone: string;
}

/** Asked whenever somebody looks: who left, or answers for the school no more, sees nothing from then on; nobody sees what was voided. */
export async function mayLook(tx: Tx, { officeId, userId, findings, now }: Looking): Promise<boolean> {
  const [looker] = await tx.sql<Looker>(
    `select p.id as "personId", p.roles, p.area_id as "areaId", o.time_zone as "timeZone"
     from person p join office o on o.id = p.office_id
     where p.office_id = $1 and p.user_key = lower($2) and p.active`,
    [officeId, userId],
    'album-looker',
  );
  if (!looker) return false;
  const today = dayOf(now, looker.timeZone);
  const inSight = await schoolsInSight({ tx, office: { id: officeId }, actor: looker, today });
  const about = await tx.sql<{ schoolId: string; state: string }>(
    'select school_id as "schoolId", state from finding where office_id = $1 and id = any($2::uuid[])',
    [officeId, findings],
    'album-findings',
  );
  const open = about.filter(({ state }) => state !== 'voided');
  return open.length > 0 && about.every(({ schoolId }) => inSight.includes(schoolId));
}
