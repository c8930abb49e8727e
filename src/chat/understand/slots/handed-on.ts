// What a later matter takes over from the one before it: "…导一份给我,再看看他们改完没", "催025,不交我下周二去看".
import type { Entities } from '../entities/entities.ts';
import { withoutFillers } from '../text/normalise.ts';
import type { Reading, SlotKind, Slots } from '../types.ts';

const THEIRS = /[他她它]们|该校|那边|在那儿|这所|那所|这个?学校|那个?学校|[他她它]家/;
const ON_THE_SPOT =
  /^(?:刚|正|就|我)*(?:出来|出门|走|离开|临走|下楼|看到一半|听到一半|转到一半|正[看听查转])[^,.;]{0,4}(?:时候?|见|的时候|,)/;
const JUST_NOW = /刚才|刚刚?(?=[有摔倒掉砸炸])|这会儿|现在|眼下|突然|正(?=在)/;
const FROM_AFAR = /电话|来电|打来|微信|群里|听说|接到|说是?有/;
/** "我下午再去看看". */
const BACK_THERE = /再(?:过)?去/;
const ABOUT_A_SCHOOL = /^(?:visit|finding|rect|campaign|opinion|assign|lesson|stats|export|comp)\./;
/** Acts that are done to one school: without a name of their own they are done to the one just spoken of. */
const DONE_TO_ONE =
  /^(?:visit\.(?:log|plan)|finding\.report|opinion\.log|lesson\.log|rect\.(?:issue|review|extend_decide|remind))$/;
const LISTED = /^(?:rect\.(?:list|query)|visit\.history)$/;
/** Means others, or all of them: nothing is handed on. */
const OTHERS = /全区|各|所有|全部|哪|谁|几所|剩|其[它他余]|[没未]\S{0,4}的|逾期|超期|都|\d{3}/;
const OF_ONE_PERSON = /^(?:assign\.list|visit\.pending|stats\.query|rect\.list|study\.log)$/;
const ABOUT_A_NOTICE = /^rect\.(?:remind|evidence|plan|appeal|extend_request|query|review|extend_decide)$/;

/** The matter before another, as it was read and as it was said. */
export interface Before {
  reading: Reading;
  e: Entities;
}

/** The reading of `e` with the school, the person or the notice of the matter before it, where it names none itself. */
export function handedOn(reading: Reading, e: Entities, last: Before | undefined): Reading {
  if (!last) return reading;
  const before = last.reading;
  // "记错一家,是育才不是二中;再帮我给他下张单": the school as it is put right
  const { correct } = before.slots;
  const school = before.slots.school ?? (correct?.field === 'school' ? correct.to : undefined);
  // "调给王建国,李秀英本月辛苦,她没跑的…": whoever was named last
  const person = before.slots.person && (last.e.people.at(-1)?.name ?? before.slots.person);
  const given: Slots = {
    ...(takesSchool(reading, e, before) && school ? { school } : {}),
    ...(takesPerson(reading, e, before) && person ? { person } : {}),
    ...(takesNotice(reading, e, before) ? { rect_no: before.slots.rect_no } : {}),
    ...(takesSpan(reading, e, before) && before.slots.period ? { period: before.slots.period } : {}),
    ...(reading.intent === 'visit.pending' && !reading.slots.period ? monthSpokenOf(e, last) : {}),
    ...whyBefore(reading, last),
  };
  const filled = Object.keys(given) as SlotKind[]; // Object.keys loses the key type
  if (filled.length === 0) return reading;
  return {
    ...reading,
    slots: { ...reading.slots, ...given },
    needs: reading.needs.filter((kind) => !filled.includes(kind)),
  };
}

function takesSchool({ intent }: Reading, e: Entities, before: Reading): boolean {
  if (e.schools.length > 0 || e.areas.length > 0) return false;
  // "我在一中,有个男孩倒地没脉搏;课就听了一节" was seen where the danger is; "下午那所挪到明天" is another school
  if (before.intent === 'emergency.report')
    return (
      intent === 'visit.log' ||
      intent === 'finding.report' ||
      (intent === 'visit.plan' && BACK_THERE.test(e.text))
    );
  if (intent === 'emergency.report') return before.intent === 'visit.log' && isMetThere(e, before);
  if (THEIRS.test(e.text)) return ABOUT_A_SCHOOL.test(intent);
  if (OTHERS.test(e.text)) return false;
  return DONE_TO_ONE.test(intent) || (LISTED.test(intent) && !/我|区/.test(e.text));
}

/** "去了一中,出来的时候配电箱在冒烟", "今天来大河小学看,…。刚才篮球架倒了": danger met on a visit, and not heard of from elsewhere. */
function isMetThere({ text, today }: Entities, { slots: { date } }: Reading): boolean {
  if (ON_THE_SPOT.test(text)) return true;
  return (
    (date === undefined || date === today.date.toString()) && JUST_NOW.test(text) && !FROM_AFAR.test(text)
  );
}

/** "上月次数报我,再把明细导excel": the rows of the same days. */
function takesSpan({ intent, slots }: Reading, e: Entities, before: Reading): boolean {
  if (e.dates.length > 0 || slots.period) return false;
  // "导出二月整改台账,再看看整改率是多少"
  if (intent === 'stats.query') return ON_PAPER.test(before.intent) && !ALL_TIME.test(e.text);
  return ON_PAPER.test(intent) && /明细|清单|名单|数据|表|这些|一并|也|简报|[那当]个?月/.test(e.text);
}
const ON_PAPER = /^(?:export\.file|briefing\.draft)$/;
const ALL_TIME = /全年|总共|一共|目前|现在|至今|以来|历年/;

/** "三月过了一大半了,还有哪些学校一次没去": the month that only the words before it name. */
function monthSpokenOf(e: Entities, { reading, e: said }: Before): Slots {
  if (e.dates.length > 0 || reading.intent !== 'chat.other') return {};
  const month = said.dates.find((d) => /月/.test(d.text))?.resolve('near');
  return month ? { period: month.slice(0, 7) } : {};
}

/** "收到028号通知,可是围墙要镇里出钱,得拖到五月": why more time is asked for is told with the receipt. */
function whyBefore({ intent, slots }: Reading, { reading, e }: Before): Slots {
  if (intent !== 'rect.extend_request' || slots.reason || reading.intent !== 'notice.ack') return {};
  const told = e.clauses.map((c) => c.text).filter((text) => /^(?:但是?|可是?|不过|只是|就是)/.test(text));
  const why = told.map(withoutFillers).map((text) => text.replace(/^可是?/, ''));
  return why.length > 0 ? { reason: why.join(',') } : {};
}

function takesPerson({ intent }: Reading, e: Entities, before: Reading): boolean {
  if (e.people.length > 0 || !OF_ONE_PERSON.test(intent)) return false;
  // "赵红梅这个月跑了几趟,还有哪些没去"
  const goesOn =
    intent === 'visit.pending' &&
    OF_ONE_PERSON.test(before.intent) &&
    before.slots.person !== 'self' &&
    e.areas.length === 0 &&
    !/我|全区|各|督学|大家/.test(e.text);
  return goesOn || /[他她](?!们|家)/.test(e.text);
}

function takesNotice({ intent }: Reading, e: Entities, before: Reading): boolean {
  return (
    before.slots.rect_no !== undefined &&
    before.slots.rect_nos === undefined &&
    e.notices.length === 0 &&
    e.schools.length === 0 &&
    ABOUT_A_NOTICE.test(intent) &&
    !/第[一二三四]|[那这](?:条|个|项)|另|其[它他]/.test(e.text)
  );
}
