// Plans a notice that was confirmed: a thousand receivers a transaction, each with its row, its chunk and the calls that tell it.
import { dayOf } from '../../store/days.ts';
import type { Store, Tx } from '../../store/store.ts';
import { type Audience, audience, audienceSql } from './audience.ts';
import { WITHDRAWN } from './list.ts';
import { type Place, placesOf } from './places.ts';

/** The platform takes so many receivers in one call (90236). */
export const CHUNK = 1_000;

export interface PlannedNotice {
  id: string;
  officeId: string;
  office: { name: string; short: string; timeZone: string };
  content: string;
  receipt: boolean;
  receiptDueAt: Date | null;
  files: NoticeFile[];
  corrects: string | null;
  reason: string | null;
}

/** A picture or file that the office sends beside the words. */
export interface NoticeFile {
  kind: 'image' | 'file';
  sha256: string;
  /** Without the dot. */
  extension: string;
}

/** The groups that get it once, each. */
export interface Post {
  notice: PlannedNotice;
  places: Place[];
}

/** One thousand people that get the same calls. `number` counts from 1. */
export interface Chunk {
  notice: PlannedNotice;
  number: number;
  userIds: string[];
}

interface Due extends Omit<PlannedNotice, 'files'> {
  /** Of the notice in whose place it is sent: how far that was planned, and whether to its end. */
  oldCursor: string | null;
  oldPlanned: boolean;
  attachments: string[];
  authorId: string;
  audience: unknown;
  cursor: string | null;
  chunks: number;
  name: string;
  short: string;
  timeZone: string;
}

/**
 * Plans the next chunk of the oldest notice that is due. Null: nothing is due, or somebody else is at it.
 * `write` puts the calls into the outbox within the same transaction, which is why a crash at any moment leaves
 * neither a receiver without her call nor a call without its receivers: planning goes on after the last person planned.
 */
export function planNext(
  store: Store,
  now: Date,
  write: (tx: Tx, chunk: Chunk) => Promise<void>,
  post: (tx: Tx, post: Post) => Promise<void>,
): Promise<{ noticeId: string; officeId: string; receivers: number } | null> {
  return store.transaction(async (tx) => {
    const [notice] = await tx.sql<Due>(DUE, [now], 'notice-due');
    if (!notice) return null;
    const chosen = audience.parse(notice.audience);
    const today = dayOf(now, notice.timeZone).toString();
    const people = !toPeople(chosen, notice)
      ? []
      : await tx.sql<{ id: string; userId: string }>(
          `select p.id, p.user_id as "userId" from person p
           where ${receiversSql(notice, chosen)} and p.id > $4::uuid order by p.id limit ${CHUNK}`,
          [
            notice.officeId,
            today,
            JSON.stringify(chosen),
            notice.cursor ?? FIRST,
            ...(notice.corrects !== null
              ? [notice.corrects, notice.oldCursor ?? FIRST]
              : chosen.code === 'groups'
                ? [notice.authorId]
                : []),
          ],
        );
    const number = notice.chunks + 1;
    const last = people.at(-1);
    const { id, officeId, name, short, timeZone, content, receipt, receiptDueAt, corrects, reason } = notice;
    const planned = async () => ({
      ...{ id, officeId, content, receipt, receiptDueAt, corrects, reason },
      files: await filesOf(tx, notice.attachments),
      office: { name, short, timeZone },
    });
    const places = number === 1 ? await placesOf(tx, officeId, chosen) : [];
    if (places.length > 0) await post(tx, { notice: await planned(), places });
    if (last) {
      await tx.sql(
        `insert into notice_receipt (notice_id, person_id, office_id, user_key, chunk, wanted)
         select $1, p.id, p.office_id, p.user_key, $3, $4 from person p where p.id = any($2::uuid[])`,
        [notice.id, people.map(({ id }) => id), number, notice.receipt],
        'notice-receipts',
      );
      await write(tx, {
        notice: await planned(),
        number,
        userIds: people.map(({ userId }) => userId),
      });
    }
    const done = people.length < CHUNK;
    await tx.sql(
      `update supervision_notice set cursor = coalesce($2, cursor), chunks = $3, state = $4, planned_at = $5 where id = $1`,
      [
        notice.id,
        last?.id ?? null,
        last ? number : notice.chunks,
        done ? 'sent' : 'sending',
        done ? now : null,
      ],
      'notice-planned',
    );
    return { noticeId: notice.id, officeId: notice.officeId, receivers: people.length };
  });
}

/** What stands in a group is told to its members once more only where each is to confirm it. */
const toPeople = (chosen: Audience, { receipt }: Pick<Due, 'receipt'>) => chosen.code !== 'groups' || receipt;

/** Below every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Whom a notice is for. One in the place of another goes to exactly those who were told the other, whatever the roster
 * says by now; and to those whom the other had not come to when it was stopped, unless it only says that it is void.
 */
function receiversSql(
  { corrects, oldPlanned, reason }: Pick<Due, 'corrects' | 'oldPlanned' | 'reason'>,
  chosen: Audience,
): string {
  // Whoever sends it into a group that she is in need not confirm it to herself.
  if (corrects === null)
    return `${audienceSql(chosen)}${chosen.code === 'groups' ? ' and p.id <> $5::uuid' : ''}`;
  const rest = oldPlanned || reason === WITHDRAWN ? 'false' : `p.id > $6::uuid and ${audienceSql(chosen)}`;
  return `p.office_id = $1 and p.active and $2::date is not null and $3::jsonb is not null and $6::uuid is not null
    and (exists (select 1 from notice_receipt told where told.notice_id = $5::uuid and told.person_id = p.id) or (${rest}))`;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'application/zip': 'zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** In the order in which they were sent; one that was lost is left out. */
async function filesOf(tx: Pick<Tx, 'sql'>, ids: readonly string[]): Promise<NoticeFile[]> {
  if (ids.length === 0) return [];
  const rows = await tx.sql<{ sha256: string; mime: string | null }>(
    `select sha256, mime from attachment where id = any($1::uuid[]) and state = 'stored' and sha256 is not null order by id`,
    [ids],
    'notice-files',
  );
  return rows.map(({ sha256, mime }) => ({
    kind: mime === 'image/jpeg' || mime === 'image/png' ? 'image' : 'file',
    sha256,
    extension: EXTENSIONS[mime ?? ''] ?? 'bin',
  }));
}

const DUE = `
  select n.id, n.office_id as "officeId", n.author_id as "authorId", n.audience, n.content, n.receipt, n.receipt_due_at as "receiptDueAt",
    n.attachments, n.cursor, n.chunks, n.corrects, n.reason, old.cursor as "oldCursor",
    old.planned_at is not null as "oldPlanned", o.name, o.short, o.time_zone as "timeZone"
  from supervision_notice n join office o on o.id = n.office_id
    left join supervision_notice old on old.id = n.corrects
  where (n.state = 'sending' or (n.state = 'scheduled' and n.send_at <= $1))
    -- A file that the office sent a moment ago is fetched first.
    and not exists (select 1 from attachment a where a.id = any(n.attachments) and a.state = 'pending')
  order by n.send_at, n.id limit 1 for update of n skip locked`;
