// The jumps of the clock, reckoned in Beijing time with the State Council's holidays.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separatorTime } from '../../src/pages/simulator/chat/times.ts';
import {
  fromLocalInput,
  next25th,
  nextWorkdayMorning,
  toLocalInput,
} from '../../src/pages/simulator/top/clock-times.ts';

const at = (text: string) => new Date(`${text}+08:00`);

describe('the clock', () => {
  it('knows weekends, holidays and make-up days', () => {
    expect(nextWorkdayMorning(at('2026-03-19T10:00'))).toEqual(at('2026-03-20T09:00'));
    expect(nextWorkdayMorning(at('2026-03-20T23:59'))).toEqual(at('2026-03-23T09:00'));
    expect(nextWorkdayMorning(at('2026-09-30T18:00')) > at('2026-10-07T00:00')).toBe(true);
  });

  it('goes to the next 25th, always forward', () => {
    expect(next25th(at('2026-03-19T10:00'))).toEqual(at('2026-03-25T09:00'));
    expect(next25th(at('2026-03-25T09:00'))).toEqual(at('2026-04-25T09:00'));
    fc.assert(
      fc.property(
        fc.date({ min: at('2020-01-01T00:00'), max: at('2027-12-01T00:00'), noInvalidDate: true }),
        (now) => {
          expect(next25th(now) > now).toBe(true);
          expect(nextWorkdayMorning(now) > now).toBe(true);
        },
      ),
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
