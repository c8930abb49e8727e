// Slots of what is done to a record that stands: which value is put right, which record is voided.
import { correctionOf } from './corrections.ts';
import { type Facts, nameOf, schoolSlots } from './facts.ts';
import { notices as rect } from './slots-rect.ts';
import type { Slots } from './types.ts';

/** "石佛小学的记录作废,那天去的是中心园": the school of the record, not where he was instead. */
export function voided(f: Facts): Slots {
  const all = schoolSlots(f);
  if (!all.schools) return all;
  const named = f.e.clauses.filter((c) => /作废|删|撤|记录|那[条次]|登记/.test(c.text));
  const inside = f.e.schools.filter(
    (s) => s.code && named.some((c) => s.start >= c.start && s.start < c.end),
  );
  const codes = [...new Set(inside.flatMap((s) => (s.code ? [s.code] : [])))];
  const { schools: _all, ...rest } = all;
  return codes.length === 1 ? { ...rest, school: nameOf(f.context, codes[0] ?? '') } : all;
}

/** What was wrong and what is right, and of which record. */
export function corrected(f: Facts): Slots {
  const correct = correctionOf(f.e, (code) => nameOf(f.context, code));
  const aside = f.e.dates.filter(
    (d) =>
      d.kind === 'day' &&
      !(correct && (d.resolve('past') === correct.to || d.resolve('future') === correct.to)),
  );
  const date = aside[0]?.resolve('past');
  const schools = correct?.field === 'school' ? {} : schoolSlots(f);
  if (correct?.field === 'school') schoolSlots(f);
  return { ...schools, ...rect(f), date, ...(correct ? { correct } : {}) };
}
