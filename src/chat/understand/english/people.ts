// Members of the office as English writes them: "Zhang Ming", "Ming Zhang", "Inspector Zhao".

import type { RosterIndex } from '../schools/roster.ts';
import { inLetters, wordsOf } from './roster.ts';

export interface EnglishPerson {
  start: number;
  end: number;
  name: string;
}

const TITLES = /^(?:inspector|director|mr|mrs|ms|miss|teacher|chief|officer)$/;

/** Members of the office named in a text in small letters; "Inspector Zhao" where one bears the name. */
export function englishPeople(text: string, roster: RosterIndex): EnglishPerson[] {
  const { people, surnames } = inLetters(roster);
  const words = wordsOf(text);
  const found: EnglishPerson[] = [];
  for (let i = 0; i < words.length; i++) {
    const start = words[i]?.start ?? 0;
    const whole = [3, 2].flatMap((length) => {
      const joined = words.slice(i, i + length);
      const named = people.get(joined.map((w) => w.text).join(''));
      const [person, ...more] = joined.length === length ? (named ?? []) : [];
      return person && more.length === 0 ? [{ person, length }] : [];
    })[0];
    const titled = TITLES.test(words[i]?.text ?? '') ? surnames.get(words[i + 1]?.text ?? '') : undefined;
    const one = whole ?? (titled?.length === 1 && titled[0] ? { person: titled[0], length: 2 } : undefined);
    if (!one) continue;
    found.push({ start, end: words[i + one.length - 1]?.end ?? start, name: one.person.name });
    i += one.length - 1;
  }
  return found;
}
