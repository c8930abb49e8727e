// What an act came to becomes words, and the conversation goes on from there.
import type { Conversation } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { remember } from './danger/emergencies.ts';
import { offerWaiting } from './draft/aside.ts';
import { reopened } from './filed/reopened.ts';
import { REOPEN } from './filed/rewrite.ts';
import { tellGroup } from './group.ts';
import { movedTo, staysWithVisit } from './media/moved-photos.ts';
import { type Deps, type PlannedAct, type Stage, say, sayOrShow, stage } from './stage.ts';
import { start } from './taps.ts';
import type { Turned } from './turn.ts';

/** What an act came to: its result, or the code of the domain's refusal. */
export type Outcome =
  | { ok: true; result: Record<string, unknown> }
  /** `detail`: what the refusal's words may name (ON_REFUSAL). */
  | { ok: false; code: string; detail?: Record<string, unknown> };

/** The words for an act that was done or refused, and the conversation after it. */
export function settle(
  deps: Deps,
  before: Conversation,
  act: PlannedAct,
  outcome: Outcome,
  facts: Facts,
): Turned {
  const t = stage(deps, before, facts);
  const flow = deps.scripts.flows.get(act.flow);
  if (outcome.ok) {
    const words = act.words === undefined ? doneOf(t, act.flow, outcome.result) : act.words;
    const draft = typeof outcome.result.draft === 'string' ? outcome.result.draft : '';
    if (act.action === REOPEN) reopened(t, act, outcome.result);
    else if (draft !== '') {
      if (act.inGroup) t.parts.push({ kind: 'group', text: t.voice.text('common.group.told-privately') });
      start(t, draft, '');
    } else if (words !== null && act.inGroup) tellGroup(t, act, words, { ...act.row, ...outcome.result });
    else if (words !== null) sayOrShow(t, words, { ...act.row, ...outcome.result });
    movedTo(t, act);
    remembersNotice(t, act, outcome.result);
    if (act.action.startsWith('emergency.'))
      remember(t.c, act.action, String(outcome.result.school ?? ''), facts.now);
    if (flow?.confirm !== false && act.words === undefined && !staysWithVisit(t, act))
      t.c.last = { flow: act.flow, at: facts.now.toISOString(), row: act.row, result: outcome.result };
  } else {
    if (act.inGroup) t.parts.push({ kind: 'group', text: t.voice.text('common.group.told-privately') });
    const own = flow?.otherwise[outcome.code];
    say(
      t,
      own
        ? `${act.flow}.${own}`
        : t.voice.has(`common.refused.${outcome.code}`)
          ? `common.refused.${outcome.code}`
          : 'common.refused.other',
      { ...act.row, ...outcome.detail },
    );
  }
  // After a danger nothing is asked; what waits is called for by "继续".
  if (!act.action.startsWith('emergency.') && !act.inGroup && !act.quiet) offerWaiting(t);
  return { conversation: t.c, parts: t.parts, learned: {} };
}

/** The words for what came of an act: its own, or those that every outcome has. */
function doneOf(t: Stage, flow: string, result: Record<string, unknown>): string {
  const own = `${flow}.done.${String(result.say ?? '')}`;
  return t.voice.has(own) ? own : `${flow}.done`;
}

/** What was signed, handed in, asked for or asked about: its notice is the one that is spoken of. */
function remembersNotice(t: Stage, { row }: PlannedAct, { ids }: Record<string, unknown>): void {
  const { notice, finding } = row as { notice?: { id?: unknown }; finding?: unknown }; // views, as the flow's slots gave them
  const told = [
    ...(Array.isArray(finding) ? finding.map(({ id }) => id) : []),
    ...(Array.isArray(ids) ? ids : []),
  ];
  const of = t.facts.findings.find(({ id }) => told.includes(id))?.noticeId ?? notice?.id;
  if (typeof of === 'string') t.c.about = { notice: of, at: t.facts.now.toISOString() };
}
