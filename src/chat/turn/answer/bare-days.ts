// A deadline said by itself to a draft: "十天", "都给两周吧", "ten days". A span inside other words ("坏了三天") is none.
import { parseDays } from '../../understand/answers.ts';

const SPAN = /[\d零一二两俩三四五六七八九十半百]+个?半?(?:天|日|周|星期|礼拜|月)(?:以内|之内|内)?/u;
const AROUND =
  /[都全部一律统时间期限截止改成为给就到宽延整要他们学校吧好了的是个再约其余剩下它各,\uff0c。.!\uff01\s]/gu;
const WORDS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Days from today; undefined when the text says more than a span. */
export function bareDays(text: string): number | undefined {
  const said = text.trim();
  const span = SPAN.exec(said)?.[0];
  if (span) return said.replace(span, '').replaceAll(AROUND, '') === '' ? parseDays(span) : undefined;
  return englishDays(said);
}

/** "three days", "2 weeks", "make it a week". */
function englishDays(text: string): number | undefined {
  const found =
    /^(?:make it |give them |in |within |they have )?(\d{1,2}|[a-z]+)\s+(day|week)s?[.!]?$/iu.exec(text);
  if (!found) return undefined;
  const [, count = '', unit = ''] = found;
  const said = /^an?$/iu.test(count) ? 1 : Number(count) || WORDS.indexOf(count.toLowerCase());
  return said > 0 ? said * (unit.toLowerCase() === 'week' ? 7 : 1) : undefined;
}
