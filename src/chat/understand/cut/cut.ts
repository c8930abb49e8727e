// Cuts a message into its matters: of all ways to cut it the one whose pieces, each weighed by itself, are the most telling.

import type { Entities, Span } from '../entities/entities.ts';
import type { Weighed } from '../intent/choose.ts';
import { isDecision } from '../talk/talk-rules.ts';
import { INTENTS, type Intent } from '../types.ts';
import { WEIGHTS } from './cut-weights.ts';
import { type Joint, jointsOf } from './joints.ts';
import { oneThought } from './one-thought.ts';

const FLOOR = 1e-3;
const log = (p: number) => Math.log(Math.max(p, FLOOR));
const weightOf = (sign: string) => WEIGHTS[sign] ?? 0;

/** How much better two intents explain two pieces than any single one does, as a difference of logarithms. */
function apart(a: Weighed, b: Weighed): number {
  let one = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < INTENTS.length; c++) one = Math.max(one, log(likelihood(a, c)) + log(likelihood(b, c)));
  return log(a.confidence) + log(b.confidence) - one;
}

function likelihood({ likely, intent, confidence }: Weighed, c: number): number {
  if (likely) return likely[c] ?? 0;
  return INTENTS[c] === intent ? confidence : (1 - confidence) / INTENTS.length;
}

const KINDS: Array<[RegExp, string]> = [
  [/^emergency/, 'danger'],
  [/^(?:visit\.log|finding|lesson|opinion\.log|study)/, 'record'],
  [/\.(?:pending|history|list|query|status|progress)$|^rule|^help/, 'question'],
  [/^(?:export|briefing)/, 'paper'],
  [/^rect\.(?:review|extend_decide|issue)/, 'verdict'],
  [/^(?:rect\.(?:plan|evidence|extend_request|appeal)|comp\.(?:avoid|self)|notice\.ack)/, 'head'],
  [/^flow/, 'flow'],
  [/^chat/, 'chat'],
];
const kindOf = (intent: Intent) => KINDS.find(([pattern]) => pattern.test(intent))?.[1] ?? 'act';

/** A few words before a question, or a question, are what it asks about: "除了一中,|我管的还有哪家没去", "…下的那份通知,|他们签收没". */
const ABOUT = /^除|问一?[下问句个]|想问|哪|多少|[吗?]|[那这][份张条个次](?:整改)?(?:通知书?|单子?|记录)?$/;
/** A question after something that is told whole. */
const isAskedAfterTold = (a: Weighed, b: Weighed): boolean =>
  a.e.text.length >= 9 &&
  !ABOUT.test(a.e.text) &&
  /^(?:record|verdict|paper|act)$/.test(kindOf(a.intent)) &&
  kindOf(b.intent) === 'question';

/** "催一下二中,019号还没动静;|016我验了,合格": a verdict on a notice of its own. */
const decidesOnAnother = (a: Weighed, b: Weighed): boolean =>
  isDecision(b.intent) &&
  !/^(?:verdict|head)$/.test(kindOf(a.intent)) &&
  a.e.notices.length > 0 &&
  b.e.notices.some(({ no }) => a.e.notices.every((other) => other.no !== no));

/** What speaks for or against a cut between two pieces, by the names that the weights have. */
function signsOfCut(joint: Joint, a: Weighed, b: Weighed): Array<[string, number]> {
  const turned = joint.signs.includes('turn');
  const told = isAskedAfterTold(a, b);
  const named = [
    'bias',
    ...joint.signs.filter((sign) => sign !== 'question' || told),
    `${kindOf(a.intent)}>${kindOf(b.intent)}`,
    `>${b.intent}`,
    `${a.intent}>`,
    ...(oneThought(a, b, turned) ? ['one-thought'] : []),
    ...(decidesOnAnother(a, b) ? ['decided'] : []),
  ];
  return [
    ['apart', Math.min(apart(a, b), 8) / 4],
    ['left', log(a.confidence)],
    ['right', log(b.confidence)],
    ['short', Math.max(0, 6 - b.e.text.length) / 3],
    ...named.map((name): [string, number] => [name, 1]),
  ];
}

const own = (joint: Joint) => joint.signs.reduce((sum, s) => sum + weightOf(s), weightOf('bias'));

/** What a cut between pieces of these intents adds by their names. */
const named = (left: Intent, right: Intent) =>
  weightOf(`${left}>`) + weightOf(`>${right}`) + weightOf(`${kindOf(left)}>${kindOf(right)}`);
const PAIRS = INTENTS.map((left) => INTENTS.map((right) => named(left, right)));
/** No piece is farther from another than this. */
const FARTHEST = -Math.log(FLOOR);
const BEST_PIECES = (weightOf('apart') * FARTHEST) / 4 + Math.max(...PAIRS.flat());

/** The most that a cut can be worth of which only the left piece is known: right pieces are dear to weigh. */
function atMost(joint: Joint, left: Weighed): number {
  const sure = log(left.confidence);
  const row = PAIRS[INTENTS.indexOf(left.intent)] ?? [];
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < INTENTS.length; c++) {
    if (INTENTS[c] === left.intent) continue;
    const apart = sure - log(likelihood(left, c));
    most = Math.max(most, (row[c] ?? 0) + (weightOf('apart') * apart) / 4);
  }
  return own(joint) + weightOf('left') * sure + most;
}

/** "记上,今天耳中听课两节": beside other matters only the plainest words confirm. */
const confirmsByChance = ({ intent, e }: Weighed) => intent === 'flow.confirm' && !PLAINLY.test(e.text);
const PLAINLY =
  /^(?:(?:好|对|是|嗯|行|可以|确认|没错|没问题|存|提交|[这上](?:面)?[条个张份](?:就)?|就?按你[列写记说念]的[来办存发记]|就(?:这样|这么|按这个)(?:记|发|办|定|报)?)[吧了啊的,.!\s]*)+$/;

/** More joints than this are not weighed: the ones that promise least are left whole. */
const MOST_JOINTS = 7;
const MOST_PIECES = 4;

/** "校长打电话说|018要缓", "家长来电话,|说的却是一中": what is told is not cut from whoever tells it. */
const TELLS = /(?:说|讲|提起|反映)$/;
const TOLD = /^(?:(?:说|讲|反映)的|我?(?:那天|当时|其实)我?去的是)/;

/** "请作废:3月11日|第二中学的记录": a day that begins a sentence leads to what follows it. */
const endsAtADay = ({ text, dates }: Entities, end: number) =>
  /^[^,.;\s]/.test(text.slice(end)) &&
  dates.some((d) => d.end === end && /(?:^|[,.;:])\s*$/.test(text.slice(0, d.start)));

/** The joints of a message at which a cut may pay, in order. */
function hopefulJoints(e: Entities): Joint[] {
  return jointsOf(e)
    .filter(
      (j) =>
        j.end >= 2 &&
        !TELLS.test(e.text.slice(0, j.end)) &&
        !TOLD.test(e.text.slice(j.start)) &&
        !endsAtADay(e, j.end) &&
        e.text.length - j.start >= 2 &&
        own(j) + BEST_PIECES > 0,
    )
    .sort((a, b) => own(b) - own(a))
    .slice(0, MOST_JOINTS)
    .sort((a, b) => a.start - b.start);
}

interface Way {
  spans: Span[];
  last: Weighed;
  worth: number;
}

/** The stretches of the message that are matters of their own; the whole when no cut pays. `weigh` is called for pieces once each. */
export function cutMessage(e: Entities, weigh: (span: Span) => Weighed): Span[] {
  const whole: Span = { start: 0, end: e.text.length };
  const joints = hopefulJoints(e);
  if (joints.length === 0) return [whole];
  // what the whole message does not tell of, no part of it may; what it tells of, one part must
  const danger = weigh(whole).intent === 'emergency.report';
  let ways: Way[] = joints
    .map((j): Way => {
      const span = { start: 0, end: j.end };
      return { spans: [span], last: weigh(span), worth: 0 };
    })
    .filter((way) => danger || way.last.intent !== 'emergency.report');
  let best: Way | undefined;
  for (let pieces = 2; pieces <= MOST_PIECES && ways.length > 0; pieces++) {
    const longer: Way[] = [];
    for (const way of ways) {
      const at = joints.findIndex((j) => j.end === way.spans.at(-1)?.end);
      const joint = joints[at];
      if (!joint || way.worth + atMost(joint, way.last) <= 0) continue;
      for (const next of [...joints.slice(at + 1), undefined]) {
        const span = { start: joint.start, end: next?.end ?? e.text.length };
        if (span.end - span.start < 2) continue;
        const piece = weigh(span);
        if (piece.intent === way.last.intent || (piece.intent === 'emergency.report' && !danger)) continue;
        if ([way.last, piece].some(confirmsByChance)) continue;
        if (joint.onlyAsks && !isAskedAfterTold(way.last, piece)) continue;
        const gain = signsOfCut(joint, way.last, piece).reduce((sum, [n, v]) => sum + weightOf(n) * v, 0);
        const grown = { spans: [...way.spans, span], last: piece, worth: way.worth + gain };
        if (next) longer.push(grown);
        else if (grown.worth > (best?.worth ?? 0) && (!danger || tells(grown.spans))) best = grown;
      }
    }
    ways = longer;
  }
  function tells(spans: readonly Span[]): boolean {
    return spans.some((s) => weigh(s).intent === 'emergency.report');
  }
  return best?.spans ?? [whole];
}
