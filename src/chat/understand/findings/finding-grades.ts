// What is said about a finding after it was told: what it is called, how grave it is, how the inspector came to it.
import { DEPARTMENT, ON_SITE, REMINDED } from '../clauses/finding-words.ts';
import { type Lexicon, wordFinder } from '../text/lexicon.ts';
import { parseNumber } from '../text/numerals.ts';
import type { FoundProblem, Severity } from '../types.ts';

/** "这不就是小学化嘛", "这算体罚吧" */
export const CALLED =
  /^(?:这|那|这个|这样|这种)(?:不|可|都|也)*(?:就|才)?(?:是|算|叫|属于)(?:是)?(?:明显|典型|变相|严重|一种)?(?:的)?([^,的]{2,8}?)(?:问题|行为|现象)?(?:嘛|吧|了|的|啊)?$/;
/** "按师德问题报" */
export const TAKEN_AS =
  /^(?:就|都|可以)*(?:按|按照|算|归|归入|列入)([^,]{2,6}?)(?:类|方面|问题)+(?:来)?(?:报|算|处理|登记|记|办|上报)?(?:吧|了)?$/;
/** "一般", "按严重的来", "立问题,一般": a grade and nothing else. */
export const BARE_GRADE =
  /^(?:这[个条项]?|那[个条项]|先|就|都|立个?问题|定个?|算是?|属于?|按照?|列为?|定为?|评为?|作为|给|记)*(一般|严重|较重|轻微|复杂)(?:的)?(?:问题)?(?:的)?(?:来|算|处理|办|登记|记)?(?:吧|了|啊)?$/;
/** "围墙列为严重", "这个按严重的来" */
const GRADED =
  /(?<![不没别])(?:列|定|算|按|属|评|划|判|报|记)(?:为|成|作|于|是|个)*(一般|严重|较重|轻微|复杂)/;
export const GRADES: Record<string, Severity> = {
  一般: 'general',
  严重: 'serious',
  较重: 'serious',
  轻微: 'minor',
  复杂: 'complex',
};

/** How the inspector came, which is no finding: "没提前打招呼直接进的门". */
export const HOW =
  /^(?:也|事先|我们?)*(?:没|未)(?:有)?(?:提前|事先|跟(?:他们|学校|校方))*(?:打招呼|通知|告知|说)(?:学校|校方|他们)?(?:直接|就|,)*(?:[进去到来][^,]{0,6})?$|^(?:直接|推门)(?:就)?(?:进|去)(?:的|了)?(?:门|校|学校|班|教室)?$/;

/** "往严重里记", "往重了报" */
const TOWARDS = /(?:往|朝)(严重|重|轻)(?:里|了)?(?:说|记|报|处理|算)?/;
/** What stands around a grade that is denied: "算不上严重", "小问题可不是". */
const DENIED_BEFORE = /(?:[不没别]|(?:不是|不算|算不上|谈不上|称不上|够不上)(?:什么|啥|一般|个)?)$/;
const DENIED_AFTER = /^(?:可|并|绝|真|肯定)?(?:不是|算不上|谈不上|不算)/;
/** "可不是小问题": graver than small. */
const NO_SMALL = /(?:可|绝|真)不(?:是|算)(?:什么|啥|个)?小(?:问题|事|毛病)|小(?:问题|事|毛病)(?:可|绝)不是/;

/** Whether the grade between these two is said, and not denied. */
const saidSo = (before: string, after: string): boolean =>
  !DENIED_BEFORE.test(before) && !DENIED_AFTER.test(after);

/** The grade that a phrase leads to, where no word of the office's names it. */
function ledTo(text: string): Severity | undefined {
  const to = TOWARDS.exec(text)?.[1];
  if (to) return to === '轻' ? 'minor' : 'serious';
  return NO_SMALL.test(text) ? 'serious' : undefined;
}

/** Reads the grade that a text gives, by the office's words and by what was done about it. */
export function severityReader(lexicon: Lexicon): (text: string) => Severity | undefined {
  const severities = wordFinder<Severity>(lexicon.severity);
  return (text) =>
    severities.all(text).find((f) => saidSo(text.slice(0, f.start), text.slice(f.end)))?.key ??
    ledTo(text) ??
    GRADES[GRADED.exec(text)?.[1] ?? ''] ??
    (DEPARTMENT.test(text)
      ? 'complex'
      : ON_SITE.test(text)
        ? 'fixed_on_site'
        : REMINDED.test(text)
          ? 'minor'
          : undefined);
}

const NUMERALS = '一二三四五六七八九';
const PLACE = `(?:(?:其中|这)?(?:第([${NUMERALS}1-9])|(头|前|最后|后|末)(?:面|头|边)?([一两二三四几])?)(?:个|条|项|件|样|点|款)(?:问题|事)?|(其余|其他|其它|别的|剩下的?|余下的?|另外(?:几|两|一)?[个条]?)|((?:这|那)?(?:[${NUMERALS}两几1-9](?:个|条|项|样)|俩)?(?:都|全|全都|统统|均)))`;
const SAID =
  '(?:比较|有点|很|挺|特别|最|更)?(?:都|就|也|是|算|按|定|属于?|为|成)*(一般|严重|较重|重(?!新|复|做|点|要)|小问题|小毛病|轻微|复杂)';
const POINTED = new RegExp(
  `^${PLACE}(?:问题|的)?[,]?(?:(?:[^,]{0,6}?)${SAID}|(?=[^,]{0,4}(?:当场|当面|当时|现场|口头|提醒|报|上报)))`,
);

/** "头两条一般", "最后一条严重", "别的一般", "第一条当场改了": which of the findings told before are spoken of, and their grade. */
export function meantOnes(
  text: string,
  findings: FoundProblem[],
): { findings: FoundProblem[]; severity?: Severity } | undefined {
  const m = POINTED.exec(text);
  if (!m || findings.length === 0) return undefined;
  const count = parseNumber(m[3] ?? '一') ?? 1;
  const open = findings.filter((f) => f.severity === undefined);
  const nth = parseNumber(m[1] ?? '') ?? 0;
  const meant = m[1]
    ? findings.slice(nth - 1, nth)
    : m[2]
      ? /头|前/.test(m[2])
        ? findings.slice(0, count)
        : findings.slice(-count)
      : open;
  if (meant.length === 0) return undefined;
  const grade =
    GRADES[m[6] ?? ''] ?? (/小|轻/.test(m[6] ?? '') ? 'minor' : m[6] === '重' ? 'serious' : undefined);
  return { findings: meant, ...(grade ? { severity: grade } : {}) };
}

/** "两条 小问题", "都不算小事,按一般处理": all of them are spoken of, and the grade comes next. */
const ALL_OF_THEM =
  /^(?:这|那)?(?:([两二俩三四五])(?:个|条|项|样|处)?)?(?:问题|毛病)?(都|全)?(?:可|也)?(?:(?:不算|不是)(?:什么|啥)?小(?:事|问题)|不轻|不小)?$/;

/** The findings that such words speak of; undefined where they are none of these, or count others. */
export function allMeant(text: string, findings: FoundProblem[]): FoundProblem[] | undefined {
  const m = ALL_OF_THEM.exec(text);
  if (!m || findings.length < 2 || !(m[1] || m[2])) return undefined;
  const count = parseNumber(m[1] ?? '') ?? findings.length;
  return count === findings.length ? findings.filter((f) => f.severity === undefined) : undefined;
}

/** "器材那个当场收走了", "门禁那条算一般": the one of several that it names. */
const NAMED = /^([\u4e00-\u9fff]{1,6}?)(?:的)?[那这](?:个|条|项|处|块|样|边)(?!月|星期|礼拜|班)/;
export function namedOne(text: string, findings: FoundProblem[]): FoundProblem | undefined {
  const name = NAMED.exec(text)?.[1];
  const [one, ...more] = name && findings.length > 1 ? findings.filter((f) => f.text.includes(name)) : [];
  return more.length === 0 ? one : undefined;
}
