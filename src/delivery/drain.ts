// Drains one recipient: row by row in order, one call at a time, each ending written down before the next begins.
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { isUnreachable } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { WecomClient } from '../wecom/client.ts';
import type { Robot } from '../wecom/webhook.ts';
import { type ClaimedRow, claimNext, renewClaim } from './claim.ts';
import type { WordDigest } from './digest.ts';
import { writeEnding } from './ending.ts';
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
/** What was not written by then is left to the sweep, as after a death. */
const WRITE_FOR_MS = 30_000;
const WRITE_AGAIN_MS = 500;
const NO_CLIENT_MS = 60_000;
/** What is put off for longer is found by the sweep when it is due. */
const SWEPT_MS = 10_000;

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
    let again: number | undefined;
    while (!stopped) {
      const held = (holds.get(officeId) ?? 0) - now().getTime();
      if (held > 0) return held + deps.random() * 1_000;
      const client = deps.clientFor(officeId);
      if (!client) return NO_CLIENT_MS;

      const claim = await claimNext(store, officeId, recipient, now());
      if (claim.kind === 'later') return Math.min(claim.ms, again ?? claim.ms);
      if (claim.kind !== 'row') return again;
      const outcome = await attempt(client, claim.row);
      await write(claim.row, outcome);
      if (outcome.waitMs === null) continue;
      if (!outcome.asNew) return outcome.waitMs;
      if (outcome.waitMs < SWEPT_MS) again = Math.min(outcome.waitMs, again ?? SWEPT_MS);
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
      if (outcome.holdsOffice) holds.set(row.officeId, now().getTime() + (outcome.waitMs ?? 0));
      tell(log, row, outcome, err);
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

  /** A database that is away for a moment is waited for: an ending that is not written holds the recipient up for a minute, and is forgotten. */
  async function write(row: ClaimedRow, outcome: Outcome): Promise<void> {
    const [endedAt, ended] = [now(), performance.now()];
    for (;;) {
      try {
        return await writeEnding(store, row, outcome, endedAt);
      } catch (err) {
        if (!isUnreachable(err) || stopped || performance.now() - ended > WRITE_FOR_MS) throw err;
        await wait(WRITE_AGAIN_MS);
      }
    }
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

function tell(log: Log, row: ClaimedRow, { state, why, errcode, alarm }: Outcome, err: unknown): void {
  const { id: outboxId, officeId: office, call, attempts } = row;
  const facts = { outboxId, office, call, attempts, errcode, why, err };
  if (alarm) log.error(facts, 'WeCom takes no messages until an operator mends it');
  else if (why === 'bug') log.error(facts, 'a message was built wrong');
  else log.warn(facts, TOLD[state] ?? 'a message waits');
}

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
