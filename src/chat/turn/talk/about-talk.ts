// Words about the talk itself: help, leaving it, a confirmation with nothing to confirm, words that nobody understands.
import type { Intent } from '../../understand/types.ts';
import { offerOpen } from '../draft/aside.ts';
import { meansToLeave } from '../draft/leaving.ts';
import { askAgain, cancel, resume } from '../draft/steps.ts';
import { read, type Stage, say } from '../stage.ts';
import { help } from './greeting.ts';
import { miss } from './talk.ts';

/** Words about the talk itself, when no question is open that they answer. True when it was one. */
export function aboutTheTalk(t: Stage, intent: Intent, text: string): boolean {
  if (intent === 'help.show') help(t);
  else if (intent === 'flow.cancel') leave(t, text);
  else if (intent === 'flow.confirm') nothingToConfirm(t);
  else if (intent === 'chat.other') miss(t, text, []);
  else return false;
  const open = t.c.frame;
  if (open && intent === 'help.show') offerOpen(t, open);
  return true;
}

function leave(t: Stage, text: string): void {
  const { intents: _, ...whole } = read(t, text); // what else the message asks for is answered by itself
  if (meansToLeave(t, text, { ...whole, intent: 'flow.cancel', confidence: 1 })) cancel(t);
  else miss(t, text, []);
}

function nothingToConfirm(t: Stage): void {
  if (t.c.frame) return askAgain(t);
  if (t.c.aside.length > 0) return resume(t);
  say(t, t.c.last ? 'common.confirmed-already' : 'common.nothing-to-confirm');
}
