// One emergency as it is stored: locked for whoever acts on it, and told on to everybody who heard of it.
import { AppError } from '../../errors.ts';
import { newId } from '../../store/ids.ts';
import { type ActContext, audit } from '../act.ts';
import type { NotificationKey } from '../notifications.ts';
import { type Concerned, concerned } from './people.ts';

/** Finished, or nothing at all. */
export const OVER = ['closed', 'reviewed', 'called_off'] as const;
export type EmergencyState =
  | 'raised'
  | 'acknowledged'
  | 'on_scene'
  | 'contained'
  | 'closed'
  | 'reviewed'
  | 'called_off';
const ORDER: readonly EmergencyState[] = [
  'raised',
  'acknowledged',
  'on_scene',
  'contained',
  'closed',
  'reviewed',
];

export interface Stored {
  id: string;
  schoolId: string | null;
  areaId: string | null;
  school: string;
  text: string;
  state: EmergencyState;
  raisedBy: string;
  by: string;
  raisedAt: Date;
  reportedAt: Date | null;
}

export interface Locked extends Stored {
  people: Concerned[];
}

/** HH:MM on the office's clock. */
export function clockTime(context: Pick<ActContext, 'office'>, at: Date): string {
  return at.toLocaleTimeString('en-GB', {
    timeZone: context.office.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** Locked: of two who act at once the second sees what the first did. Throws `act.not-found`, or `act.not-allowed` for whom it does not concern. */
export async function lockEmergency(context: ActContext, id: string): Promise<Locked> {
  const [row] = await context.tx.sql<Stored>(
    `select e.id, e.school_id as "schoolId", e.area_id as "areaId", coalesce(s.name, '') as school, e.text, e.state,
            e.raised_by as "raisedBy", p.name as by, e.raised_at as "raisedAt", e.reported_at as "reportedAt"
     from emergency e join person p on p.id = e.raised_by left join school s on s.id = e.school_id
     where e.id = $1 and e.office_id = $2 for update of e`,
    [id, context.office.id],
    'emergency-lock',
  );
  if (!row) throw new AppError('act.not-found', 'never', { what: 'emergency' });
  const people = await peopleOf(context, row);
  if (row.raisedBy !== context.actor.personId && !people.some((one) => one.id === context.actor.personId))
    throw new AppError('act.not-allowed');
  return { ...row, people };
}

/** As `lockEmergency`; throws `emergency.over` when it is closed or was called off. */
export async function lockOpen(context: ActContext, id: string): Promise<Locked> {
  const row = await lockEmergency(context, id);
  if (OVER.some((state) => state === row.state)) throw new AppError('emergency.over');
  return row;
}

/** Whom a danger at that school, or in that area, concerns today. */
export function peopleOf(
  context: ActContext,
  where: { schoolId: string | null; areaId: string | null },
): Promise<Concerned[]> {
  const { tx, office, today } = context;
  return concerned({ tx, officeId: office.id, today: today.toString(), openPhone: context.openPhone }, where);
}

/** The capacity in which the actor speaks, as others are told of it; whoever raised it without being concerned is `''`. */
export function capacity(context: ActContext, people: readonly Concerned[]): string {
  return people.find(({ id }) => id === context.actor.personId)?.as ?? '';
}

/** Writes what changed, never backwards in the order of the states. */
export async function advance(
  context: ActContext,
  row: Pick<Stored, 'id' | 'state' | 'schoolId'>,
  to: EmergencyState,
  step: { action: string; by: string; at: string; also?: Record<string, unknown> },
): Promise<void> {
  const ahead = to === 'called_off' || ORDER.indexOf(to) > ORDER.indexOf(row.state);
  const state = ahead ? to : row.state;
  // Column names come from this file's callers, never from anybody's words.
  await context.tx.sql(
    `update emergency set state = $2, ${step.at} = coalesce(${step.at}, $3), ${step.by} = coalesce(${step.by}, $4) where id = $1`,
    [row.id, state, context.now, context.actor.personId],
  );
  await audit(context, [
    {
      action: step.action,
      subject: 'emergency',
      subjectId: row.id,
      schoolId: row.schoolId,
      before: { state: row.state },
      after: { state, ...step.also },
    },
  ]);
}

/** Adds to what was said of it, and moves the moment from which its silence is counted. Returns the note's id. */
export async function addNote(
  context: ActContext,
  emergencyId: string,
  kind: string,
  text: string,
): Promise<string> {
  const id = newId();
  await context.tx.sql(
    `with noted as (
       insert into emergency_note (id, emergency_id, at, by_id, kind, text) values ($1, $2, $3, $4, $5, $6))
     update emergency set last_note_at = $3 where id = $2`,
    [id, emergencyId, context.now, context.actor.personId, kind, text],
    'emergency-note',
  );
  return id;
}

/** Tells everybody who heard of it, and whoever raised it, but not the actor; each by one message of this natural key. */
export function tellAll(
  context: ActContext,
  of: Pick<Stored, 'id' | 'raisedBy'> & { people: readonly Concerned[] },
  message: { key: NotificationKey; data: Record<string, unknown>; about: string; urgent?: boolean },
): string[] {
  const ids = [...new Set([of.raisedBy, ...of.people.map(({ id }) => id)])];
  const told = ids.filter((id) => id !== context.actor.personId);
  for (const personId of told)
    context.notify({
      personId,
      key: message.key,
      data: message.data,
      dedup: `emergency-${of.id}-${message.about}-${personId}`,
      urgent: message.urgent ?? true,
    });
  return told;
}
