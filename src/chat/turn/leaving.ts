// Whether words of leaving are meant for the draft, or for a part of it: a draft is never lost to "幼儿园园长就不用了".
import { SURE, type Understood } from '../understand/types.ts';
import { title } from './aside.ts';
import type { Stage } from './stage.ts';

/** Words of leaving, of pointing at what was just said, and of what the bot's drafts are. */
const ABOUT_LEAVING =
  /算了|不[要用弄办填登发写搞提说做交报]了?|不想|取消|撤[销回掉]?|[删拿]掉?|作废|退出|放弃|刚才|刚刚|之前|上面|前面|[那这]|[条个份次件事]|一下|记录|草稿|通知|登记|督导|整改|申请|延期|异议|提交|[我先就都全的了吧啊呢哈把给掉发弄办填写录说错请]|[\s\p{P}]/gu;

/**
 * Sure words of leaving that say nothing else, or name what the draft is about ("东关那个不要了"). Whoever names something
 * else in the same breath wants that gone or changed, not the whole draft.
 */
export function meansToLeave(t: Stage, said: string, understood: Understood): boolean {
  if (understood.intent !== 'flow.cancel' || understood.confidence < SURE) return false;
  const draft = t.c.frame ?? t.c.aside.at(-1);
  const rest = said.replaceAll(ABOUT_LEAVING, '');
  if (!draft || !/\p{Script=Han}/u.test(said) || [...rest].length <= 1) return true;
  const { school } = understood.slots;
  const about = `${title(t, draft)}${JSON.stringify(draft.rows)}`;
  return about.includes(rest) || (school !== undefined && about.includes(school));
}
