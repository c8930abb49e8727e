// What the slots of English readings are read with: schools, notices, days, limits, what was found, whose it is.

import type { Lexicon } from '../text/lexicon.ts';
import { maskPersonal } from '../text/mask.ts';
import type { Context, Flag, ItemCode, Slots } from '../types.ts';
import { tellsDanger } from './danger.ts';
import { type EnglishEntities, englishWithin, schoolsMeant } from './entities.ts';
import type { EnglishFindings } from './findings.ts';

/** What one English reading is built from; `flags` fill while it is. */
export interface EnglishFacts {
  e: EnglishEntities;
  context: Context;
  findings: EnglishFindings;
  lexicon: Lexicon;
  flags: Set<Flag>;
  /** Codes of the schools that are meant. */
  about: readonly string[];
  /** The stretches in which what was found is told. */
  told: readonly EnglishEntities[];
}

export type Looks = 'past' | 'future' | 'near';

/** Of the schools named, those of the sentence that tells of the danger: "…; the visit to the other must wait". */
export function inDanger(f: EnglishFacts): EnglishFacts {
  const { e } = f;
  const bounds = [
    0,
    ...[...e.text.matchAll(/[.;!]\s+|\n+/g)].map((m) => m.index + m[0].length),
    e.text.length,
  ];
  const parts = bounds.slice(1).map((end, i) => englishWithin(e, bounds[i] ?? 0, end));
  const told = parts.filter((part) => tellsDanger(part.text) && part.schools.length > 0);
  if (told.length === 0) return f;
  const schools = told.flatMap((part) => part.schools);
  const inside = { ...e, schools };
  return { ...f, e: inside, about: schoolsMeant(inside) };
}

const nameOf = ({ context }: EnglishFacts, code: string) => context.roster.schools.get(code)?.name ?? code;

export function schools(f: EnglishFacts): Slots {
  const { about, context, flags } = f;
  const own = context.sender.schools;
  const inspects = context.sender.roles.includes('inspector') && !context.sender.roles.includes('office');
  if (inspects && own.length > 0 && about.some((code) => !own.includes(code))) flags.add('school-outside');
  const open = f.e.schools.find((s) => s.code === undefined && !s.both);
  const [code] = about;
  return {
    ...(about.length === 1 && code ? { school: nameOf(f, code) } : {}),
    ...(about.length > 1 ? { schools: about.map((one) => nameOf(f, one)) } : {}),
    ...(open ? { school_candidates: open.among.map((one) => nameOf(f, one)) } : {}),
  };
}

export function notices({ e }: EnglishFacts): Slots {
  const numbers = [...new Set(e.notices.map((n) => n.no))];
  const [rect_no] = numbers;
  return rect_no ? { rect_no, ...(numbers.length > 1 ? { rect_nos: numbers } : {}) } : {};
}

export const whole = (f: EnglishFacts) => maskPersonal(f.e.raw.trim(), f.context.roster.people);

export function day(f: EnglishFacts, direction: Looks): string | undefined {
  const days = f.e.dates.filter((d) => d.kind === 'day');
  const said = days.find(
    (d) =>
      !d.limit &&
      !/\bsince $/.test(f.e.text.slice(0, d.start)) &&
      !(direction === 'past' && /end/.test(d.text)),
  );
  if (said?.today && f.e.today.hour < SMALL_HOURS) f.flags.add('small-hours');
  return said?.resolve(direction);
}
/** Before this hour "today" may mean the day before. */
const SMALL_HOURS = 5;

export const span = (f: EnglishFacts, direction: Looks) =>
  f.e.dates.find((d) => d.kind === 'span')?.resolve(direction);

/** "this morning" is said of today though no day is named. */
export const sameDay = (f: EnglishFacts) =>
  /\bthis (?:morning|afternoon)\b/.test(f.e.text) ? f.e.today.date.toString() : undefined;

export function limits({ e }: EnglishFacts): Slots {
  const due = e.dates.find((d) => d.kind === 'day' && (d.limit || /end/.test(d.text)));
  const [length] = e.spans;
  return { ...(due ? { due: due.resolve('future') } : {}), ...(length ? { days: length.days } : {}) };
}

/** The new day or the days more: any day behind "to" or "until", or the only one. */
export function extension(f: EnglishFacts): Slots {
  const days = f.e.dates.filter((d) => d.kind === 'day');
  const to =
    days.find((d) => d.limit && !CANNOT.test(f.e.text.slice(0, d.start))) ??
    days.find((d) => /end/.test(d.text));
  // "one week is not enough, give us two": what was too short is not what is wanted
  const short = f.e.spans.find((s) =>
    /^ (?:is|was|are)(?: not|n't) (?:enough|sufficient)|^ (?:is|was) too short/.test(f.e.text.slice(s.end)),
  );
  const fair = f.e.spans.filter((s) => s !== short);
  const bare =
    short && fair.length === 0
      ? /\b(two|three|four|five|six|seven|ten)\b(?! (?:of|windows|workers))/.exec(f.e.text.slice(short.end))
      : null;
  const unit = short && /week/.test(f.e.text.slice(short.start, short.end)) ? 7 : 1;
  const asked = bare ? (NUMBER[bare[1] ?? ''] ?? 0) * unit : undefined;
  return { due: to?.resolve('future'), days: fair[0]?.days ?? asked };
}
const CANNOT = /\b(?:cannot|can't|won't|unable to|not)\b[^,.;]*$/;
const NUMBER: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
};

/** `faults`: the message is known to tell of them, so that words which no list holds are taken for one. */
export function found(f: EnglishFacts, faults = false): Slots {
  const kindergarten =
    f.about.length > 0 &&
    f.about.every((code) => f.context.roster.schools.get(code)?.kind === 'kindergarten');
  const read = (trusted: boolean) =>
    f.told.map((part) => f.findings.read(part, kindergarten, f.flags, trusted));
  const known = read(false);
  const each = faults && known.every((one) => !one.findings && !one.no_findings) ? read(true) : known;
  const findings = each
    .flatMap((one) => one.findings ?? [])
    .map((one) => ({ ...one, text: maskPersonal(one.text, f.context.roster.people) }));
  const highlight = each.flatMap((one) => one.highlight ?? []).join(', ');
  const none = findings.length === 0 && each.some((one) => one.no_findings);
  return {
    ...(findings.length > 0 ? { findings } : {}),
    ...(none ? { no_findings: true } : {}),
    ...(highlight ? { highlight } : {}),
  };
}

/** Of "issue a notice to S: two extinguishers expired, one week" what follows the order. */
export function issued(f: EnglishFacts): Slots {
  const { findings } = found({ ...f, told: f.told });
  const real = findings?.filter(({ text }) => !/\bnotices?\b/i.test(text));
  return real && real.length > 0 ? { findings: real } : {};
}

export const methods = (f: EnglishFacts) => {
  const all = f.findings.methods(f.e.text);
  return all.length > 0 ? all : undefined;
};

export function items(f: EnglishFacts): { items?: ItemCode[] } {
  const [first] = f.findings.items(f.e.text, false);
  return first ? { items: [first] } : {};
}

/** Who went along: "with Zhang Ming". */
export function others({ e, context }: EnglishFacts): string[] | undefined {
  const names = e.people.map((p) => p.name).filter((name) => name !== context.sender.name);
  return names.length > 0 ? [...new Set(names)] : undefined;
}

/** The one to whom a school goes: behind "to", or before "takes over". */
export function taker({ e }: EnglishFacts): string | undefined {
  const to = e.people.find(
    (p) =>
      /\b(?:to|by|put|let|make|have) $/.test(e.text.slice(0, p.start)) ||
      /^ (?:takes|will take|is taking|should take) over/.test(e.text.slice(p.end)),
  );
  return (to ?? e.people.at(-1))?.name;
}

export function asked(f: EnglishFacts): Slots {
  const said = span(f, 'past');
  if (said) return { period: said };
  const date = day(f, 'past');
  return date ? { period: date, date } : {};
}

export const self = (f: EnglishFacts) => (/\b(?:i|i've|my|me|mine)\b/.test(f.e.text) ? 'self' : undefined);

export function whose(f: EnglishFacts): Slots {
  const audience =
    f.e.areas[0]?.code ??
    (/\b(?:whole|entire) district\b|\ball (?:areas|schools)\b/.test(f.e.text) ? 'all' : undefined);
  const inspector = f.context.sender.roles.includes('inspector');
  return {
    audience,
    person: f.e.people[0]?.name ?? self(f) ?? (inspector && !audience ? 'self' : undefined),
  };
}

export function openOnes({ e }: EnglishFacts): Slots {
  const { text } = e;
  const days = /\b(?:more than|over) (\d+) days (?:late|overdue)|(\d+) days (?:late|overdue)/.exec(text);
  const metric = /\b(?:overdue|late|past due|past the deadline|behind)\b/.test(text)
    ? 'overdue'
    : /\b(?:to review|my review|waiting for review|pending review)\b/.test(text)
      ? 'pending_review'
      : /\bdue (?:soon|this week|today|tomorrow)\b/.test(text)
        ? 'due_soon'
        : 'open';
  return { metric, ...(days ? { days: Number(days[1] ?? days[2]) } : {}) };
}

export function reviewReason(f: EnglishFacts): string | undefined {
  const { raw } = f.e;
  const [, ...rest] = raw.split(/[,;:]|\bbecause\b/i).map((part) => part.trim());
  const why = rest.filter(
    (part) => !/^(?:not (?:good enough|accepted|passed|ok)|fail\w*|no pass)[.!]*$/i.test(part),
  );
  return why.length > 0 ? why.join(', ').replace(/[.!]+$/, '') : undefined;
}

const HOUR =
  /\b(\d{1,2})(?:[:.](\d\d))? ?(am|pm|a\.m\.|p\.m\.)|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon)\b|\bat (\d{1,2})\b(?! (?:schools|lessons))/;

/** `HH:MM` of an hour that was said. */
export function timeIn(text: string): string | undefined {
  const m = HOUR.exec(text);
  if (!m) return undefined;
  if (m[6]) return '12:00';
  const hour = Number(m[1] ?? m[4] ?? m[7]);
  const later = m[3]?.startsWith('p') && hour < 12 ? 12 : m[7] !== undefined && hour < 7 ? 12 : 0;
  const midnight = m[3]?.startsWith('a') && hour === 12;
  return `${String(midnight ? 0 : (hour + later) % 24).padStart(2, '0')}:${m[2] ?? m[5] ?? '00'}`;
}
