// The state of one person's talk with the bot: what is being filled in, what was asked, what was just done. Plain data, one row.
import { z } from 'zod';

/** A value of a slot as the act will take it. Shapes are those of chat/slots. */
export type Row = Record<string, unknown>;

const choice = z.object({ label: z.string(), value: z.unknown() });
export type Choice = z.infer<typeof choice>;

const question = z.object({
  /** Names the card's task, so that a late tap is known as such. */
  id: z.string(),
  kind: z.enum(['slot', 'confirm', 'resume', 'switch', 'meant', 'start', 'follow-up']),
  /** kind slot: which slot of which row. */
  slot: z.string().optional(),
  row: z.number().optional(),
  choices: z.array(choice).default([]),
  /** What makes this question other than the slot's usual one: a key of common.yaml. */
  about: z.string().optional(),
  /** Answers that did not fit, in a row. */
  wrong: z.number().default(0),
  askedAt: z.string(),
  /** kind confirm: a checksum of what was shown, so that nothing is confirmed that has changed since. */
  shown: z.string().optional(),
  /** Whether it stands on a card that has to be greyed when it is over. */
  card: z.boolean().default(false),
  /** kind switch: the text that would begin something else. kinds meant and follow-up: what was typed. */
  text: z.string().optional(),
});
export type Question = z.infer<typeof question>;

const frame = z.object({
  id: z.string(),
  flow: z.string(),
  version: z.number(),
  /** What kind each slot of that version was of: by it a later version knows what of the rows it can take. Drafts of old have none. */
  kinds: z.record(z.string(), z.string()).optional(),
  rows: z.array(z.record(z.string(), z.unknown())).min(1),
  /** Earlier states of `rows`, newest last, for 上一步. */
  past: z.array(z.array(z.record(z.string(), z.unknown()))).default([]),
  /** What was heard in more than one way and is not settled yet, by row and slot: `0.school` is asked with its choices until it is. */
  doubts: z.record(z.string(), z.object({ choices: z.array(choice), about: z.string() })).default({}),
  /** A button named the whole act. */
  tapped: z.boolean().default(false),
  /** The card whose button began this, greyed when the act is done. */
  paper: z.string().optional(),
  /** "没啥大问题": said once on the card that small ones can be added. */
  notClean: z.boolean().default(false),
  /** A name or number was masked, or a danger to people named: said on the card. */
  masked: z.boolean().default(false),
  danger: z.boolean().default(false),
  /** Its rows when nothing had been said for them yet: as long as they are so, it is empty. */
  blank: z.string().optional(),
  /** Comes right after the draft before which it waits, without being offered. */
  follows: z.boolean().optional(),
  /** When it was last offered again after something else. */
  offeredAt: z.string().optional(),
  openedAt: z.string(),
  touchedAt: z.string(),
});
export type Frame = z.infer<typeof frame>;

const photo = z.object({
  id: z.string(),
  at: z.string(),
  /** The draft that it was taken off: it belongs to another. */
  not: z.string().optional(),
});

const conversation = z.object({
  v: z.literal(1),
  frame: frame.nullable().default(null),
  question: question.nullable().default(null),
  /** Put aside for something else, newest last. */
  aside: z.array(frame).default([]),
  /** Cancelled last: a slip of the finger is taken back within half an hour. */
  dropped: frame.nullable().default(null),
  /** Sent before the words they belong to. */
  photos: z.array(photo).default([]),
  /** A place sent of her own accord, before or beside the words of a visit. */
  place: z.object({ label: z.string(), at: z.string() }).nullable().default(null),
  /** What was done last, for "写错了" and for photos that come after. */
  last: z
    .object({
      flow: z.string(),
      at: z.string(),
      row: z.record(z.string(), z.unknown()),
      result: z.record(z.string(), z.unknown()),
    })
    .nullable()
    .default(null),
  /** The question about her work that was answered last: "二区呢" asks it of another area. */
  asked: z
    .object({ flow: z.string(), at: z.string(), row: z.record(z.string(), z.unknown()) })
    .nullable()
    .default(null),
  /** The notice that was spoken of last: "第二条" is its second. */
  about: z.object({ notice: z.string(), at: z.string() }).nullable().default(null),
  /** Cards whose question is over, newest last, for the answer to a late tap. */
  over: z.array(z.object({ id: z.string(), how: z.string() })).default([]),
  /** Told of a danger lately: what follows in the next hour and is nothing else is told on too. */
  emergency: z
    .object({
      at: z.string(),
      school: z.string(),
      /** Asked whether something was more of it, she said no. */
      deniedAt: z.string().optional(),
    })
    .nullable()
    .default(null),
  greetedOn: z.string().nullable().default(null),
  voiceToldOn: z.string().nullable().default(null),
  photoToldAt: z.string().nullable().default(null),
  /** Messages in a row that were not understood. */
  misses: z.number().default(0),
});
export type Conversation = z.infer<typeof conversation>;

export const PAST_KEPT = 6;
export const ASIDE_KEPT = 3;
export const OVER_KEPT = 20;
/** Rows and findings of one draft: more in one message is not chat. */
export const MOST_ROWS = 10;
export const MOST_FINDINGS = 20;
/** "三个人,都送医院了" after a danger was told. */
export const EMERGENCY_LASTS_MS = 60 * 60_000;
/** Later words that are plainly of the same emergency, or may be: as long as what is told on joins what was told before. */
export const EMERGENCY_FOLLOWED_MS = 24 * 60 * 60_000;
/** A bare answer to a question older than this is not taken for its answer. */
export const QUESTION_LASTS_MS = 24 * 60 * 60_000;
/** A draft that waits is not offered again before. */
export const OFFER_AGAIN_MS = 2 * 60 * 60_000;
/** A draft that was cancelled comes back when it is asked for before. */
export const DROPPED_KEPT_MS = 30 * 60_000;
/** Photos older than this no longer belong to what is said now. */
export const PHOTO_WAITS_MS = 30 * 60_000;

/** The state of somebody who has not spoken yet. */
export function emptyConversation(): Conversation {
  return conversation.parse({ v: 1 });
}

/** Reads a stored state; one that this version cannot read is begun again, and `lost` says so. */
export function readConversation(stored: unknown): { conversation: Conversation; lost: boolean } {
  if (stored === null || stored === undefined) return { conversation: emptyConversation(), lost: false };
  const parsed = conversation.safeParse(stored);
  return parsed.success
    ? { conversation: parsed.data, lost: false }
    : { conversation: emptyConversation(), lost: true };
}
