// Slots of what the office sends out and starts: the recipients and the words of a notice, the frame of a campaign.

import type { Slots } from '../types.ts';
import { areKindergartens, dayOf, type Facts, rowOfDays, schoolSlots, spanOf } from './facts.ts';
import { limitOf } from './limits.ts';
import { campaignFor } from './subjects.ts';

/** Recipients by what people call them in passing; the lexicon's own words go first. */
const RECIPIENTS: Array<[RegExp, string]> = [
  [
    /我(?:管|负责|包|名下|手[上里])(?:的|着|这|那|几)*(?:所|个)?(?:学校|校)|我的?[几\d一二三四五六七八九]所/,
    'own',
  ],
  [/督学/, 'inspectors'],
  [/组长/, 'area_leaders'],
  [/中小学|(?<!幼儿园|小|中)各校/, 'all_principals'],
  [/园长|幼儿园|各园/, 'kindergartens'],
  [/小学/, 'primary'],
  [/初中|(?<!小)中学/, 'junior'],
  [/高中/, 'senior'],
  [/全体|所有人/, 'all'],
  [/校长|学校|全区|\d+所|[一二两三四五六七八九十]+所/, 'all_principals'],
];

/** Whom something is for: an area, the office's words for a circle of people, or what stands for one in passing. */
export function recipients(f: Facts): string | undefined {
  const { e } = f;
  let text = e.text;
  // "东关幼儿园看没看到": a school named is no circle
  for (const s of e.schools) text = text.slice(0, s.start) + '-'.repeat(s.end - s.start) + text.slice(s.end);
  return (
    e.areas[0]?.code ??
    f.parts.audience(text) ??
    RECIPIENTS.find(([words]) => words.test(text))?.[1] ??
    (e.people.length > 0 ? e.people.map((p) => p.name).join(',') : undefined)
  );
}

/** Who gets a notice, what it says, and the day and hour that it names. */
export function broadcastSlots(f: Facts): Slots {
  const { e } = f;
  const content = contentOf(e.text);
  // "给东关发个通知": which of the two has to be asked
  const toOneOf = e.schools.some(
    (s) => s.among.length > 1 && !s.weak && /[给向]$/.test(e.text.slice(0, s.start)),
  );
  const schools = f.about.length > 0 || toOneOf ? schoolSlots(f) : {};
  return {
    audience: recipients(f),
    content,
    ...schools,
    date: rowOfDays(e, 'future') ?? dayOf(e, 'future')?.resolve('future'),
    time: e.time,
    session: e.session,
    // "清明前的安排…31日前报": the last one is for the answer
    due: (e.dates.filter((d) => d.kind === 'day' && d.limit).at(-1) ?? limitOf(e))?.resolve('future'),
    topic: f.parts.topic(e.text),
  };
}

/** "报送日期应该是4月17号": the day by which an answer is wanted. */
export function answerBy({ e }: Facts): string | undefined {
  const said = e.dates.find(
    (d) =>
      d.kind === 'day' &&
      (d.limit ||
        /(?:报送|上报|报|交|提交|截止|回执)(?:日期|时间|的)*(?:应该?)?[是为到在:]*$/.test(
          e.text.slice(0, d.start),
        )),
  );
  return said?.resolve('future');
}

/** "通知全体校长下周一两点开会,在局三楼": before the comma stands more than for whom it is. */
const WHAT_TOO = /\d|[点号周]|星期|礼拜|今|明[天早晚日]|后天|下午|上午|开|会|交|报[送名]|停|检查|培训|活动/;

/** The words after "通知各位…:", or all of it when nothing introduces them. */
function contentOf(text: string): string | undefined {
  const colon =
    /^[^:]{0,24}(?:通知|转告|告诉|群发|发(?:一?条|个)?(?:消息|通知)?|校长|园长|督学)[^:]{0,14}(?<!\d):\s*(.+)$/s.exec(
      text,
    )?.[1];
  const cut =
    /^(?:请|帮我|给我)?(?:发(?:个|一个|条)?|下发|群发|发布)?(?:通知|转告|告诉|提醒|给)([^,:]{0,16}?)(?:(,)|(?<!\d):)\s*(.+)$/s.exec(
      text,
    );
  const saysMore = cut?.[2] !== undefined && WHAT_TOO.test(cut[1] ?? '');
  const said = colon ?? (saysMore ? undefined : cut?.[3]) ?? text;
  const bare = said.replace(/^(?:发(?:个|一?条)?通知|群发一?条|重发|撤回重发)$/, '').trim();
  return bare.length >= 4 ? bare : undefined;
}

/** Subject, span and range of a campaign (专项督导). */
export function campaignSlots(f: Facts): Slots {
  const { e } = f;
  const first = dayOf(e, 'future')?.resolve('future');
  // "4月6日启动,5月15日结束"
  const last = e.dates
    .find((d) => d.kind === 'day' && /^(?:前|之前|全部|全面)*(?:结束|收官|完成|完)/.test(e.text.slice(d.end)))
    ?.resolve('future');
  const span = spanOf(e)?.resolve('future') ?? (first && last && last > first ? `${first}/${last}` : first);
  const items = f.findings.itemsOf(e.text, areKindergartens(f));
  return {
    ...schoolSlots(f),
    topic: f.parts.topic(e.text) ?? campaignFor(e.text),
    ...(span ? { date: span, period: span } : {}),
    ...(items.length > 0 ? { items: items.slice(0, 1) } : {}),
    audience: recipients(f),
    due: limitOf(e)?.resolve('future') ?? last,
    person: e.people[0]?.name,
    content: e.text,
  };
}
