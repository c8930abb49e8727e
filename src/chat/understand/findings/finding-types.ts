// What reads findings and what it finds: shared by the reader, its helpers and those who ask it.
import type { BreathReader } from '../clauses/breaths.ts';
import type { ClauseReader, ClauseReading } from '../clauses/clause-kinds.ts';
import type { WordFinder } from '../text/lexicon.ts';
import type { Clause } from '../text/normalise.ts';
import type { FoundProblem, ItemCode, Severity } from '../types.ts';
import type { Limit } from './finding-limits.ts';

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

/** What was heard so far, while a visit's story is read piece by piece. */
export interface SoFar {
  found: Found;
  /** The thing that was named last, of which a fault may be told next. */
  subject: string;
  /** The item of the piece before. */
  near?: ItemCode | undefined;
  /** Where the clause ended that was read last. */
  end?: number;
  /** What was told since the last finding, and is none. */
  told: string[];
  /** The findings that were pointed at last: "头两条". */
  pointed: FoundProblem[];
  /** "问题" was a heading, and "无" would be its answer. */
  asked: boolean;
  /** "亮点" was a heading. */
  praising: boolean;
  /** What only the sayings take for a problem, no word of the lexicon. */
  faint: Set<FoundProblem>;
  /** What has no word of a fault; a plain none that follows outweighs it: "被褥晒得勤,没挑出问题". */
  pale: Set<FoundProblem>;
  /** How many findings stood before the last plain none. */
  cleared: number;
  /** How likely `found.likeliest` is a finding. */
  likeliest: number;
  /** "没啥事,就是空调坏了": said as what is wrong after all. */
  contrasted: boolean;
  /** Where something is, until it is known whether it is of what came before or of what comes next. */
  place?: { text: string; of: FoundProblem } | undefined;
}

/** A stretch that may be a finding, and the clause it stands in. */
export interface Piece {
  text: string;
  start: number;
  clause: Clause;
  kindergarten: boolean;
  /** The deadline that the clause sets. */
  limit?: Limit | undefined;
}
export interface Heard extends Piece {
  reading: ClauseReading;
  /** The sayings know it by heart as a fault. */
  surely: boolean;
}
export interface Weighed extends Heard {
  severity?: Severity | undefined;
  item?: ItemCode | undefined;
  near?: ItemCode | undefined;
}
