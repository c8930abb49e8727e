// Courtesy, and "go on" where no question is open.

import { isGoOn, isHello, isNeither, isNoted, isReceived, isThanks } from '../../short-words.ts';
import { QUIET } from '../draft/aside.ts';
import { askAgain, resume } from '../draft/steps.ts';
import { received } from '../notices/received.ts';
import { type Stage, say } from '../stage.ts';
import { hello } from './greeting.ts';

/** Words of courtesy, and "go on" where no question is open. True when it was one. */
export function smallTalk(t: Stage, text: string): boolean {
  if (t.c.question && t.c.question.kind !== 'meant' && t.c.question.about !== QUIET) return false;
  const unsigned = t.facts.notices.length;
  const unconfirmed = t.facts.unconfirmed.length;
  if (isGoOn(text)) goOn(t, text);
  else if (isThanks(text)) say(t, 'common.welcome');
  else if (isHello(text)) hello(t);
  else if (isNeither(text)) say(t, 'common.ask-a-person');
  else if (isNoted(text) && unsigned > 0) say(t, 'common.unsigned', { unsigned });
  else if (isNoted(text) && unconfirmed > 0) say(t, 'common.unconfirmed', { unconfirmed });
  else if (isReceived(text) && unconfirmed > 0 && unsigned === 0) received(t, text);
  else if (unsigned === 0 && (isNoted(text) || isReceived(text))) say(t, 'common.noted');
  else return false;
  return true;
}

function goOn(t: Stage, text: string): void {
  if (t.c.frame) return askAgain(t);
  if (t.c.aside.length > 0) return resume(t, text);
  say(t, 'common.nothing-open');
}
