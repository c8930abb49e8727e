// An act that is only talked of ("谁准的延期", "回头查实了我再作废") is none, whatever it is like; what it is instead stands with the rule.

import type { Entities } from '../entities/entities.ts';
import { maskSpans } from '../intent/choose.ts';
import { INTENTS, type Intent } from '../types.ts';
import { ASKED } from './talk-asked.ts';
import { BY_RULE } from './talk-by-rule.ts';
import { FORESEEN } from './talk-foreseen.ts';
import { OF_LIFE } from './talk-of-life.ts';
import { PUT_BY } from './talk-put-by.ts';
import { SUPERIOR } from './talk-rules.ts';
import { TOLD } from './talk-told.ts';
import { UNDECIDED } from './talk-undecided.ts';

const RULES = [...BY_RULE, ...ASKED, ...FORESEEN, ...UNDECIDED, ...PUT_BY, ...TOLD, ...OF_LIFE];
/** Sorted out once: each matter of each message asks. */
const RULES_OF = new Map(
  INTENTS.map((intent) => [intent, RULES.filter(({ of }) => of.includes(intent))] as const),
);

/**
 * What a message is instead of the act it is likest to; `instead` is left out where it is the next likely thing. Undefined where
 * the act may be meant.
 */
export function onlyTalk(intent: Intent, e: Entities): { instead?: Intent } | undefined {
  const rules = RULES_OF.get(intent) ?? [];
  if (rules.length === 0) return undefined;
  const masked = maskSpans({ ...e, people: e.people.filter(({ text }) => !SUPERIOR.test(text)) });
  const rule = rules.find((r) => r.if.test(masked) && (!r.and || r.and.test(masked)) && !r.not?.test(masked));
  return rule && (rule.is ? { instead: rule.is } : {});
}
