// The few short words that mean the same in every flow. They are known here, not guessed: what confirms or leaves must never depend on likeness.

import { anyOf } from './any-of.ts';

const END = '[吧了的啊呀哈呗嘛。.!!~\\s]*$';
const word = (alternatives: string) => new RegExp(`^(?:${alternatives})${END}`, 'iu');

const CANCEL = word(
  '取消|撤销|算了|不要了|不弄了|不办了|不填了|退出|放弃|取消掉|都取消|(?:actually,? ?)?(?:no,? ?)?(?:cancel(?: (?:it|that|this))?|quit|exit|stop|never ?mind|forget (?:it|that)|drop (?:it|that)|scrap (?:it|that)|leave it)',
);
const BACK = word('上一步|返回|退回去?|撤回上一步|回上一步|(?:go |one step |step )?back|undo(?: that)?');
/** "取消错了": what was just cancelled is wanted after all. */
const RESTORE = word(
  '(?:刚才)?(?:取消|点|按)错了|不取消了?|别取消|恢复(?:草稿|刚才(?:的|那[个条份])?)?|刚才(?:那[个条份]|的|取消的)(?:还是?要|恢复)|restore(?: it)?',
);
const GO_ON = word('继续|接着|接着说|接着来|往下|接着办|continue|go on|resume');
/** "刚才的记录先发了吧", "先把刚才那个报了": a draft that waits is wanted back, to be seen before it goes. */
const SEND_IT =
  /^(?:那|好|行|对了)*[,\uff0c\s]*(?:先)?(?:把)?(?:刚才|刚刚|上面|前面|之前|昨天|上午)(?:的|那[个条份])(?:督导|整改)?(?:记录|草稿|登记|通知|事)?(?:先|就|也|给我|帮我)*(?:发|报|交|提交|登记?|确认)(?:上去|出去|掉|一下)?(?:了|吧|啊)*[。.]?$/u;
/** "接着昨天的", "昨天那个东关的接着弄", "算了先弄完这个": with what is to be gone on with. */
const GO_ON_WITH = anyOf({
  firstThis: /^(?:算了|那|好|还是|行)*[,\uff0c\s]*先(?:把)?.{0,4}(?:弄|办|填|写|登|搞|做)完.{0,5}$/u,
  thatOf:
    /^(?:好的?|那|行)?[,\uff0c\s]*(?:接着|继续)(?:弄|办|填|写|说|登记?|录)?(?:昨天|前天|上午|下午|刚才|之前|上次|那天).{0,8}$/u,
  named:
    /^(?=.*(?:[那昨前刚]|之前|上次|没[弄办填写]完))[^,\uff0c。]{2,14}(?:接着|继续)(?:弄|办|填|写|说|登|登记|录)(?:完|一下)?[吧了啊]*$/u,
});
const NO = word('不|不是|不对|否|不用|别|错|no|nope|wrong');
const EDIT = word('修改|改|改一下|我要改|写错|错|不对|有误|要改|edit|change');
const NONE = word(
  '(?:都|啥都|什么都|真|暂时|也|目前)?(?:没有?|无|没啥|没什么|没发现|未发现)(?:啥|什么|任何|其他|别的|发现)?小?(?:问题|毛病|情况)?|小?(?:问题|毛病)(?:也|都)没有?|没有?啥?(?:可改的|要改的)|都(?:挺|很)?好|一切(?:都)?(?:正常|好)|都正常|正常|none|nothing|no (?:problems?|findings?|issues?)',
);
const NOT_CLEAN = word(
  '(?:都|也|基本)?没(?:有)?(?:啥|什么|太)?大(?:的)?(?:问题|毛病|事)|(?:基本|大体)(?:上)?(?:没问题|正常|还行|可以)|还行|还可以|差不多|(?:还|就)?(?:就?那样|老样子)|一般般|马马虎虎|凑合',
);
const LATER = anyOf(
  {
    inAWord:
      /^(?:先?放着|先?放一放|先?搁着|先别|先不|别急|等会|等等|等一下|等下(?![午周个月礼星班])|待会|稍后|一会|晚点|回头再说|later|not now|wait)[^,\uff0c。]{0,6}$/u,
    english:
      /^(?:(?:hold on|wait|not yet|hang on|one moment|just a (?:moment|minute|second))[,. ]*)+(?:a (?:moment|minute|second)[,. ]*)?(?:(?:don['\u2019]?t|do not) (?:file|send|submit|confirm|hand) (?:it|this|that)?(?: in)?(?: yet| now)?)?[.!]*$/u,
  },
  'iu',
);
/** "我先接个电话,等会再弄": why, and that it waits. */
const CALL = '(?:接|来|有)(?:个|了)?电话(?:来?了)?|电话(?:来|响)了';
const CALLED_AWAY = new RegExp(
  `^.{0,5}(?:${CALL})${END}|^.{0,5}(?:${CALL}|有人找我?|到站了?|下车了?|开会了?|有点事|我?先忙).{0,2}(?:等|待|过|一|回头|晚点|稍后|先这样|先放)(?:一?会儿?|下)?.{0,6}$`,
  'u',
);
/** "等会儿,校长来了", "等下 先别交", "先别发 我问下主任": that it waits, and why. */
const WAITS =
  '(?:等(?:一?会儿?|一?下)|稍等|先放一?下|先这样|先(?:别|不)(?:急|忙|动|发|提?交|报|登记?|确认)*)';
const WHY_WAITS = '(?:来|到|找|叫|喊|走|忙|开会|吃饭|上课|开车|有事)(?:了|我|一下)*';
const ASKS_FIRST =
  '(?:我|让我)?(?:再|先|去)*(?:问|核对?|核实|看看|商量|请示|想想|翻翻?|找找?|查查?|确认一?下).{0,8}';
/** "晚上再说", "今天先这样". */
const ANOTHER_TIME =
  '(?:那|我)?(?:今晚|晚上|下午|中午|明天|明早|改天|有空|过会儿?|一会儿?|待会儿?|等会儿?|回去|回头|到家|回办公室)(?:我)?再(?:说|弄|办|填|登|写|搞)(?:吧|了)?|今[天儿](?:就)?先(?:这样|到这儿?|弄到这儿?)(?:吧|了)?';
const WAITS_BECAUSE = new RegExp(
  `^(?:${ANOTHER_TIME})[。.]?$|^[哎哦啊你您,\\uff0c]*(?:先)?别(?:急着|忙着|着急)(?:发|报|提?交|登记?|确认).{0,4}$|^(?:你|您)?(?:先)?${WAITS}[,\\uff0c\\s]*(?:.{0,8}${WHY_WAITS}|${ASKS_FIRST}|等.{1,6}再(?:说|弄|提?交|报|发|登)|先(?:别|不)(?:发|提?交|报|登记?|确认))[。.]?$`,
  'u',
);
const THANKS = word('谢谢|多谢|谢了|感谢|辛苦|辛苦了|thanks|thank you');
const HELLO = word('你好|您好|在吗|在不在|有人吗|早上好|上午好|下午好|晚上好|hi|hello');
const RECEIVED = word(
  '(?:好的?|嗯|行)?[,\uff0c\\s]*收到(?:了)?(?:[,\uff0c。\\s]*(?:谢谢|明白|(?:我们)?(?:一定)?(?:准时|按时)(?:参加|到|到会|参会)))?',
);
const NOTED = word('知道|知道了|好|好的|嗯|嗯嗯|哦|行|可以|明白|ok|okay|noted');
/** "也就这些了", "没别的了": nothing more is to come. Of what is there it says neither yes nor no. */
const ASIDE = '(?:(?:嗯+|哦|噢|啊|好的?|行|中|成|对|那)[,\uff0c\\s]*)*';
const OTHERS = '(?:别的|其[他它]的?|另外的)';
const NO_MORE = [
  '(?:也|大概|差不多|暂时|目前|基本上?|主要|一共|总共)?就(?:是)?(?:这些|这么[些多]|这[几一两三四五六七八九十\\d]+[条项个点处])(?:问题|情况|内容)?',
  `(?:也|暂时|目前|再)?(?:没有?|没啥|没什么|无)(?:啥|什么)?(?:要|可)?(?:${OTHERS}|补充?的?|加的|说的)(?:问题|情况)?`,
  `${OTHERS}(?:都|也|就|暂时)?(?:没有?|没啥|没什么)`,
  '没有?|没啥|没什么|不[用要]?再?(?:加|补充?)|(?:我)?说?完|差不多(?:就这样)?|先这样',
  "that[\u2019']?s? (?:is )?all|nothing (?:more|else)|no more",
].join('|');
/** "就这些 先交这两个": what is to become of them is for the card's yes all the same. */
const THEN_GOES = '先?(?:提?交|报|发|登记?)(?:这|那|上面)?[一二两三四五六七八九十\\d]*[个条项份些]?';
const NOTHING_MORE = word(`${ASIDE}(?:${NO_MORE})(?:[吧了的啊呀,\uff0c。\\s]*(?:${NO_MORE}|${THEN_GOES}))?`);
/** "我记混了,不改了", "算了 不改了就这样": the record stays as it was. */
const KEPT = /(?:^|[,\uff0c\s]|算了)(?:先|就|还是|那)?不(?:用|要)?改了[,\uff0c\s]*(?:就这样)?[吧啊了。.!]*$/u;
const NEITHER = word(
  '都不是|都不对|不是这个|不是这些|不是这意思|不是这个意思|neither|none of (?:them|these)',
);

export const isCancel = (text: string) => CANCEL.test(text.trim());
export const isBack = (text: string) => BACK.test(text.trim());
export const isRestore = (text: string) => RESTORE.test(text.trim());
export const isGoOn = (text: string) => [GO_ON, GO_ON_WITH, SEND_IT].some((one) => one.test(text.trim()));
export const isNo = (text: string) => NO.test(text.trim());
export const isEdit = (text: string) => EDIT.test(text.trim());
export const isLater = (text: string) =>
  LATER.test(text.trim()) || WAITS_BECAUSE.test(text.trim()) || isCalledAway(text.trim());
/** "啊?", "什么?": what was said last was not understood. */
const HUH = /^(?:啊|嗯|哈|啥|什么|咦|哎)+[?\uff1f]+$/u;
export const isHuh = (text: string) => HUH.test(text.trim());
export const isThanks = (text: string) => THANKS.test(text.trim());
export const isHello = (text: string) => HELLO.test(text.trim());
/** "知道了" is not a signature (DOMAIN §6.4). */
export const isNoted = (text: string) => NOTED.test(text.trim());
export const isReceived = (text: string) => RECEIVED.test(text.trim());
/** Nothing more to add (no yes: what stands may still be wrong). */
export const saysNoMore = (text: string) => NOTHING_MORE.test(text.trim());
/** What was to be changed stays. */
export const saysKept = (text: string) => [...text.trim()].length <= 16 && KEPT.test(text.trim());
export const isNeither = (text: string) => NEITHER.test(text.trim());

function isCalledAway(said: string): boolean {
  if ([...said].length > 16 || /\d|没|坏|不|电话[亭机本号]/u.test(said)) return false;
  return CALLED_AWAY.test(said);
}

/** "没有" to the question what was found; `large`: "没啥大问题", which leaves room for small ones (DOMAIN §6.4). */
export function saysNone(text: string): 'clean' | 'large' | null {
  const said = text.trim();
  if (NOT_CLEAN.test(said)) return 'large';
  return NONE.test(said) ? 'clean' : null;
}

/** Words of assent that hold no "not", no question and no second thought; longer than this says more than yes. */
export function isPlainYes(text: string): boolean {
  // That something was heard is not yet that it is wanted.
  if (/知道|收到|明白|了解|看到|谢|noted|got it|received/iu.test(text)) return false;
  // "日期都对" is of the day alone.
  if (/日期|时间|期限|学校|校名|名字|人数|第.{1,2}[条项个]|那[条项个]/u.test(text)) return false;
  const said = text.trim().replaceAll(/没问题|没错|不错|没毛病/gu, '');
  return [...text.trim()].length <= 10 && !/[不别没先等未吗?\uff1f改]|但|可是|稍|but|not|wait/iu.test(said);
}
