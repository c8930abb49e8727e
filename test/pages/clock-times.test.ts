// The jumps of the clock, reckoned in Beijing time with the State Council's holidays.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separatorTime } from '../../src/pages/simulator/chat/times.ts';
import {
  fromLocalInput,
  nextMonthEnd,
  nextMonthStart,
  nextWorkdayMorning,
  stopsTo,
  toLocalInput,
} from '../../src/pages/simulator/top/clock-times.ts';

const at = (text: string) => new Date(`${text}+08:00`);

describe('the clock', () => {
  it('knows weekends, holidays and make-up days', () => {
    expect(nextWorkdayMorning(at('2026-03-19T10:00'))).toEqual(at('2026-03-20T09:05'));
    expect(nextWorkdayMorning(at('2026-03-20T23:59'))).toEqual(at('2026-03-23T09:05'));
    expect(nextWorkdayMorning(at('2026-09-30T18:00')) > at('2026-10-07T00:00')).toBe(true);
  });

  it('goes to the first and the last working day of a month, always forward', () => {
    expect(nextMonthEnd(at('2026-03-19T10:00'))).toEqual(at('2026-03-31T09:05'));
    expect(nextMonthEnd(at('2026-03-31T09:05'))).toEqual(at('2026-04-30T09:05'));
    // 1 and 2 August are a weekend, and so is the last day of January and May.
    expect(nextMonthStart(at('2026-07-02T10:00'))).toEqual(at('2026-08-03T09:05'));
    expect(nextMonthEnd(at('2026-05-20T10:00'))).toEqual(at('2026-05-29T09:05'));
    expect(nextMonthStart(at('2026-09-20T10:00'))).toEqual(at('2026-10-08T09:05'));
  });

  it('halts each morning on its way, and shortly before each halt', () => {
    const said = (from: string, to: string) =>
      stopsTo(at(from), at(to)).map((stop) => toLocalInput(stop).slice(5).replace('T', ' '));
    expect(said('2026-03-19T10:00', '2026-03-19T10:01')).toEqual(['03-19 10:01']);
    expect(said('2026-03-19T10:00', '2026-03-19T11:00')).toEqual(['03-19 10:58', '03-19 11:00']);
    expect(said('2026-03-19T10:00', '2026-03-21T09:05')).toEqual([
      '03-20 09:03',
      '03-20 09:05',
      '03-21 09:03',
      '03-21 09:05',
    ]);
  });

  it('never goes back, and ends where it was sent', () => {
    const days = fc.date({ min: at('2020-01-01T00:00'), max: at('2027-12-01T00:00'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 * 1440 }), (now, minutes) => {
        for (const jump of [nextWorkdayMorning, nextMonthStart, nextMonthEnd])
          expect(jump(now) > now).toBe(true);
        const to = new Date(now.getTime() + minutes * 60_000);
        const stops = [now, ...stopsTo(now, to)];
        expect(stops.at(-1)).toEqual(to);
        expect(stops.every((stop, n) => n === 0 || stop > (stops[n - 1] ?? now))).toBe(true);
      }),
    );
  });

  it('reads a local input as the office’s time', () => {
    expect(fromLocalInput('2026-03-25T09:00')).toEqual(at('2026-03-25T09:00'));
    expect(toLocalInput(at('2026-03-25T09:00'))).toBe('2026-03-25T09:00');
    expect(fromLocalInput('')).toBeNull();
  });
});

describe('times between messages', () => {
  it('say the day only when it is not today', () => {
    const now = at('2026-03-19T10:00').getTime();
    expect(separatorTime(at('2026-03-19T08:05'), now, 'zh-CN')).toBe('08:05');
    expect(separatorTime(at('2026-03-18T23:59'), now, 'zh-CN')).toBe('昨天 23:59');
    expect(separatorTime(at('2026-03-16T09:00'), now, 'zh-CN')).toBe('周一 09:00');
    expect(separatorTime(at('2026-02-28T09:00'), now, 'zh-CN')).toBe('2月28日 09:00');
  });
});
