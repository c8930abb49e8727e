// "去的一中,不对,是二中": who corrects himself in the same breath has said one thing, and it is the second.
import { findDates, todayIn } from '../dates/dates.ts';
import { findSchools } from '../schools/schools.ts';
import { normalise } from '../text/normalise.ts';
import { NUMBER } from '../text/numerals.ts';
import type { Context } from '../types.ts';
import { findNotices } from './notices.ts';
import { findPeople } from './people.ts';

interface Place {
  start: number;
  end: number;
}

const MARK =
  /(?<=[课次个所家天号日学校园节午名处哈啊哦呀嘛吧呢了])(?:不对|说错了?)[,\s]*(?:应?该?是|(?=[\d\u4e00-\u9fff]))|(?<=[哎诶哦噢呃额嗯唉欸])[,\s]*不(?=[\d一二两三四五六七八九十])|(?<=^|[,.;!\s])(?:[哎诶哦噢啊呃额嗯唉欸]+[,\s]*)?(?:不对|(?:我)?(?:说|打|记|看|讲)错了?|错了|口误|不不|不(?=,)|更正(?:一下)?|不是(?=[,\s]|$)|(?<=[哎诶哦噢啊呃额嗯唉欸][,\s]*)不)(?:[,.;!\s]|应该是?|我是说|我说的是|其实是?|去的|到的|是|在|为)*/g;
/** What is corrected there is a thing on record, which only an act of its own may change. */
const ON_RECORD =
  /记录|那[条次份]|刚才|上[一]?[条次]|登记[的成]|[写填登选录](?:错|[多少]了)|更正为|[写填登选录说记搞弄][成为]|改[成为]|作废/;
const OTHERS = [
  /上午|下午|全天|早上|中午/g,
  new RegExp(`${NUMBER}(?:个|节|名|处|块|盏|台|条|把|天|周|小时|学时|具|张|份)`, 'g'),
];

/** "今天本来要去阳光园的没去成,改去了二食小": what came to nothing is left out, the day it was said with stays. */
const CAME_TO_NOTHING =
  /(?:本来|原本|原来|原定|原计划)([^,.;]{0,8})(?:去|到|跑)[^,.;]{2,10}?(?:没去成|去不成|没去|去不了)(?:了)?[,;\s]*(?:就|又|后来|临时)*(?:改成?|换成?|转)(?=[去到跑])/g;
const WISH = /说|是|要|想|打算|计划|安排|准备|我们?/g;

/** The message with what was taken back put right; untouched when nothing was. */
export function repaired(raw: string, context: Context): string {
  let text = normalise(raw).replace(CAME_TO_NOTHING, (_all, said: string) => said.replace(WISH, ''));
  text = meantOther(text, context);
  if (ON_RECORD.test(text)) return text;
  for (let round = 0; round < 3; round++) {
    const better = repairedOnce(text, context);
    if (better === undefined) break;
    text = better;
  }
  return text;
}

/** "不是一实小,我问的是二实小那条…": only the second was ever meant. */
function meantOther(text: string, context: Context): string {
  if (!NOT_THIS.test(text)) return text;
  const schools = findSchools(text, context.roster, context.sender);
  const i = schools.findIndex(
    (s, at) =>
      /(?:^|[,.;!])(?:[哎哦不诶]+[,\s]*)?不是$/.test(text.slice(0, s.start)) &&
      I_MEAN.test(text.slice(s.end, schools[at + 1]?.start ?? s.end)),
  );
  const [wrong, right] = [schools[i], schools[i + 1]];
  if (!wrong || !right) return text;
  return text.slice(0, text.slice(0, wrong.start).lastIndexOf('不是')) + text.slice(right.start);
}
const NOT_THIS = /不是/;
const I_MEAN = /^[,.;\s]*我?(?:问|说|讲|指|要|查|看|催)的(?:那[个条所])?是$/;

function repairedOnce(text: string, context: Context): string | undefined {
  for (const mark of text.matchAll(MARK)) {
    if (mark.index === 0) continue;
    const from = mark.index + mark[0].length;
    for (const places of kinds(text, context)) {
      const right = places.find((p) => p.start === from);
      const wrong = places.filter((p) => p.end <= mark.index).at(-1);
      if (!right || !wrong) continue;
      const said = text.slice(wrong.end, mark.index).replace(/[,\s]+$/, '');
      const rest = text.slice(right.end);
      return `${text.slice(0, wrong.start)}${text.slice(right.start, right.end)}${said}${/^[,.;\s]|^$/.test(rest) ? '' : said ? ',' : ''}${rest}`;
    }
  }
  return undefined;
}

/** Things that may take each other's place, kind by kind; looked for only where somebody takes something back. */
function kinds(text: string, context: Context): Place[][] {
  const today = todayIn(context.now, context.timeZone, context.calendar);
  return [
    findSchools(text, context.roster, context.sender),
    findNotices(text),
    findDates(text, today),
    findPeople(text, context.roster),
    ...OTHERS.map((pattern) =>
      [...text.matchAll(pattern)].map((m) => ({ start: m.index, end: m.index + m[0].length })),
    ),
  ];
}
