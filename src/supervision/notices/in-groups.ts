// What must not stand in a group (DOMAIN §2.9): no demand to answer there, at once or in a chain; no school named with its problem.

export interface GroupFault {
  why: 'hurried' | 'names';
  /** The text as it might stand there; empty when nothing of it is left. */
  proposal: string;
}

const AT_ONCE = '(?:立即|立刻|马上|第一时间|尽快|火速|迅速|赶紧|速速?)';
const ANSWER = '(?:回复|回执|回个?话|回信|答复|反馈|确认|签收|扣\\s*1|回\\s*1|冒泡)';
/** Clauses that ask for an answer in the group; "+1" and chains of replies among them. */
const DEMANDS = new RegExp(
  `收到(?:后|的|此?通知后?|者)*(?:请|务必|须|要|都|均|各位|及时|${AT_ONCE})*${ANSWER}|(?:请|务必|须)(?:各位|大家|所有人|全体)?(?:都|均|及时)*(?:回复|回)(?:一下)?收到|${AT_ONCE}${ANSWER}|(?:请|务必|须)(?:各位|大家|都|均|在群里?|群内|及时)*(?:回复|回执|扣\\s*1|接龙)|接龙|秒回|速回|扣\\s*1|reply (?:at once|immediately|now|asap)|please reply|\\+1`,
  'iu',
);
/** To hand something in at once: it may be asked for, with a day. */
const HAND_IN = new RegExp(`${AT_ONCE}(?=(?:上报|报送|报|提交|交|填报|填))`, 'gu');
const PROBLEM =
  /整改|逾期|超期|未(?:交|报|完成|按|达|整)|没(?:有)?(?:交|报|完成|按|改)|不(?:合格|达标|到位|及格|规范|足)|问题|隐患|通报|批评|落后|倒数|最后一名|迟交|缺(?:席|交|报)|违规|过期|事故|投诉|举报|扣分|overdue|problem|missing|late/iu;

/** Null: it may be posted. `schools`: every name that a school is called by; `byWhen`: a day to propose in the place of "at once". */
export function groupFault(content: string, schools: readonly string[], byWhen: string): GroupFault | null {
  const hurried = DEMANDS.test(content) || content.search(HAND_IN) >= 0;
  const named = PROBLEM.test(content)
    ? schools.filter((name) => name.length > 2 && content.includes(name))
    : [];
  if (!hurried && named.length === 0) return null;
  let proposal = hurried ? calm(content, byWhen) : content;
  for (const name of [...named].sort((a, b) => b.length - a.length))
    proposal = proposal.replaceAll(name, SOME);
  proposal = proposal.replaceAll(new RegExp(`${SOME}(?:[、,，和与及]\\s*${SOME})+`, 'gu'), SOME);
  return { why: hurried ? 'hurried' : 'names', proposal };
}

const SOME = '有关学校';

/** Without the clauses that demand an answer; what is to be handed in gets its day. */
function calm(content: string, byWhen: string): string {
  const kept = content
    .replaceAll(HAND_IN, `于${byWhen}前`)
    .split(/(?<=[,，。;；!！\n])/u)
    .filter((clause) => !DEMANDS.test(clause))
    .join('')
    .trim()
    .replace(/[,，;；、]+$/u, '');
  return kept === '' || /[\p{P}]$/u.test(kept) ? kept : `${kept}。`;
}
