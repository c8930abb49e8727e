// Builds the slots of each intent; an intent takes only the slots that are its own, so that nothing is filled by accident.

import { decisionOf, parseResult } from '../findings/verdicts.ts';
import type { Intent, Slots } from '../types.ts';
import { strip as bare, dayOfEntry, deadline, type Facts, schoolSlots } from './facts.ts';
import { limitOf } from './limits.ts';
import { passReason } from './pass-reason.ts';
import { decisionReason, faultOf, reasonOf, reviewReason } from './reasons.ts';
import { asked, day, days, monthEnding, self, span, whichOne, whole, whose } from './slots-ask.ts';
import { briefing, figures, file, ruleAsked } from './slots-figures.ts';
import { lessonHeard } from './slots-lessons.ts';
import { answerBy, broadcastSlots, campaignSlots, recipients } from './slots-office.ts';
import { handover, inCharge, passedOnTo, standsAside, withHim } from './slots-people.ts';
import { corrected, dayOfRecord, reporter, voided } from './slots-records.ts';
import { EXTEND, extension, lookedOn, openWhich, notices as rect, runsOut, wholeBy } from './slots-rect.ts';
import {
  askedItems,
  complainedOf,
  likeliest,
  nextDoor,
  plan,
  thisMorning,
  visit,
  withItems,
} from './slots-visits.ts';
import { campaignNamed, matterOf, noticeNamed, studied, topicOf } from './subjects.ts';

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

const BUILDERS: Partial<Record<Intent, Builder>> = {
  'visit.log': visit,
  'finding.report': (f) => {
    const { methods: _m, companions: _c, no_findings, ...rest } = visit(f);
    return rest.findings || no_findings ? rest : { ...rest, ...likeliest(f) };
  },
  'rect.issue': (f) => {
    const { methods: _m, companions: _c, lessons: _l, no_findings: _n, session: _s, ...rest } = visit(f);
    return { ...rest, ...rect(f) };
  },
  'visit.plan': plan,
  'visit.pending': (f) => ({ ...schoolSlots(f), ...whose(f), ...monthEnding(f), ...asked(f) }),
  'visit.history': (f) => {
    const date = dayOfRecord(f);
    const when = date ? { period: date, date } : asked(f);
    return { ...schoolSlots(f), ...when, person: self(f), ...whichOne(f) };
  },
  'lesson.log': lessonHeard,
  'assign.list': (f) => ({ ...schoolSlots(f), ...whose(f) }),
  'assign.change': handover,
  'rect.list': (f) => ({
    ...schoolSlots(f),
    ...whose(f),
    ...asked(f),
    ...openWhich(f),
    ...askedItems(f),
    due: runsOut(f),
  }),
  'rect.query': (f) => ({ ...schoolSlots(f), ...rect(f), ...askedItems(f) }),
  'rect.plan': (f) => ({
    ...schoolSlots(f),
    ...rect(f),
    date: day(f, 'future'),
    ...deadline(f.e),
    ...wholeBy(f),
    ...withItems(f),
    content: whole(f),
    person: inCharge(f),
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
    reason: decisionReason(f.e),
  }),
  'rect.review': (f) => {
    const result = parseResult(f.e.text);
    return {
      ...schoolSlots(f),
      ...rect(f),
      date: lookedOn(f) ?? thisMorning(f),
      result,
      ...(result === 'pass' ? { reason: passReason(f.e) } : { reason: reviewReason(f.e), ...deadline(f.e) }),
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
    audience: recipients(f),
    date: day(f, 'future'),
    time: f.e.time,
    due: runsOut(f),
    person: f.e.people[0]?.name,
  }),
  'notice.broadcast': broadcastSlots,
  'notice.ack': (f) => ({ ...schoolSlots(f), ...rect(f) }),
  'notice.status': (f) => ({
    ...schoolSlots(f),
    date: thisMorning(f),
    ...asked(f),
    audience: recipients(f),
    person: f.e.people[0]?.name,
    content: noticeNamed(f.e.text),
    topic: topicOf(f),
  }),
  'notice.recall': (f) => ({
    ...schoolSlots(f),
    audience: recipients(f),
    date: day(f, 'future'),
    due: answerBy(f),
    time: f.e.time,
    session: f.e.session,
    content: noticeNamed(f.e.text),
    topic: topicOf(f),
    reason: reasonOf(f.e, /撤|收回|重发|取消掉?|改(?:成|到|为|在|发)/),
  }),
  'campaign.create': campaignSlots,
  'campaign.progress': (f) => ({
    ...schoolSlots(f),
    topic: f.parts.topic(f.e.text) ?? campaignNamed(f.e.text),
    ...whose(f),
    ...asked(f),
    ...askedItems(f),
  }),
  'comp.notify': (f) => ({
    ...schoolSlots(f),
    date: dayOfEntry(f.e) ?? days(f, 'future') ?? span(f, 'future'),
    period: span(f, 'future'),
    ...deadline(f.e),
    due: limitOf(f.e)?.resolve('future'),
    person: f.e.people[0]?.name,
    companions: f.e.people.length > 0 ? f.e.people.map((p) => p.name) : undefined,
  }),
  'comp.avoidance': (f) => ({
    ...schoolSlots(f),
    person: standsAside(f),
    reason: reasonOf(f.e, /换(?:个)?人|申请|回避|请求|更换/) ?? whole(f),
  }),
  'comp.selfeval': (f) => {
    const limit = deadline(f.e);
    return { ...schoolSlots(f), ...limit, due: limit.due ?? day(f, 'future'), content: whole(f) };
  },
  'emergency.report': (f) => ({
    ...schoolSlots(f),
    ...nextDoor(f),
    person: f.e.people[0]?.name,
    content: whole(f),
  }),
  'opinion.log': (f) => ({
    ...schoolSlots(f),
    date: day(f, 'past'),
    ...complainedOf(f),
    topic: f.parts.topic(f.e.text),
    ...deadline(f.e),
    person: passedOnTo(f),
    content: whole(f),
  }),
  'opinion.list': (f) => ({
    ...schoolSlots(f),
    ...asked(f),
    ...askedItems(f),
    topic: matterOf(f),
  }),
  'opinion.reply': (f) => ({
    ...schoolSlots(f),
    ...withItems(f),
    topic: f.parts.topic(f.e.text),
    content: whole(f),
  }),
  'study.log': (f) => {
    const date = day(f, 'past');
    const period = span(f, 'past');
    return {
      date: date ?? period,
      ...(period ? { period } : {}),
      hours: f.e.hours,
      topic: f.parts.topic(f.e.text) ?? studied(f.e.text),
      session: f.e.session,
      person: f.e.people[0]?.name,
      companions: withHim(f),
    };
  },
  'stats.query': figures,
  'export.file': file,
  'briefing.draft': briefing,
  'rule.query': ruleAsked,
  'record.correct': corrected,
  'record.void': (f) => ({
    ...voided(f),
    ...(dayOfRecord(f) ? {} : rect(f)),
    // "…作废,当天我请假了": that day is the record's, and not today
    date: dayOfRecord(f) ?? (f.e.dates.every((d) => d.text === '当天') ? undefined : day(f, 'past')),
    session: undefined,
    person: reporter(f),
    reason: reasonOf(f.e, /作废|废掉|废了|删|撤销|那条|这条|去掉/) ?? faultOf(f.e, (c) => bare(f.e, c)),
  }),
  'chat.other': (f) => schoolSlots(f),
};
