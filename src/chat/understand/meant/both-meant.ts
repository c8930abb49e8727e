// Whether each of several schools is meant: where one was gone to or told of and the other is only named, it is asked which.
import type { Entities } from '../entities/entities.ts';
import { LINK_OR_COMMA, rowsOf } from '../entities/rows.ts';
import type { Intent } from '../types.ts';

/** "在|一中", "上午|一中", "去了|一中": somebody was there. */
const GONE =
  /(?:去|到|跑|在|看|查|转|听|进|督导?|从|走|逛|检查|安排|[上下中]午|早上|今早|[昨今前]天|今儿|昨儿|周[一二三四五六日]|礼拜[一二三四五六天]|家|所)(?:了|过|完|的|趟|一趟|下|一下|遍|个)*$/;
/** "一中看了", "一中也去了", "一中没问题": it was looked at. */
const LOOKED_AT =
  /^(?:那[边头]|里|校园|也|都|各|我|今天|昨天|上午|下午|又|还|刚|再|已经?|就|就是)*(?:去|到|跑|看|查|转|听|进|督|走|逛|检查|有问题|没(?:有|发现|啥|什么|事|毛病|问题)|好|正常|挺|很|不错|无)/;
/** Said of all that were named: "都去了", "两家", "连着跑的". */
const OF_ALL =
  /(?:都|全|各)[^,.;]{0,4}(?:去|跑|看|查|转|走|督|到|待|没|好|正常|行)|[两俩三四五六](?:所|家|个|校|边|头|处)|俩(?:学校|地方|都)|连着|一口气|挨个|第[二三](?:家|所)|另一|后一/;
/** What is of one school: two of them named apart are not both meant. */
const OF_ONE: ReadonlySet<Intent> = new Set(['opinion.log', 'lesson.log', 'rect.extend_decide']);

/**
 * Says that it has to be asked which of `codes` is meant. `tells`: something that was seen there is told of the school, be it a
 * fault, that all was well, or praise.
 */
export function asksWhich(
  intent: Intent,
  e: Entities,
  codes: readonly string[],
  tells: (code: string) => boolean,
): boolean {
  if (codes.length < 2 || OF_ALL.test(e.text)) return false;
  const rows = rowsByCode(e, codes);
  if (OF_ONE.has(intent)) return rows.length > 1 && !rows.every((row) => isTeller(e.text, row.at(-1)));
  if (intent !== 'visit.log') return false;
  return rows.some(
    (row) => !row.some((s) => tells(s.code) || wasThere(e.text.slice(0, s.start), e.text.slice(s.end))),
  );
}

interface Named {
  code: string;
  start: number;
  end: number;
}

/** "柳桥小学家长说…,柳桥中学家长说…": each with words of its own. */
const isTeller = (text: string, last: Named | undefined) =>
  last !== undefined &&
  /^的?(?:[\u4e00-\u9fff]{0,3})(?:家长|老师|学生|群众|居民|师傅|门卫)/.test(text.slice(last.end));

/** Says by what stands before and after a school that somebody was there, or looked at it. */
export const wasThere = (before: string, after: string) => GONE.test(before) || LOOKED_AT.test(after);

/** Each school at its first mention, those in a row together. */
function rowsByCode({ text, schools }: Entities, codes: readonly string[]): Named[][] {
  const first = codes.flatMap((code): Named[] => {
    const at = schools.find((s) => s.code === code);
    return at ? [{ code, start: at.start, end: at.end }] : [];
  });
  first.sort((a, b) => a.start - b.start);
  return rowsOf(text, first, LINK_OR_COMMA);
}
