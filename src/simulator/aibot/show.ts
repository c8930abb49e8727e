// Puts a smart robot's answer where it was asked: into each member's chat, a stream growing in place, a card for those who may tap it.
import type { Aibot } from '../api.ts';
import { type Content, newCard } from '../chats.ts';
import type { World } from '../world.ts';
import type { Answer } from './answers.ts';
import type { Interaction } from './interactions.ts';

/** Whose chats a message of the robot appears in. */
export function readersOf(world: World, chatId: string, userId: string): string[] {
  return world.groups.get(chatId.slice('group:'.length))?.members ?? [userId];
}

export interface Shown {
  note: string;
  ignored: boolean;
}

/** What an answer does to an interaction; ends it unless it is a stream that goes on. */
export function show(
  world: World,
  aibot: Aibot,
  interaction: Interaction,
  answer: Exclude<Answer, { kind: 'update' | 'ignored' }>,
  exchangeId?: number,
): Shown {
  const fault = faultOf(world, interaction, answer);
  if (fault) return { note: `reply ignored: ${fault}`, ignored: true };
  const card = answer.kind === 'card' ? answer.body : answer.kind === 'stream' ? answer.card : null;
  if (answer.kind === 'stream') {
    interaction.streamId = answer.id;
    interaction.over = answer.finish;
    stream(world, aibot, interaction, answer.content, exchangeId);
  } else {
    interaction.over = true;
    const content = contentOf(answer);
    if (content) say(world, aibot, interaction, content, exchangeId);
  }
  if (card) {
    interaction.carded = true;
    for (const reader of readersOf(world, interaction.chatId, interaction.userId))
      world.chats.add(reader, interaction.chatId, {
        ...{ from: `robot:${aibot.name}`, content: { msgType: 'template_card' }, card: newCard(card) },
        ...(exchangeId === undefined ? {} : { exchangeId }),
      });
  }
  return { note: answer.note, ignored: false };
}

function faultOf(
  world: World,
  interaction: Interaction,
  answer: Exclude<Answer, { kind: 'update' | 'ignored' }>,
): string | null {
  if (answer.kind !== 'stream')
    return interaction.streamId === null ? null : 'the message is answered by a stream already';
  if (interaction.over) return 'the stream has ended';
  if (world.aibots.interactions.isLate(interaction)) return 'a stream may be edited for 6 minutes only';
  if (interaction.streamId !== null && interaction.streamId !== answer.id)
    return 'another stream.id than before';
  return answer.card && interaction.carded ? 'a second card to one message' : null;
}

/** What it says, or undefined for a card. */
export function contentOf(
  answer: Exclude<Answer, { kind: 'update' | 'ignored' | 'stream' }>,
): Content | undefined {
  if (answer.kind === 'words') return { msgType: answer.msgType, text: answer.text };
  return answer.kind === 'media' ? { msgType: answer.media, mediaId: answer.mediaId } : undefined;
}

function say(
  world: World,
  aibot: Aibot,
  interaction: Interaction,
  content: Content,
  exchangeId?: number,
): void {
  const { chatId } = interaction;
  for (const userId of readersOf(world, chatId, interaction.userId)) {
    const { seq } = world.chats.add(userId, chatId, {
      ...{ from: `robot:${aibot.name}`, content },
      ...(exchangeId === undefined ? {} : { exchangeId }),
    });
    interaction.shown.push({ userId, seq });
  }
}

/** Each part replaces what was shown; a stream that says nothing yet shows nothing yet. */
function stream(
  world: World,
  aibot: Aibot,
  interaction: Interaction,
  text: string,
  exchangeId?: number,
): void {
  if (interaction.shown.length === 0) {
    if (text !== '') say(world, aibot, interaction, { msgType: 'markdown_v2', text }, exchangeId);
    return;
  }
  for (const { userId, seq } of interaction.shown) {
    const message = world.chats.find(userId, interaction.chatId, seq);
    if (message && message.content.text !== text)
      world.chats.change(userId, interaction.chatId, message, { content: { ...message.content, text } });
  }
}

/** Another card in the place of the one that was tapped, for those named (101032); absent: for all who have it. */
export function replace(
  world: World,
  at: { chatId: string; userId: string; taskId: string },
  answer: Extract<Answer, { kind: 'update' }>,
): Shown {
  const { body, userIds, note } = answer;
  if (body.task_id !== at.taskId)
    return { note: 'reply ignored: task_id is not that of the card', ignored: true };
  if (userIds && !at.chatId.startsWith('group:'))
    return { note: 'reply ignored: userids are for groups only', ignored: true };
  const named = new Set(userIds?.map((one) => one.toLowerCase()));
  for (const reader of readersOf(world, at.chatId, at.userId)) {
    if (userIds && !named.has(reader.toLowerCase())) continue;
    const message = world.chats
      .chat(reader, at.chatId)
      ?.messages.findLast((known) => known.card?.taskId === at.taskId);
    if (!message?.card) continue;
    const card = {
      ...newCard(body),
      tapped: message.card.tapped,
      updatedAt: world.clock.now().toISOString(),
    };
    world.chats.change(reader, at.chatId, message, { card });
  }
  return { note, ignored: false };
}
