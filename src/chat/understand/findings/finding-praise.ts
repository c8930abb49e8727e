// What is praised on a visit, and the highlight that it makes: bare praise is of what was told before it.
import type { ClauseReading } from '../clauses/clause-kinds.ts';
import { BARE_PRAISE, CALLED_GOOD, GOOD, PRAISE, PRAISED, PROBLEM } from '../clauses/finding-words.ts';
import { saysFault } from './fault-words.ts';
import type { Found } from './finding-types.ts';
import { pleases } from './praise-words.ts';

/** The sayings take it for praise; without a word that only praise has it says nothing: "孩子老钻", "家长拍了视频". */
export const soundsLikePraise = (p: ClauseReading['p']): boolean => p.praise > 0.7 && p.fault < 0.15;

/** Says that the text praises; `praising` after a heading such as "亮点". */
export function isPraise(
  text: string,
  { p }: ClauseReading,
  told: readonly string[],
  praising: boolean,
): boolean {
  return (
    (GOOD.test(text) && !/不够|没有做|未做/.test(text)) ||
    (PRAISED.test(text) && !/不(?!错)|没|未|乱|差|少/.test(text)) ||
    (soundsLikePraise(p) && pleases(text)) ||
    (told.length > 0 && BARE_PRAISE.test(text) && PRAISE.test(text)) ||
    (praising && !saysFault(text))
  );
}

/** "这个记成亮点", "值得宣传": of what was told before it. */
const PUT_DOWN_AS =
  /^(?:这个|这条|这点|这)?(?:就|可以|得)?(?:记|写|列|报|算)(?:成|为|作|进|上)?(?:一?个)?(?:亮点|典型|好做法)$|^值得(?:宣传|表扬|推广|学习|借鉴)$/;

/** What a drill is held for is no fault: "燃气泄漏演练". */
const DRILL = /[^,]{0,6}(?:演练|演习)/g;
const namesFault = (text: string) => PROBLEM.test(text.replace(DRILL, ''));

/** Adds the praise to the highlight. "看了演练,四分钟撤完,做得好": what was taken for a finding is praised after all. */
export function praise(found: Found, told: readonly string[], text: string): void {
  const bare = text.replace(GOOD, '').length <= 3 || BARE_PRAISE.test(text) || PUT_DOWN_AS.test(text);
  const before = found.findings.at(-1);
  const all = [...told];
  if (bare && before && !namesFault(before.text) && told.length === 0) {
    found.findings.pop();
    all.push(...before.text.split(','));
  }
  const praised = bare ? [...all.slice(-3), text].join(',') : text;
  // What is called a 亮点 goes before what was only praised, a lesson's teacher say.
  const named = text.replace(CALLED_GOOD, '');
  if (named !== text && named.length > 1) found.highlight = named;
  else found.highlight = found.highlight ? `${found.highlight},${praised}` : praised;
}

/** "直饮水通了,厕所也改造完了,是个亮点": all that stands before it without a fault. */
const OF_ALL_BEFORE = /亮点|典型|经验/;

/** Bare praise right after something that names no fault ("护学岗有两个老师在,挺好的"): that was no finding. True when it was so. */
export function praisesLast(found: Found, text: string): boolean {
  if (!BARE_PRAISE.test(text) || !PRAISE.test(text)) return false;
  const { findings } = found;
  const fault = findings.findLastIndex((f) => namesFault(f.text));
  const praised = findings.splice(
    OF_ALL_BEFORE.test(text) ? fault + 1 : Math.max(fault + 1, findings.length - 1),
  );
  if (praised.length === 0) return false;
  found.highlight = [found.highlight, ...praised.map((f) => f.text)].filter(Boolean).join(',');
  return true;
}
