// Where a long breath is cut into stretches: of all ways to cut it the likeliest as a whole.

import type { Clause } from '../text/normalise.ts';
import type { BreathReader } from './breaths.ts';
import type { ClauseReader } from './clause-kinds.ts';

export interface Words {
  /** Things of the lexicon in the text. */
  things(text: string): Array<{ start: number; end: number }>;
  /** Words that say that something is wrong. */
  faults: RegExp;
  /** How likely a new stretch begins at each place. */
  breaths: BreathReader;
  /** What a stretch says. */
  kinds: ClauseReader;
  /** A stretch without the schools and days in it. */
  strip(clause: Clause): string;
}

/** A new stretch may begin where it is as likely as this; where it is sure to, half a sentence before it is let be. */
const MAY = 0.12;
const SURE = 0.98;
/**
 * What cuts and stretches weigh, fitted on 148 lines dictated in one breath (round-42 of the labelled sets) and hardly sensitive:
 * what each cut is worth, what half a sentence costs, what each letter beyond `free` costs, how much a plain meaning counts. The
 * runtime's dictionary of words (Intl.Segmenter) was tried as well, and gained nothing.
 */
const W = { cut: -1, half: 5, long: 0.4, free: 12, sure: 0.3 };
/** No stretch that anybody tells is longer. */
const LONGEST = 40;
/** The likelihoods of a meaning that count: what is next to impossible is as bad as this, and a bare thing says this much. */
const LEAST = 0.01;
const BARE_THING = 0.3;
/** What cannot end a stretch: "那个操场边上的|配电箱". */
const DANGLING =
  /(?:[的在有把被给和跟与从到那这两几不让叫]|[个台间位名些处张块条把]|里|上|边|旁|下|外|前面?|后面?|被[\u4e00-\u9fff]{1,5})$/;
/** What cannot be a stretch of its own: "消毒记录|也没有", "食堂|都挺好". */
const GLUED = /^(?:也|都|全|还|又|倒)[^,]{1,4}$/;

/**
 * Where new stretches begin, as places in the clause's text. A cut counts by how likely the examples' commas make it, a stretch
 * by how plainly it says one thing; what says nothing by itself is not left alone, and long ones are few.
 */
export function breathCuts(clause: Clause, words: Words): number[] {
  const { text } = clause;
  const likely = words.breaths(text);
  const places = [0];
  for (let at = 2; at <= text.length - 2; at++) if ((likely[at] ?? 0) >= MAY) places.push(at);
  places.push(text.length);
  const isSure = (at: number) => at === 0 || at === text.length || (likely[at] ?? 0) >= SURE;
  const best: Array<{ score: number; from: number }> = [{ score: 0, from: -1 }];
  for (let j = 1; j < places.length; j++) {
    const to = places[j] ?? 0;
    const odds = to === text.length ? 0 : W.cut + logit(likely[to] ?? 0);
    let top = { score: Number.NEGATIVE_INFINITY, from: -1 };
    for (let i = j - 1; i >= 0; i--) {
      const from = places[i] ?? 0;
      if (to - from > LONGEST && i < j - 1) break;
      if (to - from < 2) continue;
      const worth = worthOf({ from, to, mayBeHalf: isSure(from) && isSure(to) }, clause, words);
      const score = (best[i]?.score ?? Number.NEGATIVE_INFINITY) + worth + odds;
      if (score > top.score) top = { score, from: i };
    }
    best.push(top);
  }
  const cuts: number[] = [];
  for (let j = best[places.length - 1]?.from ?? 0; j > 0; j = best[j]?.from ?? 0)
    cuts.unshift(places[j] ?? 0);
  return cuts;
}

/** What a stretch is worth by itself; one that holds a school or a day alone says nothing for or against a cut. */
function worthOf(
  { from, to, mayBeHalf }: { from: number; to: number; mayBeHalf: boolean },
  clause: Clause,
  words: Words,
): number {
  const [start, end] = [clause.start + from, clause.start + to];
  const part = words.strip({ ...clause, text: clause.text.slice(from, to), start, end });
  if (part === '') return 0;
  const { kind, p } = words.kinds(part);
  const meaning = W.sure * Math.log(kind === 'thing' ? BARE_THING : Math.max(LEAST, p[kind]));
  const long = W.long * Math.max(0, part.length - W.free);
  return meaning - long - (!mayBeHalf && isHalf(part, words) ? W.half : 0);
}

/** It says nothing by itself: a thing without what is told of it, or the end of what begins before. */
function isHalf(part: string, { kinds, faults }: Words): boolean {
  const { kind, p } = kinds(part);
  return (
    kind === 'thing' ||
    DANGLING.test(part) ||
    GLUED.test(part) ||
    (part.length < 4 && kind !== 'none') ||
    (kind === 'fault' && !faults.test(part) && p.fault < 0.9)
  );
}

/** Of what is certain as well: a cut there is worth much, and not without end. */
const logit = (p: number) => Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6));
