// The contact-sync helper's callbacks (90970, 90971, 90973): who came, changed or left, which departments and tags changed, as far as an
// address of its age hears of it (PROTOCOL §3.5).
import { element } from '../wecom/xml.ts';
import type { Department, Person, Tag } from './api.ts';
import type { Callee } from './sealed.ts';
import type { World } from './world.ts';

const STATUS = { active: 1, disabled: 2, 'not-activated': 4, left: 5 } as const;

/** Null: the corp's helper has no address to tell anybody at. */
function helperOf({ directory }: World): Callee | null {
  const { contacts } = directory.corp();
  return contacts?.callbackUrl === undefined ? null : { ...contacts, agentId: null };
}

/** Tells the helper what became of a member; `before`: as she was, null when she is new. Nothing that it does not hear of is told. */
export async function tellHelper(world: World, before: Person | null, after: Person): Promise<void> {
  await tell(world, (full) => changeOf(before, after, full));
  for (const tagId of new Set([...(before?.tags ?? []), ...(after.tags ?? [])])) {
    const [was, is] = [before?.tags?.includes(tagId) === true, after.tags?.includes(tagId) === true];
    const item = was ? 'DelUserItems' : 'AddUserItems';
    if (was !== is) await tell(world, () => tagXml(tagId, [[item, [after.userId]]]));
  }
}

/** A department that is new (`before` null), changed, or gone (`after` null). */
export async function tellOfDepartment(
  world: World,
  before: Department | null,
  after: Department | null,
): Promise<void> {
  await tell(world, (full) => {
    const one = after ?? before;
    if (one === null) return null;
    const head = (what: string) => `${element('ChangeType', `${what}_party`)}<Id>${one.id}</Id>`;
    if (after === null) return head('delete');
    const name = full && before?.name !== after.name ? element('Name', after.name) : '';
    const parent = before?.parentId === after.parentId ? '' : `<ParentId>${after.parentId}</ParentId>`;
    if (before === null)
      return head('create') + name + parent + (full ? `<Order>${after.order}</Order>` : '');
    return name + parent === '' ? null : head('update') + name + parent;
  });
}

/** A tag whose people or departments changed. */
export async function tellOfTag(world: World, before: Tag | null, after: Tag): Promise<void> {
  const added = <T>(was: readonly T[] = [], is: readonly T[] = []) => is.filter((one) => !was.includes(one));
  const parts: [string, readonly (string | number)[]][] = [
    ['AddUserItems', added(before?.users, after.users)],
    ['DelUserItems', added(after.users, before?.users)],
    ['AddPartyItems', added(before?.departments, after.departments)],
    ['DelPartyItems', added(after.departments, before?.departments)],
  ];
  if (parts.every(([, items]) => items.length === 0)) return;
  await tell(world, () => tagXml(after.id, parts));
}

function tagXml(id: number, parts: readonly [name: string, items: readonly (string | number)[]][]): string {
  const said = parts.filter(([, items]) => items.length > 0);
  return (
    element('ChangeType', 'update_tag') +
    `<TagId>${id}</TagId>` +
    said.map(([name, items]) => element(name, items.join(','))).join('')
  );
}

/** `bodyFor` is told whether the address hears everything; null: it hears nothing of this. */
async function tell(world: World, bodyFor: (full: boolean) => string | null): Promise<void> {
  const helper = helperOf(world);
  const body = helper && bodyFor(world.directory.corp().contacts?.full === true);
  if (!helper || !body) return;
  const { corpId } = world.directory.corp();
  const at = Math.floor(world.clock.now().getTime() / 1000);
  const head =
    element('ToUserName', corpId) +
    element('FromUserName', 'sys') +
    `<CreateTime>${at}</CreateTime>` +
    element('MsgType', 'event') +
    element('Event', 'change_contact');
  await world.callbacks.send(helper, corpId, 'sys', `<xml>${head}${body}</xml>`);
}

function changeOf(before: Person | null, after: Person, full: boolean): string | null {
  const type = (name: string) => element('ChangeType', name);
  const was = before !== null && before.status !== 'left';
  if (after.status === 'left') return was ? type('delete_user') + element('UserID', before.userId) : null;
  const departments = element('Department', after.departments.join(','));
  const said = (changed: (name: keyof Person) => boolean) =>
    full
      ? (changed('name') ? element('Name', after.name) : '') +
        (changed('position') ? element('Position', after.position) : '') +
        (changed('status') ? `<Status>${STATUS[after.status]}</Status>` : '')
      : '';
  if (!was) return type('create_user') + element('UserID', after.userId) + departments + said(() => true);
  const renamed = before.userId !== after.userId;
  const moved = before.departments.join() !== after.departments.join();
  const rest = said((name) => before[name] !== after[name]);
  if (!renamed && !moved && rest === '') return null;
  return (
    type('update_user') +
    element('UserID', before.userId) +
    (renamed ? element('NewUserID', after.userId) : '') +
    (moved ? departments : '') +
    rest
  );
}
