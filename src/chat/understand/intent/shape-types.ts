// What a shape rule is: the signs it may ask for and what it adds, shared by the tables and by who applies them.
import type { Intent } from '../types.ts';

export type Shape = Partial<Record<Intent, number>>;

/** What is true of a message as a whole; a rule may ask for a sign or for its absence. */
export interface Signs {
  /** It asks. */
  asks: boolean;
  school: boolean;
  /** A clause says what is wrong with a thing that some item knows. */
  problem: boolean;
  /** What was learnt hears a problem without doubt, and that the inspector did something. */
  fault: boolean;
  acted: boolean;
  /** All it says is one fault that the sayings know by heart. */
  heart: boolean;
  /** "没问题", "一切正常". */
  none: boolean;
  /** Somebody was at a school. */
  went: boolean;
  /** Speaks of days to come or of an intention. */
  future: boolean;
  /** Days are named, and all of them lie ahead; a day is named that lies back. */
  ahead: boolean;
  back: boolean;
  /** A limit is set: "三天内", "月底前". */
  limited: boolean;
  notice: boolean;
  person: boolean;
  /** Any day or span. */
  dated: boolean;
  area: boolean;
  lessons: boolean;
  hours: boolean;
  overdue: boolean;
  /** Speaks of a paper or an event of the office rather than of a school's doors. */
  paper: boolean;
  principal: boolean;
  office: boolean;
  short: boolean;
  inFlow: boolean;
}

/** Adds logits when every pattern fits, no `not` fits, and the signs are as given. */
export interface ShapeRule {
  if?: RegExp;
  and?: RegExp;
  not?: RegExp;
  signs?: Partial<Signs>;
  add: Shape;
}
