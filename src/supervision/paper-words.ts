// The words that sheets, pictures and papers need beside those of the conversation, in bot-scripts/texts/<locale>/papers.yaml:
// each key with the variables it may name. The check compares the file with this list, so a key can be neither missing nor left over.

const LEDGER = [
  'row',
  'no',
  'area',
  'school',
  'stage',
  'visited',
  'inspector',
  'item',
  'text',
  'disposition',
  'state',
  'due',
  'overdue',
  'signed',
  'submitted',
  'round',
  'report',
  'reviewed',
  'return-reason',
  'closed',
] as const;
export const LEDGER_COLUMNS = LEDGER;

const columns = (paper: string, names: readonly string[]): [string, readonly string[]][] =>
  names.flatMap((name): [string, readonly string[]][] => [
    [`${paper}.col.${name}`, []],
    [`${paper}.note.${name}`, []],
  ]);

export const PAPER_WORDS: Readonly<Record<string, readonly string[]>> = {
  failed: ['kind'],
  'too-large': ['kind'],
  /** A span of days, in a title or a file's name. */
  period: ['period'],
  /** The name of the sheet that explains the others. */
  notes: [],
  'ledger.file': ['filter'],
  'ledger.title': [],
  'ledger.sheet': [],
  'ledger.subtitle': ['about', 'filter', 'count', 'older'],
  'ledger.empty': [],
  'ledger.notes.head': [],
  'ledger.notes.scope': [],
  ...Object.fromEntries(columns('ledger', LEDGER)),
};
