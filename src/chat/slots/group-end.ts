// Until when a group is there: a day said with what it is for, or alone; only an area's group may have none.
import { Temporal } from 'temporal-polyfill';
import type { Facts } from '../facts.ts';
import { parseDate } from '../understand/answers.ts';
import type { NewGroup } from './new-group.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** "到4月30日", "4月30日结束", "用到月底": how long, said after what it is for. */
export const UNTIL =
  /[,，、;；\s]*(?:用到|开到|持续到|截止到?|截至|到|至)\s*([^,，。]{1,14}?)(?:为止|结束|解散|就行|吧)*[。.]?\s*$|[,，、;；\s]+([^,，。]{2,12}?)(?:结束|解散|为止)[。.]?\s*$/u;
/** The day that is said, ahead of now; undefined when it is none, or more than one. */
export function dayIn(said: string, { now, calendar, office }: Facts): string | undefined {
  const found = parseDate(said, { now, calendar, timeZone: office.timeZone, direction: 'future' });
  return found && !found.span ? found.date : undefined;
}

const MOVED = /^(?:改到|改成|延到|延长到|推迟到|提前到)\s*(.{2,12})$/u;
/** Nothing is kept open for longer without saying so again. */
const LONGEST = { days: 366 };

export const groupEndSlot: SlotKindOf = {
  read(_reading, { text, open, row, name, facts }): Took {
    const said = UNTIL.exec(text.trim());
    const moved = row[name] === undefined ? undefined : MOVED.exec(text.trim())?.[1];
    const part = said?.[1] ?? said?.[2] ?? moved ?? (open ? text : '');
    if (/长期|一直|不定|不设/u.test(text) && (open || row[name] !== undefined))
      return isArea(row) ? { value: null } : { wrong: 'groups.needs-end' };
    const day = part === '' ? undefined : dayIn(part, facts);
    if (day === undefined) return undefined;
    const last = facts.today.add(LONGEST);
    if (day < facts.today.toString() || Temporal.PlainDate.compare(Temporal.PlainDate.from(day), last) > 0)
      return { wrong: 'groups.end-day', vars: { last: last.toString() } };
    return { value: day };
  },
  /** An area's group is there as long as the area; any other is made for something that ends. */
  without: ({ row }) => (isArea(row) ? { value: null } : undefined),
  view: (value) => value,
};

const isArea = (row: Asks['row']) => (row.group as NewGroup | undefined)?.purpose === 'area';
