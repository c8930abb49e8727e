// The blanks of a standing notice, 【时间】: what was said for each is put in, and a notice with one left is known as such.

/** Name of a blank → what was said for it; empty: not said yet. */
export type Blanks = Readonly<Record<string, string>>;

const MARK = /【([^【】\n]{1,20})】/gu;

/** The names of the blanks in a text, each once, in their order. */
export function blanksOf(text: string): string[] {
  return [...new Set([...text.matchAll(MARK)].map(([, name = '']) => name))];
}

/** The text with what was said in the place of its blanks; other words in such brackets stay. */
export function filledIn(text: string, blanks: Blanks): string {
  return text.replaceAll(MARK, (mark, name: string) => blanks[name] || mark);
}

/** Whether one of these blanks still stands open in the text. */
export function hasOpenBlank(text: string, blanks: Blanks): boolean {
  return blanksOf(text).some((name) => blanks[name] === '');
}
