// Who takes the reply: the HTTP answer, as long as the platform still waits for it, or else the outbox. Never both, never neither.

/** The platform drops the connection after 5 s (PROTOCOL §1.7). */
export interface Budget {
  /** From here on an unclaimed answer is sent empty and the reply takes the outbox's way. */
  emptyAfterMs: number;
  /** From here on a claimed answer is given up: the platform asks again and gets the stored reply. */
  giveBackAfterMs: number;
}

export const BUDGET: Budget = { emptyAfterMs: 4_000, giveBackAfterMs: 4_800 };

export interface Passive {
  /** Called just before a turn's last statement. True: the reply goes back in the HTTP answer. False: too late. */
  claim(): boolean;
}

/** For a message that nobody waits for any more: whatever it says leaves through the outbox. */
export const nobodyWaits: Passive = { claim: () => false };

/** One HTTP answer that is waited for. Claimed or closed, whichever comes first, and never changed after. */
export class PassiveAnswer implements Passive {
  #state: 'open' | 'claimed' | 'closed' = 'open';

  claim(): boolean {
    if (this.#state === 'open') this.#state = 'claimed';
    return this.#state === 'claimed';
  }

  /** True when nobody claimed it, now or before: no reply will come this way. */
  close(): boolean {
    if (this.#state === 'open') this.#state = 'closed';
    return this.#state === 'closed';
  }
}

export const LATE = Symbol('late');

/** What `work` gives, or LATE after so many milliseconds; the work itself goes on. */
export function before<T>(ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(LATE), Math.max(0, ms));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
