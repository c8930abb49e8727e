// The kinds of school that words mean: what people call them, and the words that mean all of them.

/** Kinds of school by what people call them. */
const KINDS: readonly [RegExp, string[]][] = [
  [/幼儿园|园长|各园|kindergarten/iu, ['kindergarten']],
  [/小学|primary/iu, ['primary', 'nine-year']],
  [/初中|junior/iu, ['junior', 'nine-year']],
  [/高中|senior/iu, ['senior']],
  [/(?<!小|心)中学|(?<!小)学校中/u, ['junior', 'nine-year', 'senior']],
  [/职校|职高|中职|职业|vocational/iu, ['vocational']],
  [/特教|特校|special/iu, ['special']],
];

/** School kinds; none: the words name none, or all. */
export function kindsIn(words: string): string[] {
  // 校长园长, 学校和幼儿园: everybody who heads a school.
  if (/校长.{0,2}园长|园长.{0,2}校长|学校.{0,3}幼儿园|中小学.{0,3}幼儿园|校园长/u.test(words)) return [];
  if (/中小学/u.test(words)) return ['primary', 'junior', 'nine-year', 'senior'];
  return [...new Set(KINDS.flatMap(([word, kinds]) => (word.test(words) ? kinds : [])))];
}
