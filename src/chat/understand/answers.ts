// One small parser for each kind of answer, for the conversation's own questions; each says undefined when the text is no answer.
import { type Direction, findDates, todayIn } from './dates.ts';
import { entitiesOf, findDurations } from './entities.ts';
import { isKindergarten, strip } from './facts.ts';
import type { FindingReader } from './findings.ts';
import { lessonsOf } from './lessons-heard.ts';
import { maskPersonal } from './mask.ts';
import { clausesOf, normalise } from './normalise.ts';
import { findNotices } from './notices.ts';
import { NUMBER, parseNumber } from './numerals.ts';
import type { Context, FoundProblem, OfficeCalendar } from './types.ts';

export { maskPersonal } from './mask.ts';
export { parseNumber } from './numerals.ts';
export { parseResult, parseYesNo } from './verdicts.ts';

export interface DateAnswer {
  /** ISO day, or a span such as `2026-W12`. */
  date: string;
  span: boolean;
  /** `今天` said before 05:00 office time may mean yesterday: ask. */
  doubtful: boolean;
}

/** The first day or span in an answer. `direction` says where the question looks: a visit back, a deadline forth. */
export function parseDate(
  text: string,
  options: { now: Date; timeZone: string; calendar?: OfficeCalendar; direction?: Direction },
): DateAnswer | undefined {
  const today = todayIn(options.now, options.timeZone, options.calendar);
  const clean = normalise(text);
  const direction = options.direction ?? 'near';
  const found = findDates(clean, today);
  const mention = found.find((d) => d.kind === 'day') ?? found[0];
  if (mention) {
    return {
      date: mention.resolve(direction),
      span: mention.kind === 'span',
      doubtful: mention.today === true && today.hour < 5,
    };
  }
  const bare = new RegExp(`^(?:是|就)?(${NUMBER})$`).exec(clean);
  const day = bare && findDates(`${bare[1]}号`, today)[0];
  return day ? { date: day.resolve(direction), span: false, doubtful: false } : undefined;
}

/** Days of a limit: "限一周" 7, "三天内" 3, "十天" 10, "半个月" 15, "15" 15. */
export function parseDays(text: string): number | undefined {
  const clean = normalise(text);
  const said = findDurations(clean)[0] ?? findDurations(`限${clean.replace(/^(?:就|给|要|是)+/, '')}`)[0];
  if (said) return said.days;
  const bare = new RegExp(`^(${NUMBER})$`).exec(clean);
  const number = bare ? parseNumber(bare[1] ?? '') : undefined;
  return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}

export interface SchoolAnswer {
  /** Codes meant without doubt; several when several were named. */
  codes: string[];
  /** Equally good ones, the sender's own first: ask which. */
  among: string[];
  /** A name that no school bears. */
  unknown?: string;
  /** By sound or past a typo: say the official name back. */
  fuzzy: boolean;
}

/** The schools named in an answer; undefined when none is. */
export function parseSchool(text: string, context: Context): SchoolAnswer | undefined {
  const { schools } = entitiesOf(text, context);
  if (schools.length === 0) return undefined;
  const unknown = schools.find((s) => s.unknown);
  return {
    codes: [...new Set(schools.flatMap((s) => (s.code ? [s.code] : [])))],
    among: [...new Set(schools.filter((s) => !s.code).flatMap((s) => s.among))],
    ...(unknown ? { unknown: unknown.text } : {}),
    fuzzy: schools.some((s) => s.fuzzy),
  };
}

export interface FindingsAnswer {
  findings: FoundProblem[];
  noFindings: boolean;
  /** "没啥大问题": ask once for small ones. */
  notClean: boolean;
}

/** Builds the parser for "what did you find?"; `school` (a code) decides between the eight items and the four. */
export function findingsParser(
  reader: FindingReader,
): (text: string, context: Context, school?: string) => FindingsAnswer | undefined {
  return (text, context, school) => {
    const e = entitiesOf(text, context);
    const found = reader.read(e.clauses, {
      strip: (c) => strip(e, c),
      kindergarten: (c) => isKindergarten(context, e.schools.find((s) => s.start < c.end)?.code ?? school),
    });
    if (/^(?:没有|没|无|都没有|没了|没啥|没什么)(?:了|啊)?[.。]?$/.test(e.text))
      return { findings: [], noFindings: true, notClean: false };
    if (found.findings.length === 0 && !found.noFindings) return undefined;
    return {
      findings: found.findings.map(({ start: _start, ...rest }) => ({
        ...rest,
        text: maskPersonal(rest.text, context.roster.people),
      })),
      noFindings: found.noFindings,
      notClean: found.notClean,
    };
  };
}

/** `all`: both, all of them; `none`: none of these; else zero-based places in the list. */
export type ChoiceAnswer = { pick: 'all' } | { pick: 'none' } | { pick: number[] };

/** An answer to a list of choices: 第二个, 2, 后一个, 都不是, 两所都去了, or words of one choice. `options` are what was shown. */
export function parseChoice(text: string, options: readonly string[]): ChoiceAnswer | undefined {
  const t = normalise(text).replace(/[.!]+$/, '');
  if (/^(?:都不(?:是|对)|全不是|没有一个|不是这些|以上都不是|都没有|哪个都不是|两个都不是|不是|没有)/.test(t))
    return { pick: 'none' };
  if (
    /(?:都(?:去|是|有|要|对|算|看|跑|选|看了)|全(?:都|部|去|要|选|是)|两(?:所|个|家|条)都|俩都|都|所有)/.test(
      t,
    ) &&
    t.length <= 10
  )
    return { pick: 'all' };
  const picked = new Set<number>();
  const ordinal = new RegExp(
    `第(${NUMBER})|(?:^|[,、和跟与\\s])(${NUMBER})(?=$|[,、和跟与号个条项.\\s])|([①-⑨])|\\((${NUMBER})\\)`,
    'g',
  );
  for (const m of t.matchAll(ordinal)) {
    const number = m[3] ? (m[3].codePointAt(0) ?? 0) - 0x245f : parseNumber(m[1] ?? m[2] ?? m[4] ?? '');
    if (number !== undefined && number >= 1 && number <= options.length) picked.add(number - 1);
  }
  if (picked.size > 0) return { pick: [...picked].sort((a, b) => a - b) };
  if (/^(?:前(?:一|面那?)?(?:个|所|条|者)|前者|头一个|上面(?:那|的)?(?:个)?|首个)/.test(t))
    return { pick: [0] };
  if (
    /^(?:后(?:一|面那?)?(?:个|所|条|者)|后者|最后(?:一|那)?(?:个|条)?|末(?:一|尾)个?|下面(?:那|的)?(?:个)?)/.test(
      t,
    )
  )
    return { pick: [options.length - 1] };
  if (/^中间(?:那|的)?(?:个|条)?$/.test(t) && options.length === 3) return { pick: [1] };
  return byWords(t, options);
}

/** The one option whose text holds the answer, or shares by far the most characters with it. */
function byWords(typed: string, options: readonly string[]): ChoiceAnswer | undefined {
  const bare = typed
    .replace(/^(?:是|就是|选|要|我说的是|应该是)/, '')
    .replace(/(?:那个|那所|那条|的|吧|啊)+$/, '');
  if (bare.length === 0) return undefined;
  const inside = options.flatMap((o, i) => (normalise(o).includes(bare) ? [i] : []));
  if (inside.length === 1) return { pick: inside };
  if (inside.length > 1) return undefined;
  const common = options.map(
    (o) => [...new Set(bare)].filter((c) => normalise(o).includes(c)).length / bare.length,
  );
  const best = Math.max(...common);
  const winners = common.flatMap((c, i) => (c === best ? [i] : []));
  return best >= 0.6 && winners.length === 1 ? { pick: winners } : undefined;
}

/** "031", "031号", "三十一号那个" → "031"; a bare number is taken for a notice here, because a notice was asked for. */
export function parseNotice(text: string): string | undefined {
  const clean = normalise(text);
  const found = findNotices(clean)[0];
  if (found) return found.no;
  const bare = new RegExp(`^(?:是|第)?(${NUMBER})号?(?:的|那个|那条|通知)?$`).exec(clean);
  const number = bare ? parseNumber(bare[1] ?? '') : undefined;
  return number !== undefined && Number.isInteger(number) && number > 0
    ? String(number).padStart(3, '0')
    : undefined;
}

/** A count such as lessons or people: "两节", "3", "听了四节". */
export function parseCount(text: string): number | undefined {
  const clean = normalise(text);
  return (
    lessonsOf(`听${clean}`) ?? parseNumber(/\d+|[零〇一二两俩三四五六七八九十百]+/.exec(clean)?.[0] ?? '')
  );
}

/** The clauses of an answer, for free text: fillers stay, personal data are masked. */
export function parseText(text: string): string {
  return maskPersonal(clausesOf(text).length > 0 ? text.trim() : '');
}
