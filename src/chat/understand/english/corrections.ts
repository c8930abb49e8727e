// "not yesterday, last Wednesday", "three extinguishers, not two", "the school should be 一中": what an English text puts right.

import type { Context, Correction } from '../types.ts';
import { englishNumber } from './counts.ts';
import { type EnglishEntities, englishEntities } from './entities.ts';

interface Value {
  field: string;
  start: number;
  end: number;
  to: string;
}

/** Stands before what is not so. */
const NOT_SO =
  /(?:\bnot|n't|\binstead of|\brather than|\bno longer|\bfrom)(?:\s+(?:on|at|in|the|a|be|with|to|only|been))*\s*$/;
/** Stands behind it: "the record of Monday is wrong", "Friday was wrong". */
const WRONG_AFTER = /^(?:[^,;.]{0,24}\b(?:is|was|are|were) (?:wrong|not right|incorrect|a mistake)\b)/;
const COUNT_WORD = '(?:\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const COUNT = new RegExp(
  `\\b(${COUNT_WORD})\\b(?:\\s+(?!not\\b|and\\b|but\\b|instead\\b|rather\\b)([a-z]+))?`,
  'g',
);
const SESSIONS: ReadonlyArray<[RegExp, string]> = [
  [/\b(?:in the )?morning\b/g, 'am'],
  [/\b(?:in the )?afternoon\b/g, 'pm'],
  [/\b(?:the )?(?:whole|all|full) day\b/g, 'day'],
  [/\bhalf (?:a |the )?day\b/g, 'half_day'],
];

/** All that a correction may be of, in the order of the text. */
function valuesOf(e: EnglishEntities, context: Context): Value[] {
  const out: Value[] = [];
  const add = (v: Value) => {
    if (!out.some((o) => v.start < o.end && o.start < v.end)) out.push(v);
  };
  for (const { start, end, code } of e.schools)
    if (code) add({ field: 'school', start, end, to: context.roster.schools.get(code)?.name ?? code });
  const limit = /\b(?:deadline|due|limit)\b/.test(e.text);
  for (const d of e.dates)
    if (d.kind === 'day')
      add({
        field: limit ? 'due' : 'date',
        start: d.start,
        end: d.end,
        to: d.resolve(limit ? 'future' : 'past'),
      });
  for (const { start, end, no } of e.notices) add({ field: 'rect_no', start, end, to: no });
  for (const { start, end, name } of e.people) add({ field: 'person', start, end, to: name });
  for (const { start, end, days } of e.spans) add({ field: 'days', start, end, to: String(days) });
  for (const [pattern, to] of SESSIONS)
    for (const m of e.text.matchAll(pattern))
      add({ field: 'session', start: m.index, end: m.index + m[0].length, to });
  for (const m of e.text.matchAll(COUNT)) {
    const [start, end] = [m.index, m.index + (m[1] ?? '').length];
    const number = String(englishNumber(m[1] ?? '') ?? '');
    const of = m[2] ?? '';
    if (/^lessons?$|^class(?:es)?$/.test(of)) add({ field: 'lessons', start, end, to: number });
    else if (/^hours?$/.test(of)) add({ field: 'hours', start, end, to: number });
    else add({ field: 'findings', start, end, to: m[1] ?? '' });
  }
  return out.sort((a, b) => a.start - b.start);
}

/** What is right and what was wrong, of the first kind of thing of which something right is said. */
export function englishCorrected(e: EnglishEntities, context: Context): Correction | undefined {
  const values = valuesOf(e, context).map((v) => ({
    ...v,
    wrong:
      NOT_SO.test(e.text.slice(0, v.start)) ||
      (v.field !== 'findings' && WRONG_AFTER.test(e.text.slice(v.end))),
  }));
  // a bare number is of what the other one counts: "four lessons, not three"
  const counted = values.find((v) => /^(?:lessons|hours|days)$/.test(v.field));
  if (counted)
    for (const v of values)
      if (v.field === 'findings') {
        v.field = counted.field;
        v.to = String(englishNumber(v.to) ?? v.to);
      }
  const fieldOf = (v: Value | undefined) => v?.field;
  const wrong = values.find((v) => v.wrong);
  const rights = values.filter((v) => !v.wrong);
  const field =
    fieldOf(wrong) ??
    fieldOf(rights.find((v) => v.field === 'date' && /\b(?:date|day)\b/.test(e.text))) ??
    fieldOf(rights.find((v) => v.field !== 'school' || rights.length === 1));
  const right = rights.filter((v) => v.field === field).at(-1);
  if (!field || !right) return undefined;
  const from = values.find((v) => v.field === field && v !== right && v.to !== right.to);
  return { field, to: right.to, ...(from ? { from: from.to } : {}) };
}

const PUTS_RIGHT =
  /\bnot\b|n't\b|\bwrong\b|\bmistake\b|\binstead\b|\bshould\b|\bactually\b|\brather\b|\bchange\b|\bmake it\b|\bmeant\b/;
/** All that such a text holds besides its values: whoever tells what was seen says more. */
const SAID_WITH =
  /\b(?:i|we|got|put|wrote|noted|the|a|my|this|that|date|day|school|visit|record|one|last|was|were|is|be|been|have|had|has|it|on|at|not|wrong|wrongly|sorry|no|oh|should|instead|of|rather|than|actually|in|fact|really|make|change|to|from|with|mistake|meant|mean|went|wasn't|isn't|please|just|but|and|by|yes|of|only|correction|correct)\b/g;

/** What the text puts right and says besides nothing; `bare`: a day alone says so too, as a draft is open. */
export function englishCorrection(typed: string, context: Context): Correction | undefined {
  const e = englishEntities(typed, context);
  const bare =
    context.flow !== undefined &&
    context.expecting === undefined &&
    /^(?:it|that) (?:was|is)\b/.test(e.text.trim());
  if (e.text.replace(/[^a-z]/g, '').length < 4 || !(bare || PUTS_RIGHT.test(e.text)) || /\?/.test(e.text))
    return undefined;
  let more = e.text;
  const values = valuesOf(e, context);
  for (const { start, end } of [...values].reverse()) more = `${more.slice(0, start)} ${more.slice(end)}`;
  const rest = more.replace(SAID_WITH, ' ').match(/[a-z]+/g) ?? [];
  // "three extinguishers, not two": what is counted may be named
  const counts = values.filter((v) => /^(?:findings|lessons|hours)$/.test(v.field)).length;
  if (rest.length > (counts > 1 ? 2 : 0)) return undefined;
  return englishCorrected(e, context);
}
