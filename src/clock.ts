// Time is a parameter: everything that needs "now" is handed a clock, and a demo or a test hands it one that can be moved.

export interface Clock {
  now(): Date;
}

export interface MovableClock extends Clock {
  /** Moves the clock by so many milliseconds; negative moves it back. */
  advance(ms: number): void;
  /** Sets the clock to an instant; it runs on from there. */
  moveTo(instant: Date): void;
  /** How far this clock is ahead of the machine's, in milliseconds. */
  offset(): number;
  onMove(listener: () => void): void;
}

/** The machine's own time. */
export function systemClock(): Clock {
  return { now: () => new Date() };
}

/** A clock that runs with the machine's, `offset` milliseconds ahead of it. */
export function movableClock(offset = 0): MovableClock {
  const listeners: (() => void)[] = [];
  const move = (to: number) => {
    offset = to;
    for (const listener of listeners) listener();
  };
  return {
    now: () => new Date(Date.now() + offset),
    advance: (ms) => move(offset + ms),
    moveTo: (instant) => move(instant.getTime() - Date.now()),
    offset: () => offset,
    onMove: (listener) => listeners.push(listener),
  };
}
