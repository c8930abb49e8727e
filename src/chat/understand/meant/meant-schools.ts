// Which of the schools in a message it is about: who is only on the way, compared with, heard from or left out is not meant.
import type { Entities } from '../entities/entities.ts';
import { LINK, rowsOf, spanOfRow } from '../entities/rows.ts';
import type { SchoolMention } from '../schools/schools.ts';
import type { Context } from '../types.ts';
import { type Place, putAside } from './put-aside.ts';

/** "没去一中", "不是一中", "先别催一中": what stands before a school that is not meant. */
const NOT_BEFORE =
  /(?:没|没有|不是)(?:去|到|跑)(?:的)?(?:是)?$|(?:不是|并非|而非)$|(?:别|不用|不要|不必|先不|暂不|暂时不)(?:再|去|给|跟|把|叫|让|我|他们?)*(?:催|提醒|通知|发|调|动|安排|派|管|排|约|订|跑|开|算|写|记)?(?:给|到|成)?$|(?:本来|原本|原来|原定|原计划|本该|本想)(?!只|就|光)[^,.;]{0,6}(?:去|到|跑|是|在)$/;
/** "一中没去成", "一中先不催", "一中我知道": what stands after it. */
const NOT_AFTER =
  /^(?:的|那边|那头|那个|那张|那条|那份|那儿|今天|昨天|那天|先|就|都|暂时)*(?:两所|俩)?(?:(?:都|还|还是)?(?:不变|不动|不换|照旧|照原来|原样|维持(?:不变|原))|(?:还是?)?我?(?:自己)?留着|没去成|去不成|去不了|(?:里|我|今天|上午|下午|实在)*没(?:有)?(?:空|时间|工夫|来得及|顾得?上)|(?:台账|材料|整改|延期|单子)?(?:都|就|先|暂时)*(?:不急(?:$|[,.;])|(?:放|搁)(?:着|一放|一搁|一边|放)(?:$|[,.;])|再等等)|没去(?![过的年])|(?:我)?没进|没跑成|没停车|不(?:去|跑|看|排)了|别去|[^,.;]{0,6}(?:先不|暂不|不用|不必|无需)(?:再|给|急着)?[\u4e00-\u9fff]{1,2}(?:了)?(?:$|[,.;])|的?(?:[今昨前]天|[上下]午|早上|刚才?|早就?|已经?)+(?:导|发|报|交|催|回|签)(?:过|完)?了(?=$|[,.;])|那?(?:[两俩三]?(?:家|所|个)|边|头)?(?:[月周期]?[底末初]|下(?:周|个?月|学期)|回头|以后|改天|过[几两]天)再(?:说|看|定|议)(?:$|[,.;])|(?:就|只)是(?:来)?(?:问|打听)|(?:台账|材料|整改|延期|单子)?都?(?:先|暂时?)(?:别|不)(?:再)?(?:批|列|管|看|说|查|催|动)|(?:先|暂时)?(?:别|不用|不要|不必|先不|暂不|不)(?:再)?(?:催|提醒|发|调|动|管|去|通知|安排|查|烦|下|叫)|(?:不是没到期|(?:上次|上回|上周|上个?礼拜|上个?月|去年|早)(?:就|刚|都)?(?:看|查|办|交|问|去|来|装|换|签|改|督)(?:完|好|齐)?(?:了|过了?)(?:$|[,.;]|先?[别不])|(?:都|已经?|刚)(?:看|查|办|交|问|去|来|装|换|签|改)(?:完|好|齐)?(?:了|过了?),?(?:别|先不|不用))|不用(?:$|[,.;了])|[^,.;]{0,5}(?:不用|不必|甭|别)管了?(?:$|[,.;])|往后放|另说|等等再说|再说(?:$|[,.;])|改天再|我(?:知道|清楚|有数|记得|问过)|我?(?:可|倒|根本|压根|今天)+没[去进到]|(?:这[回次])?不算(?:$|[,.;])|那[条次份]?(?:没错|没问题|是对的)?,?(?:别|不用|不要|甭)动|没(?:申请|提|要求)(?:$|[,.;过])|(?:那[节次趟个])?取消了|[^,.;]{0,6}(?:没让进|进不去|没进去|没开门)|的?(?:事|消息)?是假的|没(?:有)?这回事|(?:提出)?表扬(?:一下)?(?:就行|就好)|的?都?已经?(?:交|报|改|回|签)(?:完|好|齐)?了(?:$|[,.;])|的?(?:就)?不要(?:$|[,.;])|还是(?![小中]学|初中|幼儿园|园)[\u4e00-\u9fff]{2,3}(?:管|负责)?(?:$|[,.;])|[^,.;]{0,4}我(?:还能|自己|照样)(?:再)?(?:去|跑)(?:$|[,.;]))/;
/** "路过一中", "隔壁一中", "比一中": only on the way, next door or compared with. */
const BESIDE =
  /(?:路过|经过|碰[见到]|遇[见到]|隔壁|对面|旁边|挨着|紧邻|人家)(?:了|的|是|就是)?$|听(?:他们|她们|人家?|那边)?(?:说|讲)$|(?:比|不如|不像|像|照着?|学着?|赶超|好过)$|(?:车|路线)[^,.;]{0,6}(?:路过|经过)[^,.;]{1,8}(?:再|才|又)?到$|(?:以前|原来|原先|从前)(?:是|在)$/;
const ONE_OF = '(?:校长|园长|书记|主任|老师|会计|总务|教导|督学|保健医|干部|同志)';
/** "从一中门口过", "跟一中没法比", "听一中的老师讲", "在一中开完会": what stands before and after belong together. */
const FRAMED: Array<[RegExp, RegExp]> = [
  [
    /(?:从|由|打)$/,
    /^[^,.;]{0,5}(?:门口(?:路)?过|借|调来|调[到往去]|转[到去]|过来|出发|转来?|退下来|拿来?|穿过|坐)|^[^,.;]{0,4}(?:门口|后门)/,
  ],
  // "那一套是从一中学来的", "用的是一中那套食谱", "是一中送的旧的": taken over from there
  [
    /(?:从|由|打)$/,
    /^(?:那[边儿里]?)?(?:学|抄|搬|照搬|引进|请|领|拉|运|淘|换|要|买)?(?:过)?来的|^(?:那[边儿里]?)?(?:学|抄|搬|照搬|引进)(?:过)?来/,
  ],
  [/(?:用|抄|搬|套用|照搬|沿用|参照|仿)(?:了|着)?(?:的)?(?:都|还)?是?$/, /^(?:的|那[套个份张种])/],
  [/是$/, /^(?:送|捐|给|淘汰|退|借|支援|匀|换)(?:下|出|过)?(?:来)?(?:的|了)/],
  // "可别下到石佛小学去了"
  [
    /(?:别|不要|甭|莫)(?:再|又|给我)?(?:下|记|写|归|发|挂|算|开|登|弄)(?:到|给|成|在)$/,
    /^(?:去了?|上了?|头上|名下|那[边儿]|了)?(?=$|[,.;:])/,
  ],
  // "车都开到特校门口了又拐去一中"
  [/到$/, /^门[口前]了?(?:又|却|再)?[^,.;]{0,2}(?:拐|转|掉头|折)/],
  // "去阳光园的路上顺便进了一趟一中"
  [/(?:去|到|往|上)$/, /^的?(?:路|半道|途中)/],
  [
    /(?:跟|和|与)$/,
    /^[^,.;]{0,5}(?:没法比|比|似的|(?:没有?)关系|一模一样|错开|一个(?:厂|样|毛病|问题|情况)|同样|那[么样]|(?:去年|上次)那)/,
  ],
  // "送课的是一实小的志愿者", "带路的是特校刘校长"
  [
    /(?<![去到跑督查看说问催要记诉映])的(?:都)?是$|(?:挂|写|印)着$/,
    /^(?:的|过来|[^,.;]{0,4}(?:校长|园长|老师|主任|保安|家长))/,
  ],
  // "和一中的李校长一道听了课", "坐一中校长的车": company
  [
    /(?:跟|和|与|同|随|叫上?|请|约上?|拉上?|带上?|喊上?|坐|搭|邀)(?:了|着)?$/,
    new RegExp(
      `^的?[^,.;]{0,6}${ONE_OF}[^,.;]{0,4}(?:一起|一道|一块儿?|同行|同去|结伴|搭伴|帮着|的车|陪|过来)`,
    ),
  ],
  [/(?:坐|搭|蹭)(?:了|着)?$/, /^的?[^,.;]{0,4}车/],
  [/同行的?(?:还?有|是)?$/, new RegExp(`^的?[^,.;]{0,6}${ONE_OF}`)],
  // "请了一中的老师来教": lent to the one that is spoken of
  [/(?:借|请|调|聘|拉|找|邀)(?:了|来|到)*$/, /^的?[^,.;]{0,5}(?:老师|教师|师傅|专家|教练|医生|校长)/],
  [/听(?:了)?$/, /^(?:的|那边的?)?[^,.;]{0,4}(?:说|讲|提)/],
  [/在$/, /^(?:那边|镇上)?(?:开(?:完|了|的|片|例|现场)?(?:会|$)|开的|集合|礼堂|报告厅|吃)/],
  // "前年我还管二中那会儿"
  [/(?:[前去]年|以前|当年|原来)[^,.;]{0,3}我?还?(?:管|负责|在)$/, /^(?:那会儿|那阵|的时候|时)/],
  // "上回一中那种占课现象"
  [/(?:上[回次]|去年|以前|之前)(?:在)?$/, /^(?:的)?(?:那|出过|也出过)/],
];
/** "一中校长陪着", "一中的老师也在": its people were there, or told of it. */
const ITS_PEOPLE =
  /^(?:的|那边的?)?[\u4e00-\u9fff]{0,2}(?:校长|园长|书记|主任|老师|科学老师)(?:也|正好|刚好|今天|昨天|刚才|正)?(?:陪|跟|一道|一起|坐(?=我|车|他|她|在我)|搭|开车|捎我|带我|接我|在|带路|告诉我|跟我[说讲]|说|讲|来)/;
/** "跟一中的校长说一声": its people are to be told. */
const TELLING = /(?:跟|给|和|与|让|请|叫|告诉|通知|转告|提醒|问)(?:一?下|了)?$/;
/** "光看了小学", "只去了一家,中学": the others are not meant. */
const ONLY_THIS =
  /(?<!本来|原本|原来|计划|本想)(?:光|只)(?:看|进|去|跑|到|查|催|调|通知|问)(?:了|过)?(?:一家|一所)?[,、]?$|[,.;]就(?:催|调|通知|问|查)$/;
/** "一实小,嗐,嘴快了,是|二实小": said and taken back; "一实小的记录写错了,是…" is wrong on record, and is changed there. */
const TAKEN_BACK =
  /^(?:[^,.;]{0,3}[,.;!…]+)?(?:[哎嗐哦噢啊呃唉])?[,.;!…]*(?:嘴快了?|(?:我)?(?:说|讲)(?:岔|错|混|反)了?|不对|错了)[,.;!…]*(?:应该)?(?:是)?(?:去的|在)?$/;
/** "说的却是阳光园", "问题出在阳光园": of all that were named, this one. */
const POINTS =
  /(?:问题(?:就)?出?在|我(?:问|说|指|查|要|批|准|同意|答应)的是|(?:真)?(?:有|出)事的是|(?:确实|其实|原来)是|(?:应该|要|该|就|只|都|这[条个]|[,.;])记(?:上?[一两]?[条笔个])?(?:在|到|给)?|记[一两]?[条笔个](?:在|到|给)|这[回次]在|(?:说|讲|反映|指|嫌|投诉)的(?:却|其实|可|倒|就)*是|(?:没申请|不是)[^,.;]{0,8},(?:[^,.;]{0,6})?是|这[回次]是)$/;
/** "隔条马路,我去的是路南的小学"; of a record on file it says what is wrong with it. */
const WENT_TO = /去的是[^,.;]{0,4}$/;
const ON_FILE = /记录|作废|那[条次]|写错/;
/** "给幼儿园开单": whoever it is issued to. */
const ISSUED_TO: [RegExp, RegExp] = [
  /[,.;]给$/,
  /^(?:再)?(?:(?:下|开|发)(?:一?[个张份])?(?:单|整改|通知书)|记(?:上?一?[笔条个]|下|亮点|典型))/,
];
/** "一中的人跟我说中心小学…": who tells of another school is not the one. */
const TELLER =
  /^(?:的|那边|一个|有个)*(?:[\u4e00-\u9fff]{0,2}(?:人|同志|老师|家长|保安|门卫|校长|园长|书记|主任))?(?:群里?)?(?:跟我|告诉我)?(?:说|讲|反映|提到)(?:了|的是|他们|她们)?[,:]?[^,.;]{0,6}$/;
/** "中间那堵墙裂了,算小学的", "挂在园里名下": whose it is taken to be. */
const TAKEN_FOR: [RegExp, RegExp] = [
  /(?:[,.;]|就|都|还是)(?:算|挂|归)(?:在|到|给)?$/,
  /^里?(?:的(?:$|[,.;])|头上|名下|账上|那[边头])/,
];
/** "…不,只调小学", "算了,就去一中": from here on the first wish no longer stands. */
const ONLY = /(?:^|[,.;!?\s])(?:不(?:对|是|用|了)?|算了|等等|等下|改一下)[,.;!\s]*(?:就|只)(?=[^,.;]{1,10})/;

/** "除了育才": left out even where nothing else was named. */
const LEFT_OUT = /除(?:了|开|去)?$/;

type Placed = SchoolMention & Place;

/** The schools of which it is known which they are, each with where its row begins and ends. */
function placedIn({ text, schools }: Entities): Placed[] {
  return rowsOf(text, schools, LINK).flatMap((row) =>
    row.flatMap((s): Placed[] => (s.code ? [{ ...s, code: s.code, row: spanOfRow(row) }] : [])),
  );
}

/** "清河实验出了事,石佛小学没事". */
const HAPPENED = /出(?:了)?(?:大)?事/;
const UNHURT = /^(?:那边|这边)?没(?:出|有)?(?:什么|啥)?事/;

/** "不去|一中了", "周五不到|一中了": what was to be done is given up. */
const GIVEN_UP: [RegExp, RegExp] = [
  /不(?:再)?(?:去|到|跑|上|进|看|查|排|安排)$/,
  /^(?:那[边儿])?了(?![,.;]?(?:吗|么|没))/,
];

/** Said not to be the one: "一实小我可没去". */
const isLeft = ({ text }: Entities, s: Placed) =>
  NOT_BEFORE.test(text.slice(0, s.row.start)) ||
  NOT_AFTER.test(text.slice(s.row.end)) ||
  (GIVEN_UP[0].test(text.slice(0, s.row.start)) && GIVEN_UP[1].test(text.slice(s.row.end))) ||
  (HAPPENED.test(text) && UNHURT.test(text.slice(s.row.end)));

/** What stands between a school and the next one says that the next one is it. */
const handsOn = (between: string) =>
  TAKEN_BACK.test(between) || (TELLER.test(between) && !BESIDE.test(between));

function isNamedOnly({ text }: Entities, s: Placed, after: Placed | undefined): boolean {
  const [left, right] = [text.slice(0, s.row.start), text.slice(s.row.end)];
  return (
    BESIDE.test(left) ||
    FRAMED.some(([before, behind]) => before.test(left) && behind.test(right)) ||
    (ITS_PEOPLE.test(right) && !TELLING.test(left)) ||
    (after !== undefined && after.code !== s.code && handsOn(text.slice(s.end, after.start)))
  );
}

/**
 * Codes of the schools meant without doubt, in the order in which they were said. A head who names a neighbour beside her own
 * school speaks of her own.
 */
export function meant(e: Entities, { sender }: Context): string[] {
  const named = placedIn(e).filter((s) => !LEFT_OUT.test(e.text.slice(0, s.row.start)));
  // where all that was named is put aside, nothing was understood of it, and all stand
  const or = (some: Placed[], all: Placed[]) => (some.length > 0 ? some : all);
  const own = sender.roles.every((role) => role === 'principal') ? sender.schools : [];
  let kept = or(
    named.filter((s) => own.includes(s.code)),
    named,
  );
  // who was not gone to is not meant where she is met or heard of either
  const out = new Set([...kept.filter((s) => isLeft(e, s)).map((s) => s.code), ...putAside(e.text, kept)]);
  kept = or(
    kept.filter((s, i) => !out.has(s.code) && !isNamedOnly(e, s, kept[i + 1])),
    kept,
  );
  kept = or(
    kept.filter((s) => ONLY_THIS.test(e.text.slice(0, s.row.start))),
    kept,
  );
  kept = or(
    kept.filter((s) => {
      const before = e.text.slice(0, s.row.start);
      const after = e.text.slice(s.row.end);
      if (WENT_TO.test(before) && !ON_FILE.test(e.text)) return true;
      const framed = [ISSUED_TO, TAKEN_FOR].some(([to, of]) => to.test(before) && of.test(after));
      return POINTS.test(before) || framed;
    }),
    kept,
  );
  const taken = ONLY.exec(e.text);
  if (taken)
    kept = or(
      kept.filter((s) => s.start > taken.index),
      kept,
    );
  return [...new Set(kept.map((s) => s.code))];
}
