// The driving API for people: what they see, and what they do (schemas in api.ts).
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Done } from '../acts.ts';
import { dissolve, enter, say, sendLink, sendMedia, sendPlace, tap } from '../acts.ts';
import type { ChatView, MessagesView, Person } from '../api.ts';
import { appName } from '../chats.ts';
import { type Group, sameUser } from '../groups.ts';
import {
  enterSchema,
  linkSchema,
  menuTapSchema,
  openSchema,
  placeSchema,
  readSchema,
  saySchema,
  sendMediaSchema,
  tapSchema,
} from '../inputs.ts';
import { useMenu } from '../menu-acts.ts';
import { parseMultipart } from '../multipart.ts';
import { authorize } from '../platform/login.ts';
import type { World } from '../world.ts';
import { answer, input, refused } from './answer.ts';

type Req = FastifyRequest<{
  Params: { userId: string; chatId?: string };
  Querystring: Record<string, string>;
}>;

export function peopleRoutes(server: FastifyInstance, world: World): void {
  const at = '/simulator/people/:userId';
  /** Finds the person of the address, or says that there is none. */
  const asPerson =
    (act: (person: Person, request: Req, reply: FastifyReply) => unknown) =>
    (request: Req, reply: FastifyReply) => {
      const person = world.directory.person(request.params.userId);
      if (person === undefined) return refused(reply, 404, `there is no person ${request.params.userId}`);
      return act(person, request, reply);
    };

  server.get(
    `${at}/chats`,
    asPerson((person) => chatsOf(world, person)),
  );
  server.get(
    `${at}/chats/:chatId/messages`,
    asPerson((person, { params, query }) => messagesOf(world, person, params.chatId ?? '', query)),
  );
  server.get(
    `${at}/messages`,
    asPerson((person, { query }) => {
      const since = query.changedAfter
        ? { changedAfter: Number(query.changedAfter) }
        : { after: Number(query.after ?? 0) };
      const messages = world.chats.across(person.userId, since).slice(-Number(query.limit ?? 1000));
      return { messages, lastSeq: world.chats.lastSeq() } satisfies MessagesView;
    }),
  );

  const act = <S extends z.ZodType>(
    name: string,
    schema: S,
    run: (world: World, person: Person, input: z.output<S>, wait: boolean) => Done,
  ) =>
    server.post(
      `${at}/${name}`,
      asPerson(async (person, request, reply) => {
        const given = input(schema, request.body ?? {}, reply);
        if (given === null) return reply;
        return answer(reply, await run(world, person, given, request.query.wait !== 'false'));
      }),
    );
  act('say', saySchema, say);
  act('tap', tapSchema, tap);
  act('place', placeSchema, sendPlace);
  act('link', linkSchema, sendLink);
  act('enter', enterSchema, enter);
  act('menu', menuTapSchema, useMenu);
  act('dissolve', readSchema, dissolve);

  server.post(
    `${at}/media`,
    asPerson(async (person, request, reply) => {
      const given = input(sendMediaSchema, mediaOf(request), reply);
      if (given === null) return reply;
      const bytes = Buffer.from(given.base64, 'base64');
      if (bytes.length === 0) return refused(reply, 400, 'the file is empty');
      const { kind, fileName, chatId } = given;
      const wait = request.query.wait !== 'false';
      return answer(reply, await sendMedia(world, person, { bytes, kind, fileName, chatId }, wait));
    }),
  );
  server.post(
    `${at}/read`,
    asPerson((person, request, reply) => {
      const given = input(readSchema, request.body ?? {}, reply);
      if (given === null) return reply;
      world.chats.markRead(person.userId, given.chatId);
      return {};
    }),
  );
  server.post(
    `${at}/open`,
    asPerson((person, request, reply) => {
      const given = input(openSchema, request.body ?? {}, reply);
      if (given === null) return reply;
      const query = given.url.split('?', 2)[1]?.split('#', 1)[0];
      const led = authorize(world, new URLSearchParams(query), person.userId);
      return 'fault' in led ? refused(reply, 400, led.fault) : led;
    }),
  );
}

/** A multipart body as the JSON form has it. */
function mediaOf(request: Req): unknown {
  const { body } = request;
  if (!Buffer.isBuffer(body)) return body ?? {};
  const parts = parseMultipart(body, request.headers['content-type'] ?? '') ?? [];
  const file = parts.find(({ fileName }) => fileName !== undefined);
  const word = (name: string) => parts.find((part) => part.name === name)?.bytes.toString();
  return {
    kind: word('kind'),
    chatId: word('chatId'),
    fileName: file?.fileName,
    base64: file?.bytes.toString('base64') ?? '',
  };
}

function chatsOf(world: World, person: Person): ChatView[] {
  const { chats, directory, groups } = world;
  const known = chats.chatsOf(person.userId).map(({ chatId }) => chatId);
  const apps = directory.apps().filter((app) => directory.sees(app, person));
  const mine = groups.of(person.userId);
  const all = new Set([
    ...apps.map((app) => `app:${app.agentId}`),
    // Whoever meets a smart robot in a group can write to it alone.
    ...mine.flatMap((group) => (group.aibots ?? []).map((id) => `aibot:${id}`)),
    ...mine.map((group) => `group:${group.chatId}`),
    ...known,
  ]);
  return [...all].map((chatId) => {
    const chat = chats.chat(person.userId, chatId);
    const last = chat?.messages.at(-1);
    const kind = kindOf(chatId);
    const group = groups.get(chatId.slice('group:'.length));
    return {
      chatId,
      name: kind === 'group' ? group?.name || chatId : appName(directory, chatId),
      kind,
      ...(group ? { ...whoIsIn(world, group), about: aboutGroup(world, group, person) } : {}),
      lastAt: last === undefined ? null : new Date(last.at).toISOString(),
      lastText:
        last === undefined || last.recalled ? '' : preview(last.content, last.card?.body.main_title?.title),
      unread: chat?.unread ?? 0,
    };
  });
}

function kindOf(chatId: string): ChatView['kind'] {
  if (chatId.startsWith('group:')) return 'group';
  return chatId.startsWith('aibot:') ? 'aibot' : 'app';
}

function whoIsIn({ directory }: World, group: Group): Pick<ChatView, 'members' | 'aibots'> {
  return {
    members: group.members.map((userId) => directory.person(userId)?.name ?? userId),
    aibots: (group.aibots ?? []).flatMap((id) => directory.aibot(id)?.name ?? []),
  };
}

function aboutGroup(world: World, group: Group, person: Person): NonNullable<ChatView['about']> {
  const { directory, url } = world;
  const robots = directory.corp().robots.filter(({ chatId }) => chatId === group.chatId);
  return {
    owner: directory.person(group.owner)?.name ?? group.owner,
    byApp: group.agentId !== null,
    // In the client a member who opens the robot can copy its address.
    robots: robots.map(({ name, key }) => ({ name, webhook: `${url}/cgi-bin/webhook/send?key=${key}` })),
    dissolved: group.dissolved ?? false,
    mine: sameUser(group.owner, person.userId),
  };
}

/** One line for the list of chats. */
function preview(content: { msgType: string; text?: string; textcard?: { title: string } }, card?: string) {
  const line = content.text ?? card ?? content.textcard?.title ?? `[${content.msgType}]`;
  return line.replace(/\s+/g, ' ').slice(0, 80);
}

function messagesOf(
  world: World,
  person: Person,
  chatId: string,
  query: Record<string, string>,
): MessagesView {
  const after = Number(query.after ?? 0);
  const messages = (world.chats.chat(person.userId, chatId)?.messages ?? [])
    .filter((message) => message.seq > after)
    .slice(-Number(query.limit ?? 200))
    .map((message) => world.chats.view(person.userId, chatId, message));
  return { messages, lastSeq: world.chats.lastSeq() };
}
