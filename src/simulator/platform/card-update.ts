// update_template_card (94888) with response codes that serve once, and recall (94867).
import { checkCard } from '../card-check.ts';
import { newCard } from '../chats.ts';
import { isRefused, refuse } from '../fields.ts';
import { sameUser } from '../groups.ts';
import type { SentMessage } from '../sent.ts';
import type { World } from '../world.ts';
import { type ApiCall, appNamed, appOf, type Call, type Reply } from './call.ts';

const RECALL_MS = 24 * 3_600_000; // 94867

/** User ids the update is for: those that got the message, and those that did not. */
function targets({ world, json, fields }: Call, message: SentMessage) {
  const users = fields.strs(json, 'userids');
  const [parties, tags] = [fields.ints(json, 'partyids'), fields.ints(json, 'tagids')];
  if (users.length > 1000) return refuse(40032, 'invalid userlist size');
  if (parties.length > 100) return refuse(82002, 'invalid partylist size');
  if (tags.length > 100) return refuse(82003, 'invalid taglist size');
  const all = fields.int(json, 'atall') === 1;
  if (!all && users.length + parties.length + tags.length === 0)
    return refuse(82101, 'the target of the update is empty');

  const named = [
    ...users,
    ...parties.flatMap((id) => world.directory.membersBelow(id).map((person) => person.userId)),
    ...tags.flatMap((id) => world.directory.tagged(id).map((person) => person.userId)),
  ];
  const got = message.receivers.filter(
    (receiver) => all || named.some((userId) => sameUser(userId, receiver.userId)),
  );
  const invalid = users.filter((user) => !got.some((receiver) => sameUser(receiver.userId, user)));
  if (got.length === 0) return refuse(82102, 'the target did not receive the message');
  return { got, invalid: invalid.map((user) => user.toLowerCase()) };
}

/** Greys the buttons of one receiver's card under a new label. */
export function greyButtons(
  world: World,
  message: SentMessage,
  receiver: { userId: string; seq: number },
  label: string,
): void {
  const stored = world.chats.find(receiver.userId, message.chatId, receiver.seq);
  if (stored?.card === undefined) return;
  const updatedAt = world.clock.now().toISOString();
  world.chats.change(receiver.userId, message.chatId, stored, {
    card: { ...stored.card, replaceText: label, disabled: true, updatedAt },
  });
}

/** Puts another card in the place of one receiver's card. */
export function replaceCard(
  world: World,
  message: SentMessage,
  receiver: { userId: string; seq: number },
  body: ReturnType<typeof newCard>['body'],
): void {
  const stored = world.chats.find(receiver.userId, message.chatId, receiver.seq);
  if (stored?.card === undefined) return;
  const next = newCard({ ...body, task_id: body.task_id ?? stored.card.taskId ?? undefined });
  const updatedAt = world.clock.now().toISOString();
  world.chats.change(receiver.userId, message.chatId, stored, {
    card: { ...next, tapped: stored.card.tapped, updatedAt },
  });
}

function update(call: Call): Reply {
  const { world, json, fields } = call;
  const app = appNamed(call, 'json');
  if (isRefused(app)) return app;
  const code = world.sent.codeFor(fields.str(json, 'response_code'));
  if (typeof code === 'string') {
    call.note(`response_code ${code}`);
    return refuse(60140, 'invalid response_code');
  }
  const { message } = code;
  if (message.agentId !== app.agentId) return refuse(42015, 'the card was sent by another app');
  const label = fields.str(fields.obj(json, 'button') ?? {}, 'replace_name');
  if (label === '' && json.template_card === undefined)
    return refuse(40063, 'button or template_card missing');
  if (label !== '' && !message.cardType?.endsWith('_interaction'))
    return refuse(42031, 'button update is for cards with buttons only');
  const checked = json.template_card === undefined ? null : checkCard(json.template_card, { update: true });
  if (isRefused(checked)) return checked;
  const to = targets(call, message);
  if (isRefused(to)) return to;

  code.use();
  for (const receiver of to.got) {
    if (checked !== null) replaceCard(world, message, receiver, checked.body);
    if (label !== '') greyButtons(world, message, receiver, label);
  }
  if (checked !== null) for (const note of checked.notes) call.note(note);
  return to.invalid.length > 0 ? { invaliduser: to.invalid } : {};
}

function recall(call: Call): Reply {
  const { world, json, fields } = call;
  const app = appOf(call);
  if (isRefused(app)) return app;
  const message = world.sent.get(fields.str(json, 'msgid'));
  if (message === undefined || message.agentId !== app.agentId) return refuse(40058, 'invalid msgid');
  if (world.clock.now().getTime() - message.at > RECALL_MS) return refuse(42052, 'msgid expired');
  for (const { userId, seq } of message.receivers) {
    const stored = world.chats.find(userId, message.chatId, seq);
    if (stored !== undefined) world.chats.change(userId, message.chatId, stored, { recalled: true });
  }
  return {};
}

export const cardUpdateCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/message/update_template_card': { method: 'POST', auth: 'token', run: update },
  '/cgi-bin/message/recall': { method: 'POST', auth: 'token', run: recall },
};
