// Drafts that wait: put aside, and offered again.
import { ASIDE_KEPT, type Frame } from '../conversation.ts';
import { rowView } from './drafts.ts';
import { ask, type Stage } from './stage.ts';

/** A draft in words: `督导记录(东关小学)`. */
export function title(t: Stage, frame: Frame): string {
  return t.voice.text(`${frame.flow}.title`, rowView(t, frame, frame.rows[0] ?? {}));
}

/** The open draft waits; its question is for the caller to close. */
export function putAside(t: Stage): void {
  if (!t.c.frame) return;
  t.c.aside = [...t.c.aside, t.c.frame].slice(-ASIDE_KEPT);
  t.c.frame = null;
}

/** A frame that was put aside is offered again. */
export function offerAside(t: Stage, frame: Frame): void {
  ask(
    t,
    { kind: 'resume', choices: [], wrong: 0 },
    {
      title: t.voice.text('common.resume', { what: title(t, frame) }),
      buttons: [
        { key: 'yes', text: t.voice.text('common.button.go-on'), style: 1 },
        { key: 'no', text: t.voice.text('common.button.later'), style: 2 },
      ],
    },
  );
}
