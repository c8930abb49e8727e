// Who is a member, and whom the app may write to, by what each secret still reads (PROTOCOL §12). A part that could not be read
// whole is null: half a list looks like people who left.
import type { ContactSync, Contacts, SimpleMember } from './contacts.ts';
import { WecomRefused } from './errors.ts';

export interface Reached {
  userId: string;
  /** '' where it is not shown. */
  name: string;
  /** 1 active, 2 disabled, 4 not activated, 5 left; null: not shown. */
  status: number | null;
  /** Of which departments; empty where only her name is known. */
  departments: readonly number[];
}

export interface Members {
  /** Keys (lower-case user ids) of all members of the corp: by the contact-sync secret only. */
  members: ReadonlySet<string> | null;
  /** Those in the app's visible range, by key. */
  reach: ReadonlyMap<string, Reached> | null;
  /** Departments by id; null where their names are not for us, which is no fault. */
  departments: ReadonlyMap<number, { name: string; parentId: number }> | null;
  /** What went wrong: `members 48002`, `range no-answer`. */
  faults: string[];
}

/** A corp of a million members; a cursor that never ends is no listing. */
const PAGES_MOST = 200;
/** `user/list` has the status; where it is refused or too much, names alone do. */
const TOO_LARGE = 45029;
const NAMES_ONLY = [TOO_LARGE, 48002, 48009, 60011];
const NO_SUCH_USER = 60111;

/** Never throws: a part that fails is null, and named in `faults`. Without `sync` only the app's own range is read. */
export async function readMembers(app: Contacts, sync: ContactSync | null): Promise<Members> {
  const faults: string[] = [];
  const part = async <T>(name: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (err) {
      faults.push(`${name} ${reasonOf(err)}`);
      return null;
    }
  };
  const members = sync && (await part('members', () => allIds(sync)));
  const reach = await part('range', () => rangeOf(app));
  return { members, reach, departments: reach && (await departmentsOf(app)), faults };
}

/** Null where their names are not for us, or nobody answers. */
export async function departmentsOf(app: Contacts): Promise<Members['departments']> {
  try {
    const all = await app.departments();
    return new Map(all.map(({ id, name, parentid }) => [id, { name, parentId: parentid }]));
  } catch {
    return null;
  }
}

class NotWhole extends Error {}

function reasonOf(err: unknown): string {
  if (err instanceof WecomRefused) return String(err.errcode);
  return err instanceof NotWhole ? err.message : 'no-answer';
}

async function allIds(sync: ContactSync): Promise<Set<string>> {
  const found = new Set<string>();
  const cursors = new Set<string>();
  for (let cursor = ''; ; ) {
    const page = await sync.listIds(cursor === '' ? {} : { cursor });
    for (const { userid } of page.dept_user) found.add(userid.toLowerCase());
    cursor = page.next_cursor;
    if (cursor === '') break;
    if (cursors.has(cursor) || cursors.size >= PAGES_MOST) throw new NotWhole('cursor');
    cursors.add(cursor);
  }
  // A corp without members does not exist, whatever the answer says.
  if (found.size === 0) throw new NotWhole('empty');
  return found;
}

/** agent/get, and then the departments with all below them, the tags and the people that it names. */
async function rangeOf(app: Contacts): Promise<Map<string, Reached>> {
  const found = new Map<string, Reached>();
  const put = (userId: string, name: string, status: number | null, departments: readonly number[] = []) => {
    const key = userId.toLowerCase();
    const known = found.get(key);
    found.set(key, {
      userId,
      name: name || (known?.name ?? ''),
      status: status ?? known?.status ?? null,
      departments: departments.length > 0 ? departments : (known?.departments ?? []),
    });
  };
  const agent = await app.agent();
  const parties = new Set(agent.allow_partys?.partyid ?? []);
  for (const { userid } of agent.allow_userinfos?.user ?? []) {
    const user = await app.user(userid).catch(unlessGone);
    if (user) put(userid, user.name, user.status ?? null, user.department);
  }
  for (const id of agent.allow_tags?.tagid ?? []) {
    const { userlist, partylist } = await app.tag(id);
    for (const { userid, name } of userlist) put(userid, name, null);
    for (const party of partylist) parties.add(party);
  }
  const departments = new Set<number>();
  for (const party of parties) {
    departments.add(party);
    for (const { id } of await app.departmentIds(party)) departments.add(id);
  }
  const direct = directMembers(app);
  for (const id of departments)
    for (const { userid, name, status, department } of await direct(id))
      put(userid, name, status ?? null, department);
  if (found.size === 0) throw new NotWhole('empty');
  return found;
}

/** Named in the range, and gone from the corp. */
function unlessGone(err: unknown): undefined {
  if (!(err instanceof WecomRefused) || err.errcode !== NO_SUCH_USER) throw err;
}

function directMembers(app: Contacts) {
  let namesOnly = false;
  return async (id: number): Promise<(SimpleMember & { status?: number })[]> => {
    try {
      if (!namesOnly) return await app.list(id);
    } catch (err) {
      if (!(err instanceof WecomRefused) || !NAMES_ONLY.includes(err.errcode)) throw err;
      namesOnly = err.errcode !== TOO_LARGE;
    }
    return app.simpleList(id);
  };
}
