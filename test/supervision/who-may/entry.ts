// One entry of the table of who may what, and the rows that many acts share.
import type { Role } from '../../../src/supervision/act.ts';
import type { At } from './scene.ts';

export type Entry = Partial<Record<Role, string>> & {
  given(at: At): object | Promise<object>;
  /** A question: what counts is whether its answer names the school. */
  sees?: true;
  /** About no school: the role alone decides. */
  always?: true;
};

/** The first target of each role, for `always`. */
export const EVERYBODY = {
  inspector: 'own',
  'area-leader': 'area',
  'school-inspector': 'own',
  principal: 'own',
  office: 'office',
  director: 'office',
};
/** Each at the schools that are hers to look at, the office at all of its own. */
export const EVERYBODY_AT_HERS = EVERYBODY;
/** What is the office's alone. */
export const OFFICE = { office: 'office', director: 'office' };

/** Action → who may do it; a second entry for one act, with another input: 'your.action (what differs)'. */
export type Entries = Readonly<Record<string, Entry>>;
