// A tap on a template card: which button it was, what was selected, and a response code of its own (90240).
import type { z } from 'zod';
import type { ActView, App, CardBody, Person } from './api.ts';
import type { Message } from './chats.ts';
import { type Act, type Denied, denied } from './exchange-with-bot.ts';
import { cardTapXml } from './inbound.ts';
import type { tapSchema } from './inputs.ts';
import type { World } from './world.ts';

type Tap = z.infer<typeof tapSchema>;
type Selected = Record<string, string[]>;

/** The act of tapping; what the page would not let her do is denied with a sentence, and a link in the card is no act at all. */
export function tapped(world: World, app: App, person: Person, input: Tap): Act | ActView | Denied {
  const chatId = `app:${app.agentId}`;
  const message = world.chats
    .chat(person.userId, chatId)
    ?.messages.findLast((known) => known.card?.taskId === input.taskId && !known.recalled);
  const card = message?.card;
  if (message === undefined || card === undefined)
    return denied(404, `${person.userId} has no card with the task id ${input.taskId}`);

  const inMenu = card.body.action_menu?.action_list.some(({ key }) => key === input.key) === true;
  const button = card.body.button_list?.find(({ key }) => key === input.key);
  const isSubmit = card.body.submit_button?.key === input.key;
  if (!inMenu && button === undefined && !isSubmit) return denied(404, `the card has no button ${input.key}`);
  if (card.disabled && !inMenu) return denied(409, 'the card can no longer be tapped');
  if (button?.type === 1) {
    const note = `opens ${button.url ?? ''}: links are not called back`;
    return { seq: message.seq, exchangeId: null, outcome: 'not-called', attempts: 0, note };
  }
  const selected = inMenu ? null : selectedOn(card.body, input.selected ?? {});
  if (typeof selected === 'string') return denied(400, selected);

  note(world, person, chatId, message, input.key, selected ?? {});
  const event = inMenu ? 'template_card_menu_event' : 'template_card_event';
  const responseCode = world.sent.newCode({ msgid: message.msgid ?? '', agentId: app.agentId });
  const cardType = card.body.card_type;
  const tap = { key: input.key, taskId: input.taskId, cardType, responseCode, selected };
  return { app, person, event, card: message, xml: (sender) => cardTapXml(sender, event, tap) };
}

function note(
  world: World,
  person: Person,
  chatId: string,
  message: Message,
  key: string,
  selected: Selected,
): void {
  if (message.card === undefined) return;
  const at = world.clock.now().toISOString();
  world.chats.change(person.userId, chatId, message, {
    card: { ...message.card, tapped: { key, at, selected } },
  });
}

/** What is selected on the card, with the client's defaults; null when nothing can be, a sentence when she cannot choose that. */
function selectedOn(body: CardBody, chosen: Selected): Selected | string | null {
  const questions = [
    ...(body.button_selection ? [{ ...body.button_selection, many: false, free: false }] : []),
    ...(body.select_list ?? []).map((list) => ({ ...list, many: false, free: false })),
    ...(body.checkbox ? [{ ...body.checkbox, many: body.checkbox.mode === 1, free: true }] : []),
  ];
  if (questions.length === 0) return null;
  const selected: Selected = {};
  for (const question of questions) {
    const ids = question.option_list.map(({ id }) => id);
    const preset =
      'selected_id' in question && typeof question.selected_id === 'string' ? question.selected_id : ids[0];
    const checked = question.option_list.filter((option) => option.is_checked).map(({ id }) => id);
    const defaults = question.free ? checked : [preset ?? ''];
    const answer = chosen[question.question_key] ?? defaults;
    if (answer.some((id) => !ids.includes(id)))
      return `${question.question_key} has no such option: ${answer.join(', ')}`;
    if (!question.many && answer.length > 1) return `${question.question_key} takes one option`;
    if (answer.length > 0) selected[question.question_key] = answer;
  }
  const unknown = Object.keys(chosen).find(
    (key) => !questions.some((question) => question.question_key === key),
  );
  return unknown === undefined ? selected : `the card does not ask ${unknown}`;
}
