// A stretch of a message with what was found in the whole: "中学" after "大河小学" is still the school of that place.

import { clausesOf } from '../text/normalise.ts';
import { type Entities, sessionOf, timeOf } from './entities.ts';
import { hoursOf, lessonsOf } from './lessons-heard.ts';

/** The entities of `e.text.slice(start, end)`: names and days as the whole message settled them, the rest read afresh. */
export function within(e: Entities, start: number, end: number): Entities {
  const text = e.text.slice(start, end);
  const inside = <T extends { start: number; end: number }>(spans: readonly T[]): T[] =>
    spans
      .filter((s) => s.start >= start && s.end <= end)
      .map((s) => ({ ...s, start: s.start - start, end: s.end - start }));
  const { overdueDays, session: _s, time: _t, hours: _h, lessons: _l, ...rest } = e;
  return {
    ...rest,
    text,
    clauses: clausesOf(text),
    schools: inside(e.schools),
    places: inside(e.places),
    dates: inside(e.dates),
    notices: inside(e.notices),
    people: inside(e.people),
    areas: inside(e.areas),
    durations: inside(e.durations),
    ...(overdueDays !== undefined && /逾期|超期|超时|超过|过期|拖|以上/.test(text) ? { overdueDays } : {}),
    session: sessionOf(text),
    time: timeOf(text),
    hours: hoursOf(text),
    lessons: lessonsOf(text),
  };
}
