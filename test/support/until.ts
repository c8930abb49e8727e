// Waiting for a thing to be seen, instead of sleeping and hoping.

/** Looks every 20 ms (`everyMs`) until `look` gives something true, and gives it back; says `what` was not seen after `withinMs`. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 10_000,
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
