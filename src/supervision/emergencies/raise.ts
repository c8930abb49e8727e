// A danger to people: told on at once, in the words it came in, at any hour (DOMAIN §3 f, "raised" and "pushed").
// What is said of the same danger afterwards goes to the same people, as more of the same.
import { z } from 'zod';
import { newId } from '../../store/ids.ts';
import { type ActContext, action, audit, ROLES } from '../act.ts';
import { auditNumbers, type Concerned, numbers, toCall } from './people.ts';
import { addNote, capacity, clockTime, OVER, peopleOf, type Stored, tellAll } from './stored.ts';

/** What is said of a school so soon after is about the same danger: somebody else saw it too, or it goes on. */
const SAME_WITHIN_MS = 24 * 3_600_000;
/** While nobody said where, only what the same people say within the hour is. */
const SAME_PERSON_MS = 3_600_000;

const number = z.object({ name: z.string(), as: z.string(), phone: z.string() });

export const raiseEmergency = action({
  name: 'emergency.raise',
  roles: ROLES,
  input: z.object({ school: z.uuid().optional(), text: z.string().min(1).max(500) }),
  result: z.object({
    say: z.string(),
    school: z.string(),
    /** When it was first told. */
    time: z.string(),
    told: z.array(z.string()),
    numbers: z.array(number),
    mustGo: z.boolean(),
    emergencyId: z.string(),
  }),
  says: ['new', 'more'],
  async run(context, { school: named, text }) {
    const { tx, office, actor } = context;
    const schoolId = named ?? (await onlySchool(context));
    const [school] = schoolId
      ? await tx.sql<{ id: string; name: string; kind: string; areaId: string }>(
          `select id, name, kind, area_id as "areaId" from school where id = $1 and office_id = $2`,
          [schoolId, office.id],
        )
      : [];
    // Two who report one danger at the same moment are one after the other.
    await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`emergencies ${office.id}`]);
    const known = await sameDanger(context, school?.id ?? null);
    const where = {
      schoolId: school?.id ?? known?.schoolId ?? null,
      areaId: school?.areaId ?? known?.areaId ?? actor.areaId,
    };
    const people = await peopleOf(context, where);
    const id = known?.id ?? newId();
    const raisedAt = known?.raisedAt ?? context.now;
    const self = people.find((one) => one.id === actor.personId);
    const call = toCall(people, actor.personId);
    const result = {
      school: school?.name ?? known?.school ?? '',
      time: clockTime(context, raisedAt),
      told: people.filter((one) => one.id !== actor.personId).map(({ name }) => name),
      numbers: numbers(call),
      mustGo: school?.kind === 'kindergarten' && self?.as === 'inspector',
      emergencyId: id,
    };
    if (known) await more(context, known, where, people, text, school?.kind);
    else {
      await tx.sql(
        `insert into emergency (id, office_id, school_id, area_id, text, raised_by, raised_at, last_note_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [id, office.id, where.schoolId, where.areaId, text, actor.personId, context.now],
        'emergency-raise',
      );
      await push(
        context,
        {
          id,
          text,
          by: actor.name,
          raisedAt,
          school: result.school,
          schoolId: where.schoolId,
          kind: school?.kind,
        },
        people,
      );
      await audit(context, [
        {
          action: 'emergency.raised',
          subject: 'emergency',
          subjectId: id,
          schoolId: where.schoolId,
          after: { text, told: people.map((person) => person.id) },
        },
      ]);
    }
    await auditNumbers(
      { tx, officeId: office.id, actorId: actor.personId, inboxId: context.inboxId, now: context.now },
      { id, schoolId: where.schoolId },
      call.map((one) => ({ id: one.id, to: [actor.personId] })),
    );
    return { say: known ? 'more' : 'new', ...result };
  },
});

type Known = Pick<Stored, 'id' | 'schoolId' | 'areaId' | 'school' | 'raisedBy' | 'by' | 'raisedAt' | 'text'>;

/** The open emergency that these words are about, when there is one. */
async function sameDanger(context: ActContext, schoolId: string | null): Promise<Known | undefined> {
  const { tx, office, actor, now } = context;
  const [known] = await tx.sql<Known>(
    `select e.id, e.school_id as "schoolId", e.area_id as "areaId", coalesce(s.name, '') as school,
            e.raised_by as "raisedBy", p.name as by, e.raised_at as "raisedAt", e.text
     from emergency e join person p on p.id = e.raised_by left join school s on s.id = e.school_id
     where e.office_id = $1 and e.state <> all($2)
       and (e.school_id = $3 and e.last_note_at > $4
         or e.school_id is null and e.last_note_at > $6
           and exists (select from (select e.raised_by as id union all
             select n.by_id from emergency_note n where n.emergency_id = e.id union all
             select t.person_id from emergency_person t where t.emergency_id = e.id and t.ack_at is not null) w where w.id = $5))
     order by e.last_note_at desc limit 1 for update of e`,
    [
      office.id,
      OVER,
      schoolId,
      new Date(now.getTime() - SAME_WITHIN_MS),
      actor.personId,
      new Date(now.getTime() - SAME_PERSON_MS),
    ],
    'emergency-same',
  );
  return known;
}

interface Pushed {
  id: string;
  text: string;
  by: string;
  raisedAt: Date;
  school: string;
  schoolId: string | null;
  kind: string | undefined;
}

/** The card with 收到, to each person once however often she is found to be concerned. */
async function push(context: ActContext, of: Pushed, people: readonly Concerned[]): Promise<void> {
  const { tx, actor, now } = context;
  const others = people.filter((one) => one.id !== actor.personId);
  await tx.sql(
    `insert into emergency_person (emergency_id, person_id, told_at) select $1, unnest($2::uuid[]), $3 on conflict do nothing`,
    [of.id, others.map(({ id }) => id), now],
    'emergency-told',
  );
  const [raiser] = await tx.sql<{ sealed: string | null }>(
    'select phone_sealed as sealed from person where id = $1',
    [actor.personId],
  );
  const phone = raiser?.sealed ? context.openPhone(raiser.sealed) : '';
  if (phone !== '')
    await auditNumbers(
      { tx, officeId: context.office.id, actorId: actor.personId, inboxId: context.inboxId, now },
      { id: of.id, schoolId: of.schoolId },
      [{ id: actor.personId, to: others.map(({ id }) => id) }],
    );
  for (const person of others)
    context.notify({
      personId: person.id,
      key: 'emergency.raised',
      data: {
        emergencyId: of.id,
        school: of.school,
        text: of.text,
        by: of.by,
        time: clockTime(context, of.raisedAt),
        phone,
        go: person.as !== 'inspector' ? '' : of.kind === 'kindergarten' ? 'must' : 'should',
      },
      dedup: `emergency-${of.id}-${person.id}`,
      urgent: true,
    });
}

/** More of the same: the words go to everybody; whoever is concerned since a school was named gets the card with it. */
async function more(
  context: ActContext,
  known: Known,
  where: { schoolId: string | null; areaId: string | null },
  people: Concerned[],
  text: string,
  kind: string | undefined,
): Promise<void> {
  const { tx, actor } = context;
  const note = await addNote(context, known.id, 'more', text);
  let school = known.school;
  if (known.schoolId === null && where.schoolId !== null) {
    const [named] = await tx.sql<{ name: string }>('select name from school where id = $1', [where.schoolId]);
    school = named?.name ?? '';
    await tx.sql('update emergency set school_id = $2, area_id = $3 where id = $1', [
      known.id,
      where.schoolId,
      where.areaId,
    ]);
  }
  await audit(context, [
    {
      action: 'emergency.more',
      subject: 'emergency',
      subjectId: known.id,
      schoolId: where.schoolId,
      before: { schoolId: known.schoolId },
      after: { schoolId: where.schoolId, text },
    },
  ]);
  const heard = await tx.sql<{ id: string }>(
    'select person_id as id from emergency_person where emergency_id = $1',
    [known.id],
    'emergency-heard',
  );
  const before = new Set([known.raisedBy, ...heard.map(({ id }) => id)]);
  const newcomers = people.filter(({ id }) => !before.has(id));
  await push(context, { ...known, school, schoolId: where.schoolId, kind }, newcomers);
  tellAll(
    context,
    { ...known, people: people.filter(({ id }) => before.has(id)) },
    {
      key: 'emergency.step',
      data: {
        step: 'more',
        school,
        text,
        by: actor.name,
        as: capacity(context, people),
        time: clockTime(context, context.now),
      },
      about: `more-${note}`,
    },
  );
}

/** Whoever answers for one school alone means that one. */
async function onlySchool({ tx, actor, today }: ActContext): Promise<string | undefined> {
  const schools = await tx.sql<{ id: string }>(
    `select distinct school_id as id from assignment
     where person_id = $1 and since <= $2::date and (until is null or until > $2::date)`,
    [actor.personId, today.toString()],
  );
  return schools.length === 1 ? schools[0]?.id : undefined;
}
