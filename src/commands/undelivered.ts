// `dudao undelivered`: what did not arrive, newest first, for the office that OFFICE names; `--json` with keys and error codes. No words of messages.
import { openDatabaseBeside } from '../app/database.ts';
import { environment, readConfig } from '../config.ts';
import { type Undelivered, undelivered as undeliveredRows } from '../delivery/failures.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { print } from './fault.ts';

const DAY_MS = 86_400_000;
/** So many lines at most; whoever has more looks at the newest first. */
const MOST = 200;

export async function undelivered(options: { days: string; json?: boolean }): Promise<void> {
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1)
    throw new AppError('act.input', 'never', { why: 'days', said: options.days });
  const config = readConfig(environment());
  const database = await openDatabaseBeside(config, createLog({ level: config.logLevel ?? 'warn', to: 2 }));
  try {
    const office = await database.store.transaction((tx) => officeBySlug(tx, config.office));
    if (!office) throw new AppError('act.not-found', 'never', { what: 'office', office: config.office });
    const now = new Date();
    const since = new Date(now.getTime() - days * DAY_MS);
    const rows = await undeliveredRows(database.store, office.id, { since, now, limit: MOST });
    if (options.json) {
      for (const row of rows) print(JSON.stringify(row));
      return;
    }
    const { say } = operatorTexts(config.locale);
    print(say(rows.length === 0 ? 'undelivered.none' : 'undelivered.title', { count: rows.length, days }));
    for (const row of rows) print(inWords(row, say, office.timeZone));
  } finally {
    await database.close();
  }
}

function inWords(row: Undelivered, say: ReturnType<typeof operatorTexts>['say'], timeZone: string): string {
  const at = row.createdAt.toLocaleString('sv-SE', { timeZone }).slice(0, 16);
  const waits = row.state === 'pending' || row.state === 'sending';
  const why = [row.why, row.errcode].filter((one) => one !== null).join(' ');
  return `${at} ${row.recipient} ${say(`undelivered.${waits ? 'waits' : row.state}`)}${why && ` (${why})`}  ${row.key}`;
}
