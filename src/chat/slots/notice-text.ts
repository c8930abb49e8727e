// The slot of a notice's text: the words that are sent, days resolved and marks in order, and what changes them while it is a draft.
import { Temporal } from 'temporal-polyfill';
import { createCalendar } from '../../supervision/calendar.ts';
import { type Blanks, blanksOf, filledIn } from '../../supervision/notices/blanks.ts';
import { groupFault } from '../../supervision/notices/in-groups.ts';
import { wallOf } from '../../supervision/notices/send.ts';
import type { Row } from '../conversation.ts';
import type { Facts } from '../facts.ts';

import { isEnglish } from '../understand/english/english.ts';
import { isOfPeople } from './audience-beside.ts';
import { doubtfulDays } from './notice-days.ts';
import { templateOf } from './notice-template.ts';
import { dayAndHour, dayWords, resolved, standingDay } from './notice-words.ts';
import { audienceOf } from './places.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** "通知各位校长 后天下午开会": without a colon the words for whom it is are no part of it either. */
const INTRO =
  /^(?:请|帮我|麻烦)?(?:通知|发通知给|发给|告诉|告知)(?:一下)?(?:各位|全体|所有|全区|各|(?:第?[一二三四五六七八九十\d]+(?:督学责任|责任|片)?区、?)+的?)?(?:(?:校长|园长|督学|组长|中小学|小学|中学|幼儿园|学校|单位)[、和及与]?|们)+(?:[\s,\uff0c]+(?=.{4})|(?=(?:今|明|后)[天晚早]|本周|下周|下?个?(?:周|星期|礼拜)[一二三四五六日天]|\d+月|[于在]?\d|请|务必))|^(?:请|帮我|麻烦)?给.{2,20}?发(?:一?[个条份])?通知[\s,\uff0c:\uff1a]+(?=.{4})/u;

/** "通知各位校长园长" says for whom, and nothing yet of what. */
const ONLY_WHOM =
  /^(?:请|帮我|麻烦|我要)*(?:通知|群?发(?:个|一个|条|一条)?通知给?|发给|告诉|告知|给)(?:一下)?(?:各位|全体|所有|全区|各)?(?:(?:校长|园长|督学|组长|中小学|小学|中学|幼儿园|学校|单位)(?:们)?[、和及与]?)*(?:群?发(?:个|一个|条|一条)?通知)?[\s,\uff0c:\uff1a。.]*$/u;

const NO_RECEIPT = '(?:不用|不需要|无需|不要求?|不必|需?要)(?:他们|大家)?(?:发|交|收)?回执';
/** Words of a time with its hour and no others, so that "奖品下午三点发" and "教材到了,下周一发" stay. */
const SEND_AT =
  '(?=定时|[^,\uff0c。]*[点时:\uff1a])(?:定时)?[于在到]?(?:今天?|明天?|后天?|[本下]?(?:周|星期|礼拜)|[上中下]午|傍晚|[早晚]上?|[一二三四五六日天七八九十零两\\d]|点|时|半|分|月|号|整|钟|[:\uFF1A])+(?:再|准时|定时)?(?:发送|发出去?|群发|发布|发)[吧了]?';
/** "…,不用回执", "…,明早八点发" tell the bot what to do; who gets the notice need not read it. */
const TO_THE_BOT = new RegExp(`(?:[,\uff0c。;\uff1b\\s]+(?:${NO_RECEIPT}|${SEND_AT}))+[。.!\uff01]*$`, 'u');

/** What stands after the words that only say whom it is for. */
function contentIn(raw: string, understood: string | undefined, facts: Facts): string | undefined {
  const colon = /^[^:：\n]{0,40}[:：]\s*(.{4,})$/su.exec(raw.trim())?.[1];
  const said = ((colon && withoutNext(colon, understood)) ?? understood?.replace(INTRO, ''))?.replace(
    TO_THE_BOT,
    '',
  );
  return said === undefined ? undefined : typeset(resolved(said, facts));
}

const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

/** "…收到请确认。再看看三区的整改率": the matter that follows the notice in one message is not sent with it. */
function withoutNext(words: string, understood: string | undefined): string {
  const own = letters(understood ?? '');
  if (own.length < 4 || !letters(words).startsWith(own)) return words;
  for (const { index } of words.matchAll(/[。.;；\n]/gu))
    if (letters(words.slice(0, index)) === own) return words.slice(0, index + 1);
  return words;
}

const WIDE: Readonly<Record<string, string>> = {
  ',': '\uFF0C',
  ';': '\uFF1B',
  ':': '\uFF1A',
  '?': '\uFF1F',
  '!': '\u3002',
  '\uFF01': '\u3002',
};

/** Full-width marks between Chinese words, no exclamation marks, and an end. */
export function typeset(text: string): string {
  if (isEnglish(text) || !/\p{Script=Han}/u.test(text)) return text.trim().replaceAll('!', '.');
  const wide = text.trim().replaceAll(/[,;:?!\uFF01]/gu, (mark, at: number, whole: string) => {
    const [before, after] = [whole[at - 1] ?? '', whole[at + 1] ?? ''];
    const digits = /\d/u.test(before) && /\d/u.test(after);
    return digits || !/[\p{Script=Han}\d)\uFF09\u201D]/u.test(before) ? mark : (WIDE[mark] ?? mark);
  });
  const ended = /[\p{P}\n]$/u.test(wide) && !/[)\uFF09\u201D]$/u.test(wide);
  return ended ? wide : `${wide}\u3002`;
}

/** What was said for the blanks of the standing notice that this draft began from. */
export const blanksIn = (row: Row): Blanks => (row.blanks ?? {}) as Blanks; // as the slot of blanks gave them

export const noticeTextSlot: SlotKindOf = {
  read(reading, asks) {
    const { facts, row, text, open, name } = asks;
    const stands = row[name];
    if (typeof stands !== 'string') {
      if (row.template !== undefined) return undefined;
      if (reading.intent !== 'notice.broadcast') return undefined;
      const whom = ONLY_WHOM.test(text.trim()) || isOfPeople(text.trim());
      const said = whom ? undefined : contentIn(text, reading.slots.content, facts);
      return said === undefined || said.length < 4 ? undefined : fitting(said, asks);
    }
    if (open) return undefined;
    const changed = changeOf(stands, text, facts);
    if (changed !== undefined) return fitting(changed, asks);
    // A whole new notice, with its receivers, takes the place of the draft's words.
    const anew = /^[^:：\n]{2,40}[:：]\s*(.{6,})$/su.exec(text.trim())?.[1];
    return anew && reading.intent === 'notice.broadcast'
      ? fitting(typeset(resolved(anew, facts)), asks)
      : undefined;
  },
  /** A standing notice brings its words; its blanks are filled in wherever it is shown, and when it is sent. */
  without({ row }) {
    const template = templateOf(row.template);
    return template ? { value: template.text } : undefined;
  },
  answer(text, asks) {
    const { facts } = asks;
    const said = typeset(resolved(text.trim(), facts));
    if ([...said].length < 4) return { wrong: 'text.short', vars: { min: 4 } };
    return [...said].length > 1_500 ? { wrong: 'text.long', vars: { max: 1_500 } } : fitting(said, asks);
  },
  view(value, facts, row) {
    const text = filledIn(String(value), blanksIn(row));
    const sendAt = typeof row.sendAt === 'string' ? row.sendAt : wallOf(facts.office, facts.now);
    return { text, hurried: HURRIED.test(text), doubtful: doubtfulDays(text, sendAt) };
  },
};

/** What may not stand in a group is asked for anew, with the reason and words that may. */
function fitting(said: string, { facts, row }: Asks): Took {
  const to = audienceOf(row.audience);
  if (to?.code !== 'groups') return { value: said };
  const own = new Set(
    facts.groups
      .filter(({ id, purpose }) => purpose === 'school' && to.groups?.includes(id))
      .flatMap(({ rule }) => rule.audiences.flatMap(({ schools }) => schools)),
  );
  const schools = [...facts.book.index.schools.values()].filter(
    ({ code }) => !own.has(facts.book.byCode.get(code)?.id ?? ''),
  );
  const day = createCalendar(facts.office.timeZone, facts.office.settings).addWorkdays(facts.today, 1);
  const byWhen = dayWords('zh-CN', day, '');
  const fault = groupFault(
    said,
    schools.flatMap(({ name, aliases }) => [name, ...aliases]),
    byWhen,
  );
  if (!fault) return { value: said };
  const fits = [...fault.proposal].length >= 4;
  return {
    wrong: `notices.${fault.why}-in-group`,
    choices: fits ? [{ label: fault.proposal, value: fault.proposal }] : [],
  };
}

/** No demand for an answer at once, no chain of replies (DOMAIN §2.9). */
const HURRIED = /(?:立即|立刻|马上|第一时间|尽快|火速|速)(?:回复|回执|反馈|报|上报|确认)|速回|接龙|秒回/u;

/** "改周四", "会议推迟到下周一", "不对 是后天": to which day. */
export const MOVED =
  /(?:(?:时间|日期|会议|开会)?(?:(?:不对|错了)[,\uff0c\s]*(?:应该|其实)?是|改成|改为|改到|换到|推迟到|提前到|应该是|应当是|应为|应是|改)|\b(?:move|change|postpone|put off)\b[a-z ]*? to )\s*(.{2,24})$/iu;

/** "内容改成…", "改周四", "加一句…": the words that stand, changed. Undefined: nothing of that was said. */
export function changeOf(stands: string, text: string, facts: Facts): string | undefined {
  const said = text.trim().replaceAll(/[。.]+$/gu, '');
  const anew = /^(?:把)?(?:内容|正文|文字|通知)(?:内容)?(?:改成|改为|换成|是|[:：])\s*(.{4,})$/su.exec(
    said,
  )?.[1];
  // "内容改成下午两点" is another hour, and not all that is to be read.
  const hour = BARE_HOUR.test(anew ?? said) ? withDate(stands, anew ?? said, facts) : undefined;
  if (hour !== undefined) return hour;
  if (anew) return typeset(resolved(anew, facts));
  const more =
    /^(?:把)?(?:(?:内容|正文|文字)(?:里|后面|最后)?)?(?:再)?(?:加上?|补充|补上)(?:一?句|一?条)?\s*[:：,，]?\s*[“"]?(.{3,}?)[”"]?$/su.exec(
      said,
    )?.[1];
  const forgotten = FORGOTTEN.exec(said)?.slice(1).find(Boolean) ?? ABOUT_IT.exec(said)?.[0];
  if (forgotten && !stands.includes(forgotten)) return addedTo(stands, forgotten, facts);
  // "加上督学" speaks of who gets it.
  if (more && !/^上?(?:各|全体|所有)?(?:督学|校长|园长|组长|老师|办公室)/u.test(more))
    return addedTo(stands, more, facts);
  const swapped = swap(stands, said, facts);
  if (swapped !== undefined) return swapped;
  const elsewhere = placed(stands, said);
  if (elsewhere !== undefined) return elsewhere;
  const moved = MOVED.exec(said)?.[1];
  return moved && !/发|送|截止|回执|send|receipt/iu.test(said) ? withDate(stands, moved, facts) : undefined;
}

/** "地点区教育局三楼会议室 忘写了", "忘写了,地点在三楼". */
const FORGOTTEN =
  /^(.{4,60}?)[,\uff0c\s]*(?:忘了?|漏了?|没)(?:写|说|加|提)了?$|^(?:刚才)?(?:忘了?|漏了?)(?:写|说|加|提)?了?[,\uff0c:\uff1a\s]+(.{4,60})$/su;
/** What a notice of a meeting usually tells beside its time. */
const ABOUT_IT =
  /^(?:地点|会场|联系人|联系电话|会议号|着装|参会人员)(?!改|换|不|错).{3,60}$|^请?(?:大家|各位)?(?:都)?(?:自?带(?![队班头动领])[上好着]?|携带|准备好|准时|务必).{2,60}$/su;
/** "九点", "上午九点半": the hour, and no more. */
const BARE_HOUR =
  /^(?:是|就|定在?|在)?(?:上午|下午|早上|中午|晚上)?(?:[零一二两三四五六七八九十\d]{1,3}点(?:半|一刻|三刻|[一二三四五六七八九十\d]{1,3}分?)?钟?|\d{1,2}[:\uff1a]\d{2})(?:吧|开始|开会)*$/u;

const addedTo = (stands: string, more: string, facts: Facts): string =>
  `${stands.replace(/[。.]$/u, '')}。${typeset(resolved(more.trim(), facts))}`;

const PLACE =
  /^(?:把)?(?:开会|会议|集合)?(?:地点|地方|会场)(?:改[成为到在]|换[成到在]|应该?是|是|[:\uff1a])\s*(.{2,30})$/u;
const HELD_AT =
  /(?<=在)[^，。；,;]{2,20}?(?=召?开|举行|举办|集合|集中|进行|参加|报到)|(?<=地点(?:是|为|[:\uff1a])?)[^，。；,;]{2,20}/u;
const FLOOR = /[一二三四五六七八九十\d]+(?=楼|层)/u;

/** "地点改成四楼": where the text says that people meet; of a floor alone the house stays. */
function placed(stands: string, said: string): string | undefined {
  const to = PLACE.exec(said)?.[1];
  const there = HELD_AT.exec(stands)?.[0];
  if (to === undefined || there === undefined) return undefined;
  const [floor, stood] = [/^[^楼层]+(?=[楼层])/u.exec(to)?.[0], FLOOR.exec(there)?.[0]];
  const whole = floor !== undefined && stood !== undefined && FLOOR.exec(to)?.[0] === floor;
  return stands.replace(there, () => (whole ? `${there.slice(0, there.indexOf(stood))}${to}` : to));
}

/** "四楼改成三楼", "4月20号改成4月21号": what stands in the text gives way to what is said. Undefined: it does not stand there. */
export function swap(stands: string, said: string, facts: Facts): string | undefined {
  const [, from = '', to = ''] =
    /^(?:把)?(.{2,20}?)(?:改成|改为|改到|换成)\s*(.{1,40})$/su.exec(said) ??
    /^不是(.{1,20}?)[,\uff0c\s]*(?:而|应该?)?是(.{1,40})$/su.exec(said) ??
    [];
  const there = [from, resolved(from, facts)].find((one) => one !== '' && stands.includes(one));
  const after = there === undefined ? undefined : stands.replace(there, () => resolved(to, facts));
  // The name of a blank is no word of the text.
  return after !== undefined && blanksOf(after).join() === blanksOf(stands).join() ? after : undefined;
}

/** "改周四": the Thursday of the week that stands in the text, unless that is over; any other day is what it says. */
function movedTo(
  { date, weekdayAlone }: { date: Temporal.PlainDate; weekdayAlone: boolean },
  stood: Temporal.PlainDate | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (!weekdayAlone || !stood) return date;
  const sameWeek = stood.add({ days: date.dayOfWeek - stood.dayOfWeek });
  return Temporal.PlainDate.compare(sameWeek, today) < 0 ? date : sameWeek;
}

/** The first day (and hour) in the words, in the place of what stands. */
export function withDate(stands: string, moved: string, facts: Facts): string | undefined {
  const { day, hour } = dayAndHour(moved, facts);
  const there = standingDay(stands, facts.today);
  if ((!day && !hour) || !there) return undefined;
  const date = day ? movedTo(day, there.date, facts.today) : there.date;
  return date && stands.replace(there.whole, dayWords(there.language, date, hour ?? there.hour));
}
