// Two schools in one message become two records, each with its own findings (DOMAIN §6.3, line 2), two days two plans.

import { asksWhich } from './both-meant.ts';
import type { ClauseReading } from './clause-kinds.ts';
import { type Entities, sessionOf } from './entities.ts';
import { isKindergarten, limitIn, nameOf, ownerOf, strip } from './facts.ts';
import type { FindingReader } from './findings.ts';
import { lessonsOf } from './lessons-heard.ts';
import { maskPersonal } from './mask.ts';
import { meant } from './meant-schools.ts';
import { needsOf } from './needs.ts';
import type { Clause } from './normalise.ts';
import type { PartReader } from './parts.ts';
import { remembered } from './remembered.ts';
import type { Context, FoundProblem, ItemCode, Reading, Slots } from './types.ts';

/** What is less likely to be a fault is none. */
const HARDLY = 0.2;
/** "消防栓查了,比去年好": what is this likely to be well is. */
const WELL = 0.6;

/** One reading per school for visits and findings; other intents keep their `schools`. */
export function bySchool(
  reading: Reading,
  e: Entities,
  context: Context,
  findings: FindingReader,
  parts: PartReader,
): Reading[] {
  if (!reading.slots.schools) return [reading];
  const codes = meant(e, context);
  const pieces = e.clauses.flatMap((c) => bySpeaker(c, e));
  const own = (code: string) => pieces.filter((c) => ownerOf(e, c)?.code === code);
  const seen = remembered((code) =>
    findings.read(own(code), {
      strip: (c) => strip(e, c),
      kindergarten: () => isKindergarten(context, code),
      limit: (c) => limitIn(e, c),
    }),
  );
  const tells = (code: string) => {
    const { findings: wrong, noFindings, highlight } = seen(code);
    return wrong.length > 0 || noFindings || highlight !== undefined;
  };
  const {
    schools: among,
    findings: _f,
    items: _i,
    no_findings,
    lessons,
    methods,
    highlight,
    ...shared
  } = reading.slots;
  if (asksWhich(reading.intent, e, codes, tells)) {
    const { schools: _all, ...rest } = reading.slots;
    const slots: Slots = { ...rest, school_candidates: among };
    return [{ ...reading, slots, needs: needsOf(reading.intent, slots, new Set(reading.flags)) }];
  }
  if (!/^(?:visit\.log|finding\.report|rect\.issue)$/.test(reading.intent)) return [reading];
  const told = (code: string) =>
    parts.methods(
      own(code)
        .map(({ text }) => text)
        .join(','),
    );
  // "一中听了课,二小转了转": who has ways of his own has no others
  const apart = codes.every((code) => told(code).length > 0);
  const heard = codes.map((code) => lessonsOf(textOf(own(code))));
  const ownLessons = heard.some((count) => count !== undefined);
  const nobodys = !codes.some((code) => highlight && praisedThere(highlight, own(code)));
  const each = codes.map((code, at) => {
    const clauses = own(code);
    const found = seen(code);
    // "上午去了一中,下午去了二中": each at its own half of the day
    const session = sessionOf(clauses.map(({ text }) => text).join(',')) ?? shared.session;
    const date = ownDay(e, clauses) ?? shared.date;
    const list: FoundProblem[] = found.findings.map(({ start: _start, ...rest }) => ({
      ...rest,
      text: maskPersonal(rest.text, context.roster.people),
    }));
    const items = [...new Set(list.flatMap((x): ItemCode[] => (x.item ? [x.item] : [])))];
    const slots: Slots = {
      school: nameOf(context, code),
      ...shared,
      ...(session ? { session } : {}),
      ...(date ? { date } : {}),
      ...counted(ownLessons ? heard[at] : lessons),
      ...(highlight && (nobodys || praisedThere(highlight, clauses)) ? { highlight } : {}),
      ...(methods ? { methods: apart ? told(code) : methods } : {}),
      ...(list.length > 0 ? { findings: list, items } : {}),
      ...(list.length === 0 && (found.noFindings || no_findings) ? { no_findings: true } : {}),
    };
    return { ...reading, slots, needs: needsOf(reading.intent, slots, new Set(reading.flags)) };
  });
  if (reading.intent !== 'finding.report' || each.every(({ slots }) => !slots.findings)) return each;
  const well = ({ p }: ClauseReading) => p.fine + p.praise + p.none > WELL;
  // "小学没事,园里卡没人查", "一中没贴,特校贴得挺全": a finding is reported of the one, and nothing of the other
  const atFault = (code: string) => {
    const clauses = own(code);
    const heard = clauses.map((c) => findings.hear(strip(e, c)));
    return clauses.length === 0 || (!heard.some(well) && heard.some(({ p }) => p.fault > HARDLY));
  };
  return each.filter(({ slots }, i) => slots.findings || (!slots.no_findings && atFault(codes[i] ?? '')));
}

const textOf = (clauses: readonly Clause[]) => clauses.map(({ text }) => text).join(',');
const counted = (lessons: number | undefined) => (lessons === undefined ? {} : { lessons });

/** What was praised at one school was not at the others; that which no school's own words hold is of all. */
function praisedThere(highlight: string, clauses: readonly Clause[]): boolean {
  return highlight.split(',').some((part) => clauses.some(({ text }) => text.includes(part)));
}

/** "周二去一中,周四去二中", "王建国去二中,李秀英去一中": a plan for each day or each person of its own. */
export function byDay(reading: Reading, e: Entities, context: Context): Reading[] {
  if (reading.intent !== 'visit.plan' || !reading.slots.schools) return [reading];
  const codes = meant(e, context);
  const inside = <T extends { start: number }>(list: readonly T[], c: Clause) =>
    list.filter((x) => x.start >= c.start && x.start < c.end);
  let day: string | undefined;
  let person: string | undefined;
  const parts = e.clauses.flatMap((c) => {
    const [said] = inside(e.dates, c).filter((d) => d.kind === 'day' && !d.limit);
    const [who] = inside(e.people, c);
    day = said?.resolve('future') ?? day;
    person = who?.name ?? person;
    const here = inside(e.schools, c).flatMap((s) => (s.code && codes.includes(s.code) ? [s.code] : []));
    return here.length > 0 ? [{ day, person, codes: [...new Set(here)] }] : [];
  });
  const apart = (key: 'day' | 'person') =>
    new Set(parts.map((p) => p[key])).size > 1 && parts.every((p) => p[key] !== undefined);
  if (!apart('day') && !apart('person')) return [reading];
  const { schools: _all, school: _one, date, person: shared, period: _p, ...rest } = reading.slots;
  const groups = new Map<
    string,
    { day?: string | undefined; person?: string | undefined; codes: string[] }
  >();
  for (const p of parts) {
    const key = `${p.day} ${apart('person') ? p.person : ''}`;
    const known = groups.get(key);
    groups.set(key, { ...p, codes: [...new Set([...(known?.codes ?? []), ...p.codes])] });
  }
  return [...groups.values()].map((g) => {
    const names = g.codes.map((code) => nameOf(context, code));
    const when = g.day ?? date;
    const who = apart('person') ? g.person : shared;
    const slots: Slots = {
      ...rest,
      ...(names.length === 1 ? { school: names[0] } : { schools: names }),
      ...(when ? { date: when } : {}),
      ...(who ? { person: who } : {}),
    };
    return { ...reading, slots, needs: needsOf(reading.intent, slots, new Set(reading.flags)) };
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
