// "不是一中是二中", "期限由一周改为十天", "是三个我说成两个了": which value was wrong, which is right, and of what kind they are.

import type { Entities } from '../entities/entities.ts';
import { NUMBER, parseNumber } from '../text/numerals.ts';
import type { Correction } from '../types.ts';
import { type Value, valuesOf } from './correction-values.ts';

const WRONG_BEFORE =
  /(?:不是|(?:别|不要)[写记填登]|(?:^|[^除无是])非|不应该是|不该是|不叫|并非|而非|[写错填登记选录当打弄报印](?:成|为|作|的是?)了?|听[成作]了?|说[成为]了?|成了|由|从|原来是|本来[写登]的是?|(?:给我?|把它?)?[写填登记录弄搞报]成(?:了)?)\s*$/;
/** "不是坏了五个": before a number the verb may stand too; in "不是两节是三节" the second is what it is. */
const COUNTS: ReadonlySet<string> = new Set(['findings', 'lessons', 'hours']);
const WRONG_COUNT = /(?:不是|没有|并非)(?![\u4e00-\u9fff]*是$)[\u4e00-\u9fff]{1,3}了?$/;
const WRONG_AFTER =
  /^(?:的)?(?:那个|这个|那条|那次|那天|这条|记录)*,?(?:改成|改为|改到|换成|更正为|换为|改(?=上午|下午|全天|半天|(?!一[下改])[\d一二两三四五六七八九十]|周|[明后昨今]天)|应该?[是为]|[写填登选记弄搞说录]?错了|是错的|不对|有误|[写填登记说录报](?:多|少|岔|混)了)/;
const RIGHT_BEFORE =
  /(?:(?<![不还也都可能要的但只就])是|就是|应该是|应该为|应为|应是|应该|应当是|实为|改成|改为|改到|改回|换成|换为|(?:挪|移|转|划|归|并|搬)(?:到|给|去)|改|该是|该|为|更正为|更正成|去的是|算|定为|定成|按|写|要|只(?:有|是|听|查|去|待|学)(?:了|过)?|其实(?:就|只)?(?:是|有)?|实际(?:上)?(?:就|只)?(?:是|有|为)?|说的是[^,.;]{0,8})\s*$/;
/** "没去一中,去的二中" */
const WENT = /(?:去的|到的|跑的)(?:是|其实是)?\s*$/;
const NOT_WENT = /(?:没|没有|不)去\s*$/;

/** Undefined when no value can be made out. `nameOf` turns a school's code into its official name. */
export function correctionOf(e: Entities, nameOf: (code: string) => string): Correction | undefined {
  const text = e.text;
  const values = valuesOf(e, nameOf);
  const at = new RegExp(`第(${NUMBER})(?:个|条|项)`).exec(text);
  const index = at ? { index: parseNumber(at[1] ?? '') } : {};
  const judged = values.map((v) => ({ v, role: roleOf(v, text) }));
  const right = judged.filter((j) => j.role === 'right');
  const bare = bareNumbers(text);
  if (bare) return { ...bare, ...index };
  const left = leftOut(judged, text);
  if (left) return { field: 'companions', ...index, to: left.to };
  // "柳桥小学那条,不是听了两节,是三节": of what a wrong value stands beside
  const paired = right.find((j) => judged.some((o) => o.role === 'wrong' && o.v.field === j.v.field));
  const to =
    paired?.v ??
    right.find((j) => j.v.field !== 'findings')?.v ??
    right[0]?.v ??
    lastAfterFault(judged, text) ??
    otherThanWrong(judged);
  if (to) {
    const from =
      judged.find((j) => j.role === 'wrong' && j.v.field === to.field && j.v.to !== to.to)?.v ??
      onlyOther(values, to) ??
      saidBefore(values, to);
    const field = to.field === 'person' ? (ALONG.test(text) ? 'companions' : 'person') : to.field;
    const said = (v: Value) => (field === 'due' && v.future ? v.future : v.to);
    const wrong = from ? said(from) : wrongInWords(text, to, nameOf, e);
    return { field, ...index, ...(wrong ? { from: wrong } : {}), to: said(to) };
  }
  const nth = at && judged.find((j) => j.v.field === 'severity' && j.v.start > at.index)?.v;
  if (nth) return { field: 'severity', ...index, to: nth.to };
  return inWords(text);
}

/** Who came along is spoken of, not who did it or signed. */
const ALONG = /同行|随行|同去|一起|一块|一道|一同|陪|跟着?(?:我|去)|也(?:在|去|跟|到)|名单/;
const LEFT_OUT =
  /漏|[少没](?:写|记|填|登|录|算|加)|没(?:有)?[他她]|忘(?:了|记)?(?:写|记|填|加)|加上|添上|补上|加进|补进/;

/** "漏了个人,昨天红梅也跟我一起去的", "同行的把赵红梅加上": who is missing among those who came along. */
function leftOut(judged: readonly Judged[], text: string): Value | undefined {
  if (!LEFT_OUT.test(text) || !(ALONG.test(text) || /[少漏][^,.;]{0,5}人/.test(text))) return undefined;
  const people = judged.filter((j) => j.v.field === 'person' && j.role !== 'wrong');
  return people.length === 1 && !judged.some((j) => j.v.field === 'person' && j.role === 'wrong')
    ? people[0]?.v
    : undefined;
}

/** Of a school, a day or a count with the same measure, the only other one that is named was wrong. */
function onlyOther(values: readonly Value[], to: Value): Value | undefined {
  const unit = (v: Value) => v.to.slice(-1);
  const others = values.filter(
    (v) =>
      v.field === to.field &&
      v.to !== to.to &&
      (/^(?:school|date|session)$/.test(v.field) || (v.field === 'findings' && unit(v) === unit(to))),
  );
  return others.length === 1 || (others[0] && /^(?:school|date|session)$/.test(to.field))
    ? others[0]
    : undefined;
}

/** "刚才说听了两节,其实是三节", "期限7天改10天": of a count the other that stands before it was what had been said. */
function saidBefore(values: readonly Value[], to: Value): Value | undefined {
  const others = values.filter((v) => v.field === to.field && v.to !== to.to);
  return /^(?:lessons|hours|days)$/.test(to.field) && others.length === 1 && (others[0]?.end ?? 0) <= to.start
    ? others[0]
    : undefined;
}

const WRITTEN = /[写记填登印打弄搞录说]成了?"?([^,.;"]{2,14}?)"?(?:了)?(?=[,.;]|$)/;

/** "写成育才初中部了", "别记成十七": what was wrong, where it is no value of its own. */
function wrongInWords(
  text: string,
  to: Value,
  nameOf: (code: string) => string,
  e: Entities,
): string | undefined {
  if (to.field === 'date') {
    const bare = new RegExp(`(?:成|不是|改掉)了?(${NUMBER})(?=[,.;了吧]|$)`).exec(text)?.[1];
    const number = parseNumber(bare ?? '');
    return number && number <= 31 ? `${to.to.slice(0, 8)}${String(number).padStart(2, '0')}` : undefined;
  }
  if (/^(?:hours|lessons|days)$/.test(to.field)) {
    const bare = new RegExp(`(?:[写记填登打录报]成|不是)了?(${NUMBER})个?(?=[,.;了吧]|$)`).exec(text)?.[1];
    const number = parseNumber(bare ?? '');
    return number === undefined ? undefined : String(number);
  }
  if (to.field !== 'school') return undefined;
  const m = WRITTEN.exec(text);
  const words = m?.[1];
  if (!m || !words) return undefined;
  const place = m.index + m[0].indexOf(words);
  const named = e.schools.find((s) => s.start < place + words.length && place < s.end);
  // a stage or a number that only one school has: "记成一小了"
  if (named && !named.code && named.among.length === 1 && named.among[0]) return nameOf(named.among[0]);
  return place === to.start ? undefined : words;
}

type Judged = { v: Value; role: 'right' | 'wrong' | undefined };

function roleOf(v: Value, text: string): Judged['role'] {
  const before = text.slice(0, v.start).replace(/[:,"\s]+$/, '');
  const after = text.slice(v.end).replace(/^(?:的|那个|去的|那天|整改)(?=[,改应]|不是)/, '');
  if (WRONG_BEFORE.test(before) || NOT_WENT.test(before)) return 'wrong';
  if (COUNTS.has(v.field) && WRONG_COUNT.test(before)) return 'wrong';
  if (WRONG_AFTER.test(after)) return 'wrong';
  if (RIGHT_BEFORE.test(before) || WENT.test(before)) return 'right';
  // "同行人漏了,加上李秀英"
  if (v.field === 'person' && /(?:加上?|补上?|添上?|增加|漏(?:了|写|登|记)?了?)$/.test(before))
    return 'right';
  // "二中,不是一中": named first, with what it is not after it
  if (/^[,\s]?(?:不是|而?非)/.test(after)) return 'right';
  return undefined;
}

/** "错了,二中": nothing says which is right, but only one value stands after the word for wrong. */
function lastAfterFault(judged: readonly Judged[], text: string): Value | undefined {
  const fault = text.search(/错了?|不对|有误|更正/);
  if (fault < 0) return undefined;
  const later = judged.filter((j) => j.role !== 'wrong' && j.v.start > fault);
  return later.length === 1 ? later[0]?.v : undefined;
}

/** "师傅小学给我写成师傅幼儿园了": one value is wrong, and the only other of its kind is what it was to be. */
function otherThanWrong(judged: readonly Judged[]): Value | undefined {
  const wrong = judged.filter((j) => j.role === 'wrong').map((j) => j.v);
  const others = judged.filter(
    (j) => j.role === undefined && wrong.some((w) => w.field === j.v.field && w.to !== j.v.to),
  );
  return wrong.length === 1 && others.length === 1 ? others[0]?.v : undefined;
}

const NUMBER_FIELDS: Array<[RegExp, string]> = [
  [/学时|课时|培训|学习时长/, 'hours'],
  [/听课|节数|课数/, 'lessons'],
  [/限期|期限|天数|时限/, 'days'],
];
const FROM_TO = new RegExp(
  `(?:由|从|把)?(${NUMBER})(?:改|更正|调整?|修改|变)(?:成|为|到)(${NUMBER})(?![\\d月日号:./年]|个?[节小天周])`,
);

/** "节数改成2,写成3了" */
const TO_FROM = new RegExp(
  `(?:改成|改为|应该是|更正为)(${NUMBER})[,.;\\s][^,.;]{0,4}[写记填登录]成(?:了)?(${NUMBER})(?:了|$|[,.;])`,
);

/** "听课数写成5了,其实是3", "学时不是4,是2": with what it is told after it. */
const WRITTEN_THEN = new RegExp(
  `(?:[写记填登录选打报弄]成?(?:了|的是?)?|不是)(${NUMBER})了?[,\\s]?(?:其实|实际|应该?|真正|正确)?(?:上)?(?:就|只|的)?(?:是|为|有)?(${NUMBER})(?![\\d月日号:./年]|个?[节小天周])`,
);

/** "学时更正:培训由3改为2": bare numbers, of the kind that is spoken of. */
function bareNumbers(text: string): Correction | undefined {
  const [, to2, from2] = TO_FROM.exec(text) ?? [];
  const [, from3, to3] = WRITTEN_THEN.exec(text) ?? [];
  const [, from = from2 ?? from3, to = to2 ?? to3] = FROM_TO.exec(text) ?? [];
  const field = NUMBER_FIELDS.find(([words]) => words.test(text))?.[1];
  if (!field || from === undefined || to === undefined) return undefined;
  return { field, from: String(parseNumber(from) ?? from), to: String(parseNumber(to) ?? to) };
}

/** A correction of free words: "应该是窗户坏了", "是南门不是北门". */
function inWords(text: string): Correction | undefined {
  const quoted = /"([^"]+)"(?:这[句条])?(?:改成|改为|换成|更正为|应为|应该是)"([^"]+)"/.exec(text);
  if (quoted) return { field: 'content', from: quoted[1], to: quoted[2] ?? '' };
  const free =
    /(?:应该是|应为|改成|改为|更正为|换成)\s*([^,.;]+)/.exec(text)?.[1] ??
    /(?:^|[^不])是([^,.;不]{1,14}?),?不是/.exec(text)?.[1] ??
    /不是[^,.;]{1,14}?,?是([^,.;]{1,14})$/.exec(text)?.[1];
  const from = /不是([^,.;]+?)(?:,|是|$)/.exec(text)?.[1];
  return free ? { field: 'content', ...(from ? { from } : {}), to: free } : undefined;
}
