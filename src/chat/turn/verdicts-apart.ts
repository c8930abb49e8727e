// "灭火器可以,留样标签还是没日期,打回": each finding that a school handed in gets the verdict that was said of it, as a draft of its own.
import type { WaitingFinding } from '../facts.ts';
import { ordinalsIn } from '../slots/ordinals.ts';
import { verdictIn } from '../slots/plain.ts';
import { likeness, WAITING } from '../slots/waiting.ts';
import type { Reading } from '../understand/types.ts';
import { read, type Stage } from './stage.ts';

export interface Judged {
  reading: Reading;
  /** The words that were said of this finding alone. */
  text: string;
}

/** The verdicts one by one, when one message judges several findings and not all alike; null: it judges them together. */
export function verdictsApart(t: Stage, whole: Reading, text: string): Judged[] | null {
  if (whole.intent !== 'rect.review') return null;
  const parts = partsOf(handedIn(t, whole), text);
  const judged = parts.map((said) => ({ said, result: verdictIn(said) }));
  const [first] = judged;
  if (judged.length < 2 || judged.some(({ result }) => result === undefined || result === null)) return null;
  if (judged.every(({ result }) => result === first?.result)) return null;
  return judged.map(({ said, result }) => {
    const { school, rect_no: number } = whole.slots;
    const own = read(t, ordinalsIn(said, 0).rest);
    const reason = own.intent === 'rect.review' ? own.slots.reason : undefined;
    const slots: Reading['slots'] = {
      ...(result ? { result } : {}),
      ...(school === undefined ? {} : { school }),
      ...(number === undefined ? {} : { rect_no: number }),
      ...(result === 'pass' ? {} : { reason: reason ?? said }),
    };
    return { text: said, reading: { ...whole, slots, needs: [] } };
  });
}

function handedIn(t: Stage, { slots }: Reading): WaitingFinding[] {
  const school = slots.school ? t.facts.book.byName.get(slots.school)?.id : undefined;
  const number = slots.rect_no === undefined ? undefined : Number(/\d+/u.exec(slots.rect_no)?.[0]);
  return t.facts.findings.filter(
    (one) =>
      WAITING['submitted-findings'](one) &&
      (school === undefined || one.schoolId === school) &&
      (number === undefined || one.number === number),
  );
}

/**
 * The message cut where it comes to speak of another finding, by its words or its place on the notice; none when it speaks of
 * fewer than two, or returns to one.
 */
function partsOf(findings: readonly WaitingFinding[], text: string): string[] {
  const parts: { id: string; words: string[] }[] = [];
  for (const clause of text.split(BREAKS).filter((words) => words.trim() !== '')) {
    const named = namedIn(findings, clause);
    const before = parts.at(-1);
    if (named && named.id !== before?.id) parts.push({ id: named.id, words: [clause] });
    else before?.words.push(clause);
  }
  const once = new Set(parts.map(({ id }) => id)).size === parts.length;
  return once ? parts.map(({ words }) => words.join('，')) : [];
}

/** Marks, a space between Chinese words, and where the next is called by its place ("第一条过第二条退"). */
const BREAKS =
  /[,，;；。\n]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|(?<=\S)(?=第\s*[一二两三四五六七八九十\d]+\s*[条项个点])/u;

/** So much of a finding's words in a clause means that finding. */
const NAMED = 0.25;

/** The one finding that a clause speaks of; fewer of its words are enough when no other has any of them. */
function namedIn(findings: readonly WaitingFinding[], clause: string): WaitingFinding | undefined {
  const { ordinals } = ordinalsIn(clause, Math.max(0, ...findings.map(({ nth }) => nth)));
  const oneNotice = new Set(findings.map(({ noticeId }) => noticeId)).size === 1;
  if (ordinals.length > 0)
    return oneNotice && ordinals.length === 1 ? findings.find(({ nth }) => nth === ordinals[0]) : undefined;
  const near = findings.filter((one) => likeness(one.text, clause) >= NAMED);
  const touched = near.length > 0 ? near : findings.filter((one) => likeness(one.text, clause) > 0);
  return touched.length === 1 ? touched[0] : undefined;
}
