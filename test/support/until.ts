// Waiting for a thing to be seen, instead of sleeping and hoping.

/**
 * So long a thing is waited for before it counts as missing: no measure of speed, but an end for what would never come, with a
 * word of what it was. A machine on which much else runs has taken twenty seconds for what takes one; a test's own end is five minutes.
 */
export const PATIENCE_MS = 60_000;

/** Looks every 20 ms (`everyMs`) until `look` gives something true, and gives it back; says `what` was not seen after `withinMs`. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = PATIENCE_MS,
  everyMs = 20,
): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not seen within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
