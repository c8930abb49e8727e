// Which two readings of one message may stand beside each other, and which are one thought that must not be cut.
import type { Reading } from './types.ts';

/** Without a turning word a part must be this sure of itself: halves of one thought seldom are. */
export const SURE = { left: 0.93, right: 0.95 };

/** Whether what follows something greedy is a matter of its own: a question that is turned to, or anything turned to that is sure. */
export function ownMatter(whole: Reading, b: Reading, turned: boolean, asks: boolean): boolean {
  if (turned && asks) return true;
  if (turned) return whole.intent !== 'notice.broadcast' && b.confidence >= SURE.right;
  return whole.intent === 'rect.plan' && asks && b.intent === 'rect.list' && b.confidence >= SURE.right;
}

function isPromise(reading: Reading): boolean {
  const said = reading.slots.content ?? '';
  return (
    /会|将|尽快|马上|抓紧|立即|安排|准备/.test(said) && !/已经?|好了|完了|完毕|换了|修了|完成/.test(said)
  );
}

/** Pairs that are one thought are not cut: findings and their deadline, a review and its reason, an excuse and its wish. */
export function compatible(a: Reading, b: Reading, turned: boolean, right: string): boolean {
  const pair = `${a.intent} ${b.intent}`;
  const other = b.slots.rect_no !== undefined && b.slots.rect_no !== a.slots.rect_no;
  if (!other && /^rect\.(?:evidence|extend_request|plan|appeal) rect\.(?:query|review|plan|list)/.test(pair))
    return false;
  // "不是我们不改,消防公司排队,034能缓缓吗": why more time is asked for
  if (
    !turned &&
    a.slots.rect_no === undefined &&
    !/[那这](?:条|个|项|件)|第[二三四](?:条|个|项)/.test(right) &&
    /^(?:rect\.(?:appeal|evidence)|finding\.report) rect\.extend_request$/.test(pair)
  )
    return false;
  // "到现场核了证件,齐的,030可以销号": a visit that only tells how it was checked
  if (pair === 'visit.log rect.review' && !a.slots.no_findings && !a.slots.findings && !a.slots.lessons)
    return false;
  // "对整改通知不服,几天内能申诉": what the rule is asked for
  if (!turned && /^(?:rect\.appeal|comp\.avoidance|finding\.report|opinion\.log) rule\.query$/.test(pair))
    return false;
  // "030号不是改完了嘛,我再发一遍照片": asked only to be answered by doing it
  if (!other && /^rect\.query rect\.(?:evidence|plan|extend_request)$/.test(pair)) return false;
  // "提醒二中,031号明天到期": why they are reminded
  if (a.intent === 'rect.remind' && /^rect\.(?:query|list|issue|evidence|plan)$/.test(b.intent)) return false;
  // "已收到,会尽快安排整改": what one is going to do is no evidence, and belongs to the receipt
  if (
    a.intent === 'notice.ack' &&
    b.intent === 'rect.evidence' &&
    b.slots.rect_no === undefined &&
    isPromise(b)
  )
    return false;
  // "31号整改通知收到,我们明天就换"
  if (pair === 'notice.ack rect.plan' && a.slots.rect_no !== undefined && b.slots.rect_no === undefined)
    return false;
  if (a.intent === 'notice.ack')
    return /^rect\.(?:evidence|extend_request|plan|list|query|appeal)|^rule|^visit/.test(b.intent);
  if (/^(?:finding|rect|visit)/.test(a.intent) && b.intent === 'rect.issue') return false;
  const own = b.slots.school !== undefined || b.slots.rect_no !== undefined || b.slots.schools !== undefined;
  if (/^(?:finding|visit)/.test(a.intent) && b.intent === 'rect.review' && !own) return false;
  return !(a.intent === 'finding.report' && b.intent === 'visit.log');
}
