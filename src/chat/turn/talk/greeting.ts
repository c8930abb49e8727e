// What the bot says first, and when asked what it can do: what waits for this person, how near it is, and what to type. What is left
// of the month is read when it is said (work.waiting), not with each message.
import { wallOf } from '../../../supervision/notices/send.ts';
import { AWAITS_REVIEW, SCHOOL_OWES, type WaitingFinding } from '../../facts.ts';
import { WAITING } from '../../slots/waiting.ts';
import { type Stage, say } from '../stage.ts';
import { side } from './side.ts';

/** Something is open, or put aside. */
const hasDraft = (t: Stage) => t.c.frame !== null || t.c.aside.length > 0;

/** What of it her turn knows already, in numbers and with the nearest of it. */
function known(t: Stage) {
  const { findings, notices, unconfirmed } = t.facts;
  const owed = findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  const [nearest] = unconfirmed
    .flatMap(({ dueAt }) => (dueAt === null ? [] : [new Date(dueAt)]))
    .filter((at) => at > t.facts.now)
    .sort((a, b) => a.getTime() - b.getTime());
  return {
    unsigned: notices.length,
    unconfirmed: unconfirmed.length,
    /** The nearest moment until which a notice wants its 收到. */
    confirmBy: nearest ? wallOf(t.facts.office, nearest) : '',
    owed: owed.length,
    next: nextOf(owed, t.facts.today.toString()),
    review: findings.filter((one) => !one.mineToFix && AWAITS_REVIEW.has(one.state)).length,
    extensions: findings.filter(WAITING['extension-requests']).length,
    objections: findings.filter(WAITING.objections).length,
    draft: hasDraft(t),
  };
}

/** Of what a school owes, that which is due first; the findings of a turn come in the order of their days. */
function nextOf(owed: readonly WaitingFinding[], today: string) {
  const next = owed.find(({ due }) => due !== null);
  if (!next?.due) return null;
  return { text: next.text, due: next.due, late: next.due < today, isToday: next.due === today };
}

/** Says `text` of bot-scripts with what waits for her. */
function sayWaiting(t: Stage, text: string): void {
  t.parts.push({
    kind: 'act',
    action: 'work.waiting',
    flow: 'to-do',
    input: {},
    row: known(t),
    words: text,
    quiet: true,
  });
}

/** "帮助": what she can have done here, and what waits. */
export function help(t: Stage): void {
  sayWaiting(t, `common.help.${side(t)}`);
}

/** "您好": what waits, and what to type. */
export function hello(t: Stage): void {
  sayWaiting(t, `common.greeting.${side(t)}`);
}

/** On entering, at most once a day (DESIGN, PROTOCOL §3 enter_agent). */
export function greet(t: Stage): void {
  const today = t.facts.today.toString();
  if (t.c.greetedOn === today) return;
  t.c.greetedOn = today;
  hello(t);
}

/** What may be asked about by name, so that each help fits on a phone. */
const TOPICS: Readonly<Partial<Record<ReturnType<typeof side>, readonly (readonly [RegExp, string])[]>>> = {
  office: [
    [/通知|回执|名单|notice/iu, 'notices'],
    [/整改|逾期|约谈|rectif/iu, 'rectification'],
    [/统计|文件|台账|figure|file/iu, 'figures'],
    [/群|group/iu, 'groups'],
    [/月|month/iu, 'month'],
    [/名册|设置|交接|人员|roster|setting/iu, 'roster'],
  ],
  inspector: [
    [/整改|复核|回头看|逾期|rectif|review/iu, 'own-rectification'],
    [/计划|安排|学校|plan|school/iu, 'plans'],
    [/文件|台账|导出|统计|file|ledger/iu, 'files'],
  ],
};

/** "帮助通知", "help notices". False: it is no topic of hers. */
export function helpOn(t: Stage, text: string): boolean {
  const asked = /^(?:帮助|help)[\s,\uff0c:\uff1a]*(?:on |with |about )?(.{1,12})$/iu.exec(text.trim())?.[1];
  const topic = asked === undefined ? undefined : TOPICS[side(t)]?.find(([words]) => words.test(asked))?.[1];
  if (topic === undefined) return false;
  say(t, `common.help-on.${topic}`);
  return true;
}
