// Words of the office that may be meant of rectification notices, of records or of its own notices: which, is seen from what is open and what was done last.
import { noticeTitle } from '../../../supervision/notices/list.ts';
import type { Row } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import { likeness } from '../../slots/likeness.ts';
import type { Reading } from '../../understand/types.ts';
import type { Stage } from '../stage.ts';
import { askedLately } from '../talk/asked-on.ts';

const UNSIGNED =
  /(?:谁|哪|几|多少|还有).{0,10}(?:没|未)(?:有)?签(?:收)?|(?:没|未)签收的|签收(?:情况|了没|了吗)/u;

/** "再催一下没回执的": of a notice, not of a school's rectification. */
const CHASED =
  /(?:催|提醒|督促).{0,10}(?:没|未)(?:有)?(?:交|发)?(?:回执|回复|回的|回$|确认|反馈)|(?:没|未)(?:有)?(?:回执|回复|回|确认)的.{0,8}(?:催|提醒|盯)|催.{0,4}回执/u;
/** How long after a notice went out "刚才那条写错了" is said of it. */
const JUST_MS = 60 * 60_000;

/** Who confirmed what the office sent to many: "谁还没回执". What an inspector's own record came to is hers to ask. */
const OF_MANY =
  /回执|回复|会议?通知|群发|谁|哪[些几个]|几[所个]|多少|全[体区县]|各(?:校|位|学校|校长)|名单|\b(?:who|which|receipts?|everyone|all)\b/iu;

/** An inspector asks what only the office knows of its notices to many. */
export const asksOfMany = (flow: Flow | null | undefined, text: string): boolean =>
  flow?.flow === 'record-sent' && OF_MANY.test(text);

/** What the office asks of its notices by words of its own. */
export function ofNotices(t: Stage, said: string): Asked | null {
  return chasedRow(t, said) ?? signedRow(t, said);
}

function chasedRow(t: Stage, said: string): Asked | null {
  const flow = flowOfHers(t, 'chase-notice');
  if (!flow || /整改/u.test(said)) return null;
  return CHASED.test(said) || (BARE_CHASE.test(said.trim()) && speaksOfNotice(t)) ? { flow, row: {} } : null;
}

/** "催一下", which names neither a school nor a receipt. */
const BARE_CHASE =
  /^(?:再|都|那|帮我|麻烦|给我)*(?:催|提醒)(?:[一再]?下|一?催|[他她]们|大家|吧|啊|各位)*[。.!\uff01]?$/u;
const OF_RECEIPTS: ReadonlySet<string> = new Set([
  'notice-status',
  'sent-notices',
  'notice-phones',
  'notice-export',
]);

/** She asked after a notice a moment ago, or has just sent one and asked of nothing since. */
function speaksOfNotice(t: Stage): boolean {
  const asked = askedLately(t);
  const sent = t.c.last?.flow === 'broadcast' ? t.c.last.at : null;
  if (asked && (sent === null || asked.at > sent)) return OF_RECEIPTS.has(asked.flow);
  return sent !== null && t.facts.now.getTime() - Date.parse(sent) < JUST_MS;
}

/** "刚才那条写错了,应该是下周四" after a notice: it is the notice that is taken back and put right. */
export function wrongNotice(t: Stage, { intent, slots }: Reading, text: string): Flow | null {
  const { last } = t.c;
  if (intent === 'notice.broadcast' && putsRight(t, text)) return flowOfHers(t, 'recall-notice');
  if (
    intent !== 'record.correct' ||
    last?.flow !== 'broadcast' ||
    slots.school ||
    slots.correct?.field === 'school'
  )
    return null;
  const age = t.facts.now.getTime() - Date.parse(last.at);
  return age < JUST_MS ? flowOfHers(t, 'recall-notice') : null;
}

const AGAIN = /重发|重新发|再发(?:一)?[次遍下条]/u;
const CHANGED = /改[成到为在]?|换成|应[为是]|错了|不对/u;
/** Whom a notice goes to, and where its words begin: such is one of its own. */
const OF_ITS_OWN =
  /^(?:通知|发(?:个|条)?通知)|(?:给|通知).{0,12}(?:校长|园长|督学|学校|组长|各位)|[:\uff1a]/u;
const SINCE_MS = 24 * 60 * 60_000;

/** "时间改成后天下午三点,重发一下", of what went out since yesterday: sent as it stands it would tell nobody anything. */
function putsRight(t: Stage, text: string): boolean {
  const newest = t.facts.ofOffice?.notices[0];
  if (!newest || !AGAIN.test(text) || !CHANGED.test(text) || OF_ITS_OWN.test(text.trim())) return false;
  return Math.abs(t.facts.now.getTime() - Date.parse(newest.sendAt)) < SINCE_MS;
}

interface Asked {
  flow: Flow;
  row: Row;
}

function flowOfHers(t: Stage, name: string): Flow | null {
  const flow = t.deps.scripts.flows.get(name);
  return flow?.roles.some((role) => t.facts.person.roles.includes(role)) ? flow : null;
}

/** Of rectification notices, unless a notice of the office is named; then of its receipts. */
function signedRow(t: Stage, said: string): Asked | null {
  const flow = flowOfHers(t, 'unsigned-notices');
  if (!flow || !UNSIGNED.test(said)) return null;
  const notices = t.facts.ofOffice?.notices ?? [];
  const [named] = notices.filter(({ content }) => likeness(noticeTitle(content), said) >= 0.25);
  const receipts = t.deps.scripts.flows.get('notice-status');
  if (named && receipts) return { flow: receipts, row: { notice: named.id } };
  if (/回执|会议/u.test(said)) return null;
  return { flow, row: /整改/u.test(said) ? { kind: 'rect' } : {} };
}
