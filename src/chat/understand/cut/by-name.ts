// "二中给五天,东关小学那个不批", "028不过,029过": decisions on different schools or notices never run together.

import type { Entities, Span } from '../entities/entities.ts';
import { rowsOf, spanOfRow } from '../entities/rows.ts';
import type { Weighed } from '../intent/choose.ts';
import { isLeftAlone } from '../meant/left-alone.ts';
import { meant } from '../meant/meant-schools.ts';
import { type Decision, isDecision } from '../talk/talk-rules.ts';
import type { Context, Intent, Reading } from '../types.ts';

/** A notice or a school, or a row of them, of which something is decided. */
interface Named extends Span {
  keys: string[];
}

/** What stands between those of one row, which share a verdict: "024、025都合格". */
const ROW = /^(?:号|的)?[、,和跟与及以\s]*$/;
const STOP = /[,.;、\s]+$/;
/** What belongs to the name that follows it. */
const LEAD = /(?:给|把|对|让|叫|但|可|而|那)+$/;
/** "都看了,两家都行": the last word is of all. */
const OF_ALL =
  /[两俩三四五六]\s?(?:所|家|个|张|份|条|边|处|单)(?:学校)?(?:我)?(?:都|全|一起|一并)|(?:一律|统统|全部)/;

/** Acts of which each is about a school or a notice of its own, when it is said anew of another. */
const SAID_ANEW: ReadonlySet<Intent> = new Set([
  'assign.change',
  'opinion.log',
  'rect.query',
  'rect.remind',
  'record.void',
]);
/** How sure of the same act each stretch must be by itself. */
const ANEW = 0.6;

/** What shows that more time is decided on, and what that something was put right. */
const SHOWS: Readonly<Record<Decision, RegExp>> = {
  'rect.extend_decide': /延|缓|宽限?|再给|[准批]到|个?(?:天|周|星期|礼拜)(?![一二三四五六日])/,
  'rect.review': /整改|材料|照片|退|打回|销|合格|改|换|修|没|还|缺|过(?!期)/,
};

/** "033再给一星期,034打回去": a stretch of a decision is the other kind of it only where its own words show that. */
export function decidedAs(part: Weighed, whole: Pick<Weighed, 'intent' | 'confidence'>): Weighed {
  const given = whole.intent;
  if (!isDecision(given) || part.intent === given) return part;
  const other = given === 'rect.review' ? 'rect.extend_decide' : 'rect.review';
  const shown = SHOWS[other].test(part.e.text) && !SHOWS[given].test(part.e.text);
  return { ...part, ...whole, intent: shown ? other : given };
}

/**
 * The stretches of a decision on several, each about others, without those of which nothing is decided ("清河的我还没看"); the
 * whole when it decides alike of all. `read`: what a stretch says as a decision.
 */
export function byName(
  e: Entities,
  { intent, context, read }: { intent: Intent; context: Context; read: (span: Span) => Reading },
): Span[] {
  const all = [{ start: 0, end: e.text.length }];
  if (!isDecision(intent)) return all;
  const said = stretches(e, namedIn(e, context));
  if (said.length < 2) return all;
  const decided = said.filter(({ span }) => {
    const { intent: kind, slots } = read(span);
    return isDecision(kind) && slots.result !== undefined;
  });
  const keys = decided.flatMap((one) => one.keys);
  // who is decided on twice was not understood
  if (decided.length === 0 || new Set(keys).size < keys.length) return all;
  const last = said.at(-1)?.span;
  const ofAll = decided.length < said.length && last && OF_ALL.test(e.text.slice(last.start, last.end));
  return ofAll ? all : decided.map(({ span }) => span);
}

/** "阳光双语划给李秀英,东关小学划给王建国": the stretches of an act that is said anew of each; the whole where it is said once. */
export function saidAnew(
  e: Entities,
  { intent, context, weigh }: { intent: Intent; context: Context; weigh: (span: Span) => Weighed },
): Span[] {
  const all = [{ start: 0, end: e.text.length }];
  if (!SAID_ANEW.has(intent)) return all;
  const said = stretches(e, namedIn(e, context));
  const keys = said.flatMap((one) => one.keys);
  if (said.length < 2 || new Set(keys).size < keys.length) return all;
  // who is left alone is told of, and nothing is done there
  const meantOnes = new Set([...meant(e, context), ...e.notices.map(({ no }) => no)]);
  if (!keys.every((key) => meantOnes.has(key))) return all;
  const same = said.every(({ span }) => {
    const one = weigh(span);
    return one.intent === intent && one.confidence > ANEW;
  });
  return same ? said.map(({ span }) => span) : all;
}

/** Notices where several are named, otherwise the schools that are meant or left alone; those of one row together, in their order. */
function namedIn(e: Entities, context: Context): Named[] {
  const numbers = new Set(e.notices.map(({ no }) => no));
  const about = meant(e, context);
  const anchors: Named[] =
    numbers.size > 1
      ? e.notices.map(({ start, end, no }) => ({ start, end, keys: [no] }))
      : numbers.size === 0
        ? e.schools.flatMap(({ start, end, code }) =>
            code && (about.includes(code) || isLeftAlone(e.text.slice(end)))
              ? [{ start, end, keys: [code] }]
              : [],
          )
        : [];
  return rowsOf(e.text, anchors, ROW).map((row) => ({
    ...spanOfRow(row),
    keys: row.flatMap(({ keys }) => keys),
  }));
}

interface Stretch {
  span: Span;
  keys: readonly string[];
}

/** One stretch for each row that names others than the one before. */
function stretches(e: Entities, rows: readonly Named[]): Stretch[] {
  const said: Stretch[] = [];
  const clauseOf = (row: Named) => e.clauses.find((c) => row.start >= c.start && row.start < c.end);
  const [first, ...others] = rows;
  const again = new Set(others.flatMap(({ keys }) => keys));
  // "阳光园和一实小都申请延期,阳光园的行,…": those named together first come one by one
  const announced = first && first.keys.length > 1 && first.keys.every((key) => again.has(key));
  for (const row of announced ? others : rows) {
    const last = said.at(-1);
    if (last && row.keys.every((key) => last.keys.includes(key))) continue;
    const clause = clauseOf(row);
    const shared = last && clause && rows.some((o) => o.start >= clause.start && o.start < row.start);
    const start = shared
      ? row.start - (LEAD.exec(e.text.slice(clause.start, row.start))?.[0].length ?? 0)
      : announced && clause === clauseOf(first)
        ? row.start
        : (clause?.start ?? row.start);
    if (last) last.span.end = start - (STOP.exec(e.text.slice(0, start))?.[0].length ?? 0);
    said.push({ span: { start: last || announced ? start : 0, end: e.text.length }, keys: row.keys });
  }
  return said;
}
