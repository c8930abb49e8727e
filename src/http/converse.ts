// A message's way through the house (DESIGN §5): accept, turn, act, finish, in one transaction; then ring for what goes out.
import { readConversation } from '../chat/conversation.ts';
import type { Facts } from '../chat/facts.ts';
import type { Reply } from '../chat/reply.ts';
import type { Scripts, Voice } from '../chat/scripts/scripts.ts';
import type { Deps, PlannedAct } from '../chat/turn/stage.ts';
import { type Outcome, settle, type Turned, turn } from '../chat/turn/turn.ts';
import type { Understander } from '../chat/understand/types.ts';
import { keepResponseCode, type NewOutboxRow, recipientsOf } from '../delivery/outbox.ts';
import { AppError } from '../errors.ts';
import { dayOf } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import type { Store, Tx } from '../store/store.ts';
import { type Accepted, accept, finish, type Sender, storedReply } from '../store/turns.ts';
import type { ActContext, Action, Notification, Role } from '../supervision/act.ts';
import { WAITING_SQL, type WaitingFacts, waitingFacts } from '../supervision/facts.ts';
import { noticeNo } from '../supervision/notices.ts';
import { replyXml } from '../wecom/replies.ts';
import type { Envelope, RunTurn } from './accept.ts';
import type { Books, OfficeBook } from './book.ts';
import { notificationOut, repliesOut } from './outgoing.ts';
import { mediaIn, saidIn, takesReply } from './said.ts';

export interface ConverseDeps {
  store: Store;
  books: Books;
  /** The office behind a slug. */
  officeOf(slug: string): { id: string; corpId: string } | undefined;
  /** Asked at each turn: a reload takes effect at once. */
  talk(): { scripts: Scripts; understander: Understander };
  actions: ReadonlyMap<string, Action>;
  locale: string;
  /** After the commit: somebody has messages waiting, a photo has to be fetched. Never throws. */
  ring(recipients: { officeId: string; recipient: string }[]): void;
  fetchMedia(attachmentIds: string[]): void;
}

/** The roster changed since this process read it: the turn is undone and taken again on the new one. */
class StaleRoster extends Error {
  constructor(readonly version: number) {
    super('stale roster');
  }
}

export function converser(deps: ConverseDeps): RunTurn {
  return async (envelope, passive) => {
    const office = deps.officeOf(envelope.office);
    if (!office) throw new AppError('act.not-found', 'never', { what: 'office' });
    for (let tries = 0; ; tries++) {
      const book = await deps.books.of(office.id);
      const after = { rows: [] as NewOutboxRow[], media: [] as string[] };
      try {
        const reply = await deps.store.transaction((tx) =>
          oneTurn(deps, tx, office, book, envelope, passive, after),
        );
        if (after.rows.length > 0) deps.ring(recipientsOf(after.rows));
        if (after.media.length > 0) deps.fetchMedia(after.media);
        return { replyXml: reply };
      } catch (err) {
        if (!(err instanceof StaleRoster) || tries >= 3) throw err;
        await deps.books.refresh(office.id, err.version);
      }
    }
  };
}

async function oneTurn(
  deps: ConverseDeps,
  tx: Tx,
  office: { id: string; corpId: string },
  book: OfficeBook,
  { inbound, dedupKey, receivedAt: now }: Envelope,
  passive: Parameters<RunTurn>[1],
  after: { rows: NewOutboxRow[]; media: string[] },
): Promise<string | null> {
  const inboxId = newId();
  const today = dayOf(now, book.office.timeZone);
  const accepted = await accept(
    tx,
    {
      inboxId,
      officeId: office.id,
      dedupKey,
      userId: inbound.fromUser,
      kind: inbound.kind,
      message: inbound,
      receivedAt: now,
    },
    { name: 'waiting', sql: WAITING_SQL },
    today.toString(),
  );
  if (!accepted.isNew) return storedReply(tx, office.id, dedupKey);
  if (accepted.rosterVersion > book.roster.rosterVersion) throw new StaleRoster(accepted.rosterVersion);

  const { scripts, understander } = deps.talk();
  const done = accepted.sender
    ? await spoken(deps, tx, { scripts, understander }, book, accepted, accepted.sender, {
        inbound,
        inboxId,
        now,
        today,
        media: after.media,
      })
    : { replies: strangerReplies(scripts, deps, book, inbound.kind), conversation: null, notifications: [] };

  const canBePassive = takesReply(inbound) && passive.claim();
  const out = repliesOut(done.replies, {
    officeId: office.id,
    userId: inbound.fromUser,
    inboxId,
    now,
    passive: canBePassive,
  });
  const xml =
    out.passive === null
      ? null
      : replyXml(
          { kind: 'text', content: out.passive },
          { toUser: inbound.fromUser, corpId: office.corpId, createTime: Math.floor(now.getTime() / 1000) },
        );
  after.rows = [...out.rows, ...done.notifications];
  finish(tx, {
    inboxId,
    personId: accepted.sender?.id ?? null,
    conversation: done.conversation,
    reply: xml,
    now,
    outbox: after.rows.map((row) => ({
      id: newId(),
      office_id: row.officeId,
      key: row.key,
      recipient: row.recipient,
      call: row.call,
      payload: row.payload,
      urgent: row.urgent ?? false,
      not_before: row.notBefore,
      task_id: row.taskId ?? null,
    })),
  });
  return xml;
}

/** Someone who is not of the roster is told whom to ask, and nothing else; events of hers are passed over. */
function strangerReplies(scripts: Scripts, deps: ConverseDeps, book: OfficeBook, kind: string): Reply[] {
  if (!['text', 'image', 'voice', 'video', 'file', 'location', 'link', 'enter_agent', 'click'].includes(kind))
    return [];
  return [{ kind: 'text', text: voiceFor(scripts, deps.locale, book, '', '').text('common.unknown-person') }];
}

function voiceFor(scripts: Scripts, locale: string, book: OfficeBook, name: string, today: string): Voice {
  return scripts.voice(locale, () => today, {
    person: { name },
    office: { name: book.office.name, short: book.office.short },
    helper: book.helper,
    today,
  });
}

interface Moment {
  inbound: Envelope['inbound'];
  inboxId: string;
  now: Date;
  today: ReturnType<typeof dayOf>;
  media: string[];
}

async function spoken(
  deps: ConverseDeps,
  tx: Tx,
  talk: Deps,
  book: OfficeBook,
  accepted: Accepted,
  sender: Sender,
  moment: Moment,
): Promise<{ replies: Reply[]; conversation: object; notifications: NewOutboxRow[] }> {
  const { inbound, inboxId, now } = moment;
  const facts = factsOf(deps, book, accepted, sender, moment);
  const { conversation: before, lost } = readConversation(accepted.conversation);

  const attachmentId = newId();
  const media = mediaIn(inbound);
  if (media) {
    await tx.sql(
      `insert into attachment (id, office_id, person_id, inbox_id, kind, media_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [attachmentId, book.office.id, sender.id, inboxId, media.kind, media.mediaId, now],
      'attachment',
    );
    moment.media.push(attachmentId);
  }
  if (inbound.kind === 'template_card_event' || inbound.kind === 'template_card_menu_event')
    await keepResponseCode(tx, {
      officeId: book.office.id,
      taskId: inbound.taskId,
      responseCode: inbound.responseCode,
    });

  const said = saidIn(inbound, attachmentId);
  if (!said) return { replies: [], conversation: before, notifications: [] };
  const turned = turn(talk, before, said, facts, lost);
  if (Object.keys(turned.learned).length > 0)
    await tx.sql(`update person set learned = learned || $2::jsonb where id = $1`, [
      sender.id,
      JSON.stringify(turned.learned),
    ]);
  return perform(deps, tx, talk, book, facts, turned, moment);
}

/** Walks the parts in order: replies stand, acts are done and their words take their place. */
async function perform(
  deps: ConverseDeps,
  tx: Tx,
  talk: Deps,
  book: OfficeBook,
  facts: Facts,
  turned: Turned,
  moment: Moment,
) {
  const replies: Reply[] = [];
  const notified: Notification[] = [];
  let conversation = turned.conversation;
  const parts = [...turned.parts];
  for (let part = parts.shift(); part; part = parts.shift()) {
    if (part.kind !== 'act') {
      replies.push(part);
      continue;
    }
    const outcome = await act(deps, tx, book, facts, part, moment, notified);
    const settled = settle(talk, conversation, part, outcome, facts);
    conversation = settled.conversation;
    parts.unshift(...settled.parts);
  }
  const notifications = notified.flatMap((notification) => {
    const person = book.roster.personById.get(notification.personId);
    if (!person?.active) return [];
    const voice = voiceFor(talk.scripts, deps.locale, book, person.name, moment.today.toString());
    return notificationOut(notification, {
      officeId: book.office.id,
      userId: person.userId,
      now: moment.now,
      voice,
    });
  });
  return { replies, conversation, notifications };
}

/** Does one act; the domain's refusal undoes what it began and is told in words, anything else undoes the whole turn. */
async function act(
  deps: ConverseDeps,
  tx: Tx,
  book: OfficeBook,
  facts: Facts,
  planned: PlannedAct,
  moment: Moment,
  notified: Notification[],
): Promise<Outcome> {
  const action = deps.actions.get(planned.action);
  if (!action) throw new Error(`no action ${planned.action}`); // the check at start saw to it
  if (!action.roles.some((role) => facts.person.roles.includes(role)))
    return { ok: false, code: 'act.not-allowed' };
  const input = action.input.safeParse(planned.input);
  if (!input.success) return { ok: false, code: 'act.input' };
  const told: Notification[] = [];
  const context: ActContext = {
    tx,
    office: book.office,
    actor: {
      personId: facts.person.id,
      userId: facts.person.userId,
      name: facts.person.name,
      roles: facts.person.roles,
      areaId: facts.person.areaId,
    },
    now: moment.now,
    today: moment.today,
    inboxId: moment.inboxId,
    notify: (notification) => told.push(notification),
  };
  await tx.sql('savepoint act');
  try {
    const result = await action.run(context, input.data);
    notified.push(...told);
    return { ok: true, result };
  } catch (err) {
    if (!(err instanceof AppError) || err.retry !== 'never') throw err;
    await tx.sql('rollback to savepoint act');
    return { ok: false, code: err.code };
  }
}

/** Whom this person may ask: nobody is sent to herself. */
function helperFor(book: OfficeBook, sender: Sender): string {
  const { name, short } = book.office;
  if (book.helper !== `${short}${sender.name}`) return book.helper;
  const other = book.roster.people.find(
    (person) =>
      person.id !== sender.id && person.roles.some((role) => role === 'office' || role === 'director'),
  );
  return other ? `${short}${other.name}` : name;
}

function factsOf(
  deps: ConverseDeps,
  book: OfficeBook,
  accepted: Accepted,
  sender: Sender,
  { now, today }: Moment,
): Facts {
  const waiting: WaitingFacts = waitingFacts.parse(accepted.facts);
  const prefix = book.office.settings['rect.numberPrefix'];
  const person = book.roster.personById.get(sender.id);
  const held = Object.values(person?.schools ?? {}).flat();
  return {
    locale: deps.locale,
    now,
    today,
    office: book.office,
    calendar: book.calendarOn(today),
    person: {
      id: sender.id,
      userId: sender.userId,
      name: sender.name,
      roles: sender.roles as Role[], // checked when the roster came in
      areaId: sender.areaId,
      learned: sender.learned as Record<string, string>, // written by this file alone
    },
    mine: new Set(held.map((school) => school.id)),
    book: book.book,
    findings: waiting.findings.map((one) => ({
      ...one,
      no: one.number === null || one.year === null ? '' : noticeNo(prefix, one.year, one.number),
    })),
    notices: waiting.notices.map((one) => ({ ...one, no: noticeNo(prefix, one.year, one.number) })),
    visits: waiting.visits.map((one) => ({
      ...one,
      notices: one.notices.map(({ year, number }) => noticeNo(prefix, year, number)),
    })),
    helper: helperFor(book, sender),
    newId,
  };
}
