// Cuts a clause into what may each be a finding: "四条:…", "除了厕所脏点别的都挺好", two faults joined by 和.
import { PROBLEM } from '../clauses/finding-words.ts';
import { type Clause, withoutFillers } from '../text/normalise.ts';

/** "签发宿舍电路的整改通知": what the notice is about. */
const NOTICE_FOR =
  /^(?:请|帮我|麻烦|就|因)*(?:签发|下发|开具|开|发|出|下|起草)(?:一?[份个张])?([^,]{2,12}?)的整改通知书?$/;

/** "育才四条:…", "发现三个:1": how many are to come. */
const HEADING =
  /^(?:今天|这次|一共|共|主要|发现|查出|有|存在|问题)*(?:(?:[一两二俩仨三四五六七八九几\d]+)(?:个|条|件|项|点|处|样)?(?:问题|事儿?|毛病|隐患)?|问题|情况(?:如下)?)(?::[1-9]?|有[一两二三四五六七八九\d]+:?)/;

/** "除了厕所脏点别的都挺好": what is not spared from it is a finding. */
const SPARED = /^除(?:了|去|开)?([^,]{2,}?)(?:之外|以外|外)?(?=$|[,]|别的|其他|其它|其余|剩下|另外|都)/;

/** One clause may hold two findings joined by 和, 以及, 还有 when both sides say what is wrong. */
export function piecesOf(
  clause: Clause,
  stripped: string,
  knows: (text: string) => boolean,
): Array<{ text: string; start: number }> {
  const text = withoutFillers(stripped.replace(NOTICE_FOR, '$1')).replace(
    /[(]?(?:都|一并)?限(?:他们|学校)?[^,]{1,8}(?:整改|改完|改好|改)?[)]?$/,
    (tail) => (/[\d一二两三四五六七八九十半]/.test(tail) ? '' : tail),
  );
  const halves = text
    .replace(HEADING, '')
    .replace(SPARED, '$1,')
    .split(/(?:,|以及|还有|并且|而且|另外|和|且|但是?|(?<![这那不])就是|不过)/)
    .filter(Boolean);
  const each = halves.every((h) => PROBLEM.test(h) && knows(h));
  const contrast = /(?<![这那不])就是|但|不过|^除/.test(text) && halves.length === 2;
  const spared = SPARED.test(text);
  const list = spared || (halves.length > 1 && (each || contrast)) ? halves : [text.replace(HEADING, '')];
  return list.map((t, i) => ({ text: withoutFillers(t), start: clause.start + i }));
}
