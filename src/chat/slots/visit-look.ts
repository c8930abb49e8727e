// The slot "visit-look": what is wanted of visits beside when they were. "上次查一中发现啥问题" wants the last one, and what was found at it.
import type { HistoryLook } from '../../supervision/visit-history.ts';
import type { SlotKindOf } from './slot.ts';

const FOUND =
  /(?:发现|查出|查到|查|有|存在|提|啥|什么|哪些|几个).{0,6}(?:问题|毛病|不足)|(?:问题|毛病).{0,4}(?:啥|什么|哪些)|\bwhat (?:was|were|did).{0,12}f(?:ou|i)nd\b/iu;
const LAST = /最近(?:的)?一次|最后一次|上(?:一)?[次回]|\b(?:last|latest)\b/iu;
const BEFORE_LAST = /上上(?:一)?[次回]|再上(?:一)?[次回]/u;

export const visitLookSlot: SlotKindOf = {
  read(_reading, { text }) {
    const findings = FOUND.test(text);
    const back = BEFORE_LAST.test(text) ? 1 : LAST.test(text) ? 0 : null;
    return findings || back !== null ? { value: { findings, back } satisfies HistoryLook } : undefined;
  },
  view: (value) => value,
};
