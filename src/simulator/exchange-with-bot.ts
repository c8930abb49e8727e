// One act of a person towards an app, from her chat to the bot and back: her message, the callback, the passive reply.
import type { ActView, App, Person } from './api.ts';
import type { Delivery } from './callbacks.ts';
import type { Content, Message } from './chats.ts';
import type { Sender } from './inbound.ts';
import { type Passive, readReply } from './passive.ts';
import { greyButtons, replaceCard } from './platform/card-update.ts';
import type { World } from './world.ts';

/** A refusal of the driving API: an HTTP status and one sentence. */
export type Denied = { status: number; error: string };
/** A wish of the page or of a test that cannot be done, with its HTTP status. */
export const denied = (status: number, error: string): Denied => ({ status, error });

export interface Act {
  app: App;
  person: Person;
  /** Makes the inner XML. */
  xml(sender: Sender): string;
  /** What stands in her own chat; absent for events. */
  content?: Content;
  /** Name of the event; absent for messages. */
  event?: string;
  /** The message whose card she tapped. */
  card?: Message;
}

/** Events that may be answered passively (90241); taps on cards are a case of their own. */
const REPLY_EVENTS = new Set([
  'subscribe',
  'enter_agent',
  'LOCATION',
  'click',
  'view',
  'view_miniprogram',
  'scancode_waitmsg',
  'template_card_menu_event',
]);

/** Does what a person did: calls the bot back and shows what it answers. With `wait` it resolves when the bot has answered, else at once. */
export function perform(world: World, act: Act, wait: boolean): Promise<ActView> | ActView | Denied {
  const { app, person } = act;
  if (!world.directory.sees(app, person))
    return denied(
      409,
      `${person.userId} does not see the app ${app.name}: disabled, gone or out of its range`,
    );
  const chatId = `app:${app.agentId}`;
  const mine =
    act.content === undefined
      ? null
      : world.chats.add(person.userId, chatId, { from: 'me', content: act.content, state: 'sending' });
  const running = call(world, act, chatId, mine);
  if (wait) return running;
  running.catch((err: unknown) => world.log.warn({ err }, 'a callback broke off'));
  return { seq: mine?.seq ?? null, exchangeId: null, outcome: 'pending', attempts: 0 };
}

async function call(world: World, act: Act, chatId: string, mine: Message | null): Promise<ActView> {
  const { app, person } = act;
  const { corpId } = world.directory.corp();
  const at = world.clock.now().getTime();
  const xml = act.xml({ corpId, userId: person.userId, agentId: app.agentId, at });
  const delivery = await world.callbacks.send(app, corpId, person.userId, xml);
  const exchangeId = delivery.exchange?.id ?? null;
  const arrived = delivery.outcome === 'not-called' || delivery.exchange?.status === 200;
  if (mine !== null) {
    const state = arrived ? 'delivered' : 'failed';
    world.chats.change(person.userId, chatId, mine, { state, exchangeId: exchangeId ?? undefined });
  }
  const shown = delivery.reply === null ? null : show(world, act, chatId, delivery);
  if (shown?.note && delivery.exchange !== null)
    world.exchanges.close(delivery.exchange, { note: shown.note });
  return {
    seq: mine?.seq ?? null,
    exchangeId,
    outcome: shown?.ignored === true ? 'failed' : delivery.outcome,
    attempts: delivery.attempts,
    ...(shown?.message ? { reply: world.chats.view(person.userId, chatId, shown.message) } : {}),
    note: [delivery.note, shown?.note].filter((part) => part).join('; '),
  };
}

interface Shown {
  message?: Message;
  note: string;
  ignored?: boolean;
}

/** Lets the passive reply take effect, as far as the platform does. */
function show(world: World, act: Act, chatId: string, delivery: Delivery): Shown {
  const { person, event } = act;
  const reply = readReply(delivery.reply ?? '', world.directory.corp().corpId, person.userId);
  if (reply.kind === 'ignored') return { note: reply.note, ignored: true };
  if (reply.kind !== 'message') return update(world, act, reply);

  // The pages promise a reply to card events in one place and leave it out in another; in effect it is not shown (90240, 90241).
  if (event !== undefined && !REPLY_EVENTS.has(event))
    return { note: `reply ignored: ${event} takes no message as reply`, ignored: true };
  const { mediaId } = reply.content;
  if (mediaId !== undefined && world.media.alive(mediaId)?.kind !== reply.content.msgType)
    return { note: 'reply ignored: media_id unknown, expired or of another kind', ignored: true };
  const message = world.chats.add(person.userId, chatId, {
    from: 'app',
    content: reply.content,
    exchangeId: delivery.exchange?.id,
  });
  return { message, note: reply.note };
}

function update(world: World, act: Act, reply: Exclude<Passive, { kind: 'message' | 'ignored' }>): Shown {
  const { card, person } = act;
  const sent = card?.msgid === undefined ? undefined : world.sent.get(card.msgid);
  if (card === undefined || sent === undefined)
    return { note: 'reply ignored: there is no card to update', ignored: true };
  if (world.cardReplies === 'ignore')
    return { note: 'reply ignored: passive card updates are switched off', ignored: true };
  const receiver = { userId: person.userId, seq: card.seq };
  if (reply.kind === 'update-card') {
    replaceCard(world, sent, receiver, reply.body);
  } else {
    if (!card.card?.body.card_type.endsWith('_interaction'))
      return { note: 'reply ignored: update_button is for cards with buttons only', ignored: true };
    greyButtons(world, sent, receiver, reply.replaceName);
  }
  return {
    note: [reply.note, 'passive card update: best effort on the platform'].filter(Boolean).join('; '),
  };
}
