// Something to be said about one place of a roster file: a fault or a warning, in code, for sentences in any language.

/** `place` is a path such as `people[3].schools[1]`; `code` names the sentence in bot-scripts/texts/<locale>/roster.yaml. */
export interface RosterNote {
  place: string;
  code: string;
  data: Record<string, string | number>;
}
