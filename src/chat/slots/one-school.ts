// What a message says of the one school that it names; with several it is not known which of them its words are about.
import type { Facts } from '../facts.ts';
import { findSchools } from '../understand/schools/schools.ts';

/** The words without the school's name; null when several schools are named. */
export function aboutOneSchool(text: string, { book }: Facts): string | null {
  const schools = findSchools(text, book.index, { userId: '', name: '', roles: [], schools: [] });
  if (schools.length > 1) return null;
  return schools.reduce((rest, { text: name }) => rest.replace(name, ''), text);
}
