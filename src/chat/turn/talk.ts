// What the bot says when nothing is being filled in: help, the greeting, "I did not understand" with choices, whom to ask.
import { AWAITS_REVIEW, SCHOOL_OWES } from '../facts.ts';
import type { Candidate, Intent } from '../understand/types.ts';
import { choiceButtons } from './frames.ts';
import { ask, type Stage, say } from './stage.ts';

/** What waits for this person, in numbers. */
function waiting(t: Stage) {
  return {
    unsigned: t.facts.notices.length,
    owed: t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state)).length,
    review: t.facts.findings.filter((one) => !one.mineToFix && AWAITS_REVIEW.has(one.state)).length,
  };
}

/** Which help text is hers: by what she mostly does here. */
function side(t: Stage): 'inspector' | 'principal' | 'office' {
  const roles = t.facts.person.roles;
  if (roles.includes('inspector') || roles.includes('area-leader')) return 'inspector';
  return roles.includes('office') || roles.includes('director') ? 'office' : 'principal';
}

/** An example made from her own schools (VOICE, rule 5). */
function example(t: Stage): string {
  const [first] = t.facts.mine;
  return (first && t.facts.book.byId.get(first)?.name) ?? '';
}

export function help(t: Stage): void {
  say(t, `common.help.${side(t)}`, { ...waiting(t), school: example(t), draft: t.c.frame !== null });
}

/** On entering, at most once a day: what waits, and what to type (DESIGN, PROTOCOL §3 enter_agent). */
export function greet(t: Stage): void {
  const today = t.facts.today.toString();
  if (t.c.greetedOn === today) return;
  t.c.greetedOn = today;
  say(t, `common.greeting.${side(t)}`, { ...waiting(t), school: example(t) });
}

/** The intent is clear, the feature is not there yet: said honestly, with whom to ask. */
export function notYet(t: Stage, intent: Intent): void {
  say(t, 'common.not-yet', { what: t.voice.term(`intent.${intent}`) ?? '' });
}

/** It is not for this person's role. */
export function notYours(t: Stage, intent: Intent): void {
  say(t, 'common.not-yours', { what: t.voice.term(`intent.${intent}`) ?? '' });
}

/** Not understood: the best readings as choices; the second time an example; the third time a person. */
export function miss(t: Stage, text: string, candidates: readonly Candidate[]): void {
  t.c.misses += 1;
  if (t.c.misses >= 3) {
    t.c.misses = 0;
    return say(t, 'common.ask-a-person');
  }
  const choices = candidates
    .flatMap((candidate) => {
      if (candidate.kind !== 'intent') return [];
      const label = t.voice.term(`intent.${candidate.intent}`);
      return label && t.deps.scripts.flowFor(candidate.intent, t.facts.person.roles)
        ? [{ label, value: candidate.intent as unknown }]
        : [];
    })
    .slice(0, 3);
  if (choices.length === 0 || t.c.frame) return say(t, 'common.not-understood', { school: example(t) });
  const all = [...choices, { label: t.voice.text('common.none-of-these'), value: null }];
  ask(
    t,
    { kind: 'meant', choices: all, wrong: 0, text },
    { title: t.voice.text('common.meant'), ...choiceButtons(t, all) },
  );
}
