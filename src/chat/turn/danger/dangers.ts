// What in a draft speaks of a danger to people, row by row: what its card offers to report at once.
import type { SaidFinding } from '../../../supervision/findings.ts';
import type { Frame, Row } from '../../conversation.ts';
import { read, type Stage } from '../stage.ts';

/** As the act takes it. */
const TEXT_MOST = 500;

/** The flow that tells on a danger, for this person. */
export const alarmFlow = (t: Stage) => t.deps.scripts.flowFor('emergency.report', t.facts.person.roles);

/** Rows for that flow: each school with what is dangerous there; all its findings when no single one says so by itself. */
export function dangersIn(t: Stage, frame: Frame): Row[] {
  if (!frame.danger || !alarmFlow(t)) return [];
  const texts = (row: Row) => ((row.findings ?? []) as SaidFinding[]).map(({ text }) => text); // the slot's own value
  const dangerous = (text: string) => read(t, text).flags.includes('danger');
  const found = frame.rows.map((row) => ({ row, of: texts(row).filter(dangerous) }));
  const some = found.filter(({ of }) => of.length > 0);
  const told = some.length > 0 ? some : frame.rows.map((row) => ({ row, of: texts(row) }));
  return told
    .filter(({ of }) => of.length > 0)
    .map(({ row, of }) => ({
      ...(row.school === undefined ? {} : { school: row.school }),
      text: of.join(';').slice(0, TEXT_MOST),
    }));
}
