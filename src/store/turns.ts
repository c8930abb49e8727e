// The two statements of a turn: the first takes a message in under its key and locks its sender's talk, the last writes
// everything the turn came to. This is the one hot path; all else goes through Prisma's models.
import type { Tx } from './store.ts';

export interface Arrived {
  inboxId: string;
  officeId: string;
  dedupKey: string;
  userId: string;
  kind: string;
  message: object;
  receivedAt: Date;
}

export interface Sender {
  id: string;
  userId: string;
  name: string;
  roles: string[];
  areaId: string | null;
  learned: Record<string, unknown>;
}

export interface Accepted {
  /** False: this key was here before, or its first handling still runs elsewhere and has now ended. */
  isNew: boolean;
  /** Null: nobody of the roster, or not active. */
  sender: Sender | null;
  /** The stored state of the talk; null when there is none yet. */
  conversation: unknown;
  rosterVersion: number;
  settings: unknown;
  /** What `facts` selected. */
  facts: unknown;
}

interface Row {
  isNew: boolean;
  personId: string | null;
  userId: string;
  name: string;
  roles: string[];
  areaId: string | null;
  learned: Record<string, unknown>;
  hasTalk: boolean;
  conversation: unknown;
  rosterVersion: number;
  settings: unknown;
  facts: unknown;
}

/**
 * Takes the message in and locks the sender's talk until the transaction ends: two messages of one person are handled
 * one after the other, in whatever process. `facts` is an SQL expression over `who` (id), `$2` (office), `$8` (the moment) and `$9` (the day).
 */
export async function accept(
  tx: Tx,
  arrived: Arrived,
  facts: { name: string; sql: string },
  today: string,
): Promise<Accepted> {
  const values = [
    arrived.inboxId,
    arrived.officeId,
    arrived.dedupKey,
    arrived.userId,
    arrived.userId.toLowerCase(),
    arrived.kind,
    JSON.stringify(arrived.message),
    arrived.receivedAt,
    today,
  ];
  let [row] = await tx.sql<Row>(acceptSql(facts.sql), values, `accept-${facts.name}`);
  if (!row) throw new Error('the office of a turn is gone');
  if (row.personId !== null && !row.hasTalk) {
    // Her first word ever. The row is made once; the lock is then taken on it as on any other.
    await tx.sql(
      `insert into conversation (person_id, office_id, state, updated_at) values ($1, $2, 'null', $3)
       on conflict (person_id) do nothing`,
      [row.personId, arrived.officeId, arrived.receivedAt],
    );
    const [talk] = await tx.sql<{ state: unknown }>(
      'select state from conversation where person_id = $1 for update',
      [row.personId],
    );
    row = { ...row, conversation: talk?.state ?? null };
  } else if (row.personId !== null && row.conversation === null) {
    // Emptied by whoever shut her out, while this waited for the lock: whether she is active was read before that.
    const [her] = await tx.sql<{ active: boolean }>('select active from person where id = $1', [
      row.personId,
    ]);
    if (!her?.active) row = { ...row, personId: null };
  }
  return {
    isNew: row.isNew,
    sender:
      row.personId === null
        ? null
        : {
            id: row.personId,
            userId: row.userId,
            name: row.name,
            roles: row.roles,
            areaId: row.areaId,
            learned: row.learned,
          },
    conversation: row.conversation,
    rosterVersion: row.rosterVersion,
    settings: row.settings,
    facts: row.facts,
  };
}

/**
 * The talk is locked by its own row, so that after a wait its newest state is read, not the one of the statement's snapshot.
 */
function acceptSql(facts: string): string {
  return `with who as (
      select id, user_id, name, roles, area_id, learned from person where office_id = $2 and user_key = $5 and active
    ), talk as (
      select person_id, state from conversation where person_id = (select id from who) for update
    ), took as (
      insert into inbox (id, office_id, dedup_key, person_id, user_id, kind, message, received_at)
      select $1::uuid, $2::uuid, $3, (select id from who), $4, $6, $7::jsonb, $8::timestamptz
      on conflict (office_id, dedup_key) do nothing returning id
    )
    select exists (select 1 from took) as "isNew", who.id as "personId", who.user_id as "userId", who.name, who.roles,
           who.area_id as "areaId", who.learned, talk.person_id is not null as "hasTalk", talk.state as conversation,
           o.roster_version as "rosterVersion", o.settings, ${facts} as facts
    from office o left join who on true left join talk on true where o.id = $2 and $9::date is not null`;
}

/** The reply goes another way from now on: whoever asks again is given nothing. */
export async function forgetReply(
  tx: Pick<Tx, 'sql'>,
  { officeId, dedupKey }: { officeId: string; dedupKey: string },
): Promise<void> {
  await tx.sql('update inbox set reply = null where office_id = $1 and dedup_key = $2', [officeId, dedupKey]);
}

/** The reply that was given when this key was new: word for word the same again. */
export async function storedReply(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  dedupKey: string,
): Promise<string | null> {
  const [row] = await tx.sql<{ reply: string | null }>(
    'select reply from inbox where office_id = $1 and dedup_key = $2',
    [officeId, dedupKey],
    'stored-reply',
  );
  return row?.reply ?? null;
}

export interface Finished {
  inboxId: string;
  personId: string | null;
  conversation: object | null;
  reply: string | null;
  now: Date;
  /** Rows of the outbox as columns: id, office_id, key, recipient, call, payload, urgent, not_before, task_id. */
  outbox: object[];
}

/** Saves the talk, the reply and the messages that go out, in one statement that goes with the commit. */
export function finish(tx: Tx, done: Finished): void {
  tx.last(
    `with talk as (
       update conversation set state = $2::jsonb, turns = turns + 1, updated_at = $3 where person_id = $1 and $2::jsonb is not null
     ), answered as (
       update inbox set reply = $4 where id = $5 and $4::text is not null
     )
     insert into outbox (id, office_id, key, recipient, call, payload, urgent, not_before, task_id)
     select r.id, r.office_id, r.key, r.recipient, r.call, r.payload, r.urgent, r.not_before, r.task_id
     from jsonb_to_recordset($6::jsonb) as r(id uuid, office_id uuid, key text, recipient text, call text,
       payload jsonb, urgent boolean, not_before timestamptz, task_id text)
     on conflict (office_id, key) do nothing`,
    [
      done.personId,
      done.conversation === null ? null : JSON.stringify(done.conversation),
      done.now,
      done.reply,
      done.inboxId,
      JSON.stringify(done.outbox),
    ],
    'finish-turn',
  );
}
