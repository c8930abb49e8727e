// Two schools in one message become two records, each with its own findings (DOMAIN §6.3, line 2).

import type { ClauseReading } from '../clauses/clause-kinds.ts';
import { type Entities, sessionOf } from '../entities/entities.ts';
import { lessonsOf } from '../entities/lessons-heard.ts';
import type { Found } from '../findings/findings.ts';
import { asksWhich } from '../meant/both-meant.ts';
import type { SchoolMention } from '../schools/schools.ts';
import { maskPersonal } from '../text/mask.ts';
import type { Clause } from '../text/normalise.ts';
import { parseNumber } from '../text/numerals.ts';
import { remembered } from '../text/remembered.ts';
import type { FoundProblem, Intent, ItemCode, Reading } from '../types.ts';
import { withSlots } from './apart.ts';
import { isKindergarten, type Known, nameOf, strip } from './facts.ts';
import { limitIn } from './limits.ts';
import { clausesByOwner, keyOf } from './owners.ts';

/** What is less likely to be a fault is none. */
const HARDLY = 0.2;
/** "消防栓查了,比去年好": what is this likely to be well is. */
const WELL = 0.6;

const OF_EACH: readonly Intent[] = ['visit.log', 'finding.report', 'rect.issue'];

/** One reading per school for visits and findings; other intents keep their `schools`. */
export function bySchool(reading: Reading, known: Known): Reading[] {
  const { schools: among, ...rest } = reading.slots;
  const ofEach = OF_EACH.includes(reading.intent);
  const places = ofEach ? placesOf(known) : [];
  if (places.length > known.about.length && places.length > 1)
    return toldOf(reading, { ...known, about: places }, tellerOf(known));
  if (!among) return [reading];
  const told = tellerOf(known);
  const tells = (code: string) => {
    const { findings, noFindings, highlight } = told.found(code);
    return findings.length > 0 || noFindings || highlight !== undefined;
  };
  if (asksWhich(reading.intent, known.e, known.about, tells))
    return [withSlots(reading, { ...rest, school_candidates: among })];
  return ofEach ? toldOf(reading, known, told) : [reading];
}

/** One reading for each place of which something is told. */
function toldOf(reading: Reading, known: Known, told: Teller): Reading[] {
  const each = eachSchool(reading, known, told);
  if (reading.intent !== 'finding.report' || each.every(({ slots }) => !slots.findings)) return each;
  return each.filter(
    ({ slots }, i) =>
      slots.findings || (!slots.no_findings && isAtFault(known, told.clauses(known.about[i] ?? ''))),
  );
}

/** "昨天去了石佛和东关": the schools that are meant, and the places of several schools, in the order in which they were said. */
function placesOf({ e, about }: Known): string[] {
  const open = (s: SchoolMention) => !s.code && !s.unknown && !s.weak && !s.echo && s.among.length > 1;
  const meant = e.schools.filter((s) => (s.code ? about.includes(s.code) : open(s)));
  return [...new Set(meant.map(keyOf))];
}

/** "前两家没问题", "其余的都挺好": how many of the first ones, or all of which nothing else is told. */
const CLEAN =
  /(?:前([两二三四])|其[他它余]|另外|别的|剩下|[这那]?(?=[两俩三]))(?:[一两二俩三四])?(?:家|所|个|的)*(?:学校|园)?(?:都|也)*(?:没(?:啥|什么|发现)?(?:问题|事儿?|毛病)|挺好|不错|正常)/;
/** How many of the schools named first are told of so. */
const cleanOnes = (text: string): number => {
  const said = CLEAN.exec(text);
  return said ? (said[1] ? (parseNumber(said[1]) ?? 0) : Number.POSITIVE_INFINITY) : 0;
};

/** What was told of each school by itself. */
interface Teller {
  clauses(code: string): readonly Clause[];
  found(code: string): Found;
}

function tellerOf({ e, context, findings }: Known): Teller {
  const clauses = clausesByOwner(e);
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
    school: _one,
    school_candidates: _open,
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
      ...(context.roster.schools.has(one.code)
        ? { school: nameOf(context, one.code) }
        : { school_candidates: one.code.split(',').map((code) => nameOf(context, code)) }),
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

/** "昨天去的一中,前天去的二中": the day that stands with a school. */
function ownDay(e: Entities, clauses: readonly Clause[]): string | undefined {
  return e.dates
    .find((d) => d.kind === 'day' && !d.limit && clauses.some((c) => d.start >= c.start && d.start < c.end))
    ?.resolve('past');
}
