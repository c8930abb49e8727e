// What was found is corrected on the record itself, opened as a draft once more: its yes voids the filed one and files it anew.
import type { Frame } from '../../conversation.ts';
import { CANNOT_CHANGE } from '../../slots/records.ts';
import { close, type Stage } from '../stage.ts';

/** True when the doubt is words that no field of the record takes: it is read, and what they make of it is shown. */
export function opensAgain(
  t: Stage,
  frame: Frame,
  { wrong }: { wrong?: { text: string; vars: Record<string, unknown> } },
): boolean {
  const said = wrong?.vars.said;
  const visit = frame.rows[0]?.visit;
  if (wrong?.text !== CANNOT_CHANGE || typeof said !== 'string' || typeof visit !== 'string') return false;
  close(t, t.voice.text('common.over.answered'));
  t.c.frame = null;
  const row = { visit, said };
  t.parts.push({ kind: 'act', action: REOPEN, flow: frame.flow, input: { visit }, row, words: null });
  return true;
}

export const REOPEN = 'visit.reopen';
