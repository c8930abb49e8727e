// 收到: a rectification notice is signed for, a notice of the office is confirmed; when both wait, which is meant is asked.
import { noticeTitle } from '../../../supervision/notices/list.ts';
import type { Choice } from '../../conversation.ts';
import { likeness } from '../../slots/likeness.ts';
import { MOST_CHOICES } from '../../slots/slot.ts';
import type { Reading } from '../../understand/types.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { choiceButtons } from '../draft/buttons.ts';
import { openFrame, proceed } from '../draft/frames.ts';
import { ask, readNamed, type Stage, say } from '../stage.ts';

/** True when it was taken; false: only rectification notices can be meant, and their own flow sees to it. */
export function whichReceived(t: Stage, reading: Reading, text: string): boolean {
  const { notices: unsigned, unconfirmed } = t.facts;
  if (unconfirmed.length === 0 || reading.slots.rect_no !== undefined) return false;
  const named = unconfirmed.filter(({ content }) => likeness(noticeTitle(content), text) >= 0.2);
  if (unsigned.length === 0 || named.length > 0) {
    received(t, text);
    return true;
  }
  if (/签收|整改|落实|马上(?:改|换|修)|sign/iu.test(text)) return false;
  whichNotice(t);
  return true;
}

/** Asks which of all that waits is meant. */
export function whichNotice(t: Stage): void {
  const { notices: unsigned, unconfirmed } = t.facts;
  const choices: Choice[] = [
    ...unconfirmed.map(({ id, content }) => ({
      label: noticeTitle(content),
      value: `confirm-notice?notice=${id}`,
    })),
    ...unsigned.map(({ id, no }) => ({ label: no, value: `sign-notice?notice=${id}` })),
  ].slice(0, MOST_CHOICES);
  ask(
    t,
    { kind: 'start', choices, wrong: 0 },
    { title: t.voice.text('common.which-received'), ...choiceButtons(t, choices) },
  );
}

/** Confirms what waits of the office's notices: the only one, the one that was named, or asks which. */
export function received(t: Stage, text: string): void {
  const flow = t.deps.scripts.flows.get('confirm-notice');
  if (!flow) return;
  const named = t.facts.unconfirmed.filter(({ content }) => likeness(noticeTitle(content), text) >= 0.2);
  const all = /都|全部|all/iu.test(text) ? t.facts.unconfirmed : named;
  t.c.frame = openFrame(t, flow, [all.length > 0 ? { notice: all.map(({ id }) => id) } : {}]);
  proceed(t, null);
}

const SIGNED =
  /^(?:那|另(?:外)?(?:的)?[一那]?[个份条]|剩下的?|[那这][个份条]|都|也|全部?|已经?)*签(?:收)?(?:了|过了|好了|吧|掉)+[。.]*$/u;

/** "都签了", "另一个也签了" from a head: of the notices that wait for it, and no work that was done. True when it was heard so. */
export function saysSigned(t: Stage, said: string): boolean {
  const flow =
    t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles) && t.deps.scripts.flows.get('sign-notice');
  if (!flow || t.c.frame || !SIGNED.test(said)) return false;
  if (t.facts.notices.length === 0) say(t, 'common.notices.none');
  else beginFlow(t, flow, [readNamed(t, said)], said);
  return true;
}
