// What became of one call, and what is therefore to be done with its row: pure, so that every case stands in one table of tests.
import { AppError } from '../errors.ts';
import { WecomInvalid, WecomRefused, WecomUnreachable } from '../wecom/errors.ts';
import type { ClaimedRow } from './claim.ts';
import { type OutboxState, UNCHECKED, type Why } from './outbox.ts';

/** What the platform said yes to. */
export interface Accepted {
  msgid?: string;
  /** The right to change the card that was sent. */
  responseCode?: string;
  /** Userids that it named as not to be reached, and as without a licence, in lower case. */
  invalid: readonly string[];
  unlicensed: readonly string[];
}

export interface Outcome {
  state: Exclude<OutboxState, 'sending'>;
  why: Why | null;
  errcode: number | null;
  /** Wait so long before the next try of this row; null: it is over. */
  waitMs: number | null;
  /** Nobody's message will get through for so long; other recipients of the office wait too. */
  holdsOffice: boolean;
  /** An operator must do something. */
  alarm: boolean;
  /** False: this attempt was not about this message, and is not held against it. */
  counts: boolean;
  /** It was put off: it holds up nothing until then, like one that was only written for later. */
  asNew?: boolean;
  msgid?: string;
  responseCode?: string;
  /** Of a call for many: userids that it did not reach, in lower case. */
  invalid?: readonly string[];
  unlicensed?: readonly string[];
}

/** First wait, doubled with each attempt, and the most. Jitter takes up to a half off, so that not all come back at once. */
const BACKOFF_MS = 2_000;
const BACKOFF_MOST_MS = 300_000;
/** 90313: the card's task_id was used before by this app. */
const TASK_TAKEN = 42014;
/** 90313, 90244: only an app that the whole corp sees may have groups. Its other messages go on. */
const NO_GROUPS = 48002;
/** 90313: a group with this id is there; the id is ours, so an earlier attempt made it. */
const GROUP_TAKEN = 86215;
const ALARM_MS = 60_000;
/** The platform says "busy" to this one message again and again, for some three hours: it is told of, and lets the others pass. */
const GIVE_UP_ATTEMPTS = 40;

/** Milliseconds until the next try: 2 s, doubled with each attempt up to 5 min, less up to a half of it by chance. */
export function backoffMs(attempts: number, random: () => number): number {
  const full = Math.min(BACKOFF_MS * 2 ** Math.min(attempts - 1, 20), BACKOFF_MOST_MS);
  return Math.round(full * (1 - random() / 2));
}

const over = (
  state: 'sent' | 'refused' | 'unsure',
  why: Why | null,
  errcode: number | null = null,
): Outcome => ({
  state,
  why,
  errcode,
  waitMs: null,
  holdsOffice: false,
  alarm: false,
  counts: true,
});

/** errcode 0 does not mean that it arrived: whoever could not be reached is named in lists (90236). */
export function afterYes(row: Pick<ClaimedRow, 'recipient'>, accepted: Accepted): Outcome {
  const given = { msgid: accepted.msgid, responseCode: accepted.responseCode };
  const userId = /^user:(.*)$/.exec(row.recipient)?.[1]?.toLowerCase();
  if (userId !== undefined && accepted.invalid.includes(userId))
    return { ...over('refused', 'invalid-user', 0), ...given };
  if (userId !== undefined && accepted.unlicensed.includes(userId))
    return { ...over('refused', 'unlicensed-user', 0), ...given };
  const { invalid, unlicensed } = accepted;
  return {
    ...over('sent', null, 0),
    ...given,
    ...(row.recipient.startsWith('cast:') ? { invalid, unlicensed } : {}),
  };
}

/** What to do about an error of a call. One that is neither the client's nor our own stores' leaves it open whether anything was sent. */
export function afterNo(
  row: Pick<ClaimedRow, 'attempts' | 'call' | 'mayHaveArrived' | 'goesUp'>,
  err: unknown,
  random: () => number,
): Outcome {
  const again = (why: Why, more: Partial<Outcome> = {}): Outcome => ({
    // What may have arrived once may have arrived for ever, whatever is answered afterwards.
    state: row.mayHaveArrived ? 'unknown' : 'pending',
    why,
    errcode: null,
    waitMs: backoffMs(row.attempts, random),
    holdsOffice: false,
    alarm: false,
    counts: true,
    ...more,
  });

  const leftOpen = () =>
    // An upload says nothing to anybody, however it ended.
    row.goesUp
      ? again('not-sent')
      : UNCHECKED.includes(row.call)
        ? over('unsure', 'no-answer')
        : again('no-answer', { state: 'unknown' });

  // Our own database or file store, and they are asked before anything is said to anybody (send.ts).
  if (err instanceof AppError) return again('not-sent');
  if (err instanceof WecomInvalid) return over('refused', 'bug');
  if (err instanceof WecomUnreachable) return err.outcome === 'not-sent' ? again('not-sent') : leftOpen();
  if (!(err instanceof WecomRefused)) return leftOpen();

  const { errcode, verdict } = err;
  // A robot's limit and its being thrown out of its group are its own; an app's concern everybody.
  const isRobot = row.call === 'robot' || row.call === 'robot-media';
  const holdsOffice = !isRobot;
  // Its key is dead, and a new one makes a new robot: what was for the old one is told as lost and not kept for days.
  if (isRobot && verdict === 'alarm') return over('refused', 'robot-out', errcode);
  if (row.call === 'card-update' && errcode === 60140)
    return over('refused', 'quiet.card-code-spent', errcode);
  // The platform knows the card already: the attempt whose outcome was unknown had arrived.
  if (row.call === 'message' && errcode === TASK_TAKEN && row.mayHaveArrived)
    return over('sent', null, errcode);
  if (row.call === 'appchat-create' && errcode === GROUP_TAKEN && row.mayHaveArrived)
    return over('sent', null, errcode);
  if (row.call.startsWith('appchat') && errcode === NO_GROUPS) return over('refused', 'refused', errcode);
  if (row.call === 'recall' && errcode === 42052) return over('refused', 'quiet.recall-too-late', errcode);
  if (verdict === 'wait')
    return again('rate-limit', { errcode, waitMs: err.waitMs, holdsOffice, counts: false });
  // A token that is dead after the client has fetched a new one means a wrong secret or a disabled app.
  if (verdict === 'alarm' || verdict === 'refresh-token')
    return again('alarm', { errcode, waitMs: ALARM_MS, holdsOffice, alarm: true, counts: false });
  if (verdict === 'retry' && row.attempts < GIVE_UP_ATTEMPTS) return again('busy', { errcode });
  if (verdict === 'retry') return over('refused', 'gave-up', errcode);
  return over('refused', verdict === 'bug' ? 'bug' : 'refused', errcode);
}
