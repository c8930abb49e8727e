// One spelling for everything: widths, punctuation, blanks and fillers, so that no later step has to think of them.
import { commonSpeech } from './dialect.ts';
import { withoutSlips } from './slips.ts';

const PUNCTUATION: Record<string, string> = {
  '，': ',',
  '。': '.',
  '；': ';',
  '：': ':',
  '！': '!',
  '？': '?',
  '（': '(',
  '）': ')',
  '【': '[',
  '】': ']',
  '“': '"',
  '”': '"',
  '～': '~',
  '—': '-',
  '–': '-',
  '\u3000': ' ',
  '\t': ' ',
  '\u00a0': ' ',
};

/** "028要延期?不行,…": a question that the speaker answers himself asks nothing. */
const ANSWERED = /\?(?=(?:不行|不可以|不同意|不批|不准|没门|不成|可以(?![吗不])|同意|行[,.]|准了|批了))/g;

/** Half-width letters, digits and punctuation, lower case, no invisible characters; Chinese characters stay as they are. */
export function normalise(raw: string): string {
  let out = '';
  for (const char of raw.normalize('NFC')) {
    const mapped = PUNCTUATION[char];
    if (mapped !== undefined) {
      out += mapped;
      continue;
    }
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCodePoint(code - 0xfee0);
    else if (code === 0x200b || code === 0xfeff || code === 0x200d || (code < 0x20 && char !== '\n'))
      continue;
    else out += char;
  }
  return withoutSlips(commonSpeech(out.toLowerCase().replace(/ +/g, ' ').trim())).replace(ANSWERED, ',');
}

export interface Clause {
  text: string;
  start: number;
  end: number;
  /** The mark that ended it: `,` `.` `;` `?` `!` blank, newline, or '' at the end. */
  mark: string;
}

/** Whether what is named begins in a clause, or any other stretch. */
export const beginsIn =
  ({ start, end }: Pick<Clause, 'start' | 'end'>) =>
  (named: { start: number }): boolean =>
    named.start >= start && named.start < end;

const BREAK =
  /[,.;!?、\n]|(?<=[\u4e00-\u9fff])[+＋](?=[\u4e00-\u9fff])|\s+(?=[\u4e00-\u9fff\d①-⑨])|(?<=[\u4e00-\u9fff\d])(?=[①-⑨]|\([1-9]\)(?!班))/g;

/** Splits at punctuation, at blanks between Chinese words and before the numbers of a list ("①…②…"); a dot or comma inside a number does not split. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  const push = (to: number, mark: string) => {
    const slice = text.slice(from, to);
    const lead = slice.length - slice.trimStart().length;
    const trimmed = slice.trim();
    if (trimmed) clauses.push({ text: trimmed, start: from + lead, end: from + lead + trimmed.length, mark });
  };
  BREAK.lastIndex = 0;
  for (let m = BREAK.exec(text); m; m = BREAK.exec(text)) {
    const at = m.index;
    const inNumber = /[.,]/.test(m[0]) && /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at + 1] ?? '');
    if (inNumber && !isListMark(text, at)) continue;
    push(at, m[0].trim() || ' ');
    from = at + m[0].length;
    if (m[0] === '') BREAK.lastIndex++;
  }
  push(text.length, '');
  return clauses;
}

/** "1.灭火器…" at the head of a line is a list number, not a decimal. */
function isListMark(text: string, at: number): boolean {
  return /(^|[\s,;:。])\d$/.test(text.slice(0, at)) && !/^\.\d{1,2}(?!\d)/.test(text.slice(at));
}

const LEADING_FILLER =
  /^(?:嗯+|呃+|哦+|噢|哎|唉|啊|那个(?=[,\s]|[\u4e00-\u9fff]{6,})|就是说?|然后|还有就是|还有|另外|再就是|再一个(?:就?是)?|再有|而且|并且|同时|其中|主要是|主要|反正|其实|对了|顺便|一个是|一是|二是|三是|四是|首先|其次|最后(?!一|期限|[两几]|的)|第[一二三四五](?:个|条|点)?(?:是|[,:])|[1-9①-⑨][、.):](?!\d)|[①-⑨]|[1-9](?=[\u4e00-\u9fff]{3})(?![个名人所台块处条年月号日天周节次点把层间盏扇张份元级班实中小区分])|\([1-9]\)|但是?|不过|只是|发现了?|看到|有个问题是|问题[是:]|:|,|\s)+/;
const TRAILING_FILLER = /(?:了?啊|呀|哈|吧|呢|嘛|哦|喔|[,;:\s.])+$/;

/** The clause without words that carry nothing: "然后…", "还有…", "…吧". */
export function withoutFillers(text: string): string {
  return text.replace(LEADING_FILLER, '').replace(TRAILING_FILLER, '').trim();
}
