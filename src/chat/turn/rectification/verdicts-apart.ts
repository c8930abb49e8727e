// "灭火器可以,留样标签还是没日期,打回": each finding that waits for her word gets the one that was said of it, as a draft of its own.
import { clausesIn, MARKS_OR_SPACE } from '../../clauses.ts';
import type { WaitingFinding } from '../../facts.ts';
import { likeness, spokenOf } from '../../slots/likeness.ts';
import { verdictIn } from '../../slots/looked.ts';
import { ordinalsIn } from '../../slots/ordinals.ts';
import { WAITING } from '../../slots/waiting.ts';
import type { Intent, Reading } from '../../understand/types.ts';
import { PASSES } from '../begin/what-waits.ts';
import { read, type Stage } from '../stage.ts';

export interface Judged {
  reading: Reading;
  /** The words that were said of this finding alone. */
  text: string;
}

/** What is decided of a finding, by what it waits for. */
const DECIDED = {
  'rect.review': WAITING['submitted-findings'],
  'rect.extend_decide': WAITING['extension-requests'],
} as const;
type Decided = keyof typeof DECIDED;
const decides = (intent: Intent): intent is Decided => Object.hasOwn(DECIDED, intent);

/**
 * The verdicts one by one, when one message judges several findings and not all alike ("第一条不同意延期,第二条通过"); null: it
 * judges them together.
 */
export function verdictsApart(t: Stage, whole: Reading, text: string): Judged[] | null {
  if (!decides(whole.intent)) return null;
  const judged = partsOf(awaited(t, whole), text).map(({ findings, said }) => {
    const intent = findings.every(DECIDED['rect.review']) ? 'rect.review' : 'rect.extend_decide';
    const own = read(t, ordinalsIn(said, 0).rest);
    const decided = own.intent === intent ? own.slots : {};
    const result = (intent === 'rect.extend_decide' ? decided.result : undefined) ?? verdictOf(said);
    return { intent, said, decided, result, findings } as const;
  });
  const [first] = judged;
  if (judged.length < 2 || judged.some(({ result }) => !result)) return null;
  if (judged.every(({ intent, result }) => intent === first?.intent && result === first.result)) return null;
  return judged.map(({ intent, said, decided, result, findings }) => {
    const { school, rect_no: number } = whole.slots;
    const { due, days, reason } = decided;
    // a refusal of time without a word on why is asked for one; of a review what was said is the reason
    const why = reason ?? (intent === 'rect.review' ? said : undefined);
    const slots: Reading['slots'] = {
      ...(result ? { result } : {}),
      ...(school === undefined ? {} : { school }),
      ...(number === undefined ? {} : { rect_no: number }),
      ...(intent === 'rect.extend_decide' && due !== undefined ? { due } : {}),
      ...(intent === 'rect.extend_decide' && days !== undefined ? { days } : {}),
      ...(result === 'pass' || why === undefined ? {} : { reason: why }),
    };
    // several in one breath ("灭火器单杠行了") are named by their own words, of which the breath may hold few
    const words = findings.length > 1 ? findings.map((one) => one.text).join('、') : said;
    return { text: words, reading: { ...whole, intent, slots, needs: [] } };
  });
}

const verdictOf = (said: string) => verdictIn(said) ?? (PASSES.test(said.trim()) ? 'pass' : undefined);

/** "灭火器单杠行了": several passed in one breath, which may hold few of the words of each; null: it is of one, or of none in particular. */
export function passedTogether(t: Stage, whole: Reading, text: string): Judged | null {
  if (whole.intent !== 'rect.review') return null;
  const [only, ...more] = partsOf(awaited(t, whole), text);
  if (!only || more.length > 0 || only.findings.length < 2 || verdictIn(only.said) !== 'pass') return null;
  const { reason: _, ...slots } = whole.slots;
  const words = only.findings.map((one) => one.text).join('、');
  return { text: words, reading: { ...whole, slots: { ...slots, result: 'pass' }, needs: [] } };
}

function awaited(t: Stage, { slots }: Reading): WaitingFinding[] {
  const school = slots.school ? t.facts.book.byName.get(slots.school)?.id : undefined;
  const number = slots.rect_no === undefined ? undefined : Number(/\d+/u.exec(slots.rect_no)?.[0]);
  return t.facts.findings.filter(
    (one) =>
      Object.values(DECIDED).some((waits) => waits(one)) &&
      (school === undefined || one.schoolId === school) &&
      (number === undefined || one.number === number),
  );
}

/**
 * The message cut where it comes to speak of another finding, by its words or its place on the notice; none when it speaks of
 * fewer than two, or returns to one.
 */
function partsOf(
  findings: readonly WaitingFinding[],
  text: string,
): { findings: WaitingFinding[]; said: string }[] {
  const parts: { findings: WaitingFinding[]; words: string[] }[] = [];
  for (const clause of clausesIn(text, BREAKS)) {
    const named = namedIn(findings, clause);
    const before = parts.at(-1);
    const same = named.every((one) => before?.findings.includes(one));
    if (named.length > 0 && !same) parts.push({ findings: named, words: [clause] });
    else before?.words.push(clause);
  }
  const all = parts.flatMap((part) => part.findings);
  const once = new Set(all).size === all.length;
  return once ? parts.map((part) => ({ findings: part.findings, said: part.words.join('，') })) : [];
}

/** Also where the next is called by its place: "第一条过第二条退". */
const BREAKS = new RegExp(
  `${MARKS_OR_SPACE.source}|(?<=\\S)(?=第\\s*[一二两三四五六七八九十\\d]+\\s*[条项个点])`,
  'u',
);

/** So much of a finding's words in a clause means that finding. */
const NAMED = 0.25;

/**
 * The finding that a clause speaks of; fewer of its words are enough when no other has any of them. Several, when each is named
 * by words of its own ("灭火器单杠行了").
 */
function namedIn(findings: readonly WaitingFinding[], clause: string): WaitingFinding[] {
  const { ordinals } = ordinalsIn(clause, Math.max(0, ...findings.map(({ nth }) => nth)));
  const oneNotice = new Set(findings.map(({ noticeId }) => noticeId)).size === 1;
  if (ordinals.length > 0) return oneNotice ? findings.filter(({ nth }) => ordinals.includes(nth)) : [];
  const near = findings.filter((one) => likeness(one.text, clause) >= NAMED);
  const touched = findings.filter((one) => likeness(one.text, clause) > 0);
  if (touched.length === 0) return [...spokenOf(findings, clause)];
  const ownWords = touched.filter((one) => hasOwnWords(one, touched, clause));
  if (ownWords.length === touched.length) return touched;
  return near.length === 1 ? near : [];
}

/** A pair of characters in the clause that stands in this finding and in none of the others. */
function hasOwnWords(
  { text, id }: WaitingFinding,
  others: readonly WaitingFinding[],
  clause: string,
): boolean {
  const pairs = [...clause].map((_, at, all) => all.slice(at, at + 2).join(''));
  return pairs.some(
    (pair) =>
      [...pair].length === 2 &&
      text.includes(pair) &&
      others.every((other) => other.id === id || !other.text.includes(pair)),
  );
}
