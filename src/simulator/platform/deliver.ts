// Puts a message of an app into the chats of those it may reach, within the limits that the platform keeps silent about.
import type { App, CardBody, Person } from '../api.ts';
import { type Content, newCard } from '../chats.ts';
import type { SentMessage } from '../sent.ts';
import type { World } from '../world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Over the limit per member the message is dropped without a word to the sender (90236). */
function mayReceive(world: World, app: App, person: Person): boolean {
  const key = `member:${app.agentId}:${person.userId.toLowerCase()}`;
  return (
    world.windows.take(`${key}:minute`, world.limits.memberPerMinute, MINUTE_MS) &&
    world.windows.take(`${key}:hour`, world.limits.memberPerHour, HOUR_MS)
  );
}

/** `dropped`: who has had all that a minute or an hour lets one member have; the caller is told nothing of it, as on the platform. */
export function deliver(
  world: World,
  app: App,
  people: Person[],
  message: { content: Content; card?: CardBody; exchangeId: number },
): { sent: SentMessage; dropped: string[] } {
  const chatId = `app:${app.agentId}`;
  const { content, card, exchangeId } = message;
  const reached: Person[] = [];
  const dropped: string[] = [];
  for (const person of people) {
    if (mayReceive(world, app, person)) reached.push(person);
    else dropped.push(person.userId);
  }
  const sent = world.sent.add({
    agentId: app.agentId,
    at: world.clock.now().getTime(),
    chatId,
    receivers: [],
    cardType: card?.card_type ?? null,
  });
  for (const { userId } of reached) {
    const { seq } = world.chats.add(userId, chatId, {
      from: 'app',
      content,
      ...(card === undefined ? {} : { card: newCard(card) }),
      msgid: sent.msgid,
      exchangeId,
    });
    sent.receivers.push({ userId, seq });
  }
  return { sent, dropped };
}
