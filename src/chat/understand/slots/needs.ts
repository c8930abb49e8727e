// What the bot must still ask for before an intent can be acted on.
import type { Flag, Intent, SlotKind, Slots } from '../types.ts';

const REQUIRED: Partial<Record<Intent, SlotKind[]>> = {
  'visit.log': ['school'],
  'finding.report': ['school', 'findings'],
  'visit.plan': ['school', 'date'],
  'lesson.log': ['school'],
  'rect.issue': ['school'],
  'rect.plan': ['rect_no'],
  'rect.evidence': ['rect_no'],
  'rect.extend_request': ['rect_no', 'reason'],
  'rect.extend_decide': ['rect_no', 'result'],
  'rect.review': ['rect_no', 'result'],
  'rect.appeal': ['rect_no', 'reason'],
  'notice.broadcast': ['audience', 'content'],
  'campaign.create': ['topic'],
  'comp.notify': ['school', 'date'],
  'comp.avoidance': ['person', 'reason'],
  'opinion.log': ['school'],
  'opinion.reply': ['content'],
  'study.log': ['hours'],
  'assign.change': ['school', 'person'],
  'record.correct': ['correct'],
  'record.void': ['reason'],
  'emergency.report': ['school'],
};

/** Slots that are required and not there; an ambiguous or unknown school, and a doubtful "today", are always asked. */
export function needsOf(intent: Intent, slots: Slots, flags: ReadonlySet<Flag>): SlotKind[] {
  const needs = (REQUIRED[intent] ?? []).filter((kind) => {
    if (kind === 'school') return !slots.school && !slots.schools;
    // a required kind is always a slot; 'confirm' and the like never stand in the table
    return slots[kind as keyof Slots] === undefined;
  });
  if ((slots.school_candidates || slots.school_unresolved) && !needs.includes('school')) needs.push('school');
  if (slots.person_candidates && !needs.includes('person')) needs.push('person');
  if (flags.has('small-hours')) needs.push('date');
  if (intent === 'rect.extend_request' && slots.due === undefined && slots.days === undefined)
    needs.push('due');
  if (intent === 'rect.review' && slots.result && slots.result !== 'pass' && !slots.reason)
    needs.push('reason');
  if (intent === 'visit.log' && !slots.findings && !slots.no_findings) needs.push('findings');
  return needs;
}
