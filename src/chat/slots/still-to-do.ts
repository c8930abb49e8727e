// Words of a school that tell of what is still to be done: promised for a day, on order, half finished. Handed in they would be reviewed as done.

import { anyOf } from '../any-of.ts';
import { clausesIn } from '../clauses.ts';

/** A clause that speaks of what has yet to come. */
export const STILL_TO_DO = anyOf({
  onADay:
    /明[天日早晚儿]|后[天日]|下(?:周|星期|礼拜|个?月)|月底(?:前|之前|再|弄|改|交)|(?:过|再过)[一两三几些]+[天日周]|这(?:几|两|一两)天/u,
  soon: /(?:晚上?|等[会下])(?:再|些|点|一?[会下])|回头|随后|稍后|过会|马上|尽快/u,
  meant: /准备|打算|计划/u,
  underWay: /正在?[改弄换修办联采购走做整申]|在(?:改|弄|换|修|办|联系|采购|走|做)/u,
  ordered: /订(?:了|好|购)|下(?:了)?单|没到|未到/u,
  lacking: /还没|等(?!.{0,6}都)|还(?:差|缺|要|在)/u,
});

/** Some of it, and not all. */
const PARTLY = /一半|部分|还[差剩缺]|剩下|差不多|[改弄做]了?(?:几|一些|些|[一两二三四五])(?:条|项|个)/u;

/** Something was done. */
const DONE =
  /(?:换|修|装|贴|补|清|拆|填|改|弄|做|处理|完成|解决|配|撤|停|搬|加|刷|铺|通|查|拍|交|发)[^没未不]{0,4}(?:好|完|了|毕|上|齐|过)|已|到位|合格/u;

const CLAUSES = /[,\uff0c;\uff1b。!\uff01\s]+/u;

/** Words of a school that hand in nothing: no clause of them tells of a thing done, or only of some unnamed part. `names`: whether words name a finding. */
export function tellsNothingDone(text: string, names: (clause: string) => boolean): boolean {
  const clauses = clausesIn(text, CLAUSES);
  const yet = (clause: string) => STILL_TO_DO.test(clause) && !PARTLY.test(clause);
  const some = (clause: string) => PARTLY.test(clause) && !names(clause);
  const done = (clause: string) => DONE.test(clause) && !yet(clause) && !some(clause);
  return clauses.some((clause) => yet(clause) || some(clause)) && !clauses.some(done);
}

/** "照片明天发", "材料过两天交": of the papers, not of the work. */
export const OF_PAPERS = /照片|相片|图片|材料|佐证|报告|视频/u;
