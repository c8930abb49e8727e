// Which deadline belongs to which finding, when one message sets several: "灭火器三天内换,食堂一周内改".
import { parseNumber } from '../text/numerals.ts';
import type { FoundProblem } from '../types.ts';

export interface Limit {
  days?: number;
  due?: string;
}
/** A deadline as it came: after how many findings, and before how many. */
export interface LimitRecord extends Limit {
  text: string;
  before: number;
  upto: number;
}

const FIRST = /前([两二三四五])(?:个|条|项)/;
const NTH = /第([一二三四五六七八九])(?:个|条|项)?/;

/**
 * Gives findings their own deadlines when one was set for a part of them only; says whether it did.
 * One deadline for all stays with the record.
 */
export function ownLimits(
  findings: FoundProblem[],
  limits: readonly LimitRecord[],
  things: (text: string) => string[],
): boolean {
  if (findings.length < 2 || limits.length === 0) return false;
  const set = (index: number, limit: Limit): boolean => {
    const finding = findings[index];
    if (!finding) return false;
    if (limit.days !== undefined) finding.days = limit.days;
    if (limit.due !== undefined) finding.due = limit.due;
    return true;
  };
  const named = limits.map((limit) => {
    const first = FIRST.exec(limit.text);
    if (first && limit.upto === limit.before)
      return findings.map((_f, i) => i).slice(0, parseNumber(first[1] ?? '') ?? 0);
    const nth = NTH.exec(limit.text);
    if (nth && limit.upto === limit.before) return [(parseNumber(nth[1] ?? '') ?? 0) - 1];
    if (limit.upto > limit.before) return [];
    const words = things(limit.text);
    const at = findings.findIndex((f) => words.some((w) => f.text.includes(w)));
    return at >= 0 && findings.length > 1 && at < findings.length - 1 ? [at] : [];
  });
  const distinct = new Set(limits.map((l) => l.due ?? l.days)).size;
  if (distinct < 2 && named.every((n) => n.length === 0)) return false;
  let from = 0;
  limits.forEach((limit, i) => {
    const own = named[i] ?? [];
    if (own.length > 0) {
      for (const index of own) set(index, limit);
      return;
    }
    // a limit said before anything was found waits for what comes next
    const [first, last] = limit.upto > from ? [from, limit.upto] : [limit.upto, limit.upto + 1];
    for (let index = first; index < last; index++) {
      const finding = findings[index];
      if (finding && finding.days === undefined && finding.due === undefined) set(index, limit);
    }
    from = Math.max(from, limit.upto);
  });
  return findings.some((f) => f.days !== undefined || f.due !== undefined);
}
