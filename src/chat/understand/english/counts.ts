// Counts and lengths of time in English: "a couple of", "within three days", "they have a week"; and the halves of a day.

const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** A count, as a part of a pattern. */
export const COUNT = `(?:\\d{1,3}|${SMALL.slice(1).join('|')}|fifteen|twenty|thirty|an?|a couple of|half a|another)`;
const UNIT = '(?:working |school )?(?:day|week|fortnight|month)s?';

/** A count in words or figures; "a week" is one. Undefined for anything else. */
export function englishNumber(word: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(word)) return Number(word);
  if (/^(?:an?|another)$/.test(word)) return 1;
  if (word === 'a couple of' || word === 'both') return 2;
  if (word === 'half a' || word === 'half an') return 0.5;
  const far: Readonly<Record<string, number>> = { fifteen: 15, twenty: 20, thirty: 30 };
  const small = SMALL.indexOf(word);
  return far[word] ?? (small >= 0 ? small : undefined);
}

export interface EnglishSpan {
  start: number;
  end: number;
  days: number;
}

const DURATION = new RegExp(
  `(?:(?:with)?in |for |of |give (?:them |it |us )?|have )?(${COUNT}|two more)(?: more| extra| further)? (${UNIT})\\b(?!'? (?:ago|late|overdue|old|before|earlier|behind|in a row|a (?:week|month|year)))`,
  'g',
);

/** Lengths of time that are set or asked for, in days: "within three days", "they have a week"; not "for two weeks nobody signed". */
export function englishSpans(text: string): EnglishSpan[] {
  return [...text.matchAll(DURATION)].flatMap((m) => {
    const start = m.index;
    if (/[a-z\d]/.test(text[start - 1] ?? '')) return [];
    if (/^for /.test(m[0]) && !/more|extra|further|another/.test(m[0]) && !/ext|postpone|delay/.test(text))
      return [];
    if (
      /\b(?:than|over|already|the last|the past|once|twice|times) $/.test(
        text.slice(Math.max(0, start - 10), start),
      )
    )
      return [];
    const unit = m[2] ?? '';
    const count = englishNumber(m[1] === 'two more' ? 'two' : (m[1] ?? '')) ?? 1;
    const days = count * (/fortnight/.test(unit) ? 14 : /week/.test(unit) ? 7 : /month/.test(unit) ? 30 : 1);
    return [{ start, end: start + m[0].length, days: Math.round(days) }];
  });
}

/** Half of the day. */
export function englishSession(text: string): 'am' | 'pm' | 'day' | 'half_day' | undefined {
  if (/\b(?:whole|all|full|entire) day\b|\bmorning and (?:the )?afternoon\b/.test(text)) return 'day';
  const am =
    /\bmorning\b(?! (?:assembly|check|exercise|reading|greeting|run))|\bam\b|\ba\.m\.|\bbefore noon\b/.test(
      text,
    );
  const pm = /\bafternoon\b|\bpm\b|\bp\.m\.|\bafter lunch\b/.test(text);
  if (am && pm) return 'day';
  if (am || pm) return am ? 'am' : 'pm';
  return /\bhalf (?:a |the )?day\b/.test(text) ? 'half_day' : undefined;
}
