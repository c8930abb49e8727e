// Splits what was seen into findings: one clause each, with its item, its disposition word and its own deadline.

import { isByHeart, SURE_OF_ITEM } from './clause-kinds.ts';
import { isAside, quiet } from './finding-asides.ts';
import { BARE_GRADE, CALLED, GRADES, meantOnes, severityReader, TAKEN_AS } from './finding-grades.ts';
import { itemRanker } from './finding-items.ts';
import { goesOn, OWN_THING, SUMS_UP, TALKED, takeHeadline, WHERE } from './finding-joins.ts';
import { type LimitRecord, ownLimits } from './finding-limits.ts';
import { piecesOf } from './finding-pieces.ts';
import { isPraise, praise, praisesLast } from './finding-praise.ts';
import type { Ear, FindingReader, Found, Inner, ReadOptions } from './finding-types.ts';
import {
  ABSENT,
  BETTER,
  GOES_ON,
  HEAD,
  LIMIT,
  LIMIT_ONLY,
  LOOKED,
  LOOKED_AT,
  NONE,
  NOT_CLEAN,
  PLAIN_NONE,
  PROBLEM,
  REACTION,
  strongProblem,
} from './finding-words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Clause } from './normalise.ts';
import { refine } from './runon.ts';
import type { FoundProblem, ItemCode } from './types.ts';

export type { Ear, FindingReader, Found, ReadOptions } from './finding-types.ts';

/** Compiles the office's words once. */
export function findingReader(lexicon: Lexicon, { kinds, breaths }: Ear): FindingReader {
  const ear: Ear = { breaths, kinds: (text) => kinds(text.replace(HEAD, '')) };
  const { items, byWords, rank } = itemRanker(lexicon, ear.kinds);
  const severityOf = severityReader(lexicon);
  const isProblem = (text: string) => !NONE.test(text) && PROBLEM.test(text);
  return {
    itemOf: (text, kindergarten) => byWords(text, kindergarten)[0],
    itemsOf: byWords,
    severityOf,
    isProblem,
    hear: ear.kinds,
    saysNone: (text) => NONE.test(text),
    read: (clauses, options) =>
      readAll(clauses, options, {
        rank,
        byWords,
        severityOf,
        items,
        knows: (text) => items.all(text).length > 0,
        ear,
      }),
  };
}

/** No longer is what to do, beside a limit that names the thing no more. */
const TO_DO = 5;

function readAll(clauses: readonly Clause[], options: ReadOptions, inner: Inner): Found {
  const found: Found = { findings: [], noFindings: false, notClean: false };
  let subject = '';
  let near: ItemCode | undefined;
  let told: string[] = [];
  let pointed: FoundProblem[] = [];
  // "问题 无", "亮点 …": a heading waits for what follows
  let asked = false;
  let praising = false;
  // what only the sayings take for a problem, no word of the lexicon
  const faint = new Set<FoundProblem>();
  // what has no word of a fault; a plain none that follows outweighs it: "被褥晒得勤,没挑出问题"
  const pale = new Set<FoundProblem>();
  let cleared = 0;
  let likeliest = 0;
  // "没啥事,就是空调坏了": said as what is wrong after all
  let contrasted = false;
  const limits: LimitRecord[] = [];
  let place: { text: string; of: FoundProblem } | undefined;
  for (const clause of refine(clauses, { things: inner.items.all, faults: PROBLEM, ...inner.ear })) {
    const before = found.findings.length;
    for (const piece of piecesOf(clause, options.strip(clause), inner.knows)) {
      const { text, start } = piece;
      if (!text || isAside(text)) continue;
      if (ABSENT.test(text)) {
        found.noFindings = true;
        continue;
      }
      if (/^(?:存在的?)?(?:问题|毛病)(?:栏|那栏)?$/.test(text)) {
        asked = true;
        continue;
      }
      if (asked && /^(?:无|没有?|零|0)$/.test(text)) {
        found.noFindings = true;
        continue;
      }
      asked = false;
      if (/^(?:还|也)?(?:有?一?个|有|主要|突出)?亮点(?:是|有|嘛)?:?$/.test(text)) {
        praising = true;
        continue;
      }
      // "三天之内|换掉", "让他们三天之内|清掉": what is to be done until then is nothing that was found
      if (text.length <= TO_DO && found.findings.length > 0 && !inner.knows(text) && options.limit?.(clause))
        continue;
      const heard = inner.ear.kinds(text);
      const { p } = heard;
      // what the sayings know by heart needs no word of a fault, nor any length: "教写字", "分尖子班"
      const surely = isByHeart(heard) && text.length > 2;
      // "护学岗有两个老师在,挺好的": what names no fault, and is called good at once, was none
      if (told.length === 0 && praisesLast(found, text)) continue;
      if ((NONE.test(text) && !/但|就是|除了/.test(text)) || (p.none > 0.6 && p.fault < 0.2)) {
        found.noFindings = true;
        if (PLAIN_NONE.test(text)) cleared = found.findings.length;
        if (NOT_CLEAN.test(text)) found.notClean = true;
        continue;
      }
      const praises = isPraise(text, heard, told, praising);
      praising = false;
      if (praises) {
        praise(found, told, text);
        told = [];
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
      const meantNow = meantOnes(text, found.findings);
      if (meantNow) {
        pointed = meantNow.findings;
        for (const one of pointed) one.severity = meantNow.severity ?? inner.severityOf(text) ?? one.severity;
        continue;
      }
      const graded = last && BARE_GRADE.exec(text)?.[1];
      if (graded) {
        for (const one of pointed.length > 0 ? pointed : [last])
          one.severity = one.severity ?? GRADES[graded];
        continue;
      }
      const severity = inner.severityOf(text);
      const [item] = inner.byWords(text, options.kindergarten(clause));
      const context = near;
      near = item;
      const only = item === undefined || REACTION.test(text);
      if (severity && last && (only || p.limit > 0.6 || !PROBLEM.test(text.replace(/不大|严重/g, '')))) {
        // "第二条重,算严重": of the one that was pointed at
        for (const one of pointed.length > 0 ? pointed : [last]) one.severity = one.severity ?? severity;
        pointed = [];
        continue;
      }
      if (p.limit > 0.7 && p.fault < 0.2 && (last ? !item : !item && !PROBLEM.test(text))) continue;
      if (
        (LIMIT_ONLY.test(text) && !(surely && /[不没未]/.test(text))) ||
        (LIMIT.test(text) && !surely && !PROBLEM.test(text.replace(LIMIT, '')) && !strongProblem(text))
      )
        continue;
      // "月底前必须装门禁": what is to be done about what was found
      if (last && options.limit?.(clause) && /^(?:就|都)?(?:必须|务必|要求|应当)/.test(text)) continue;
      if (REACTION.test(text) && !severity && (last || !item)) continue;
      const looked =
        LOOKED.test(text) ||
        BETTER.test(text) ||
        TALKED.test(text) ||
        LOOKED_AT.test(clause.text.slice(0, clause.text.indexOf(text)));
      const wrong =
        PROBLEM.test(text) ||
        (surely && !LOOKED.test(text)) ||
        (p.fault > 0.6 && text.length >= 5 && !looked) ||
        (item !== undefined && ((text.length >= 6 && !looked) || /整改通知|通知书/.test(clause.text)));
      if (!wrong || (!item && looked && !surely) || (!severity && quiet(heard, text, item))) {
        subject = item && text.length <= 12 && !/[看查听]/.test(text) ? text : '';
        told.push(text);
        const likely = p.fault + (item ? 0.2 : 0) - p.fine - p.none;
        if ((item || p.fault > 0.3) && likely > likeliest && !/^[^,]{0,4}[说讲]/.test(text)) {
          likeliest = likely;
          const code = inner.rank(text, options.kindergarten(clause))[0];
          found.likeliest = { ...(code ? { item: code } : {}), text, start };
        }
        continue;
      }
      if (
        !item &&
        last &&
        !subject &&
        !(p.fault > 0.85 && (heard.sure > SURE_OF_ITEM || OWN_THING.test(text)) && !GOES_ON.test(text))
      ) {
        if (text.length <= 14) last.text = `${last.text},${text}`;
        continue;
      }
      // "井盖缺了一个,操场西南角": where it is, or of what comes next
      if (last && WHERE.test(text) && !PROBLEM.test(text)) {
        place = { text, of: last };
        subject = text;
        continue;
      }
      if (last && goesOn(text, last.text)) {
        last.text = `${last.text},${text}`;
        last.severity = last.severity ?? severity;
        continue;
      }
      contrasted ||= found.noFindings && /^(?:就是|但是?|只是|不过|除了)/.test(clause.text);
      // "积水" has no thing of its own
      const lacksThing = !item || text.length < 3;
      if (place && !(lacksThing && subject === place.text)) place.of.text += `,${place.text}`;
      place = undefined;
      // "中班在背乘法表,这不小学化嘛": what was told is what it sums up
      if (SUMS_UP.test(text)) subject = told.at(-1) ?? subject;
      const whole = subject && (lacksThing || SUMS_UP.test(text)) ? `${subject},${text}` : text;
      const guess = OWN_THING.test(text) ? heard.item : context;
      const code = inner.rank(whole, options.kindergarten(clause))[0] ?? item ?? guess;
      const problem = {
        ...(code ? { item: code } : {}),
        text: whole,
        ...(severity ? { severity } : {}),
        start,
      };
      takeHeadline(found, problem);
      found.findings.push(problem);
      if (!item && inner.byWords(whole, false).length === 0) faint.add(problem);
      if (!severity && !PROBLEM.test(whole)) pale.add(problem);
      subject = '';
      told = [];
    }
    const limit = options.limit?.(clause);
    if (limit) limits.push({ ...limit, text: clause.text, before, upto: found.findings.length });
  }
  if (place) place.of.text += `,${place.text}`;
  found.ownLimits = ownLimits(found.findings, limits, (text) => inner.items.all(text).map((w) => w.word));
  // "校长不在…没发现问题": what no item knows does not outweigh a plain none
  if (
    found.noFindings &&
    !contrasted &&
    found.findings.every((x, i) => faint.has(x) || (i < cleared && pale.has(x)))
  )
    found.findings = [];
  if (found.findings.length > 0) found.noFindings = false;
  return found;
}
