// What follows an emergency's raising (DOMAIN §3 f): heard, on the scene, contained, written reports, closing, the office's review, called off.
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ActContext, type Action, action, isOfOffice, OFFICE_ROLES, ROLES } from '../act.ts';
import { auditNumbers, type Called, numbers, toCall } from './people.ts';
import {
  addNote,
  advance,
  capacity,
  clockTime,
  type Locked,
  lockEmergency,
  lockOpen,
  type Stored,
  tellAll,
} from './stored.ts';

/** That the school itself heard is no answer of those who must act: the ladder goes on. */
const SCHOOL: readonly string[] = ['principal', 'school-inspector', ''];

function step(context: ActContext, row: Locked, name: string, text = '') {
  return {
    step: name,
    school: row.school,
    text,
    by: context.actor.name,
    as: capacity(context, row.people),
    time: clockTime(context, context.now),
  };
}

export const acknowledgeEmergency = action({
  name: 'emergency.acknowledge',
  roles: ROLES,
  input: z.object({ emergency: z.uuid() }),
  result: z.object({
    emergencyId: z.string(),
    school: z.string(),
    by: z.string(),
    already: z.boolean(),
    go: z.boolean(),
    numbers: z.array(z.object({ name: z.string(), as: z.string(), phone: z.string() })),
  }),
  async run(context, { emergency: id }) {
    const { tx, actor, now } = context;
    const row = await lockOpen(context, id);
    const [heard] = await tx.sql(
      `insert into emergency_person as p (emergency_id, person_id, told_at, ack_at) values ($1, $2, $3, $3)
       on conflict (emergency_id, person_id) do update set ack_at = $3 where p.ack_at is null returning person_id`,
      [id, actor.personId, now],
      'emergency-ack',
    );
    const as = capacity(context, row.people);
    const answered = !SCHOOL.includes(as) && row.raisedBy !== actor.personId;
    if (heard && answered)
      await advance(context, row, 'acknowledged', {
        action: 'emergency.acknowledged',
        at: 'ack_at',
        by: 'ack_by',
      });
    if (heard && row.raisedBy !== actor.personId)
      context.notify({
        personId: row.raisedBy,
        key: 'emergency.step',
        data: step(context, row, 'ack'),
        dedup: `emergency-${id}-ack-${actor.personId}`,
        urgent: true,
      });
    const call = [...(await raisersNumber(context, row)), ...toCall(row.people, actor.personId)]
      .filter((one, at, all) => all.findIndex(({ phone }) => phone === one.phone) === at)
      .slice(0, 3);
    await auditNumbers(
      { tx, officeId: context.office.id, actorId: actor.personId, inboxId: context.inboxId, now },
      { id, schoolId: row.schoolId },
      call.map((one) => ({ id: one.id, to: [actor.personId] })),
    );
    return {
      emergencyId: id,
      school: row.school,
      by: row.by,
      already: !heard,
      go: as === 'inspector' || as === 'school-inspector' || as === 'area-leader',
      numbers: numbers(call),
    };
  },
});

/** Whoever acknowledges calls whoever raised it. */
async function raisersNumber(context: ActContext, row: Stored): Promise<Called[]> {
  if (row.raisedBy === context.actor.personId) return [];
  const [person] = await context.tx.sql<{ name: string; sealed: string | null }>(
    'select name, phone_sealed as sealed from person where id = $1',
    [row.raisedBy],
  );
  const phone = person?.sealed ? context.openPhone(person.sealed) : '';
  return person && phone !== '' ? [{ id: row.raisedBy, name: person.name, as: '', phone }] : [];
}

const told = z.object({ emergencyId: z.string(), school: z.string(), told: z.number() });

function steppedBy(
  name: 'emergency.on-scene' | 'emergency.contained',
  to: 'on_scene' | 'contained',
  column: 'scene' | 'contained',
): Action {
  return action({
    name,
    roles: ROLES,
    /** `content`: what was said beside it, told to everybody with it. */
    input: z.object({ emergency: z.uuid(), content: z.string().max(1000).default('') }),
    result: told,
    async run(context, { emergency: id, content }) {
      const row = await lockOpen(context, id);
      if (content !== '') await addNote(context, id, 'more', content);
      await advance(context, row, to, { action: name, at: `${column}_at`, by: `${column}_by` });
      const heard = tellAll(context, row, {
        key: 'emergency.step',
        data: step(context, row, to, content),
        about: `${to}-${context.actor.personId}`,
      });
      return { emergencyId: id, school: row.school, told: heard.length };
    },
  });
}

/** Whoever is there says so; a kindergarten's inspector must go (2019 Measures). */
export const emergencyOnScene = steppedBy('emergency.on-scene', 'on_scene', 'scene');
export const emergencyContained = steppedBy('emergency.contained', 'contained', 'contained');

const words = z.object({ emergency: z.uuid(), content: z.string().min(1).max(1000) });

/** The first written report, and after it what follows day by day. The same words do for both: never a form. */
export const reportEmergency = action({
  name: 'emergency.report',
  roles: ROLES,
  input: words,
  /** `contained`: that was said before; what is left is the closing report. */
  result: told.extend({ say: z.string(), contained: z.boolean() }),
  says: ['first', 'more'],
  async run(context, { emergency: id, content }) {
    const row = await lockOpen(context, id);
    const first = row.reportedAt === null;
    const note = await addNote(context, id, first ? 'report' : 'more', content);
    if (first)
      await advance(context, row, row.state, {
        action: 'emergency.reported',
        at: 'reported_at',
        by: 'reported_by',
        also: { text: content },
      });
    const heard = tellAll(context, row, {
      key: 'emergency.step',
      data: step(context, row, first ? 'report' : 'more', content),
      about: `note-${note}`,
    });
    return {
      say: first ? 'first' : 'more',
      contained: row.state === 'contained',
      emergencyId: id,
      school: row.school,
      told: heard.length,
    };
  },
});

export const closeEmergency = action({
  name: 'emergency.close',
  roles: ROLES,
  input: words,
  result: told,
  async run(context, { emergency: id, content }) {
    const row = await lockOpen(context, id);
    await addNote(context, id, 'closing', content);
    await advance(context, row, 'closed', {
      action: 'emergency.closed',
      at: 'closed_at',
      by: 'closed_by',
      also: { text: content },
    });
    const data = { ...step(context, row, 'closed', content), emergencyId: id };
    const offices = row.people.filter(({ as }) => as === 'office' || as === 'director');
    for (const { id: personId } of offices)
      context.notify({
        personId,
        key: 'emergency.to-review',
        data,
        dedup: `emergency-${id}-review-${personId}`,
      });
    const others = { ...row, people: row.people.filter((one) => !offices.includes(one)) };
    const heard = tellAll(context, others, {
      key: 'emergency.step',
      data: step(context, row, 'closed', content),
      about: 'closed',
      urgent: false,
    });
    return { emergencyId: id, school: row.school, told: heard.length + offices.length };
  },
});

export const reviewEmergency = action({
  name: 'emergency.review',
  roles: OFFICE_ROLES,
  input: z.object({ emergency: z.uuid() }),
  result: z.object({ emergencyId: z.string(), school: z.string(), already: z.boolean() }),
  async run(context, { emergency: id }) {
    const row = await lockEmergency(context, id);
    const already = row.state === 'reviewed';
    if (row.state !== 'closed' && !already) throw new AppError('emergency.not-closed');
    if (!already)
      await advance(context, row, 'reviewed', {
        action: 'emergency.reviewed',
        at: 'reviewed_at',
        by: 'reviewed_by',
      });
    return { emergencyId: id, school: row.school, already };
  },
});

/** 误报. By whoever raised it, or the office; everybody who heard of it hears this. */
export const callOffEmergency = action({
  name: 'emergency.call-off',
  roles: ROLES,
  input: z.object({ emergency: z.uuid(), reason: z.string().min(1).max(300) }),
  result: told,
  async run(context, { emergency: id, reason }) {
    const { actor } = context;
    const row = await lockOpen(context, id);
    const office = isOfOffice(actor);
    if (row.raisedBy !== actor.personId && !office) throw new AppError('act.not-allowed');
    await context.tx.sql('update emergency set call_off_reason = $2 where id = $1', [id, reason]);
    await advance(context, row, 'called_off', {
      action: 'emergency.called-off',
      at: 'called_off_at',
      by: 'called_off_by',
      also: { reason },
    });
    const heard = tellAll(context, row, {
      key: 'emergency.step',
      data: step(context, row, 'called_off', reason),
      about: 'called-off',
    });
    return { emergencyId: id, school: row.school, told: heard.length };
  },
});
