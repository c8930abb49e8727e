// Hears a message as the answer to the open question; says whether it was one.
import type { Frame, Question } from '../conversation.ts';
import { SLOT_KINDS } from '../slots/kinds.ts';
import type { SchoolValue } from '../slots/school.ts';
import { SURE, type Understood } from '../understand/types.ts';
import { begin, cancel, resume } from './begin.ts';
import { chosen } from './choices.ts';
import { correct } from './corrections.ts';
import { askConfirm, askSlot, asksOf, fill, finish, proceed, remember, take } from './frames.ts';
import { close, flowOf, read, type Stage, say } from './stage.ts';
import { miss } from './talk.ts';

const GO_ON = /^(继续|接着|接着说|往下|continue|go on)[吧。!!]*$/iu;
const NO = /^(不|不是|不对|否|不用|别|no|nope)[了的吧。!!]*$/iu;

/** True when the text was taken as an answer (or refused as one, with the question put again). */
export function answer(t: Stage, question: Question, text: string, understood: Understood): boolean {
  if (question.kind === 'confirm') return answerConfirm(t, text, understood);
  if (question.kind === 'slot') return answerSlot(t, question, text, understood);
  if (question.kind === 'meant') return answerMeant(t, question, text);
  if (question.kind === 'resume') return answerResume(t, text, understood);
  return answerSwitch(t, question, text, understood);
}

function answerConfirm(t: Stage, text: string, understood: Understood): boolean {
  const frame = t.c.frame;
  if (!frame) return false;
  const corrected = correct(t, frame, text, understood);
  if (corrected) {
    proceed(t, corrected.doubt);
    return true;
  }
  // "Go on" is not "yes": it asks to see the draft again.
  if (GO_ON.test(text.trim())) {
    askAgain(t);
    return true;
  }
  if (understood.intent === 'flow.confirm') {
    finish(t);
    return true;
  }
  if (understood.intent === 'flow.cancel') {
    cancel(t);
    return true;
  }
  if (NO.test(text.trim()) || /^(修改|改|改一下|写错了|错了|edit|change)$/iu.test(text.trim())) {
    say(t, 'common.edit');
    return true;
  }
  return addToDraft(t, text, understood);
}

/** More of the same, said while the draft waits: it is filled in, and the draft shown again. */
function addToDraft(t: Stage, text: string, understood: Understood): boolean {
  const frame = t.c.frame;
  if (!frame) return false;
  const flow = flowOf(t, frame);
  const same = flow.intents.includes(understood.intent);
  if (!same && !(understood.intent === 'chat.other' && Object.keys(understood.slots).length > 0))
    return false;
  const row = frame.rows[0] ?? {};
  const school = row.school as { name: string } | undefined;
  const elsewhere =
    understood.slots.school !== undefined && school !== undefined && understood.slots.school !== school.name;
  if (elsewhere || understood.intents) return false;
  remember(t, frame);
  const had = row.findings as unknown[] | undefined;
  const doubt = fill(t, frame, 0, understood, text);
  // Findings are added to those that stand, not put in their place.
  if (had && had.length > 0 && Array.isArray(row.findings) && row.findings !== had)
    row.findings = [...had, ...row.findings];
  proceed(t, doubt);
  return true;
}

function answerSlot(t: Stage, question: Question, text: string, understood: Understood): boolean {
  const frame = t.c.frame;
  const name = question.slot;
  const index = question.row ?? 0;
  const row = frame?.rows[index];
  if (!frame || !name || !row) return false;
  const spec = flowOf(t, frame).slots[name];
  if (!spec) return false;
  if (understood.intent === 'flow.cancel' && question.choices.length === 0) {
    cancel(t);
    return true;
  }

  const picked = chosen(text, question.choices) ?? chosen(firstClause(text), question.choices);
  if (picked) return takeChoice(t, question, picked, { understood, text });
  if (understood.intent === 'flow.cancel') {
    cancel(t);
    return true;
  }
  const [likely] = question.choices;
  if (question.about === 'school.slip' && likely && understood.intent === 'flow.confirm')
    return takeChoice(t, question, { choice: likely });
  if (question.about === 'school.slip' && NO.test(text.trim()))
    return takeChoice(t, question, { none: true });
  const about = question.about ? { about: question.about } : {};
  const asks = asksOf(t, row, name, spec, text, true);
  const took = SLOT_KINDS[spec.type].read(understood, asks);
  const other = isOther(t, understood);
  if (other && (took === undefined || 'wrong' in took)) return false;

  remember(t, frame);
  const doubt = took === undefined ? null : take(t, row, index, name, took);
  if (row[name] !== undefined && !doubt && took !== undefined) {
    // Whatever else the answer told is taken too: never ask for what was already said (DESIGN §6).
    const more = fill(t, frame, index, understood, text);
    proceed(t, more);
    return true;
  }
  if (doubt && !doubt.wrong) {
    askSlot(t, frame, doubt, 0);
    return true;
  }
  if (doubt?.wrong) {
    askSlot(
      t,
      frame,
      { ...about, ...doubt, choices: doubt.choices.length > 0 ? doubt.choices : question.choices },
      question.wrong + 1,
    );
    return true;
  }
  const corrected = correct(t, frame, text, understood);
  if (corrected) {
    proceed(t, corrected.doubt);
    return true;
  }
  // Not the answer, but something else the record needs: taken, and the question put again.
  if (!SLOT_KINDS[spec.type].answer && fillRest(t, frame, index, name, { understood, text })) {
    askSlot(t, frame, { row: index, slot: name, choices: question.choices, ...about }, question.wrong);
    return true;
  }
  // "好的" is no finding and no report.
  const bare = understood.intent === 'flow.confirm' ? undefined : SLOT_KINDS[spec.type].answer?.(text, asks);
  const bareDoubt = bare === undefined ? null : take(t, row, index, name, bare);
  if (bare !== undefined && !bareDoubt) {
    proceed(t, null);
    return true;
  }
  const again = bareDoubt ?? {
    row: index,
    slot: name,
    choices: question.choices,
    wrong: { text: 'not-fitting', vars: {} },
  };
  askSlot(
    t,
    frame,
    { ...about, ...again, choices: again.choices.length > 0 ? again.choices : question.choices },
    question.wrong + 1,
  );
  return true;
}

/** A start word of something else, clear enough to leave the question for. */
function isOther(t: Stage, understood: Understood): boolean {
  const frame = t.c.frame;
  if (!frame || understood.confidence < SURE) return false;
  if (['chat.other', 'flow.confirm', 'record.correct'].includes(understood.intent)) return false;
  return !flowOf(t, frame).intents.includes(understood.intent);
}

/** "俩都去了 没啥问题": the choice, and more after it. */
function firstClause(text: string): string {
  return text.trim().split(/[\s,,。;;]+/u)[0] ?? '';
}

type Picked = NonNullable<ReturnType<typeof chosen>>;

/** Takes the chosen value; what else the answer told is taken too. */
export function takeChoice(
  t: Stage,
  question: Question,
  picked: Picked,
  said?: { understood: Understood; text: string },
): boolean {
  const frame = t.c.frame;
  const name = question.slot;
  const index = question.row ?? 0;
  const row = frame?.rows[index];
  if (!frame || !name || !row) return false;
  remember(t, frame);
  if ('none' in picked) {
    askSlot(t, frame, { row: index, slot: name, choices: [] }, 0);
    return true;
  }
  const flow = flowOf(t, frame);
  let filled = [index];
  if ('choice' in picked) setChosen(t, row, name, picked.choice.value);
  else {
    const values = question.choices.map((choice) => choice.value);
    if (values.every(Array.isArray)) row[name] = values.flat();
    else if (flow.repeat) {
      frame.rows.splice(index, 1, ...values.map((value) => ({ ...structuredClone(row), [name]: value })));
      filled = values.map((_, at) => index + at);
    } else {
      askSlot(
        t,
        frame,
        { row: index, slot: name, choices: question.choices, wrong: { text: 'one-only', vars: {} } },
        0,
      );
      return true;
    }
  }
  for (const at of said ? filled : []) fillRest(t, frame, at, name, said as NonNullable<typeof said>);
  proceed(t, null);
  return true;
}

function setChosen(t: Stage, row: Record<string, unknown>, name: string, value: unknown): void {
  row[name] = value;
  const { typed, id } = (value ?? {}) as Partial<SchoolValue>;
  const code = typed && id ? t.facts.book.byId.get(id)?.code : undefined;
  if (typed && code) t.learned[typed] = code;
}

/** Slots other than the one that was asked, and only empty ones: the choice itself is not read twice. */
function fillRest(
  t: Stage,
  frame: Frame,
  at: number,
  asked: string,
  said: { understood: Understood; text: string },
): boolean {
  const before = JSON.stringify(frame.rows[at]);
  for (const [name, spec] of Object.entries(flowOf(t, frame).slots))
    if (name !== asked && frame.rows[at]?.[name] === undefined && spec.type !== 'text')
      fill(t, frame, at, said.understood, said.text, name);
  return JSON.stringify(frame.rows[at]) !== before;
}

function answerMeant(t: Stage, question: Question, text: string): boolean {
  const picked = chosen(text, question.choices);
  if (!picked || 'all' in picked) return false;
  meant(t, question, 'none' in picked ? null : picked.choice.value);
  return true;
}

/** The person said which reading was right: the first words are taken again, as that. */
export function meant(t: Stage, question: Question, value: unknown): void {
  const said = question.text ?? '';
  close(t, t.voice.text('common.over.answered'));
  if (value === null) return say(t, 'common.ask-a-person');
  t.c.misses = 0;
  const understood = read(t, said);
  begin(t, { ...understood, intent: value as Understood['intent'], confidence: 1 }, said); // choices were made from intents
}

function answerResume(t: Stage, text: string, understood: Understood): boolean {
  const said = text.trim();
  if (understood.intent === 'flow.confirm' || GO_ON.test(said)) {
    resume(t);
    return true;
  }
  if (/^(先?放着|先?放一放|不用|等会|待会|稍后|later|not now)/iu.test(said) || NO.test(said)) {
    close(t, t.voice.text('common.over.answered'));
    say(t, 'common.put-aside');
    return true;
  }
  if (understood.intent === 'flow.cancel') {
    resume(t, true);
    cancel(t);
    return true;
  }
  return false;
}

function answerSwitch(t: Stage, question: Question, text: string, understood: Understood): boolean {
  const picked = chosen(text, question.choices);
  if (picked && 'choice' in picked) {
    switchTo(t, question, String(picked.choice.value));
    return true;
  }
  if (understood.intent === 'flow.confirm' || GO_ON.test(text.trim())) {
    switchTo(t, question, 'stay');
    return true;
  }
  return false;
}

/** The draft stays, waits, or goes; then the words that wanted something else are taken, unless it stays. */
export function switchTo(t: Stage, question: Question, how: string): void {
  const said = question.text ?? '';
  close(t, t.voice.text('common.over.answered'));
  const frame = t.c.frame;
  if (how === 'stay' && frame) return askAgain(t);
  if (how === 'drop') cancel(t);
  else if (frame) {
    t.c.aside = [...t.c.aside, frame].slice(-3);
    t.c.frame = null;
  }
  const understood = read(t, said);
  if (understood.intent === 'chat.other') return miss(t, said, understood.candidates);
  for (const reading of understood.intents ?? [understood]) begin(t, reading, said);
}

/** Puts the open frame's question again. */
export function askAgain(t: Stage): void {
  const frame = t.c.frame;
  if (!frame) return;
  const flow = flowOf(t, frame);
  if (t.c.question?.kind === 'confirm') return askConfirm(t, frame, flow);
  proceed(t, null);
}
