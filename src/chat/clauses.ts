// A message as it was typed, taken apart at its marks. (What is understood of it is cut elsewhere, after it was normalised.)

/** A mark that ends a clause, half or full width. */
const MARK = '[,，;；。\\n]+';
const MARKS = new RegExp(MARK, 'u');
/** Between Chinese words a space stands for a mark: "可以 照片看不清". */
export const MARKS_OR_SPACE = new RegExp(`${MARK}|(?<=\\p{Script=Han})\\s+(?=\\p{Script=Han})`, 'u');

/** The clauses that hold any words. */
export function clausesIn(text: string, breaks: RegExp = MARKS): string[] {
  return text
    .split(breaks)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}
