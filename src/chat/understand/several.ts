// Two schools in one message become two records, each with its own findings (DOMAIN §6.3, line 2), two days two plans.

import { asksWhich } from './both-meant.ts';
import type { ClauseReading } from './clause-kinds.ts';
import { type Entities, sessionOf } from './entities.ts';
import { isKindergarten, type Known, limitIn, nameOf, ownerOf, rowOfDays, strip } from './facts.ts';
import type { Found } from './findings.ts';
import { lessonsOf } from './lessons-heard.ts';
import { maskPersonal } from './mask.ts';
import { needsOf } from './needs.ts';
import type { Clause } from './normalise.ts';
import { parseNumber } from './numerals.ts';
import { remembered } from './remembered.ts';
import type { FoundProblem, Intent, ItemCode, Reading, Session, Slots } from './types.ts';

/** What is less likely to be a fault is none. */
const HARDLY = 0.2;
/** "消防栓查了,比去年好": what is this likely to be well is. */
const WELL = 0.6;

const OF_EACH: readonly Intent[] = ['visit.log', 'finding.report', 'rect.issue'];

/** One reading per school for visits and findings; other intents keep their `schools`. */
export function bySchool(reading: Reading, known: Known): Reading[] {
  const { schools: among, ...rest } = reading.slots;
  if (!among) return [reading];
  const told = tellerOf(known);
  const tells = (code: string) => {
    const { findings, noFindings, highlight } = told.found(code);
    return findings.length > 0 || noFindings || highlight !== undefined;
  };
  if (asksWhich(reading.intent, known.e, known.about, tells))
    return [withSlots(reading, { ...rest, school_candidates: among })];
  if (!OF_EACH.includes(reading.intent)) return [reading];
  const each = eachSchool(reading, known, told);
  if (reading.intent !== 'finding.report' || each.every(({ slots }) => !slots.findings)) return each;
  return each.filter(
    ({ slots }, i) =>
      slots.findings || (!slots.no_findings && isAtFault(known, told.clauses(known.about[i] ?? ''))),
  );
}

/** The reading with other slots, and with what is missing among these. */
const withSlots = (reading: Reading, slots: Slots): Reading => ({
  ...reading,
  slots,
  needs: needsOf(reading.intent, slots, new Set(reading.flags)),
});

const OF_ALL = /^(?:[两俩三](?:家|所|个))?都(?:是|存在)(?=[^,.;]{3})/;
/** "前两家没问题", "其余的都挺好": how many of the first ones, or all of which nothing else is told. */
const CLEAN =
  /(?:前([两二三四])|其[他它余]|另外|别的|剩下)(?:[一两二三四])?(?:家|所|个|的)*(?:学校|园)?(?:都|也)*(?:没(?:啥|什么|发现)?(?:问题|事儿?|毛病)|挺好|不错|正常)/;
/** How many of the schools named first are told of so. */
const cleanOnes = (text: string): number => {
  const said = CLEAN.exec(text);
  return said ? (said[1] ? (parseNumber(said[1]) ?? 0) : Number.POSITIVE_INFINITY) : 0;
};

/** What was told of each school by itself. */
interface Teller {
  clauses(code: string): Clause[];
  found(code: string): Found;
}

function tellerOf({ e, context, findings }: Known): Teller {
  const pieces = e.clauses.flatMap((c) => bySpeaker(c, e));
  // "大河小学大河中学各发一份,都是门卫登记不全": of each of them
  const ofAll = (c: Clause) =>
    OF_ALL.test(c.text) && !e.schools.some((s) => s.start >= c.start && s.start < c.end);
  const clauses = (code: string) => pieces.filter((c) => ofAll(c) || ownerOf(e, c)?.code === code);
  const found = remembered((code) =>
    findings.read(clauses(code), {
      strip: (c) => strip(e, c),
      kindergarten: () => isKindergarten(context, code),
      limit: (c) => limitIn(e, c),
    }),
  );
  return { clauses, found };
}

/** The reading once for each school: what was told of it alone, and beside that what holds for all. */
function eachSchool(reading: Reading, { e, context, parts, about }: Known, told: Teller): Reading[] {
  const {
    schools: _all,
    findings: _f,
    items: _i,
    no_findings,
    lessons,
    methods,
    highlight,
    ...shared
  } = reading.slots;
  const own = about.map((code) => {
    const clauses = told.clauses(code);
    const text = textOf(clauses);
    return { code, clauses, text, methods: parts.methods(text), lessons: lessonsOf(text) };
  });
  // "一中听了课,二小转了转": who has ways of his own has no others
  const apart = own.every((one) => one.methods.length > 0);
  const ownLessons = own.some((one) => one.lessons !== undefined);
  const nobodys = !own.some(({ clauses }) => highlight && praisedThere(highlight, clauses));
  const clean = cleanOnes(e.text);
  return own.map((one, i) => {
    const found = told.found(one.code);
    // "上午去了一中,下午去了二中": each at its own half of the day
    const session = sessionOf(one.text) ?? shared.session;
    const date = ownDay(e, one.clauses) ?? shared.date;
    const list: FoundProblem[] = found.findings.map(({ start: _start, ...rest }) => ({
      ...rest,
      text: maskPersonal(rest.text, context.roster.people),
    }));
    const items = [...new Set(list.flatMap((x): ItemCode[] => (x.item ? [x.item] : [])))];
    // "东关园…限三天;东关小学…限一周"
    const limit = own.length > 1 && !shared.days && !shared.due ? limitOfAll(e, one.clauses) : undefined;
    return withSlots(reading, {
      school: nameOf(context, one.code),
      ...shared,
      ...limit,
      ...(session ? { session } : {}),
      ...(date ? { date } : {}),
      ...counted(ownLessons ? one.lessons : lessons),
      ...(highlight && (nobodys || praisedThere(highlight, one.clauses)) ? { highlight } : {}),
      ...(methods ? { methods: apart ? one.methods : methods } : {}),
      ...(list.length > 0 ? { findings: list, items } : {}),
      ...(list.length === 0 && (found.noFindings || no_findings || i < clean) ? { no_findings: true } : {}),
    });
  });
}

/** "小学没事,园里卡没人查", "一中没贴,特校贴得挺全": a finding is reported of the one, and nothing of the other. */
function isAtFault({ e, findings }: Known, clauses: readonly Clause[]): boolean {
  const heard = clauses.map((c) => findings.hear(strip(e, c)));
  const well = ({ p }: ClauseReading) => p.fine + p.praise + p.none > WELL;
  return clauses.length === 0 || (!heard.some(well) && heard.some(({ p }) => p.fault > HARDLY));
}

const limitOfAll = (e: Entities, clauses: readonly Clause[]) =>
  clauses.map((c) => limitIn(e, c)).find((limit) => limit !== undefined);
const textOf = (clauses: readonly Clause[]) => clauses.map(({ text }) => text).join(',');
const counted = (lessons: number | undefined) => (lessons === undefined ? {} : { lessons });

/** What was praised at one school was not at the others; that which no school's own words hold is of all. */
function praisedThere(highlight: string, clauses: readonly Clause[]): boolean {
  return highlight.split(',').some((part) => clauses.some(({ text }) => text.includes(part)));
}

/** "两所我24、25各跑一个,小学在前": one school a day, in the order in which they were said. */
function dayEach(reading: Reading, { e, context, about }: Known): Reading[] | undefined {
  const [from, to] = (rowOfDays(e, 'future') ?? '').split('/');
  const days = e.dates.filter((d) => d.kind === 'day' && !d.limit).map((d) => d.resolve('future'));
  const two = from && to ? [from, to] : days;
  if (!/各(?:去|跑|走|看|排)/.test(e.text) || about.length !== 2 || two.length !== 2) return undefined;
  const { schools: _all, date: _date, period: _period, ...rest } = reading.slots;
  return about.map((code, i) =>
    withSlots(reading, { ...rest, school: nameOf(context, code), date: two[i] ?? '' }),
  );
}

/** "周二去一中,周四去二中", "上午一中,下午二中", "王建国去二中,李秀英去一中": a plan for each day, half of it or person. */
export function byDay(reading: Reading, known: Known): Reading[] {
  const { e, context, about } = known;
  if (reading.intent !== 'visit.plan' || !reading.slots.schools) return [reading];
  const each = dayEach(reading, known);
  if (each) return each;
  const inside = <T extends { start: number }>(list: readonly T[], c: Clause) =>
    list.filter((x) => x.start >= c.start && x.start < c.end);
  let day: string | undefined;
  let person: string | undefined;
  let half: Session | undefined;
  const pieces = e.clauses.flatMap((c) => bySpeaker(c, e));
  const parts = pieces.flatMap((c) => {
    const [said] = inside(e.dates, c).filter((d) => d.kind === 'day' && !d.limit);
    const [who] = inside(e.people, c);
    day = said?.resolve('future') ?? day;
    person = who?.name ?? person;
    half = sessionOf(c.text) ?? half;
    const here = inside(e.schools, c).flatMap((s) => (s.code && about.includes(s.code) ? [s.code] : []));
    return here.length > 0 ? [{ day, person, half, codes: [...new Set(here)] }] : [];
  });
  // "把那两个学校都跑一遍,中学放在周二,小学放在周三": named together first, then one by one
  const [first, ...later] = parts;
  if (first && first.day === undefined && first.codes.every((c) => later.some((p) => p.codes.includes(c))))
    parts.shift();
  const apart = (key: 'day' | 'person' | 'half') =>
    new Set(parts.map((p) => p[key])).size > 1 && parts.every((p) => p[key] !== undefined);
  if (!apart('day') && !apart('person') && !apart('half')) return [reading];
  const {
    schools: _all,
    school: _one,
    date,
    person: shared,
    period: _p,
    session: all,
    ...rest
  } = reading.slots;
  const groups = new Map<
    string,
    { day?: string | undefined; person?: string | undefined; half?: Session | undefined; codes: string[] }
  >();
  for (const p of parts) {
    const key = `${p.day} ${apart('person') ? p.person : ''} ${apart('half') ? p.half : ''}`;
    const known = groups.get(key);
    groups.set(key, { ...p, codes: [...new Set([...(known?.codes ?? []), ...p.codes])] });
  }
  return [...groups.values()].map((g) => {
    const names = g.codes.map((code) => nameOf(context, code));
    const when = g.day ?? date;
    const who = apart('person') ? g.person : shared;
    const session = apart('half') ? g.half : all;
    return withSlots(reading, {
      ...rest,
      ...(names.length === 1 ? { school: names[0] } : { schools: names }),
      ...(when ? { date: when } : {}),
      ...(who ? { person: who } : {}),
      ...(session ? { session } : {}),
    });
  });
}

/** "昨天去的一中,前天去的二中": the day that stands with a school. */
function ownDay(e: Entities, clauses: readonly Clause[]): string | undefined {
  return e.dates
    .find((d) => d.kind === 'day' && !d.limit && clauses.some((c) => d.start >= c.start && d.start < c.end))
    ?.resolve('past');
}

const GOES_ON = /(?:(?:又|再|还|就|然后|最后|接着|后来|之后|随后)+(?:去|到|跑|来|看)?(?:了|过)?|[去到]了)$/;

const HALF = /(?:上午|下午|早上|中午|傍晚)(?:再|又)?(?:去|到|跑)?(?:了|的)?$/;

/** A clause that names a second school is cut before it: "大门口护学岗没人中心园留样没标时间". */
function bySpeaker(clause: Clause, e: Entities): Clause[] {
  const inside = e.schools.filter((s) => s.start >= clause.start && s.start < clause.end).slice(1);
  // "上午东关小学|下午东关园": the half of the day goes with the school that follows it
  const cuts = inside
    .map((s) => s.start - (HALF.exec(e.text.slice(clause.start, s.start))?.[0].length ?? 0))
    .filter((at) => at - clause.start >= 4);
  const at = [clause.start, ...cuts, clause.end];
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1] ?? clause.end;
    const whole = e.text.slice(start, end);
    // "灭火器过期又去|二中": the going belongs to the next school
    const text = i + 2 < at.length ? whole.replace(GOES_ON, '') : whole;
    return { text: text.trim(), start, end, mark: i + 2 < at.length ? ',' : clause.mark };
  });
}
