// What was said becomes a turn, and what the turn decided becomes acts, replies and notifications, within one transaction.
import { readConversation } from '../chat/conversation.ts';
import type { Facts } from '../chat/facts.ts';
import { type Reply, withoutUnseen } from '../chat/reply.ts';
import type { Scripts } from '../chat/scripts/scripts.ts';
import { type Outcome, settle } from '../chat/turn/settle.ts';
import type { Deps, PlannedAct } from '../chat/turn/stage.ts';
import { type Turned, turn } from '../chat/turn/turn.ts';
import type { Understander } from '../chat/understand/types.ts';
import { type FileStore, putBytes } from '../delivery/files.ts';
import { keepResponseCode, type NewOutboxRow, type Waiting } from '../delivery/outbox.ts';
import { AppError } from '../errors.ts';
import { newId } from '../store/ids.ts';
import type { Sealer } from '../store/seal.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Accepted, Sender } from '../store/turns.ts';
import type { ActContext, Action, HandedFile, Notification } from '../supervision/act.ts';
import { MEDIA_MAX_BYTES } from '../wecom/limits.ts';
import type { Books, OfficeBook } from './book.ts';
import { factsOf, type Moment, voiceFor } from './facts.ts';
import { filesOut, notificationOut } from './outgoing.ts';
import { aibotMediaIn, isAibot, mediaIn, saidIn, saidToAibot } from './said.ts';

export interface OfficeOf {
  id: string;
  corpId: string;
  aibot?: { name: string } | null;
}

export interface ConverseDeps {
  store: Store;
  books: Books;
  /** The office behind a slug. */
  officeOf(slug: string): OfficeOf | undefined;
  /** Asked at each turn: a reload takes effect at once. */
  talk(): { scripts: Scripts; understander: Understander };
  actions: ReadonlyMap<string, Action>;
  locale: string;
  /** Opens telephone numbers for those who may call. */
  sealer: Pick<Sealer, 'open'>;
  /** Seals the key of a group robot that somebody types. */
  sealKey(key: string): string;
  /** Where files that acts hand out are kept. */
  files: FileStore;
  /** After the commit: somebody has messages waiting, a photo has to be fetched, a paper to be made. Never throws. */
  ring(recipients: Waiting[]): void;
  fetchMedia(attachmentIds: string[]): void;
  /** After the commit: something waits to be planned (a notice, a group, a comparison of contacts). */
  wake?(): void;
  makePapers(paperIds: string[]): void;
  /** This bot is reached from outside, so that a card may bear photos. */
  photoCards?: boolean;
  /** After the commit: a member left, and nobody of that office is left to be told. */
  alone?(officeId: string): void;
}

/** What the acts of a turn had for others and for later. */
interface Done {
  notified: Notification[];
  handed: HandedFile[];
}

/** One message of somebody of the roster: its turn, and the acts that it asked for, done in the transaction of `tx`. */
export async function spoken(
  deps: ConverseDeps,
  tx: Tx,
  talk: Deps,
  book: OfficeBook,
  accepted: Accepted,
  sender: Sender,
  moment: Moment,
): Promise<{ replies: Reply[]; conversation: object; notifications: NewOutboxRow[] }> {
  const { inbound, inboxId, now } = moment;
  const facts = factsOf(deps.locale, book, accepted, sender, moment);
  const { conversation: before, lost } = readConversation(accepted.conversation);

  const attachmentId = newId();
  const media = isAibot(inbound) ? aibotMediaIn(inbound) : mediaIn(inbound);
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
      userId: inbound.fromUser,
      responseCode: inbound.responseCode,
    });

  const said = isAibot(inbound)
    ? saidToAibot(inbound, moment.aibotName, attachmentId)
    : saidIn(inbound, attachmentId);
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
  const done: Done = { notified: [], handed: [] };
  let conversation = turned.conversation;
  const parts = [...turned.parts];
  for (let part = parts.shift(); part; part = parts.shift()) {
    if (part.kind !== 'act') {
      replies.push(part);
      continue;
    }
    const outcome = await act(deps, tx, book, facts, part, moment, done);
    const settled = settle(talk, conversation, part, outcome, facts);
    conversation = settled.conversation;
    parts.unshift(...settled.parts);
  }
  const kept = await Promise.all(
    done.notified.map(async (notification) => ({
      ...notification,
      files: await keepFiles(deps.files, notification.files ?? []),
    })),
  );
  const notifications = kept.flatMap((notification) => {
    const person = book.roster.personById.get(notification.personId);
    if (!person?.active) return [];
    const voice = voiceFor(talk.scripts, deps.locale, book, person.name, moment.today.toString());
    return notificationOut(notification, {
      officeId: book.office.id,
      userId: person.userId,
      now: moment.now,
      voice,
      photoCards: deps.photoCards ?? false,
    });
  });
  const handed = filesOut(await keepFiles(deps.files, done.handed), {
    officeId: book.office.id,
    userId: facts.person.userId,
    now: moment.now,
    key: `reply-${moment.inboxId}`,
  });
  return { replies: withoutUnseen(replies), conversation, notifications: [...handed, ...notifications] };
}

/** A file lies there before the row that names it: a turn that is undone leaves one that nobody names, which does no harm. */
function keepFiles(store: FileStore, files: readonly HandedFile[]): Promise<HandedFile[]> {
  return Promise.all(
    files.map(async (file) => {
      if ('attachment' in file || file.bytes === undefined) return file;
      const most = file.image ? MEDIA_MAX_BYTES.image : MEDIA_MAX_BYTES.file;
      const { sha256 } = await putBytes(store, file.bytes, most);
      return { name: file.name, sha256, ...(file.image ? { image: true } : {}) };
    }),
  );
}

/** Does one act; the domain's refusal undoes what it began and is told in words, anything else undoes the whole turn. */
async function act(
  deps: ConverseDeps,
  tx: Tx,
  book: OfficeBook,
  facts: Facts,
  planned: PlannedAct,
  moment: Moment,
  done: Done,
): Promise<Outcome> {
  const action = deps.actions.get(planned.action);
  if (!action) throw new Error(`no action ${planned.action}`); // the check at start saw to it
  if (!action.roles.some((role) => facts.person.roles.includes(role)))
    return { ok: false, code: 'act.not-allowed' };
  const input = action.input.safeParse(planned.input);
  if (!input.success) return { ok: false, code: 'act.input' };
  const told: Notification[] = [];
  const handed: HandedFile[] = [];
  const papers: string[] = [];
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
    openPhone: (sealed) => openPhone(deps.sealer, sealed),
    notify: (notification) => told.push(notification),
    hand: (file) => handed.push(file),
    wanted: (paperId) => papers.push(paperId),
    wake: () => {
      moment.wake = true;
    },
  };
  tx.mark('act');
  try {
    const result = await action.run(context, input.data);
    done.notified.push(...told);
    done.handed.push(...handed);
    moment.papers.push(...papers);
    return { ok: true, result };
  } catch (err) {
    if (!(err instanceof AppError) || err.retry !== 'never') throw err;
    await tx.backTo('act');
    return { ok: false, code: err.code, detail: err.detail };
  }
}

/** A number sealed under another secret is not known here; the card then shows none. */
export function openPhone(sealer: Pick<Sealer, 'open'>, sealed: string): string {
  try {
    return sealer.open(sealed);
  } catch {
    return '';
  }
}
