// Reads what the office teaches of short stretches of a message: what is a problem and of which item, what is none.
import { z } from 'zod';
import { check } from './lexicon.ts';

const words = z.array(z.coerce.string().min(1));
const sayings = z.array(z.union([words, z.coerce.string().min(1)]));
const sayingsSchema = z.strictObject({
  faults: z.strictObject({
    I1: sayings,
    I2: sayings,
    I3: sayings,
    I4: sayings,
    I5: sayings,
    I6: sayings,
    I7: sayings,
    I8: sayings,
  }),
  fine: sayings,
  none: sayings,
  praise: sayings,
  act: sayings,
  limit: sayings,
  aside: sayings,
  /** Words that mean the same in such stretches, by concept; they stand beside those of `concepts.yaml`. */
  words: z.record(z.string().regex(/^[a-z_]+$/), words),
});
/** What a short stretch of a message says, by kind; problems by item. A list may stand in rows. */
export type Sayings = z.infer<typeof sayingsSchema>;

/** Reads `rules/clauses.yaml`. Throws `scripts.faulty` with every fault at a time, by line and key. */
export function readSayings(file: string): Sayings {
  return check(sayingsSchema, file);
}
