// Drains one recipient: row by row in order, one call at a time, each ending written down before the next begins.
import type { Log } from '../log.ts';
import type { Store, Tx } from '../store/store.ts';
import type { WecomClient } from '../wecom/client.ts';
import type { Robot } from '../wecom/webhook.ts';
import { markReceivers } from './cast.ts';
import { type ClaimedRow, claimNext, renewClaim } from './claim.ts';
import type { WordDigest } from './digest.ts';
import type { FileStore } from './files.ts';
import { UPLOADS } from './outbox.ts';
import { afterNo, afterYes, type Outcome } from './outcome.ts';
import type { FindPhotos } from './photo-card.ts';
import { Later, NothingToDo, NotYet } from './put-off.ts';
import { send } from './send.ts';

export interface DeliveryDeps {
  store: Store;
  /** Undefined: the office has no platform yet; its rows wait. */
  clientFor(officeId: string): WecomClient | undefined;
  /** A group robot by the name in `robot:<name>`; its key is a credential, so no row holds it. */
  robotFor?(officeId: string, name: string): Promise<Robot | undefined>;
  /** Where files that are handed out lie. */
  files: FileStore;
  photosFor?: FindPhotos;
  wordDigest: WordDigest;
  now(): Date;
  log: Log;
  random(): number;
  patience?: Patience;
}

/** Who hangs longer is taken for unknown. `callMs` is shorter than a claim (claim.ts); that of an upload is renewed meanwhile. */
export interface Patience {
  callMs: number;
  uploadMs: number;
  renewMs: number;
}

export interface Delivery {
  /**
   * Sends what is due. Resolves with the milliseconds after which it should be called again because something waits,
   * or with undefined. Two at a time for one recipient are harmless: one finds the other busy and leaves.
   * Throws only when the database does: what was being sent is then found by the sweep.
   */
  drain(officeId: string, recipient: string): Promise<number | undefined>;
  /** From now on each drain ends after the row that it is at. */
  stop(): void;
}

/**
 * A call may ask for a token, send, refresh and send again. A file may have to go up twice before, a minute each: taken for
 * unknown while it still goes up, it would be sent by this attempt and by the next, as two files to the platform's eye.
 */
const PATIENCE: Patience = { callMs: 45_000, uploadMs: 180_000, renewMs: 15_000 };
const OTHER_WAIT_MS = 2_000;
const NO_CLIENT_MS = 60_000;

/** The sender of this process. Any number of processes may have one on the same outbox: each row is claimed by one. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, log, now, patience = PATIENCE } = deps;
  /**
   * Until when an office must send nothing. Kept in memory: each process learns it from one refused call, and the
   * refused rows carry their own time, so that nothing depends on it.
   */
  const holds = new Map<string, number>();
  let stopped = false;

  async function drain(officeId: string, recipient: string): Promise<number | undefined> {
    while (!stopped) {
      const held = (holds.get(officeId) ?? 0) - now().getTime();
      if (held > 0) return held + deps.random() * 1_000;
      const client = deps.clientFor(officeId);
      if (!client) return NO_CLIENT_MS;

      const claim = await claimNext(store, officeId, recipient, now());
      if (claim.kind === 'later') return claim.ms;
      if (claim.kind !== 'row') return undefined;
      const outcome = await attempt(client, claim.row);
      await write(claim.row, outcome);
      if (outcome.waitMs !== null && !outcome.asNew) return outcome.waitMs;
    }
    return undefined;
  }

  async function attempt(client: WecomClient, row: ClaimedRow): Promise<Outcome> {
    const renewing = UPLOADS.includes(row.call) ? setInterval(renew, patience.renewMs, row) : undefined;
    try {
      return afterYes(row, await inTime(send({ ...deps, client }, row), msFor(row)));
    } catch (err) {
      if (err instanceof NothingToDo) return { ...afterYes(row, NOBODY), state: 'refused', why: err.why };
      if (err instanceof NotYet) return waitForOther(row);
      if (err instanceof Later) return waitUntil(err.at.getTime() - now().getTime());
      const outcome = afterNo(row, err, deps.random);
      tell(row, outcome, err);
      return outcome;
    } finally {
      clearInterval(renewing);
    }
  }

  function renew(row: ClaimedRow): void {
    renewClaim(store, row).catch((err: unknown) =>
      log.warn({ err, outboxId: row.id }, 'a claim was not renewed'),
    );
  }

  const msFor = ({ call }: ClaimedRow) => (UPLOADS.includes(call) ? patience.uploadMs : patience.callMs);

  function tell(row: ClaimedRow, outcome: Outcome, err: unknown) {
    const { errcode, why, state } = outcome;
    const facts = {
      outboxId: row.id,
      office: row.officeId,
      call: row.call,
      attempts: row.attempts,
      errcode,
      why,
      err,
    };
    if (outcome.holdsOffice) holds.set(row.officeId, now().getTime() + (outcome.waitMs ?? 0));
    if (outcome.alarm) log.error(facts, 'WeCom takes no messages until an operator mends it');
    else if (why === 'bug') log.error(facts, 'a message was built wrong');
    else log.warn(facts, TOLD[state] ?? 'a message waits');
  }

  /** Says how it ended, if the claim is still ours: `attempts` counts the claims. */
  async function write(row: ClaimedRow, outcome: Outcome): Promise<void> {
    const left = ['sent', 'unknown', 'unsure'].includes(outcome.state);
    if (!row.recipient.startsWith('cast:')) return void (await mark(store, row, outcome, left));
    // What became of the call and of each of its receivers is one fact.
    await store.transaction(async (tx) => {
      const ours = await mark({ query: tx.sql.bind(tx) }, row, outcome, left);
      if (ours) await markReceivers(tx, row, outcome, now());
    });
  }

  async function mark(
    on: { query: Tx['sql'] },
    row: ClaimedRow,
    outcome: Outcome,
    left: boolean,
  ): Promise<boolean> {
    const rows = await on.query(
      `update outbox
       set state = $3, why = $4, errcode = $5, not_before = coalesce($6, not_before), claimed_until = null,
         msgid = coalesce($7, msgid), response_code = coalesce($8, response_code),
         -- Not to 0: what was tried holds up what is behind it; what was put off for hours does not.
         attempts = case when $12 then 0 when $11 then attempts else greatest(attempts - 1, 1) end,
         -- The end of the call, not its beginning: the platform counted it somewhere in between.
         sent_at = case when $9 then $10::timestamptz else sent_at end
       where id = $1 and attempts = $2 and state in ('sending', 'unknown') returning id`,
      [
        row.id,
        row.attempts,
        outcome.state,
        outcome.why,
        outcome.errcode,
        outcome.waitMs === null ? null : new Date(now().getTime() + outcome.waitMs),
        outcome.msgid ?? null,
        outcome.responseCode ?? null,
        left,
        now(),
        outcome.counts,
        outcome.asNew ?? false,
      ],
      'outbox-mark',
    );
    return rows.length > 0;
  }

  return {
    drain,
    stop() {
      stopped = true;
    },
  };
}

const TOLD: Partial<Record<Outcome['state'], string>> = {
  refused: 'a message will not arrive',
  unsure: 'nobody knows whether a message arrived, and it is not sent again',
};

const NOBODY = { invalid: [], unlicensed: [] };

/** The message that is to be changed or recalled has not left yet itself. */
function waitForOther(row: ClaimedRow): Outcome {
  return {
    state: row.mayHaveArrived ? 'unknown' : 'pending',
    why: 'not-yet',
    errcode: null,
    waitMs: OTHER_WAIT_MS,
    holdsOffice: false,
    alarm: false,
    counts: false,
  };
}

/** Put off, as if it had been written for that moment. */
const waitUntil = (waitMs: number): Outcome => ({
  ...{ state: 'pending', why: null, errcode: null, waitMs: Math.max(0, waitMs), asNew: true },
  ...{ holdsOffice: false, alarm: false, counts: false },
});

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  work.catch(() => {});
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no end of the call')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
