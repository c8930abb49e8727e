// What a flow and a text may contain: the closed vocabulary of bot-scripts, checked when it is loaded.
import { z } from 'zod';
import { ROLES } from '../../supervision/act.ts';
import { INTENTS } from '../understand/types.ts';

const SLOT_TYPES = [
  'school',
  'date',
  'session',
  'methods',
  'items',
  'lessons',
  'findings',
  'text',
  'message',
  'photos',
  'photo-findings',
  'photo-count',
  'photo-nth',
  'finding-place',
  'open-findings',
  'submitted-findings',
  'extendable-findings',
  'extension-requests',
  'contestable-findings',
  'objections',
  'plannable-findings',
  'accepted-findings',
  'closable-findings',
  'drafted-findings',
  'unnoticed-findings',
  'named-findings',
  'how',
  'listed',
  'date-ahead',
  'done-day',
  'escalation-step',
  'from-day',
  'earlier-setting',
  'count',
  'code',
  'grade',
  'unsigned-notice',
  'signer',
  'new-day',
  'result',
  'period',
  'closing-month',
  'span',
  'companions',
  'schools',
  'capacity',
  'lessons-heard',
  'for-inspector',
  'method-counts',
  'advice',
  'place',
  'recent-visit',
  'visit-look',
  'replaced-visit',
  'correction',
  'open-emergency',
  'closed-emergency',
  'scope',
  'area',
  'paper',
  'paper-number',
  'audience',
  'list-name',
  'list-members',
  'known-list',
  'notice-template',
  'notice-blanks',
  'notice-text',
  'receipt',
  'send-time',
  'notice-reason',
  'unconfirmed-notices',
  'received-notice',
  'open-wish',
  'wish-answer',
  'sent-notice',
  'notice-change',
  'new-group',
  'group-end',
  'known-group',
  'last-words',
  'robot-key',
  'robot-name',
  'known-robot',
  'inspector',
  'inspector-pair',
  'goes-instead',
  'setting',
  'setting-value',
] as const;
export type SlotType = (typeof SLOT_TYPES)[number];

const slotSpec = z.strictObject({
  type: z.enum(SLOT_TYPES),
  /** Never asked for; taken when it is said. */
  optional: z.boolean().optional(),
  default: z.literal('today').optional(),
  notAfter: z.literal('today').optional(),
  /** `owing`: her own schools too, and for the office those with something overdue; `asked`: of notices the newest that wants an answer. */
  prefer: z.enum(['assigned', 'alarmed', 'owing', 'asked']).optional(),
  /** `allowed`: an explicit "none" is an answer. */
  none: z.literal('allowed').optional(),
  /** Which slot of what was understood gives the value; the slot's own name unless said. Of a verdict, `seen`: what was seen at a second look. */
  read: z.string().optional(),
  min: z.int().optional(),
  max: z.int().optional(),
  /** Asked for only when another slot has one of these values. */
  when: z.record(z.string(), z.array(z.string())).optional(),
});
export type SlotSpec = z.infer<typeof slotSpec>;

export const flowShape = z.strictObject({
  flow: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Raise it when a slot is renamed, removed or of another kind: a draft of an older version keeps what still fits, and says what does not. */
  version: z.int().min(1).default(1),
  intents: z.array(z.enum(INTENTS)).default([]),
  roles: z.array(z.enum(ROLES)).min(1),
  /** Several of the same at once: a message about two schools is two rows on one card. */
  repeat: z.boolean().default(false),
  slots: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), slotSpec).default({}),
  /** `unless-tapped`: a button that names the whole act is its own confirmation. */
  confirm: z.union([z.boolean(), z.literal('unless-tapped')]).default(false),
  do: z.string(),
  /**
   * It only tells, and changes nothing; and what of it a group may hear when it is asked there: nothing, the text
   * `in-group` (counts, and what is the asker's own), or all. Left out: it does something, so it is not for groups.
   */
  tells: z.enum(['private', 'counts', 'public']).optional(),
  /** An error of the domain → a text of this flow. */
  otherwise: z.record(z.string(), z.string()).default({}),
});
export type Flow = z.infer<typeof flowShape>;

const buttonText = z.strictObject({
  key: z.string().min(1).max(200),
  text: z.string().min(1),
  style: z.int().min(1).max(4).optional(),
  /** Other words that people type instead of tapping it. */
  said: z.array(z.string().min(1)).optional(),
});

const cardText = z.strictObject({
  title: z.string().min(1),
  desc: z.string().optional(),
  body: z.string().optional(),
  buttons: z.array(buttonText).min(1).max(6).optional(),
});

const textValue = z.union([z.string().min(1), z.array(z.string().min(1)), cardText], {
  error: 'is no text; words that begin with { or [, or hold ": ", stand in quotes',
});
export type TextValue = z.infer<typeof textValue>;

export const textsShape = z.record(z.string(), textValue);
