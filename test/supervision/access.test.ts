// Who stands how to which school, asked of a real database: by assignment, by area, by office, and never across offices.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { requireStanding, schoolsInSight, standing } from '../../src/supervision/access.ts';
import type { Role } from '../../src/supervision/act.ts';
import { freshDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const { store } = await freshDatabase();
const { officeId } = await openOffice(store);

async function as<T>(
  name: string,
  ask: (context: Parameters<typeof standing>[0]) => Promise<T>,
  on = '2026-03-19',
  office = officeId,
): Promise<T> {
  const [person] = await store.query<{ id: string; roles: Role[]; areaId: string | null }>(
    `select id, roles, area_id as "areaId" from person where name = $1`,
    [name],
  );
  if (!person) throw new Error(`nobody is called ${name}`);
  return store.transaction((tx) =>
    ask({
      tx,
      today: Temporal.PlainDate.from(on),
      office: { id: office },
      actor: { personId: person.id, roles: person.roles, areaId: person.areaId },
    }),
  );
}

const school = async (code: string) =>
  (await store.query<{ id: string }>(`select id from school where code = $1`, [code]))[0]?.id ?? '';

describe('standing', () => {
  test.each([
    ['王建国', 'S01', ['inspector']],
    ['王建国', 'S04', []],
    ['第一中学校长', 'S03', ['principal']],
    ['第一中学校长', 'S01', []],
    ['小陈', 'S13', ['office']],
  ])('%s at %s: %j', async (name, code, roles) => {
    expect(await as(name, async (context) => standing(context, await school(code)))).toEqual(roles);
  });

  test('an assignment that has ended gives none, and one that has not begun neither', async () => {
    const ask = async (context: Parameters<typeof standing>[0]) => standing(context, await school('S01'));
    expect(await as('王建国', ask, '2020-01-01')).toEqual([]);
    await store.query(
      `update assignment set until = '2026-03-10' where school_id = $1 and role = 'inspector'`,
      [await school('S02')],
    );
    const second = async (context: Parameters<typeof standing>[0]) => standing(context, await school('S02'));
    expect(await as('王建国', second, '2026-03-09')).toEqual(['inspector']);
    expect(await as('王建国', second, '2026-03-10')).toEqual([]);
  });

  test('a school of another office is nobody else’s business', async () => {
    const elsewhere = '019cf3a1-0000-7000-8000-000000000000';
    const ask = async (context: Parameters<typeof standing>[0]) => standing(context, await school('S01'));
    expect(await as('小陈', ask, '2026-03-19', elsewhere)).toEqual([]);
  });

  test('without a standing the act is refused', async () => {
    const ask = async (context: Parameters<typeof standing>[0]) =>
      requireStanding(context, await school('S04'), ['inspector']);
    await expect(as('王建国', ask)).rejects.toMatchObject({ code: 'act.not-allowed' });
  });
});

test('an inspector sees her schools, a head her own, the office all of them', async () => {
  expect(await as('第一中学校长', schoolsInSight)).toEqual([await school('S03')]);
  expect(await as('李秀英', schoolsInSight)).toHaveLength(4);
  expect(await as('小陈', schoolsInSight)).toHaveLength(16);
  expect(await as('小陈', (context) => schoolsInSight(context, ['inspector']))).toEqual([]);
});
