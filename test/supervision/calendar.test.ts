// The office's days: make-up days, years nobody announced, semesters, quiet hours, whatever zone the machine is in.
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createCalendar, isWithin } from '../../src/supervision/calendar.ts';
import { loadSettingRules, type Settings } from '../../src/supervision/settings.ts';

const { defaults } = loadSettingRules();
const day = (iso: string) => Temporal.PlainDate.from(iso);
const inShanghai = (changed: Partial<Settings> = {}) =>
  createCalendar('Asia/Shanghai', { ...defaults, ...changed });
const calendar = inShanghai();
const text = ({ from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate }) => `${from}/${to}`;
const anyDay = fc.integer({ min: 0, max: 365 * 22 }).map((n) => day('2005-01-01').add({ days: n }));

describe('working days', () => {
  test.each([
    ['2026-03-19', true, 'an ordinary Thursday'],
    ['2026-03-21', false, 'an ordinary Saturday'],
    ['2026-02-17', false, 'Spring Festival, a Tuesday'],
    ['2026-02-14', true, 'a Saturday worked for Spring Festival'],
    ['2026-02-28', true, 'a Saturday worked for Spring Festival'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday worked for National Day'],
    ['2025-10-08', false, 'the last day of the long autumn holiday'],
  ])('%s worked: %s (%s)', (iso, worked) => {
    expect(calendar.isWorkday(day(iso))).toBe(worked);
  });

  test('the office may add days of rest and of work, and its own word counts most', () => {
    const own = inShanghai({
      'calendar.ownRestDays': ['2026-03-19'],
      'calendar.ownWorkdays': ['2026-10-01'],
    });
    expect(own.isWorkday(day('2026-03-19'))).toBe(false);
    expect(own.isWorkday(day('2026-10-01'))).toBe(true);
  });

  test('counts forward over a holiday and back over a make-up day', () => {
    expect(calendar.addWorkdays(day('2026-09-30'), 1).toString()).toBe('2026-10-08');
    expect(calendar.addWorkdays(day('2026-03-02'), -1).toString()).toBe('2026-02-28');
    expect(calendar.addWorkdays(day('2026-10-01'), 0).toString()).toBe('2026-10-01');
    expect(calendar.workdaysBetween(day('2026-09-30'), day('2026-10-10'))).toBe(3);
    expect(calendar.workdaysBetween(day('2026-10-10'), day('2026-09-30'))).toBe(-3);
  });

  test('first and last working day of a month', () => {
    const october = calendar.month(day('2026-10-15'));
    expect(calendar.firstWorkday(october)?.toString()).toBe('2026-10-08');
    expect(calendar.lastWorkday(october)?.toString()).toBe('2026-10-30');
  });

  test('days before 1970 have their weekday too', () => {
    expect(calendar.isWorkday(day('1969-07-20'))).toBe(false);
    expect(calendar.isWorkday(day('1969-07-21'))).toBe(true);
  });

  test('a year that nobody announced is said; its weekdays stand in, and the days that the law names are days of rest', () => {
    const far = calendar.year(day('2099-06-01'));
    expect(calendar.knowsYear(2026)).toBe(true);
    expect(calendar.knowsYear(2099)).toBe(false);
    expect(calendar.unknownYears(far)).toEqual([2099]);
    expect(calendar.unknownYears({ from: day('2026-12-01'), to: day('2026-12-31') })).toEqual([]);
    expect(['2099-01-01', '2099-10-01', '2099-10-02'].map((one) => calendar.isWorkday(day(one)))).toEqual([
      false,
      false,
      false,
    ]);
    // Of the rest nobody knows yet which are swapped.
    expect(calendar.isWorkday(day('2099-10-06'))).toBe(true);
    const own = inShanghai({ 'calendar.ownYears': [2099], 'calendar.ownRestDays': ['2099-10-06'] });
    expect(own.unknownYears(far)).toEqual([]);
    expect(own.isWorkday(day('2099-10-06'))).toBe(false);
    // Whoever wrote down a whole year said all of it.
    expect(own.isWorkday(day('2099-10-01'))).toBe(true);
  });

  test('n working days on is n working days away', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const to = calendar.addWorkdays(from, n);
        return calendar.isWorkday(to) && calendar.workdaysBetween(from, to) === n;
      }),
    );
  });
});

describe('spans', () => {
  test.each([
    ['2026-09-01', 1, 2026, '2026-09-01/2027-01-31'],
    ['2027-01-31', 1, 2026, '2026-09-01/2027-01-31'],
    ['2026-02-01', 2, 2025, '2026-02-01/2026-08-31'],
    ['2026-08-31', 2, 2025, '2026-02-01/2026-08-31'],
  ])('%s lies in term %i of %i', (iso, term, schoolYear, span) => {
    const semester = calendar.semester(day(iso));
    expect([semester.term, semester.schoolYear, text(semester)]).toEqual([term, schoolYear, span]);
  });

  test('last and next semester', () => {
    expect(text(calendar.semester(day('2026-03-19'), -1))).toBe('2025-09-01/2026-01-31');
    expect(text(calendar.semester(day('2026-03-19'), 2))).toBe('2027-02-01/2027-08-31');
  });

  test('every day lies in exactly one semester, and semesters join without a gap', () => {
    fc.assert(
      fc.property(anyDay, (at) => {
        const semester = calendar.semester(at);
        const next = calendar.semester(at, 1);
        return isWithin(semester, at) && semester.to.add({ days: 1 }).equals(next.from);
      }),
    );
  });

  test('weeks run from Monday to Sunday, months to their last day', () => {
    expect(text(calendar.week(day('2026-03-19')))).toBe('2026-03-16/2026-03-22');
    expect(text(calendar.week(day('2026-03-22'), -1))).toBe('2026-03-09/2026-03-15');
    expect(text(calendar.month(day('2026-03-31'), -1))).toBe('2026-02-01/2026-02-28');
    expect(text(calendar.month(day('2026-12-31'), 2))).toBe('2027-02-01/2027-02-28');
    expect(text(calendar.year(day('2026-03-19'), -1))).toBe('2025-01-01/2025-12-31');
    expect(text(calendar.month(day('2028-02-10')))).toBe('2028-02-01/2028-02-29');
  });

  test('months without pupils owe no visit', () => {
    expect(
      ['2026-02-10', '2026-03-10', '2026-07-10', '2026-08-10'].map((d) => calendar.isExempt(day(d))),
    ).toEqual([true, false, true, true]);
  });
});

describe('the clock on the office wall', () => {
  test('today is the day there, not here', () => {
    expect(calendar.today(new Date('2026-03-18T16:30:00Z')).toString()).toBe('2026-03-19');
    expect(calendar.instant(day('2026-03-19'), '08:30').toISOString()).toBe('2026-03-19T00:30:00.000Z');
  });

  test('where the clocks change, noon stays noon', () => {
    const newYork = createCalendar('America/New_York', defaults);
    const noon = (iso: string) => newYork.instant(day(iso), '12:00').toISOString().slice(11, 16);
    expect(['2026-03-07', '2026-03-08', '2026-03-09', '2026-11-01'].map(noon)).toEqual([
      '17:00',
      '16:00',
      '16:00',
      '17:00',
    ]);
  });

  test.each([
    ['2026-03-19T10:00', false],
    ['2026-03-19T07:29', true],
    ['2026-03-19T07:30', false],
    ['2026-03-19T19:59', false],
    ['2026-03-19T20:00', true],
    ['2026-03-21T10:00', true],
    ['2026-02-14T10:00', false],
  ])('%s is quiet: %s', (local, quiet) => {
    expect(calendar.isQuiet(new Date(`${local}:00+08:00`))).toBe(quiet);
  });

  test('what is held at night goes out in the morning, and over the holiday after it', () => {
    const at = (local: string) => calendar.loudFrom(new Date(`${local}:00+08:00`)).toISOString();
    expect(at('2026-03-19T10:00')).toBe('2026-03-19T02:00:00.000Z');
    expect(at('2026-03-19T21:00')).toBe('2026-03-19T23:30:00.000Z');
    expect(at('2026-03-20T21:00')).toBe('2026-03-22T23:30:00.000Z');
    expect(at('2026-09-30T22:00')).toBe('2026-10-07T23:30:00.000Z');
  });

  test('quiet hours at noon and none at all', () => {
    const noon = inShanghai({
      'notify.quietHours': { from: '12:00', to: '14:00' },
      'notify.quietOnRestDays': false,
    });
    expect(noon.isQuiet(new Date('2026-03-19T13:00:00+08:00'))).toBe(true);
    expect(noon.isQuiet(new Date('2026-03-22T23:00:00+08:00'))).toBe(false);
    expect(noon.loudFrom(new Date('2026-03-19T12:10:00+08:00')).toISOString()).toBe(
      '2026-03-19T06:00:00.000Z',
    );
    const never = inShanghai({ 'notify.quietHours': { from: '00:00', to: '00:00' } });
    expect(never.isQuiet(new Date('2026-03-19T03:00:00+08:00'))).toBe(false);
  });
});
