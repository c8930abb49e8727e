// Numbers of rectification notices as people say them: 031, 区督整〔2026〕031号, 第31号通知, 三十一号那个整改.
import { NUMBER, parseNumber } from '../text/numerals.ts';

export interface NoticeMention {
  start: number;
  end: number;
  /** Three digits, as printed: "031". */
  no: string;
}

const THING = '(?:那个|那份|那条|这个|这条|这份|的)?(?:区督整|整改|通知|问题|单子|延期|复查|督办|销号|文件)';
const PATTERNS = [
  // "安教发〔2026〕12号" is another paper's.
  /(?<![发字函办文令规][〔[(]?)(?:区督整|督整|整)?[〔[(]?20\d\d[〕\])]年?第?(\d{1,4})号?/g,
  /(?<!\d|\d[.:])(0\d{2})(?!\d|[.:]\d)号?(?!意见|投诉)/g,
  /([零〇][零〇一二三四五六七八九]{2})号?/g,
  // No month has so many days.
  /(?<![月\d]|\d[.:])(3[2-9]|[4-9]\d|[1-9]\d{2})号(?!楼|门|线|桌|车|院|教|店|意见|投诉)/g,
  /(?:^|[,;\s])(?!110|119|120)([1-9]\d{2})(?=那个|那份|(?:的)?整改|(?:还)?不?到位|不?(?:通过|合格)|退回|打回|能不能|到哪|(?:已经?)?(?:改好|换好|修好|改完)|延期)/g,
  // "23行了,24打回去": a number at the head of a verdict
  /(?:^|[,;.\s])(?<!\d[.,])([1-9]\d)(?=号?(?:那[个条]|的)?(?:行了|行吧|不行|过了?[,.;\s]|不过|没过|打回|退回|退掉|缺|不?合格|不?通过|销[了吧号]|可以销|不?到位|再催|催))/g,
  new RegExp(`第(${NUMBER})号(?=${THING})`, 'g'),
  new RegExp(`(?:通知书?|整改单?|编号|单号)(?:第|是|为)?(${NUMBER})号`, 'g'),
  // "编号二十六的", "整改单五十三,看过了"
  new RegExp(
    `(?:编号|单号|尾号|整改单|单子|通知书编?号?)(?:第|是|为|:)*(${NUMBER})(?![\\d.月日年个条份张天项处周小点页次号])`,
    'g',
  ),
  // "十七号的审了没": of a day nobody says so
  new RegExp(
    `(?<![月\\d])(${NUMBER})号?的(?=审[了完核没]|批[了没]|签(?:收|了)|收到|复查|验收|销(?:了|号)|(?:我们?)?(?:已经?)?(?:改|换|修|装)(?:好|完))`,
    'g',
  ),
  new RegExp(
    `(?<![月\\d])(${NUMBER})号(?=${THING}|那个|那条|那份|[那这]张(?:整改|通知|单|罚单|条子)|我们(?:已经?)?(?:改|换|修)|(?:已经?)?(?:改好|改完|换好|修好|整改)|到哪|审[核了]|收到|通过|合格|打回|销号)`,
    'g',
  ),
];

/** "三十三号的", "四十二号我们定了": in numerals, a number that no month has. */
const BEYOND_DAYS =
  /(?<![月百千\d一二三四五六七八九十])([三四五六七八九]十[一二三四五六七八九]?)号(?!楼|门|线|桌|车|院|教|店|意见|投诉)/g;

/** "023、024两张,23行了": what was named with its zero is named again without it, at the head of a clause. */
function namedAgain(text: string, found: readonly NoticeMention[]): NoticeMention[] {
  return [...new Set(found.map(({ no }) => no))].flatMap((no) => {
    const short = no.replace(/^0+/, '');
    if (short.length < 2) return [];
    const again = new RegExp(`(?<=[,.;\\s])${short}(?=[\u4e00-\u9fff])(?![号日月天个条份人名块处周岁])`, 'g');
    return [...text.matchAll(again)]
      .map((m) => ({ start: m.index, end: m.index + short.length, no }))
      .filter((m) => !found.some((f) => m.start < f.end && f.start < m.end));
  });
}

/** All notice numbers of a message; a day of the month ("31号那天", "31号之前") is none. */
export function findNotices(text: string): NoticeMention[] {
  const found: NoticeMention[] = [];
  for (const pattern of [...PATTERNS, BEYOND_DAYS]) {
    pattern.lastIndex = 0;
    for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
      const number = parseNumber(m[1] ?? '');
      const [start, end] = [m.index, m.index + m[0].length];
      if (number === undefined || !Number.isInteger(number) || number < 1) continue;
      if (found.some((f) => start < f.end && f.start < end)) continue;
      if (pattern === BEYOND_DAYS && number <= 31) continue;
      if (/[月周星期]$/.test(text.slice(0, start))) continue;
      if (/^[克米斤元人份]/.test(text.slice(end))) continue;
      found.push({ start, end, no: String(number).padStart(3, '0') });
    }
  }
  const again = found.length > 1 ? namedAgain(text, found) : [];
  return [...found, ...again].sort((a, b) => a.start - b.start);
}
