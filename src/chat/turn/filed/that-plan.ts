// "还是周一去吧", "特校周二 阳光周四", "特校那个取消", said right after a plan was made: of that plan, and of its week.
import { Temporal } from 'temporal-polyfill';
import { DROP } from '../../slots/ordinals.ts';
import type { SchoolValue } from '../../slots/school.ts';
import type { SpanValue } from '../../slots/spans.ts';
import type { Reading, Understood } from '../../understand/types.ts';
import { saysOnlyWhen } from '../answer/only-when.ts';
import { begin } from '../begin/begin.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { readNamed, type Stage } from '../stage.ts';
import { askedLately } from '../talk/asked-on.ts';

/** A day of the week, with no word of which week. */
const BARE_WEEKDAY = /(?<![上下这本个])(?:周|星期|礼拜)[一二三四五六日天]/u;
const WHICH_WEEK = /[上下这本]个?(?:周|星期|礼拜)|\d|[今明后昨前]天|月/u;

/** True when the words changed, moved or took back what was planned a moment ago. */
export function ofThatPlan(t: Stage, said: string, understood: Understood): boolean {
  const asked = askedLately(t);
  const planned = asked?.row.schools as SchoolValue[] | undefined; // the slot's own value
  if (asked?.flow !== 'plan-visits' || !planned?.length || t.c.frame || t.c.question) return false;
  const named = readNamed(t, said);
  const off = t.deps.scripts.flows.get('cancel-plan');
  if (
    off &&
    DROP.test(said) &&
    [...said].length <= 12 &&
    planned.some(({ name }) => name === named.slots.school)
  ) {
    beginFlow(t, off, [named], said);
    return true;
  }
  const week = asked.row.when as SpanValue | undefined; // the slot's own value
  const readings = understood.intents ?? [understood];
  const plans = readings.every(({ intent }) => intent === 'visit.plan');
  const [only, ...more] = planned;
  const bare =
    named.slots.school === undefined &&
    saysOnlyWhen(t, said.replace(/^(?:算了|不对|还是|去|改)+/u, '').replace(/去(?=吧?$)/u, ''));
  if (only && more.length === 0 && bare && (named.slots.date ?? understood.slots.date)) {
    const date = named.slots.date ?? understood.slots.date;
    begin(
      t,
      inWeek(
        said,
        { ...understood, intent: 'visit.plan', slots: { school: only.name, ...(date ? { date } : {}) } },
        week,
      ),
      said,
    );
    return true;
  }
  if (!plans || !week || readings.some(({ slots }) => slots.school === undefined)) return false;
  for (const reading of readings) begin(t, inWeek(said, reading, week), said);
  return true;
}

/** "周四" of a plan for next week is next Thursday. */
function inWeek(said: string, reading: Reading, week: SpanValue | undefined): Reading {
  const { date } = reading.slots;
  if (!week || date === undefined || !BARE_WEEKDAY.test(said) || WHICH_WEEK.test(said)) return reading;
  const day = Temporal.PlainDate.from(date);
  const first = Temporal.PlainDate.from(week.from);
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  const meant = monday.add({ days: day.dayOfWeek - 1 });
  const later = Temporal.PlainDate.compare(meant, day) > 0;
  return later ? { ...reading, slots: { ...reading.slots, date: meant.toString() } } : reading;
}
