// What people do with a smart robot: mention it in a group, write to it alone, enter its chat, tap its card; and how its answer comes.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActView, Aibot, Person } from '../api.ts';
import type { Message } from '../chats.ts';
import { type Denied, denied } from '../exchange-with-bot.ts';
import type { Json } from '../fields.ts';
import type { Group } from '../groups.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, parseAnswer } from './answers.ts';
import { type Asker, eventBody, fileBody, newId, streamBody, tapEvent, textBody } from './bodies.ts';
import { type AibotDelivery, tell } from './callback.ts';
import type { Interaction } from './interactions.ts';
import { replace, type Shown, show } from './show.ts';

/** The robot of the group that these words mention by its name. */
export function mentioned(world: World, group: Group, text: string): Aibot | undefined {
  const there = (group.aibots ?? []).flatMap((id) => world.directory.aibot(id) ?? []);
  // The longer name first: one robot's may begin with another's.
  return there
    .toSorted((a, b) => b.name.length - a.name.length)
    .find(({ name }) => text.includes(`@${name}`));
}

/** The robot behind `aibot:<id>`; denied when the corp has none of it. */
export function aibotOfChat(world: World, chatId: string): Aibot | Denied {
  const aibot = world.directory.aibot(chatId.replace(/^aibot:/, ''));
  return aibot ?? denied(404, `there is no smart robot for the chat ${chatId}`);
}

/** The smart robot whose card this is, alone or in a group. */
export function aibotOfCard(world: World, person: Person, chatId: string, taskId: string): Aibot | undefined {
  if (chatId.startsWith('aibot:')) return world.directory.aibot(chatId.slice('aibot:'.length));
  const message = world.chats
    .chat(person.userId, chatId)
    ?.messages.findLast((known) => known.card?.taskId === taskId);
  return world.directory.corp().aibots.find(({ name }) => message?.from === `robot:${name}`);
}

const responseUrl = (world: World, code: string) =>
  `${world.url}/cgi-bin/aibot/response?response_code=${code}`;

/** What she says: the body of the callback, once it is known who asks under which id. */
export type Saying = (asker: Asker, msgid: string) => Json;

export const words =
  (text: string): Saying =>
  (asker, msgid) =>
    textBody(asker, msgid, text);

/** A picture, file or video, for the robot alone to fetch. */
export const file =
  (world: World, aibot: Aibot, kind: 'image' | 'file' | 'video', mediaId: string): Saying =>
  (asker, msgid) =>
    fileBody(
      asker,
      msgid,
      kind,
      world.aibotFiles.offer(aibot, mediaId, world.sockets.isConnected(aibot.aibotId)),
    );

/** Her message to the robot. `mine` is how it stands in her chat, and shows what became of it. */
export async function talkTo(
  world: World,
  aibot: Aibot,
  person: Person,
  chatId: string,
  saying: Saying,
  mine: Message,
): Promise<ActView> {
  const { userId } = person;
  const msgid = newId();
  const interaction = world.aibots.interactions.begin({ msgid, aibotId: aibot.aibotId, userId, chatId });
  const settle = (state: Message['state'], exchangeId?: number) =>
    world.chats.change(userId, chatId, mine, { state, exchangeId });
  if (interaction === null) {
    settle('failed');
    const note = 'three questions of this person are still open: the platform passes no fourth on';
    return { seq: mine.seq, exchangeId: null, outcome: 'not-called', attempts: 0, note };
  }
  const asker = { aibotId: aibot.aibotId, userId, chatId, responseUrl: responseUrl(world, interaction.code) };
  const body = saying(asker, msgid);
  const byLine = await world.sockets.tell(aibot, 'aibot_msg_callback', body, {
    interaction,
    asked: 'message',
  });
  if (byLine) {
    settle('delivered', byLine.exchange?.id);
    return viewOf(world, mine.seq, byLine, byLine.shown, interaction);
  }
  const delivery = await tell(world, aibot, userId, body);
  const arrived = delivery.outcome === 'not-called' || delivery.exchange?.status === 200;
  settle(arrived ? 'delivered' : 'failed', delivery.exchange?.id);
  const shown = answered(world, aibot, interaction, delivery, 'message');
  if (shown.ignored || delivery.reply === null) interaction.over = true;
  if (!interaction.over) void keepAsking(world, aibot, interaction);
  return viewOf(world, mine.seq, delivery, shown, interaction);
}

/** Takes a reply as far as the platform does. */
function answered(
  world: World,
  aibot: Aibot,
  interaction: Interaction,
  { reply, exchange }: AibotDelivery,
  asked: Asked,
): Shown {
  if (reply === null) return { note: '', ignored: false };
  const answer = parseAnswer(reply, asked);
  const shown = effect(world, aibot, interaction, answer, exchange?.id);
  if (shown.note && exchange) world.exchanges.close(exchange, { note: shown.note });
  return shown;
}

function effect(
  world: World,
  aibot: Aibot,
  interaction: Interaction,
  answer: Answer,
  exchangeId?: number,
): Shown {
  if (answer.kind === 'ignored') return { note: answer.note, ignored: true };
  if (answer.kind === 'update') return { note: 'reply ignored: there is no card to update', ignored: true };
  return show(world, aibot, interaction, answer, exchangeId);
}

/** The client asks for more until the stream is finished, for six minutes at most (100719). */
async function keepAsking(world: World, aibot: Aibot, interaction: Interaction): Promise<void> {
  const { userId, chatId, aibotId } = interaction;
  while (!interaction.over && !world.aibots.isClosed()) {
    await sleep(world.aibots.pollMs, undefined, { ref: false });
    if (world.aibots.interactions.isLate(interaction)) interaction.over = true;
    if (interaction.over || world.aibots.isClosed()) return;
    const body = streamBody({ aibotId, userId, chatId, responseUrl: '' }, interaction.streamId ?? '');
    const delivery = await tell(world, aibot, userId, body, { once: true });
    answered(world, aibot, interaction, delivery, 'stream');
  }
}

function viewOf(
  world: World,
  seq: number | null,
  delivery: AibotDelivery,
  shown: Shown,
  interaction?: Interaction,
): ActView {
  const first = interaction?.shown.find(
    ({ userId }) => userId.toLowerCase() === interaction.userId.toLowerCase(),
  );
  const message = first && interaction && world.chats.find(first.userId, interaction.chatId, first.seq);
  return {
    seq,
    exchangeId: delivery.exchange?.id ?? null,
    outcome: shown.ignored ? 'failed' : delivery.outcome,
    attempts: delivery.attempts,
    ...(message && interaction
      ? { reply: world.chats.view(interaction.userId, interaction.chatId, message) }
      : {}),
    note: [delivery.note, shown.note].filter(Boolean).join('; '),
  };
}

/** First look of the day into the chat with the robot; it may greet. */
export async function enterChat(world: World, aibot: Aibot, person: Person): Promise<ActView> {
  const { userId } = person;
  const chatId = `aibot:${aibot.aibotId}`;
  world.chats.markRead(userId, chatId);
  const nothing = { seq: null, exchangeId: null, outcome: 'not-called' as const, attempts: 0 };
  if (!world.aibots.firstToday(aibot.aibotId, userId))
    return { ...nothing, note: 'enter_chat is told on the first entry of a day only' };
  const msgid = newId();
  const interaction = world.aibots.interactions.begin({ msgid, aibotId: aibot.aibotId, userId, chatId });
  if (interaction === null) return { ...nothing, note: 'three questions of this person are still open' };
  const at = world.clock.now().getTime();
  const asker = { aibotId: aibot.aibotId, userId, chatId, responseUrl: '' };
  const body = eventBody(asker, msgid, at, 'enter_chat');
  const byLine = await world.sockets.tell(aibot, 'aibot_event_callback', body, {
    interaction,
    asked: 'enter',
  });
  const delivery = byLine ?? (await tell(world, aibot, userId, body, { once: true }));
  const shown = byLine?.shown ?? answered(world, aibot, interaction, delivery, 'enter');
  interaction.over = true;
  return viewOf(world, null, delivery, shown, interaction);
}

/** A tap on the robot's card: told once, five seconds, no retry (101027). */
export async function tapCard(
  world: World,
  aibot: Aibot,
  person: Person,
  chatId: string,
  tap: { taskId: string; key: string; selected?: Record<string, string[]> },
): Promise<ActView | Denied> {
  const { userId } = person;
  const message = world.chats
    .chat(userId, chatId)
    ?.messages.findLast((known) => known.card?.taskId === tap.taskId && !known.recalled);
  if (!message?.card) return denied(404, `${userId} has no card with the task id ${tap.taskId}`);
  const { body, disabled } = message.card;
  const keys = [
    ...(body.button_list ?? []),
    ...(body.action_menu?.action_list ?? []),
    ...(body.submit_button ? [body.submit_button] : []),
  ];
  if (!keys.some(({ key }) => key === tap.key)) return denied(404, `the card has no button ${tap.key}`);
  if (disabled) return denied(409, 'the card can no longer be tapped');
  const selected = tap.selected ?? {};
  const at = world.clock.now();
  world.chats.change(userId, chatId, message, {
    card: { ...message.card, tapped: { key: tap.key, at: at.toISOString(), selected } },
  });
  const msgid = newId();
  const event = tapEvent({ key: tap.key, taskId: tap.taskId, cardType: body.card_type, selected });
  const asker = { aibotId: aibot.aibotId, userId, chatId, responseUrl: '' };
  const json = eventBody(asker, msgid, at.getTime(), 'template_card_event', event);
  const interaction = world.aibots.interactions.begin({ msgid, aibotId: aibot.aibotId, userId, chatId });
  if (interaction === null) return denied(409, 'three questions of this person are still open');
  const of = { interaction, asked: 'tap' as const, taskId: tap.taskId };
  const byLine = await world.sockets.tell(aibot, 'aibot_event_callback', json, of);
  interaction.over = true;
  if (byLine) return viewOf(world, message.seq, byLine, byLine.shown);
  const delivery = await tell(world, aibot, userId, json, { once: true });
  const answer = delivery.reply === null ? null : parseAnswer(delivery.reply, 'tap');
  const shown =
    answer === null
      ? { note: '', ignored: false }
      : answer.kind === 'update'
        ? replace(world, { chatId, userId, taskId: tap.taskId }, answer)
        : { note: answer.kind === 'ignored' ? answer.note : 'reply ignored', ignored: true };
  if (shown.note && delivery.exchange) world.exchanges.close(delivery.exchange, { note: shown.note });
  return viewOf(world, message.seq, delivery, shown);
}
