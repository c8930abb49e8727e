// Whether words of leaving are meant for the draft, or for a part of it: a draft is never lost to "幼儿园园长就不用了".
import { isCancel, isGoOn } from '../../short-words.ts';
import { SURE, type Understood } from '../../understand/types.ts';
import { read, type Stage } from '../stage.ts';
import { title } from './aside.ts';

/** Words of leaving, of pointing at what was just said, and of what the bot's drafts are. */
const ABOUT_LEAVING =
  /算了|不[要用弄办填登发写搞提说做交报]了?|不想|取消|撤[销回掉]?|[删拿]掉?|作废|退出|放弃|刚才|刚刚|之前|上面|前面|[那这]|[条个份次件事]|一下|记录|草稿|通知|登记|督导|整改|申请|延期|异议|提交|[我先就都全的了吧啊呢哈把给掉发弄办填写录说错请]|[\s\p{P}]/gu;

/** Without one of these nothing is left: "刚才的记录先发了吧" wants the opposite. */
const LEAVES = /算|不|别|取消|撤|删|拿|去掉|作废|退出|放弃|停|扔|丢|清|废/u;

/**
 * Sure words of leaving that say nothing else, or name what the draft is about ("东关那个不要了"). Whoever names something
 * else in the same breath wants that gone or changed, not the whole draft.
 */
export function meansToLeave(t: Stage, said: string, understood: Understood): boolean {
  if (isGoOn(said)) return false;
  if (saysNotDone(t, said)) return true;
  // "等等 先问下二实小上次的问题": who asks something in the same breath leaves nothing yet.
  if (understood.intents) return false;
  if (understood.intent !== 'flow.cancel' || understood.confidence < SURE) return false;
  const draft = t.c.frame ?? t.c.aside.at(-1);
  const rest = said.replaceAll(ABOUT_LEAVING, '');
  if (/\p{Script=Han}/u.test(said) && !LEAVES.test(said)) return false;
  if (!draft || !/\p{Script=Han}/u.test(said) || [...rest].length <= 1) return true;
  const { school } = understood.slots;
  const about = `${title(t, draft)}${JSON.stringify(draft.rows)}`;
  return about.includes(rest) || (school !== undefined && about.includes(school));
}

/** "这条不要了 对了我还差几所": what is said after the draft is left; null: it is not left, or nothing else is said. */
export function leavesFirst(t: Stage, said: string, { intents = [] }: Understood): string | null {
  const more = intents.some(({ intent }) => intent === 'flow.cancel');
  const at = said.search(/[,\uff0c。;\uff1b\s]/u);
  const head = said.slice(0, at);
  // A mere sigh may be about anything.
  if (!t.c.frame || !more || at < 0 || /^(?:算了|等.*)$/u.test(head)) return null;
  return isCancel(head) || meansToLeave(t, head, read(t, head)) ? said.slice(at + 1).trim() : null;
}

/** "算了 不延了", "不发了": one doing that is not to be. */
const NOT_DONE =
  /^(?:算了|那|哦|嗯|好吧|还是|就|先)*[,\uff0c\s]*(?:我们?|还是|就|先|也)*不(?:用|想|再)?(.{1,2}?)了[吧啊呀。.!\uff01]*$/u;

/** Said to a draft that is named by what it does: that it is not to be done. */
function saysNotDone(t: Stage, said: string): boolean {
  const [, doing = ''] = NOT_DONE.exec(said.trim()) ?? [];
  const draft = t.c.frame ?? t.c.aside.at(-1);
  if (doing === '' || !draft || doing === '改') return false;
  return [...title(t, draft).replace(/[(\uff08].*$/u, '')].some((char) => doing.includes(char));
}
