// What reads findings and what it finds: shared by the reader, its helpers and those who ask it.
import type { BreathReader } from './breaths.ts';
import type { ClauseReader } from './clause-kinds.ts';
import type { Limit } from './finding-limits.ts';
import type { WordFinder } from './lexicon.ts';
import type { Clause } from './normalise.ts';
import type { FoundProblem, ItemCode, Severity } from './types.ts';

export interface FindingReader {
  /** The item that the words of a clause point at; `kindergarten` prefers K1–K4. */
  itemOf(text: string, kindergarten: boolean): ItemCode | undefined;
  itemsOf(text: string, kindergarten: boolean): ItemCode[];
  severityOf(text: string): Severity | undefined;
  isProblem(text: string): boolean;
  /** What was learnt says of a stretch. */
  hear: ClauseReader;
  /** "没问题", "一切正常": nothing found. */
  saysNone(text: string): boolean;
  read(clauses: readonly Clause[], options: ReadOptions): Found;
}
export interface ReadOptions {
  /** The clause's text without school, date and verb of going. */
  strip(clause: Clause): string;
  kindergarten(clause: Clause): boolean;
  /** The deadline that a clause sets, when it sets one. */
  limit?(clause: Clause): Limit | undefined;
}
export interface Found {
  findings: Array<FoundProblem & { start: number }>;
  noFindings: boolean;
  /** "没啥大问题": says nothing about small ones. */
  notClean: boolean;
  highlight?: string;
  /** Where none was heard: what was told that is likeliest to be one. */
  likeliest?: FoundProblem & { start: number };
  /** Findings have deadlines of their own, so that none holds for all. */
  ownLimits?: boolean;
}

/** What the sayings taught: what a stretch says, and where one begins. */
export interface Ear {
  kinds: ClauseReader;
  breaths: BreathReader;
}

/** What one reading of clauses is done with. */
export interface Inner {
  /** By what was learnt, then by words. */
  rank(text: string, kindergarten: boolean): ItemCode[];
  byWords(text: string, kindergarten: boolean): ItemCode[];
  severityOf(text: string): Severity | undefined;
  items: WordFinder<ItemCode>;
  /** Says that a word of the lexicon stands in the text. */
  knows(text: string): boolean;
  ear: Ear;
}
