// What every kind of slot can do: take its value from what was understood or from a bare answer, and show it.
import type { Choice, Row } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import type { SlotSpec } from '../scripts/shapes.ts';
import type { NoticeTemplate } from '../scripts/templates.ts';
import type { Reading } from '../understand/types.ts';

/**
 * `value`: taken (`masked`: a name or number in it was). `choices`: several fit, ask which. `wrong`: a text of common.yaml
 * says what would work, with the nearest as choices. `nothing`: there is nothing that this flow could be about.
 */
export type Took =
  | { value: unknown; masked?: boolean; notClean?: boolean }
  | { choices: Choice[]; about?: string }
  | { wrong: string; vars?: Record<string, unknown>; choices?: Choice[] }
  | { nothing: string; vars?: Record<string, unknown> }
  | undefined;

export interface SlotKindOf {
  /** From a message that was understood as a whole. */
  read(reading: Reading, asks: Asks): Took;
  /** From the bare answer to its own question, when `read` took nothing. */
  answer?(text: string, asks: Asks): Took;
  /** Without being said: the only one there is, or the default. */
  without?(asks: Asks): Took;
  /** What is wrong with a value that was taken, now that what it hangs on is known: it is dropped, and asked for again. */
  check?(value: unknown, asks: Asks): Took;
  /** Whether a value that was taken is not whole yet: its question is put again for the rest. */
  lacks?(value: unknown): boolean;
  /** The few values there are, as choices for its question. */
  choices?(asks: Asks): Choice[];
  /** As templates see it. */
  view(value: unknown, facts: Facts, row: Row): unknown;
}

export interface Asks {
  facts: Facts;
  spec: SlotSpec;
  name: string;
  row: Row;
  /** What was typed, for a slot that keeps words. */
  text: string;
  /** A word of terms.yaml in the person's language. */
  term(key: string): string;
  /** Whether this slot's question is the open one. */
  open: boolean;
  /** The notice that she spoke of a moment ago. */
  lastNotice: string | undefined;
  /** The visits that she filed or corrected last: "刚才那条". */
  lastVisits: readonly string[];
  /** The office's standing notices, in the person's language. */
  templates: readonly NoticeTemplate[];
  /** Reads a part of what was typed by itself. */
  part(text: string): Reading;
}

export const MOST_CHOICES = 4;

/** The value of a choice that leaves the draft: nothing is done. */
export const LEAVE = 'leave';

/** "张督学" where several bear the name: whose figures or schools they are to be, is asked. `value` makes the slot's value of a full name. */
export function whichPerson({ slots }: Reading, value: (name: string) => unknown): Took {
  const names = slots.person === undefined ? (slots.person_candidates ?? []) : [];
  return names.length === 0
    ? undefined
    : {
        choices: names.slice(0, MOST_CHOICES).map((name) => ({ label: name, value: value(name) })),
        about: 'person.heard',
      };
}
