// The lesser slots: reasons, corrections, recipients, metrics, subjects, formats, companions. Small rules over what was found.
import type { Lexicon } from '../text/lexicon.ts';
import { wordFinder } from '../text/lexicon.ts';
import { parseNumber } from '../text/numerals.ts';
import type { ItemCode, Method } from '../types.ts';

/** Papers that were looked into, whatever they are called: "抽了两摞作业本", "看了晨检本", "查了下值班表". */
const READ =
  /(?<!没|没有|未|[检督复自])(?:抽查|抽看|核对|核查|查|翻|看(?!着)|核|对|抽)(?:看|阅|对)?(?:了|过|的)?(?:[一几]下)?[^,.;没不未缺]{0,12}(?:记录|台账|档案|资料|材料|教案|方案|账目|[两几一]?本账|账本|票据?|采购单|制度|值班[表簿]|课表|名册|名单|合同|报表|笔记|试卷|卷子|作业本?|[检课录记听案查]本|登记[本簿]?|签到[本簿表]?|[值点]班簿|簿子|回放|公示)(?!面|室|栏|墙|身|校|园|人|来|地)(?![^,.;]{0,6}(?:没|不|缺|未))/;
/** The papers first, then that they were gone through: "资料看了一摞", "教案翻了十来本". */
const WENT_THROUGH =
  /(?:[备教]课?本|教研本|[晨午]检本|资料|材料|台账|记录|档案|教案|作业本?|账本|票据|课表|制度|簿子|本子)(?:我|也|都|又|还|就)*(?:看|翻|查|抽|核|阅|过)(?:看|阅|查|对)?(?:了|过)(?:[一二两三四五六七八九十几半好\d]+来?(?:大|小)?(?:摞|堆|本|遍|份|沓|叠|页|个月|学期|盒|箱))/;
/** People who were talked with: "喊了五个学生聊天", "跟六个家长通了电话", "找老师谈了". */
const TALKED =
  /(?:找|跟|和|与|同|问|喊|叫|请|给|约|随机问)(?:了|过)?[^,.;]{0,8}(?:学生|孩子|娃|老师|教师|家长|班主任|校长|园长|主任|师生|村民|门卫|厨师|书记)[^,.;]{0,8}(?:谈|聊|唠|拉了|拉呱|座谈|交流|交换|碰(?:了)?(?:一?下|个?头|个?面)|通(?:了)?电话|打(?:了)?电话|了解|问(?:了|话))|(?:随机)?问(?:了|过)(?:[^,.;]{0,4})(?:个|名|位)(?:学生|孩子|娃|老师|家长)|入户|谈(?:了|过)(?:话|心|一?会)|谈的$|各谈了|唠了?(?:唠|一?会|几句)|拉了(?:拉|呱|一?会)/;
const TOURED =
  /巡(?:了|过)(?!演)|看(?:了|过)(?:看)?(?:教室|各班|功能室)|转(?:了)?(?:教室|班级|各班|功能室)|(?<!一)(?:转悠|溜达|遛达|遛|绕|逛)(?:了|过|完)?(?:[一两半]|好?几)(?:圈|趟|遍|天|个)|(?<![打翻运周料账案录])转(?:完|遍)了(?:$|[,.;没都挺也])|(?<![打翻])转了(?!给)|(?<![打翻运周])转(?:一?转|着)?(?:校园|操场|教学楼|食堂|宿舍|全校)|(?:都|全|里外)转(?:到|遍|过)|(?:走|转|看|巡)(?:了|过)?(?:一)?(?:遍|圈|趟)(?:了)?(?=教室|校园|各|全|楼|操场|走廊|$|[,.;])|(?:里里外外|楼上楼下|前院后院|各处)[^,.;]{0,4}(?:走|转|看)|看(?:了|的|着|看)?(?:一?下|孩子们?|学生)?(?:晨检和)?(?:入校|进校|入园|放学|上学|大课间|就餐|午餐|午休|护学)(?:的)?(?:秩序|情况|时段)?/;
const HEARD_LESSONS =
  /推门(?!进)|旁听[^,.;]{0,6}[节课]|听(?:了|的|过)?[^,.;]{0,10}[节堂](?:课)?|[\d一二两三四五六七八九]节课[^,.;]{0,3}(?:连着)?听|听(?:了)?[一二两三四五六七八九\d]+节|听了[^,.;]{0,6}(?:语文|数学|英语|物理|化学|科学|音乐|美术|体育|道法)|[进到](?:了)?(?:\d|[一二两三四五六])个?(?:课堂|班听)|进课堂/;
const UNTOLD = /便衣|没亮(?:证|身份)|(?:没|未)(?:有)?(?:吱声|吭声|声张|惊动|打招呼|提前说)|不打招呼/;

/** What the words of the lexicon leave out, for it stands apart: "喊了五个学生聊天". */
const SEEN: ReadonlyArray<[Method, RegExp]> = [
  ['tour', TOURED],
  ['docs', READ],
  ['docs', WENT_THROUGH],
  ['interview', TALKED],
  ['lesson', HEARD_LESSONS],
  [
    'meeting',
    /(?:坐|听|开|参加)(?:了|过)?(?:一?会儿?)?[^,.;]{0,6}(?:教研组|班主任|年级组|备课组|家长|教师|行政|班子)[^,.;谈]{0,3}会(?!儿)/,
  ],
  ['undercover', UNTOLD],
];

export interface PartReader {
  methods(text: string): Method[];
  topic(text: string): string | undefined;
  metrics(text: string): string[];
  audience(text: string): string | undefined;
  format(text: string): string | undefined;
  /** The items that a question is about, by number ("第三项") or as people call them ("吃的方面"). */
  spokenItems(text: string): ItemCode[];
}

/** By its code, as the sheets have it: "I7的整改率"; "K1到K4" is all of them, and narrows nothing. */
const CODED_ITEM = /(?<![a-z0-9]|[到至~-])(i[1-8]|k[1-4])(?![a-z0-9]|[到至~-])/gi;
const NTH_ITEM = /第([一二三四五六七八1-8])项(?!整改|问题(?:已|没|还|改))/g;

/** "八项里头第三项", "第七项上个月几个问题": the items by their numbers. */
function nthItems(text: string): ItemCode[] {
  const kindergarten = /四项|幼儿园|园/.test(text);
  return [...text.matchAll(NTH_ITEM)].flatMap((m): ItemCode[] => {
    const n = parseNumber(m[1] ?? '') ?? 0;
    return kindergarten && n <= 4 ? [`K${n}` as ItemCode] : [`I${n}` as ItemCode]; // 1 to 8, as the pattern says
  });
}

const HOW_MANY = '(?:几|多少|总数|总量|合计|一共|占比|比例|百分之)';
/** Figures asked for in words that are no names of figures: "改完的有几成", "一共出了几回". */
const COUNTED: Array<[RegExp, string]> = [
  [/过了?期|到期(?:了)?(?:还|都)?没/, 'overdue'],
  [/(?:学习?|培训)[^,.;]{0,4}(?:几|多少)个?(?:小时|学时|钟头)/, 'training_hours'],
  [/(?:受伤|伤害|事故)[^,.;]{0,6}几起/, 'emergencies'],
  [/(?:突发|紧急|应急)(?:事件|情况)?[^,.;]{0,6}几起/, 'emergencies'],
  [new RegExp(`(?:发|下|开)[^,.;]{0,4}${HOW_MANY}[^,.;]{0,3}(?:整改)?(?:通知书?|单)`), 'rect_issued'],
  [new RegExp(`(?:查出来?|发现)[^,.;]{0,8}${HOW_MANY}[条个]`), 'findings'],
  [new RegExp(`(?:反映|反馈|来信|扫码|意见|信访|举报|来电)[^,.;]{0,8}${HOW_MANY}`), 'opinions'],
  [
    new RegExp(
      `(?:改完|改好|改掉|整改|销号|办结|完成|闭环|解决)[^,.;]{0,6}(?:${HOW_MANY}|率)|${HOW_MANY}[^,.;]{0,6}(?:改完|改好|销号|办结|闭环)`,
    ),
    'closing_rate',
  ],
  [
    new RegExp(
      `问题[^,.;]{0,10}${HOW_MANY}|${HOW_MANY}[^,.;]{0,4}问题|(?:按|分)[八8]项|哪[一]?[项类方]|(?:哪|什么)方面`,
    ),
    'findings',
  ],
  [new RegExp(`(?:听|评)[^,.;]{0,4}${HOW_MANY}[^,.;]{0,2}[节堂课]`), 'lessons'],
  [
    new RegExp(
      `(?:督导|入校|进校|跑|去|到|走|下|录|记|登|填)[^,.;]{0,6}${HOW_MANY}|${HOW_MANY}[^,.;]{0,2}(?:次|趟|回)|多少(?:活|工作)|工作量|跑得怎么样`,
    ),
    'visits',
  ],
];

/** "次数、问题、整改率": one of several figures that are wanted. */
const LISTED_PROBLEMS = /[、,和及:]问题(?:数|量|情况)?(?=[、,.和及]|$)|问题(?:数|量|情况)?(?=[、和及])/;

/** Compiles the office's words for the slots that are codes. */
export function partReader(lexicon: Lexicon): PartReader {
  const methods = wordFinder<Method>(lexicon.methods);
  const topics = wordFinder(lexicon.topics);
  const metrics = wordFinder(lexicon.metrics);
  const audiences = wordFinder(lexicon.audiences);
  const formats = wordFinder(lexicon.formats);
  const spoken = wordFinder<string>(lexicon.spoken);
  return {
    methods: (text) => {
      const said = text.replace(
        /没(?:有|来得及)?听课|课没听|没听成|(?:本来|原本|本)(?:想|要|打算|准备)听[^,.;]{0,8}/g,
        '',
      );
      const found = new Set(methods.keys(said));
      // "旁听两节": a lesson; "旁听行政会": a meeting
      if (/旁听[^,.;]{0,8}[节课]/.test(said) && !/会/.test(said)) found.delete('meeting');
      for (const [method, pattern] of SEEN) if (pattern.test(said)) found.add(method);
      return [...found];
    },
    topic: (text) => {
      const hits = topics.all(text).sort((a, b) => b.word.length - a.word.length);
      return hits[0]?.key;
    },
    metrics: (text) => {
      const known = metrics.keys(text);
      if (known.length > 0 && !known.includes('findings') && LISTED_PROBLEMS.test(text))
        known.push('findings');
      return known.length > 0 ? known : COUNTED.flatMap(([words, key]) => (words.test(text) ? [key] : []));
    },
    audience: (text) => audiences.keys(text)[0],
    format: (text) => formats.keys(text)[0],
    spokenItems: (text) => {
      const coded = [...text.matchAll(CODED_ITEM)].map(([code]) => code.toUpperCase() as ItemCode); // as the pattern says
      const nth = coded.length > 0 ? coded : nthItems(text);
      return nth.length > 0 ? nth : (spoken.keys(text) as ItemCode[]); // the schema has checked the keys
    },
  };
}
