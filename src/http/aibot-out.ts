// What the bot says by way of the smart robot: one answer where it was asked, and all that is private through the app.
import type { Reply } from '../chat/reply.ts';
import type { Voice } from '../chat/scripts/scripts.ts';
import type { NewOutboxRow } from '../delivery/outbox.ts';
import { type AibotInbound, takesAnswer } from '../wecom/aibot.ts';
import { streamReply, welcomeReply } from '../wecom/aibot-replies.ts';
import { repliesOut } from './outgoing.ts';

/**
 * The reply's JSON, and rows for the rest. Null: the platform shows no answer to this. An answer is whole whether anybody
 * still waits for it or not: a client that was told to wait asks for it again (aibot.ts).
 */
export function aibotOut(
  replies: readonly Reply[],
  inbound: AibotInbound,
  to: { officeId: string; userId: string; inboxId: string; now: Date; voice: Voice },
): { reply: string | null; rows: NewOutboxRow[] } {
  const isGroup = inbound.chat.type === 'group';
  const apart = (reply: Reply) => isGroup || reply.kind === 'greyed';
  const { rows } = repliesOut(takesAnswer(inbound) ? replies.filter(apart) : replies, {
    ...to,
    passive: false,
  });
  if (!takesAnswer(inbound)) return { reply: null, rows };
  const words = isGroup
    ? replies.flatMap((reply) => (reply.kind === 'group' ? reply.text : []))
    : replies.flatMap((reply) => wordsOf(reply, to.voice));
  const content = words.filter(Boolean).join('\n');
  if (inbound.kind === 'aibot.enter') return { reply: content === '' ? null : welcomeReply(content), rows };
  return {
    reply: streamReply(inbound.msgId || to.inboxId, content || to.voice.text('common.noted'), true),
    rows,
  };
}

/** A card as words: what its buttons say may be typed as well (VOICE, rule 6), and a card of this chat could not be changed later. */
function wordsOf(reply: Reply, voice: Voice): string[] {
  if (reply.kind === 'text') return [reply.text];
  if (reply.kind !== 'card') return [];
  const { title, desc, body, buttons } = reply;
  const choices = buttons.map(({ text }) => text);
  return [
    `**${title}**`,
    ...(desc ? [desc] : []),
    ...(body ? [body] : []),
    ...(choices.length > 0 ? [voice.text('common.card.choices', { choices })] : []),
  ];
}
