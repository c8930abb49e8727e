// Weighs a message against the examples: a linear scorer over pieces of words, trained from the examples when it is built.

import type { Examples } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { NUMBER } from './numerals.ts';
import { INTENTS, type Intent } from './types.ts';

export interface Classifier {
  /** One logit per intent, in the order of INTENTS, for a masked text (see `maskSpans`). */
  scores(masked: string): Float32Array;
}

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

/** What a text is made of: pieces of one to three characters, and the signs above. */
function featuresOf(masked: string): string[] {
  const text = `^${masked.replace(/[,.;:!\s、"()]+/g, ',')}$`;
  const features = new Set<string>();
  for (let i = 0; i < text.length; i++) {
    for (let n = 1; n <= 3 && i + n <= text.length; n++) features.add(text.slice(i, i + n));
  }
  for (const [name, pattern] of CUES) if (pattern.test(masked)) features.add(`#${name}`);
  return [...features];
}

const CUE_WEIGHT = 2.2;
const ROUNDS = 9;
const STEP = 0.8;

/** What the examples taught: one row of weights per feature, one weight per intent in the order of INTENTS. */
export interface Learnt {
  features: readonly string[];
  weights: Float32Array;
  bias: Float32Array;
}

/** Learns in a fixed order, so that the same examples always give the same understanding; half a second of a core. */
export function learn(examples: Examples): Learnt {
  const rows: Array<{ features: Int32Array; values: Float32Array; label: number }> = [];
  const vocabulary = new Map<string, number>();
  INTENTS.forEach((intent, label) => {
    for (const example of examples[intent] ?? []) {
      const { ids, values } = vectorOf(maskExample(example), (f) => {
        const known = vocabulary.get(f);
        if (known !== undefined) return known;
        vocabulary.set(f, vocabulary.size);
        return vocabulary.size - 1;
      });
      rows.push({ features: Int32Array.from(ids), values: Float32Array.from(values), label });
    }
  });
  const classes = INTENTS.length;
  const weights = new Float32Array(vocabulary.size * classes);
  const bias = new Float32Array(classes);
  const order = shuffled(rows.length);
  const p = new Float32Array(classes);
  const wrong: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rate = STEP / (1 + round * 0.15);
    for (const index of order) {
      const row = rows[index];
      if (!row) continue;
      p.set(bias);
      accumulate(p, weights, row.features, row.values, classes);
      softmax(p);
      wrong.length = 0;
      for (let c = 0; c < classes; c++) {
        const error = (c === row.label ? 1 : 0) - (p[c] ?? 0);
        p[c] = error * rate;
        if (Math.abs(error) < 2e-3) continue;
        wrong.push(c);
        bias[c] = (bias[c] ?? 0) + rate * error * 0.1;
      }
      if (wrong.length === 0) continue;
      for (let k = 0; k < row.features.length; k++) {
        const base = (row.features[k] ?? 0) * classes;
        const value = row.values[k] ?? 0;
        for (const c of wrong) weights[base + c] = (weights[base + c] ?? 0) + (p[c] ?? 0) * value;
      }
    }
  }
  return { features: [...vocabulary.keys()], weights, bias };
}

/** The scorer that was learnt. */
export function classifierOf({ features, weights, bias }: Learnt): Classifier {
  const classes = INTENTS.length;
  const vocabulary = new Map(features.map((feature, id) => [feature, id]));
  return {
    scores(masked) {
      const { ids, values } = vectorOf(masked, (f) => vocabulary.get(f) ?? -1);
      const out = Float32Array.from(bias);
      accumulate(out, weights, Int32Array.from(ids), Float32Array.from(values), classes);
      return out;
    },
  };
}

function vectorOf(masked: string, id: (feature: string) => number): { ids: number[]; values: number[] } {
  const features = featuresOf(masked);
  const ids: number[] = [];
  const raw: number[] = [];
  for (const feature of features) {
    const known = id(feature);
    if (known < 0) continue;
    ids.push(known);
    raw.push(feature.startsWith('#') ? CUE_WEIGHT : feature.length === 1 ? 0.5 : 1);
  }
  const norm = Math.sqrt(raw.reduce((sum, v) => sum + v * v, 0)) || 1;
  return { ids, values: raw.map((v) => (v / norm) * 3) };
}

function accumulate(
  out: Float32Array,
  weights: Float32Array,
  ids: Int32Array,
  values: Float32Array,
  classes: number,
): void {
  for (let k = 0; k < ids.length; k++) {
    const base = (ids[k] ?? 0) * classes;
    const value = values[k] ?? 0;
    for (let c = 0; c < classes; c++) out[c] = (out[c] ?? 0) + (weights[base + c] ?? 0) * value;
  }
}

export function softmax(p: Float32Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const v of p) max = Math.max(max, v);
  let sum = 0;
  for (let c = 0; c < p.length; c++) {
    p[c] = Math.exp((p[c] ?? 0) - max);
    sum += p[c] ?? 0;
  }
  for (let c = 0; c < p.length; c++) p[c] = (p[c] ?? 0) / sum;
}

/** A fixed order that mixes the intents; a plain congruential generator, so no chance is involved. */
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  let seed = 20260319;
  for (let i = count - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = seed % (i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}

/** Examples carry {school}, {person}, {rect_no}, {finding} where messages carry the thing itself. */
function maskExample(example: string): string {
  const text = normalise(example.replaceAll('{finding}', '灭火器过期'))
    .replaceAll('{school}', 'S')
    .replaceAll('{person}', 'P')
    .replaceAll('{rect_no}', 'R');
  return maskNumbers(text);
}

/** Numbers, days and spans look alike to the scorer, whatever they are. */
export function maskNumbers(text: string): string {
  return text
    .replace(new RegExp(`(?:限期?|宽限)?${NUMBER}个?(?:天|日|周|星期|礼拜|月)(?:内|之内|以内)`, 'g'), 'T')
    .replace(/(?:大前|前|昨|今|明|后)[天日儿]/g, (d) => `${d[0]}D`)
    .replace(
      new RegExp(
        `${NUMBER}月${NUMBER}[日号]?|(?<!\\d)\\d{1,2}[./]\\d{1,2}(?!\\d)|${NUMBER}[号日](?!楼)`,
        'g',
      ),
      'D',
    )
    .replace(/(?:周|星期|礼拜)[一二三四五六日天]/g, '周D')
    .replace(new RegExp(`${NUMBER}月份?`, 'g'), 'M')
    .replace(new RegExp(`[三四五六七八九十\\d]${NUMBER}?(?=[区组])`, 'g'), 'A')
    .replace(/\d+(?:\.\d+)?/g, '#');
}

export type { Intent };
