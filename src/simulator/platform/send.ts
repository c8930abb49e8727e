// message/send (90236): receivers, quotas, the duplicate check, and what comes back when only some can be reached.
import { createHash } from 'node:crypto';
import type { App, Person } from '../api.ts';
import { callsBack } from '../card-check.ts';
import { isRefused, type Refused, refuse } from '../fields.ts';
import { checkMessage } from '../message-check.ts';
import type { World } from '../world.ts';
import { type ApiCall, appNamed, appOf, type Call, type Reply } from './call.ts';
import { deliver } from './deliver.ts';

const USERS = 1000;
const PARTIES = 100;
const TAGS = 100;
const CHECK_INTERVAL_S = 1800;
const CHECK_INTERVAL_MAX_S = 4 * 3600;

interface Receivers {
  people: Person[];
  invaliduser: string[];
  invalidparty: string[];
  invalidtag: string[];
  unlicenseduser: string[];
}

function receivers({ world, json, fields }: Call, app: App): Receivers | Refused {
  const { directory } = world;
  const split = (key: string) => [
    ...new Set(
      fields
        .str(json, key)
        .split('|')
        .filter((part) => part !== ''),
    ),
  ];
  const [users, parties, tags] = [split('touser'), split('toparty'), split('totag')];
  if (users.length + parties.length + tags.length === 0)
    return refuse(82001, 'all of touser, toparty and totag are empty');
  if (users.length > USERS) return refuse(40032, 'invalid userlist size');
  if (parties.length > PARTIES) return refuse(82002, 'invalid partylist size');
  if (tags.length > TAGS) return refuse(82003, 'invalid taglist size');

  const found = new Set<Person>();
  const answer: Omit<Receivers, 'people'> = {
    invaliduser: [],
    invalidparty: [],
    invalidtag: [],
    unlicenseduser: [],
  };
  const reach = (people: Person[]) => {
    const seen = people.filter((person) => directory.sees(app, person));
    for (const person of seen) {
      if (person.licensed) found.add(person);
      else answer.unlicenseduser.push(person.userId.toLowerCase());
    }
    return seen.length > 0;
  };
  if (users.includes('@all')) {
    reach(directory.people());
  } else {
    for (const user of users) {
      const person = directory.person(user);
      if (person === undefined || !reach([person])) answer.invaliduser.push(user.toLowerCase());
    }
    for (const party of parties) {
      if (!/^\d+$/.test(party) || !reach(directory.membersBelow(Number(party))))
        answer.invalidparty.push(party);
    }
    for (const tag of tags) {
      if (!/^\d+$/.test(tag) || !reach(directory.tagged(Number(tag)))) answer.invalidtag.push(tag);
    }
  }
  if (found.size === 0 && answer.unlicenseduser.length === 0)
    return refuse(81013, 'user & party & tag all invalid');
  return { people: [...found], ...answer };
}

/** The key under which this very request is remembered, and whether an earlier one makes it a duplicate. */
function duplicateCheck(call: Call, app: App): { key: string | null; intervalMs: number } {
  const { enable_duplicate_check: _asks, duplicate_check_interval: _interval, ...message } = call.json;
  const asked = call.fields.int(call.json, 'enable_duplicate_check') === 1;
  const seconds = call.fields.int(call.json, 'duplicate_check_interval') ?? CHECK_INTERVAL_S;
  const whole = call.world.duplicateCheck === 'whole-json';
  const identity = createHash('sha1').update(whole ? call.raw : JSON.stringify(message));
  return {
    key: whole && !asked ? null : `${app.agentId}:${identity.digest('hex')}`,
    intervalMs: asked ? Math.min(seconds, CHECK_INTERVAL_MAX_S) * 1000 : 0,
  };
}

const accountsOf = (world: World) => world.directory.corp().accounts ?? world.directory.corp().people.length;

function send(call: Call): Reply {
  const { world, json, fields } = call;
  // The page's sample of this type has no agentid.
  const named = fields.str(json, 'msgtype') !== 'miniprogram_notice' || json.agentid !== undefined;
  const app = named ? appNamed(call, 'json') : appOf(call);
  if (isRefused(app)) return app;
  const check = duplicateCheck(call, app);
  const earlier = check.key && world.sent.answerWithin(check.key, check.intervalMs);
  if (earlier) {
    call.note('duplicate within the interval: not delivered again');
    return earlier;
  }
  const to = receivers(call, app);
  if (isRefused(to)) return to;
  const message = checkMessage(json, { channel: 'app', fields, media: world.media });
  if (isRefused(message)) return message;

  const { card } = message;
  if (card !== undefined && callsBack(card) && app.callbackUrl === undefined)
    return refuse(43012, 'the app needs a callback url');
  if (card?.task_id && world.sent.taskTaken(app.agentId, card.task_id))
    return refuse(42014, 'task_id is not unique');
  const quota = accountsOf(world) * world.limits.perAccountAndDay;
  if (!world.windows.takeOfDay(`quota:${app.agentId}`, quota, to.people.length))
    return refuse(45009, 'api freq out of limit: messages of the day');
  if (card?.task_id) world.sent.claimTask(app.agentId, card.task_id);

  const { sent, dropped } = deliver(world, app, to.people, { ...message, exchangeId: call.exchangeId });
  for (const note of message.notes) call.note(note);
  if (dropped.length > 0) call.note(`dropped silently, over 30/min or 1000/h: ${dropped.join('|')}`);
  const { invaliduser, invalidparty, invalidtag, unlicenseduser } = to;
  const lists = Object.entries({ invaliduser, invalidparty, invalidtag, unlicenseduser })
    .filter(([, ids]) => ids.length > 0)
    .map(([name, ids]) => [name, ids.join('|')]);
  const answer = {
    ...Object.fromEntries(lists),
    msgid: sent.msgid,
    ...(card !== undefined && callsBack(card) ? { response_code: world.sent.newCode(sent) } : {}),
  };
  if (check.key !== null) world.sent.rememberAnswer(check.key, answer);
  return answer;
}

export const sendCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/message/send': { method: 'POST', auth: 'token', run: send },
};
