// Slots of rectification: which notices, which new day, which of the open ones.

import { NUMBER, parseNumber } from '../text/numerals.ts';
import type { Slots } from '../types.ts';
import type { Facts } from './facts.ts';
import { limitOf } from './limits.ts';
import { day } from './slots-ask.ts';

/** "隔壁小学的030跟我没关系". */
const NOT_OURS = /^号?(?:那[个条份])?(?:跟|和|与)?(?:我们?|咱们?)?(?:没(?:有)?关系|无关|不是我们)/;
const LIKE_ONE = /像|好像|不知是|还是/;
const OF_OTHERS = /(?:隔壁|别的?|其他|人家)[^,.;]{0,6}的$/;

/** `rect_no`, and `rect_nos` when one message names several. */
export function notices(f: Facts): Slots {
  const { text, notices: named } = f.e;
  const own = named.filter(
    (n) => !NOT_OURS.test(text.slice(n.end)) && !OF_OTHERS.test(text.slice(0, n.start)),
  );
  // "写的像089又像039,先查039": of those in doubt, the one that is asked for
  const asked = LIKE_ONE.test(text) ? own.filter((n) => /[查看问调]$/.test(text.slice(0, n.start))) : [];
  const meant = [asked, own, named].find((list) => list.length > 0) ?? [];
  const numbers = [...new Set(meant.map((n) => n.no))];
  return numbers.length > 0
    ? { rect_no: numbers[0], ...(numbers.length > 1 ? { rect_nos: numbers } : {}) }
    : {};
}

const OFFERED =
  /^(?:之?前|以前)?(?:再?交)?,?(?:行|可以|成|中|好)(?:不(?:行|可以|成|中|好)|吗|么)(?=$|[,.;?])/;

/** The new day asked for or granted: what follows 延到, 宽限到, 申请到; a day that "cannot be kept" is not it. */
export function extension(f: Facts): Slots {
  const days = f.e.dates.filter(
    (d) =>
      d.kind === 'day' &&
      !/^(?:之?前|以前)?.{0,3}(?:[弄改完做交][^,]{0,2}不[完了成好]|来不及|够呛)/.test(f.e.text.slice(d.end)),
  );
  // "想拖到月底,太久了,最多到二十六号"
  const most = days.find((d) =>
    /(?:最多|顶多|只能)(?:给|延|缓|宽限)?(?:到|至)$/.test(f.e.text.slice(0, d.start)),
  );
  // "想延到清明后,4月8日行不行": the day that is put as a question, or the one that says after it which
  const offered =
    days.find((d) => OFFERED.test(f.e.text.slice(d.end))) ??
    days.find((d, i) => d.text.length > 2 && /\d|[月号]/.test(d.text) && /后$/.test(days[i - 1]?.text ?? ''));
  const asked =
    most ??
    offered ??
    days.findLast((d) =>
      /(?:延期?|缓|宽限?|推迟?|挪|顺延|拖|改|给|批|定)(?:到|至|在|为)?$/.test(f.e.text.slice(0, d.start)),
    );
  const to = asked ?? days.find((d) => /(?:到|至|延|缓|期限?|给)$/.test(f.e.text.slice(0, d.start)));
  const said = to ?? limitOf(f.e) ?? days.at(-1);
  // "延到5月中旬": the last day of it
  const until = f.e.dates.find(
    (d) => d.kind === 'span' && /(?:到|至|延|缓)$/.test(f.e.text.slice(0, d.start)),
  );
  const end = until?.resolve('future').split('/')[1];
  return { due: said?.resolve('future') ?? end, days: daysSaid(f) };
}

/** "延七天吧,不,还是五天" */
const CHANGED_MIND = /[,;](?:不|不对|算了|等等)[,;]?(?:还是|改成?|就)?(?:给|延)?$/;

/** "要缓一个月太长了,最多给十天": of several lengths the one that is given, never the one that is too long. */
function granted(f: Facts): number | undefined {
  const { durations, text } = f.e;
  const fair = durations.filter(
    (u) => !/^[,\s]*(?:也|就|实在)?(?:太[长久多]|[长久多]了|不行|不可能)/.test(text.slice(u.end)),
  );
  const changed = fair.find((u) => CHANGED_MIND.test(text.slice(0, u.start)));
  if (changed) return changed.days;
  const given = fair.find(
    (u) =>
      !/(?:要求?|想|申请|提出?|求)(?:再|多)?(?:给|延|宽限|缓)?$/.test(text.slice(0, u.start)) &&
      (/(?:最多|只能|同意|批|准|顶多|给)[^,.;]{0,3}$/.test(text.slice(0, u.start)) ||
        /^(?:给|最多给|再给|宽限|同意)/.test(text.slice(u.start))),
  );
  return (fair.length > 1 ? given : undefined)?.days ?? fair[0]?.days;
}

const LENGTH = new RegExp(
  `(?<![第上下这本每近周\\d逾超]|逾期|超期|过期|拖了?|过了|已经)(${NUMBER}|半)个?(半)?(天|日|工作日|周|星期|礼拜|月)(?![一二三四五六日末底初中]|前|以前|之前|没|了)`,
  'g',
);
/** What gives time, as against what asks for it: "申请15日,我核准8日". */
const GIVES = /(?:准|批|同意|(?<!多)给|最多|只能|顶多|就)(?:了|他们?|学校)?$/;

interface Length {
  at: number;
  days: number;
}

/** In the talk of an extension any length of time is the one asked for, or given: "同意5天", "就一个礼拜". */
function lengthsIn(text: string): Length[] {
  // "4月15日", "3月": a date, no length
  return [...text.matchAll(LENGTH)].flatMap((m): Length[] => {
    if ((m[3] === '日' && /月$/.test(text.slice(0, m.index))) || (m[3] === '月' && !/个月/.test(m[0])))
      return [];
    const unit = m[3] === '月' ? 30 : /周|星期|礼拜/.test(m[3] ?? '') ? 7 : 1;
    const count = m[1] === '半' ? 0.5 : (parseNumber(m[1] ?? '') ?? 0) + (m[2] ? 0.5 : 0);
    return [{ at: m.index, days: Math.round(count * unit) }];
  });
}

/** Days asked for or given: of several lengths the one that is granted in so many words ("要求多给二十天,我看十天够了,就批十天"). */
function daysSaid(f: Facts): number | undefined {
  const lengths = lengthsIn(f.e.text);
  const given =
    lengths.length > 1 ? lengths.findLast(({ at }) => GIVES.test(f.e.text.slice(0, at))) : undefined;
  return given?.days || granted(f) || lengths[0]?.days || undefined;
}

/** Which of the open ones a list or a chase is about. */
export function openWhich(f: Facts): Slots {
  const t = f.e.text;
  const metric =
    f.e.overdueDays !== undefined || /逾期|超期|过期没|到期没/.test(t)
      ? 'overdue'
      : /待复查|待审|待核|没复查|要复查/.test(t)
        ? 'pending_review'
        : /快到期|到期|截止/.test(t) && !/哪天截止/.test(t)
          ? 'due_soon'
          : 'open';
  const audience = /组长/.test(t) ? 'area_leaders' : undefined;
  return { metric, ...(f.e.overdueDays ? { days: f.e.overdueDays } : {}), ...(audience ? { audience } : {}) };
}

/** "4月1日到岗", "四月五号完工": that day it is done. */
const DONE_THEN =
  /^(?:[^,.;]{0,4})(?:完工|到岗|上岗|到货|完成|交付|到位|结束|竣工|(?:弄|改|修|装|换|补|建|砌|清)[好完]|验收?(?:$|[,.;])|投用|启用|执行)/;

/** "周五换灯,下周三复查,4月3号前全部结束": the plan's day is the one by which all is done. */
export function wholeBy(f: Facts): Slots {
  const last = f.e.dates
    .filter(
      (d) =>
        d.kind === 'day' &&
        (d.limit || /月(?:底|末)|学期末/.test(d.text) || DONE_THEN.test(f.e.text.slice(d.end))),
    )
    .map((d) => d.resolve('future'))
    .sort()
    .at(-1);
  return last ? { due: last } : {};
}

/** "周一发现的…今天复查": the day of the look, not that of what was found. */
export function lookedOn(f: Facts): string | undefined {
  const days = f.e.dates.filter((d) => d.kind === 'day' && !d.limit);
  const seen = days.filter(
    (d) => !/^[^,.;]{0,6}(?:发现|指出|提的|开的|下发|查出|查的|那次)/.test(f.e.text.slice(d.end)),
  );
  const said = days.length > 1 ? seen[0] : undefined;
  return said?.resolve('past') ?? day(f, 'past');
}

/** "026的报告明天|必须交", "健康证明天|最后一天", "这周五|交022的材料". */
const DUE_THEN =
  /^(?:就|要|该)*(?:到(?:期|日子|点)|截止|期满|最后一天)|^(?:上午|下午|下班)?(?:就|必须|务必|一定|得|要|应该?)*(?:把[^,.;]{1,10})?(?:上?交|上?报|送|提交|传|补|回复?)(?!流|通|警|头|来)/;

/** "本周五到期的", "后天就到日子了": the day on which time is up. */
export function runsOut(f: Facts): string | undefined {
  const said = f.e.dates.find((d) => d.kind === 'day' && (d.limit || DUE_THEN.test(f.e.text.slice(d.end))));
  return said?.resolve('future');
}

/** What asks for more time: the reason for it stands before. */
export const EXTEND =
  /宽限|延期|延长|缓|推迟|延到|多给|再给|往后(?:挪|推|拖|延)|[推挪拖宽]到|晚几?天|中不|成不成|行不行|能不能|可以吗|行吗|申请/;
