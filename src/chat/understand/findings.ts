// Splits what was seen into findings: one clause each, with its item, its disposition word and its own deadline.

import { BARE_GRADE, CALLED, GRADED, GRADES, HOW, TAKEN_AS } from './finding-grades.ts';
import { type Limit, type LimitRecord, ownLimits } from './finding-limits.ts';
import {
  ABSENT,
  CALLED_GOOD,
  DEPARTMENT,
  FOR_HER,
  GOOD,
  LIMIT,
  LIMIT_ONLY,
  LOOKED,
  NONE,
  NOT_CLEAN,
  ON_SITE,
  PROBLEM,
  REACTION,
  REMINDED,
} from './finding-words.ts';
import type { Lexicon, WordFinder } from './lexicon.ts';
import { wordFinder } from './lexicon.ts';
import { type Clause, withoutFillers } from './normalise.ts';
import { refine } from './runon.ts';
import type { FoundProblem, ItemCode, Severity } from './types.ts';

export interface FindingReader {
  /** The item that the words of a clause point at; `kindergarten` prefers K1–K4. */
  itemOf(text: string, kindergarten: boolean): ItemCode | undefined;
  itemsOf(text: string, kindergarten: boolean): ItemCode[];
  severityOf(text: string): Severity | undefined;
  isProblem(text: string): boolean;
  /** "没问题", "一切正常": nothing found. */
  saysNone(text: string): boolean;
  read(clauses: readonly Clause[], options: ReadOptions): Found;
}
export interface ReadOptions {
  /** The clause's text without school, date and verb of going. */
  strip(clause: Clause): string;
  kindergarten(clause: Clause): boolean;
  /** The deadline that a clause sets, when it sets one. */
  limit?(clause: Clause): Limit | undefined;
}
export interface Found {
  findings: Array<FoundProblem & { start: number }>;
  noFindings: boolean;
  /** "没啥大问题": says nothing about small ones. */
  notClean: boolean;
  highlight?: string;
  /** Findings have deadlines of their own, so that none holds for all. */
  ownLimits?: boolean;
}

/** Compiles the office's words once. */
export function findingReader(lexicon: Lexicon): FindingReader {
  // Object.entries/fromEntries lose the key type; the schema has checked it
  const codes = Object.keys(lexicon.items) as ItemCode[];
  const words = Object.fromEntries(codes.map((c) => [c, lexicon.items[c].words])) as Record<
    ItemCode,
    string[]
  >;
  const items = wordFinder<ItemCode>(words);
  const severities = wordFinder<Severity>(lexicon.severity);
  const standIn = new Map<string, ItemCode>();
  for (const code of codes) for (const from of lexicon.items[code].from ?? []) standIn.set(from, code);

  const rank = (text: string, kindergarten: boolean): ItemCode[] => {
    const scores = new Map<ItemCode, number>();
    for (const f of items.all(text)) {
      if (f.key.startsWith('K') && !kindergarten) continue;
      const weight = f.word.length * f.word.length + (f.end / text.length) * 1.5;
      scores.set(f.key, (scores.get(f.key) ?? 0) + weight);
    }
    // money taken is a matter of fees, whatever it was taken for
    if (MONEY.test(text) && scores.has('I2')) scores.set('I2', (scores.get('I2') ?? 0) + 14);
    const sorted = [...scores].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    return kindergarten ? [...new Set(sorted.map((c) => standIn.get(c) ?? c))] : sorted;
  };
  const severityOf = (text: string): Severity | undefined =>
    severities.all(text).find((f) => !/[不没别]$/.test(text.slice(0, f.start)))?.key ??
    GRADES[GRADED.exec(text)?.[1] ?? ''] ??
    (DEPARTMENT.test(text)
      ? 'complex'
      : ON_SITE.test(text)
        ? 'fixed_on_site'
        : REMINDED.test(text)
          ? 'minor'
          : undefined);
  const isProblem = (text: string) => !NONE.test(text) && PROBLEM.test(text);
  return {
    itemOf: (text, kindergarten) => rank(text, kindergarten)[0],
    itemsOf: rank,
    severityOf,
    isProblem,
    saysNone: (text) => NONE.test(text),
    read: (clauses, options) => readAll(clauses, options, { rank, severityOf, items }),
  };
}

/** "第二个严重", "第一条当场改了": said of a finding named before. */
const ORDINAL =
  /^(?:其中)?第([一二三四五六七八九])(?:个|条|项)(?:问题)?(?=.{0,4}(?:严重|一般|小问题|轻微|复杂|当场|现场|口头))/;

/** What stands before a thing that was only looked at: "去看|食堂阳光厨房". */
const LOOKED_AT = /(?:看|查|检查|抽查|了解|参加|观摩|督导)(?:了|过|看|一?下)*$/;

const MONEY = /^(?!.*(?:补课|家教|办班|台账|公示栏)).*收(?:了|取)?[^,]{0,6}(?:费|钱|元|块)/;

interface Inner {
  rank(text: string, kindergarten: boolean): ItemCode[];
  severityOf(text: string): Severity | undefined;
  items: WordFinder<ItemCode>;
}

function readAll(clauses: readonly Clause[], options: ReadOptions, inner: Inner): Found {
  const found: Found = { findings: [], noFindings: false, notClean: false };
  let subject = '';
  let near: ItemCode | undefined;
  let told: string[] = [];
  // "没啥事,就是空调坏了": said as what is wrong after all
  let contrasted = false;
  const limits: LimitRecord[] = [];
  for (const clause of refine(clauses, { things: inner.items.all, faults: PROBLEM })) {
    const before = found.findings.length;
    for (const piece of piecesOf(clause, options, inner)) {
      const { text, start } = piece;
      if (!text || FOR_HER.test(text) || HOW.test(text) || /^(?:不|不是|不对|没有?|没错)$/.test(text))
        continue;
      if (ABSENT.test(text)) {
        found.noFindings = true;
        continue;
      }
      if (NONE.test(text) && !/但|就是|除了/.test(text)) {
        found.noFindings = true;
        if (NOT_CLEAN.test(text)) found.notClean = true;
        continue;
      }
      if (GOOD.test(text) && !/不够|没有做|未做/.test(text)) {
        // "看了演练,四分钟撤完,做得好": bare praise is of what was told before it
        const bare = text.replace(GOOD, '').length <= 3;
        const before = found.findings.at(-1);
        if (bare && before && !PROBLEM.test(before.text) && told.length === 0) {
          found.findings.pop();
          told.push(...before.text.split(','));
        }
        // What is called a 亮点 goes before what was only praised, a lesson's teacher say.
        const named = text.replace(CALLED_GOOD, '');
        if (named !== text && named.length > 1) found.highlight = named;
        else found.highlight = found.highlight ?? (bare ? [...told.slice(-2), text].join(',') : text);
        continue;
      }
      const last = found.findings.at(-1);
      // "…叫班主任看着做卷子,这就是占课": a name for what was just told
      const said = last && (CALLED.exec(text) ?? TAKEN_AS.exec(text));
      const called = said?.[1];
      if (last && called) {
        const [meant] = inner.rank(called, options.kindergarten(clause));
        if (meant) last.item = meant;
        last.severity = last.severity ?? inner.severityOf(text);
        if (meant || PROBLEM.test(called)) last.text = `${last.text},${text}`;
        continue;
      }
      const graded = last && BARE_GRADE.exec(text)?.[1];
      if (graded) {
        last.severity = last.severity ?? GRADES[graded];
        continue;
      }
      const nth = ORDINAL.exec(text);
      const meantOne = nth ? found.findings['一二三四五六七八九'.indexOf(nth[1] ?? '')] : undefined;
      if (meantOne) {
        meantOne.severity = inner.severityOf(text) ?? (/严重/.test(text) ? 'serious' : meantOne.severity);
        continue;
      }
      const severity = inner.severityOf(text);
      const [item] = inner.rank(text, options.kindergarten(clause));
      const context = near;
      near = item;
      const only = item === undefined || REACTION.test(text);
      if (severity && last && (only || !PROBLEM.test(text.replace(/不大|严重/g, '')))) {
        last.severity = last.severity ?? severity;
        continue;
      }
      if (
        LIMIT_ONLY.test(text) ||
        (LIMIT.test(text) && !PROBLEM.test(text.replace(LIMIT, '')) && !strongProblem(text))
      )
        continue;
      // "月底前必须装门禁": what is to be done about what was found
      if (last && options.limit?.(clause) && /^(?:就|都)?(?:必须|务必|要求|应当)/.test(text)) continue;
      if (REACTION.test(text) && !severity && (last || !item)) continue;
      const looked = LOOKED.test(text) || LOOKED_AT.test(clause.text.slice(0, clause.text.indexOf(text)));
      const wrong =
        PROBLEM.test(text) ||
        (item !== undefined && ((text.length >= 6 && !looked) || /整改通知|通知书/.test(clause.text)));
      if (!wrong || (!item && looked)) {
        subject = item && text.length <= 12 && !/[看查听]/.test(text) ? text : '';
        told.push(text);
        continue;
      }
      if (!item && last && !subject) {
        if (text.length <= 14) last.text = `${last.text},${text}`;
        continue;
      }
      contrasted ||= found.noFindings && /^(?:就是|但是?|只是|不过|除了)/.test(clause.text);
      const whole = subject && !item ? `${subject},${text}` : text;
      const code = item ?? inner.rank(whole, options.kindergarten(clause))[0] ?? context;
      found.findings.push({
        ...(code ? { item: code } : {}),
        text: whole,
        ...(severity ? { severity } : {}),
        start,
      });
      subject = '';
      told = [];
    }
    const limit = options.limit?.(clause);
    if (limit) limits.push({ ...limit, text: clause.text, before, upto: found.findings.length });
  }
  found.ownLimits = ownLimits(found.findings, limits, (text) => inner.items.all(text).map((w) => w.word));
  // "校长不在…没发现问题": what no item knows does not outweigh a plain none
  if (found.noFindings && !contrasted && found.findings.every((x) => x.item === undefined))
    found.findings = [];
  if (found.findings.length > 0) found.noFindings = false;
  return found;
}

function strongProblem(text: string): boolean {
  return /过期|没有|未|坏|缺|堵|裂|破|松动|不规范|不全|超/.test(text.replace(/(?:限|要求|责令).*$/, ''));
}

/** "签发宿舍电路的整改通知": what the notice is about. */
const NOTICE_FOR =
  /^(?:请|帮我|麻烦|就|因)*(?:签发|下发|开具|开|发|出|下|起草)(?:一?[份个张])?([^,]{2,12}?)的整改通知书?$/;

/** One clause may hold two findings joined by 和, 以及, 还有 when both sides say what is wrong. */
function piecesOf(
  clause: Clause,
  options: ReadOptions,
  inner: Inner,
): Array<{ text: string; start: number }> {
  const text = withoutFillers(options.strip(clause).replace(NOTICE_FOR, '$1')).replace(
    /[(]?(?:都|一并)?限(?:他们|学校)?[^,]{1,8}(?:整改|改完|改好|改)?[)]?$/,
    (tail) => (/[\d一二两三四五六七八九十半]/.test(tail) ? '' : tail),
  );
  const halves = text
    .split(/(?:,|以及|还有|并且|而且|另外|和|且|但是?|(?<![这那不])就是|不过)/)
    .filter(Boolean);
  const each = halves.every((h) => PROBLEM.test(h) && inner.items.all(h).length > 0);
  const contrast = /(?<![这那不])就是|但|不过/.test(text) && halves.length === 2;
  const list = halves.length > 1 && (each || contrast) ? halves : [text];
  return list.map((t, i) => ({ text: withoutFillers(t), start: clause.start + i }));
}
