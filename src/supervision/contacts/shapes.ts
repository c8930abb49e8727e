// What the office is told of the platform's members, as data: the words stand in bot-scripts/texts/…/contacts.yaml.
import { z } from 'zod';

/** Nothing that scrolls; `dudao contacts` names them all. */
export const NAMED = 6;

const named = z.object({ names: z.array(z.string()), count: z.number() });

/** The first names of a list, and how many there are. */
export const some = (names: readonly string[]): z.infer<typeof named> => ({
  names: names.slice(0, NAMED),
  count: names.length,
});

/** One who left, and what now lies with nobody. */
export const memberLeft = z.object({
  name: z.string(),
  why: z.enum(['left', 'disabled']),
  inspector: named,
  principal: named,
  /** The area that nobody leads any more. */
  area: z.string().nullable(),
  /** She was the last of the office. */
  last: z.boolean(),
});
export type MemberLeft = z.infer<typeof memberLeft>;

/** Many who left at once. */
export const manyLeft = z.object({
  names: z.array(z.string()),
  count: z.number(),
  inspector: named,
  principal: named,
  areas: z.array(z.string()),
  last: z.boolean(),
});
/** `schools`: that are still hers. */
export const memberBack = z.object({ name: z.string(), schools: z.number() });
export const memberRenamed = z.object({ name: z.string(), userId: z.string() });
export const memberClash = z.object({ name: z.string(), other: z.string(), userId: z.string() });

/** What the office reads of a comparison. */
export const contactsReport = z.object({
  /** Nobody differs, and all could be read. */
  fine: z.boolean(),
  people: z.number(),
  left: named,
  /** `left` are named, but nothing was done: they are too many, or the whole office. */
  held: z.enum(['many', 'office']).nullable(),
  back: named,
  unreachable: named,
  inactive: named,
  unknown: named,
  names: z.array(z.object({ roster: z.string(), platform: z.string() })),
  namesCount: z.number(),
  /** Whose department is named as another area than hers. */
  areas: z.array(z.object({ name: z.string(), roster: z.string(), platform: z.string() })),
  areasCount: z.number(),
  /** What could not be read: `members 48002`, `range 60011`. */
  faults: z.array(z.string()),
  /** The members' ids could not be asked for: no secret of the contact-sync helper. */
  rangeOnly: z.boolean(),
});
export type ContactsReport = z.infer<typeof contactsReport>;
