// "not yesterday, last Wednesday", "the school should be 一中": what an English text puts right of a day or a school, clause by clause.
import { Temporal } from 'temporal-polyfill';
import type { Context, Correction, Understander } from './types.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const PAST =
  /\b(?:(?<ago>the day before yesterday|yesterday|today)|(?:(?<which>last|this) )?(?<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?<month2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?<day2>\d{1,2})(?:st|nd|rd|th)?)\b/iu;
const AGO: Readonly<Record<string, number>> = { today: 0, yesterday: 1, 'the day before yesterday': 2 };

/** The day in words of a visit that has been: "Monday" is the last one, "last Monday" last week's. Undefined when none is named. */
export function pastDayIn(text: string, today: Temporal.PlainDate): string | undefined {
  const groups = PAST.exec(text)?.groups;
  if (!groups) return undefined;
  const { ago, which, weekday } = groups;
  if (ago) return today.subtract({ days: AGO[ago.toLowerCase()] ?? 0 }).toString();
  if (weekday) {
    const to = 1 + WEEKDAYS.indexOf(weekday.toLowerCase()) - today.dayOfWeek;
    const back = which?.toLowerCase() === 'last' ? to - 7 : which || to <= 0 ? to : to - 7;
    return today.add({ days: back }).toString();
  }
  const month = 1 + MONTHS.indexOf((groups.month ?? groups.month2 ?? '').slice(0, 3).toLowerCase());
  const day = Number(groups.day ?? groups.day2);
  try {
    const here = Temporal.PlainDate.from({ year: today.year, month, day }, { overflow: 'reject' });
    return (Temporal.PlainDate.compare(here, today) > 0 ? here.subtract({ years: 1 }) : here).toString();
  } catch (err) {
    if (err instanceof RangeError) return undefined;
    throw err;
  }
}

const CLAUSE = /[,;.:\uff0c\uff1b。]+|\b(?:but|and)\b|(?=\binstead of\b|\bit (?:was|is|should)\b)/iu;
const NOT_SO = /\bnot\b|n['\u2019]t\b|\binstead of\b|\brather than\b|\bwrong\b/iu;
const PUTS_RIGHT =
  /\bnot\b|n['\u2019]t\b|\bwrong\b|\bmistake\b|\binstead\b|\bshould\b|\bactually\b|\brather\b|\bchange\b|\bmake it\b|\bmeant\b/iu;
/** All that such a text holds besides days and schools: whoever tells what was seen says more. */
const SAID_WITH =
  /\b(?:i|we|got|put|wrote|noted|the|a|my|this|that|date|day|school|visit|record|one|last|was|were|is|be|been|have|had|has|it|on|at|not|wrong|wrongly|sorry|no|oh|should|instead|of|rather|than|actually|in|fact|really|make|change|to|from|with|mistake|meant|mean|went|wasn['\u2019]t|isn['\u2019]t|please|just|but|and|by|yes|of)\b/giu;

/** What the text puts right; undefined when it may be of something else. `bare`: a day alone says so too, as a draft is open. */
export function englishCorrection(
  text: string,
  context: Context,
  named: Understander['named'],
): Correction | undefined {
  const letters = text.replace(/[^a-z]/giu, '');
  const bare =
    context.flow !== undefined &&
    context.expecting === undefined &&
    /^(?:it|that) (?:was|is)\b/iu.test(text.trim());
  if (letters.length < 4 || !(bare || PUTS_RIGHT.test(text)) || /\?/u.test(text)) return undefined;
  const days = new RegExp(PAST.source, 'giu');
  const more = text
    .replace(days, ' ')
    .replace(SAID_WITH, ' ')
    .replace(/[\u4e00-\u9fff]/gu, '');
  if (/[a-z]/iu.test(more)) return undefined;
  const now = Temporal.Instant.fromEpochMilliseconds(context.now.getTime());
  const today = now.toZonedDateTimeISO(context.timeZone).toPlainDate();
  const wrong: Partial<Record<'date' | 'school', string>> = {};
  const right: typeof wrong = {};
  for (const clause of text.split(CLAUSE)) {
    const date = pastDayIn(clause, today);
    const { school } = named(clause, context).slots;
    const into = NOT_SO.test(clause) ? wrong : right;
    if (date !== undefined) into.date = date;
    if (school !== undefined) into.school = school;
  }
  const field =
    right.school !== undefined && (wrong.school !== undefined || right.date === undefined)
      ? 'school'
      : 'date';
  const to = right[field];
  if (to === undefined) return undefined;
  const from = wrong[field];
  return { field, to, ...(from === undefined || from === to ? {} : { from }) };
}
