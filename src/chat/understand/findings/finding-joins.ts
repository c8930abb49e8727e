// What belongs to the fault told before it and is no finding of its own: what it comes to, where it is, how bad it is.
import { PROBLEM } from '../clauses/finding-words.ts';
import type { Found } from './finding-types.ts';
import { pleases } from './praise-words.ts';

/** What the fault before it comes to, no other one: "大班教写字,小学化", "留样八十克,分量不够", "卡没核对,谁都能接走". */
export const SUMS_UP =
  /^(?:变相|典型的?|纯粹是?|这不(?:就)?)(?:是)?(?:强制|强迫|体罚|占课|收费|小学化)(?:消费|征订|行为)?(?:了|嘛|吗|么)?$|^强制(?:的|性的)$|^小学化(?:倾向)?(?:也|很|比较)?(?:明显|严重)$|^(?:有点|有些|明显|存在|属于|这?就是)?(?:小学化(?:了|倾向|严重)?|(?:分)?量(?:也)?(?:不够|不足)|(?:很|太|有点)?不(?:规范|达标|合规|像话|安全)|有(?:安全|火灾)?隐患|(?:安全)?隐患(?:很大|不小))$|^(?:睡眠|作业|手机|读物|体质|五项)(?:健康)?管理[^,]{0,3}(?:没|未|不)(?:有)?(?:落实|到位|做到)[^,]{0,3}$|^谁都(?:能|可以)|^一[^,]{1,3}就?(?:全|满屋子?|到处)都?是|^(?:[地桌]上|满地|满屋子?)(?:全|都)是/;

/** "也和三位保育员分别谈了话", "宿舍楼里走了走": what was done, no finding. */
export const TALKED = /(?:谈|聊)(?:了|过)(?:话|心|谈|聊|一会儿?|几句)*$|([走转看逛瞧瞅翻])了\1$/;
/** "美术课都成数学了": what a timetable that is not kept comes to. */
const SWAPPED = /^[^,]{1,3}课?(?:都|全|也)*(?:上|改|换|变)?成[^,]{1,3}课?了?$/;
/** "课表上写得好好的", "课表上写的可是体育": what a lesson that was taken should have been. */
const BY_TIMETABLE = /^课(?:程)?表上[^,]{0,3}(?:写|排|印|登)(?:得|的|着)/;
/** "地面湿滑|没有防滑垫", "就前两周有字|后头全空着": the same, told once more. */
const AGAIN: ReadonlyArray<[RegExp, RegExp]> = [
  [/滑/, /^(?:也|又)?(?:没|无|缺)[^,]{0,3}防滑/],
  [
    /登记|记录|簿|台账|本|表/,
    /^(?:后[头面边]|剩下的?|其余的?|往后|别的)(?:就)?(?:全|都|一片)*(?:是)?(?:空|白|没)/,
  ],
  // "课后服务就是写作业,没有社团", "备课粗,教案是下载的"
  [
    /写作业|看(?:电影|动画|视频)|放(?:电影|动画|视频)/,
    /^(?:也|又|根本)?(?:没(?:有)?(?:开)?|一个)[^,]{0,4}社团(?:都|也)?(?:没有?|没开)?$|^(?:也)?没(?:有)?别的(?:花样|内容|活动)/,
  ],
  [/备课/, /^(?:全|都)?教案[^,]{0,4}(?:下载|抄|打印|网上)/],
  [/不够|不足|少|缺/, /^(?:根本|完全|压根)?(?:不够|顾不过来|忙不过来|照顾不过来)/],
];
/** "价目表贴在班门口": how what is sold is cried. */
const PRICED = /^(?:还)?(?:明码标价|价目表|收费单|宣传单|海报|二维码)[^,]{0,4}(?:贴|挂|摆|印|发)/;
/** Where it is that something is wrong, and nothing else: "操场西南角", "就在北楼二楼拐角". */
export const WHERE =
  /^(?:就|都|全|主要|是|在|靠|离)*(?![^,]*(?:没|不|有|无|未|了))[^,]{0,7}(?:角|边|侧|头|口|拐弯处|附近|旁|那儿|那里|走廊|楼道|处|[一二三四五六1-6]楼)(?:那个|那儿|那边|里头?)?$/;
/** How bad it is: "晃得厉害", "漏得哗哗的". */
const SO_MUCH =
  /^(?:还|都|一[^,]{1,3}就)?[晃松响漏堵滑臭潮脏乱摇抖掉裂歪熏挤冻烫翘]{1,2}(?:动|手)?得[^,]{1,6}$/;
/** What was done about it at once: "收了三个", "当场没收了". */
const TAKEN_AWAY =
  /^(?:已经?|当场|我?让|都|老师)*(?:没收|收缴|缴|收|扣)(?:上来|走)?了?(?:[一二两三四五六七八九十几\d]+[个台只根把件部])?(?:了)?$/;
/** "有个老师体罚学生,罚站一上午": how. */
const PUNISHED =
  /^(?:还|又|直接|一把)*(?:罚[站抄跪跑]|扇|踢|踹|拧|揪|打手|(?:把[^,]{1,5})?(?:拽|拖|推|撵|轰|赶|扯)(?:了|着|到|出))[^,]{0,8}$/;
const PUNISHING = /体罚|打了?学生|打孩子|骂|吼|凶(?=孩子|娃|学生|幼儿)|训斥|推搡/;
/** How it feels, looks or smells: "摸着一层油", "一闻一股霉味". */
const SENSED =
  /^一?(?:摸|闻|踩|掀|瞅|拿)(?:着|上去|起来|一[下摸闻踩]|开)?(?:都|全|就|还|有)*(?:是)?[^,]{1,6}$/;
/** What an open gate comes to: "外面的人随便进", "社会车辆都能开进来". */
const LETS_IN =
  /^(?:外面|外边|校外|社会|外)?(?:上)?的?(?:闲|生|外)?(?:人|人员|车|车辆|家长|什么人|谁)(?:员)?(?:都)?(?:随便|随意|自由|都?能|一直|直接)+(?:就|往里|往校园)?(?:能)?(?:进|出|走|闯|开)[^,]{0,4}$/;
/** What may come of it: "万一踩翻", "早晚得掉下来", "真着了火没法弄". */
const FEARED = /^(?:就怕|怕(?!$)|生怕|早晚|迟早|万一|要是|一旦|哪天|真(?:要|来|着|出|有))[^,]{2,}$/;
/** How many it makes, and what it breaks: "超班额", "超了", "违反消防规定". */
const AMOUNTS_TO =
  /^(?:都|已经?|明显|又|也|太|确实|肯定|是)*(?:超(?:了|标|额|编|限|员)|多了|偏?多|少了|偏少)(?:了|的|一?点|不少|很多|太多)*$|^(?:都|已经?|明显|属于?|又)?(?:超?大?班额|超(?:员|载))(?:了)?$|^有?(?:点|些)?小学化(?:的)?(?:苗头|倾向)$|^(?:明显)?(?:违反|不符合|不合)[^,]{0,6}(?:规定|要求|规范|标准|条例)$/;
/** "食堂不行", "咱这儿可差远了": says of the whole what the fault after it is. */
const HEADLINE =
  /^[^,]{0,6}?(?:也|就|可|真|太|很|实在|确实|是|有点|还)*(?:不行|不成|不中|不像话|不像样|不咋(?:地|的|样)|差(?:了|远了|得远|劲|点意思|着呢))(?:了|啊|呢)?$/;

/** "跟蜘蛛网似的", "像搓衣板一样": what it looks like. */
const LOOKS_LIKE = /^(?:墙上|地上|满地|看着|简直)?(?:跟|像|和)[^,]{1,8}(?:似的|一样|一般)$/;
/** "离食堂不到五米": how near it stands. */
const HOW_NEAR = /^(?:离|距)[^,]{1,8}(?:不到|才|只有|就|不足|太近|很近)/;
/** "钥匙就挂在墙上", of what is to be locked. */
const KEY = /^(?:钥匙|(?:没做到)?双人双锁)/;
const LOCKED = /锁|柜|药|钥匙/;

/** "食堂不行,冰箱生熟混放": told twice, and one finding; the first is taken into the second, which is still to be added. */
export function takeHeadline({ findings }: Found, next: Found['findings'][number]): void {
  const last = findings.at(-1);
  if (!last || !HEADLINE.test(last.text) || (last.item && last.item !== next.item)) return;
  findings.pop();
  next.text = `${last.text},${next.text}`;
  next.start = last.start;
  if (last.severity) next.severity ??= last.severity;
}

/** "教室灯坏了三个", "三年级课桌晃": a place or a thing of its own begins another finding, whatever its item. */
export const OWN_THING =
  /^(?:[一二三四五六七八九初高大中小]+(?:年级|班)|[一二三四五六七八九\d]楼|教室|宿舍|操场|厕所|走廊|楼道|楼梯|办公室|实验室|图书[室馆]|阅览室|门卫|校门|大门|后门|食堂|厨房|课桌|桌椅|门窗|窗户|玻璃|路灯|灯管|跑道|围墙|护栏|电线|插座|水池|水龙头)[\u4e00-\u9fff]{2,}/;

/** Says what may come of the fault before it, or who can get at it, whatever the words are like. */
export const hangsOn = (text: string, last: string): boolean =>
  FEARED.test(text) || (KEY.test(text) && LOCKED.test(last));

/** Whom it harms, and how: "孩子老钻", "学生都从车缝里钻", "谁都能领孩子", "小孩一伸手就够得着". */
const HARMED =
  /^(?:小?孩子?们?|学生们?|娃娃?们?|小孩|谁)(?:[^,]{0,2}(?:都|老|总|得(?!了)|只能|伸手|随便|从那|一(?:推|伸|碰|踩|跑|爬|钻|拉|拽)|够得着|借不着|过马路)|自己上下)[^,]{0,9}$/;
/** "楼道堆了|旧课桌": the verb waits for what it is told of. */
export const UNFINISHED = /(?:堆|放|搁|摆|停|挂|贴|晾|晒|码|塞)(?:着|了|满了?)$/;
/** Says whom the fault before it harms: no praise, nor a fault of its own. */
export const suffers = (text: string): boolean =>
  HARMED.test(text) && !pleases(text) && !PROBLEM.test(text.replace(/不着|掉|绊|滑|跑|摔/g, ''));

/** Says that the text only goes on with the fault before it. */
export function goesOn(text: string, last: string): boolean {
  return (
    SUMS_UP.test(text) ||
    SO_MUCH.test(text) ||
    SENSED.test(text) ||
    TAKEN_AWAY.test(text) ||
    (PUNISHED.test(text) && PUNISHING.test(last)) ||
    LETS_IN.test(text) ||
    AMOUNTS_TO.test(text) ||
    LOOKS_LIKE.test(text) ||
    HOW_NEAR.test(text) ||
    (SWAPPED.test(text) && /课表|开课/.test(last)) ||
    (BY_TIMETABLE.test(text) && /课/.test(last)) ||
    AGAIN.some(([before, again]) => before.test(last) && again.test(text)) ||
    (PRICED.test(text) && /推销|收|卖|订|元|块/.test(last))
  );
}
