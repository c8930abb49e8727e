// Who may mean what: an inspector does not broadcast, a principal does not review. A small number is a likelihood, 0 is never.
import { INTENTS, type Intent } from '../types.ts';

const INSPECTOR: Partial<Record<Intent, number>> = {
  'rect.plan': 0,
  'rect.evidence': 0,
  'rect.extend_request': 0.15,
  'rect.appeal': 0,
  'notice.broadcast': 0.05,
  'notice.status': 0.3,
  'notice.recall': 0.1,
  'campaign.create': 0.1,
  'comp.notify': 0.1,
  'comp.selfeval': 0.1,
  'assign.change': 0.3,
};
const PRINCIPAL: Partial<Record<Intent, number>> = {
  'visit.log': 0,
  'visit.plan': 0.05,
  'visit.pending': 0.05,
  'lesson.log': 0,
  'assign.change': 0.02,
  'finding.report': 0.02,
  'rect.issue': 0,
  'rect.extend_decide': 0,
  'rect.review': 0,
  'rect.remind': 0.05,
  'notice.broadcast': 0,
  'notice.status': 0.1,
  'notice.recall': 0.05,
  'campaign.create': 0,
  'campaign.progress': 0.2,
  'comp.notify': 0,
  'opinion.log': 0.3,
  'study.log': 0.1,
  'briefing.draft': 0.05,
  'stats.query': 0.15,
  'record.correct': 0.05,
  'record.void': 0.2,
};
const OFFICE: Partial<Record<Intent, number>> = {
  'visit.log': 0.4,
  'lesson.log': 0.3,
  'finding.report': 0.4,
  'rect.plan': 0,
  'rect.evidence': 0,
  'rect.extend_request': 0.05,
  'rect.appeal': 0,
  'comp.avoidance': 0.5,
  'notice.ack': 0.5,
};

/** How likely each intent is for these roles, in the order of INTENTS; several roles give the best of each. */
export function likelihoods(roles: readonly string[]): Float32Array {
  const tables = roles.flatMap((role) => {
    if (role === 'principal' || role === 'school-inspector') return [PRINCIPAL];
    if (role === 'office' || role === 'director') return [OFFICE];
    return role === 'inspector' || role === 'area-leader' ? [INSPECTOR] : [];
  });
  const used = tables.length > 0 ? tables : [INSPECTOR];
  return Float32Array.from(INTENTS, (intent) => Math.max(...used.map((t) => t[intent] ?? 1)));
}

/** Danger first, then what is put on record or done, then what is asked (DOMAIN §6.4); of one kind, as they were said. */
export function urgency(intent: Intent): number {
  if (intent === 'emergency.report') return 0;
  if (/\.(?:pending|history|list|query|status|progress)$|^help|^chat|^export|^briefing/.test(intent))
    return 3;
  return 1;
}
