// What an import changed or would change, line by line, in the words of the spreadsheet's headings.
import { operatorTexts } from '../operator.ts';
import { layout } from '../papers/roster/layout.ts';
import type { Change } from '../supervision/roster/changes.ts';

/** Nobody reads more; the figures below them are of all. */
const MOST_LINES = 200;

/** One line a change, the first of many; never a phone. */
export function changeLines(changes: readonly Change[], locale: 'zh-CN' | 'en'): string[] {
  const { say } = operatorTexts(locale);
  const lines = changes.slice(0, MOST_LINES).map(({ kind, what, key, before, after }) => {
    const fields = what === 'changed' ? fieldsOf(before, after, locale) : nameOf(after ?? before);
    return `${say(`change.${what}`)} ${say(`change.${kind}`)} ${key}${fields && ` ${fields}`}`;
  });
  if (changes.length > lines.length) lines.push(say('change.more', { count: changes.length - lines.length }));
  return lines;
}

function nameOf(row: object | null): string {
  const name = row && 'name' in row ? row.name : undefined;
  return typeof name === 'string' ? name : '';
}

/** `名称:第一中学 → 第一初级中学`; of ids and phones only that they changed. */
function fieldsOf(before: object | null, after: object | null, locale: 'zh-CN' | 'en'): string {
  const old: Record<string, unknown> = { ...before };
  return Object.entries({ ...after })
    .map(([field, now]) => {
      const said = (value: unknown) => (value === null || value === '' ? '—' : [value].flat().join('、'));
      const hidden =
        field === 'phone' ||
        field === 'areaId' ||
        (now !== null && typeof now === 'object' && !Array.isArray(now));
      return `${headOf(field, locale)}${hidden ? '' : `:${said(old[field])} → ${said(now)}`}`;
    })
    .join('; ');
}

const AS_COLUMN: Readonly<Record<string, string>> = {
  areaId: 'area',
  latitude: 'lat',
  longitude: 'lng',
  isPrivate: 'private',
  userId: 'userid',
  timeZone: 'timezone',
};

function headOf(field: string, locale: 'zh-CN' | 'en'): string {
  if (field === 'active') return operatorTexts(locale).say('change.active');
  const key = AS_COLUMN[field] ?? field;
  for (const { columns } of Object.values(layout().sheets)) if (columns[key]) return columns[key][locale];
  return field;
}
