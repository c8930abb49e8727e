// The contact-sync helper's callbacks (90970): who came, changed or left, as far as an address of its age hears of it (PROTOCOL §3.5).
import { element } from '../wecom/xml.ts';
import type { Person } from './api.ts';
import type { Callee } from './callbacks.ts';
import type { World } from './world.ts';

const STATUS = { active: 1, disabled: 2, 'not-activated': 4, left: 5 } as const;

/** Null: the corp's helper has no address to tell anybody at. */
function helperOf({ directory }: World): Callee | null {
  const { contacts } = directory.corp();
  return contacts?.callbackUrl === undefined ? null : { ...contacts, agentId: null };
}

/** Tells the helper what became of a member; `before`: as she was, null when she is new. Nothing that it does not hear of is told. */
export async function tellHelper(world: World, before: Person | null, after: Person): Promise<void> {
  const helper = helperOf(world);
  const body = helper && changeOf(before, after, world.directory.corp().contacts?.full === true);
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
