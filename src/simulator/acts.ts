// What a person can do: type, tap, send a picture or a place, open the chat. The menu has a file of its own (menu-acts.ts).
import type { z } from 'zod';
import {
  aibotOfCard,
  aibotOfChat,
  enterChat,
  file,
  mentioned,
  type Saying,
  talkTo,
  tapCard,
  words,
} from './aibot/acts.ts';
import type { ActView, Aibot, App, Person } from './api.ts';
import { tapped } from './card-tap.ts';
import type { Content, Message } from './chats.ts';
import { type Act, type Denied, denied, perform } from './exchange-with-bot.ts';
import { sameUser } from './groups.ts';
import * as inbound from './inbound.ts';
import type {
  enterSchema,
  linkSchema,
  placeSchema,
  saySchema,
  sendMediaSchema,
  tapSchema,
} from './inputs.ts';
import type { MediaItem } from './media.ts';
import type { World } from './world.ts';

export type Done = Promise<ActView | Denied> | ActView | Denied;
/** Whether to answer when the exchange with the bot is over, or at once. */
export type Wait = boolean;

// One white pixel: what a video shows before it plays, and a photo that a test did not care to bring.
export const PIXEL_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
);

/** The app behind `app:<agentid>`, or the first one when no chat is named. */
export function appOfChat(world: World, chatId: string | undefined): App | Denied {
  const agentId = chatId === undefined ? undefined : Number(/^app:(\d+)$/.exec(chatId)?.[1]);
  const app = agentId === undefined ? world.directory.apps()[0] : world.directory.app(agentId);
  return app ?? denied(404, `there is no app for the chat ${chatId}`);
}

/** A message in a group reaches its members, and of bots only a smart robot that it mentions (90244, 100719). */
function inGroup(world: World, person: Person, chatId: string, content: Content, wait: Wait): Done {
  const group = world.groups.get(chatId.slice('group:'.length));
  const isMember = group?.members.some((member) => member.toLowerCase() === person.userId.toLowerCase());
  if (group === undefined || !isMember) return denied(404, `${person.userId} is in no group ${chatId}`);
  if (group.dissolved) return denied(409, `${chatId} was dissolved`);
  const aibot = content.text === undefined ? undefined : mentioned(world, group, content.text);
  let mine: Message | null = null;
  for (const member of group.members) {
    const own = member.toLowerCase() === person.userId.toLowerCase();
    const state = own && aibot ? 'sending' : 'delivered';
    const added = world.chats.add(member, chatId, { from: own ? 'me' : person.userId, content, state });
    if (own) mine = added;
  }
  if (aibot && mine) return toAibot(world, aibot, person, chatId, words(content.text ?? ''), mine, wait);
  const note = 'messages in groups are called back only when they mention a smart robot';
  return { seq: mine?.seq ?? null, exchangeId: null, outcome: 'not-called', attempts: 0, note };
}

/** The owner of a group dissolves it, as the client lets her; an app cannot (90245). */
export function dissolve(world: World, person: Person, { chatId }: { chatId: string }): Done {
  const group = world.groups.get(chatId.slice('group:'.length));
  if (group === undefined) return denied(404, `there is no group ${chatId}`);
  if (!sameUser(group.owner, person.userId)) return denied(403, `${person.userId} does not own ${chatId}`);
  if (group.dissolved) return denied(409, `${chatId} was dissolved before`);
  world.groups.put({ ...group, dissolved: true });
  const content: Content = { msgType: 'event', text: `${person.name} 解散了群聊` };
  for (const member of group.members) world.chats.add(member, chatId, { from: person.userId, content });
  world.stream.publish({ type: 'people' });
  return { seq: null, exchangeId: null, outcome: 'not-called', attempts: 0, note: 'no bot is told of it' };
}

function toAibot(
  world: World,
  aibot: Aibot,
  person: Person,
  chatId: string,
  saying: Saying,
  mine: Message,
  wait: Wait,
): Done {
  const running = talkTo(world, aibot, person, chatId, saying, mine);
  if (wait) return running;
  running.catch((err: unknown) => world.log.warn({ err }, 'a talk with a smart robot broke off'));
  return { seq: mine.seq, exchangeId: null, outcome: 'pending', attempts: 0 };
}

function alone(world: World, person: Person, chatId: string, content: Content, wait: Wait): Done {
  const aibot = aibotOfChat(world, chatId);
  if ('error' in aibot) return aibot;
  const saying = sayingOf(world, aibot, content);
  if (saying === null)
    return denied(400, 'the simulator passes text, pictures, files and videos on to a smart robot');
  const mine = world.chats.add(person.userId, chatId, { from: 'me', content, state: 'sending' });
  return toAibot(world, aibot, person, chatId, saying, mine, wait);
}

function sayingOf(world: World, aibot: Aibot, { msgType, text, mediaId }: Content): Saying | null {
  if (text !== undefined) return words(text);
  if (mediaId === undefined) return null;
  return msgType === 'image' || msgType === 'file' || msgType === 'video'
    ? file(world, aibot, msgType, mediaId)
    : null;
}

function message(
  world: World,
  person: Person,
  chatId: string | undefined,
  content: Content,
  xml: Act['xml'],
  wait: Wait,
): Done {
  if (chatId?.startsWith('group:')) return inGroup(world, person, chatId, content, wait);
  if (chatId?.startsWith('aibot:')) return alone(world, person, chatId, content, wait);
  const app = appOfChat(world, chatId);
  return 'error' in app ? app : perform(world, { app, person, content, xml }, wait);
}

/** She writes words: to the app, in a group, or to a smart robot alone. */
export function say(world: World, person: Person, input: z.infer<typeof saySchema>, wait: Wait): Done {
  const { text, chatId } = input;
  const xml: Act['xml'] = (sender) => inbound.textXml(sender, text);
  return message(world, person, chatId, { msgType: 'text', text }, xml, wait);
}

const mediaXml = (world: World, item: MediaItem): Act['xml'] => {
  if (item.kind === 'voice') return (sender) => inbound.voiceXml(sender, item.id);
  if (item.kind === 'file') return (sender) => inbound.fileXml(sender, item.id, item.fileName);
  if (item.kind === 'image')
    return (sender) => inbound.imageXml(sender, `${world.url}/simulator/media/${item.id}`, item.id);
  const thumb = world.media.put({ bytes: PIXEL_PNG, fileName: 'thumb.png', kind: 'image' });
  return (sender) => inbound.videoXml(sender, item.id, thumb.id);
};

/** She sends a picture, voice, video or file. */
export function sendMedia(
  world: World,
  person: Person,
  input: Omit<z.infer<typeof sendMediaSchema>, 'base64'> & { bytes: Buffer },
  wait: Wait,
): Done {
  const { bytes, fileName, kind, chatId } = input;
  const item = world.media.put({ bytes, fileName, kind });
  return message(world, person, chatId, { msgType: kind, mediaId: item.id }, mediaXml(world, item), wait);
}

/** She sends a place. */
export function sendPlace(
  world: World,
  person: Person,
  input: z.infer<typeof placeSchema>,
  wait: Wait,
): Done {
  const { latitude, longitude, label } = input;
  const content = { msgType: 'location', place: { latitude, longitude, label } };
  return message(world, person, input.chatId, content, (sender) => inbound.locationXml(sender, input), wait);
}

/** She sends a link. */
export function sendLink(world: World, person: Person, input: z.infer<typeof linkSchema>, wait: Wait): Done {
  const { chatId, ...link } = input;
  return message(
    world,
    person,
    chatId,
    { msgType: 'link', link },
    (sender) => inbound.linkXml(sender, link),
    wait,
  );
}

/** She opens a chat; the app hears of it if it asks to, with her position when she gives it. */
export function enter(world: World, person: Person, input: z.infer<typeof enterSchema>, wait: Wait): Done {
  if (input.chatId?.startsWith('aibot:')) {
    const aibot = aibotOfChat(world, input.chatId);
    return 'error' in aibot ? aibot : enterChat(world, aibot, person);
  }
  const app = appOfChat(world, input.chatId);
  if ('error' in app) return app;
  world.chats.markRead(person.userId, `app:${app.agentId}`);
  const entering: Act = { app, person, event: 'enter_agent', xml: inbound.enterXml };
  const { place } = input;
  if (place !== undefined) {
    const xml: Act['xml'] = (sender) => inbound.positionXml(sender, place);
    const told = perform(world, { app, person, event: 'LOCATION', xml }, wait);
    if (!app.reportEnter || 'error' in told) return told;
    return Promise.all([perform(world, entering, wait), told]).then(([entered]) => entered);
  }
  if (!app.reportEnter) {
    const note = 'the app does not ask to be told of entering';
    return { seq: null, exchangeId: null, outcome: 'not-called', attempts: 0, note };
  }
  return perform(world, entering, wait);
}

/** She taps a button of a card. */
export function tap(world: World, person: Person, input: z.infer<typeof tapSchema>, wait: Wait): Done {
  const { chatId } = input;
  const aibot = chatId === undefined ? undefined : aibotOfCard(world, person, chatId, input.taskId);
  if (aibot && chatId !== undefined) return tapCard(world, aibot, person, chatId, input);
  const app = appOfChat(world, input.chatId);
  if ('error' in app) return app;
  const made = tapped(world, app, person, input);
  return 'person' in made ? perform(world, made, wait) : made;
}
