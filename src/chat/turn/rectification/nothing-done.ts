// What a school promises ("照片明天发"), has half done, or wants back ("交早了"): nothing is handed in, and it is told what stands.
import { AWAITS_REVIEW, SCHOOL_OWES } from '../../facts.ts';
import { likeness } from '../../slots/likeness.ts';
import { OF_PAPERS, STILL_TO_DO, tellsNothingDone } from '../../slots/still-to-do.ts';
import type { Intent, Reading } from '../../understand/types.ts';
import { ASKS } from '../media/photo-words.ts';
import { type Stage, say } from '../stage.ts';

const TOLD_AS: ReadonlySet<Intent> = new Set(['rect.evidence', 'chat.other']);

/** True when words that would begin a report tell of nothing done; the findings stay open, and it is said until when. */
export function nothingDone(t: Stage, { intent, slots }: Reading, text: string): boolean {
  if (t.c.frame || !TOLD_AS.has(intent) || ASKS.test(text) || slots.rect_no !== undefined) return false;
  if (!t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles)) return false;
  const mine = t.facts.findings.filter((one) => one.mineToFix);
  const owed = mine.filter((one) => SCHOOL_OWES.has(one.state));
  const papers = OF_PAPERS.test(text) && mine.length > 0;
  if (owed.length === 0 && !papers) return false;
  const names = (clause: string) => owed.length === 1 || owed.some((one) => likeness(one.text, clause) > 0);
  if (!tellsNothingDone(text, names)) return false;
  const named = owed.filter((one) => likeness(one.text, text) > 0);
  const due = [...(named.length > 0 ? named : owed)].map((one) => one.due ?? '').sort()[0] ?? '';
  t.c.misses = 0;
  say(t, 'common.waiting.nothing-done', {
    papers: papers && STILL_TO_DO.test(text),
    owed: owed.length,
    due,
    named: named.map((one) => one.text),
  });
  return true;
}

/** "交早了", "刚才交错了", "撤回刚才那个申请": what was handed in, asked for or objected. Photos have words of their own. */
const TAKES_BACK =
  /^(?:我|我们|不好意思)?[,\uff0c\s]*(?:想|要|能不能|可以|请)?(?:把)?(?:刚才|刚刚|上一?[条个份])?(?:的|那[条个份]|提?交的|整改|申请|延期|异议|方案|报告|材料)*(?:提?交|报|申请)?(?:(?:早|错|快)了|[撤收]回(?:来|去)?|撤(?:了|销|掉))/u;
const OF_HER_OWN = /提?交|报|申请|延期|异议|方案|材料/u;

/** True when a school's head wants back, or put right, what lies with her inspector: nobody else undoes it, and it is told how it comes back. */
export function wantsBack(t: Stage, text: string, { intent }: Pick<Reading, 'intent'>): boolean {
  if (!t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles)) return false;
  const back = intent === 'record.correct' || (TAKES_BACK.test(text.trim()) && OF_HER_OWN.test(text));
  if (!back || /照片|相片|图/u.test(text)) return false;
  const lies = t.facts.findings.some((one) => one.mineToFix && OUT_OF_HAND.has(one.state));
  if (lies) say(t, 'common.waiting.stays-handed-in');
  return lies;
}

const OUT_OF_HAND: ReadonlySet<string> = new Set([...AWAITS_REVIEW, 'extension_pending', 'objected']);
