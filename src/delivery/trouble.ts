// Notices when messages of an office do not get through for a while, and when all that waited has arrived.
// Read off the outbox, whose rows say why they wait, so that no process has to remember it and none can forget it.
import { newId } from '../store/ids.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Call, Why } from './outbox.ts';

export type TroubleKind = 'away' | 'limited' | 'refused';

/** What a row says of its last attempt, and what that is for the office. Our own limits (`held.…`) are no trouble. */
const KIND_OF: Partial<Record<Why, TroubleKind>> = {
  'no-answer': 'away',
  'not-sent': 'away',
  busy: 'away',
  'rate-limit': 'limited',
  alarm: 'refused',
};
const WHYS = Object.keys(KIND_OF);

/** A message that waits no longer than this is not worth a word. */
const TROUBLE_AFTER_MS = 10 * 60_000;

/** While it lasts, one that came within a minute was not late. */
const LATE_MS = 60_000;
const MESSAGES: readonly Call[] = ['message', 'digest', 'media', 'appchat', 'robot'];

export interface Ended {
  id: string;
  officeId: string;
  kind: TroubleKind;
  beganAt: Date;
  endedAt: Date;
  late: number;
  lost: number;
}

/** `w`: rows of the outbox that wait because of the platform, with `$1` the reasons. */
const WAITING = `w.state in ('pending', 'unknown', 'sending') and w.why = any($1::text[])`;

/** Writes down what has begun; safe to run at any time. Gives the offices whose trouble is new. */
export async function noteTroubles(
  store: Store,
  afterMs = TROUBLE_AFTER_MS,
): Promise<{ officeId: string; kind: TroubleKind }[]> {
  const stuck = await store.query<{ officeId: string; why: Why; since: Date }>(
    `select w.office_id as "officeId", mode() within group (order by w.why) as why, min(w.created_at) as since
     from outbox w
     where ${WAITING} and w.created_at < clock_timestamp() - make_interval(secs => $2::float8 / 1000)
       and not exists (select 1 from delivery_trouble t where t.office_id = w.office_id and t.ended_at is null)
     group by w.office_id`,
    [WHYS, afterMs],
    'trouble-begins',
  );
  const begun: { officeId: string; kind: TroubleKind }[] = [];
  for (const { officeId, why, since } of stuck) {
    const kind = KIND_OF[why] ?? 'away';
    const isNew = await store.transaction(async (tx) => {
      // Two processes look at once: the office's row lets one of them write.
      await tx.sql('select id from office where id = $1 for no key update', [officeId]);
      const rows = await tx.sql(
        `insert into delivery_trouble (id, office_id, kind, began_at) select $1, $2, $3, $4
         where not exists (select 1 from delivery_trouble where office_id = $2 and ended_at is null) returning 1`,
        [newId(), officeId, kind, since],
      );
      return rows.length > 0;
    });
    if (isNew) begun.push({ officeId, kind });
  }
  return begun;
}

/** Closes the next trouble of which nothing waits any more, and lets `write` tell of it in the same transaction. */
export function endNextTrouble(
  store: Store,
  write: (tx: Tx, ended: Ended) => Promise<void>,
): Promise<Ended | null> {
  return store.transaction(async (tx) => {
    const [over] = await tx.sql<{ id: string }>(
      `select t.id from delivery_trouble t
       where t.ended_at is null and not exists (select 1 from outbox w where w.office_id = t.office_id and ${WAITING})
       limit 1 for update skip locked`,
      [WHYS],
      'trouble-over',
    );
    if (!over) return null;
    const [ended] = await tx.sql<Ended>(
      `update delivery_trouble t set ended_at = clock_timestamp(), late = n.late, lost = n.lost
       from (
         select count(*) filter (where o.state = 'sent' and o.sent_at - o.created_at > make_interval(secs => $2::float8 / 1000))::int as late,
                count(*) filter (where o.state = 'refused' and o.why = 'gave-up' or o.state = 'unsure')::int as lost
         from delivery_trouble d
         join outbox o on o.office_id = d.office_id and o.created_at >= d.began_at and o.call = any($3::text[])
         where d.id = $1) n
       where t.id = $1
       returning t.id, t.office_id as "officeId", t.kind, t.began_at as "beganAt", t.ended_at as "endedAt", t.late, t.lost`,
      [over.id, LATE_MS, MESSAGES],
      'trouble-end',
    );
    if (ended) await write(tx, ended);
    return ended ?? null;
  });
}

/** Kinds of trouble that are going on, one for each office that has one. */
export async function openTroubles(store: Pick<Store, 'query'>): Promise<TroubleKind[]> {
  const rows = await store.query<{ kind: TroubleKind }>(
    'select kind from delivery_trouble where ended_at is null',
    [],
    'troubles-open',
  );
  return rows.map(({ kind }) => kind);
}
