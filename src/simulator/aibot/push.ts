// What a smart robot sends over its long connection without being asked (PROTOCOL §16), and the limits that hold for its answers too.
import type { Aibot } from '../api.ts';
import type { Json } from '../fields.ts';
import type { World } from '../world.ts';
import { type Answer, readAnswer } from './answers.ts';
import { contentOf, readersOf } from './show.ts';
import { ownerOf } from './uploads.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const PER_MINUTE = 30;
const PER_HOUR = 1_000;

export type Fault = { errcode: number; errmsg: string };
export const fault = (errcode: number, errmsg: string): Fault => ({ errcode, errmsg });

/** 30 a minute and 1,000 an hour per conversation, replies and pushes together. */
export function isOften(world: World, aibot: Aibot, chatId: string): boolean {
  const key = `aibot:${aibot.aibotId}:${chatId}`;
  return !(
    world.windows.take(`${key}:m`, PER_MINUTE, MINUTE_MS) && world.windows.take(`${key}:h`, PER_HOUR, HOUR_MS)
  );
}

/** A file that this robot did not put up as one of that kind, or whose three days are over. */
export function isDead(world: World, aibot: Aibot, answer: Answer): boolean {
  if (answer.kind !== 'media') return false;
  const item = world.media.alive(answer.mediaId);
  return item?.robot !== ownerOf(aibot) || item.kind !== answer.media;
}

/** A message of its own, to a chat in which somebody wrote to it before. */
export function push(world: World, aibot: Aibot, body: Json): Fault | null {
  const chat = String(body.chatid ?? '');
  const chatId = world.groups.get(chat) ? `group:${chat}` : `aibot:${aibot.aibotId}`;
  const userId = chatId.startsWith('group:') ? '' : chat;
  if (!world.aibots.interactions.met(aibot.aibotId, chatId, userId))
    return fault(846607, 'no message of a user in this chat before');
  if (isOften(world, aibot, `${chatId} ${userId}`)) return fault(846607, 'send limit exceeded');
  const answer = readAnswer(body, 'push');
  if (answer.kind === 'stream' || answer.kind === 'update' || answer.kind === 'ignored')
    return fault(40058, answer.note);
  if (isDead(world, aibot, answer)) return fault(40007, 'invalid media_id');
  for (const reader of readersOf(world, chatId, userId))
    world.chats.add(reader, chatId, {
      from: `robot:${aibot.name}`,
      content: contentOf(answer) ?? { msgType: 'template_card' },
    });
  return null;
}
