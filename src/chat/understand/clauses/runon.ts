// Dictation comes without commas: cuts one long breath into clauses where a new thing begins after a fault has been told.

import type { Clause } from '../text/normalise.ts';
import { breathCuts, type Words } from './breath-cuts.ts';

/** Words that begin a new thing; what stands before them is finished. */
const TURNS =
  /(?<!也|还|就|再)(?:然后|还有就是|还有(?=[^几多哪啥什谁没个两]{2})|另外|再就是|再一个(?:就)?是?|再有|其次|最后|(?<![是在])第[一二三四五](?:个|条|项|点)?(?:就?是(?!否))|[一二三四]是(?=[^否不])|(?:第[一二三四五六]|前[两三四几])(?:个|条|项)(?=.{0,6}(?:限|内|前|当场|现场|严重|一般|小问题|复杂|属于|算))|外加|加上|而且|并且|同时|但是|不过|可是|接着|这(?:不)?(?:就|才)?(?:是|算|叫)(?=[^,]{2,8}$))/g;
/** A limit, to where it ends: "限他们一周改完", "让他们一个礼拜弄好", "三天内换掉", "月底前填平", "明天就换". */
const NUM = '[\\d一二两三仨四五六七八九十半]+';
const UNIT = '个?(?:工作日|天|周|星期|礼拜|月)';
const DAY =
  '(?:月底|月末|[明后]天|本?周[一二三四五六日]|下?个?(?:周|星期|礼拜)[一二三四五六日天末]?|(?:\\d{1,2}|[一二三四五六七八九十]+)月(?:\\d{1,2}|[一二三四五六七八九十]+)[日号]?|(?:\\d{1,2}|[一二三四五六七八九十]+)[日号])';
const DO =
  '(?:整改|改|换|修|装|补|填|清理?|弄|搞|办|退|拆|处理|完成|落实|解决|加固|铺[^,]{0,4}|配|更新|整|焊|刷|砌|贴|粘|接)(?:完|好|平|掉|上|齐|到位|过来|完毕|完成|干净|一下|整改)*';
const LEAD =
  '(?:(?:这个|这些|这|都|全部|一并|统一)?(?:得|要|必须|务必)?(?:限期?|限时|责令|要求|叫|让|请|给)(?:他们|她们|学校|园里|园方|校方|其)?(?:限(?:期|定|在|到|至)?|在|到)?)';
/** "让他们明天拧上": whoever is told to do a thing has till then. */
const ORDER = '(?:叫|让|请|要求|责令)(?:他们|她们|学校|园里|园方|校方)';
const DONE = '[\\u4e00-\\u9fff]{1,2}(?:好|完|平|掉|上|齐|走|净|牢|紧|开|住)';
export const LIMIT_PHRASE = new RegExp(
  `${ORDER}(?:${NUM}${UNIT}(?:内|之内|以内)?|${DAY}(?:之?以?前)?|今天)(?:就|得|要|必须|务必|给我|全部|都|把它)*${DONE}(?![了的])|今天(?:就|之内|内)(?:得|要|必须)*${DO}(?![了的])|${LEAD}?(?:${NUM}${UNIT}(?:内|之内|以内)?|${DAY}(?:之?以?前)?)(?:的?时间)?(?:就|得|要|必须|务必|给我|全部|都|把它)*${DO}(?![了的])|限(?:期|定)?(?:到|至|在)${DAY}|${LEAD}(?:${NUM}${UNIT}(?:内|之内|以内)?|${DAY}(?:之?以?前))(?!去|来)|${NUM}${UNIT}(?:内|之内|以内|里面(?!有))(?:(?:叫|让|请|要求)?(?:他们|她们|学校|园里|园方|校方)?${DO})?`,
  'g',
);

/** After a fault, what still belongs to it: how many, how much, how long. */
const TAIL =
  /^(?:了|过|着|的)*(?:(?:大?概|有|约)?[\d一二两俩三仨四五六七八九十几好半老]+(?:大|小|多)?(?:来)?(?:个人|个|台|块|处|名|具|条|根|间|盏|扇|张|把|本|层|次|份|项|人|片|辆|所|半|天|周|月|多)(?!月|礼拜|星期|内|学期)|个?(?:老|很|特别)?大?(?:窟窿|洞|口子|缝子?|坑)|得(?:很|不行|厉害|慌)|的很|严重|了|啦|嘛|啊|呢|哈|吧|哦|掉|很多|不少|一大片|不好用|不上)*/;
/** "没人管", "没人值班": the fault is whole. */
const NOBODY = /^(?:有)?人(?:管理?|值[班守]|看[管守护]?|在岗?|巡[视逻查]|打扫|清理|负责|检查|照看|维护)?/;
/** Faults that take their thing after them: "没戴口罩", "缺急救箱", "占了体育课". */
const TAKES = /^(?:没|未|缺|少|无|乱|私拉|违|占|占用|堆|混放|偏|超|不|强制|指定|订)/;

/** Clauses cut further; texts and places stay those of the message. Short clauses are left alone. */
export function refine(clauses: readonly Clause[], words: Words): Clause[] {
  return clauses.flatMap((clause) => {
    if (clause.text.length < 9) return [clause];
    const cuts = new Set([...turnCuts(clause.text), ...limitCuts(clause.text), ...breathCuts(clause, words)]);
    const coarse = slices(clause, [...cuts]);
    return coarse.flatMap((part) =>
      part.text.length < 9 ? [part] : slices(part, faultCuts(part.text, words)),
    );
  });
}

function slices(clause: Clause, cuts: readonly number[]): Clause[] {
  const at = [
    0,
    ...cuts.filter((c) => c > 0 && c < clause.text.length).sort((a, b) => a - b),
    clause.text.length,
  ];
  const out: Clause[] = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const [from, to] = [at[i] ?? 0, at[i + 1] ?? 0];
    const text = clause.text.slice(from, to).trim();
    if (text)
      out.push({
        text,
        start: clause.start + from,
        end: clause.start + to,
        mark: i + 2 < at.length ? ',' : clause.mark,
      });
  }
  return out;
}

function turnCuts(text: string): number[] {
  return [...text.matchAll(TURNS)].map((m) => m.index).filter((at) => at >= 3 && text.length - at >= 4);
}

function limitCuts(text: string): number[] {
  return [...text.matchAll(LIMIT_PHRASE)].flatMap((m) => {
    // a limit before the fault it belongs to ("三天内整改灭火器过期") is no end
    const before = text.slice(0, m.index);
    return before.length >= 3 ? [m.index, m.index + m[0].length] : [];
  });
}

/** Where one fault is told and the next thing begins. */
function faultCuts(text: string, words: Words): number[] {
  const things = words.things(text);
  if (things.length < 2) return [];
  const faults = [...text.matchAll(new RegExp(words.faults.source, 'g'))].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    takes: TAKES.test(m[0]),
  }));
  if (faults.length < 2) return [];
  const cuts: number[] = [];
  let from = 0;
  for (let i = 0; i + 1 < faults.length; i++) {
    const fault = faults[i];
    if (!fault) continue;
    const subject = things.find((t) => t.start >= from && t.end <= fault.end);
    let end = fault.end;
    const nobody = NOBODY.exec(text.slice(fault.end));
    if (nobody) end += nobody[0].length;
    else if (fault.takes) {
      // the thing it takes, and what is glued to that thing
      for (const t of things) {
        if (t.start < end || t.start - end > 4) continue;
        if (t.start === end || end === fault.end) end = ownFault(text, t, faults) && subject ? end : t.end;
      }
    }
    end += (TAIL.exec(text.slice(end)) ?? [''])[0].length;
    const next = things.find((t) => t.start >= end);
    const nextFault = faults.find((f) => f.start >= end);
    const own = subject ?? things.find((t) => t.start >= from && t.end <= end);
    if (!own || !next || !nextFault) continue;
    // what lies between two things is a place or an owner of the next one, unless it is long
    if (next.start - end > 8) continue;
    if (text.length - end < 4 || end - from < 4) continue;
    // "没|生产日期没合格证": what is lacking stands behind
    if (/[没未无缺少]$/.test(text.slice(from, end))) continue;
    if (/^(?:的|和|与|及|、|或)/.test(text.slice(end))) continue;
    cuts.push(end);
    from = end;
  }
  return cuts;
}

/** Says that a thing is itself at fault: "健康证也过期了" in "没戴口罩健康证也过期了". */
function ownFault(
  text: string,
  thing: { start: number; end: number },
  faults: ReadonlyArray<{ start: number }>,
): boolean {
  return faults.some(
    (f) =>
      f.start >= thing.end && /^(?:也|都|还|全|又|有的|全部|已经?)*$/.test(text.slice(thing.end, f.start)),
  );
}
