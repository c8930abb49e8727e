// What a text is made of for the scorer: pieces of words, signs that reach further, and concepts in their order.
import { conceptReader } from '../text/concepts.ts';
import type { Concepts } from '../text/lexicon.ts';
import { normalise } from '../text/normalise.ts';
import { NUMBER } from '../text/numerals.ts';

/** Gives a masked text's features, each with its weight. */
export type FeatureReader = (masked: string) => Map<string, number>;

/** Signs that reach further than neighbouring characters; each is one feature. */
const CUES: Array<[string, RegExp]> = [
  ['ask', /[?吗么]|几|多少|哪|谁|啥|什么|怎|咋|如何|没有?$|了没|是不是|有没有/],
  ['askEnd', /(?:吗|么|没|没有|呢|\?|咋样|怎么样|几个|多少)$/],
  [
    'went',
    /(?:去|到|跑|来)(?:了|过|的)|去.{0,12}(?:看|督导|检查|转|听)|刚从|刚去|去S|到S|看过|转了|督导了|走访|跑了?S/,
  ],
  ['goTo', /(?:想|要|打算|准备|计划|安排|约|排|预).{0,10}(?:去|跑|到|督)/],
  ['future', /明[天儿早]|后天|下周|下个?月|下礼拜|下星期|改天/],
  ['none', /没(?:有|发现|啥|什么)?.{0,4}(?:问题|毛病)|一切正常|都(?:挺|很)?(?:好|不错|正常)/],
  [
    'done',
    /(?:改|换|修|装|补|清理?|弄|办|退|贴|刷|拆|整改|加固|更新|调整|处理|安装|落实|整理|配).{0,4}(?:好|完|毕|齐|掉|到位|上|了|成)/,
  ],
  ['limit', /限|T|之前|以前|月底|内(?:整改|改|完成)/],
  ['send', /通知|群发|转告|告诉|发(?:个|条|给)/],
  ['each', /各|全体|所有|全区|大家/],
  ['extend', /延期|延长|宽限|缓|推迟|延到|晚几?天|展期|再给|多给|延/],
  ['agree', /同意|批准|可以|准了|批了|不批|不准|不同意|驳回/],
  ['pass', /通过|合格|到位|销号|过了|给过|不算过|打回|退回|没过|重新/],
  ['wrong', /写错|填错|选错|错了|改成|改为|应该是|不是.{1,10}是|更正|有误|说错/],
  ['void', /作废|删(?:了|掉|除|一)|撤销|录重|重复/],
  ['recall', /撤回|撤下|收回|撤/],
  ['complain', /家长|群众|举报|投诉|反映|匿名|12345|热线|来电|来信/],
  ['study', /学习|培训|学时|例会学|学了|学的/],
  ['special', /专项|检查|整治/],
  ['comp', /综合督导|综督/],
  ['self', /自评/],
  ['kin', /亲戚|亲属|妻|弟|哥|姐|妹|爱人|老公|老婆|回避|同学|亲家|舅|姨|叔|侄|外甥|连襟/],
  ['object', /异议|不属实|不符|没有这事|不认可|申诉|不服|冤枉|搞错|不存在|说明一下|不是我们/],
  ['mine', /我(?!们|校|园)/],
  ['ours', /我们|我校|我园|咱们/],
  ['stat', /多少|几次|率|统计|数据|汇总|占/],
  ['file', /导出|导成|excel|pdf|word|表格|下载|打印/],
  ['brief', /简报|月报|总结|通报/],
  ['manage', /负责|管|名下|分管|归|包/],
  ['give', /调给|换.{0,8}(?:负责|管)|转给|交给|代管|接手|接管|对调|移交|划给/],
  ['issue', /(?:下|发|开|出具|下达|下发).{0,12}(?:整改|通知书)/],
  ['chase', /催|提醒|督促|抓紧/],
  ['receipt', /回执|没回|确认|签收|回复/],
  ['plan', /方案|措施|计划|打算|准备|思路/],
  ['ack', /收到|知道了|已阅|收悉|明白/],
  ['rule', /规定|要求|依据|必须|能不能|可以.{0,10}吗|要不要|需要|最多|最少|最长|至少|什么叫|怎么办/],
  ['history', /上次|上回|历次|历史|记录|以前|去过|最近/],
  ['heard', /听(?:了|课|评)|第.节|节课|评课|授课/],
  ['overdue', /逾期|超期|没改完|未整改|没销号|待/],
];

/** A lone character says little, a cue much. */
const WEIGHT = { letter: 0.5, piece: 1, cue: 2.2 };

/** Whom a message greets and how it thanks says nothing of what it wants. */
const GREETING =
  /^(?:(?:尊敬的)?(?:P|小[陈王李张赵周孙]|老[陈王李张赵周孙]|各位|老师|领导|主任|督学)?(?:老师|督学|主任|领导)?(?:们)?(?:您好|你好|好|早上好|早)?(?:啊|呀|哈)?|(?:真|实在)?不好意思(?:了|啊)?|(?:打扰|麻烦)(?:您|你|一下|了)*|哎呀?|嗯+|呃+|那个|这个|喂|就是)[,.!~\s]+(?=.{4})/;
const THANKS =
  /(?<=.{4})[,.!~\s]+(?:(?:那|先|就)?(?:谢谢|感谢|多谢|辛苦|麻烦)(?:您|你|了|啦|老师|领导|大家|督学|P)*|给您添麻烦了?|拜托了?)[.!~\s]*$/;

/** Builds the reader once from the office's words. */
export function featureReader(concepts: Concepts): FeatureReader {
  const conceptsOf = conceptReader(concepts);
  return (whole) => {
    const masked = whole.replace(GREETING, '').replace(GREETING, '').replace(THANKS, '');
    const text = `^${masked.replace(/[,.;:!\s、"()]+/g, ',')}$`;
    const features = new Map<string, number>();
    for (let i = 0; i < text.length; i++) {
      for (let n = 1; n <= 3 && i + n <= text.length; n++)
        features.set(text.slice(i, i + n), n === 1 ? WEIGHT.letter : WEIGHT.piece);
    }
    for (const [name, pattern] of CUES) if (pattern.test(masked)) features.set(`#${name}`, WEIGHT.cue);
    for (const [sign, weight] of conceptsOf(masked)) features.set(sign, weight);
    return features;
  };
}

/** Examples carry {school}, {person}, {rect_no}, {finding} where messages carry the thing itself. */
export function maskExample(example: string): string {
  const text = normalise(example.replaceAll('{finding}', '灭火器过期'))
    .replaceAll('{school}', 'S')
    .replaceAll('{person}', 'P')
    .replaceAll('{rect_no}', 'R');
  return maskNumbers(text);
}

const SPAN = new RegExp(`(?:限期?|宽限)?${NUMBER}个?(?:天|日|周|星期|礼拜|月)(?:内|之内|以内)`, 'g');
const DAY = new RegExp(
  `${NUMBER}月${NUMBER}[日号]?|(?<!\\d)\\d{1,2}[./]\\d{1,2}(?!\\d)|${NUMBER}[号日](?!楼)`,
  'g',
);
const MONTH = new RegExp(`${NUMBER}月份?`, 'g');
const AREA = new RegExp(`[三四五六七八九十\\d]${NUMBER}?(?=[区组])`, 'g');

/** Numbers, days and spans look alike to the scorer, whatever they are. */
export function maskNumbers(text: string): string {
  return text
    .replace(SPAN, 'T')
    .replace(/(?:大前|前|昨|今|明|后)[天日儿]/g, (d) => `${d[0]}D`)
    .replace(DAY, 'D')
    .replace(/(?:周|星期|礼拜)[一二三四五六日天]/g, '周D')
    .replace(MONTH, 'M')
    .replace(AREA, 'A')
    .replace(/\d+(?:\.\d+)?/g, '#');
}
