// The answer to a draft's card: yes, no, a change, or more of the same. Nothing but a plain yes confirms.
import { type Frame, MOST_FINDINGS, MOST_ROWS, type Question, type Row } from '../conversation.ts';
import type { SlotType } from '../scripts/shapes.ts';
import { isEdit, isGoOn, isLater, isNo, isPlainYes } from '../short-words.ts';
import type { SchoolValue } from '../slots/school.ts';
import { isWaitingType } from '../slots/waiting.ts';
import { maskPersonal } from '../understand/mask.ts';
import { type Reading, SURE, type Understood } from '../understand/types.ts';
import { raiseFromDraft } from './alarm.ts';
import { putAside } from './aside.ts';
import { askAgain, cancel } from './begin.ts';
import { correct } from './corrections.ts';
import { askConfirm, confirmed, rowView } from './drafts.ts';
import { askSlot, type Doubt, fill, proceed, remember } from './frames.ts';
import { isOther } from './other.ts';
import { close, flowOf, type Stage, say } from './stage.ts';

export function answerConfirm(t: Stage, question: Question, text: string, understood: Understood): boolean {
  const frame = t.c.frame;
  if (!frame) return false;
  const key = buttonNamed(t, frame, text);
  if (key === 'yes') return taken(confirmed(t, question));
  if (key !== undefined && cardKey(t, key)) return true;
  // "Go on" is not "yes": it asks to see the draft again.
  if (isGoOn(text)) return taken(askAgain(t));
  if (isNo(text) || isEdit(text)) return taken(howToEdit(t));
  if (isLater(text)) return taken(wait(t));
  const corrected = correct(t, frame, text, understood);
  if (corrected) return taken(proceed(t, corrected.doubt));
  if (isYes(text, understood)) return taken(confirmed(t, question));
  if (understood.intent === 'flow.cancel' && understood.confidence >= SURE) return taken(cancel(t));
  if (addToDraft(t, frame, text, understood) || addWords(t, frame, text)) return true;
  if (isOther(t, frame, understood)) return false;
  return taken(unfit(t, frame, question));
}

/** The button of the draft's card whose words were typed. */
function buttonNamed(t: Stage, frame: Frame, text: string): string | undefined {
  const said = text.trim().replaceAll(/[。.!!吧]+$/gu, '');
  const own = t.voice.has(`${frame.flow}.confirm`)
    ? t.voice.card(`${frame.flow}.confirm`, {}).buttons
    : undefined;
  return own?.find((button) => button.text === said)?.key;
}

/** Buttons of a draft's card beside yes and no: `ask:<slot>` asks for one more thing, `show:<text>` tells more of it, `alarm` tells on a danger. */
export function cardKey(t: Stage, key: string): boolean {
  const frame = t.c.frame;
  if (!frame) return false;
  if (key === 'alarm') return raiseFromDraft(t);
  const [what, name = ''] = key.split(':');
  if (what === 'show' && t.voice.has(`${frame.flow}.show.${name}`)) {
    say(t, `${frame.flow}.show.${name}`, rowView(t, frame, frame.rows[0] ?? {}));
    return true;
  }
  if (what !== 'ask' || !flowOf(t, frame).slots[name]) return false;
  askSlot(t, frame, { row: 0, slot: name, choices: [] }, 0);
  return true;
}

function taken(_done: unknown): true {
  return true;
}

/** What can be changed, in the flow's own examples. */
export function howToEdit(t: Stage): void {
  const own = t.c.frame ? `${t.c.frame.flow}.edit` : '';
  say(t, t.voice.has(own) ? own : 'common.edit');
}

function wait(t: Stage): void {
  close(t, t.voice.text('common.over.put-aside'));
  putAside(t);
  say(t, 'common.put-aside');
}

/** Understood as assent, in words that say nothing else. */
export function isYes(text: string, understood: Understood): boolean {
  return understood.intent === 'flow.confirm' && understood.confidence >= SURE && isPlainYes(text);
}

/** What was said fits the draft nowhere: how to answer; then the draft again; then a person (VOICE, rule 10). */
function unfit(t: Stage, frame: Frame, question: Question): void {
  const wrong = question.wrong + 1;
  if (wrong === 1) say(t, 'common.not-fitting-draft');
  else if (wrong === 2) {
    howToEdit(t);
    askConfirm(t, frame, flowOf(t, frame));
  } else say(t, 'common.stuck');
  if (t.c.question) t.c.question.wrong = wrong;
}

/** More of the same, said while the draft waits: it is filled in, and the draft shown again. */
function addToDraft(t: Stage, frame: Frame, text: string, understood: Understood): boolean {
  const flow = flowOf(t, frame);
  const readings = understood.intents ?? [understood];
  const fits = (reading: Reading) =>
    flow.intents.includes(reading.intent) ||
    (['chat.other', 'record.correct', 'flow.confirm'].includes(reading.intent) &&
      !understood.intents &&
      !namesOtherRecord(frame, reading)) ||
    understood.confidence < SURE;
  if (!readings.every(fits)) return false;
  const before = JSON.stringify(frame.rows);
  remember(t, frame);
  let doubt: Doubt | null = null;
  for (const reading of readings) {
    const index = rowFor(frame, reading, flow.repeat);
    if (index === null) continue;
    doubt = merge(t, frame, index, reading, text) ?? doubt;
  }
  if (JSON.stringify(frame.rows) === before && !doubt) {
    frame.past.pop();
    return false;
  }
  proceed(t, doubt);
  return true;
}

/** "另外立了警示牌": more to the words that stand, when it begins like that. */
function addWords(t: Stage, frame: Frame, text: string): boolean {
  const more = /^(?:另外|还有|补充(?:一下|一句)?|再补充|同时|and|also)[,,::\s]*(.{2,})$/iu.exec(
    text.trim(),
  )?.[1];
  const row = frame.rows[0];
  const found = Object.entries(flowOf(t, frame).slots).find(
    ([name, spec]) => spec.type === 'text' && typeof row?.[name] === 'string',
  );
  if (more === undefined || !row || !found) return false;
  remember(t, frame);
  const [name, spec] = found;
  const masked = maskPersonal(more);
  if (masked !== more) frame.masked = true;
  row[name] = `${row[name]};${masked}`.slice(0, spec.max ?? 500);
  proceed(t, null);
  return true;
}

/** "那个一中的写错了" while a draft about another school waits speaks of a record that is filed. */
function namesOtherRecord(frame: Frame, reading: Reading): boolean {
  const from = reading.slots.correct?.field === 'school' ? reading.slots.correct.from : undefined;
  return from !== undefined && !frame.rows.some((row) => schoolName(row) === from);
}

const schoolName = (row: Row) => (row.school as SchoolValue | undefined)?.name;

/** The row that a reading speaks of: that of its school; a new one for a school told of with its own facts; else the last. */
function rowFor(frame: Frame, reading: Reading, repeat: boolean): number | null {
  const { school, school_candidates: among, school_unresolved: unknown } = reading.slots;
  const last = frame.rows.length - 1;
  if (!repeat || (school === undefined && among === undefined && unknown === undefined)) return last;
  const there = frame.rows.findIndex((row) => school !== undefined && schoolName(row) === school);
  if (there >= 0) return there;
  const { date, session, findings, no_findings: none, methods, lessons } = reading.slots;
  const tells = [date, session, findings, none, methods, lessons].some((value) => value !== undefined);
  // A bare name beside a draft of one school corrects it; the card shows it before anything is filed.
  if (!tells) return frame.rows.length === 1 ? 0 : null;
  if (frame.rows.length >= MOST_ROWS) return null;
  frame.rows.push({});
  return last + 1;
}

const pointsAt = (type: SlotType) =>
  isWaitingType(type) || type === 'unsigned-notice' || type === 'recent-visit';

/** Fills a row that may be full already: findings and words are added to, what it is about stays unless it is named. */
function merge(t: Stage, frame: Frame, index: number, reading: Reading, text: string): Doubt | null {
  const flow = flowOf(t, frame);
  const row = frame.rows[index];
  if (!row) return null;
  const had = { ...row };
  const doubt = fill(t, frame, index, reading, text);
  for (const [name, spec] of Object.entries(flow.slots)) {
    const [old, now] = [had[name], row[name]];
    if (old === undefined || old === now) continue;
    if (spec.type === 'findings' && Array.isArray(old) && Array.isArray(now))
      row[name] = [...old, ...now].slice(0, MOST_FINDINGS);
    else if (spec.type === 'text' && typeof now === 'string' && typeof old === 'string')
      row[name] = old.includes(now) ? old : `${old};${now}`.slice(0, spec.max ?? 500);
    else if (pointsAt(spec.type) && reading.slots.rect_no === undefined) row[name] = old;
  }
  return doubt && had[doubt.slot] !== undefined && doubt.slot !== 'school' ? null : doubt;
}
