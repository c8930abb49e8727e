// Cuts and splits text the way WeCom counts it: in bytes of UTF-8, never inside a character that a person sees.
import { TEXT_BYTES } from './limits.ts';

// Chinese sentence ends anywhere; Latin ones only before a space, or "3.5" and addresses would be torn apart.
const SENTENCE_END = /[\u3002\uFF01\uFF1F\uFF1B\u2026\n]|[.!?;](?=\s)/u; // 。 ！ ？ ； …
const CLAUSE_END = /[\uFF0C\u3001\uFF1A,\s]/u; // ， 、 ：
// What belongs to the words before it: closing quotes and brackets, and a second mark as in ？！ or …… No part begins with one.
const CLOSES = /[\u201D\u2019\u300D\u300F\u300B\u3009\uFF09\u3011\u3015)\]"']/u; // ” ’ 」 』 》 〉 ） 】 〕
const BELONGS_BEFORE =
  /[\u3002\uFF01\uFF1F\uFF1B\u2026\uFF0C\u3001\uFF1A\u201D\u2019\u300D\u300F\u300B\u3009\uFF09\u3011\u3015)\]!?.,;:]/u;
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** The longest beginning of `text` that fits into `maxBytes` and ends at a whole character. */
export function cutToBytes(text: string, maxBytes: number): string {
  if (bytesOf(text) <= maxBytes) return text;
  let end = 0;
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += bytesOf(segment);
    if (used > maxBytes) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/**
 * Splits text into parts of at most `maxBytes` UTF-8 bytes (2048: 90236). Parts end after a sentence where they can,
 * else after a clause or space, else after any whole character; joined they are the text again. Empty text has no
 * parts. A single character larger than the limit (an emoji of many parts) is cut at its code points.
 */
export function splitText(text: string, maxBytes: number = TEXT_BYTES): string[] {
  if (maxBytes < 4) throw new RangeError('a part must hold at least one character (4 bytes)');
  const parts: string[] = [];
  let rest = text;
  while (rest !== '') {
    const part = bytesOf(rest) <= maxBytes ? rest : firstPart(rest, maxBytes);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}

/**
 * As `splitText`, with a mark such as `(1/3)` before each part when there are several. The mark counts towards the
 * limit. `label` makes the mark; it must not grow beyond 32 bytes.
 */
export function splitNumbered(
  text: string,
  maxBytes: number = TEXT_BYTES,
  label: (part: number, of: number) => string = (part, of) => `(${part}/${of})\n`,
): string[] {
  if (bytesOf(text) <= maxBytes) return text === '' ? [] : [text];
  const parts = splitText(text, maxBytes - LABEL_BYTES);
  return parts.map((part, i) => cutToBytes(label(i + 1, parts.length), LABEL_BYTES) + part);
}
const LABEL_BYTES = 32;

function firstPart(text: string, maxBytes: number): string {
  // A byte holds at most one UTF-16 unit, so no more than this can fit; the rest of a long text is not looked at.
  const window = text.slice(0, maxBytes + 1);
  const whole = cutToBytes(window, maxBytes) || byCodePoint(window, maxBytes);
  // A part much shorter than it could be is worse than a torn sentence: look back over half of it at most.
  const from = Math.floor(whole.length / 2);
  return (
    endingWith(SENTENCE_END, whole, from, text) ??
    endingWith(CLAUSE_END, whole, from, text) ??
    anywhere(whole, text)
  );
}

const STEPS_BACK = 8;

/** All of it, or a little less when what comes next belongs to it. */
function anywhere(whole: string, text: string): string {
  const characters = graphemes.segment(whole);
  for (let end = whole.length, step = 0; end > 0 && step < STEPS_BACK; step++) {
    if (!BELONGS_BEFORE.test(text.charAt(end))) return whole.slice(0, end);
    end = characters.containing(end - 1)?.index ?? 0;
  }
  return whole;
}

function endingWith(mark: RegExp, whole: string, from: number, text: string): string | undefined {
  for (let end = whole.length; end > from; end--) {
    if (BELONGS_BEFORE.test(text.charAt(end))) continue;
    // A sentence ends after its mark and what closes around it: 他说:“没事。”
    let last = end;
    while (last > from && CLOSES.test(text.charAt(last - 1))) last--;
    // The look-ahead of a mark may need the character after it.
    const seen = last === end ? text.slice(end - 1, end + 1) : `${text.charAt(last - 1)} `;
    if (mark.exec(seen)?.index === 0 && isBoundary(whole, end)) return whole.slice(0, end);
  }
  return undefined;
}

/** False between the halves of something a person sees as one: CR LF, or a mark with a combining sign after it. */
function isBoundary(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const around = text.slice(Math.max(0, at - 1), at + 2);
  return graphemes.segment(around).containing(Math.min(1, at))?.index === Math.min(1, at);
}

function byCodePoint(text: string, maxBytes: number): string {
  let part = '';
  for (const point of text) {
    if (bytesOf(part) + bytesOf(point) > maxBytes) break;
    part += point;
  }
  return part;
}
