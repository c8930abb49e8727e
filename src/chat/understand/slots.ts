// Builds the slots of each intent; an intent takes only the slots that are its own, so that nothing is filled by accident.

import { correctionOf } from './corrections.ts';
import { deadline, type Facts, limitOf, nameOf, schoolSlots } from './facts.ts';
import { companionsOf, faultOf, reasonOf, reviewReason, whyOf } from './parts.ts';
import { asked, day, self, span, whole, whose } from './slots-ask.ts';
import { broadcastSlots, campaignSlots, recipients } from './slots-office.ts';
import { extension, openWhich, notices as rect } from './slots-rect.ts';
import { plan, thisMorning, visit, withItems } from './slots-visits.ts';
import type { Intent, Slots } from './types.ts';
import { decisionOf, parseResult } from './verdicts.ts';

type Builder = (f: Facts) => Slots;

/** Fills the slots of an intent from what the message holds. */
export function slotsFor(intent: Intent, f: Facts): Slots {
  return strip(BUILDERS[intent]?.(f) ?? {});
}

/** What a message names, whatever it is for: a command takes of it what its flow asks for. */
export function everySlot(f: Facts): Slots {
  const slots: Slots = {
    ...schoolSlots(f),
    ...rect(f),
    ...deadline(f.e),
    ...withItems(f),
    date: day(f, 'near'),
    time: f.e.time,
    period: span(f, 'past'),
    person: f.e.people[0]?.name,
    audience: f.e.areas[0]?.code,
    result: decisionOf(f.e.text),
    content: whole(f),
  };
  return strip(slots);
}

function strip(slots: Slots): Slots {
  for (const key of Object.keys(slots) as Array<keyof Slots>) if (slots[key] === undefined) delete slots[key]; // Object.keys loses the key type
  return slots;
}

const BUILDERS: Record<Intent, Builder> = {
  'visit.log': visit,
  'finding.report': (f) => {
    const { methods: _m, companions: _c, lessons: _l, no_findings: _n, ...rest } = visit(f);
    return rest;
  },
  'rect.issue': (f) => {
    const { methods: _m, companions: _c, lessons: _l, no_findings: _n, session: _s, ...rest } = visit(f);
    return { ...rest, ...rect(f) };
  },
  'visit.plan': plan,
  'visit.pending': (f) => ({ ...schoolSlots(f), ...whose(f), ...asked(f) }),
  'visit.history': (f) => ({ ...schoolSlots(f), ...asked(f), person: self(f) }),
  'lesson.log': (f) => ({
    ...schoolSlots(f),
    date: day(f, 'past'),
    session: f.e.session,
    lessons: f.e.lessons ?? (/一[节堂]|这节|第.节/.test(f.e.text) ? 1 : subjectsHeard(f.e.text)),
    companions: withHim(f),
    content: whole(f),
  }),
  'assign.list': (f) => ({ ...schoolSlots(f), ...whose(f) }),
  'assign.change': (f) => handover(f),
  'rect.list': (f) => ({
    ...schoolSlots(f),
    ...whose(f),
    ...asked(f),
    ...openWhich(f),
    due: runsOut(f),
  }),
  'rect.query': (f) => ({ ...schoolSlots(f), ...rect(f), ...withItems(f) }),
  'rect.plan': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    date: day(f, 'future'),
    ...deadline(f.e),
    ...wholeBy(f),
    ...withItems(f),
    content: whole(f),
    person:
      f.e.people[0]?.name ??
      /(?:校长|园长|主任|老师|书记|会计|组长)([\u4e00-\u9fff]{2,3}?)(?:具体|牵头|全程)?负责/.exec(
        f.e.text,
      )?.[1] ??
      /(?:由|让|请)([\u4e00-\u9fff]{2,8}?)(?:具体|牵头|全程)?负责/.exec(f.e.text)?.[1] ??
      /(?:由|,|\d|[\u4e00-\u9fff])?([\u4e00-\u9fff]{2,4}?)负责/.exec(f.e.text)?.[1],
  }),
  'rect.evidence': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    ...withItems(f),
    content: whole(f),
    // "还差两扇": what is handed in is a part
    result: parseResult(f.e.text) === 'partial' ? 'partial' : undefined,
  }),
  'rect.extend_request': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    ...extension(f),
    reason: reasonOf(f.e, EXTEND),
  }),
  'rect.extend_decide': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    ...extension(f),
    result: decisionOf(f.e.text),
    reason: reasonOf(f.e, /同意|批|准|延|可以|缓/),
  }),
  'rect.review': (f) => {
    const result = parseResult(f.e.text);
    return {
      ...schoolSlots(f),
      ...rect(f),
      date: lookedOn(f) ?? thisMorning(f),
      result,
      ...(result === 'pass' ? {} : { reason: reviewReason(f.e), ...deadline(f.e) }),
    };
  },
  'rect.appeal': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    reason:
      reasonOf(f.e, /异议|要说明|解释|申诉|申请|撤销|复核|不认可|不服/) ??
      (f.e.text.length > 8 ? whole(f) : undefined),
  }),
  'rect.remind': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    ...openWhich(f),
    audience: f.parts.audience(f.e.text),
    due: runsOut(f),
    person: f.e.people[0]?.name,
  }),
  'notice.broadcast': broadcastSlots,
  'notice.ack': (f) => rect(f),
  'notice.status': (f) => ({
    ...schoolSlots(f),
    date: thisMorning(f),
    ...asked(f),
    audience: recipients(f),
    person: f.e.people[0]?.name,
  }),
  'notice.recall': (f) => ({
    ...schoolSlots(f),
    audience: recipients(f),
    date: day(f, 'future'),
    time: f.e.time,
    reason: reasonOf(f.e, /撤|收回|重发|改(?!错)/),
  }),
  'campaign.create': campaignSlots,
  'campaign.progress': (f) => ({
    ...schoolSlots(f),
    topic: f.parts.topic(f.e.text),
    ...whose(f),
    ...asked(f),
  }),
  'comp.notify': (f) => ({
    ...schoolSlots(f),
    date: day(f, 'future') ?? span(f, 'future'),
    period: span(f, 'future'),
    due: limitOf(f.e)?.resolve('future'),
    person: f.e.people[0]?.name,
    companions: f.e.people.length > 0 ? f.e.people.map((p) => p.name) : undefined,
  }),
  'comp.avoidance': (f) => ({
    ...schoolSlots(f),
    person: kinOf(f),
    reason: reasonOf(f.e, /换(?:个)?人|申请|回避|请求|更换/) ?? whole(f),
  }),
  'comp.selfeval': (f) => {
    const limit = deadline(f.e);
    return { ...schoolSlots(f), ...limit, due: limit.due ?? day(f, 'future'), content: whole(f) };
  },
  'emergency.report': (f) => ({ ...schoolSlots(f), person: f.e.people[0]?.name, content: whole(f) }),
  'opinion.log': (f) => ({
    ...schoolSlots(f),
    date: day(f, 'past'),
    ...withItems(f),
    ...deadline(f.e),
    content: whole(f),
  }),
  'opinion.list': (f) => ({ ...schoolSlots(f), ...asked(f), ...withItems(f) }),
  'opinion.reply': (f) => ({ ...schoolSlots(f), ...withItems(f), content: whole(f) }),
  'study.log': (f) => {
    const date = day(f, 'past');
    const period = span(f, 'past');
    return {
      date: date ?? period,
      ...(period ? { period } : {}),
      hours: f.e.hours,
      topic: f.parts.topic(f.e.text),
      session: f.e.session,
      person: f.e.people[0]?.name,
    };
  },
  'stats.query': (f) => {
    const metric = f.parts.metrics(f.e.text);
    return {
      ...schoolSlots(f),
      ...whose(f),
      ...asked(f),
      metric: metric.length === 1 ? metric[0] : metric.length > 1 ? metric : undefined,
      ...withItems(f),
      topic: undefined,
    };
  },
  'export.file': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    ...asked(f),
    ...whose(f),
    format: f.parts.format(f.e.text) ?? 'xlsx',
    content: whole(f),
  }),
  'briefing.draft': (f) => ({
    ...schoolSlots(f),
    ...asked(f),
    topic: f.parts.topic(f.e.text) ?? withItems(f).items?.[0],
  }),
  'rule.query': (f) => ({ topic: f.parts.topic(f.e.text), content: f.e.text }),
  'record.correct': (f) => corrected(f),
  'record.void': (f) => ({
    ...voided(f),
    ...rect(f),
    date: day(f, 'past'),
    session: undefined,
    reason: reasonOf(f.e, /作废|删|撤销|那条|这条/) ?? faultOf(f.e),
  }),
  'flow.confirm': () => ({}),
  'flow.cancel': (f) => ({ ...schoolSlots(f), date: day(f, 'past') }),
  'help.show': () => ({}),
  'chat.other': (f) => schoolSlots(f),
};

const withHim = (f: Facts) => {
  const companions = companionsOf(f.e);
  return companions.length > 0 ? companions : undefined;
};

const SUBJECT = /语文|数学|英语|物理|化学|生物|历史|地理|政治|道法|科学|音乐|美术|体育|信息|劳动|心理/g;

/** "听了五年级一班的语文": as many lessons as subjects are named. */
function subjectsHeard(text: string): number | undefined {
  return /听/.test(text) ? new Set(text.match(SUBJECT)).size || undefined : undefined;
}

/** "周五换灯,下周三复查,4月3号前全部结束": the plan's day is the one by which all is done. */
function wholeBy(f: Facts): Slots {
  const last = f.e.dates
    .filter((d) => d.kind === 'day' && (d.limit || /月(?:底|末)|学期末/.test(d.text)))
    .map((d) => d.resolve('future'))
    .sort()
    .at(-1);
  return last ? { due: last } : {};
}

/** "石佛小学的记录作废,那天去的是中心园": the school of the record, not where he was instead. */
function voided(f: Facts): Slots {
  const all = schoolSlots(f);
  if (!all.schools) return all;
  const named = f.e.clauses.filter((c) => /作废|删|撤|记录|那[条次]|登记/.test(c.text));
  const inside = f.e.schools.filter(
    (s) => s.code && named.some((c) => s.start >= c.start && s.start < c.end),
  );
  const codes = [...new Set(inside.flatMap((s) => (s.code ? [s.code] : [])))];
  const { schools: _all, ...rest } = all;
  return codes.length === 1 ? { ...rest, school: nameOf(f.context, codes[0] ?? '') } : all;
}

/** "周一发现的…今天复查": the day of the look, not that of what was found. */
function lookedOn(f: Facts): string | undefined {
  const days = f.e.dates.filter((d) => d.kind === 'day' && !d.limit);
  const seen = days.filter(
    (d) => !/^[^,.;]{0,6}(?:发现|指出|提的|开的|下发|查出|查的|那次)/.test(f.e.text.slice(d.end)),
  );
  const said = days.length > 1 ? seen[0] : undefined;
  return said?.resolve('past') ?? day(f, 'past');
}

/** "本周五到期的", "后天就到日子了": the day on which time is up. */
function runsOut(f: Facts): string | undefined {
  const said = f.e.dates.find(
    (d) =>
      d.kind === 'day' &&
      (d.limit || /^(?:就|要|该)*(?:到(?:期|日子|点)|截止|期满)/.test(f.e.text.slice(d.end))),
  );
  return said?.resolve('future');
}

const EXTEND = /宽限|延期|延长|缓|推迟|延到|多给|再给|晚几?天|行不行|能不能|可以吗|行吗|申请/;

/** 把东关小学从李秀英调给王建国: who takes over is `person`, the change itself in `correct`. */
function handover(f: Facts): Slots {
  const people = f.e.people;
  // "由赵红梅调整为周大勇" names who had it; "…不对,给赵红梅" takes back who was named before
  const taking = people.filter(
    (p) =>
      /(?:给|由|换成?|归|让|叫|交|找|到|新增|任命|是|为|改|补)\s*$/.test(f.e.text.slice(0, p.start)) &&
      !/^(?:督学)?(?:改|调整?|换|变更|变|转|移)/.test(f.e.text.slice(p.end)),
  );
  const to = (/不对|不是|算了|错了/.test(f.e.text) ? taking.at(-1) : taking[0]) ?? people.at(-1);
  const from = people.find((p) => p !== to);
  return {
    ...schoolSlots(f),
    date: day(f, 'future') ?? span(f, 'future'),
    person: to?.name,
    ...(to ? { correct: { field: 'inspector', ...(from ? { from: from.name } : {}), to: to.name } } : {}),
    audience: f.e.areas[0]?.code,
    reason: whyOf(f.e),
  };
}

/** The person who should stand aside: who withdraws, a known name, an inspector himself, or the word before 是我/跟我. */
function kinOf(f: Facts): string | undefined {
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

function corrected(f: Facts): Slots {
  const correct = correctionOf(f.e, (code) => nameOf(f.context, code));
  const aside = f.e.dates.filter(
    (d) =>
      d.kind === 'day' &&
      !(correct && (d.resolve('past') === correct.to || d.resolve('future') === correct.to)),
  );
  const date = aside[0]?.resolve('past');
  const schools = correct?.field === 'school' ? {} : schoolSlots(f);
  if (correct?.field === 'school') schoolSlots(f);
  return { ...schools, ...rect(f), date, ...(correct ? { correct } : {}) };
}
