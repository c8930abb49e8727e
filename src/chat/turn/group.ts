// What is said to the bot in a group: heard as if nothing were open, answered there only with what the group may know; all else is between the two.
import { emptyConversation } from '../conversation.ts';
import { isBack, isCancel, isGoOn, isHello, isThanks } from '../short-words.ts';
import { SURE, type Understood } from '../understand/types.ts';
import { beginAll, beginCommand } from './begin/begin.ts';
import { whereItWas } from './danger/emergencies.ts';
import { contextOf, type PlannedAct, type Stage, say, sayOrShow, stage } from './stage.ts';

/**
 * A group holds people of whom the bot knows nothing, so a word in it answers no question, confirms nothing and leaves no
 * draft. A question that the flow's `tells` opens is answered there; what has to be filled in or confirmed begins in private.
 */
export function inGroup(t: Stage, words: string): void {
  const said = words.trim();
  if (said === '' || isHello(said)) return sayThere(t, 'common.group.help');
  if (isThanks(said)) return sayThere(t, 'common.welcome');
  // Without what is open in private: "确认" or "第一个" means nothing here.
  const { flow: _flow, expecting: _expecting, ...context } = contextOf(t);
  const understood = t.deps.understander.understand(said, context);
  // "紧急情况" by itself is the word for the list of them, "误报" for calling one off.
  const { flow: agreed = '' } = t.deps.scripts.commandIn(t.facts.locale, said, t.facts.person.roles) ?? {};
  const aboutOne = t.deps.scripts.flows.get(agreed)?.do.startsWith('emergency.');
  if (!aboutOne && readingsOf(understood).some(({ intent }) => intent === 'emergency.report')) {
    // A danger waits for nobody to change the chat.
    beginAll(t, whereItWas(t, understood), said);
    return sayThere(t, 'common.group.emergency');
  }
  if (understood.intent === 'help.show' && understood.confidence >= SURE)
    return sayThere(t, 'common.group.help');
  if (isAnswer(said, understood)) return sayPrivately(t, said);
  begun(t, understood, said);
}

/** Tries it on an empty conversation, and sees what it would come to. */
function begun(t: Stage, understood: Understood, said: string): void {
  const start = (on: Stage) => {
    if (!beginCommand(on, said)) beginAll(on, understood, said);
  };
  const trial = stage(t.deps, emptyConversation(), t.facts);
  start(trial);
  if (trial.c.misses > 0) return sayThere(t, 'common.group.not-understood');
  if (trial.c.frame || trial.c.question) {
    start(t);
    return sayThere(t, 'common.group.begun-privately');
  }
  const acts = trial.parts.filter((part) => part.kind === 'act');
  if (acts.some((act) => tellsOf(t, act) === undefined)) return sayPrivately(t, said);
  const isOpen = (act: PlannedAct) => tellsOf(t, act) !== 'private';
  for (const part of trial.parts)
    t.parts.push(part.kind === 'act' && isOpen(part) ? { ...part, inGroup: true } : part);
  if (!acts.some(isOpen)) sayThere(t, 'common.group.told-privately');
}

function tellsOf(t: Stage, { flow }: PlannedAct) {
  return t.deps.scripts.flows.get(flow)?.tells;
}

/** Words that only mean something to what is open in private. */
function isAnswer(said: string, { intent, confidence }: Understood): boolean {
  if (isCancel(said) || isBack(said) || isGoOn(said)) return true;
  return (
    confidence >= SURE && (intent === 'flow.confirm' || intent === 'flow.cancel' || intent === 'notice.ack')
  );
}

function sayPrivately(t: Stage, said: string): void {
  sayThere(t, 'common.group.say-privately');
  say(t, 'common.group.say-here', { said: [...said].slice(0, SAID_SHOWN).join('') });
}
const SAID_SHOWN = 40;

function sayThere(t: Stage, text: string): void {
  t.parts.push({ kind: 'group', text: t.voice.text(text) });
}

/** What an act that was asked for in a group came to: there what the group may know, the whole to the asker when that is more. */
export function tellGroup(t: Stage, act: PlannedAct, words: string, vars: Record<string, unknown>): void {
  const { title, desc, body } = t.voice.card(words, vars);
  const whole = [title, desc, body].filter(Boolean).join('\n');
  const isPublic = t.deps.scripts.flows.get(act.flow)?.tells === 'public';
  const open = isPublic ? whole : t.voice.text(`${act.flow}.in-group`, vars);
  if (open === '') sayThere(t, 'common.group.told-privately');
  else t.parts.push({ kind: 'group', text: open });
  if (open === whole) return;
  if (open !== '') sayThere(t, 'common.group.rest-privately');
  sayOrShow(t, words, vars);
}

function readingsOf(understood: Understood) {
  return understood.intents ?? [understood];
}
