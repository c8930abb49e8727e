// The words by which findings are named: which ones of a card or a notice, and that they go.

import { parseNumber } from '../understand/text/numerals.ts';

const DIGIT = '[一二两三四五六七八九十]|\\d{1,2}';
const UNIT = '条|项|个问题|个|点';
const ORDINAL = new RegExp(
  `第\\s*(${DIGIT})\\s*(?:${UNIT})?(?=\\s*[、和与及跟,]\\s*第?(?:${DIGIT})\\s*(?:${UNIT}))|第\\s*(${DIGIT})\\s*(?:${UNIT})|(?<=[、和与及跟,])(${DIGIT})(?:${UNIT})|(最后)一?(?:${UNIT})|\\b(?:the\\s+)?(first|second|third|fourth|fifth|last)\\b(?!\\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|\\s+(?:week|month|year|term))(?:\\s+one)?`,
  'giu',
);
const ENGLISH = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

export const DROP =
  /不要|删掉|删了|删除|删$|去掉|取消|不(?:算|是)(?:个|啥|什么)?问题|不算(?:数|了)|算了|没有这|(?:不用|别)(?:再)?(?:写|记|登)(?:上|进去|了|吧|$)|\bdrop\b|\bremove\b|leave out/iu;
/** "食堂那条…": a finding named by its words. */
export const POINTED = new RegExp(`^(?:把|那个|还有)?([^,,第]{1,12}?)(?:的)?[那这]一?(?:${UNIT})`, 'u');

/** Which findings are named by their number on the card, and the words without them. `count`: how many there are, for "最后一条". */
export function ordinalsIn(text: string, count: number): { ordinals: number[]; rest: string } {
  const ordinals = [...text.matchAll(ORDINAL)].map((found) => {
    const [, first, second, third, last, english] = found;
    const numeral = first ?? second ?? third;
    if (numeral) return parseNumber(numeral) ?? 0;
    const word = (english ?? '').toLowerCase();
    return last || word === 'last' ? count : ENGLISH.indexOf(word);
  });
  return { ordinals: [...new Set(ordinals)], rest: text.replaceAll(ORDINAL, '').trim() };
}
