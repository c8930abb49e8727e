// What belongs to the fault told before it and is no finding of its own: what it comes to, where it is, how bad it is, how it is known.

/** What the fault before it comes to, no other one: "大班教写字,小学化", "留样八十克,分量不够", "卡没核对,谁都能接走". */
export const SUMS_UP =
  /^(?:变相|典型的?|纯粹是?|这不(?:就)?)(?:是)?(?:强制|强迫|体罚|占课|收费|小学化)(?:消费|征订|行为)?(?:了|嘛|吗)?$|^(?:有点|有些|明显|存在|属于|这?就是)?(?:小学化(?:了|倾向|严重)?|(?:分)?量(?:也)?(?:不够|不足)|(?:很|太|有点)?不(?:规范|达标|合规|像话|安全)|有(?:安全|火灾)?隐患|(?:安全)?隐患(?:很大|不小))$|^谁都(?:能|可以)|^一[^,]{1,3}就?(?:全|满屋子?|到处)都?是|^(?:[地桌]上|满地|满屋子?)(?:全|都)是/;

/** "也和三位保育员分别谈了话": what was done, no finding. */
export const TALKED = /(?:谈|聊)(?:了|过)(?:话|心|谈|聊|一会儿?|几句)*$/;
/** A greeting or thanks, which praise nothing. */
export const POLITE = /^(?:您|你|大家|各位)们?好$|^(?:谢谢|多谢|辛苦|烦请|劳驾)/;
/** "美术课都成数学了": what a timetable that is not kept comes to. */
const SWAPPED = /^[^,]{1,3}课?(?:都|全|也)*(?:上|改|换|变)?成[^,]{1,3}课?了?$/;
/** "价目表贴在班门口": how what is sold is cried. */
const PRICED = /^(?:还)?(?:明码标价|价目表|收费单|宣传单|海报|二维码)[^,]{0,4}(?:贴|挂|摆|印|发)/;
/** Where it is that something is wrong, and nothing else: "操场西南角", "就在北楼二楼拐角". */
export const WHERE =
  /^(?:就|都|全|主要|是|在|靠|离)*(?![^,]*(?:没|不|有|无|未|了))[^,]{0,7}(?:角|边|侧|头|口|拐弯处|附近|旁|那儿|那里|走廊|楼道|处|[一二三四五六1-6]楼)(?:那个|那儿|那边|里头?)?$/;
/** How bad it is: "晃得厉害", "漏得哗哗的". */
const SO_MUCH =
  /^(?:还|都|一[^,]{1,3}就)?[晃松响漏堵滑臭潮脏乱摇抖掉裂歪熏挤冻烫翘]{1,2}(?:动|手)?得[^,]{1,6}$/;
/** What an open gate comes to: "外面的人随便进", "社会车辆都能开进来". */
const LETS_IN =
  /^(?:外面|外边|校外|社会)?(?:上)?的?(?:闲|生|外)?(?:人|人员|车|车辆|家长|什么人|谁)(?:员)?(?:都)?(?:随便|随意|自由|都?能|直接)+(?:就|往里|往校园)?(?:能)?(?:进|出|走|闯|开)[^,]{0,4}$/;
/** How it is known, which is no finding: "学生亲口讲的", "我在校门口数的". */
export const HOW_KNOWN =
  /^[^,]{0,6}(?:门口|跟前|现场|边上)(?:亲自)?(?:数|量|拍|看|撞见)(?:到|见)?的$|^[^,]{0,5}(?:亲口|亲眼|亲自|亲手|当面)[^,]{0,3}(?:讲|说|看|数|量|拍|问|查|见|试|承认)(?:到|见|过)?的$|^(?:[^,]{0,2}我)?(?:就|是)?在[^,]{1,6}(?:数|量|拍|看|撞|碰)(?:到|见)?的$/;

/** Says that the text only goes on with the fault before it. */
export function goesOn(text: string, last: string): boolean {
  return (
    SUMS_UP.test(text) ||
    SO_MUCH.test(text) ||
    LETS_IN.test(text) ||
    (SWAPPED.test(text) && /课表|开课/.test(last)) ||
    (PRICED.test(text) && /推销|收|卖|订|元|块/.test(last))
  );
}
