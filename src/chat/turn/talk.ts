// What the bot says when nothing is being filled in: help, the greeting, "I did not understand" with choices, whom to ask.
import type { Choice } from '../conversation.ts';
import { AWAITS_REVIEW, SCHOOL_OWES } from '../facts.ts';
import { WAITING } from '../slots/waiting.ts';
import { normalise } from '../understand/normalise.ts';
import type { Candidate, Intent } from '../understand/types.ts';
import { offerWaiting } from './aside.ts';
import { choiceButtons } from './buttons.ts';
import { ask, type Stage, say } from './stage.ts';

/** What waits for this person, in numbers. */
export function waiting(t: Stage) {
  return {
    unsigned: t.facts.notices.length,
    unconfirmed: t.facts.unconfirmed.length,
    owed: t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state)).length,
    review: t.facts.findings.filter((one) => !one.mineToFix && AWAITS_REVIEW.has(one.state)).length,
    sign: t.facts.findings.filter(WAITING['drafted-findings']).length,
    extensions: t.facts.findings.filter(WAITING['extension-requests']).length,
    objections: t.facts.findings.filter(WAITING.objections).length,
  };
}

/** Which help text is hers: by what she mostly does here. */
export function side(t: Stage): 'inspector' | 'principal' | 'office' {
  const roles = t.facts.person.roles;
  if (roles.includes('inspector') || roles.includes('area-leader')) return 'inspector';
  return roles.includes('office') || roles.includes('director') ? 'office' : 'principal';
}

export function help(t: Stage): void {
  say(t, `common.help.${side(t)}`, { ...waiting(t), draft: hasDraft(t) });
}

/** What the office may ask about by name, so that its help fits on a phone. */
const TOPICS: readonly [RegExp, string][] = [
  [/通知|回执|名单|notice/iu, 'notices'],
  [/整改|逾期|约谈|rectif/iu, 'rectification'],
  [/统计|文件|台账|figure|file/iu, 'figures'],
  [/群|group/iu, 'groups'],
  [/月|month/iu, 'month'],
  [/名册|设置|交接|人员|roster|setting/iu, 'roster'],
];

/** "帮助通知", "help notices". False: it is no topic of hers. */
export function helpOn(t: Stage, text: string): boolean {
  const asked = /^(?:帮助|help)[\s,\uff0c:\uff1a]*(?:on |with |about )?(.{1,12})$/iu.exec(text.trim())?.[1];
  const topic = asked === undefined ? undefined : TOPICS.find(([words]) => words.test(asked))?.[1];
  if (topic === undefined || side(t) !== 'office') return false;
  say(t, `common.help-on.${topic}`);
  return true;
}

/** On entering, at most once a day: what waits, and what to type (DESIGN, PROTOCOL §3 enter_agent). */
export function greet(t: Stage): void {
  const today = t.facts.today.toString();
  if (t.c.greetedOn === today) return;
  t.c.greetedOn = today;
  say(t, `common.greeting.${side(t)}`, { ...waiting(t), draft: hasDraft(t) });
}

/** Something is open, or put aside. */
export const hasDraft = (t: Stage) => t.c.frame !== null || t.c.aside.length > 0;

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
