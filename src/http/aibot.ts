// The smart robot's side of the door (PROTOCOL §15): what it hears goes through the same turn; an answer that is late is promised, and given when it is asked for.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import { type AibotInbound, aibotDedupKey, takesAnswer } from '../wecom/aibot.ts';
import type { AibotCallback } from '../wecom/aibot-callback.ts';
import { streamReply } from '../wecom/aibot-replies.ts';
import { type Accept, GIVE_BACK } from './accept.ts';

export interface AibotTalkDeps {
  accept: Accept;
  /** The reply that a turn came to, by the key of its message; null while there is none. */
  storedReply(office: string, dedupKey: string): Promise<string | null>;
  /** What is shown while the answer is being made. */
  waitWords(): string;
  now(): Date;
  log: Log;
}

export interface AibotHeard {
  inbound: AibotInbound;
  json: string;
  dedupKey: string;
}

/** The reply's JSON; null: an empty body. GIVE_BACK as for the app. */
export type AibotTalk = (
  office: string,
  heard: AibotHeard,
  arrived: number,
) => Promise<string | null | typeof GIVE_BACK>;

/** One for both ways in, callback and long connection. */
export function aibotTalk(deps: AibotTalkDeps): AibotTalk {
  const promised = (id: string) => (id === '' ? null : streamReply(id, deps.waitWords(), false));

  return async (office, { inbound, json, dedupKey }, arrived) => {
    if (inbound.kind === 'aibot.stream') {
      // A stream bears the id of the message that it answers: whichever process is asked finds it.
      const key = aibotDedupKey({ ...inbound, msgId: inbound.streamId }, json);
      const stored = await deps.storedReply(office, key).catch((err: unknown) => {
        deps.log.warn({ err }, 'a promised answer could not be looked up; it will be asked for again');
        return null;
      });
      return stored ?? promised(inbound.streamId);
    }
    const reply = await deps.accept(
      { office, inbound, xml: json, dedupKey, receivedAt: deps.now() },
      arrived,
    );
    if (reply !== null || !takesAnswer(inbound) || inbound.kind === 'aibot.enter') return reply;
    return promised(inbound.msgId);
  };
}

export interface AibotRouteDeps {
  /** Undefined when the office has no smart robot in callback mode. */
  aibotOf(office: string): AibotCallback | undefined;
  talk: AibotTalk;
  now(): Date;
}

/** What the callback's routes share: where bodies and refusals are seen to. */
export interface Door {
  queryOf(request: Pick<FastifyRequest, 'query'>): Record<string, unknown>;
  bodyOf(request: Pick<FastifyRequest, 'body'>): Uint8Array;
  /** What belongs to an office; throws what is answered with 404. */
  known<T>(find: () => T | undefined): Promise<T>;
}

/** GET and POST /wecom/:office/aibot, beside the app's callback and under its rules for bodies and refusals. */
export function aibotRoutes(app: FastifyInstance, deps: AibotRouteDeps, door: Door): void {
  const path = '/wecom/:office/aibot';
  app.get<{ Params: { office: string } }>(path, async (request, reply) => {
    const robot = await door.known(() => deps.aibotOf(request.params.office));
    return reply.type('text/plain; charset=utf-8').send(robot.verify(door.queryOf(request)));
  });
  app.post<{ Params: { office: string } }>(path, async (request, reply) => {
    const arrived = performance.now();
    const { office } = request.params;
    const robot = await door.known(() => deps.aibotOf(office));
    const opened = robot.open(door.bodyOf(request), door.queryOf(request));
    const answer = await deps.talk(office, opened, arrived);
    if (answer === GIVE_BACK) return reply.code(503).send('');
    if (answer === null) return reply.send('');
    const at = { nonce: opened.nonce, timestamp: Math.floor(deps.now().getTime() / 1000) };
    return reply.type('application/json; charset=utf-8').send(robot.seal(answer, at));
  });
}
