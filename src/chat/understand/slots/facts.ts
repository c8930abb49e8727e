// The tools and the message together, as the slot builders need them: one place that knows schools by name and clauses by owner.
import { type ClauseReading, isByHeart } from '../clauses/clause-kinds.ts';
import type { DateMention, Direction } from '../dates/dates.ts';
import type { Entities, Span } from '../entities/entities.ts';
import type { FindingReader, Found } from '../findings/findings.ts';
import type { SchoolMention } from '../schools/schools.ts';
import { beginsIn, type Clause } from '../text/normalise.ts';
import type { Context, Flag, Slots } from '../types.ts';
import { isLimit, limitIn, limitOf } from './limits.ts';
import type { PartReader } from './parts.ts';

/** A matter, and what it is read with. */
export interface Known {
  e: Entities;
  context: Context;
  findings: FindingReader;
  parts: PartReader;
  /** Codes of the schools that are meant, in the order in which they were said. */
  about: readonly string[];
}

/** What one reading of a matter is built from; `flags` fill while it is. */
export interface Facts extends Known {
  flags: Set<Flag>;
}

/** What each clause says, without the schools and days in it. */
export const heardIn = (e: Entities, findings: FindingReader): ClauseReading[] =>
  e.clauses.map((clause) => findings.hear(strip(e, clause)));

/** All that is said is one fault that the sayings know by heart. */
export const isOneFault = (heard: readonly ClauseReading[]): boolean =>
  heard.length === 1 && heard.every(isByHeart);

export function nameOf(context: Context, code: string): string {
  return context.roster.schools.get(code)?.name ?? code;
}

/** They are known, and none is anything but a kindergarten. */
export const areKindergartens = ({ about, context }: Facts): boolean =>
  about.length > 0 && about.every((code) => isKindergarten(context, code));

export function isKindergarten(context: Context, code: string | undefined): boolean {
  return code !== undefined && context.roster.schools.get(code)?.kind === 'kindergarten';
}

/** `school`, `schools`, `school_candidates`, `school_unresolved`, and the flags that go with them. */
export function schoolSlots(f: Facts): Slots {
  const { e, context, flags, about: codes } = f;
  const slots: Slots = {};
  if (e.schools.some((s) => s.fuzzy && s.code)) flags.add('school-fuzzy');
  const own = context.sender.schools;
  const inspects =
    context.sender.roles.some((r) => r === 'inspector') && !context.sender.roles.includes('office');
  if (inspects && own.length > 0 && codes.some((c) => !own.includes(c))) flags.add('school-outside');
  if (codes.length === 1) slots.school = nameOf(context, codes[0] ?? '');
  if (codes.length > 1) slots.schools = codes.map((c) => nameOf(context, c));
  const open = e.schools.find((s) => !s.code && !s.unknown);
  if (open && (codes.length === 0 || !open.weak))
    slots.school_candidates = open.among.map((c) => nameOf(context, c));
  const unknown = e.schools.find((s) => s.unknown);
  if (unknown) slots.school_unresolved = unknown.text;
  return slots;
}

/** Days said as a day, not as a limit; spans are left to `spanOf`. */
export function dayOf(
  e: Entities,
  direction: Direction,
  elsewhere: (at: Span) => boolean = () => false,
): DateMention | undefined {
  const days = e.dates.filter((d) => d.kind === 'day' && !d.limit && !isLimit(e, d, direction));
  return days.find((d) => !takenBack(e, d) && !elsewhere(d)) ?? days.find((d) => !takenBack(e, d)) ?? days[0];
}

/** "跟二中一样过期", "二中上回说的漏水,这儿也漏": what is said of the other is said of this one. */
const LIKENED = /一样|似的|一个(?:毛病|样|问题)|同样|上[次回]/;
/** "打二中门口过没进去,去的是育才": whether a place is in a clause that names only schools that are not meant. */
export function elsewhere({ e, about }: Facts): (at: Span) => boolean {
  const aside = e.clauses.filter((c) => {
    const here = e.schools.filter(beginsIn(c));
    return (
      about.length > 0 &&
      here.length > 0 &&
      !LIKENED.test(c.text) &&
      here.every((s) => s.code !== undefined && !about.includes(s.code))
    );
  });
  return ({ start }) => aside.some((c) => start >= c.start && start < c.end);
}

/** "不是昨天,是本周一", "前天去的,不对,大前天": a day that the same breath takes back. */
function takenBack(e: Entities, d: DateMention): boolean {
  return (
    isMoved(e, d) ||
    /(?:不是|并非|而非)$/.test(e.text.slice(0, d.start)) ||
    /^[^,.;]{0,4}[,.;]?(?:哎|哦|噢|啊)?(?:不对|不是|错了|说错了)(?:[,.;]|(?=都?是|应该是))/.test(
      e.text.slice(d.end),
    )
  );
}

const MOVED_TO =
  /(?:改|挪|换|调|推|推迟|提前|提|延|移)(?:成|到|为|至|在)?$|(?:[,.;]那就|帮我|给我|重新?)排(?:到|在)?$/;
/** "原先说周六去,周六没人,改成下周一": the day to which something is moved. */
export const movedTo = (e: Entities): DateMention | undefined =>
  e.dates.find((d) => d.kind === 'day' && MOVED_TO.test(e.text.slice(0, d.start)));

/** "由4月27改成5月11号进校": said in one breath, the day that comes after it holds. */
function isMoved(e: Entities, d: DateMention): boolean {
  const to = movedTo(e);
  return to !== undefined && d.end <= to.start && /^[^.;]{0,20}$/.test(e.text.slice(d.end, to.start));
}

/** Of the days of a visit with notice the one on which the school is entered: "通知今天发,进校四月二十号". */
export function dayOfEntry(e: Entities): string | undefined {
  const days = e.dates.filter((d) => d.kind === 'day');
  const enters = days.find(
    (d) =>
      /(?:进校|入校|进驻|到校|时间)(?:定)?(?:在|是|为|于)?$/.test(e.text.slice(0, d.start)) ||
      /^[^,.;]{0,3}(?:进校|入校|进驻|到校|开始|起)/.test(e.text.slice(d.end)),
  );
  return days.length > 1 && enters && !takenBack(e, enters) ? enters.resolve('future') : undefined;
}

export function spanOf(e: Entities): DateMention | undefined {
  return e.dates.find((d) => d.kind === 'span');
}

/** Days in a row, both ends named: "23到25号", "周一周二"; "月初" and "上旬" name none. At most ten. */
export function rowOfDays(e: Entities, direction: Direction): string | undefined {
  const said = e.dates.find(
    (d) => d.kind === 'span' && !d.limit && !/初|旬|中|半|起|来|今|现在|目前/.test(d.text),
  );
  const [from, to] = said?.resolve(direction).split('/') ?? [];
  return from && to && daysBetween(from, to) < 10 ? `${from}/${to}` : undefined;
}

/** `due` and `days` of a deadline; `base` is the day from which days are counted, when it was said. */
export function deadline(e: Entities, base?: string): Slots {
  const slots: Slots = {};
  const limit = limitOf(e);
  if (limit) slots.due = limit.resolve('future');
  const duration = e.durations[0];
  if (duration) {
    slots.days = duration.days;
    if (!slots.due && base)
      slots.due = e.today.date
        .add({ days: duration.days - daysBetween(base, e.today.date.toString()) })
        .toString();
  }
  return slots;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The school of a clause: the last one named before its end, else the only one there is. */
export function ownerOf(e: Entities, clause: Clause): SchoolMention | undefined {
  const inside = e.schools.find(beginsIn(clause));
  if (inside) return inside;
  const before = e.schools.filter((s) => s.start < clause.start);
  return before.at(-1) ?? (e.schools.length === 1 ? e.schools[0] : undefined);
}

const GOING =
  /^(?:出来(?:的?时候?)?(?:,|看到?|发现)?|进去|进门|我们?|咱|刚刚?|又|也|先|就|今|顺路|顺便|到|在|去了?|跑的?了?|来了?|看了?(?:看|下|一下)?|检查了?|督导了?|去|从|下(?!午|水|面|课|雨|坡|巴)|入校|进校|那边|里面|里|的|校内|学校|给(?!个|了|点)|对|:|,|\s|我|是|跟|和|与|一起|督学|(?:上|下)午|早上|中午|全天|半天|查出|出现)+/;

/** What leads to who came along. */
const ALONG = /(?:跟着?|和|与|同|随|陪着?|带着?|约上?|喊上?|叫上?|、|^)$/;

/** A clause without its school, days, people and the verb of going: what remains says what was seen. */
export function strip(e: Entities, clause: Clause): string {
  const spans = [
    ...e.schools
      .filter((s) => !s.unknown || s.start === clause.start)
      .map((s) => ({ ...s, keep: Boolean(s.echo) && /^[门园]/.test(e.text.slice(s.end)) })),
    ...e.dates.map((d) => ({
      start: d.start,
      // "月底前必须…": the word that makes a limit of the day goes with it
      end: d.end + (/^(?:之|以)?前(?!面|台|门|后)/.exec(e.text.slice(d.end))?.[0].length ?? 0),
      // "还是去年的", "四年级": there the day is what is wrong, or no day
      keep:
        /年级/.test(e.text.slice(d.end, d.end + 2)) ||
        /停(?:留)?在$/.test(e.text.slice(0, d.start)) ||
        (/(?:还|仍|仍然|只|用)[是的]?$|日期$/.test(e.text.slice(0, d.start)) &&
          /^的/.test(e.text.slice(d.end))) ||
        /(?:还|仍)是$/.test(e.text.slice(0, d.start)),
    })),
    ...e.durations.map((d) => ({ start: d.start, end: d.end, keep: false })),
    // "跟周大勇到…": who came along is no part of what was seen
    ...e.people
      .map((p) => ({ ...p, before: ALONG.exec(e.text.slice(clause.start, p.start))?.[0] }))
      .filter((p) => p.known && p.before !== undefined)
      .map((p) => ({ start: p.start - (p.before?.length ?? 0), end: p.end, keep: false })),
  ].filter((s) => !s.keep && s.start >= clause.start && s.end <= clause.end);
  spans.sort((a, b) => b.start - a.start);
  let text = clause.text;
  for (const s of spans) text = text.slice(0, s.start - clause.start) + text.slice(s.end - clause.start);
  return text.replace(GOING, '').trim();
}

export function foundIn(f: Facts, clauses: readonly Clause[]): Found {
  // what is said of a school that is not meant is no finding
  const aside = elsewhere(f);
  return f.findings.read(
    clauses.filter((c) => !aside(c)),
    {
      strip: (c) => strip(f.e, c),
      kindergarten: (c) => isKindergarten(f.context, ownerOf(f.e, c)?.code),
      limit: (c) => limitIn(f.e, c),
    },
  );
}
