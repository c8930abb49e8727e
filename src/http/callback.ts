// The platform's door: verify, hand over, answer in time. It gets functions, not a database, so it can be tested with three lambdas.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import { BODY_LIMIT_BYTES, type Callback } from '../wecom/callback.ts';
import { CallbackError, type CallbackReason } from '../wecom/errors.ts';
import { type Accept, type Envelope, GIVE_BACK } from './accept.ts';
import { type AibotRouteDeps, aibotRoutes } from './aibot.ts';
import { remark } from './remarks.ts';

export type Refusal = CallbackReason | 'no-such-office';

export interface CallbackDeps {
  /** The cryptography of one office, or undefined when there is no such office. */
  callbackOf(office: string): Callback | undefined;
  /** That of its contact-sync helper, whose keys are others. */
  contactsOf?(office: string): Callback | undefined;
  /** An office nobody knows may have been added since: asked for once in a while. Never throws. */
  lookAgain?(): Promise<void>;
  accept: Accept;
  aibot?: AibotRouteDeps;
  /** Counts an envelope that was not believed, by reason. */
  refused(reason: Refusal): void;
  log: Log;
  now(): Date;
}

/** Refused before a signature could be looked at. All else is a 403, so that an answer says nothing of how far it got. */
const SHAPE: ReadonlySet<Refusal> = new Set([
  'bad-query',
  'bad-xml',
  'bad-inner-xml',
  'bad-json',
  'bad-inner-json',
] as const);

const LOOK_AGAIN_MS = 1_000;

/** GET and POST /wecom/:office/callback, and /wecom/:office/contacts for the contact-sync helper (PROTOCOL §1.2, §1.3, §1.7, §3.5). */
export async function callbackRoutes(app: FastifyInstance, deps: CallbackDeps): Promise<void> {
  // The body is XML whatever its content type says, and nobody but the office's callback reads it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error, _request, reply) => refuse(deps, reply, error));

  door('callback', (office) => deps.callbackOf(office));
  door('contacts', (office) => deps.contactsOf?.(office));

  function door(name: string, of: (office: string) => Callback | undefined): void {
    app.get<{ Params: { office: string } }>(`/wecom/:office/${name}`, async (request, reply) => {
      const callback = await known(() => of(request.params.office));
      const echo = callback.verify(queryOf(request));
      return reply.type('text/plain; charset=utf-8').send(echo);
    });

    app.post<{ Params: { office: string } }>(`/wecom/:office/${name}`, async (request, reply) => {
      const arrived = performance.now();
      const callback = await known(() => of(request.params.office));
      const opened = callback.open(bodyOf(request), queryOf(request));
      remark(deps.log, request.params.office, opened.inbound);
      const envelope: Envelope = {
        office: request.params.office,
        inbound: opened.inbound,
        xml: opened.xml,
        dedupKey: opened.dedupKey,
        receivedAt: deps.now(),
      };
      const replyXml = await deps.accept(envelope, arrived);
      if (replyXml === GIVE_BACK) return reply.code(503).send('');
      if (replyXml === null) return reply.send('');
      return reply.type('application/xml; charset=utf-8').send(callback.seal(replyXml, opened));
    });
  }

  if (deps.aibot) aibotRoutes(app, deps.aibot, { queryOf, bodyOf, known });

  let lookedAt = Number.NEGATIVE_INFINITY;
  /** What belongs to an office that may have been added a moment ago. */
  async function known<T>(find: () => T | undefined): Promise<T> {
    const first = find();
    if (first) return first;
    // Whoever tries names must not make the database work.
    if (performance.now() - lookedAt < LOOK_AGAIN_MS) throw new NoSuchOffice();
    lookedAt = performance.now();
    await deps.lookAgain?.();
    const second = find();
    if (second) return second;
    throw new NoSuchOffice();
  }
}

class NoSuchOffice extends Error {}

// The server's parser gives an object of strings; a name given twice becomes a list, which the callback refuses.
function queryOf({ query }: Pick<FastifyRequest, 'query'>): Record<string, unknown> {
  return typeof query === 'object' && query !== null ? { ...query } : {};
}

function bodyOf({ body }: Pick<FastifyRequest, 'body'>): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

/** 4xx for what was not believed, 500 for a turn that failed; never a word of why, and the log has no contents. */
function refuse(deps: CallbackDeps, reply: FastifyReply, error: unknown) {
  const [status, reason] = statusOf(error);
  if (reason) {
    deps.refused(reason);
    deps.log.warn({ reason, status }, 'callback refused');
  } else if (status >= 500) {
    deps.log.error({ err: error, status }, 'callback failed');
  }
  // What is still being sent is not worth reading: the connection ends here.
  if (status === 413) reply.header('connection', 'close');
  return reply.code(status).type('text/plain').send('');
}

function statusOf(error: unknown): [number, Refusal?] {
  if (error instanceof NoSuchOffice) return [404, 'no-such-office'];
  if (error instanceof CallbackError) {
    if (error.reason === 'too-large') return [413, error.reason];
    return [SHAPE.has(error.reason) ? 400 : 403, error.reason];
  }
  // Fastify's own refusals: too large, broken length, broken encoding.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return [413, 'too-large'];
  return status >= 400 && status < 500 ? [status, 'bad-query'] : [500];
}
