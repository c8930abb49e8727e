// When the wire last moved: whoever moves the clock on waits until the bot has said what it has to say.
let lastMs = 0;

export function noteLife(): void {
  lastMs = Date.now();
}

const STEP_MS = 50;

/** Waits until nothing was heard for `quietMs`, at least `leastMs` and at most `mostMs`; real milliseconds. */
export async function untilQuiet(leastMs: number, quietMs: number, mostMs: number): Promise<void> {
  const began = Date.now();
  const waited = () => Date.now() - began;
  while (waited() < leastMs || (Date.now() - lastMs < quietMs && waited() < mostMs))
    await new Promise((done) => setTimeout(done, STEP_MS));
}
