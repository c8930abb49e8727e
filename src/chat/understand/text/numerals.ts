// Numbers as people write and dictate them: 3, 三, 十三, 三十一, 一百二十五, 俩, 半.

export const NUMBER = '(?:\\d+(?:\\.\\d+)?|[零〇一二两俩三仨四五六七八九十百]+)';

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  仨: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** The number that a numeral stands for, or undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  if (trimmed === '半') return 0.5;
  if (!/^[零〇一二两俩三仨四五六七八九十百]+$/.test(trimmed)) return undefined;
  if (!/[十百]/.test(trimmed)) {
    // digits read one by one: 零三一 → 31
    return Number([...trimmed].map((c) => DIGITS[c] ?? 0).join(''));
  }
  let total = 0;
  let current = 0;
  for (const char of trimmed) {
    if (char === '百') {
      total += (current || 1) * 100;
      current = 0;
    } else if (char === '十') {
      total += (current || 1) * 10;
      current = 0;
    } else {
      current = DIGITS[char] ?? 0;
    }
  }
  return total + current;
}

const NUMERAL = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** Lone digits as numerals, in place and without changing the length: 实验2小 → 实验二小, 第1中学 → 第一中学. */
export function digitsAsNumerals(text: string): string {
  return text.replace(/(?<![\d.])\d(?![\d.])/g, (d) => NUMERAL[Number(d)] ?? d);
}

/** Numerals as figures: 晚上八点半 → 晚上8点半, 三至五年 → 3至5年. */
export const inFigures = (text: string): string =>
  text.replaceAll(new RegExp(NUMBER, 'gu'), (found) =>
    // the minutes of 16:00 keep their zero
    /^\d+$/u.test(found) ? found : String(parseNumber(found) ?? found),
  );
