// Two pieces that read as two intents and yet are one thought: a finding and its deadline, a review and its reason, an excuse and its wish.
import type { Weighed } from '../intent/choose.ts';

const PROMISE = /会|将|尽快|马上|抓紧|立即|安排|准备|照办|执行|落实|参[加会]|准时|到场|准?到$/;
const DONE = /已经?(?!安排|布置|落实)|好了|完了|完毕|换了|修了|完成/;

/** What was the matter with a record, or with that day: no act, and nothing that is asked. */
const WHY_VOID =
  /^(?!.*(?:另|再|重新|补|应该|应当|顺便|[?吗]|查|导|发我|哪|几))(?:(?:那|当)[天次回]|学校(?:那|当)天|我(?:那|当)天|我?(?:开|写|录|记|填|选|发)(?:错|重|岔)了?|人[是都]?)[^;]*$|^(?!.*(?:谁|哪|[?吗]|还没))[^,.;]{2,14}[没未](?:去|到|督导?|成|来)[过成了]?$/;

/** Whether the right piece only goes on with the left one's matter. */
export function oneThought(a: Weighed, b: Weighed, turned: boolean): boolean {
  const pair = `${a.intent} ${b.intent}`;
  const [no, otherNo] = [a.e.notices[0]?.no, b.e.notices[0]?.no];
  const other = otherNo !== undefined && otherNo !== no;
  const school = b.e.schools.some((s) => s.code && !a.e.schools.some((x) => x.code === s.code));
  // "028交了,您审了没": asked of what was handed in
  if (!other && /^rect\.(?:evidence|extend_request|plan|appeal) rect\.(?:query|review|plan)/.test(pair))
    return true;
  // "不是我们不改,消防公司排队,034能缓缓吗": why more time is asked for
  if (
    !turned &&
    no === undefined &&
    !/[那这](?:条|个|项|件)|第[二三四](?:条|个|项)/.test(b.e.text) &&
    /^(?:rect\.(?:appeal|evidence)|finding\.report) rect\.extend_request$/.test(pair)
  )
    return true;
  // "阳光园那条作废,那天是私事过去的", "036作废吧,开错学校了": why it should go
  if (a.intent === 'record.void' && b.e.notices.length === 0 && !turned && WHY_VOID.test(b.e.text))
    return true;
  // "对整改通知不服,几天内能申诉": what the rule is asked for
  if (!turned && /^(?:rect\.appeal|comp\.avoidance) rule\.query$/.test(pair)) return true;
  // "030号不是改完了嘛,我再发一遍照片": asked only to be answered by doing it
  if (!other && !turned && /^rect\.query rect\.(?:plan|extend_request)$/.test(pair)) return true;
  // "提醒二中,031号明天到期": why they are reminded
  if (
    a.intent === 'rect.remind' &&
    !other &&
    !school &&
    /^rect\.(?:query|issue|evidence|plan)$/.test(b.intent)
  )
    return true;
  // "已收到,会尽快安排整改": what one is going to do is no evidence, and belongs to the receipt
  if (a.intent === 'notice.ack' && !other && /^rect\.(?:evidence|plan)$/.test(b.intent))
    return PROMISE.test(b.e.text) && !DONE.test(b.e.text) && !b.e.dates.length && b.e.text.length < 12;
  // "知道了,但围墙不是我们的": who only knows of it and objects has signed for nothing
  if (pair === 'notice.ack rect.appeal') return !/收|签/.test(a.e.text);
  // "033复查不合格,再给他们五天": till when it is to be put right after all
  if (pair === 'rect.review rect.extend_decide' && !other && !school)
    return /^(?:再|就|先)?给(?:他们?|她们?|学校|园里)?(?:再)?[^,.;]{1,4}(?:天|周|日|星期|礼拜)(?:时间|期限)?(?:整?改)?$/.test(
      b.e.text,
    );
  // "整改报上来写得漂亮,到班上一问还是没上,退回去": what was seen of it is why
  if (
    pair === 'finding.report rect.review' &&
    !other &&
    !school &&
    /整改|材料|复查|报上来|交上来/.test(a.e.text)
  )
    return true;
  // a limit, or a word of what was found, is no verdict on an older notice
  if (
    !other &&
    !school &&
    /^(?:finding\.report|visit\.log|rect\.issue|opinion\.log|lesson\.log) rect\.(?:review|extend_decide)$/.test(
      pair,
    )
  )
    return !/[那这]条|[那这]个|单子|通过|销|延|合格|整改/.test(b.e.text);
  return /^(?:finding\.report|rect\.issue) visit\.log$/.test(pair) && !school;
}
