// What can be done to the open draft whatever it is about: leave it, go one step back, put its question again, take it up again.
import { DROPPED_KEPT_MS } from '../../conversation.ts';
import { likeness } from '../../slots/likeness.ts';
import { close, flowOf, iso, type Stage, say } from '../stage.ts';
import { isBlank, offerAside, title } from './aside.ts';
import { askConfirm } from './drafts.ts';
import { proceed } from './frames.ts';

/** 取消 leaves whatever is open, always, and a slip is taken back by 上一步; what is filed already stays and is told how to void. */
export function cancel(t: Stage, { offer = true }: { offer?: boolean } = {}): void {
  const open = t.c.frame;
  close(t, t.voice.text('common.over.cancelled'));
  t.c.photos = [];
  t.c.misses = 0;
  const gone = open ?? t.c.aside.pop();
  if (!gone) return say(t, t.c.last ? 'common.cancel-too-late' : 'common.nothing-to-cancel');
  t.c.frame = null;
  t.c.dropped = isBlank(gone) ? null : { ...gone, touchedAt: iso(t) };
  say(t, 'common.cancelled', { what: title(t, gone), back: offer && t.c.dropped !== null });
  const next = t.c.aside.at(-1);
  if (open && next && offer) offerAside(t, next);
}

/** 上一步: the draft as it was before the last thing said; where none is open, the one that was cancelled a moment ago. */
export function back(t: Stage): void {
  const frame = t.c.frame;
  if (!frame) return restore(t) ? undefined : say(t, 'common.nothing-open');
  const before = frame.past.pop();
  if (!before) return say(t, 'common.no-step-back');
  frame.rows = before;
  close(t, t.voice.text('common.over.changed'));
  proceed(t, null);
}

/** The draft that was cancelled a moment ago is open again. False: there is none. */
export function restore(t: Stage): boolean {
  const { dropped } = t.c;
  const kept = dropped && t.facts.now.getTime() - Date.parse(dropped.touchedAt) < DROPPED_KEPT_MS;
  if (!kept) return false;
  close(t, t.voice.text('common.over.answered'));
  t.c.dropped = null;
  t.c.frame = dropped;
  proceed(t, null);
  return true;
}

/** Puts the open draft's question again. */
export function askAgain(t: Stage): void {
  const frame = t.c.frame;
  if (!frame) return;
  if (t.c.question?.kind === 'confirm') return askConfirm(t, frame, flowOf(t, frame));
  proceed(t, null);
}

/**
 * Takes up the frame that was put aside and is named ("东关那个接着弄"), else the newest. A card's button that named it
 * whole is long past: it confirms like any.
 */
export function resume(t: Stage, said = ''): void {
  close(t, t.voice.text('common.over.answered'));
  const frame = t.c.aside.findLast((one) => likeness(title(t, one), said) > 0) ?? t.c.aside.at(-1);
  if (!frame) return;
  t.c.aside = t.c.aside.filter((one) => one !== frame);
  t.c.frame = frame;
  proceed(t, null);
}
