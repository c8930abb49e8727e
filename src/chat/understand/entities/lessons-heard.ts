// How many lessons were heard and how long was studied: what is counted, what is added up, and what only looks like a count.
import { NUMBER, parseNumber } from '../text/numerals.ts';

const HOURS = new RegExp(
  `(${NUMBER}|半)个?(半)?(?:小时|钟头|学时|课时)|(?:学时|课时|时长)[:是为+]?(${NUMBER})`,
);

/** "90分钟" */
const MINUTES = new RegExp(`(${NUMBER})(?:来|多)?分钟`);

/** "个把半钟头,就记一个半小时": settled at that. */
const SETTLED = new RegExp(`(?:合计|共计|总共|一共|记|算|按|写|登|填|报)(?:作|成|为|上)?(${HOURS.source})`);

/** "周一两小时", "周三两节": the day of the week is no part of the number. */
const withoutWeekdays = (text: string) =>
  text.replace(/(?<=周|星期|礼拜)[一二三四五六日天](?=[一二两俩三仨四五六七八九十半\d])/g, ',');

/** Hours of study: "俩小时", "三个半小时", "4学时". */
export function hoursOf(said: string): number | undefined {
  const text = withoutWeekdays(said);
  const m = HOURS.exec(SETTLED.exec(text)?.[1] ?? text);
  const minutes = m ? undefined : parseNumber(MINUTES.exec(text)?.[1] ?? '');
  if (minutes && minutes >= 20 && minutes <= 480) return Math.round(minutes / 6) / 10;
  if (!m) return undefined;
  const count = m[1] === '半' ? 0.5 : parseNumber(m[1] ?? m[3] ?? '');
  return count === undefined ? undefined : count + (m[2] ? 0.5 : 0);
}

/** "初二数学、初三语文各一节": so many of each. */
const EACH = new RegExp(
  `听(?:了|课,?)?([^,.;]{2,14}(?:[、,和跟与及][^,.;、]{1,8})+?)各(?:听了?)?(${NUMBER})[节堂]`,
);
/** "听了节语文", "集体活动听了一个" */
const HEARD = new RegExp(
  `听(?:了|过)?(仨|俩)(?:节|堂)?课|听(?:了|过)(?:(${NUMBER})个(?!小时|学生|老师|家长|班|人|反映)|[节堂])`,
);
const LESSONS = new RegExp(
  `(?<!第)(${NUMBER})(?:节|堂(?!口|屋))|听评?课(?:数|节数)?[:是为共×x*]?(\\d{1,2})(?![\\d.:/年月日号]|个?(?:班|人|次|学校))`,
);

/** "听课记录:八年级历史和九年级化学各一节": where lessons are spoken of, two things of one each. */
const ONE_EACH = new RegExp(
  `[^,.;:、和跟与及\\s]{2,8}(?:[、和跟与及][^,.;、和跟与及]{2,8})+各(${NUMBER})[节堂]`,
);

/** "五六年级各一节": as many as there are grades. */
const GRADES_EACH = new RegExp(`([一二三四五六七八九]{2,4})年级[^,.;各]{0,6}各(?:听了?)?(${NUMBER})[节堂]`);
function ofGrades(text: string): number | undefined {
  const m = GRADES_EACH.exec(text);
  return m ? (m[1] ?? '').length * (parseNumber(m[2] ?? '') ?? 0) : undefined;
}

function heardIn(text: string): number | undefined {
  const m = HEARD.exec(text);
  return m ? parseNumber(m[1] ?? m[2] ?? '一') : undefined;
}

const COUNT_OF = new RegExp(`(?<!第|有|其中|少|缺|差|多|周|天|月|占|就)(${NUMBER})(?:节|个课堂)`, 'g');

/** "初中听3节小学听2节", "一节语文一节体育": the sum; "三节,语文两节体育一节" names the sum first. */
function summed(text: string): number | undefined {
  const counts = [...text.matchAll(COUNT_OF)].map((m) => parseNumber(m[1] ?? '') ?? 0);
  if (counts.length < 2) return undefined;
  const [first = 0, ...rest] = counts;
  // "三节课,语文数学英语各一节": the sum, and then what it is made of
  if (first > 1 && rest.length === 1 && /各(?:听了?)?[一1]节/.test(text)) return first;
  const more = rest.reduce((sum, n) => sum + n, 0);
  return first === more && rest.length > 1 ? first : first + more;
}

/** Of each a lesson or so many: what stands at a count when counts are to be added. */
const APART =
  /[一二两三四1-4]节(?!课)[\u4e00-\u9fff]{2,4}[,、和]?[一二两三四1-4]节(?!课)[\u4e00-\u9fff]{2}|(?:小学|初中|高中|[一二三四五六七八九初高][年级一二三]*|语文|数学|英语|物理|化学|生物|历史|地理|政治|道法|科学|音乐|美术|体育|部|节)[^,.;]{0,6}(?:节|个课堂)[^;.]{0,12}(?:节|个课堂)/;

/** "占用体育课一节", "周三少上两节音乐": lessons that were taken away, which nobody heard. */
const TAKEN_AWAY =
  /^(?!.*(?:听|推门)).*(?:占用?|挤占|顶替|改上|少[上开排]|没[上开排]|漏[上开排]|缺[课上]|停[课上]).*/;

/** "数学、英语"; what stands before a colon, as "听课:昨天一实小", is none of them. */
const partsIn = (said: string): number =>
  (said.split(':').at(-1) ?? '')
    .split(/[、,和跟与及]/)
    .filter((part) => part && !/(?:[今昨前]天|小学?|中学?|园|校|[上下]午)$/.test(part)).length;

/** Lessons heard: "听了两节课", "听课3节". "第三节" is a lesson's place in the day, not a count. */
export function lessonsOf(said: string): number | undefined {
  const text = withoutWeekdays(said)
    .split(/(?<=[,.;])/)
    .filter((clause) => !TAKEN_AWAY.test(clause))
    .join('');
  const m = LESSONS.exec(text);
  const apart = /听课|评课/.test(text) ? ONE_EACH.exec(text) : null;
  const each = EACH.exec(text) ?? (apart && [apart[0], apart[0], apart[1]]);
  const sum = !/不对|不是/.test(text) && APART.test(text) ? summed(text) : undefined;
  const count = each
    ? (parseNumber(each[2] ?? '') ?? 0) * partsIn(each[1] ?? '')
    : (ofGrades(text) ??
      sum ??
      (m ? parseNumber(m[1] ?? m[2] ?? '') : (heardIn(text) ?? parseNumber(ENTERED.exec(text)?.[1] ?? ''))));
  return count !== undefined && count > 0 && count < 20 && /听|课|评|推门/.test(text) ? count : undefined;
}

/** "进了2个课堂" */
const ENTERED = new RegExp(`进(?:了)?(${NUMBER})个?(?:课堂|班)`);
