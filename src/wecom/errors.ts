// The three ways a talk with WeCom goes wrong, told apart once here, so that every caller knows what it may do next.
import { type Verdict, verdictOf } from './verdicts.ts';

export { type Verdict, verdictOf } from './verdicts.ts';

/** Why an envelope was refused. For counters and logs only: the sender is told nothing but a 4xx. */
export type CallbackReason =
  | 'too-large'
  | 'bad-query'
  | 'bad-xml'
  | 'bad-signature'
  | 'stale'
  | 'decrypt-failed'
  | 'bad-padding'
  | 'too-short'
  | 'bad-length'
  | 'receiveid-mismatch'
  | 'agent-mismatch'
  | 'bad-inner-xml'
  | 'bad-json'
  | 'bad-inner-json';

/** An envelope that is not to be believed. Never say the reason to the outside: it would make a padding oracle. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';
  constructor(
    readonly reason: CallbackReason,
    options?: { cause?: unknown },
  ) {
    super(`callback refused: ${reason}`, options);
  }
}

/** WeCom answered, and the answer was no. Nothing was done, and that is certain. */
export class WecomRefused extends Error {
  override readonly name = 'WecomRefused';
  readonly errmsg: string;
  readonly verdict: Verdict;
  /** How long to hold back before the next try, in ms; only for `wait` (90312: a minute's block lasts 60 s). */
  readonly waitMs: number;

  constructor(
    readonly errcode: number,
    errmsg: string,
    verdict: Verdict = verdictOf(errcode),
    readonly path = '',
    options: { waitMs?: number; secrets?: readonly string[]; cause?: unknown } = {},
  ) {
    const said = scrub(errmsg, options.secrets);
    super(`WeCom refused ${path || 'the call'}: ${errcode} ${said}`, { cause: options.cause });
    this.errmsg = said;
    this.verdict = verdict;
    this.waitMs = options.waitMs ?? (verdict === 'wait' ? RATE_BLOCK_MS : 0);
  }
}

/**
 * WeCom did not answer in a way that can be understood. `not-sent`: the request never left, try again freely.
 * `unknown`: it may have been carried out, so a blind repeat may double it.
 */
export class WecomUnreachable extends Error {
  override readonly name = 'WecomUnreachable';
  constructor(
    readonly outcome: 'not-sent' | 'unknown',
    readonly path: string,
    /** What happened, in words without addresses or secrets: `ECONNREFUSED`, `HTTP 502`, `not JSON`. */
    readonly what: string,
    options?: { cause?: unknown },
  ) {
    super(`WeCom did not answer ${path}: ${what} (${outcome})`, options);
  }
}

/** We were about to send what the platform would refuse or cut. A fault of our own code; nothing left the house. */
export class WecomInvalid extends Error {
  override readonly name = 'WecomInvalid';
  readonly verdict = 'bug' satisfies Verdict;
  constructor(
    readonly path: string,
    /** One line per fault: where it is and what is wrong, never the value. */
    readonly faults: readonly string[],
  ) {
    super(`not fit to send to ${path}: ${faults.join('; ')}`);
  }
}

/** 90312: going over a limit per minute blocks for 60 s, over one per hour for 60 min. The code does not say which, so a try a minute finds out. */
const RATE_BLOCK_MS = 60_000;

/**
 * Takes out of an error text what must not reach a log: our own egress address, and credentials that were echoed.
 * The hint stays, it is what WeCom's support asks for.
 */
export function scrub(errmsg: string, secrets: readonly string[] = []): string {
  let said = errmsg
    .slice(0, 500)
    .replace(/(from ip: ?)[^\s,]+/gi, '$1-')
    .replace(/(\b(?:access_token|corpsecret|secret|key|code)=)[^\s&"',]+/gi, '$1-');
  for (const secret of secrets) if (secret.length > 0) said = said.replaceAll(secret, '-');
  return said;
}
