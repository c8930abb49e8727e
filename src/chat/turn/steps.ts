// What can be done to the open draft whatever it is about: leave it, go one step back, put its question again, take it up again.
import { likeness } from '../slots/waiting.ts';
import { offerAside, title } from './aside.ts';
import { askConfirm } from './drafts.ts';
import { proceed } from './frames.ts';
import { close, flowOf, type Stage, say } from './stage.ts';

/** 取消 leaves whatever is open, always; what is filed already stays and is told how to void. */
export function cancel(t: Stage, { offer = true }: { offer?: boolean } = {}): void {
  const frame = t.c.frame;
  close(t, t.voice.text('common.over.cancelled'));
  t.c.photos = [];
  t.c.misses = 0;
  if (!frame) {
    const put = t.c.aside.pop();
    if (put) return say(t, 'common.cancelled', { what: title(t, put) });
    return say(t, t.c.last ? 'common.cancel-too-late' : 'common.nothing-to-cancel');
  }
  t.c.frame = null;
  say(t, 'common.cancelled', { what: title(t, frame) });
  const next = t.c.aside.at(-1);
  if (next && offer) offerAside(t, next);
}

/** 上一步: the draft as it was before the last thing said. */
export function back(t: Stage): void {
  const frame = t.c.frame;
  const before = frame?.past.pop();
  if (!frame || !before) return say(t, frame ? 'common.no-step-back' : 'common.nothing-open');
  frame.rows = before;
  close(t, t.voice.text('common.over.changed'));
  proceed(t, null);
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
