// The lesser slots of English messages: reasons, recipients, subjects, figures, forms of files, hours and lessons.

import type { Lexicon } from '../text/lexicon.ts';
import { englishNumber } from './counts.ts';
import type { EnglishEntities } from './entities.ts';

const BECAUSE =
  /\b(?:because|since(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|last|the \d|yesterday|then|noon|\d))|as(?! (?:well|soon|a|an)\b)|for the reason that|the reason is(?: that)?|reason:)\s+(?!of\b|soon\b)/i;
const BECAUSE_OF = /\b(?:because of|due to|owing to)\s+/i;
/** Asks or says what is wanted, and gives no reason. */
const WISH =
  /\b(?:extension|extend|postpone|more time|more days|another week|more week|longer|delay|can we|could we|may we|could you|can you|please|we need|we want|we would like|object|objection|appeal|disagree|don't agree|do not agree|dispute|not true|is a mistake|is wrong)\b/i;

/** Why: what follows "because", or the part of the message that wishes nothing. */
export function reasonIn({ raw }: EnglishEntities): string | undefined {
  const because = BECAUSE.exec(raw) ?? BECAUSE_OF.exec(raw);
  if (because) return tidy(raw.slice(because.index + because[0].length));
  const parts = raw.split(/[,;:.?!]+(?:\s|$)/).map((part) => part.trim());
  const why = parts.filter((part) => part.length > 3 && !WISH.test(part) && /\s/.test(part));
  return why.length > 0 ? tidy(why.join(', ')) : undefined;
}

/** What is said besides the order itself: "void yesterday's visit, entered twice". */
export function restOf({ raw }: EnglishEntities, order: RegExp): string | undefined {
  const because = BECAUSE.exec(raw) ?? BECAUSE_OF.exec(raw);
  if (because) return tidy(raw.slice(because.index + because[0].length));
  const parts = raw.split(/[,;:.]+(?:\s|$)/).map((part) => part.trim());
  const rest = parts.filter((part) => part.length > 2 && !order.test(part.toLowerCase()));
  return rest.length > 0 ? tidy(rest.join(', ')) : undefined;
}

const tidy = (text: string) => text.trim().replace(/[\s.,;!]+$/, '') || undefined;

/** What follows a word such as "about": the subject. */
export function fromWord({ raw }: EnglishEntities, words: string): string | undefined {
  const m = new RegExp(
    `\\b(?:${words})\\s+(?:the\\s+)?([^,.;?]+?)(?=\\s+(?:this|last|on|for|in|yesterday|today)\\b|[,.;?]|$)`,
    'i',
  ).exec(raw);
  return m?.[1]?.trim();
}

const RECIPIENTS: ReadonlyArray<[RegExp, string]> = [
  [/\bmy (?:schools|principals|heads)\b/, 'own'],
  [/\barea leaders?\b/, 'area_leaders'],
  [/\binspectors?\b/, 'inspectors'],
  [/\bkindergartens?\b|\bkindergarten heads?\b|\bnurser(?:y|ies)\b/, 'kindergartens'],
  [/\b(?:primary|elementary)(?: schools?| heads?| principals?)?\b/, 'primary'],
  [/\b(?:middle|junior)(?: schools?| heads?| principals?)?\b/, 'junior'],
  [/\b(?:high|senior)(?: schools?| heads?| principals?)?\b/, 'senior'],
  [/\b(?:principals?|heads?|headteachers?|all schools|every school)\b/, 'all_principals'],
  [/\b(?:everyone|everybody|all staff|all members)\b/, 'everyone'],
];

/** Whom it is for: an area, or a circle of people. */
export function audienceOf(e: EnglishEntities): string | undefined {
  const head = e.text.split(/[:]/)[0] ?? '';
  const said = (text: string) => RECIPIENTS.find(([words]) => words.test(text))?.[1];
  return (
    e.areas[0]?.code ??
    said(head) ??
    said(e.text) ??
    (e.people.length > 0 ? e.people.map((p) => p.name).join(',') : undefined)
  );
}

const WHOM =
  /^\s*(?:please |can you |could you )?(?:tell|inform|notify|announce to|send (?:a )?(?:notice|message)? ?to|message|ask|let|broadcast|notice to|post a notice to|circulate to|remind|send to)\b[^:,]{0,50}?(?::\s*|,\s*|\bknow\b(?: that)?\s*|\bthat\s+)(.+)$/is;

/** The words of a notice without those that say whom it goes to. */
export function besidesAudience(raw: string): string | undefined {
  const text = (WHOM.exec(raw)?.[1] ?? raw).trim();
  return text.length >= 4 &&
    !/^(?:please )?(?:tell|inform|notify|send a notice to|send a message to) (?:all )?[a-z ]{0,24}$/i.test(
      text,
    )
    ? text
    : undefined;
}

const TOPICS: ReadonlyArray<[RegExp, string]> = [
  [/\bschool bus(?:es)?\b/, 'school_bus'],
  [/\b(?:charges|fees|charging)\b/, 'fees'],
  [/\bstart[- ]of[- ]term\b|\bterm[- ]start\b/, 'term_start'],
  [/\bflood\b/, 'flood'],
  [/\b(?:eyesight|myopia)\b/, 'myopia'],
  [/\bmental health\b/, 'mental_health'],
  [/\bclass size\b/, 'class_size'],
  [/\bstudy aids?\b|\bworkbooks?\b/, 'study_aids'],
  [/\b(?:campus )?safety\b/, 'safety'],
];

/** The subject: the lexicon's code where it has one, else what follows "on" or "about". */
export function topicOf(e: EnglishEntities, lexicon: Lexicon): string | undefined {
  const known = TOPICS.find(([words, code]) => words.test(e.text) && code in lexicon.topics)?.[1];
  return known ?? fromWord(e, 'on|about|of|for');
}

const METRICS: ReadonlyArray<[RegExp, string]> = [
  [/\bvisits?\b|\bvisited\b/, 'visits'],
  [/\b(?:findings?|problems?|faults?)\b/, 'findings'],
  [/\b(?:rectification rate|closing rate|share of|closed in time|rate)\b/, 'closing_rate'],
  [/\bcover(?:age|ed)\b/, 'coverage'],
  [/\b(?:overdue|late)\b/, 'overdue'],
  [/\blessons?\b/, 'lessons'],
  [/\b(?:opinions?|complaints?)\b/, 'opinions'],
  [/\bemergenc(?:y|ies)\b/, 'emergencies'],
  [/\b(?:training|study) hours\b/, 'training_hours'],
];

export function metricOf(text: string): string | string[] | undefined {
  const all = METRICS.filter(([words]) => words.test(text)).map(([, code]) => code);
  return all.length > 1 ? all : all[0];
}

const FORMATS: ReadonlyArray<[RegExp, string]> = [
  [/\b(?:excel|spreadsheet|xlsx?|table)\b/, 'xlsx'],
  [/\b(?:word|docx?|document)\b/, 'docx'],
  [/\bpdf\b/, 'pdf'],
  [/\bcsv\b/, 'csv'],
  [/\b(?:chart|graph|diagram|plot)\b/, 'chart'],
];
export const formatOf = (text: string): string | undefined =>
  FORMATS.find(([words]) => words.test(text))?.[1];

const COUNT = '(\\d{1,2}(?:\\.\\d)?|one|two|three|four|five|six|seven|eight|nine|ten|an?|half an)';

/** "two hours", "an hour and a half". */
export function hoursIn(text: string): number | undefined {
  const m = new RegExp(`\\b${COUNT}(?: (?:and a half|full))? hours?( and a half)?`).exec(text);
  const count = m && englishNumber(m[1] ?? '');
  if (!m || count == null) return /\bhalf a day\b/.test(text) ? 4 : undefined;
  return count + (/half/.test(m[0]) && !/^half/.test(m[0]) ? 0.5 : 0);
}

/** How many lessons were heard. */
export function lessonsIn(text: string): number | undefined {
  const many = new RegExp(
    `\\b${COUNT} (?:[a-z]+ ){0,3}?(?:lessons?|class(?:es)?|periods?)\\b(?! (?:is|are|was|were|on|size))`,
  ).exec(text);
  const heard =
    /\b(?:heard|listened|observed|sat in|watched|attended|lessons? heard)\b/.test(text) ||
    (many !== null && /^\d|one|two|three|four|five|six/.test(many[1] ?? ''));
  const count = many && heard ? englishNumber(many[1] ?? '') : undefined;
  if (count !== undefined && Number.isInteger(count)) return count;
  return undefined;
}
