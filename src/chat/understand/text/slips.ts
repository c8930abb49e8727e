// Trade words that a phone's dictation writes with other characters: 灭火气 is 灭火器, 留洋 is 留样. Heard by sound, for longer words only.
import { soundKey, syllable } from './sounds.ts';

/** Words of three characters and more that nobody means otherwise; what merely sounds like one is taken for it. */
const WORDS = [
  '灭火器',
  '消防栓',
  '消防通道',
  '应急灯',
  '健康证',
  '护学岗',
  '留样柜',
  '消毒柜',
  '消毒记录',
  '公示栏',
  '公开栏',
  '值班表',
  '值班记录',
  '陪餐记录',
  '直饮水',
  '饮水机',
  '防滑条',
  '防滑垫',
  '防护栏',
  '监控室',
  '配电箱',
  '配电室',
  '疏散通道',
  '安全出口',
  '隔离墩',
  '减速带',
  '课后服务',
  '有偿补课',
  '乱收费',
  '作业公示',
  '整改通知',
  '整改报告',
  '健康档案',
  '晨检记录',
  '进货台账',
  '明厨亮灶',
  '责任督学',
  '专项督导',
  '综合督导',
  '自评报告',
  '督导记录',
];
/** Short ones by hand: two syllables alone prove nothing. */
const SHORT: Array<[RegExp, string]> = [
  [/(?:留|流)(?:洋|杨|阳|羊)|流样/g, '留样'],
  [/(?:言|沿|严)期(?!限)/g, '延期'],
  [/撤(?:会|汇|挥)(?=来|$|[,.;\s])/g, '撤回'],
  [/回(?:直|值|职)(?!班|日)/g, '回执'],
  [/(?:整该|正改|整盖|正该)/g, '整改'],
  [/台帐|抬账|台涨/g, '台账'],
  [/(?:陪|培|配)参(?!与|加|考|赛)/g, '陪餐'],
  [/听可(?=[,.;\s一二两三四五六七八九十\d]|$)/g, '听课'],
  [/晨捡|晨剪/g, '晨检'],
  [/没气(?=罐|漏|泄|味|阀|灶|瓶)/g, '煤气'],
  [/(?:都|督)岛(?=组|办|室|员|过|了)/g, '督导'],
];
/** Little words that stand in every sentence: a stretch with one of them is no slip of a word without it. */
const LITTLE = /[是在的了有不没和也就都要到会个还这那他她我你给把等及与或并其忘时人]/;

const heard = new Map<string, string>();
for (const word of WORDS) heard.set([...word].map((c) => syllable(c)).join('-'), word);
const LENGTHS = [...new Set(WORDS.map((w) => w.length))].sort((a, b) => b - a);
/** Where a word may begin: looked at before anything is joined. */
const HEADS = new Set(WORDS.map((w) => soundKey(w[0] ?? '')));

/** The text with slips of dictation put right; its length stays. */
export function withoutSlips(text: string): string {
  let out = text;
  for (const [slip, word] of SHORT) out = out.replace(slip, word);
  for (let at = 0; at + 3 <= out.length; at++) {
    if (!HEADS.has(soundKey(out[at] ?? ''))) continue;
    for (const length of LENGTHS) {
      const typed = out.slice(at, at + length);
      if (typed.length < length) continue;
      const word = heard.get([...typed].map((c) => syllable(c)).join('-'));
      if (!word) continue;
      const same = [...typed].filter((c, i) => c === word[i]).length;
      if (word !== typed && same * 2 >= length && !LITTLE.test(typed)) {
        out = out.slice(0, at) + word + out.slice(at + length);
      }
      at += length - 1;
      break;
    }
  }
  return out;
}
