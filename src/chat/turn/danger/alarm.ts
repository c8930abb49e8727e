// 立即上报: a danger that stands in a draft is told on at once; the draft waits meanwhile with all it holds (DOMAIN §3 f).
import { putAside } from '../draft/aside.ts';
import { finish } from '../draft/drafts.ts';
import { openFrame } from '../draft/frames.ts';
import { close, type Stage } from '../stage.ts';
import { alarmFlow, dangersIn } from './dangers.ts';

/** Whether these words are those of the button. */
export const saysAlarm = (t: Stage, said: string): boolean =>
  said.trim().replaceAll(/[。.!\uff01]+$/gu, '') === t.voice.text('common.button.alarm');

/** Tells on what the open draft says of a danger, school by school. True when it did. */
export function raiseFromDraft(t: Stage): boolean {
  const frame = t.c.frame;
  const flow = alarmFlow(t);
  const told = frame ? dangersIn(t, frame) : [];
  if (!frame || !flow || told.length === 0) return false;
  frame.danger = false; // told: it is not offered once more
  close(t, t.voice.text('common.over.put-aside'));
  putAside(t);
  for (const row of told) {
    t.c.frame = openFrame(t, flow, [row]);
    finish(t);
  }
  return true;
}
