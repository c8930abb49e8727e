// Group chats of an app (90244, 90245, 98913, 98914, 90248). Members' own messages there are never called back.
import { randomBytes } from 'node:crypto';
import type { App } from '../api.ts';
import { isRefused, type Refused, refuse } from '../fields.ts';
import { type Group, sameUser } from '../groups.ts';
import { checkMessage } from '../message-check.ts';
import type { World } from '../world.ts';
import { type ApiCall, appOf, type Call, type Reply } from './call.ts';

const NAME_CHARS = 50;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Only an app that the whole corp can see may have groups. */
function rootApp(call: Call): App | Refused {
  const app = appOf(call);
  if (isRefused(app)) return app;
  return call.world.directory.isRootApp(app)
    ? app
    : refuse(48002, 'api forbidden: the visible range is not the root');
}

function ownGroup(call: Call, chatId: string): { app: App; group: Group } | Refused {
  const app = rootApp(call);
  if (isRefused(app)) return app;
  if (chatId === '') return refuse(86201, 'missing chatid');
  const group = call.world.groups.get(chatId);
  if (group === undefined) return refuse(86003, 'chatid does not exist');
  if (group.dissolved) return refuse(49008, 'the chat was dissolved');
  return group.agentId === app.agentId ? { app, group } : refuse(86008, 'the chat was made by another app');
}

/** User ids as the corp knows them; a refusal when one is unknown or out of range. */
function members(world: World, app: App, users: string[]): string[] | Refused {
  const found = new Map<string, string>();
  for (const user of users) {
    const person = world.directory.person(user);
    if (person === undefined || !world.directory.sees(app, person))
      return refuse(86216, `invalid member: ${user.toLowerCase()}`);
    found.set(person.userId.toLowerCase(), person.userId);
  }
  return [...found.values()];
}

function create(call: Call): Reply {
  const { world, json, fields } = call;
  const app = rootApp(call);
  if (isRefused(app)) return app;
  if (!world.windows.takeOfDay('appchat-create', world.limits.groupsPerDay, 1))
    return refuse(45009, 'api freq out of limit');
  const given = fields.strs(json, 'userlist');
  if (given.length < 2 || given.length > 2000) return refuse(86006, 'invalid number of members');
  const users = members(world, app, given);
  if (isRefused(users)) return users;
  const owner = fields.str(json, 'owner') || (users[0] ?? '');
  if (!users.some((user) => sameUser(user, owner))) return refuse(86207, 'owner is not in userlist');
  const chatId = fields.str(json, 'chatid') || `wr${randomBytes(15).toString('hex')}`;
  if (chatId.length > 32) return refuse(86205, 'chatid too long');
  if (!/^[0-9a-zA-Z]+$/.test(chatId)) return refuse(86001, 'invalid chatid');
  if (world.groups.get(chatId) !== undefined) return refuse(86215, 'chatid exists already');
  const name = [...fields.str(json, 'name')].slice(0, NAME_CHARS).join('');
  world.groups.put({ chatId, name, owner, members: users, agentId: app.agentId });
  world.stream.publish({ type: 'people' });
  return { chatid: chatId };
}

function update(call: Call): Reply {
  const { world, json, fields } = call;
  const own = ownGroup(call, fields.str(json, 'chatid'));
  if (isRefused(own)) return own;
  if (!world.windows.takeOrBlock('appchat-update', world.limits.groupChangesPerHour, HOUR_MS, HOUR_MS))
    return refuse(45009, 'api freq out of limit');
  const { app, group } = own;
  const added = members(world, app, fields.strs(json, 'add_user_list'));
  if (isRefused(added)) return added;
  const gone = fields.strs(json, 'del_user_list');
  const kept = [...group.members.filter((member) => !added.some((user) => sameUser(user, member))), ...added];
  const next = kept.filter((member) => !gone.some((user) => sameUser(user, member)));
  const owner = fields.str(json, 'owner') || group.owner;
  if (next.length < 2 || next.length > 2000) return refuse(86006, 'invalid number of members');
  if (!next.some((member) => sameUser(member, owner))) return refuse(86207, 'owner is not in userlist');
  const name = [...fields.str(json, 'name')].slice(0, NAME_CHARS).join('') || group.name;
  world.groups.put({ ...group, name, owner, members: next });
  world.stream.publish({ type: 'people' });
  return {};
}

function get(call: Call): Reply {
  const own = ownGroup(call, call.query.chatid ?? '');
  if (isRefused(own)) return own;
  const { chatId, name, owner, members: userlist } = own.group;
  return { chat_info: { chatid: chatId, name, owner, userlist, chat_type: 0 } };
}

/** One message to a group of n is n person-times. Of the two figures for an hour the rate page's (90312). */
function mayPost({ windows, limits }: World, personTimes: number): boolean {
  const take = (span: string, limit: number, ms: number) =>
    windows.takeManyOrBlock(`appchat-times:${span}`, limit, ms, personTimes);
  return (
    take('minute', limits.groupPersonTimesPerMinute, MINUTE_MS) &&
    take('hour', limits.groupPersonTimesPerHour, HOUR_MS)
  );
}

function send(call: Call): Reply {
  const { world, json, fields } = call;
  const own = ownGroup(call, fields.str(json, 'chatid'));
  if (isRefused(own)) return own;
  const message = checkMessage(json, { channel: 'group', fields, media: world.media });
  if (isRefused(message)) return message;
  for (const note of message.notes) call.note(note);
  const { app, group } = own;
  if (!mayPost(world, group.members.length)) return refuse(45009, 'api freq out of limit');
  const dropped: string[] = [];
  for (const member of group.members) {
    // One member gets so much from one app over all its groups; the rest is dropped with errcode 0 (90248).
    const key = `group-member:${app.agentId}:${member.toLowerCase()}`;
    const fits =
      world.windows.take(`${key}:m`, 200, MINUTE_MS) && world.windows.take(`${key}:d`, 10_000, DAY_MS);
    if (!fits) dropped.push(member);
    else
      world.chats.add(member, `group:${group.chatId}`, {
        from: 'app',
        fromName: app.name,
        content: message.content,
        exchangeId: call.exchangeId,
      });
  }
  if (dropped.length > 0) call.note(`dropped silently, over 200/min: ${dropped.join('|')}`);
  return {};
}

export const groupCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/appchat/create': { method: 'POST', auth: 'token', run: create },
  '/cgi-bin/appchat/update': { method: 'POST', auth: 'token', run: update },
  '/cgi-bin/appchat/get': { method: 'GET', auth: 'token', run: get },
  '/cgi-bin/appchat/send': { method: 'POST', auth: 'token', run: send },
};
