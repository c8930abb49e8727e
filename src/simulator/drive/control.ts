// The driving API for everything that is not a person's act: the corp, the clock, faults, exchanges, media, the stream.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { App, ClockView, ExchangesView, Person, StateView } from '../api.ts';
import { tellHelper } from '../contacts.ts';
import { corpInputSchema, personInputSchema, personPatchSchema } from '../corp-schema.ts';
import { perform } from '../exchange-with-bot.ts';
import { eventXml } from '../inbound.ts';
import { clockSchema, faultInputSchema } from '../inputs.ts';
import type { World } from '../world.ts';
import { input, refused } from './answer.ts';
import { contactRoutes } from './contacts.ts';

function stateOf(world: World): StateView {
  const { directory, chats, callbacks, clock, faults } = world;
  const { corpId, name, locale } = directory.corp();
  return {
    now: clock.now().toISOString(),
    offsetMs: clock.offset(),
    corp: { corpId, name, locale },
    apps: directory.apps().map((app) => ({
      agentId: app.agentId,
      name: app.name,
      description: app.description,
      menu: app.menu,
      callbackUrl: app.callbackUrl ?? null,
      callbackOk: callbacks.verified(app),
    })),
    departments: directory.corp().departments,
    people: directory.people().map(({ userId, name: who, departments, position, tags, status }) => ({
      userId,
      name: who,
      departments,
      position,
      ...(tags === undefined ? {} : { tags }),
      status,
      unread: chats.unreadOf(userId),
    })),
    faults: faults.list(),
  };
}

const clockOf = ({ clock }: World): ClockView => ({
  now: clock.now().toISOString(),
  offsetMs: clock.offset(),
});

export function controlRoutes(server: FastifyInstance, world: World, reset: () => void): void {
  server.get('/simulator/state', () => stateOf(world));
  server.post('/simulator/reset', () => {
    reset();
    return {};
  });

  server.get('/simulator/clock', () => clockOf(world));
  server.post('/simulator/clock', (request, reply) => {
    const move = input(clockSchema, request.body, reply);
    if (move === null) return reply;
    if ('to' in move) world.clock.moveTo(new Date(move.to));
    else world.clock.advance(move.advanceMs);
    return clockOf(world);
  });

  server.get('/simulator/faults', () => world.faults.list());
  server.post('/simulator/faults', (request, reply) => {
    const fault = input(faultInputSchema, request.body, reply);
    return fault === null ? reply : world.faults.add(fault);
  });
  server.delete<{ Params: { id: string } }>('/simulator/faults/:id', ({ params }, reply) =>
    world.faults.remove(params.id) ? {} : refused(reply, 404, `there is no fault ${params.id}`),
  );
  server.delete('/simulator/faults', () => {
    world.faults.clear();
    return {};
  });

  server.get<{ Querystring: { after?: string; limit?: string } }>('/simulator/exchanges', ({ query }) => {
    const exchanges = world.exchanges.after(Number(query.after ?? 0), Number(query.limit ?? 200));
    return { exchanges, lastId: world.exchanges.lastId() } satisfies ExchangesView;
  });
  server.get<{ Params: { id: string } }>('/simulator/media/:id', ({ params }, reply) => {
    const item = world.media.find(params.id);
    const bytes = item && world.media.bytes(item.id);
    if (!item || !bytes) return refused(reply, 404, 'there is no such file any more');
    return reply.header('Cache-Control', 'private, max-age=86400').type(item.contentType).send(bytes);
  });
  server.get<{ Querystring: { userId?: string } }>('/simulator/stream', ({ query }, reply) =>
    streamTo(world, reply, query.userId?.toLowerCase()),
  );
  corpRoutes(server, world);
  contactRoutes(server, world);
}

/** Server-sent events; with a user id, of messages only hers. */
function streamTo(world: World, reply: FastifyReply, userId: string | undefined): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  raw.write(': hello\n\n');
  const stop = world.stream.subscribe((event) => {
    if (userId !== undefined && 'userId' in event && event.userId !== userId) return;
    raw.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  // A line now and then keeps proxies from closing a quiet stream.
  const beat = setInterval(() => raw.write(': still here\n\n'), 20_000);
  beat.unref();
  raw.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

function corpRoutes(server: FastifyInstance, world: World): void {
  const { directory } = world;
  const changed = () => world.stream.publish({ type: 'people' });

  server.post('/simulator/corp', (request, reply) => {
    const corp = input(corpInputSchema, request.body, reply);
    if (corp === null) return reply;
    directory.load(corp);
    world.groups.adopt(directory);
    changed();
    return stateOf(world);
  });

  server.post('/simulator/people', async (request, reply) => {
    const person = input(personInputSchema, request.body, reply);
    if (person === null) return reply;
    const before = directory.person(person.userId);
    const saw = new Set(before ? directory.apps().filter((app) => directory.sees(app, before)) : []);
    const was = before ? { ...before } : null;
    await told(world, was, directory.addPerson(person), saw);
    changed();
    return person;
  });

  server.patch<{ Params: { userId: string } }>('/simulator/people/:userId', async (request, reply) => {
    const patch = input(personPatchSchema, request.body, reply);
    if (patch === null) return reply;
    const person = directory.person(request.params.userId);
    if (person === undefined) return refused(reply, 404, `there is no person ${request.params.userId}`);
    const taken = patch.userId !== undefined && directory.person(patch.userId);
    if (taken && taken !== person) return refused(reply, 409, `${patch.userId} is somebody else`);
    const saw = new Set(directory.apps().filter((app) => directory.sees(app, person)));
    const was = { ...person };
    directory.patchPerson(person.userId, patch);
    if (person.userId !== was.userId)
      for (const part of [world.chats, world.groups]) part.rename(was.userId, person.userId);
    await told(world, was, person, saw);
    changed();
    return person;
  });
}

async function told(world: World, before: Person | null, after: Person, saw: Set<App>): Promise<void> {
  await Promise.all([tellApps(world, after, saw), tellHelper(world, before, after)]);
}

/** `subscribe` or `unsubscribe` to each app whose range she entered or left (90240). */
async function tellApps(world: World, person: Person, saw: Set<App>): Promise<void> {
  const { directory } = world;
  const { corpId } = directory.corp();
  const told = directory.apps().map(async (app) => {
    const sees = directory.sees(app, person);
    if (sees === saw.has(app) || app.callbackUrl === undefined) return;
    if (sees) {
      await perform(
        world,
        { app, person, event: 'subscribe', xml: (sender) => eventXml(sender, 'subscribe') },
        true,
      );
      return;
    }
    const sender = { corpId, userId: person.userId, agentId: app.agentId, at: world.clock.now().getTime() };
    await world.callbacks.send(app, corpId, person.userId, eventXml(sender, 'unsubscribe'));
  });
  await Promise.all(told);
}
