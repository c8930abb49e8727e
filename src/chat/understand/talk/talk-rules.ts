// What a rule of talk is, and the words that its tables share: see only-talk.ts.
import type { Intent } from '../types.ts';

/** Of these acts, a message of this shape is none. */
export interface TalkRule {
  of: readonly Intent[];
  if: RegExp;
  and?: RegExp;
  not?: RegExp;
  /** What is said instead; the next likely thing where it is left out. */
  is?: Intent;
}

export const DECIDED = ['rect.extend_decide', 'rect.review'] as const;
export type Decision = (typeof DECIDED)[number];
export const isDecision = (intent: Intent): intent is Decision => DECIDED.some((one) => one === intent);
export const UNDONE = ['record.void', 'notice.recall'] as const;
/** Acts that bind, and those of the office and the inspectors that others come to hear of. */
export const ALL = [
  ...DECIDED,
  ...UNDONE,
  'rect.issue',
  'notice.broadcast',
  'rect.remind',
  'assign.change',
] as const;

/** Asks for what is told to be put on record. */
export const PUT_DOWN = '(?:录|登|记|补)(?:上|一[下笔条]|进去|进系统)';
export const UNDO = '(?:撤|作废|删)(?:回|销|掉|除)?';

/** Her word may be an order, so she keeps her title where names are masked. */
export const SUPERIOR = /主任|局长|科长|领导|书记/;
/** A name of the roster is P, as `maskSpans` writes it. */
export const COLLEAGUE = '(?:P|[小老][\\u4e00-\\u9fff]|[\\u4e00-\\u9fff](?:督学|老师)|[他她](?!们)|人家)';
/** Somebody who is not the speaker. */
export const OTHER = `(?:${COLLEAGUE}|[\\u4e00-\\u9fff]?(?:主任|局长|科长|领导|组长)|局里)`;
/** An office that acts by itself. */
export const BODIES = '局里|厅里|[区县市省]里|教育局|督导(?:室|办|中心|组)|办公室|科室|上[面头级]|系统';
/** A plain verdict of the speaker's own, whatever else is told with it. */
export const MY_OWN =
  '我(?:这边|这里)?(?:也|就|这就|已经?|现在|都)?(?:不?同意|批了|准了|给他们|给过|不批|不准|批\\S)';
