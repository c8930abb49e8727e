// A demo that is begun at night or on a day of rest opens on the next working morning.
import { describe, expect, it } from 'vitest';
import { openingOf } from '../../src/demo/opening.ts';
import { demoRoster } from '../../src/demo/people.ts';

const roster = demoRoster('main');
const opening = (now: string) => openingOf(roster, new Date(now))?.toISOString() ?? null;

describe('the moment at which a new demo opens', () => {
  it('is now while the office is at work', () => {
    expect(opening('2026-03-19T10:00+08:00')).toBeNull();
    expect(opening('2026-03-19T18:30+08:00')).toBeNull();
  });

  it('is ten of the same morning in the small hours, and of the next working day in the evening', () => {
    expect(opening('2026-03-19T01:35+08:00')).toBe('2026-03-19T02:00:00.000Z');
    expect(opening('2026-03-19T22:10+08:00')).toBe('2026-03-20T02:00:00.000Z');
  });

  it('passes over weekends and holidays, and works on a make-up day', () => {
    expect(opening('2026-11-28T09:00+08:00')).toBe('2026-11-30T02:00:00.000Z');
    expect(opening('2026-10-01T12:00+08:00')).toBe('2026-10-08T02:00:00.000Z');
    expect(opening('2026-02-28T11:00+08:00')).toBeNull();
  });
});
