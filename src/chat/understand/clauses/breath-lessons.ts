// What teaches where a new stretch begins: the examples with their commas taken out, and sayings put one after another.
import type { Examples } from '../learn/examples.ts';
import { normalise } from '../text/normalise.ts';
import type { Sayings } from '../text/sayings.ts';
import type { Intent } from '../types.ts';

/** A text without marks. */
export interface Row {
  text: string;
  /** Places where a new stretch begins. */
  cuts: Set<number>;
}

const NAMES = [
  '一中',
  '柳桥小学',
  '东关幼儿园',
  '第二实验小学',
  '育才',
  '石佛中心校',
  '特校',
  '清河实验学校',
];
/** Longer ones without a comma were written by somebody who puts none: they teach nothing of commas. */
const BREATHLESS = 14;

/** Intents whose examples tell something, as a visit does. */
const TOLD: readonly Intent[] = ['visit.log', 'finding.report', 'lesson.log', 'rect.issue', 'opinion.log'];

/** The examples without their commas, and where these stood. */
function examplesAsRows(examples: Examples): Row[] {
  let n = 0;
  return TOLD.flatMap((intent) => examples[intent] ?? []).flatMap((example) => {
    const text = normalise(example)
      .replaceAll('{school}', () => NAMES[n++ % NAMES.length] ?? '')
      .replaceAll('{finding}', '灭火器过期')
      .replaceAll('{person}', '张明')
      .replaceAll('{rect_no}', '031');
    const row = withoutMarks(text);
    return row.cuts.size > 0 || row.text.length <= BREATHLESS ? [row] : [];
  });
}

function withoutMarks(marked: string): Row {
  let text = '';
  const cuts = new Set<number>();
  for (const char of marked) {
    if (/[,.;:!?、\s]/.test(char)) {
      if (text) cuts.add(text.length);
    } else text += char;
  }
  cuts.delete(text.length);
  return { text, cuts };
}

/** What people tell one after another, by kinds; `fault` stands for a problem of any item. */
const ORDERS = [
  'act fault',
  'act act fault',
  'act fault fault',
  'fault fault',
  'fault fault fault',
  'fault limit',
  'fault fault limit',
  'act none',
  'act act none',
  'act fine fault',
  'fine fault',
  'fault fine',
  'fine fine none',
  'praise fault',
  'act praise none',
  'fault none',
  'act fault none',
  'aside act fault',
  'act fault aside',
  'fault aside',
  'aside fault limit',
];
const LINKS = [
  '',
  '',
  '',
  '',
  '还有',
  '另外',
  '然后',
  '就是',
  '不过',
  '再就是',
  '那个',
  '但是',
  '他们',
  '结果',
];
const MADE = 1600;

/** Sayings in one breath, in a fixed order, so that the same words always teach the same. */
function sayingsAsRows({ faults, words: _w, ...rest }: Sayings): Row[] {
  const lists: Record<string, string[]> = { fault: Object.values(faults).flatMap((l) => l.flat()) };
  for (const [kind, list] of Object.entries(rest)) lists[kind] = list.flat();
  let seed = 11;
  const pick = <T>(list: readonly T[]): T | undefined => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return list[Math.floor((seed / 2 ** 32) * list.length)];
  };
  return Array.from({ length: MADE }, (_, i) => {
    let text = '';
    const cuts = new Set<number>();
    for (const kind of (ORDERS[i % ORDERS.length] ?? '').split(' ')) {
      if (text) cuts.add(text.length);
      text += (text ? pick(LINKS) : '') + normalise(pick(lists[kind] ?? []) ?? '');
    }
    return { text, cuts };
  });
}

/** All that is to be learnt from, always in the same order. */
export function breathLessons(sayings: Sayings, examples: Examples): Row[] {
  return [...examplesAsRows(examples), ...sayingsAsRows(sayings)];
}
