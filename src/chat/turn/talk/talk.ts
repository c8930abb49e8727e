// What the bot says when it cannot do what was said: "I did not understand" with choices, not yet, not yours, whom to ask.
import type { Choice } from '../../conversation.ts';
import { normalise } from '../../understand/text/normalise.ts';
import type { Candidate, Intent } from '../../understand/types.ts';
import { offerWaiting } from '../draft/aside.ts';
import { choiceButtons } from '../draft/buttons.ts';
import { ask, type Stage, say } from '../stage.ts';
import { side } from './side.ts';

/** The intent is clear, the feature is not there yet: said honestly, with whom to ask. */
export function notYet(t: Stage, intent: Intent): void {
  say(t, 'common.not-yet', { what: t.voice.term(`intent.${intent}`) ?? '' });
}

/** It is not for this person's role. */
export function notYours(t: Stage, intent: Intent): void {
  say(t, 'common.not-yours', { what: t.voice.term(`intent.${intent}`) ?? '' });
}

/** With "none of these" they are four (VOICE, rule 6). */
const MOST_MEANT = 3;

/** Not understood: the best readings as choices; the second time an example; the third time a person. */
export function miss(t: Stage, text: string, candidates: readonly Candidate[]): void {
  if (asksAboutSchool(t, text)) return;
  t.c.misses += 1;
  if (t.c.misses >= 3) {
    t.c.misses = 0;
    return say(t, 'common.ask-a-person');
  }
  const flows = new Set<string>();
  const choices: Choice[] = [];
  for (const candidate of /\p{L}{2}/u.test(text) ? candidates : []) {
    if (candidate.kind !== 'intent' || choices.length === MOST_MEANT) continue;
    const flow = t.deps.scripts.flowFor(candidate.intent, t.facts.person.roles);
    const label = t.voice.term(`intent.${candidate.intent}`);
    if (!flow || !label || flows.has(flow.flow)) continue;
    flows.add(flow.flow);
    choices.push({ label, value: candidate.intent });
  }
  if (choices.length === 0 || t.c.frame) {
    say(t, `common.not-understood.${side(t)}`);
    offerWaiting(t);
    return;
  }
  askMeant(t, text, choices);
}

function askMeant(t: Stage, text: string, choices: readonly Choice[]): void {
  const all = [...choices, { label: t.voice.text('common.none-of-these'), value: null }];
  ask(
    t,
    { kind: 'meant', choices: all, wrong: 0, text },
    { title: t.voice.text('common.meant'), ...choiceButtons(t, all) },
  );
}

/** A school's name and no more from the office, which looks schools up and seldom files visits. True when it was asked what about it. */
function asksAboutSchool(t: Stage, text: string): boolean {
  const name = normalise(text).replaceAll(/[\s,.!?;、]+$/gu, '');
  if (side(t) !== 'office' || t.c.frame || !t.facts.book.index.forms.has(name)) return false;
  askMeant(t, text, [
    { label: t.voice.text('school-card.title', {}), value: 'school-card' },
    { label: t.voice.text('common.button.its-rectifications'), value: 'query-rectification' },
    { label: t.voice.text('visit-history.title', {}), value: 'visit-history' },
  ]);
  return true;
}
