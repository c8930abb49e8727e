// What binds somebody must be said plainly: an act that is asked about, denied, supposed, put off or told of others is none.

import { likeliest, round, type Weighed } from '../intent/choose.ts';
import { actsSo } from '../text/polarity.ts';
import type { Intent, Reading } from '../types.ts';
import { BODIES, isDecision } from './talk-rules.ts';

/**
 * How sure it must be. Of some 6,000 labelled lines one in three decisions on an extension that said neither yes nor no and were
 * less sure than this was one; of receipts none.
 */
const SURE: Partial<Record<Intent, number>> = { 'rect.extend_decide': 0.94, 'notice.ack': 0.6 };

/** What undoes, closes or binds: never the second guess. */
const BINDING: ReadonlySet<Intent> = new Set([
  'notice.ack',
  'notice.recall',
  'record.void',
  'rect.extend_decide',
  'rect.review',
  'flow.confirm',
]);

/** The words of an act, where it has some: one of them must be meant as said. */
const ACTS: Partial<Record<Intent, RegExp>> = {
  'notice.recall': /撤(?!开|离|走人)(?:回|销|掉|下)?|收回/g,
  'record.void': /作废|废(?:掉|了)?|删(?:掉|除|了)?|撤(?:销|掉|了)?|抹掉|去掉|取消|不算/g,
};

/** What takes a notice back names it in some way, also when it says no more than that: "通知作不作数" does not. */
const TAKES_BACK =
  /撤|收|召回|作废|作罢|取消|删|不算|不要|(?<!作)不作数|[发写弄搞打]错|[错重]了|有误|重发|不用(?:看|管|理)|别(?:看|管|理)|忽略|更正|停发/;
/** "要是周五前补全,我就给他过,现在先不动", "延不延的回头再说", "最多能延几天". */
const SUPPOSED =
  /(?:要是|如果|假如|等)[^.;]{2,16}[,就][^.;]{0,8}(?:给|让|同意|批|准|算|过)[^.;]{0,8}(?:先|再说|现在)/;
/** "要是周五前装好就可以销号". */
const ON_CONDITION =
  /(?:要是|如果|假如|只要|等)[^.;]{2,20}(?:就|才)(?:可以|能|给|算|让)*[^,.;]{0,3}(?:销|过|批|准|同意|结)|的话[^.;]{0,3}就(?:可以|能|给|算|让)*[^,.;]{0,3}(?:销|过|批|准|同意|结)|(?:要|想)(?:让?我)?给?(?:过|销|同意|批)(?:也)?(?:可以|行),?(?:先|得|必须|除非)/;
/** "我看着可以过,你先别记": nothing is to be put down yet. */
const NOT_YET = /(?:先|暂时)(?:别|不|甭)(?:急着|给我|给他们?)?(?:记|登|录|销|关|点|提交|写)(?!的|了的)/;
/** What a closing says in some way; "校史馆弄得不错" closes nothing. */
const CLOSES =
  /过|合格|到位|销|结|闭环|改|整|验收|认可|可以|行|符合|达标|ok|pass|同意|满意|没问题|好了|完|达到|利索|没(?:有)?(?:再)?犯/i;
const LEFT_OPEN =
  /([\u4e00-\u9fff])不\1的?[^,.;]{0,4}(?:回头|以后|见面|改天|到时)|(?:先|暂时)(?:不|别)(?:动|定|批|办)(?:$|[,.;](?!让|叫|按|退))|先别(?:急着)?(?:批|同意)|(?:晚点|回头|等会儿?|待会儿?|明天|下午|晚上|下周|改天|过[两几]天)(?:我)?(?:再)?(?:来|去)?(?:批|定|处理|审)(?!了)|没(?:吐口|松口|答应|应下|应承|表态|吭声)|不(?:作|做|予)(?:任何)?处理|我?(?:就)?先不(?:录|登|记|批)了?(?=$|[,.;])|先不算(?:数)?$|放一放|先放放|等[^,.;]{2,12}(?:回来|来了?)(?:再)?(?:定|说)|批还是不批|给个话|(?:申辩|申诉|异议)(?!.*整改)[^;]{0,12}(?:站得住|属实|成立|有理)/;
/** "那个先放放,我同意的是二实小的": one is left open, the other decided. */
const OTHER_ONE = /我(?:同意|批|准)的是/;
/** "校长打电话说018要缓到26号": somebody wishes it, and nobody here has said yes or no. */
const WISHED =
  /(?:[校园]长|学校|园里|园方|校方|他们|对方)[^,.;]{0,8}(?:说|讲|问|提出|想|来电)[^,.;]{0,10}(?:缓|延|宽限|拖)(?!.*(?:同意|批|准|行吧|可以|给他|就给|就?[照依按]|不行|不给|不能|太长))/;
/** "先不催了,给他们留两天": no word of a deadline that was asked for. */
const CHASES = /催(?!.*(?:延|缓|宽限|展期|批|同意|准))/;
/** "他写里同意延期,是自己编的": made up. */
const MADE_UP = /(?:自己|瞎|乱|胡)编|伪造|开玩笑|哈哈/;
const WANTS_TO_KNOW =
  /(?:几天|多久|多少|几次|怎么|能不能|可不可以|行不行)[^,.;]{0,4}[?吗呢]?$|[?][^?]{0,6}(?:理由|原因)是?(?:啥|什么)|为(?:啥|什么)[?]?$/;

/** "局里把他们的通知撤回了", "小王手一抖把群消息撤回了": told of others. */
const DONE_BY_OTHERS = new RegExp(
  `(?:^|[,.;])(?:听说|[今昨前][天晚儿]|刚才?|刚刚?看[到见]|早上|[上下]午)?(?:${BODIES}|他们?|她们?|人家|对方|学校|园里|[校园]长|督学|主任|[小老][\\u4e00-\\u9fff]|[\\u4e00-\\u9fff](?:校长|园长|主任|老师))[^,.;]{0,6}把[^,.;]{1,12}(?:撤|作废|删|收回|取消)(?:回|销|掉|除)?了`,
);
/** "不服的那条是我看走眼了,撤掉": decided upon is the objection. */
const OBJECTED = /(?:申辩|申诉|异议|不服)(?!.*整改)/;
/** What was never filed is not voided: it is dropped. */
const DRAFT = /草稿/;
/** "小李说要把那条作废,我不同意". */
const NOT_AGREED =
  /我(?:不同意|还?没(?:同意|答应|松口|让))|凭(?:啥|什么)|[他她](?:们)?自己(?:弄|办|来)|你别(?:动|管)|咱们?的(?:不|别)动/;
/** "作废需要写理由不", "系统会自动作废吗": a question, unless it asks for the act itself. */
const asksOf = (text: string) =>
  /(?:吗|么|不|没有?)[?.!]*$|([算要用得])不\1/.test(text) && !/(?:能|可以|帮|请|麻烦|给我)/.test(text);

/** "他说他收到了", "园长确认了没": a receipt of somebody else's, or one that is asked for. */
const OF_OTHERS =
  /(?<!^(?:好的?|嗯+|是的?|行)[,\s]?[\u4e00-\u9fff]?)(?:[他她]们?|对方|那边|[校园]长|督学|主任|[\u4e00-\u9fff]老师|家长)(?:他|她)?(?:说|讲|称|都|也|已经?|是不是)*[^,.;]{0,4}(?:收到|签收|签了|确认|知道|看到|明白)/;
/** "收到货了", "收到你们寄来的书": a thing has come; "等收到再说": it is still to come. */
const THINGS =
  /(?:弄|搞|问|听|整)(?:明白|清楚)了|收到[^;]{0,12}(?:打来|来电|的(?:电话|投诉|反映))|收到[^,.;]{1,8}的$|等[^,.;]{0,2}(?:收到|看到|接到)|收到(?:了)?[^,.;]{0,8}(?:寄|送|捐|家长)[^,.;]{0,6}(?:的|信)|(?:快递|包裹|货|设备|器材|桌椅|款|款子)(?:都|也|已经?)?收到|收到(?:了)?(?:货|快递|材料费|器材|设备|桌椅|灭火器|钱|款|拨款|东西)|材料(?:我)?收到了?,?还没/;
/** "知道了,回头我跟老刘商量": heard, and still to be talked over. */
const TALKED_OVER =
  /都这么说|回去就忘|说归说|知道了?[^,.;]{0,3}[,.;]?[^,.;]{0,4}(?:回头|改天|先|再|等)[^,.;]{0,8}(?:商量|合计|研究|考虑|琢磨)(?!.*(?:落实|照办|执行))/;
const ASKED_FOR = /(?:收到|签收|签|确认|看到|知道)[^,.;]{0,2}(?:没有?|吗|么|不)(?=[,.?]|$)|是不是|有没有/;
/** Where a receipt is one matter of several, it must begin like one: "30号前落实" ends a plan. */
const RECEIVED =
  /^(?:好的?|嗯|对了)?(?:(?!隔壁|别|其[他它]|兄弟|人家|哪|各|有)[\u4e00-\u9fff]{1,6}[校学园],?)?(?:[\u4e00-\u9fff]?(?:主任|督学|老师|领导))?(?:[^,.;]{0,9}(?:通知书?|文件|消息|要求|精神)|0?\d{2,3}号?)?(?:那[个条份张])?(?:已经?|都|我们?|我园|我校|本校|园里|学校)*(?:收到|收悉|知悉|已阅|看过了|看到了|签收|签了|签过了|签字|知道了|明白了?|好的|了解)(?!快|[^,.;]{0,6}天了)/;

/** "二中那份先别动,育才那份给通过": what is put by first says nothing of the other. */
const PUT_BY_FIRST =
  /^[^,.;]{2,14}(?:先|暂时)(?:别动|不动|不管|放一?放|搁一?搁|放着|搁着)[,.;](?=[^;]*(?:通过|给过|同意|批了|准了|销了?|打回|不过|退回?)[了吧]*$)/;

/** `unsure`: neither said plainly nor denied. `not-meant`: asked about, denied, supposed, put off or told of somebody else. */
export type Doubt = 'unsure' | 'not-meant';

/** Whether what is likest to an act that binds is one; undefined where it is. `alone`: it is all that the message says. */
export function doubtOf(
  { intent, confidence, slots }: Reading,
  said: string,
  alone: boolean,
): Doubt | undefined {
  const text = said.replace(PUT_BY_FIRST, '');
  if (confidence < (SURE[intent] ?? 0) && slots.result === undefined) return 'unsure';
  const act = ACTS[intent];
  if (intent === 'notice.recall' && !TAKES_BACK.test(text)) return 'not-meant';
  // beside other matters it must be named: "我让他们把人撤开了" takes nothing back
  if (act && (text.search(act) >= 0 ? !actsSo(text, act) : !alone)) return 'not-meant';
  if (isDecision(intent) && (SUPPOSED.test(text) || (LEFT_OPEN.test(text) && !OTHER_ONE.test(text))))
    return 'not-meant';
  if (intent === 'rect.review' && slots.result !== 'fail' && NOT_YET.test(text)) return 'not-meant';
  if (intent === 'rect.review' && slots.result !== 'fail' && ON_CONDITION.test(text)) return 'not-meant';
  if (intent === 'rect.review' && slots.result === 'pass' && !CLOSES.test(text)) return 'unsure';
  if (intent === 'rect.extend_decide' && (WISHED.test(text) || CHASES.test(text))) return 'not-meant';
  if (BINDING.has(intent) && MADE_UP.test(text)) return 'not-meant';
  if (intent === 'record.void' && DRAFT.test(text)) return 'not-meant';
  if (/^re(?:ct\.review|cord\.void)$/.test(intent) && OBJECTED.test(text)) return 'not-meant';
  if (act && (DONE_BY_OTHERS.test(text) || NOT_AGREED.test(text) || asksOf(text))) return 'not-meant';
  if (
    intent === 'rect.extend_decide' &&
    slots.result === undefined &&
    (WANTS_TO_KNOW.test(text) || TO_BE_SEEN.test(text))
  )
    return 'not-meant';
  if (intent !== 'notice.ack') return undefined;
  return TALKED_OVER.test(text) ||
    OF_OTHERS.test(text) ||
    THINGS.test(text) ||
    ASKED_FOR.test(text) ||
    (!alone && !RECEIVED.test(text))
    ? 'not-meant'
    : undefined;
}

/** "那个延期理由我还得核实": neither yes nor no yet. */
const TO_BE_SEEN =
  /(?:还|先|得)(?:得|要|需)(?:再)?(?:核实|核一?[核下]|了解|去看|看看|问问|查查|研究)|看看再(?:定|说)(?!的)/;

/** A guess less likely than this is no better than none. */
export const FAINT = 0.05;

/** Of what is said instead of an act: likely enough to be told so, not to be done unasked. */
const INSTEAD = 0.7;

/**
 * `instead` where its shape says what it is; otherwise what it may be instead, never an emergency, which is heard in other ways; for what was not meant nothing that binds, and small
 * talk when there is hardly a guess. Undefined where the words allow only one thing.
 */
export function nextLikely(
  { likely, intent }: Weighed,
  doubt: Doubt,
  instead?: Intent,
): { intent: Intent; confidence: number } | undefined {
  if (!likely) return undefined;
  // small talk is never sure of itself, so that it says nothing beside other matters
  if (instead) return { intent: instead, confidence: instead === 'chat.other' ? FAINT : INSTEAD };
  const barred = (other: Intent) =>
    other === intent || other === 'emergency.report' || (doubt === 'not-meant' && BINDING.has(other));
  const other = likeliest(likely).find((r) => !barred(r.intent));
  if (doubt === 'not-meant' && (!other || other.confidence < FAINT))
    return { intent: 'chat.other', confidence: FAINT };
  return other && { ...other, confidence: round(other.confidence) };
}
