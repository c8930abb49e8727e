// Draws a picture of words and bars and renders it without a browser and without the machine's fonts: what an office server lacks,
// the repository brings (assets/fonts: the 8,105 characters of the national table and GB 2312, SIL Open Font License).
import { fileURLToPath } from 'node:url';

const FONT_FILE = fileURLToPath(new URL('../../assets/fonts/NotoSansSC-subset.otf', import.meta.url));
const FONT = 'Noto Sans CJK SC';
/** A phone shows it whole in width; 2 makes letters sharp on it. */
const SCALE = 1.5;

export const INK = '#1f2933';
export const QUIET = '#6b7785';
const LINE = '#d9dfe6';

export interface TextStyle {
  size: number;
  color?: string;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
}

/** How wide a text is, about, in units of the picture: a Chinese character is as wide as high, others take about half. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? size : size * 0.56;
  return width;
}

/** Cuts a text that is wider than there is room for, with an ellipsis. */
export function fitted(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text;
  const characters = [...text];
  while (characters.length > 1 && widthOf(`${characters.join('')}…`, size) > room) characters.pop();
  return `${characters.join('')}…`;
}

/** Lines that fit the room; broken anywhere between Chinese characters, between words otherwise, and no mark stands on the wrong side of a break. */
export function wrapped(text: string, size: number, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[“（《]?(?:[\w%.,()/:-]+\s*|\s+|.[：；，。、）”》]*)/gu) ?? []) {
    if (line !== '' && widthOf(line + piece, size) > room) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return line === '' ? lines : [...lines, line];
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const n = (value: number) => String(Math.round(value * 100) / 100);

/** A line of words; `y` is its baseline. All measures are pixels. */
export function text(x: number, y: number, words: string, style: TextStyle): string {
  const { size, color = INK, bold = false, anchor = 'start' } = style;
  // The one weight we ship is made heavier by its outline.
  const weight = bold ? ` stroke="${color}" stroke-width="${n(size * 0.035)}"` : '';
  return `<text x="${n(x)}" y="${n(y)}" font-size="${n(size)}" fill="${color}" text-anchor="${anchor}"${weight}>${escaped(words)}</text>`;
}

/** A filled rectangle; a width or height below 0 is 0. */
export function box(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(Math.max(0, height))}" rx="${n(radius)}" fill="${fill}"/>`;
}

/** A thin line in the colour of rules. */
export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${LINE}" stroke-width="1"/>`;
}

/** A PNG of the parts on white. */
export async function picture(width: number, height: number, parts: readonly string[]): Promise<Uint8Array> {
  // Native code, read when the first picture is asked for.
  const { Resvg } = await import('@resvg/resvg-js');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" ` +
    `font-family="${FONT}">${box(0, 0, width, height, '#ffffff')}${parts.join('')}</svg>`;
  const made = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { loadSystemFonts: false, fontFiles: [FONT_FILE], defaultFontFamily: FONT },
  }).render();
  return new Uint8Array(made.asPng());
}
