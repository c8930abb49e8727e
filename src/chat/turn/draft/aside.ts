// Drafts that wait: put aside, and offered again.
import { ASIDE_KEPT, type Frame, OFFER_AGAIN_MS } from '../../conversation.ts';
import { ask, close, iso, type Stage } from '../stage.ts';
import { rowView } from './drafts.ts';
import { proceed } from './frames.ts';

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

/** Nothing in it was said by the person: "设置", and no more. */
export const isBlank = (frame: Frame): boolean =>
  frame.blank !== undefined && frame.blank === JSON.stringify(frame.rows);

/** Whether it was offered a while ago: not after every word. */
const offeredLately = (t: Stage, { offeredAt }: Frame): boolean =>
  offeredAt !== undefined && t.facts.now.getTime() - Date.parse(offeredAt) < OFFER_AGAIN_MS;

/** After something in between: the open draft is offered, once in a while; else its question simply stands. An empty one is offered once, then it is gone. */
export function offerOpen(t: Stage, open: Frame): void {
  if (open.offeredAt !== undefined && isBlank(open)) {
    close(t, t.voice.text('common.over.put-aside'));
    t.c.frame = null;
  } else if (!offeredLately(t, open)) {
    putAside(t);
    offerAside(t, open);
  }
}

/** After something else was done: what waits is offered likewise. Between offers its answers are still heard. */
export function offerWaiting(t: Stage): void {
  const frame = t.c.aside.at(-1);
  if (!frame || t.c.frame || t.c.question) return;
  if (frame.follows) {
    delete frame.follows;
    t.c.aside.pop();
    t.c.frame = frame;
    return proceed(t, null);
  }
  if (frame.offeredAt !== undefined && isBlank(frame)) t.c.aside.pop();
  else if (offeredLately(t, frame))
    t.c.question = {
      kind: 'resume',
      id: frame.id,
      choices: [],
      wrong: 0,
      askedAt: iso(t),
      card: false,
      about: QUIET,
    };
  else offerAside(t, frame);
}

/** She said that it can wait: it is not asked for again, and not dropped. */
export function waitsOnHerWord(t: Stage): void {
  const frame = t.c.aside.at(-1);
  if (!frame) return;
  delete frame.blank;
  frame.offeredAt = iso(t);
}

/** "先放着", said to the open draft. */
export function leaveForLater(t: Stage): void {
  close(t, t.voice.text('common.over.put-aside'));
  putAside(t);
  waitsOnHerWord(t);
  t.parts.push({ kind: 'text', text: t.voice.text('common.put-aside') });
}

/** About of a question that was not put: the draft was offered a while ago. */
export const QUIET = 'quiet';

/** A frame that was put aside is offered again. */
export function offerAside(t: Stage, frame: Frame): void {
  frame.offeredAt = iso(t);
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
