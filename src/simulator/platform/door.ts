// The door of the platform's API: faults, limits, token, the quirks about bodies, one log line; then the call itself.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { aibotCalls } from '../aibot/calls.ts';
import { scrub } from '../exchanges.ts';
import { createFields, isObject, isRefused, type Json, type Refused, refuse } from '../fields.ts';
import type { World } from '../world.ts';
import { agentCalls } from './agent.ts';
import type { ApiCall, Binary, Call, Reply } from './call.ts';
import { cardUpdateCalls } from './card-update.ts';
import { contactCalls } from './contacts.ts';
import { groupCalls } from './group-chats.ts';
import { loginCalls } from './login.ts';
import { mediaCalls } from './media-calls.ts';
import { menuCalls } from './menu.ts';
import { robotCalls } from './robots.ts';
import { sendCalls } from './send.ts';
import { tokenCalls } from './token-calls.ts';

const CALLS: Readonly<Record<string, ApiCall>> = {
  ...tokenCalls,
  ...sendCalls,
  ...cardUpdateCalls,
  ...groupCalls,
  ...robotCalls,
  ...aibotCalls,
  ...mediaCalls,
  ...contactCalls,
  ...agentCalls,
  ...menuCalls,
  ...loginCalls,
};
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LOST_MS = 30_000;
// \uXXXX that is an escape, and not a backslash that was itself escaped.
const UNICODE_ESCAPE = /(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}/;

/** Every call under /cgi-bin/, whatever its method and type: what is wrong with them is answered as the platform does. */
export async function platformRoutes(server: FastifyInstance, { world }: { world: World }): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.all('/cgi-bin/*', (request, reply) => answer(world, request, reply));
}

async function answer(world: World, request: FastifyRequest, reply: FastifyReply) {
  const started = performance.now();
  const [path = '', search = ''] = request.url.split('?', 2);
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const contentType = request.headers['content-type'] ?? '';
  const shown = contentType.startsWith('multipart/') ? `[multipart, ${raw.length} bytes]` : raw.toString();
  const exchange = world.exchanges.open({
    kind: 'api',
    method: request.method,
    path: request.url,
    plainRequest: shown,
    rawRequest: scrub(`${request.method} ${request.url}\n${contentType}\n\n${shown}`),
  });
  const end = (status: number | null, body: string, note = '') =>
    world.exchanges.close(exchange, {
      status,
      ms: Math.round(performance.now() - started),
      plainResponse: scrub(body),
      rawResponse: scrub(body),
      note,
    });
  const hangUp = (note: string) => {
    end(null, '', note);
    reply.hijack();
    request.raw.socket.destroy();
  };

  const slow = world.faults.strikes('slow', path);
  if (slow !== null) await sleep(slow.ms ?? 1000, undefined, { ref: false });
  if (world.faults.strikes('refuse', path) !== null) return hangUp('fault: connection refused');
  const lost = world.faults.strikes('lost', path);
  if (lost !== null) {
    await sleep(lost.ms ?? LOST_MS, undefined, { ref: false });
    return hangUp('fault: the request got lost');
  }

  const notes: string[] = [];
  const call: Call = {
    world,
    query: Object.fromEntries(new URLSearchParams(search)),
    json: {},
    fields: createFields(),
    raw,
    contentType,
    rangeHeader: request.headers.range,
    ip: request.ip,
    baseUrl: `${request.protocol}://${request.host}`,
    caller: null,
    exchangeId: exchange.id,
    note: (text) => notes.push(text),
  };
  const given = perform(call, CALLS[path], path, request.method);
  if (given === null) {
    end(404, '', 'no such path on the platform, or not covered by the simulator');
    return reply.code(404).send('');
  }
  if (isBinary(given)) {
    end(given.status, `[${given.binary.length} bytes]`, notes.join('; '));
    return reply.code(given.status).headers(given.headers).send(given.binary);
  }
  const body = JSON.stringify(dressed(given, call));
  if (world.faults.strikes('drop-answer', path) !== null)
    return hangUp([...notes, `fault: done, but the answer got lost: ${scrub(body)}`].join('; '));
  end(200, body, notes.join('; '));
  return reply.header('Content-Type', 'application/json; charset=UTF-8').send(body);
}

const isBinary = (reply: Reply): reply is Binary => 'binary' in reply && Buffer.isBuffer(reply.binary);

/** The checks every call goes through, in the platform's order, then the call. Null: there is no such path. */
function perform(call: Call, api: ApiCall | undefined, path: string, method: string): Reply | null {
  const { world } = call;
  const { faults, limits, windows } = world;
  const named = faults.strikes('errcode', path);
  if (named !== null) return refuse(named.errcode ?? -1, 'system busy');
  if (faults.strikes('untrusted-ip', path) !== null) return refuse(60020, 'not allow to access from your ip');
  if (faults.strikes('token-expired', path) !== null) world.tokens.revokeAll();
  if (api === undefined) return null;
  if (!mayCall(world)) return refuse(45009, 'api freq out of limit');
  if (call.query.debug === '1' && !windows.takeOrBlock('debug', limits.debugPerMinute, MINUTE_MS, MINUTE_MS))
    return refuse(45009, 'api freq out of limit');

  if (api.auth === 'token') {
    const caller = world.tokens.check(call.query.access_token);
    if (isRefused(caller)) return caller;
    call.caller = caller;
  }
  if (api.method === 'POST') {
    if (method !== 'POST') return refuse(40063, 'some parameters are empty');
    // A robot has a code of its own for it (99110).
    if (api.auth === 'key' && call.raw.length === 0) return refuse(93017, 'empty body');
    const fault = api.body === 'multipart' ? null : readJson(call);
    if (fault !== null) return fault;
  }
  return api.run(call);
}

/** Minute and hour of the corp (90312). Those of an address are twice as many and more: here they are never met. */
function mayCall({ windows, limits }: World): boolean {
  return (
    windows.takeOrBlock('corp', limits.corpPerMinute, MINUTE_MS, MINUTE_MS) &&
    windows.takeManyOrBlock('corp:hour', limits.corpPerHour, HOUR_MS, 1)
  );
}

function readJson(call: Call): Refused | null {
  if (call.raw.length === 0) return refuse(40063, 'some parameters are empty');
  const text = call.raw.toString();
  if (UNICODE_ESCAPE.test(text)) return refuse(40033, 'invalid charset: \\uxxxx is not allowed');
  try {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) return refuse(40058, 'the body is not a JSON object');
    call.json = json;
    return null;
  } catch {
    return refuse(40058, 'invalid Request Parameter: malformed JSON');
  }
}

/** Puts errcode first and dresses errmsg as the platform does: hint, the caller's own address, a link. */
function dressed(given: Json | Refused, call: Call): Json {
  const warning = call.fields.warned() ? '. Warning: wrong json format. ' : '';
  if (warning !== '') call.note('a field has the wrong JSON type and was ignored or bent');
  if (!isRefused(given)) return { errcode: 0, errmsg: `ok${warning}`, ...given };
  const { errcode, errmsg } = given;
  const hint = `${Math.floor(call.world.clock.now().getTime() / 1000)}_1_${randomBytes(16).toString('hex')}`;
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return {
    ...given,
    errmsg: `${errmsg}${warning}, hint: [${hint}], from ip: ${call.ip}, ${more}`,
  };
}
