// Members, departments and tags (90196, 90200, 90201, 96067, 90208, 95350, 90213), as far as a newly made app may see them.
import type { App, Department, Person } from '../api.ts';
import { isRefused, type Refused, refuse } from '../fields.ts';
import { type ApiCall, appOf, type Call, type Reply } from './call.ts';

const STATUS = { active: 1, disabled: 2, 'not-activated': 4, left: 5 } as const;

/** Since 2022-08-15 the contact-sync helper's secret reads ids and nothing else. */
const appReading = (call: Call): App | Refused =>
  call.caller !== null && 'contacts' in call.caller
    ? refuse(48009, 'no privilege to read details')
    : appOf(call);

/** Apps made after 2022-06-20 get neither phone nor mail nor avatar (90196). */
const details = (person: Person) => ({
  userid: person.userId,
  name: person.name,
  department: person.departments,
  order: person.departments.map(() => 0),
  position: person.position,
  is_leader_in_dept: person.departments.map(() => 0),
  direct_leader: [],
  telephone: '',
  alias: person.alias ?? '',
  status: STATUS[person.status],
  main_department: person.departments[0] ?? 1,
  extattr: { attrs: [] },
});

function user(call: Call): Reply {
  const app = appReading(call);
  if (isRefused(app)) return app;
  const { userid } = call.query;
  if (!userid) return refuse(41009, 'missing userid');
  const person = call.world.directory.person(userid);
  if (person === undefined || person.status === 'left' || !seen(call, app, person))
    return refuse(60111, 'userid not found');
  return details(person);
}

// A disabled member is still in the address book, though no message reaches her.
const seen = ({ world }: Call, app: App, person: Person) =>
  world.directory.sees(app, { ...person, status: 'active' }) || world.directory.sees(app, person);

/** Direct members of a department, for both lists. */
function members(call: Call): Person[] | Refused {
  const app = appReading(call);
  if (isRefused(app)) return app;
  const id = Number(call.query.department_id ?? Number.NaN);
  if (Number.isNaN(id)) return refuse(41019, 'missing department');
  if (call.world.directory.department(id) === undefined) return refuse(60003, 'department not found');
  return call.world.directory
    .people()
    .filter(
      (person) => person.departments.includes(id) && person.status !== 'left' && seen(call, app, person),
    );
}

function simpleList(call: Call): Reply {
  const people = members(call);
  if (isRefused(people)) return people;
  return {
    userlist: people.map(({ userId, name, departments }) => ({
      userid: userId,
      name,
      department: departments,
    })),
  };
}

function list(call: Call): Reply {
  const people = members(call);
  return isRefused(people) ? people : { userlist: people.map(details) };
}

function listId(call: Call): Reply {
  if (call.caller === null || 'app' in call.caller) return refuse(48002, 'api forbidden');
  const limit = call.fields.int(call.json, 'limit') ?? 10_000;
  if (limit < 1 || limit > 10_000) return refuse(40058, 'invalid limit');
  const start = Number(call.fields.str(call.json, 'cursor') || '0');
  if (!Number.isInteger(start)) return refuse(40058, 'invalid cursor');
  const rows = call.world.directory
    .people()
    .filter((person) => person.status !== 'left')
    .flatMap(({ userId, departments }) => departments.map((department) => ({ userid: userId, department })));
  const end = start + limit;
  return { next_cursor: end < rows.length ? String(end) : '', dept_user: rows.slice(start, end) };
}

/** The department asked for and all below it; all, without one. */
function departments({ world, query }: Call): Department[] | Refused {
  const id = Number(query.id || '1');
  if (world.directory.department(id) === undefined) return refuse(60003, 'department not found');
  return world.directory
    .departmentTree(id)
    .map((one) => world.directory.department(one))
    .filter((department) => department !== undefined);
}

function departmentList(call: Call): Reply {
  const reader = appReading(call);
  if (isRefused(reader)) return reader;
  const found = departments(call);
  if (isRefused(found)) return found;
  return {
    department: found.map(({ id, name, parentId, order }) => ({
      id,
      name,
      name_en: '',
      department_leader: [],
      parentid: parentId,
      order,
    })),
  };
}

function departmentIds(call: Call): Reply {
  const found = departments(call);
  if (isRefused(found)) return found;
  return { department_id: found.map(({ id, parentId, order }) => ({ id, parentid: parentId, order })) };
}

function tag(call: Call): Reply {
  const app = appOf(call);
  if (isRefused(app)) return app;
  const id = Number(call.query.tagid ?? Number.NaN);
  if (Number.isNaN(id)) return refuse(41017, 'missing tagid');
  const known = call.world.directory.tag(id);
  if (known === undefined) return refuse(40068, 'invalid tagid');
  const people = call.world.directory.tagged(id).filter((person) => call.world.directory.sees(app, person));
  return {
    tagname: known.name,
    userlist: people.map(({ userId, name }) => ({ userid: userId, name })),
    partylist: known.departments,
  };
}

export const contactCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/user/get': { method: 'GET', auth: 'token', run: user },
  '/cgi-bin/user/simplelist': { method: 'GET', auth: 'token', run: simpleList },
  '/cgi-bin/user/list': { method: 'GET', auth: 'token', run: list },
  '/cgi-bin/user/list_id': { method: 'POST', auth: 'token', run: listId },
  '/cgi-bin/department/list': { method: 'GET', auth: 'token', run: departmentList },
  '/cgi-bin/department/simplelist': { method: 'GET', auth: 'token', run: departmentIds },
  '/cgi-bin/tag/get': { method: 'GET', auth: 'token', run: tag },
};
