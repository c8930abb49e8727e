// The lesser slots: reasons, corrections, recipients, metrics, subjects, formats, companions. Small rules over what was found.
import type { Lexicon } from './lexicon.ts';
import { wordFinder } from './lexicon.ts';
import { parseNumber } from './numerals.ts';
import type { ItemCode, Method } from './types.ts';

/** Papers that were looked into, whatever they are called. */
const READ =
  /(?:(?<![检督复自抽])(?:查|翻)(?:看|阅|对)?了?|看了)(?:[一几]下|[^,.;没不未]{0,7})(?:记录|台账|档案|资料|材料|教案|方案|账本|账目|票据|制度|值班表|课表)(?![^,.;]{0,6}(?:没|不|缺|未))/;

export interface PartReader {
  methods(text: string): Method[];
  topic(text: string): string | undefined;
  metrics(text: string): string[];
  audience(text: string): string | undefined;
  format(text: string): string | undefined;
  /** The items that a question is about, by number ("第三项") or as people call them ("吃的方面"). */
  spokenItems(text: string): ItemCode[];
}

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
      const found = methods.keys(text.replace(/没听课|没有听课/g, ''));
      if (
        /(?<![打翻])转了(?!给)|(?<![打翻运周])转(?:一?转|着)?(?:校园|操场|教学楼|食堂|宿舍|全校)/.test(
          text,
        ) &&
        !found.includes('tour')
      )
        found.push('tour');
      if (READ.test(text) && !found.includes('docs')) found.push('docs');
      return /听(?:了)?[^,]{0,10}[节堂](?:课)?/.test(text) && !found.includes('lesson')
        ? [...found, 'lesson']
        : found;
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
      const nth = nthItems(text);
      return nth.length > 0 ? nth : (spoken.keys(text) as ItemCode[]); // the schema has checked the keys
    },
  };
}
