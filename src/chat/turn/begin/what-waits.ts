// What a message that was not understood by itself may be about: what waits for its sender. Its draft asks before anything goes.
import { SCHOOL_OWES } from '../../facts.ts';
import { likeness } from '../../slots/likeness.ts';
import { verdictIn } from '../../slots/looked.ts';
import { dayGiven } from '../../slots/new-day.ts';
import { ordinalsIn } from '../../slots/ordinals.ts';
import { WAITING } from '../../slots/waiting.ts';
import { type Candidate, type Intent, type Reading, SURE, type Understood } from '../../understand/types.ts';
import { ASKS } from '../media/photo-words.ts';
import type { Stage } from '../stage.ts';

/** The reading that what waits suggests; null when it suggests none. */
export function byWhatWaits(t: Stage, understood: Understood, text: string): Reading | null {
  return (
    whatWasDone(t, understood, text) ??
    whatIsGranted(t, understood, text) ??
    whatIsJudged(t, understood, text)
  );
}

/** "留样的过", "灭火器的可以": so short that it is a verdict and nothing else, whatever it looks like without what waits. */
export function judgedInShort(t: Stage, understood: Understood, text: string): Reading | null {
  if (understood.intent === 'rect.review' || [...text.trim()].length > SHORT) return null;
  return PASSES.test(text.trim()) ? whatIsJudged(t, understood, text) : null;
}

const SHORT = 10;

const SIGNS = /^(?:那|就|把)*(.{0,16}?)(?:同意)?签发?(?:了|掉|吧|一下)+[。.!\uff01]*$/u;

/** "那个消防栓的签了" from whom a serious finding waits to be signed out: in the words that were agreed on for it. Null: nothing is signed by it. */
export function signedOut(t: Stage, text: string): string | null {
  const said = SIGNS.exec(text.trim())?.[1];
  if (said === undefined || /[没未不谁]/u.test(said)) return null;
  return t.facts.findings.some(WAITING['drafted-findings']) ? `同意签发${said}` : null;
}

/** "灭火器那个行": a verdict, and the words of one finding alone that was handed in. */
function whatIsJudged(t: Stage, understood: Understood, text: string): Reading | null {
  const handedIn = t.facts.findings.filter(WAITING['submitted-findings']);
  if (handedIn.length > 0 && ALL_PASS.test(text.trim()))
    return { ...understood, intent: 'rect.review', confidence: 1, slots: { result: 'pass' } };
  if (handedIn.filter((one) => likeness(one.text, text) > 0).length !== 1 || ASKS.test(text)) return null;
  const result = verdictIn(text) ?? (PASSES.test(text.trim()) ? 'pass' : undefined);
  if (result === undefined) return null;
  const reason = result === 'pass' ? {} : { reason: text };
  return { ...understood, intent: 'rect.review', confidence: 1, slots: { result, ...reason } };
}

/** "灯行", "墙的过": ends with a grant. */
export const PASSES = /(?<!不|没)(?:行|可以|过|成|OK|ok)了?[吧。.]*$/u;

/** "都过" */
const ALL_PASS =
  /^(?:这些|[两三四几]?[条项个])?(?:都|全部?)(?:给)?(?:过|行|可以|通过|合格|到位)(?:了|吧|的)*[。.]*$/u;

/** "同意" from whom a school has asked for more time, while nothing else is open that it may be said to. */
export function agreesToExtension(t: Stage, understood: Understood, text: string): Reading | null {
  if (!/^(?:那|都|就)*同意(?:了|吧|的)*[。.]*$/u.test(text.trim())) return null;
  if (!t.facts.findings.some(WAITING['extension-requests'])) return null;
  return { ...understood, intent: 'rect.extend_decide', confidence: 1, slots: { result: 'pass' } };
}

const MAY_TELL_OF_WORK: ReadonlySet<Intent> = new Set([
  'chat.other',
  'rect.evidence',
  'finding.report',
  'visit.log',
]);

/** "第二条填平了" tells of work, "第二条啥意思" does not. */
const DONE = /了|好|完|已/u;

const isEvidence = (one: Candidate) => one.kind === 'intent' && one.intent === 'rect.evidence';

/** "002号操场的坑填平了", "食谱刚贴上" end with what was done. */
const DONE_AT_END =
  /(?<!为|错|误|收到|知道)了[。.!\uff01]*$|(?:刚|已经?|都).{1,6}(?:上|好|完|掉|齐)[。.!\uff01]*$/u;
const WISHES = /异议|不属实|延|缓|宽限|能不能|可不可以|来不及|没有/u;

/** "让人除锈刷漆了": work, in words that the finding need not have. */
const WORK =
  /(?<![没不])(?:换|修|补|贴|装|刷|漆|清|焊|拆|填|垫|加固|整改|打扫|消毒|培训|学习)[^,\uff0c]{0,6}了/u;

/** Words of something done, about a finding that the school owes: by its words, or by those for work where it owes but one. */
export function tellsOfWork(t: Stage, text: string): boolean {
  const owed = t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  if (!DONE_AT_END.test(text.trim()) || ASKS.test(text) || WISHES.test(text)) return false;
  return (owed.length === 1 && WORK.test(text)) || owed.some((one) => likeness(one.text, text) > 0);
}

/** "重拍了" from a school whose report came back. */
const AGAIN = /^(?:已经?|都|我们?)*重新?(?:拍|弄|做|改|交|发|换|贴|整改|整理|补)(?:好|完|过)?了?.{0,6}$/u;

/** "操场坑填平了" from a school that owes the hole in its yard: its words are those of the finding, and its draft asks before it goes. */
function whatWasDone(t: Stage, understood: Understood, text: string): Reading | null {
  if (!t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles)) return null;
  const owed = t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  if (owed.length === 0) return null;
  const again = AGAIN.test(text.trim()) && owed.some(({ state }) => state === 'returned');
  if (again) return { ...understood, intent: 'rect.evidence', slots: { ...understood.slots, content: text } };
  if ([...text].length < 4) return null;
  const byPlace = ordinalsIn(text, owed.length).ordinals.length > 0 && DONE.test(text) && !ASKS.test(text);
  const ends = DONE_AT_END.test(text.trim()) && !ASKS.test(text) && !WISHES.test(text);
  const guessed = (byPlace || ends) && understood.confidence < SURE;
  // Whoever objects, asks for time or asks about it names the finding too; that is nothing done.
  if (!MAY_TELL_OF_WORK.has(understood.intent) && !guessed) return null;
  const only = owed.length === 1 && ends && understood.candidates.some(isEvidence);
  if (!byPlace && !only && !owed.some((one) => likeness(one.text, text) > 0)) return null;
  return { ...understood, intent: 'rect.evidence', slots: { ...understood.slots, content: text } };
}

/** "月底太晚了,给到20号吧" from whom a school has asked for more time: that day is what she grants; its draft asks before it goes. */
function whatIsGranted(t: Stage, understood: Understood, text: string): Reading | null {
  if (!t.facts.findings.some(WAITING['extension-requests'])) return null;
  const due = dayGiven(text, t.facts);
  if (due === undefined) return null;
  return {
    ...understood,
    intent: 'rect.extend_decide',
    confidence: 1,
    slots: { due, result: 'pass' },
  };
}
