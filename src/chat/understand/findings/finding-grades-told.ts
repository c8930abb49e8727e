// What is said of findings that were told: what they are called, how grave they are, till when they must be put right.
import { LIMIT, LIMIT_ONLY, PROBLEM, REACTION, strongProblem } from '../clauses/finding-words.ts';
import { WEIGHED } from './finding-asides.ts';
import { allMeant, BARE_GRADE, CALLED, GRADES, meantOnes, namedOne, TAKEN_AS } from './finding-grades.ts';
import type { Heard, Inner, SoFar, Weighed } from './finding-types.ts';

/** "两条 小问题": all of them are spoken of; the grade comes with the next words. */
export function pointsAtAll(soFar: SoFar, text: string): boolean {
  const all = allMeant(text, soFar.found.findings);
  if (all) soFar.pointed = all;
  return all !== undefined;
}

/** A grade or a name for what was just told, and nothing else. */
export function gradesTold(soFar: SoFar, { text, kindergarten }: Heard, inner: Inner): boolean {
  const { findings } = soFar.found;
  const last = findings.at(-1);
  // "…叫班主任看着做卷子,这就是占课": a name for what was just told
  const called = last && (CALLED.exec(text) ?? TAKEN_AS.exec(text))?.[1];
  // "按一般问题处理" names no kind of fault
  if (last && called && !(called in GRADES)) {
    const [meant] = inner.rank(called, kindergarten);
    if (meant) last.item = meant;
    last.severity = last.severity ?? inner.severityOf(text);
    if (meant || PROBLEM.test(called)) last.text = `${last.text},${text}`;
    return true;
  }
  const named = inner.severityOf(text) && namedOne(text, findings);
  const meantNow = named ? { findings: [named] } : meantOnes(text, findings);
  if (meantNow) {
    soFar.pointed = meantNow.findings;
    for (const one of soFar.pointed)
      one.severity = meantNow.severity ?? inner.severityOf(text) ?? one.severity;
    return true;
  }
  const graded = last && BARE_GRADE.exec(text)?.[1];
  if (!graded) return false;
  for (const one of soFar.pointed.length > 0 ? soFar.pointed : [last])
    one.severity = one.severity ?? GRADES[graded];
  return true;
}

/** How bad what was told is, until when it must be put right, or what somebody says to it: of the finding before, and none itself. */
export function isGradeOrDemand(
  soFar: SoFar,
  { text, reading: { p }, surely, severity, item, limit }: Weighed,
): boolean {
  const last = soFar.found.findings.at(-1);
  if (last && WEIGHED.test(text)) {
    last.severity = last.severity ?? severity;
    return true;
  }
  const only = item === undefined || REACTION.test(text);
  if (severity && last && (only || p.limit > 0.6 || !PROBLEM.test(text.replace(/不大|严重/g, '')))) {
    // "第二条重,算严重": of the one that was pointed at
    for (const one of soFar.pointed.length > 0 ? soFar.pointed : [last])
      one.severity = one.severity ?? severity;
    soFar.pointed = [];
    return true;
  }
  if (p.limit > 0.7 && p.fault < 0.2 && (last ? !item : !item && !PROBLEM.test(text))) return true;
  if (LIMIT_ONLY.test(text) && !(surely && /[不没未]/.test(text))) return true;
  if (LIMIT.test(text) && !surely && !PROBLEM.test(text.replace(LIMIT, '')) && !strongProblem(text))
    return true;
  // "月底前必须装门禁": what is to be done about what was found
  if (last && limit && /^(?:就|都)?(?:必须|务必|要求|应当)/.test(text)) return true;
  return REACTION.test(text) && !severity && (last !== undefined || !item);
}
