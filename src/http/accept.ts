// Between a verified envelope and its turn: answers in time, keeps on disk what can't be stored now, and lets nothing of one person overtake.
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { AibotInbound } from '../wecom/aibot.ts';
import type { Inbound } from '../wecom/inbound.ts';
import { BUDGET, type Budget, before, LATE, type Passive, PassiveAnswer } from './passive.ts';
import type { OneAtATime } from './turns.ts';

/** A verified message on its way into the house. */
export interface Envelope {
  /** Slug. */
  office: string;
  inbound: Inbound | AibotInbound;
  /** What was decrypted: XML of the app's callback, JSON of the smart robot's. */
  xml: string;
  dedupKey: string;
  receivedAt: Date;
}

/** One turn, whole: durable when it resolves, undone when it rejects. `reply` is plain, not yet sealed: XML for the app, JSON for the smart robot. */
export type RunTurn = (envelope: Envelope, passive: Passive) => Promise<{ reply: string | null }>;

/** Messages on the disk of this machine that wait for the database. */
export interface Waiting {
  /** On the disk (fsync) when it resolves. */
  append(envelope: Envelope): Promise<void>;
  /** Does anything of this sender wait there? */
  holds(envelope: Envelope): boolean;
}

export type AcceptEvent = 'answered' | 'late' | 'spooled' | 'given-back' | 'failed';

export interface AcceptDeps {
  run: RunTurn;
  spool: Waiting;
  queue: OneAtATime;
  /** Hides what must not lie anywhere in the clear, before the message can come to lie on a disk. */
  hush(envelope: Envelope): Envelope;
  count(event: AcceptEvent): void;
  log: Log;
  budget?: Budget;
}

/** The platform is to ask again: the answer can't be told now, or nothing could be kept. */
export const GIVE_BACK = Symbol('give back');

/** Gives the plain reply to answer with, null for an empty 200, or GIVE_BACK; rejects when the turn failed. */
export type Accept = (envelope: Envelope, arrived: number) => Promise<string | null | typeof GIVE_BACK>;

/** Tells people apart over all offices: the slug and the userid in lower case. */
export const senderOf = ({ office, inbound }: Pick<Envelope, 'office' | 'inbound'>): string =>
  `${office} ${inbound.fromUser.toLowerCase()}`;

/** Messages whose reply was given not long ago: far more than the platform can still be asking about. */
const GIVEN = 2_000;

/** Two messages of one person are taken one after the other; nothing that was accepted is lost by a database that is away. */
export function acceptor(deps: AcceptDeps): Accept {
  const { spool, log, count } = deps;
  const budget = deps.budget ?? BUDGET;
  const given = new Set<string>();

  return async (said, arrived) => {
    const envelope = deps.hush(said);
    const passive = new PassiveAnswer();
    const key = `${envelope.office} ${envelope.dedupKey}`;
    let kept: Promise<void> | undefined;
    const keep = () => {
      kept ??= spool.append(envelope);
      return kept;
    };

    const turn = deps.queue(
      senderOf(envelope),
      async () => {
        // Earlier messages of hers (or this one, kept meanwhile) wait on the disk: the drain takes them in their order.
        if (spool.holds(envelope) && !given.has(key)) {
          await keep();
          return null;
        }
        try {
          return (await deps.run(envelope, passive)).reply;
        } catch (error) {
          if (!isAway(error) || given.has(key)) throw error;
          await keep();
          count('spooled');
          log.warn({ err: error }, 'message kept on disk until the database is back');
          return null;
        }
      },
      envelope.office,
    );

    const left = (ms: number) => ms - (performance.now() - arrived);
    try {
      let reply = await before(left(budget.emptyAfterMs), turn);
      // Where the reply was given before, the message is safe, and the platform took that answer or asks again: to keep it
      // for another way would say the same twice.
      if (reply === LATE && !given.has(key) && passive.close()) {
        // An empty 200 tells the platform not to ask again, so the message must be safe first, whatever becomes of the turn.
        await keep();
        count('late');
        watchLate(turn, arrived);
        return null;
      }
      if (reply === LATE) reply = await before(left(budget.giveBackAfterMs), turn);
      if (reply === LATE) {
        count('given-back');
        watchLate(turn, arrived);
        return GIVE_BACK;
      }
      count('answered');
      if (reply !== null) {
        given.add(key);
        const [oldest] = given;
        if (given.size > GIVEN && oldest !== undefined) given.delete(oldest);
      }
      return reply;
    } catch (error) {
      if (!(error instanceof SpoolFailed)) {
        count('failed');
        throw error;
      }
      count('given-back');
      turn.catch(() => {});
      log.error({ err: error }, 'message could not be kept on disk either');
      return GIVE_BACK;
    }
  };

  function watchLate(turn: Promise<unknown>, arrived: number) {
    const ms = () => Math.round(performance.now() - arrived);
    turn.then(
      () => log.warn({ ms: ms() }, 'turn ended after the platform was answered'),
      (error: unknown) => log.error({ err: error, ms: ms() }, 'late turn failed'),
    );
  }
}

/** The disk said no. Whoever appends to the spool throws this. */
export class SpoolFailed extends Error {
  override readonly name = 'SpoolFailed';
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store.unreachable';
}
