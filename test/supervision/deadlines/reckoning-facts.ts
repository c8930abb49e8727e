// What the second reckoning remembers of a random office.
export interface Settings {
  minPerMonth: number;
  exemptMonths: readonly number[];
  signWithin: number;
  reviewWithin: number;
  forwardWithin: number;
  planWithin: number;
  lookBackWithin: number;
  answerWithin: number;
  letterDays: number;
  reportHours: number;
  /** Minutes of the day; the same twice: never quiet. */
  quiet: { from: number; to: number };
  quietOnRestDays: boolean;
  ownRest: readonly string[];
}

export interface Place {
  code: string;
  inspector: string | null;
  /** The day from which that inspector has it. */
  since: string;
  head: string | null;
  leader: string | null;
}

export interface Finding {
  name: string;
  school: Place;
  serious: boolean;
  /** For a department; it has no notice. */
  complex: boolean;
  /** A department answers for it, not the school. */
  unit: boolean;
  /** The letter whose answer is awaited: which one, the day it was sent, and the day of the answer. */
  letter: { n: number; on: string; due: string } | null;
  issued: string;
  due: string;
  state: string;
  signed: boolean;
  round: number;
  submitted: string;
  reviewed: string;
  /** What was handed in last has gone on to the office. */
  forwarded: boolean;
  planned: boolean;
  looked: boolean;
  reopened: number;
  /** The request that waits for its answer: which one it is, and the day it was made. */
  asked: { n: number; on: string } | null;
}

export interface Emergency {
  name: string;
  school: Place;
  by: string;
  raised: number;
  lastNote: number;
  state: string;
  reported: boolean;
  contained: boolean;
  closed: string;
}

export interface Facts {
  schools: readonly Place[];
  office: readonly string[];
  directors: readonly string[];
  settings: Settings;
  /** `<school> <month>` to how many. */
  visits: Map<string, number>;
  exempt: Set<string>;
  findings: Finding[];
  emergencies: Emergency[];
}
