// Cuts an English message into its matters: sentences, and what "and remind …" or "also, which …" adds; what goes on with a matter stays with it.

import type { Intent } from '../types.ts';
import { type EnglishEntities, englishMask, englishWithin } from './entities.ts';

export interface Piece {
  e: EnglishEntities;
  intent: Intent;
  confidence: number;
}

/** A new order or question in the same breath. */
const NEXT_ORDER =
  /[,;]?\s*\b(?:and(?: also| then)?|also|by the way|besides|then)\b,?\s+(?=(?:please )?(?:remind|chase|which|what|when|who|how many|where|tell (?:all|the)|send|export|show|list|give me|draft|plan a|put me down|issue|log|void|delete)\b)/g;
const SENTENCE = /(?<=[.;!?])\s+|\n+/g;
/** A dot after these ends nothing. */
const SHORT = /\b(?:no|nr|ms|mr|mrs|dr|a\.m|p\.m|e\.g|i\.e)\.$|(?:^|[\s:;,.])\d\.$/;

interface Stretch {
  start: number;
  end: number;
}

function stretches(e: EnglishEntities): Stretch[] {
  const { text } = e;
  const at = [
    ...[...text.matchAll(SENTENCE)].filter((m) => !SHORT.test(text.slice(0, m.index))),
    ...text.matchAll(NEXT_ORDER),
  ]
    .map((m) => ({ start: m.index, end: m.index + m[0].length }))
    .sort((a, b) => a.start - b.start);
  const out: Stretch[] = [];
  let from = 0;
  for (const cut of at) {
    if (cut.start < from) continue;
    out.push({ start: from, end: cut.start });
    from = cut.end;
  }
  out.push({ start: from, end: text.length });
  const said = out.filter(({ start, end }) => /[a-z\u4e00-\u9fff\d]/.test(text.slice(start, end)));
  // "Qinghe School. Gate without a guard.": a name alone heads what follows
  return said.flatMap((one, i) => {
    const before = said[i - 1];
    if (onlyNames(e, one) && i + 1 < said.length) return [];
    return before && onlyNames(e, before) ? [{ start: before.start, end: one.end }] : [one];
  });
}

const onlyNames = (e: EnglishEntities, { start, end }: Stretch): boolean =>
  !/[a-z]{2}/.test(englishMask(englishWithin(e, start, end)));

/** These have a text or a reason of their own, so that what follows is part of it. */
const TAKES_ALL =
  /^(?:notice\.broadcast|emergency\.report|opinion\.(?:log|reply)|rect\.(?:appeal|plan|extend_request|evidence)|comp\.|campaign\.create|flow\.|rule\.query)/;
/** What follows these is their own, if it is no order or question by itself. */
const GOES_ON: Partial<Record<Intent, RegExp>> = {
  'visit.log':
    /^(?:visit\.log|finding\.report|lesson\.log|rect\.issue|rect\.review|rect\.query|record\.correct|rect\.plan|rect\.evidence|rect\.extend|assign)/,
  'finding.report':
    /^(?:finding\.report|visit\.log|rect\.issue|rect\.plan|rect\.evidence|rect\.extend|record\.correct|assign)/,
  'lesson.log': /^(?:lesson\.log|finding\.report|visit\.log)/,
  'rect.review': /^(?:finding\.report|rect\.(?:review|evidence|query|extend|issue))/,
  'record.correct': /^(?:record\.correct|visit\.log|finding\.report|lesson\.log)/,
  'record.void': /^(?:record|visit\.log|flow)/,
};
/** Order or question enough to be a matter of its own behind any other. */
const APART =
  /^(?:visit\.(?:pending|history|plan)|rect\.(?:remind|list)|stats|export|notice\.(?:status|recall)|assign\.list|opinion\.list|study|rule|campaign\.progress|briefing)/;
const TELLS = /^(?:visit\.log|finding\.report)$/;
const SURE = 0.5;

const sameMatter = (a: EnglishEntities, b: EnglishEntities) =>
  b.schools.every(
    (s) => s.code === undefined || a.schools.some((o) => o.code === s.code) || a.schools.length === 0,
  ) && b.notices.every((n) => a.notices.some((o) => o.no === n.no) || a.notices.length === 0);

/** The matters of a message in their order. `weigh` tells what a stretch is about. */
export function englishMatters(
  e: EnglishEntities,
  weigh: (part: EnglishEntities) => { intent: Intent; confidence: number },
): Piece[] {
  const whole = { e, ...weigh(e) };
  const parts = stretches(e);
  if (parts.length < 2 || whole.intent === 'emergency.report') return [whole];
  const groups: Array<Stretch & { intent: Intent; confidence: number }> = [];
  for (const part of parts) {
    const own = englishWithin(e, part.start, part.end);
    const { intent, confidence } = weigh(own);
    const before = groups.at(-1);
    if (before && belongs(before, englishWithin(e, before.start, before.end), intent, confidence, own)) {
      before.end = part.end;
      if (before.intent === 'chat.other' || (before.intent === 'finding.report' && intent === 'visit.log'))
        before.intent = intent;
      continue;
    }
    // a greeting before the matter is part of it
    if (before?.intent === 'chat.other') {
      before.end = part.end;
      before.intent = intent;
      before.confidence = confidence;
    } else groups.push({ ...part, intent, confidence });
  }
  const [only, ...more] = groups;
  if (only && more.length === 0) {
    // what the whole is most like, unless its first sentence says it plainer
    const asWhole = whole.confidence >= only.confidence ? whole.intent : only.intent;
    return [{ e, intent: asWhole, confidence: Math.max(whole.confidence, only.confidence) }];
  }
  return groups.map(({ start, end, intent, confidence }) => ({
    e: englishWithin(e, start, end),
    intent,
    confidence,
  }));
}

function belongs(
  before: { intent: Intent },
  beforeE: EnglishEntities,
  intent: Intent,
  confidence: number,
  own: EnglishEntities,
): boolean {
  if (intent === 'emergency.report') return false;
  if (APART.test(intent) && confidence >= SURE) return false;
  if (intent === 'chat.other' || confidence < SURE) return true;
  if (TAKES_ALL.test(before.intent))
    return own.notices.every((n) => beforeE.notices.some((o) => o.no === n.no));
  // of several schools one message tells as one report; who found what is told apart later
  if (TELLS.test(before.intent) && TELLS.test(intent)) return true;
  const goesOn = intent === before.intent || GOES_ON[before.intent]?.test(intent) === true;
  return goesOn && sameMatter(beforeE, own);
}
