// Reads the answer to a question with choices: by number, by place ("第二个"), by its words, "both", "none of them".
import type { Choice } from '../../conversation.ts';

export type Chosen = { choice: Choice } | { all: true } | { none: true } | null;

const NUMERALS = '零一二三四五六七八九十';
const ENGLISH = ['first', 'second', 'third', 'fourth', 'fifth'];
const CIRCLED = '①②③④⑤⑥⑦⑧⑨';

/** `2`, `第二个`, `②`, `后一个`, `都去了`, `都不是`, or words that stand in exactly one label. Anything else: null. */
export function chosen(text: string, choices: readonly Choice[]): Chosen {
  const said = text.trim().replace(/[。.,\uff0c!\uff01~\s]+$/u, '');
  if (choices.length === 0 || said === '') return null;
  if (/^(都不是|都不对|不是这些|没有一个|none( of (them|these))?|neither)$/iu.test(said))
    return { none: true };
  if (
    /^(两|俩|三|四|几)?(所|个|家|项|条)?(学校)?(都|全部?)(是|去了?|去过|要|一起|有|算)?了?$/u.test(said) ||
    /^(都|俩|全部|both|all)$/iu.test(said)
  )
    return { all: true };
  const place = placeOf(said, choices.length);
  if (place !== null) return choices[place] ? { choice: choices[place] } : null;

  const exact = choices.filter((choice) => choice.label === said);
  if (exact.length === 1 && exact[0]) return { choice: exact[0] };
  if ([...said].length < 2) return null;
  const bare = said
    .replace(/^(?:是|就是|选|我说的是|我要)/u, '')
    .replace(/(?:那(?:个|条|项|所|份)|这(?:个|条|项|所|份)|的)+$/u, '');
  if ([...bare].length < 2) return null;
  const holding = choices.filter(({ label }) => holdsWords(label, bare));
  return holding.length === 1 && holding[0] ? { choice: holding[0] } : null;
}

/** Latin letters are whole words: "confirm" is not in "see who confirmed". */
function holdsWords(label: string, words: string): boolean {
  const at = label.toLowerCase().indexOf(words.toLowerCase());
  const around = `${label[at - 1] ?? ''} ${label[at + words.length] ?? ''}`;
  return at >= 0 && !(/^[a-z ]+$/iu.test(words) && /[a-z]/iu.test(around));
}

/** "2", "第二个": which of them, and not a word more. */
export function isPlace(text: string): boolean {
  return placeOf(text.trim().replace(/[。.,\uff0c!\uff01~\s]+$/u, ''), 99) !== null;
}

/** "第二条", "1和3", "2呢": their places, from 1; none when more was said. */
export function placesIn(text: string): number[] {
  const said = text.trim().replace(/(?:呢|吧|啊|[。.,\uff0c!\uff01?\uff1f~\s])+$/u, '');
  const places = said
    .split(/\s*(?:[、,\uff0c]|和|跟|与|还有|and)\s*|\s+(?=\S)/u)
    .map((one) => placeOf(one, 0));
  return places.every((place) => place !== null && place >= 0) && !said.includes('号')
    ? places.map((place) => Number(place) + 1)
    : [];
}

function placeOf(said: string, count: number): number | null {
  const digits = /^第?\s*(\d{1,2})\s*(个|项|条|所|号|、|\.)?$/u.exec(said)?.[1];
  if (digits !== undefined) return Number(digits) - 1;
  const circled = CIRCLED.indexOf(said);
  if (said.length === 1 && circled >= 0) return circled;
  const numeral = /^第?([一二三四五六七八九])(个|项|条|所|号)?$/u.exec(said)?.[1];
  if (numeral !== undefined && (said.startsWith('第') || said.length <= 2))
    return NUMERALS.indexOf(numeral) - 1;
  const english = /^(?:the )?(first|second|third|fourth|fifth|last)(?: one)?$/iu
    .exec(said)?.[1]
    ?.toLowerCase();
  if (english !== undefined) return english === 'last' ? count - 1 : ENGLISH.indexOf(english);
  if (/^(前|上)(面)?(一|那|这)?个$/u.test(said)) return 0;
  if (/^(后|下|最后)(面)?(一|那|这)?个$/u.test(said)) return count - 1;
  return null;
}
