// What a message or a stretch of it is most likely about: danger before all else, then the likeliest intent.

import type { DangerScorer } from '../danger/danger.ts';
import { markCalls } from '../danger/danger-features.ts';
import type { EmergencyEar } from '../danger/emergencies.ts';
import { isHearsay, isRough, isTale, overUntil, plainly } from '../danger/figures-of-speech.ts';
import { surelyIn } from '../danger/scenes.ts';
import type { Entities } from '../entities/entities.ts';
import { within } from '../entities/within.ts';
import { type Choice, type Chooser, maskSpans, type Weighed } from '../intent/choose.ts';
import { likelihoods } from '../intent/roles.ts';
import { type Context, INTENTS } from '../types.ts';

/** A tale is small talk, unless something is plainly wanted with it. */
const told = (choice: Choice): Choice =>
  choice.confidence < TALE ? { intent: 'chat.other', confidence: TALE, others: [] } : choice;
const TALE = 0.9;

/** "花盆放窗台上,怕掉下来砸娃": what may come of it, and nobody is hurt. */
const onlyFeared = (text: string): boolean =>
  /(?<![恐可害])怕(?!是)[^,.;]{0,8}(?:砸|摔|掉|碰|绊|烫|滑|压|扎|夹|伤|烧|塌|倒)/.test(text) &&
  !/1(?:10|19|20)|医院|送医|血|受了?伤|伤了|救|晕|昏|冒烟|着火了/.test(text);

/** "老师吼孩子,还拽胳膊" is like dangers and hurt nobody: a fault, from those who note faults. */
const asFault = (choice: Choice, { text }: Entities, { sender }: Context): Choice =>
  choice.intent === 'chat.other' && isRough(text) && notesFaults(sender.roles)
    ? { ...choice, intent: 'finding.report', confidence: FAULT }
    : choice;
const FAULT = 0.85;
const notesFaults = (roles: readonly string[]) =>
  (likelihoods(roles)[INTENTS.indexOf('finding.report')] ?? 0) > 0.1;

/**
 * `ear` and `scorer` hear danger, by the office's words and by what was learnt; `isFault` knows a message that is nothing but a
 * fault as offices say it; `choose` hears all else.
 */
export function weigher({
  ear,
  scorer,
  isFault,
  choose,
}: {
  ear: EmergencyEar;
  scorer: DangerScorer;
  isFault(e: Entities): boolean;
  choose: Chooser;
}) {
  const listen = (e: Entities) => {
    const text = plainly(e.text);
    const heard = ear.hears(text, e.schools.length > 0);
    return {
      text,
      danger: scorer.judge(maskSpans({ ...e, text: markCalls(text) }), heard, surelyIn(text)),
    };
  };
  const isOver = (e: Entities): boolean => {
    const at = overUntil(e.text);
    return at !== undefined && listen(within(e, at, e.text.length)).danger.alarm === 0;
  };
  return (e: Entities, context: Context): Weighed => {
    if (isTale(e.text, e.schools.length > 0) || isOver(e)) return { ...told(choose(e, context, true)), e };
    const { text, danger } = listen(e);
    // "煤气罐放灶边" is like a danger, and known as a fault: what is wrong there hurts nobody yet
    if (danger.alarm > 0 && !danger.plain && (isFault(e) || onlyFeared(text)))
      return { ...choose(e, context, true), e };
    if (danger.alarm > 0 && (danger.plain || !isHearsay(text)))
      return { intent: 'emergency.report', confidence: danger.alarm, others: [], e };
    const choice = choose(e, context, danger.none);
    // what was like a danger may have been the figure of speech alone
    const bare = choice.intent === 'emergency.report' && text !== e.text;
    const safe = bare && choose({ ...e, text }, context, false).intent !== 'emergency.report';
    return { ...asFault(safe ? choose(e, context, true) : choice, e, context), e };
  };
}
