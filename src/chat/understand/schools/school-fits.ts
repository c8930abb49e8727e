// Where a school's name may stand: 一中午, 一小时 and 公园 are words of their own, and two letters prove little.

import type { Sender } from '../types.ts';
import type { NamedForm } from './roster.ts';

/** Ends what may stand before a name: no Chinese character, or one that leads to it. */
export const BEFORE_A_NAME =
  /(?:[^\u4e00-\u9fff]|[去到在跑趟给和跟与是查看天日午号的了上个声说从下催醒叫让找喊约就把]|(?:周|星期|礼拜)[一二三四五六]|反映|[底日号天之]前|填着)$/;

/** What may not follow a short name, because the two together are another word: 一中午, 一小时, 阳光体育. */
const AFTER: Array<[RegExp, RegExp]> = [
  [/[一二三四五六七八九]$/, /^[节堂次条项点块张份]/],
  [/中$/, /^(?:午(?![睡休])|等(?=[职专学偏以水生])|[间旬央秋餐期毒断途考层型])/],
  [/小$/, /^[时部块段半批组会问事孩朋心卖结伙区规型微数广声姐丑妹弟吃费]/],
  // "特校门口" is at its gate
  [/校$/, /^(?:[长园车服方内外医领舍训友风规]|门(?![口前外卫岗房后]))/],
  [/阳光$/, /^(?:体育|大课间|跑操|分班|招生|采购|厨房|食堂|少年|普照|明媚|充足|很好|不错)/],
  // "石佛派出所": a place's other houses
  [/^[\u4e00-\u9fff]{1,3}[^小中高学园校幼实]$/, /^(?:政府|派出所|卫生院|党委|村|路口|大桥|医院|消防[队站])/],
  [/学$/, /^[习生部]/],
  [/实$/, /^验/],
  // "东关院子里"
  [/院$/, /^[子里外墙]/],
  [/幼$/, /^儿|^小/],
  [/实验$/, /^[室课操员仪器药楼报班台桌田]/],
  [/园$/, /^[长区林艺丁]/],
];
const BEFORE: Array<[RegExp, RegExp]> = [
  [
    /^[一二三四五六七八九十]/,
    /(?:(?<![周期拜])[一二三四五六七八九十]|(?<!学)期|[百第\d初高统单唯周每这那同万])$/,
  ],
  [/^[中实]/, /[第一二三四五六七八九十]$/],
  // slogans: 立德育才, 教书育才
  [/^[\u4e00-\u9fff]{2}$/, /(?:立德|教书|为党|为国|尊师)$/],
];

/** "今天去了柳中": said of a school of one's own, and where a name may begin. */
export function isOwnByLetters({ code }: NamedForm, text: string, start: number, sender: Sender): boolean {
  return (
    sender.schools.includes(code) &&
    (start === 0 || BEFORE_A_NAME.test(text.slice(0, start))) &&
    !/^[学心]/.test(text.slice(start + 2))
  );
}

/** Whether a name can stand there: it is part of no other word, by what stands before and after it. */
export function fits(text: string, start: number, end: number): boolean {
  const name = text.slice(start, end);
  const after = text.slice(end, end + 4);
  const back = text.slice(Math.max(0, start - 4), start);
  // "021二实小": the number of a notice ends where the name begins
  const before = /(?<!\d)\d{3}$/.test(back) ? '' : back.slice(-2);
  if (AFTER.some(([tail, next]) => tail.test(name) && next.test(after))) return false;
  if (name.length <= 3 && BEFORE.some(([head, previous]) => head.test(name) && previous.test(before)))
    return false;
  return true;
}
