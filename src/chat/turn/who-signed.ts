// "谁还没签收" from the office: the word is said of rectification notices and of the office's own; which are meant is seen from what is open.
import { noticeTitle } from '../../supervision/notices/list.ts';
import type { Row } from '../conversation.ts';
import type { Flow } from '../scripts/shapes.ts';
import { likeness } from '../slots/waiting.ts';
import type { Stage } from './stage.ts';

const UNSIGNED =
  /(?:谁|哪|几|多少|还有).{0,10}(?:没|未)(?:有)?签(?:收)?|(?:没|未)签收的|签收(?:情况|了没|了吗)/u;

/** Of rectification notices, unless a notice of the office is named; then of its receipts. */
export function signedRow(t: Stage, said: string): { flow: Flow; row: Row } | null {
  const flow = t.deps.scripts.flows.get('unsigned-notices');
  if (!flow?.roles.some((role) => t.facts.person.roles.includes(role)) || !UNSIGNED.test(said)) return null;
  const notices = t.facts.ofOffice?.notices ?? [];
  const [named] = notices.filter(({ content }) => likeness(noticeTitle(content), said) >= 0.25);
  const receipts = t.deps.scripts.flows.get('notice-status');
  if (named && receipts) return { flow: receipts, row: { notice: named.id } };
  if (/回执|会议/u.test(said)) return null;
  return { flow, row: /整改/u.test(said) ? { kind: 'rect' } : {} };
}
