// A country to plan for: so many offices of the real size (90 schools, 22 inspectors each), made by a few set-based statements.
import type { Store } from '../../src/store/store.ts';

/** Of an office, so that 2,800 of them have some 250,000 schools and 60,000 inspectors. */
const AREAS = 4;
const SCHOOLS = 90;
const INSPECTORS = 22;

/** `monthStart`: ISO day. Two thirds of the schools were visited since; every fourth visit has a finding that is not put right. */
export async function makeCountry(store: Store, offices: number, monthStart: string): Promise<void> {
  // Names of tables for `make`: each row gets its id here, for those that point at it.
  const tables: [string, string][] = [
    ['c_office', `select gen_random_uuid() as id, n from generate_series(1, $1::int) n`],
    [
      'c_area',
      `select gen_random_uuid() as id, o.id as office, k from c_office o, generate_series(0, ${AREAS - 1}) k`,
    ],
    [
      'c_school',
      `select gen_random_uuid() as id, a.office, a.id as area, g as k from c_area a, generate_series(0, ${SCHOOLS - 1}) g
       where a.k = g % ${AREAS}`,
    ],
    [
      'c_inspector',
      `select gen_random_uuid() as id, o.id as office, k from c_office o, generate_series(0, ${INSPECTORS - 1}) k`,
    ],
    [
      'c_visit',
      `select gen_random_uuid() as id, s.office, s.id as school, i.id as inspector, s.k from c_school s
       join c_inspector i on i.office = s.office and i.k = s.k % ${INSPECTORS} where s.k % 3 > 0`,
    ],
    [
      'c_notice',
      `select gen_random_uuid() as id, v.* , row_number() over (partition by v.office order by v.k) as number from (select office, school, inspector, id as visit, k from c_visit where k % 4 = 0) v`,
    ],
  ];
  for (const [name, select] of tables)
    await store.query(`create unlogged table ${name} as ${select}`, select.includes('$1') ? [offices] : []);
  const fills = [
    `insert into office (id, slug, name, short) select id, 'o' || n, '督导室' || n, '督导室' from c_office`,
    `insert into area (id, office_id, code, name) select id, office, 'A' || k, '第' || k || '责任区' from c_area`,
    `insert into school (id, office_id, area_id, code, name, kind, aliases)
     select id, office, area, 'S' || k, '第' || k || '学校', case when k % 2 = 0 then 'primary' else 'kindergarten' end, '{}' from c_school`,
    `insert into person (id, office_id, user_id, user_key, name, roles, area_id)
     select i.id, i.office, 'insp' || i.k, 'insp' || i.k, '督学' || i.k,
            case when i.k < ${AREAS} then '{inspector,area-leader}' else '{inspector}' end::text[], a.id
     from c_inspector i join c_area a on a.office = i.office and a.k = i.k % ${AREAS}`,
    `insert into person (id, office_id, user_id, user_key, name, roles)
     select gen_random_uuid(), id, 'clerk', 'clerk', '小陈', '{office}' from c_office`,
    `insert into person (id, office_id, user_id, user_key, name, roles)
     select id, office, 'head' || k, 'head' || k, '校长' || k, '{principal}' from c_school`,
    `insert into assignment (id, office_id, person_id, school_id, role, since)
     select gen_random_uuid(), s.office, i.id, s.id, 'inspector', $2::date - 200 from c_school s
     join c_inspector i on i.office = s.office and i.k = s.k % ${INSPECTORS}`,
    // A head's person has her school's id: nothing asks for more than that both be unique.
    `insert into assignment (id, office_id, person_id, school_id, role, since)
     select gen_random_uuid(), office, id, id, 'principal', $2::date - 200 from c_school`,
    `insert into visit (id, office_id, school_id, inspector_id, visited_on, methods, items)
     select id, office, school, inspector, $2::date + 1 + k % 20, '{}', '{}' from c_visit`,
    `insert into rectification_notice (id, office_id, school_id, visit_id, issued_by, year, number, issued_at, due_on)
     select id, office, school, visit, inspector, extract(year from $2::date), number, $2::date + 2 + k % 20, $2::date + 25 + k % 9 from c_notice`,
    `insert into finding (id, office_id, visit_id, school_id, notice_id, ordinal, item, text, disposition, state, due_on)
     select gen_random_uuid(), office, visit, school, id, 1, 'I2', '灭火器过期', 'general', 'issued', $2::date + 25 + k % 9 from c_notice`,
  ];
  for (const fill of fills) await store.query(fill.replaceAll('$2', `'${monthStart}'`), []);
  for (const [name] of tables) await store.query(`drop table ${name}`);
  await store.query('vacuum analyze');
}
