// The slots of each intent from an English message; an intent takes only the slots that are its own, as in Chinese.
import { englishCorrected } from './english-corrections.ts';
import { tellsDanger } from './english-danger.ts';
import { type EnglishEntities, englishWithin, schoolsMeant } from './english-entities.ts';
import type { EnglishFindings } from './english-findings.ts';
import {
  audienceOf,
  besidesAudience,
  formatOf,
  fromWord,
  hoursIn,
  lessonsIn,
  metricOf,
  reasonIn,
  restOf,
  topicOf,
} from './english-parts.ts';
import { englishDecision, englishResult } from './english-short.ts';
import { englishSession } from './english-when.ts';
import type { Lexicon } from './lexicon.ts';
import { maskPersonal } from './mask.ts';
import type { Context, Flag, Intent, ItemCode, Slots } from './types.ts';

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

type Looks = 'past' | 'future' | 'near';

/** Fills the slots of an intent; `named`: whatever the message names, for a command whose flow is known. */
export function englishSlots(intent: Intent | 'named', f: EnglishFacts): Slots {
  const slots = BUILDERS[intent](f);
  for (const key of Object.keys(slots) as Array<keyof Slots>) if (slots[key] === undefined) delete slots[key]; // Object.keys loses the key type
  return slots;
}

const BUILDERS: Record<Intent | 'named', (f: EnglishFacts) => Slots> = {
  named: (f) => ({
    ...schools(f),
    ...notices(f),
    ...limits(f),
    date: day(f, 'near'),
    session: englishSession(f.e.text),
    period: span(f, 'past'),
    person: f.e.people[0]?.name,
    lessons: lessonsIn(f.e.text),
    ...found(f),
    result: englishResult(f.e.text),
  }),
  'visit.log': (f) => ({
    ...schools(f),
    date: day(f, 'past') ?? sameDay(f),
    session: englishSession(f.e.text),
    methods: methods(f),
    lessons: lessonsIn(f.e.text),
    companions: others(f),
    ...limits(f),
    ...found(f),
  }),
  'finding.report': (f) => ({
    ...schools(f),
    date: day(f, 'past') ?? sameDay(f),
    session: englishSession(f.e.text),
    ...limits(f),
    ...found(f, true),
  }),
  'lesson.log': (f) => ({
    ...schools(f),
    date: day(f, 'past') ?? sameDay(f),
    session: englishSession(f.e.text),
    lessons: lessonsIn(f.e.text) ?? 1,
    methods: ['lesson'],
    content: whole(f),
  }),
  'visit.plan': (f) => ({
    ...schools(f),
    date: day(f, 'future') ?? span(f, 'future'),
    session: englishSession(f.e.text),
    ...items(f),
  }),
  'visit.pending': (f) => ({ ...schools(f), ...whose(f), ...asked(f) }),
  'visit.history': (f) => ({ ...schools(f), ...asked(f), person: f.e.people[0]?.name ?? self(f) }),
  'assign.list': (f) => ({ ...schools(f), ...whose(f) }),
  'assign.change': (f) => ({ ...schools(f), person: taker(f), date: day(f, 'future') ?? span(f, 'future') }),
  'rect.issue': (f) => ({
    ...schools(f),
    ...notices(f),
    ...limits(f),
    ...(f.context.sender.roles.includes('principal') ? {} : issued(f)),
  }),
  'rect.list': (f) => ({ ...schools(f), ...whose(f), ...asked(f), ...openOnes(f), ...items(f) }),
  'rect.query': (f) => ({ ...schools(f), ...notices(f) }),
  'rect.plan': (f) => ({ ...schools(f), ...notices(f), ...limits(f), content: whole(f) }),
  'rect.evidence': (f) => ({
    ...schools(f),
    ...notices(f),
    content: whole(f),
    result: englishResult(f.e.text) === 'partial' ? 'partial' : undefined,
  }),
  'rect.extend_request': (f) => ({ ...schools(f), ...notices(f), ...extension(f), reason: reasonIn(f.e) }),
  'rect.extend_decide': (f) => ({
    ...schools(f),
    ...notices(f),
    ...extension(f),
    result: englishDecision(f.e.text),
    reason:
      englishDecision(f.e.text) === 'fail'
        ? restOf(f.e, /\b(?:extension|delay|refus|approved|agree)/)
        : undefined,
  }),
  'rect.review': (f) => {
    const result = englishResult(f.e.text);
    return {
      ...schools(f),
      ...notices(f),
      date: day(f, 'past'),
      result,
      ...(result === undefined || result === 'pass' ? {} : { reason: reviewReason(f), ...limits(f) }),
    };
  },
  'rect.appeal': (f) => ({ ...schools(f), ...notices(f), reason: reasonIn(f.e) ?? whole(f) }),
  'rect.remind': (f) => ({
    ...schools(f),
    ...notices(f),
    ...openOnes(f),
    audience: f.e.schools.length > 0 ? undefined : audienceOf(f.e),
    person: f.e.people[0]?.name,
  }),
  'notice.broadcast': (f) => ({
    ...schools(f),
    audience: audienceOf(f.e),
    content: besidesAudience(f.e.raw),
    date: day(f, 'future'),
    time: timeIn(f.e.text),
    due: f.e.dates.find((d) => d.limit)?.resolve('future'),
  }),
  'notice.ack': (f) => ({ ...schools(f), ...notices(f) }),
  'notice.status': (f) => ({
    ...schools(f),
    ...asked(f),
    audience: audienceOf(f.e),
    content: fromWord(f.e, 'about'),
  }),
  'notice.recall': (f) => ({
    ...schools(f),
    date: day(f, 'future'),
    content: fromWord(f.e, 'about'),
    reason: restOf(f.e, /\b(?:recall|take back|withdraw|retract|undo|pull back|cancel)\b/),
  }),
  'campaign.create': (f) => {
    const first = span(f, 'future') ?? day(f, 'future');
    return {
      ...schools(f),
      topic: topicOf(f.e, f.lexicon) ?? whole(f),
      ...(first ? { date: first, period: first } : {}),
      ...items(f),
      audience: audienceOf(f.e),
      due: limits(f).due,
      content: whole(f),
    };
  },
  'campaign.progress': (f) => ({ ...schools(f), topic: topicOf(f.e, f.lexicon), ...whose(f), ...asked(f) }),
  'comp.notify': (f) => ({
    ...schools(f),
    date: day(f, 'future') ?? span(f, 'future'),
    period: span(f, 'future'),
    person: f.e.people[0]?.name,
  }),
  'comp.avoidance': (f) => ({ ...schools(f), person: f.e.people[0]?.name, reason: whole(f) }),
  'comp.selfeval': (f) => ({ ...schools(f), ...limits(f), content: whole(f) }),
  'emergency.report': (f) => ({ ...schools(inDanger(f)), content: whole(f) }),
  'opinion.log': (f) => ({
    ...schools(f),
    date: day(f, 'past'),
    ...items(f),
    ...limits(f),
    content: whole(f),
  }),
  'opinion.list': (f) => ({ ...schools(f), ...asked(f), ...items(f) }),
  'opinion.reply': (f) => ({ ...schools(f), content: whole(f) }),
  'study.log': (f) => {
    const period = span(f, 'past');
    return {
      date: day(f, 'past') ?? period,
      ...(period ? { period } : {}),
      hours: hoursIn(f.e.text),
      topic: fromWord(f.e, 'on|about|studied|learnt about|learned about'),
      session: englishSession(f.e.text),
      person: f.e.people[0]?.name,
    };
  },
  'stats.query': (f) => ({
    ...schools(f),
    ...whose(f),
    ...asked(f),
    metric: metricOf(f.e.text),
    ...items(f),
    format: formatOf(f.e.text),
  }),
  'export.file': (f) => ({
    ...schools(f),
    ...notices(f),
    ...asked(f),
    ...whose(f),
    format: formatOf(f.e.text) ?? 'xlsx',
    content: whole(f),
  }),
  'briefing.draft': (f) => ({
    ...schools(f),
    ...asked(f),
    audience: f.e.areas[0]?.code,
    topic: topicOf(f.e, f.lexicon),
    format: formatOf(f.e.text),
  }),
  'rule.query': (f) => ({ topic: topicOf(f.e, f.lexicon), ...items(f), content: whole(f) }),
  'record.correct': (f) => {
    const correct = englishCorrected(f.e, f.context);
    const date = correct?.field === 'date' ? undefined : day(f, 'past');
    const lone = correct?.field === 'school' ? {} : schools(f);
    return { ...lone, date, ...(correct ? { correct } : {}) };
  },
  'record.void': (f) => ({
    ...schools(f),
    ...notices(f),
    date: day(f, 'past'),
    reason: restOf(f.e, /\b(?:void|delete|remove|strike|erase|take out)\b/),
  }),
  'flow.confirm': () => ({}),
  'flow.cancel': () => ({}),
  'help.show': () => ({}),
  'chat.other': (f) => ({ ...schools(f), ...notices(f) }),
};

/** Of the schools named, those of the sentence that tells of the danger: "…; the visit to the other must wait". */
function inDanger(f: EnglishFacts): EnglishFacts {
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

function schools(f: EnglishFacts): Slots {
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

function notices({ e }: EnglishFacts): Slots {
  const numbers = [...new Set(e.notices.map((n) => n.no))];
  const [rect_no] = numbers;
  return rect_no ? { rect_no, ...(numbers.length > 1 ? { rect_nos: numbers } : {}) } : {};
}

const whole = (f: EnglishFacts) => maskPersonal(f.e.raw.trim(), f.context.roster.people);

function day(f: EnglishFacts, direction: Looks): string | undefined {
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

const span = (f: EnglishFacts, direction: Looks) =>
  f.e.dates.find((d) => d.kind === 'span')?.resolve(direction);

/** "this morning" is said of today though no day is named. */
const sameDay = (f: EnglishFacts) =>
  /\bthis (?:morning|afternoon)\b/.test(f.e.text) ? f.e.today.date.toString() : undefined;

function limits({ e }: EnglishFacts): Slots {
  const due = e.dates.find((d) => d.kind === 'day' && (d.limit || /end/.test(d.text)));
  const [length] = e.spans;
  return { ...(due ? { due: due.resolve('future') } : {}), ...(length ? { days: length.days } : {}) };
}

/** The new day or the days more: any day behind "to" or "until", or the only one. */
function extension(f: EnglishFacts): Slots {
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
function found(f: EnglishFacts, faults = false): Slots {
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
function issued(f: EnglishFacts): Slots {
  const { findings } = found({ ...f, told: f.told });
  const real = findings?.filter(({ text }) => !/\bnotices?\b/i.test(text));
  return real && real.length > 0 ? { findings: real } : {};
}

const methods = (f: EnglishFacts) => {
  const all = f.findings.methods(f.e.text);
  return all.length > 0 ? all : undefined;
};

function items(f: EnglishFacts): { items?: ItemCode[] } {
  const [first] = f.findings.items(f.e.text, false);
  return first ? { items: [first] } : {};
}

/** Who went along: "with Zhang Ming". */
function others({ e, context }: EnglishFacts): string[] | undefined {
  const names = e.people.map((p) => p.name).filter((name) => name !== context.sender.name);
  return names.length > 0 ? [...new Set(names)] : undefined;
}

/** The one to whom a school goes: behind "to", or before "takes over". */
function taker({ e }: EnglishFacts): string | undefined {
  const to = e.people.find(
    (p) =>
      /\b(?:to|by|put|let|make|have) $/.test(e.text.slice(0, p.start)) ||
      /^ (?:takes|will take|is taking|should take) over/.test(e.text.slice(p.end)),
  );
  return (to ?? e.people.at(-1))?.name;
}

function asked(f: EnglishFacts): Slots {
  const said = span(f, 'past');
  if (said) return { period: said };
  const date = day(f, 'past');
  return date ? { period: date, date } : {};
}

const self = (f: EnglishFacts) => (/\b(?:i|i've|my|me|mine)\b/.test(f.e.text) ? 'self' : undefined);

function whose(f: EnglishFacts): Slots {
  const audience =
    f.e.areas[0]?.code ??
    (/\b(?:whole|entire) district\b|\ball (?:areas|schools)\b/.test(f.e.text) ? 'all' : undefined);
  const inspector = f.context.sender.roles.includes('inspector');
  return {
    audience,
    person: f.e.people[0]?.name ?? self(f) ?? (inspector && !audience ? 'self' : undefined),
  };
}

function openOnes({ e }: EnglishFacts): Slots {
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

function reviewReason(f: EnglishFacts): string | undefined {
  const { raw } = f.e;
  const [head = '', ...rest] = raw.split(/[,;:]|\bbecause\b/i).map((part) => part.trim());
  const why = rest.filter(
    (part) => !/^(?:not (?:good enough|accepted|passed|ok)|fail\w*|no pass)[.!]*$/i.test(part),
  );
  if (why.length > 0) return why.join(', ').replace(/[.!]+$/, '');
  return /^(?:it|this|that|they)?\s*(?:is |are )?(?:not \w+|return\w*|reject\w*|fail\w*|send|sent)\b/i.test(
    head,
  )
    ? undefined
    : undefined;
}

const HOUR =
  /\b(\d{1,2})(?:[:.](\d\d))? ?(am|pm|a\.m\.|p\.m\.)|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon)\b|\bat (\d{1,2})\b(?! (?:schools|lessons))/;

/** `HH:MM` of an hour that was said. */
function timeIn(text: string): string | undefined {
  const m = HOUR.exec(text);
  if (!m) return undefined;
  if (m[6]) return '12:00';
  const hour = Number(m[1] ?? m[4] ?? m[7]);
  const later = m[3]?.startsWith('p') && hour < 12 ? 12 : m[7] !== undefined && hour < 7 ? 12 : 0;
  const midnight = m[3]?.startsWith('a') && hour === 12;
  return `${String(midnight ? 0 : (hour + later) % 24).padStart(2, '0')}:${m[2] ?? m[5] ?? '00'}`;
}
