// A danger to people: told on at once, in the words it came in, at any hour (DOMAIN §3 f, "raised" and "pushed").
import { z } from 'zod';
import { newId } from '../store/ids.ts';
import { action, audit, type Role } from './act.ts';
import { peopleAt } from './notices.ts';

interface Told {
  id: string;
  name: string;
}

export const raiseEmergency = action({
  name: 'emergency.raise',
  roles: ['inspector', 'area-leader', 'school-inspector', 'principal', 'office', 'director'] satisfies Role[],
  input: z.object({ school: z.uuid().optional(), text: z.string().min(1).max(500) }),
  result: z.object({ school: z.string(), time: z.string(), told: z.array(z.string()) }),
  async run(context, { school: named, text }) {
    const { tx, office, actor } = context;
    const schoolId = named ?? (await onlySchool(context.actor.personId, tx));
    const school = schoolId
      ? await (await tx.db()).school.findFirst({ where: { id: schoolId, officeId: office.id } })
      : null;
    const atSchool = school
      ? [
          ...(await peopleAt(context, school.id, 'inspector')),
          ...(await peopleAt(context, school.id, 'principal')),
        ]
      : [];
    const areaId = school?.areaId ?? actor.areaId;
    const above = await tx.sql<Told>(
      `select id, name from person where office_id = $1 and active
         and (roles && array['office', 'director'] or ('area-leader' = any(roles) and area_id = $2)) order by user_key`,
      [office.id, areaId],
    );
    const told = [...new Map([...above, ...atSchool].map((person) => [person.id, person])).values()].filter(
      (person) => person.id !== actor.personId,
    );
    const id = newId();
    const time = context.now.toLocaleTimeString('en-GB', {
      timeZone: office.timeZone,
      hour: '2-digit',
      minute: '2-digit',
    });
    await audit(context, [
      {
        action: 'emergency.raised',
        subject: 'emergency',
        subjectId: id,
        schoolId: school?.id ?? null,
        after: { text, told: told.map((person) => person.id) },
      },
    ]);
    for (const person of told)
      context.notify({
        personId: person.id,
        key: 'emergency.raised',
        data: { school: school?.name ?? '', text, by: actor.name, time },
        dedup: `emergency-${id}-${person.id}`,
        urgent: true,
      });
    return { school: school?.name ?? '', time, told: told.map((person) => person.name) };
  },
});

/** Whoever answers for one school alone means that one. */
async function onlySchool(
  personId: string,
  tx: { sql: <R extends object>(t: string, v: unknown[]) => Promise<R[]> },
) {
  const schools = await tx.sql<{ id: string }>(
    `select distinct school_id as id from assignment where person_id = $1 and until is null`,
    [personId],
  );
  return schools.length === 1 ? schools[0]?.id : undefined;
}
