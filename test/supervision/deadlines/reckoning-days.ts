// The calendar of the second reckoning: its own days of rest, minutes and month ends.
/** What the State Council announced for 2025 and 2026, besides weekends; `WORKED` are weekends that are worked instead. */
export const REST = spans(
  '2025-01-01..01 2025-01-28..31 2025-02-01..04 2025-04-04..06 2025-05-01..05 2025-05-31..31 2025-06-01..02 2025-10-01..08 ' +
    '2026-01-01..03 2026-02-15..23 2026-04-04..06 2026-05-01..05 2026-06-19..21 2026-09-25..27 2026-10-01..07 ' +
    // Not announced yet: what the law itself names.
    '2027-01-01..01 2027-05-01..02 2027-10-01..03',
);
export const WORKED = new Set(
  (
    '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 ' +
    '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10'
  ).split(' '),
);

function spans(text: string): Set<string> {
  return new Set(
    text.split(' ').flatMap((span) => {
      const [month, from, to] = [span.slice(0, 8), Number(span.slice(8, 10)), Number(span.slice(12))];
      return Array.from({ length: to - from + 1 }, (_, n) => `${month}${String(from + n).padStart(2, '0')}`);
    }),
  );
}

export const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
export const monthEnd = (month: string): string =>
  dayAfter(`${dayAfter(`${month}-28`, 5).slice(0, 7)}-01`, -1);
/** China has one zone and no summer time. */
export const minuteOf = (at: Date): number => at.getTime() / 60_000 + 480;
export const moment = (minute: number): Date => new Date((minute - 480) * 60_000);
export const dayOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 10);
