// Which of a few things words speak of: by the characters that they share with its text, two by two, or by one telling character.

/** How many of a finding's characters stand in what was typed, two by two: enough to tell 灭火器 from 食堂. */
export function likeness(text: string, typed: string): number {
  let shared = 0;
  for (let i = 0; i + 2 <= text.length; i++) if (typed.includes(text.slice(i, i + 2))) shared++;
  return shared / Math.max(1, text.length - 1);
}

/** What stands in half of all sentences, and in findings of any kind. */
const TELLS_NOTHING =
  /[的了有个没不未在是坏修换好完弄都也还就再又一二两三四五六七八九十几多少上下里中外前后人去来把我你他们处间只条项点名张台次年月日天号周学校生师教室楼区做到过要能会给说行通合格改整贴装收交开关问题情况\p{P}\s]/gu;

/**
 * Those of which a clause speaks: by a pair of their characters, or, where none has a pair, the only one that has a telling
 * character of it ("灯换了" of "教室灯坏了三个").
 */
export function spokenOf<One extends { text: string }>(
  among: readonly One[],
  clause: string,
): readonly One[] {
  const paired = among.filter(({ text }) => likeness(text, clause) > 0);
  if (paired.length > 0) return paired;
  const telling = [...clause.replaceAll(TELLS_NOTHING, '')];
  const holding = among.filter(({ text }) => telling.some((char) => text.includes(char)));
  return holding.length === 1 ? holding : [];
}

/** The one whose words stand most in what was typed; undefined when none do, or two as much as each other. */
export function mostLike<One>(
  among: readonly One[],
  typed: string,
  words: (one: One) => string,
): One | undefined {
  const scores = among.map((one) => likeness(words(one), typed));
  const best = Math.max(0, ...scores);
  const [only, ...more] = among.filter((_, index) => scores[index] === best);
  return best > 0 && more.length === 0 ? only : undefined;
}
