// A message's way through the house (DESIGN §5): accept, turn, act, finish, in one transaction; then ring for what goes out.
import type { Reply } from '../chat/reply.ts';
import type { Scripts } from '../chat/scripts/scripts.ts';
import { type NewOutboxRow, outboxColumns, recipientsOf } from '../delivery/outbox.ts';
import { AppError } from '../errors.ts';
import { dayOf } from '../store/days.ts';
import { newId } from '../store/ids.ts';
import type { Tx } from '../store/store.ts';
import { type Accepted, accept, type Finished, finish, storedReply } from '../store/turns.ts';
import { waitingSql } from '../supervision/facts.ts';
import { takesAnswer } from '../wecom/aibot.ts';
import { replyXml } from '../wecom/replies.ts';
import type { Envelope, RunTurn } from './accept.ts';
import { aibotOut } from './aibot-out.ts';
import type { OfficeBook } from './book.ts';
import { contactTurn, withoutDetails } from './contact-change.ts';
import { type Moment, voiceFor } from './facts.ts';
import { hushed, withoutKeys } from './keys.ts';
import { repliesOut } from './outgoing.ts';
import { type ConverseDeps, type OfficeOf, spoken } from './perform.ts';
import { isAibot, saysNumber, takesReply } from './said.ts';

/** The roster changed since this process read it: the turn is undone and taken again on the new one. */
class StaleRoster extends Error {
  constructor(readonly version: number) {
    super('stale roster');
  }
}

/** What is rung for when the turn is on the disk. */
interface After {
  rows: NewOutboxRow[];
  media: string[];
  papers: string[];
  /** A notice waits to be planned. */
  wake: boolean;
  /** Somebody left, and nobody of the office is there to hear of it. */
  alone: boolean;
}

/**
 * One whole turn, from its row in the inbox to its rows in the outbox; bells ring after the commit. Rejects with
 * `store.unreachable` when the database is away.
 */
export function converser(deps: ConverseDeps): RunTurn {
  return async (arrived, passive) => {
    const envelope = hushed(arrived, deps.sealKey);
    const office = deps.officeOf(envelope.office);
    if (!office) throw new AppError('act.not-found', 'never', { what: 'office' });
    for (let tries = 0; ; tries++) {
      const book = await deps.books.of(office.id);
      const after: After = { rows: [], media: [], papers: [], wake: false, alone: false };
      try {
        const reply = await deps.store.transaction((tx) =>
          oneTurn(deps, tx, office, book, envelope, passive, after),
        );
        if (after.rows.length > 0) deps.ring(recipientsOf(after.rows));
        if (after.media.length > 0) deps.fetchMedia(after.media);
        if (after.papers.length > 0) deps.makePapers(after.papers);
        if (after.wake) deps.wake?.();
        if (after.alone) deps.alone?.(office.id);
        return { reply };
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
  office: OfficeOf,
  book: OfficeBook,
  envelope: Envelope,
  passive: Parameters<RunTurn>[1],
  after: After,
): Promise<string | null> {
  const { inbound, dedupKey, receivedAt: now } = envelope;
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
      message: inbound.kind === 'change_contact' ? withoutDetails(inbound) : withoutKeys(inbound),
      receivedAt: now,
    },
    waitingSql(book.roster.person(inbound.fromUser)?.roles ?? [], { numbered: saysNumber(inbound) }),
    today.toString(),
  );
  if (!accepted.isNew) return storedReply(tx, office.id, dedupKey);
  if (accepted.rosterVersion > book.roster.rosterVersion) throw new StaleRoster(accepted.rosterVersion);

  const done = await turned(deps, tx, { office, book, accepted, inboxId, today, envelope, passive, after });
  finish(tx, { inboxId, now, ...done, outbox: outboxColumns(after.rows) });
  return done.reply;
}

/** A message that nobody has handled yet, and what its turn stands on. */
interface NewMessage {
  office: OfficeOf;
  book: OfficeBook;
  accepted: Accepted;
  inboxId: string;
  today: Moment['today'];
  envelope: Envelope;
  passive: Parameters<RunTurn>[1];
  after: After;
}

/** The turn itself; what is rung for is noted in `after`. */
async function turned(
  deps: ConverseDeps,
  tx: Tx,
  { office, book, accepted, inboxId, today, envelope, passive, after }: NewMessage,
): Promise<Pick<Finished, 'personId' | 'conversation' | 'reply'>> {
  const { inbound, receivedAt: now } = envelope;
  const { scripts, understander } = deps.talk();
  if (inbound.kind === 'change_contact') {
    const turn = { scripts, locale: deps.locale, book, inboxId, now };
    const { rows, alone } = await contactTurn(tx, inbound, turn);
    after.rows = rows;
    after.alone = alone;
    return { personId: null, conversation: null, reply: null };
  }
  const aibotName = office.aibot?.name ?? '';
  const moment: Moment = {
    ...{ inbound, aibotName, inboxId, now, today },
    media: after.media,
    papers: after.papers,
  };
  const done = accepted.sender
    ? await spoken(deps, tx, { scripts, understander }, book, accepted, accepted.sender, moment)
    : { replies: strangerReplies(scripts, deps, book, inbound), conversation: null, notifications: [] };

  const to = { officeId: office.id, userId: inbound.fromUser, inboxId, now };
  const { reply, rows } = isAibot(inbound)
    ? aibotOut(done.replies, inbound, {
        ...to,
        voice: voiceFor(scripts, deps.locale, book, accepted.sender?.name ?? '', today.toString()),
      })
    : appOut(done.replies, { ...to, corpId: office.corpId, passive: takesReply(inbound) && passive.claim() });
  after.wake = moment.wake ?? false;
  after.rows = [...rows, ...done.notifications];
  return { personId: accepted.sender?.id ?? null, conversation: done.conversation, reply };
}

/** The first text goes back in the HTTP answer, all else through the outbox. */
function appOut(
  replies: readonly Reply[],
  to: Parameters<typeof repliesOut>[1] & { corpId: string },
): { reply: string | null; rows: NewOutboxRow[] } {
  const { passive, rows } = repliesOut(replies, to);
  if (passive === null) return { reply: null, rows };
  const createTime = Math.floor(to.now.getTime() / 1000);
  const head = { toUser: to.userId, corpId: to.corpId, createTime };
  return { reply: replyXml({ kind: 'text', content: passive }, head), rows };
}

/** Someone who is not of the roster is told whom to ask, and nothing else; events of hers are passed over. */
function strangerReplies(
  scripts: Scripts,
  deps: ConverseDeps,
  book: OfficeBook,
  inbound: Envelope['inbound'],
): Reply[] {
  if (!(isAibot(inbound) ? takesAnswer(inbound) : takesReply(inbound))) return [];
  const text = voiceFor(scripts, deps.locale, book, '', '').text('common.unknown-person');
  return [{ kind: isAibot(inbound) && inbound.chat.type === 'group' ? 'group' : 'text', text }];
}
