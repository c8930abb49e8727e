// Figures side by side: by area, stage, month, semester or item, in the order in which offices list them. Never by person.
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar.ts';
import { ITEMS } from '../findings.ts';
import { SCHOOL_KINDS } from '../roster/file.ts';

export const GROUPS = ['area', 'stage', 'month', 'semester', 'item'] as const;
export type Group = (typeof GROUPS)[number];

interface Groupable {
  area: string;
  stage: string;
  day: string;
  item?: string;
}

/** The key of the group that a row belongs to: an area's name, a code, `2026-03`, or a semester's `first/last`. */
export function groupKey(row: Groupable, group: Group, calendar: Calendar): string {
  if (group === 'area') return row.area;
  if (group === 'stage') return row.stage;
  if (group === 'month') return row.day.slice(0, 7);
  if (group === 'item') return row.item ?? '';
  const { from, to } = calendar.semester(Temporal.PlainDate.from(row.day));
  return `${from}/${to}`;
}

/** Areas as they come (by code), stages and items in their own order, spans of time forth. */
export function inOrder(keys: Iterable<string>, group: Group): string[] {
  const all = [...new Set(keys)].filter((key) => key !== '');
  if (group === 'area') return all;
  const order: readonly string[] = group === 'stage' ? SCHOOL_KINDS : group === 'item' ? ITEMS : [];
  if (order.length === 0) return all.toSorted();
  return all.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
}
