// A reminder is put into words when it leaves: as it was planned, or, when it could not leave at its time, reckoned anew; several that waited are one.
import type { Store } from '../store/store.ts';
import type { OutgoingMessage } from '../wecom/messages.ts';
import type { ClaimedRow } from './claim.ts';

/** What a digest tells of, for whoever words it anew. */
export interface DigestAbout {
  person: string;
  /** The decisions to tell her, by their keys. */
  keys: string[];
  /** The day on which it was to bring her plan of the week, and the month whose key points it brings; null: neither. */
  week: string | null;
  focus: string | null;
}

type Said = Omit<OutgoingMessage, 'touser'>;

/** A digest as it was planned, before it has words. */
export interface DigestTold {
  office: { name: string; short: string };
  /** Whom it is said to. */
  name: string;
  /** The day that its figures are of, in ISO. */
  today: string;
  /** What the text is filled with. */
  data: Record<string, unknown>;
}

export interface DigestPayload {
  about: DigestAbout;
  /** The moment that it is of, in ISO; null: another was handed to it, and what it was planned with no longer tells all. */
  at: string | null;
  told: DigestTold;
  /** Its words, from the first time on that it was about to leave; in order, the first is what the row sends. */
  said?: Said[];
}

export interface WordDigest {
  /** In words, as it was planned. */
  planned(told: DigestTold): Said[];
  /** Asks the state anew. `nothing`: all of it was settled meanwhile. `busy`: it cannot be told at this moment. `later`: she is not to be disturbed before. */
  anew(
    officeId: string,
    about: DigestAbout,
  ): Promise<{ told: DigestTold; said: Said[] } | 'nothing' | 'busy' | { later: Date }>;
}

/** Why a row says nothing now. `superseded`: a younger one says it. */
export type Unsaid = 'superseded' | 'nothing' | 'busy' | { later: Date };

/** Words no older than this go as they were planned. */
const FRESH_MS = 15 * 60_000;
/** As long as the platform may still know a message that left without an answer, it has to be the very same (send.ts). */
const SAME_MS = 2 * 3_600_000;
/** One that is due so soon tells it as well: nobody is reminded of the same twice within the hour. */
const SOON_MS = 3_600_000;

interface Deps {
  store: Pick<Store, 'query'>;
  wordDigest: WordDigest;
  now(): Date;
}

/** What the row says now. */
export async function currentDigest(deps: Deps, row: ClaimedRow): Promise<Said[] | Unsaid> {
  const payload = row.payload as unknown as DigestPayload; // written by app/reminders.ts alone
  const { about, at, told, said } = payload;
  const now = deps.now();
  const age = at === null ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(at);
  const asPlanned = () =>
    said ?? keep(deps.store, row, { about, at, told, said: deps.wordDigest.planned(told) });
  if (row.mayHaveArrived && age < SAME_MS) return asPlanned();
  // However fresh its words: what could not leave before may have a younger one behind it by now.
  const isLate = age >= FRESH_MS || row.attempts > 1;
  if (isLate && (await foldedInto(deps.store, row, about, now))) return 'superseded';
  if (age < FRESH_MS) return asPlanned();
  const words = await deps.wordDigest.anew(row.officeId, about);
  if (words === 'nothing' || words === 'busy' || 'later' in words) return words;
  return keep(deps.store, row, { about, at: now.toISOString(), ...words });
}

/** Kept before it leaves: a second attempt has to say the same, whatever becomes of the texts meanwhile. */
async function keep(
  store: Pick<Store, 'query'>,
  row: ClaimedRow,
  payload: DigestPayload & { said: Said[] },
): Promise<Said[]> {
  await store.query(
    `update outbox set payload = $3 where id = $1 and attempts = $2 and state = 'sending'`,
    [row.id, row.attempts, JSON.stringify(payload)],
    'digest-words',
  );
  return payload.said;
}

/** Hands what it tells to the next digest of the same person that is due, or soon will be; false when there is none. Twice is once. */
async function foldedInto(
  store: Pick<Store, 'query'>,
  row: ClaimedRow,
  about: DigestAbout,
  now: Date,
): Promise<boolean> {
  const [next] = await store.query<{ id: string; payload: DigestPayload }>(
    `select id, payload from outbox
     where office_id = $1 and recipient = $2 and call = 'digest' and id > $3 and state = 'pending' and attempts = 0
       and not_before <= $4 order by id limit 1`,
    [row.officeId, row.recipient, row.id, new Date(now.getTime() + SOON_MS)],
    'digest-next',
  );
  if (!next) return false;
  const { payload } = next;
  const both: DigestPayload = {
    ...payload,
    about: {
      ...payload.about,
      keys: [...new Set([...about.keys, ...payload.about.keys])],
      week: payload.about.week ?? about.week,
      focus: payload.about.focus ?? about.focus,
    },
    at: null,
  };
  const folded = await store.query(
    `update outbox set payload = $2 where id = $1 and state = 'pending' and attempts = 0 returning id`,
    [next.id, JSON.stringify(both)],
    'digest-fold',
  );
  return folded.length > 0;
}
