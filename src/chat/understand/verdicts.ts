// Yes and no, passed and not passed: negation is read before the word it turns round.
import { parseNumber } from './numerals.ts';
import { deniedOnly, meantSo, putOff } from './polarity.ts';
import type { Result } from './types.ts';

const FAIL =
  /(?:没|别|未|不能|不要|甭|勿|莫|不)(?:有|要|能)?.{0,2}(?:同意|批准?|准|答应|通过|算过|销号|pass)|不算过|(?:不能|不给|不让|不可以|没法|不准)(?:再)?(?:给|让|算)?(?:他们?|她们?|它|学校)?过(?!期|来)|怎么(?:能|给|可能|会)(?:他们|它)?(?:过|销|算|通过)|(?:别|不要|甭)给[^,.;]{0,8}过(?!期|来|他|她)|(?:^|[,.;\s])(?:这条|这个|那条)?不过(?:了)?(?:$|[.;])|(?:[条个份项所家学园校号们它\d小中]|那边)的不过(?=$|[,.;])|不过关|没通?过(?!期|来)|未通过|不通过|不给过|不能过|不予通过|不合格|没合格|不到位|没到位|未到位|不达标|没达标|没改(?:好|完|到位|彻底)|未整改|没整改|没有整改|没怎么改|没动|(?:一|哪)(?:条|个|项|处|样)(?:也|都)*(?:没|未)|原封不动|不行|打回|退回|退了|驳回|重新(?:整改|弄|改|做|报)|重[改做弄整搞]|返工|(?:继续|接着|(?:得|要|请|让(?:他们|学校)?)?再)(?:整改|改)(?:去|吧)?(?=$|[,.;\s])|继续(?:整改|改)|我(?:可)?不认(?=$|[,.;])|不能销号|不予销号|不销号|不认可|差得远|糊弄|应付|反弹|又坏|又犯|老样子|还是老|不同意|不批|不准|不可以|不算(?:是)?(?:改|整改|到位|完|合格|数)|不彻底|改得不|压根(?:没|不)|不能再(?!多|长|晚|拖|久|少)|不能算|通不过|过不了|算不上|称不上|谈不上|没批|别批|重拍|重交|重传|看不清|拍糊|太糊|没拍(?:到|全)|看不出|不能延|免谈|没门|先不销|不销|材料不全|不齐全?|补(?:交|充|齐(?!了(?:$|[,.;\s]))|发票|照片|材料)|先退|退$|退掉|敷衍|按期改|按时改|按原|驳了|没法点头|点不了头|不算(?=$|[,.;])|(?:叫|让)(?:他们?|她们?|学校)?补(?:上|齐|全)(?:了)?再|说(?:过|销)就(?:过|销)|不给延|不予|不许/;
const PARTIAL =
  /不(?:能|算)?全算|就差|只差|单差|部分|一半|大部分|基本(?:上)?(?:改|整改|到位|完成)|有的改|还(?:差|剩|有|缺)|剩下|只改|改了.{0,8}(?:没|剩|还)|个改了|仅完成|还没(?!来得及|顾上|看(?!到)|去|空)|还未|尚未|还(?:要|得|需)(?:等|再)|还在(?:等|做|弄|修|改|装|换|施工)/;
const PASS =
  /通过|合格|到位|达标|销号|销了|结案|闭环|放行|过了(?!期)|给过|给他们?过|算过|可以过|(?<![不没])过(?:了|吧)?(?=$|[,.;\s])|没问题|改好|改完|修好|都改|全改|(?:都|全)(?:已经?)?好了|符合|同意|批准|准了|批了|可以|属实|满意|认可|很好|挺好|不错|完成|彻底|最多.{0,3}给|给到|验收|再给|还行|(?<!能|可以)(?<![先不])销(?:掉|了)?吧?(?=$|[,.;\s])|行了(?!吗)|算过了|改得行|看着行|[那这][个条项](?:我看)?行(?=$|[,.;])|算(?:是)?了(?:结|了)|利索了|换新的?了|了[,;]行$|(?:[条项个处家所边份]|全)都行(?=$|[,.;])|\bpass\b/g;
/** Words of closing: a "not" before one is a refusal, wherever it stands. */
const CLOSING =
  /通过|合格|到位|达标|销号?|给过|算过|放行|结案|闭环|过关|认可|同意|批准?|准(?!备|时|确)|延期?/g;
/** Denied twice, put plainly. */
const PLAIN: Array<[RegExp, string]> = [
  // "中学没问题,是小学缺四本": not it but the other
  [/没(?:有)?(?:什么|啥)?(?:问题|毛病|事儿?)[,;](?=(?:其实|原来)?是[^否不])/g, ''],
  [
    /(?:都|也|再|已经?)*不(?:晃|漏|松|响|堵|滑|摇|渗|脱|掉|塌|翘|闪|冒|臭|潮|抖)(?:动|了)?(?![^,.;]{0,2}了[吗么])/g,
    '牢,',
  ],
  [/(?:没有?|无)(?:一个|哪个|什么|啥)?(?:不|没)(合格|通过|到位|达标)(?:的)?/g, '都$1'],
  [/没(?:有)?(?:什么|啥)?(?:大)?(?:问题|毛病)(?!的话|吗|么|没|\?|再|才|[,.]?(?:再|才))/g, ',可以,'],
  [/(?:不|没(?:有)?)反对|没(?:有)?意见|无异议/g, '同意'],
  [/没(?:得|有)(?:说|挑)(?=$|[,.;])|没(?:有)?(?:再)?犯(?:老毛病)?(?=$|[,.;])/g, ',可以,'],
  [/(?:没|不是)(?:有)?说(?:过)?不(?:让|给|能)?(?:过|行|批|准|销)[,;]?/g, ''],
  // "一个没落,全换了": none was left out
  [
    /[一哪](?:个|条|处|项|样|根|台|盏|块|扇|张|份)(?:都|也)?(?:没有?|未)(?:落下?|漏掉?|少|剩下?|拉下|缺)(?=[,.;都全换改装补修]|$)/g,
    '都改,',
  ],
  // "挑不出毛病", "找不出一点问题"
  [
    /(?:挑|找|看|查|瞧)不(?:出|着|到)(?:来)?(?:有)?(?:一点儿?|半点|什么|啥|任何)*(?:毛病|问题|不是|错|刺|茬)(?:来)?/g,
    ',可以,',
  ],
  // "上次没通过,这回都换好了": what was is over
  [
    /(?:上[次回]|原先|原来|之前|以前|本来)[^,.;]{2,14}[,;](?=[^.;]*(?:这[次回]|现在|[今昨]天|去[看瞅]|都|真))/g,
    '',
  ],
  // looked at again and still in order
  [/(?:没(?:有)?|未|无)(?:再|又)?(?:反弹|反复|复发|走样)/g, '可以'],
  [/不是(?:说)?(?:不?(?:合格|通过|到位|同意|批准)|(?:不|没)(?:行|过|可以|销|批准?|给|答应))[,;]?/g, ''],
];

/** "三条改好两条", "三条里两条改了": so many of so many. */
const DONE = '(?:整改|改|修|换|装|补|弄|完成|落实|到位|做|行|可以|合格)(?:好|完|掉|到位)?(?:了)?';
const COUNTED = `([\\d一二两俩三四五六七八九十]+)(?:条|个|项|处|样)(?:问题)?`;
const OF_SO_MANY = [
  new RegExp(`${COUNTED}[^.;\\d一二两三四五六七八九十]{0,6}${DONE}${COUNTED}`),
  new RegExp(`${COUNTED}(?:里面?|中|当中)?[,\\s]?(?:有|就|只有|才|已经?)*${COUNTED}[^.;,没未不]{0,4}${DONE}`),
];

/** Says that fewer were put right than there are. */
function someOf(text: string): boolean {
  return OF_SO_MANY.some((pattern) => {
    const [, all, done] = pattern.exec(text) ?? [];
    const [a, b] = [parseNumber(all ?? ''), parseNumber(done ?? '')];
    return a !== undefined && b !== undefined && b > 0 && b < a;
  });
}

const LEFT_OVER = /(?:还|只|就)(?:剩|差)(?!得)|剩[一二两三四五六七八九\d]/;
const LIMIT =
  /(?:[\d一二两三四五六七八九十半]+个?(?:天|日|周|星期|礼拜|月|工作日)(?:内|之内|以内)|之?前|月底|必须|务必|要求|争取|抓紧|尽快|限期?)[^,.;]{0,6}(?:整改|改|落实|完成|修|弄)(?:到位|好|完|完毕|完成)?(?!了)/g;

/** "说修好了,我去一拧还是凉的": tried on the spot, and as it was. */
const STILL =
  /(?:我|现场|到场|自己|去|当场)[^,.;]{0,4}(?:一?[拧看试摸按踩推拉开查瞧])[^,.;]{0,3}[,\s]?[^,.;没不]{0,3}(?:还是?|照样|仍然?|又|依然)(?!行|可以|不错|好|挺|都?合格|要|得)[\u4e00-\u9fff]{1,4}(?=$|[,.;\s])/;

/** A review's or a decision's outcome. A clear "no" beats what was praised before it; an unclear mixture is `partial`. */
export function parseResult(said: string): Result | undefined {
  // what the school says of it is undone by what was seen of it
  if (STILL.test(said) && !/才|不(?:是|再)/.test(said.slice(said.search(STILL)))) return 'fail';
  // "三天内整改到位" sets a limit; it does not say that anything is in place
  // nor does the number of a notice count anything
  let text = said.replace(LIMIT, '').replace(/(?<!\d)0\d\d号?/g, '');
  for (const [twice, plain] of PLAIN) text = text.replace(twice, plain);
  // "这条过…那条不过", "泔水桶的过,备课本的不过"
  if (
    /(?:条|个|项)(?:可以|就|算|给)?过(?!期)[^\d]*(?:条|个|项)?(?:不能|不给|不算|不|没)过/.test(text) ||
    /的(?:就|都|算|给)*(?:通过|合格|过|行|可以)了?[,;\s][^,.;\s]{1,10}的?(?:就|都|算|给)*(?:不|没)(?:合格|能|算|给|通)?(?:过|行)?(?:$|[,.;\s])/.test(
      text,
    )
  )
    return 'partial';
  if (/部分(?:完成|通过|合格|整改|到位)/.test(text)) return 'partial';
  if (FAIL.test(text) || deniedOnly(text, CLOSING)) {
    const parts =
      (someOf(text) || LEFT_OVER.test(text) || /(?:个|条|处|项)(?:问题)?(?:改|整改|修)了/.test(text)) &&
      !/不能?算(?:过|$|[,.;])|不给过|不批|不通过|打回|退回|不合格|不到位|重新|继续/.test(text);
    return parts ? 'partial' : 'fail';
  }
  if (PARTIAL.test(text) || someOf(text)) return 'partial';
  return meantSo(text, PASS) && !putOff(text) ? 'pass' : undefined;
}

const GRANT =
  /同意|宽(?=[\d一二两三四五六七八九十半])|(?<![不没])答应(?:了|他|她|你)|缓(?=[\d一二两三四五六七八九十半])|批准?(?!评)|准(?!备|时|确|予?不)|可以|行(?!政|程|为|动)|成(?!本|绩|立|员)|给(?:他们?|学校|到|\d|[一二两三四五六七八九十])|宽限|缓到|延到|再给|[就按照](?:按|照)?(?:他们?|她们?|学校|园里|对方)(?:说|提|报|申请|要求|定)的(?:日子|时间|日期|期限|天数)?(?:来|办|给|延|走)|(?:延|缓|给)(?:他们?|她们?)?(?:延|缓)?吧/g;

/** A decision on asking for more time: granted only when plainly granted. */
export function decisionOf(said: string): 'pass' | 'fail' | undefined {
  // "再拖我可不答应了" warns; it refuses nothing
  let text = said.replace(/(?:要是|如果|若)?(?:下次)?再(?:拖|延|晚|迟|不改)[^,.;]*/g, '');
  for (const [twice, plain] of PLAIN) text = text.replace(twice, plain);
  // "给十天吧,多了不行", "延七天吧,不,还是五天": so much, and no more
  text = text.replace(/(?:再)?多(?:了|一天)?(?:就|可)?不(?:行|成|给)|(?<=[,;])不(?:对)?[,;]?(?=还是)/g, '');
  if (FAIL.test(text) || /延期就算了|不延|不行|不成|不给/.test(text) || deniedOnly(text, CLOSING))
    return 'fail';
  return meantSo(text, GRANT, { hearsay: true }) && !putOff(text) ? 'pass' : undefined;
}

const NO =
  /^(?:不|别|甭|否|no|n|错|没有$|不是|不对|不行|不可以|不用|不确认|先别|先不|等等|等一下|等下|慢着|取消|算了|还没|不发|不要)/;
const YES =
  /^(?:嗯+|恩|哦|啊)?[,\s]?(?:(?:没错|对|是|嗯+)?,?就(?:是)?(?:这个|它|这所|这样|这条|按你说的|照这个|按这个)(?:办|来|发|报)?|确认吧?,?没(?:啥|什么|有)?(?:要|可)?改的?|是的?|对的?|对对对?|好的?|好呀|好嘞|行的?|可以的?|可|成|中|没错|没问题|没(?:啥|什么)?(?:毛病|问题|要?改的?)|确认(?:无误|提交|发送|一下)?|确定|ok|okay|yes|y|提交|发送|发吧|发|保存|就这样(?:办|定|发|登|记|录|存|报|交|填)?|就这么(?:办|着|定|发|登|记|录|存|报|交|填)?|同意|嗯+|没意见|(?:就)?[按照](?:着)?(?:这个?|这样|上面的?|你说的)(?:报|来|交|发|办|登|记|存)?|交|存吧|登吧|登记吧|记上吧|录上吧|正确|无误|准确)(?:吧|了|的|啊|哈|呢|,?\s?(?:谢谢|辛苦了?|提交|发吧|发送|发|就这样(?:办|定|发|登|记|录|存|报|交|填)?|就这么(?:办|着|定|发|登|记|录|存|报|交|填)?|就?按这个(?:报|来|交|发|办)?|交|报|吧|确认|保存|没错|没问题|可以|是的|对))*[.!]*$/;

/** Says yes after it: "预览看过了,可以发", "跟纸上一字不差,存吧". */
const CHECKED =
  /^(?:预览|名单|内容|稿子|数字?|我|都|全)*(?:核|看|对|检查|查)(?:对|过|完|好|了一遍)?了?$|^(?:跟|和|与)[^,]{1,8}(?:一样|一致|一字不差|对得上|没差)的?$|^一字不差$/;
const GO_AHEAD = /^(?:就|那就)?(?:可以|照)(?:发|存|录|报|交|提交)(?:吧|了|出去)*$/;

/** An answer to a yes-or-no question; undefined when it is neither, such as "确认一下是几号?". */
export function parseYesNo(text: string): boolean | undefined {
  const t = text
    .trim()
    .toLowerCase()
    .replace(/[。!！.,，]+$/, '')
    .replace(/，/g, ',');
  if (/[?？吗]/.test(t)) return undefined;
  if (NO.test(t) && !/^不是不|^没有?(?:啥|什么)?(?:问题|毛病|意见|要改)/.test(t)) return false;
  if (YES.test(t)) return true;
  // "嗯 没毛病 就这样登吧": each breath of it says yes
  const parts = t.split(/[,\s]+/).filter(Boolean);
  const does = (part = '') => YES.test(part) || GO_AHEAD.test(part);
  if (parts.length < 2 || !does(parts.at(-1))) return undefined;
  return parts.every((part) => does(part) || CHECKED.test(part)) ? true : undefined;
}
