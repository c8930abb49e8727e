// One English matter that holds several: schools of which different things are told, days for different schools, notices with verdicts of their own.

import type { Intent } from '../types.ts';
import { type EnglishEntities, englishWithin, schoolsMeant } from './entities.ts';
import type { EnglishFacts } from './slot-readers.ts';

interface Clause {
  e: EnglishEntities;
  codes: string[];
  numbers: string[];
}

const CLAUSE =
  /[,;.!?\n]+(?=\s|$)|\s+-\s+|\s+\band\b(?=\s+(?:at|in|the|for|no|notice|number|return|reject|pass|\d{2,3})\b)/g;

function clausesOf(e: EnglishEntities): Clause[] {
  const out: Clause[] = [];
  const push = (start: number, end: number) => {
    const part = englishWithin(e, start, end);
    if (!/[a-z\d\u4e00-\u9fff]/.test(part.text)) return;
    const codes = [...new Set(part.schools.flatMap((s) => s.code ?? []))];
    out.push({ e: part, codes, numbers: [...new Set(part.notices.map((n) => n.no))] });
  };
  let from = 0;
  for (const m of e.text.matchAll(CLAUSE)) {
    if (/\b(?:no|nr|ms|mr|mrs|dr)$/.test(e.text.slice(0, m.index))) continue;
    push(from, m.index);
    from = m.index + m[0].length;
  }
  push(from, e.text.length);
  return out;
}

/** The facts of each reading that one matter gives; one, where all is said of all. */
export function eachOfItsOwn(intent: Intent, whole: EnglishFacts): EnglishFacts[] {
  const { e, about } = whole;
  if (intent === 'visit.log' || intent === 'finding.report') return bySchool(whole);
  if (intent === 'visit.plan' && about.length > 1 && e.dates.length > 1) return byDay(whole);
  if (VERDICTS.test(intent) && new Set(e.notices.map((n) => n.no)).size > 1) return byNotice(whole);
  return [whole];
}

const VERDICTS = /^rect\.(?:review|evidence|extend_decide)$/;

/** "nothing wrong at the primary, at the kindergarten the samples were not dated": to each its own. */
function bySchool(whole: EnglishFacts): EnglishFacts[] {
  if (whole.about.length < 2) return [whole];
  const common: EnglishEntities[] = [];
  const own = new Map<string, EnglishEntities[]>();
  let current: string | undefined;
  for (const { e, codes } of clausesOf(whole.e)) {
    const [code, ...more] = codes;
    const told = whole.findings.read(e, false, new Set());
    const says = told.findings !== undefined || told.no_findings === true || told.highlight !== undefined;
    if (code !== undefined && more.length === 0 && says) current = code;
    else if (codes.length > 0) current = more.length === 0 ? code : undefined;
    if (current === undefined || !says) common.push(e);
    else own.set(current, [...(own.get(current) ?? []), e]);
  }
  // "both", "at either": what is said of no one school is said of all
  if (own.size === 0 || (own.size === 1 && common.length === 0)) return [whole];
  const [first] = own.keys();
  const last = whole.about.at(-1);
  // "visited A and B, two extinguishers expired": no word says which
  if (own.size === 1 && first === last && !saysWhere(own.get(first ?? '') ?? [])) return [whole];
  return whole.about.map((code) => ({
    ...whole,
    flags: new Set(whole.flags),
    about: [code],
    told: [...common, ...(own.get(code) ?? [])],
  }));
}

const saysWhere = (parts: readonly EnglishEntities[]) => parts.some((p) => p.schools.length > 0);

/** "A on the 24th and B on the 25th": to each school the day that stands nearest behind it. */
function byDay(whole: EnglishFacts): EnglishFacts[] {
  const { e } = whole;
  const marks = e.schools.filter((s) => s.code !== undefined);
  const pairs = marks.map((school, i) => {
    const until = marks[i + 1]?.start ?? e.text.length;
    return { school, date: e.dates.find((d) => d.start >= school.end && d.start < until) };
  });
  if (pairs.some(({ date }) => date === undefined)) return [whole];
  return pairs.map(({ school, date }) => ({
    ...whole,
    e: { ...e, schools: [school], dates: date ? [date] : [] },
    about: school.code ? [school.code] : [],
  }));
}

/** "031 passed, 032 not yet, the ledger has gaps": a verdict each, with what follows it. */
function byNotice(whole: EnglishFacts): EnglishFacts[] {
  const groups: Array<{ numbers: string[]; start: number; end: number }> = [];
  let at = 0;
  for (const { e, numbers } of clausesOf(whole.e)) {
    const start = whole.e.text.indexOf(e.text, at);
    at = start + e.text.length;
    const before = groups.at(-1);
    if (before && numbers.length === 0) before.end = at;
    else if (before && before.numbers.length === 0) {
      before.numbers = numbers;
      before.end = at;
    } else groups.push({ numbers, start, end: at });
  }
  if (groups.length < 2) return [whole];
  return groups.map(({ start, end }) => {
    const e = englishWithin(whole.e, start, end);
    return { ...whole, e, about: schoolsMeant(e), told: [e] };
  });
}
