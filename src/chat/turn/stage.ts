// The bench of one turn: a copy of the conversation to work on, and the ordered parts of the answer. Nothing of it outlives the turn.
import { type Conversation, type Frame, OVER_KEPT, type Question } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import type { Card, Reply } from '../reply.ts';
import type { Scripts, Voice } from '../scripts/scripts.ts';
import type { Flow } from '../scripts/shapes.ts';
import type { Context, Reading, Understander, Understood } from '../understand/types.ts';

export interface PlannedAct {
  kind: 'act';
  action: string;
  flow: string;
  input: unknown;
  /** The first row as it was confirmed, for the words that tell of it and for what is said about it next. */
  row: Record<string, unknown>;
  /** Other words than the flow's `done`; null: done without a word. */
  words?: string | null;
  /** Its words speak of the draft that waits themselves: it is not offered after them. */
  quiet?: boolean;
  /** Asked for in a group: told there, as far as the flow's `tells` goes. */
  inGroup?: boolean;
}

export type Part = Reply | PlannedAct;

export interface Deps {
  scripts: Scripts;
  understander: Understander;
}

export interface Stage {
  deps: Deps;
  facts: Facts;
  voice: Voice;
  c: Conversation;
  parts: Part[];
  /** Frames that this very message opened. */
  opened: Set<string>;
  /** Names that were confirmed to mean a school: typed → school code. */
  learned: Record<string, string>;
}

/** What one turn works on: a copy of the conversation that it may change, and the parts that it comes to say or do. */
export function stage(deps: Deps, conversation: Conversation, facts: Facts): Stage {
  return {
    deps,
    facts,
    voice: deps.scripts.voice(facts.locale, () => facts.today.toString(), {
      person: { name: facts.person.name },
      office: { name: facts.office.name, short: facts.office.short },
      helper: facts.helper,
      today: facts.today.toString(),
      mySchool: firstSchool(facts),
    }),
    c: structuredClone(conversation),
    parts: [],
    opened: new Set(),
    learned: {},
  };
}

/** An example made from the person's own schools (VOICE, rule 5). */
function firstSchool(facts: Facts): string {
  const [first] = facts.mine;
  return (first && facts.book.byId.get(first)?.name) ?? '';
}

/** Says a text of bot-scripts by its key. */
export function say(t: Stage, text: string, vars: Record<string, unknown> = {}): void {
  t.parts.push({ kind: 'text', text: t.voice.text(text, vars) });
}

/** Words, or a card whose buttons begin what may come next; a button that its template leaves empty is not there. */
export function sayOrShow(t: Stage, text: string, vars: Record<string, unknown>): void {
  const { title, desc, body, buttons = [] } = t.voice.card(text, vars);
  const shown = buttons.filter((button) => button.text !== '');
  if (shown.length === 0) {
    t.parts.push({ kind: 'text', text: [title, desc, body].filter(Boolean).join('\n') });
    return;
  }
  const rest = { ...(desc ? { desc } : {}), ...(body ? { body } : {}) };
  t.parts.push({ kind: 'card', task: `q-${t.facts.newId()}`, title, ...rest, buttons: shown });
}

/** The flow of a frame. Throws when it is gone, which the beginning of the turn sees to. */
export function flowOf(t: Stage, frame: Frame): Flow {
  const flow = t.deps.scripts.flows.get(frame.flow);
  if (!flow) throw new Error(`no flow ${frame.flow}`); // frames of flows that went are dropped when the turn begins
  return flow;
}

/** The moment of this message, as the conversation keeps moments. */
export function iso(t: Stage): string {
  return t.facts.now.toISOString();
}

/** Puts a question and, where there are choices, its card. The question that stood before is over. */
export function ask(
  t: Stage,
  question: Omit<Question, 'id' | 'askedAt' | 'card'>,
  words: { title: string; desc?: string; body?: string; buttons?: Card['buttons'] },
): void {
  const id = `q-${t.facts.newId()}`;
  const buttons = words.buttons ?? [];
  close(t, t.voice.text('common.over.changed'));
  t.c.question = { ...question, id, askedAt: iso(t), card: buttons.length > 0 };
  if (buttons.length === 0) {
    const text = [words.title, words.desc, words.body].filter(Boolean).join('\n');
    t.parts.push({ kind: 'text', text });
    return;
  }
  const { title, desc, body } = words;
  t.parts.push({
    kind: 'card',
    task: id,
    title,
    ...(desc ? { desc } : {}),
    ...(body ? { body } : {}),
    buttons,
  });
}

/** Ends the open question; its card is greyed with `how`, and a later tap on it is answered with the same words. */
export function close(t: Stage, how: string): void {
  const question = t.c.question;
  if (!question) return;
  t.c.question = null;
  if (!question.card) return;
  t.parts.push({ kind: 'greyed', task: question.id, label: how });
  t.c.over = [...t.c.over, { id: question.id, how }].slice(-OVER_KEPT);
}

/** A question, or the name of a rule. */
const OF_RULES =
  /[?\uff1f吗呢么]|几|多[少久长大]|什么|啥|哪|谁|怎|咋|是否|是不是|能[不否]|可不可以|可以|要不要|用不用|算不算|该不该|行不行|有没有|必须|规定|制度|办法|条例|要求|标准|期限|时限|任期|次数|流程|程序|依据|政策|权限|职责|条件|范围|回避|[a-z]/iu;

/** What the words mean, with this person, her roster and her open question in view. */
export function read(t: Stage, text: string): Understood {
  const understood = t.deps.understander.understand(text, contextOf(t));
  // "还是留着吧" asks about no rule, however much of it is unlike anything else.
  return understood.intent === 'rule.query' && !understood.intents && !OF_RULES.test(text)
    ? { ...understood, intent: 'chat.other', slots: {}, candidates: [] }
    : understood;
}

/** What the words name, for a flow that is known already. */
export function readNamed(t: Stage, text: string): Reading {
  return t.deps.understander.named(text, contextOf(t));
}

/** What the understanding is told of the moment: who speaks, on which roster and day, and what is open. */
export function contextOf(t: Stage): Context {
  const { facts, c } = t;
  const question = c.question;
  const areaCode = facts.person.areaId ? facts.book.areaCodeOf.get(facts.person.areaId) : undefined;
  return {
    roster: facts.book.index,
    sender: {
      userId: facts.person.userId,
      name: facts.person.name,
      roles: [...facts.person.roles],
      ...(areaCode ? { areaCode } : {}),
      schools: [...facts.mine].flatMap((id) => facts.book.byId.get(id)?.code ?? []),
      learned: facts.person.learned,
    },
    now: facts.now,
    timeZone: facts.office.timeZone,
    calendar: facts.calendar,
    ...(c.frame ? { flow: c.frame.flow } : {}),
    ...(question ? { expecting: expecting(t, question) } : {}),
  };
}

function expecting(t: Stage, question: Question): NonNullable<Context['expecting']> {
  if (question.kind === 'confirm') return ['confirm'];
  if (question.kind !== 'slot' || !question.slot || !t.c.frame) return ['choice'];
  const type = flowOf(t, t.c.frame).slots[question.slot]?.type;
  const kinds = {
    school: 'school',
    date: 'date',
    'new-day': 'date',
    'date-ahead': 'date',
    'done-day': 'date',
    'from-day': 'date',
    findings: 'findings',
    result: 'result',
    text: 'text',
    correction: 'correct',
  } as const;
  return [
    kinds[type as keyof typeof kinds] ?? 'choice',
    ...(question.choices.length > 0 ? (['choice'] as const) : []),
  ];
}
