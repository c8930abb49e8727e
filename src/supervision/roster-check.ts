// 覆盖检查: whether every school has its inspector, nobody too many, whose term or credential ends, and which year's holidays are not known.
import { z } from 'zod';
import { action, OFFICE_ROLES } from './act.ts';
import { createCalendar } from './calendar.ts';
import { currentRoster } from './roster/current.ts';
import { endingShape, endingSoon } from './roster/ending.ts';

const SHOWN = 6;
const names = z.array(z.string());

/** For the office; in the order of the roster, each list cut to what a phone shows, with its whole count beside it. */
export const checkCoverage = action({
  name: 'roster.check',
  roles: OFFICE_ROLES,
  input: z.object({}),
  result: z.object({
    schools: z.number(),
    without: names,
    withoutCount: z.number(),
    overloaded: z.array(z.object({ name: z.string(), count: z.number() })),
    max: z.number(),
    areas: z.array(z.object({ name: z.string(), count: z.number() })),
    areaMax: z.number(),
    ending: z.array(endingShape),
    unknownYears: z.array(z.number()),
    fine: z.boolean(),
  }),
  async run({ tx, office, today }) {
    const { settings } = office;
    const roster = await currentRoster(tx, office.id);
    const people = roster.people.filter(({ active }) => active);
    const schools = roster.schools.filter(({ active }) => active);
    const held = roster.assignments.filter(
      ({ role, personId, schoolId }) =>
        role === 'inspector' &&
        people.some(({ id }) => id === personId) &&
        schools.some(({ id }) => id === schoolId),
    );
    const without = schools
      .filter(({ id }) => !held.some(({ schoolId }) => schoolId === id))
      .map(({ name }) => name);
    const max = settings['assign.schoolsPerInspectorMax'];
    const overloaded = people
      .map(({ id, name }) => ({ name, count: held.filter(({ personId }) => personId === id).length }))
      .filter(({ count }) => count > max);
    const areaMax = settings['area.maxSchools'];
    const areas = roster.areas
      .map(({ id, name }) => ({ name, count: schools.filter(({ areaId }) => areaId === id).length }))
      .filter(({ count }) => count > areaMax);
    const ending = endingSoon(people, settings, today);
    const calendar = createCalendar(office.timeZone, settings);
    const unknownYears = calendar.unknownYears({ from: today, to: today.add({ months: 3 }) });
    return {
      schools: schools.length,
      without: without.slice(0, SHOWN),
      withoutCount: without.length,
      overloaded: overloaded.slice(0, SHOWN),
      max,
      areas: areas.slice(0, SHOWN),
      areaMax,
      ending: ending.slice(0, SHOWN),
      unknownYears,
      fine: without.length + overloaded.length + areas.length + ending.length + unknownYears.length === 0,
    };
  },
});
