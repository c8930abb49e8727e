// Slots that name people: who takes a school over, who should stand aside, who came along.

import { parseNumber } from '../text/numerals.ts';
import type { Slots } from '../types.ts';
import { companionsOf } from './companions.ts';
import { type Facts, nameOf, schoolSlots } from './facts.ts';
import { whyOf } from './reasons.ts';
import { day, span } from './slots-ask.ts';

/** "李秀英和校长是同学": why somebody else is wanted. */
const IS_KIN =
  /^(?:督学)?[和跟与](?:他们?|那边的?|学校的?)?(?:副?校长|副?园长|书记|那边)[^,.;]{0,2}(?:是|有)/;

/** "给孙主任的名单调整": for whom something is made. */
const FOR_WHOM = /^的?(?:名单|表|单子|报告|材料|那份|通知)/;

/** 把东关小学从李秀英调给王建国: who takes over is `person`, the change itself in `correct`. */
export function handover(f: Facts): Slots {
  const people = f.e.people;
  // "由赵红梅调整为周大勇" names who had it; "…不对,给赵红梅" takes back who was named before
  const taking = people.filter(
    (p) =>
      /(?:给|由|换成?|归|让|叫|交|找|到|新增|任命|是|为|改|补)\s*$/.test(f.e.text.slice(0, p.start)) &&
      !FOR_WHOM.test(f.e.text.slice(p.end)) &&
      !/不(?:再|是)?(?:归|由|让|给)\s*$/.test(f.e.text.slice(0, p.start)) &&
      !/^(?:督学)?(?:改|调整?|换|变更|变|转|移)/.test(f.e.text.slice(p.end)),
  );
  const others = people.filter((p) => !IS_KIN.test(f.e.text.slice(p.end)));
  const to = (/不对|不是|算了|错了/.test(f.e.text) ? taking.at(-1) : taking[0]) ?? others.at(-1);
  const from = people.find((p) => p !== to && !FOR_WHOM.test(f.e.text.slice(p.end)));
  return {
    ...(f.e.schools.length > 0 ? schoolSlots(f) : allOf(f, from?.name)),
    date:
      day(f, 'future') ??
      span(f, 'future') ??
      (/即日/.test(f.e.text) ? f.e.today.date.toString() : undefined),
    person: to?.name,
    ...(to ? { correct: { field: 'inspector', ...(from ? { from: from.name } : {}), to: to.name } } : {}),
    audience: f.e.areas[0]?.code,
    reason: whyOf(f.e),
  };
}

const ALL_OF =
  /(?:[他她]|督学|[\u4e00-\u9fff])(?:的|那|名下的?|手[上里]的?|管的|负责的)+([两俩一二三四五六七八九\d几]?)(?:所|个)?(?:学校|校|所)/;

/** "他那两所先让张明代着": the schools of the one who had them, when their number is right. */
function allOf(f: Facts, name: string | undefined): Slots {
  const said = ALL_OF.exec(f.e.text);
  const known = f.context.roster.people.get(name ?? '') ?? [];
  const codes = known.length === 1 ? (known[0]?.schools ?? []) : [];
  const count = parseNumber(said?.[1] ?? '');
  if (!said || codes.length === 0 || (count !== undefined && count !== codes.length)) return {};
  const names = codes.map((code) => nameOf(f.context, code));
  return names.length === 1 ? { school: names[0] } : { schools: names };
}

/** The person who should stand aside: who withdraws, a known name, an inspector himself, or the word before 是我/跟我. */
export function standsAside(f: Facts): string | undefined {
  const { sender } = f.context;
  const out = f.e.people.find((p) => /^(?:督学)?(?:就|要|得|应)?(?:退出|回避)/.test(f.e.text.slice(p.end)));
  const himself = sender.roles.includes('inspector') && !sender.roles.includes('principal');
  return (
    out?.name ??
    (himself && /我|本人|申请回避/.test(f.e.text) ? sender.name : undefined) ??
    f.e.people[0]?.name ??
    /([\u4e00-\u9fff]{2,3}?)(?:督学)?(?:是我|跟我|和我|与我)/.exec(
      f.e.text.replace(/^.*(?:名单(?:里|上|中)?|组(?:里|长)?|督学)/, ''),
    )?.[1]
  );
}

/** Who came along, when somebody did. */
export function withHim(f: Facts): string[] | undefined {
  const companions = companionsOf(f.e);
  return companions.length > 0 ? companions : undefined;
}

const PASSED_ON = /(?:转(?:给|到|交)?|交给?|记到|记在|派给|分给|归|由)$/;
/** "记到王建国那儿办", "录进去转王建国": who is to see to it. */
export const passedOnTo = ({ e }: Facts): string | undefined =>
  e.people.find((p) => PASSED_ON.test(e.text.slice(0, p.start)))?.name;

const IN_CHARGE = [
  /((?:后勤|总务|教务|政教|教导|教学|德育|保教|体育|安全|年级|教研|分管|业务|党支部|副)*(?:主任|校长|园长|书记|组长))(?:亲自)?(?:牵头|挂帅|负责)/,
  /(?:后勤|总务|政教|教导|德育|工会|食堂|保卫|安保)(?:处|科|上|那边)?的?((?:[老小]|(?![处科上的主]))[\u4e00-\u9fff]{1,2}?)(?:具体|牵头|全程)?负责/,
  /(?:校长|园长|主任|老师|书记|会计|组长)([\u4e00-\u9fff]{2,3}?)(?:具体|牵头|全程)?负责/,
  /(?:由|让|请)([\u4e00-\u9fff]{2,8}?)(?:具体|牵头|全程)?负责/,
  /(?:由|,|\d|[\u4e00-\u9fff])?([\u4e00-\u9fff]{2,4}?)负责/,
];

/** Who sees to a plan: a known name, or whoever stands before 负责. */
export function inCharge({ e }: Facts): string | undefined {
  const head = /责任人(?:是|为|:)?(?!是|为)([\u4e00-\u9fff]{2,3}?)(?=[,.;]|$|负责)/.exec(e.text)?.[1];
  const titled = /([\u4e00-\u9fff](?:主任|校长|园长|书记|组长|会计))(?:具体|牵头|全程)?负责/.exec(
    e.text,
  )?.[1];
  if (head ?? titled) return head ?? titled;
  if (e.people[0]) return e.people[0].name;
  for (const pattern of IN_CHARGE) {
    const who = pattern.exec(e.text)?.[1];
    if (who) return who;
  }
  return undefined;
}
