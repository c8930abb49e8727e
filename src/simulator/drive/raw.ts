// The driving API for tests of a bot's door: crafted envelopes, replays, other events, and the URL's verification.
import type { FastifyInstance } from 'fastify';
import { element } from '../../wecom/xml.ts';
import type { Exchange, RawCallbackView, VerifyView } from '../api.ts';
import { eventXml } from '../inbound.ts';
import { eventSchema, rawCallbackSchema } from '../inputs.ts';
import { openReply } from '../passive.ts';
import { keysOf, type Sealed, seal } from '../sealed.ts';
import type { World } from '../world.ts';
import { input, refused } from './answer.ts';

export function rawRoutes(server: FastifyInstance, world: World): void {
  const { directory, callbacks, exchanges } = world;
  const appOf = (agentId: number | undefined) =>
    agentId === undefined ? directory.apps()[0] : directory.app(agentId);

  server.post<{ Body: { agentId?: number } | null }>(
    '/simulator/callbacks/verify',
    async (request, reply) => {
      const app = appOf(request.body?.agentId);
      if (app === undefined) return refused(reply, 404, 'there is no such app');
      const view: VerifyView = await callbacks.verify(app, directory.corp().corpId);
      world.stream.publish({ type: 'people' });
      return view;
    },
  );

  server.post('/simulator/events', async (request, reply) => {
    const given = input(eventSchema, request.body, reply);
    if (given === null) return reply;
    const app = appOf(given.agentId);
    if (app === undefined) return refused(reply, 404, 'there is no such app');
    const { corpId } = directory.corp();
    const sender = { corpId, userId: given.from, agentId: app.agentId, at: world.clock.now().getTime() };
    const fields = given.fields.map(([name, text]) => element(name, text)).join('');
    const xml = eventXml(sender, given.event, fields + given.xml);
    const { outcome, exchange, attempts, note } = await callbacks.send(app, corpId, given.from, xml);
    return { seq: null, exchangeId: exchange?.id ?? null, outcome, attempts, note };
  });

  server.post('/simulator/callbacks/raw', async (request, reply) => {
    const given = input(rawCallbackSchema, request.body, reply);
    if (given === null) return reply;
    const earlier = given.replayOf ?? given.resendOf;
    const old = earlier === undefined ? undefined : exchanges.get(earlier);
    if (earlier !== undefined && old?.kind !== 'callback')
      return refused(reply, 404, `there is no callback exchange ${earlier} any more`);
    const app = appOf(given.agentId);
    const keys = app && keysOf(app, directory.corp().corpId);
    if (!app || !keys) return refused(reply, 409, 'the app has no callback URL, token or key');
    const crafted = {
      ...keys,
      token: given.token ?? keys.token,
      encodingAesKey: given.encodingAesKey ?? keys.encodingAesKey,
    };

    const xml = given.xml ?? old?.plainRequest ?? '';
    const make = (): Sealed => {
      if (given.replayOf !== undefined && old) return replayed(old);
      const { timestamp, nonce, receiveId } = given;
      const at = world.clock.now().getTime();
      const sealed = seal(crafted, app.agentId, xml, { timestamp, nonce, receiveId, at });
      return bent(sealed, given.signature, given.body);
    };
    const one = async () => {
      const sealed = { ...make(), contentType: given.contentType };
      const meta = { plainRequest: xml, note: 'crafted by a test' };
      const [exchange, got] = await callbacks.post(app, sealed, meta);
      const opened = got.body === '' ? null : openReply(got.body, keys);
      const plain = opened !== null && 'plain' in opened ? opened.plain : null;
      exchanges.close(exchange, {
        status: got.status,
        ms: got.ms,
        rawResponse: got.body,
        plainResponse: plain ?? '',
      });
      return { exchangeId: exchange.id, status: got.status, body: got.body, plain, note: got.fault };
    };
    const answers = await Promise.all(Array.from({ length: given.copies }, one));
    return { answers } satisfies RawCallbackView;
  });
}

/** The very query and bytes of an earlier exchange. */
function replayed(old: Exchange): Sealed {
  const [head = '', ...body] = old.rawRequest.split('\n\n');
  return { query: head.split('?').at(-1) ?? '', body: body.join('\n\n') };
}

function bent(sealed: Sealed, signature: string | undefined, body: string | undefined): Sealed {
  const query = new URLSearchParams(sealed.query);
  if (signature === 'none') query.delete('msg_signature');
  else if (signature !== undefined)
    query.set('msg_signature', signature === 'bad' ? '0'.repeat(40) : signature);
  return { query: query.toString(), body: body ?? sealed.body };
}
