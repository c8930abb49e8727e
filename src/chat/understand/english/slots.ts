// The slots of each intent from an English message; an intent takes only the slots that are its own, as in Chinese.

import type { Intent, Slots } from '../types.ts';
import { englishCorrected } from './corrections.ts';
import { englishSession } from './counts.ts';
import {
  audienceOf,
  besidesAudience,
  formatOf,
  fromWord,
  hoursIn,
  lessonsIn,
  metricOf,
  reasonIn,
  restOf,
  topicOf,
} from './parts.ts';
import { englishDecision, englishResult } from './short.ts';
import {
  asked,
  day,
  type EnglishFacts,
  extension,
  found,
  inDanger,
  issued,
  items,
  limits,
  methods,
  notices,
  openOnes,
  others,
  reviewReason,
  sameDay,
  schools,
  self,
  span,
  taker,
  timeIn,
  whole,
  whose,
} from './slot-readers.ts';

/** Fills the slots of an intent; `named`: whatever the message names, for a command whose flow is known. */
export function englishSlots(intent: Intent | 'named', f: EnglishFacts): Slots {
  const slots = BUILDERS[intent](f);
  for (const key of Object.keys(slots) as Array<keyof Slots>) if (slots[key] === undefined) delete slots[key]; // Object.keys loses the key type
  return slots;
}

const BUILDERS: Record<Intent | 'named', (f: EnglishFacts) => Slots> = {
  named: (f) => ({
    ...schools(f),
    ...notices(f),
    ...limits(f),
    date: day(f, 'near'),
    session: englishSession(f.e.text),
    period: span(f, 'past'),
    person: f.e.people[0]?.name,
    lessons: lessonsIn(f.e.text),
    ...found(f),
    result: englishResult(f.e.text),
  }),
  'visit.log': (f) => ({
    ...schools(f),
    date: day(f, 'past') ?? sameDay(f),
    session: englishSession(f.e.text),
    methods: methods(f),
    lessons: lessonsIn(f.e.text),
    companions: others(f),
    ...limits(f),
    ...found(f),
  }),
  'finding.report': (f) => ({
    ...schools(f),
    date: day(f, 'past') ?? sameDay(f),
    session: englishSession(f.e.text),
    ...limits(f),
    ...found(f, true),
  }),
  'lesson.log': (f) => ({
    ...schools(f),
    date: day(f, 'past') ?? sameDay(f),
    session: englishSession(f.e.text),
    lessons: lessonsIn(f.e.text) ?? 1,
    methods: ['lesson'],
    content: whole(f),
  }),
  'visit.plan': (f) => ({
    ...schools(f),
    date: day(f, 'future') ?? span(f, 'future'),
    session: englishSession(f.e.text),
    ...items(f),
  }),
  'visit.pending': (f) => ({ ...schools(f), ...whose(f), ...asked(f) }),
  'visit.history': (f) => ({ ...schools(f), ...asked(f), person: f.e.people[0]?.name ?? self(f) }),
  'assign.list': (f) => ({ ...schools(f), ...whose(f) }),
  'assign.change': (f) => ({ ...schools(f), person: taker(f), date: day(f, 'future') ?? span(f, 'future') }),
  'rect.issue': (f) => ({
    ...schools(f),
    ...notices(f),
    ...limits(f),
    ...(f.context.sender.roles.includes('principal') ? {} : issued(f)),
  }),
  'rect.list': (f) => ({ ...schools(f), ...whose(f), ...asked(f), ...openOnes(f), ...items(f) }),
  'rect.query': (f) => ({ ...schools(f), ...notices(f) }),
  'rect.plan': (f) => ({ ...schools(f), ...notices(f), ...limits(f), content: whole(f) }),
  'rect.evidence': (f) => ({
    ...schools(f),
    ...notices(f),
    content: whole(f),
    result: englishResult(f.e.text) === 'partial' ? 'partial' : undefined,
  }),
  'rect.extend_request': (f) => ({ ...schools(f), ...notices(f), ...extension(f), reason: reasonIn(f.e) }),
  'rect.extend_decide': (f) => ({
    ...schools(f),
    ...notices(f),
    ...extension(f),
    result: englishDecision(f.e.text),
    reason:
      englishDecision(f.e.text) === 'fail'
        ? restOf(f.e, /\b(?:extension|delay|refus|approved|agree)/)
        : undefined,
  }),
  'rect.review': (f) => {
    const result = englishResult(f.e.text);
    return {
      ...schools(f),
      ...notices(f),
      date: day(f, 'past'),
      result,
      ...(result === undefined || result === 'pass' ? {} : { reason: reviewReason(f), ...limits(f) }),
    };
  },
  'rect.appeal': (f) => ({ ...schools(f), ...notices(f), reason: reasonIn(f.e) ?? whole(f) }),
  'rect.remind': (f) => ({
    ...schools(f),
    ...notices(f),
    ...openOnes(f),
    audience: f.e.schools.length > 0 ? undefined : audienceOf(f.e),
    person: f.e.people[0]?.name,
  }),
  'notice.broadcast': (f) => ({
    ...schools(f),
    audience: audienceOf(f.e),
    content: besidesAudience(f.e.raw),
    date: day(f, 'future'),
    time: timeIn(f.e.text),
    due: f.e.dates.find((d) => d.limit)?.resolve('future'),
  }),
  'notice.ack': (f) => ({ ...schools(f), ...notices(f) }),
  'notice.status': (f) => ({
    ...schools(f),
    ...asked(f),
    audience: audienceOf(f.e),
    content: fromWord(f.e, 'about'),
  }),
  'notice.recall': (f) => ({
    ...schools(f),
    date: day(f, 'future'),
    content: fromWord(f.e, 'about'),
    reason: restOf(f.e, /\b(?:recall|take back|withdraw|retract|undo|pull back|cancel)\b/),
  }),
  'campaign.create': (f) => {
    const first = span(f, 'future') ?? day(f, 'future');
    return {
      ...schools(f),
      topic: topicOf(f.e, f.lexicon) ?? whole(f),
      ...(first ? { date: first, period: first } : {}),
      ...items(f),
      audience: audienceOf(f.e),
      due: limits(f).due,
      content: whole(f),
    };
  },
  'campaign.progress': (f) => ({ ...schools(f), topic: topicOf(f.e, f.lexicon), ...whose(f), ...asked(f) }),
  'comp.notify': (f) => ({
    ...schools(f),
    date: day(f, 'future') ?? span(f, 'future'),
    period: span(f, 'future'),
    person: f.e.people[0]?.name,
  }),
  'comp.avoidance': (f) => ({ ...schools(f), person: f.e.people[0]?.name, reason: whole(f) }),
  'comp.selfeval': (f) => ({ ...schools(f), ...limits(f), content: whole(f) }),
  'emergency.report': (f) => ({ ...schools(inDanger(f)), content: whole(f) }),
  'opinion.log': (f) => ({
    ...schools(f),
    date: day(f, 'past'),
    ...items(f),
    ...limits(f),
    content: whole(f),
  }),
  'opinion.list': (f) => ({ ...schools(f), ...asked(f), ...items(f) }),
  'opinion.reply': (f) => ({ ...schools(f), content: whole(f) }),
  'study.log': (f) => {
    const period = span(f, 'past');
    return {
      date: day(f, 'past') ?? period,
      ...(period ? { period } : {}),
      hours: hoursIn(f.e.text),
      topic: fromWord(f.e, 'on|about|studied|learnt about|learned about'),
      session: englishSession(f.e.text),
      person: f.e.people[0]?.name,
    };
  },
  'stats.query': (f) => ({
    ...schools(f),
    ...whose(f),
    ...asked(f),
    metric: metricOf(f.e.text),
    ...items(f),
    format: formatOf(f.e.text),
  }),
  'export.file': (f) => ({
    ...schools(f),
    ...notices(f),
    ...asked(f),
    ...whose(f),
    format: formatOf(f.e.text) ?? 'xlsx',
    content: whole(f),
  }),
  'briefing.draft': (f) => ({
    ...schools(f),
    ...asked(f),
    audience: f.e.areas[0]?.code,
    topic: topicOf(f.e, f.lexicon),
    format: formatOf(f.e.text),
  }),
  'rule.query': (f) => ({ topic: topicOf(f.e, f.lexicon), ...items(f), content: whole(f) }),
  'record.correct': (f) => {
    const correct = englishCorrected(f.e, f.context);
    const date = correct?.field === 'date' ? undefined : day(f, 'past');
    const lone = correct?.field === 'school' ? {} : schools(f);
    return { ...lone, date, ...(correct ? { correct } : {}) };
  },
  'record.void': (f) => ({
    ...schools(f),
    ...notices(f),
    date: day(f, 'past'),
    reason: restOf(f.e, /\b(?:void|delete|remove|strike|erase|take out)\b/),
  }),
  'flow.confirm': () => ({}),
  'flow.cancel': () => ({}),
  'help.show': () => ({}),
  'chat.other': (f) => ({ ...schools(f), ...notices(f) }),
};
