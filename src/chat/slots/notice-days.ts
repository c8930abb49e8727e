// Days in a notice that are over before it is sent, or that there are not: shown on the draft for a second look, never refused.
import { Temporal } from 'temporal-polyfill';

export interface DoubtfulDay {
  /** As the notice says it. */
  said: string;
  /** `past`: over when the notice is sent. `weekday`: falls on another. `none`: no such day. */
  why: 'past' | 'weekday' | 'none';
  /** The day that was understood. */
  day: string;
}

const DAY =
  /(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})[日号](?:[(（]?(?:周|星期)([一二三四五六日天])[)）]?)?(?:[(（]?(?:周|星期)([一二三四五六日天])[)）]?)?\s*(上午|下午|晚上)?(?:\s*(\d{1,2})[:：点](\d{2})?)?/gu;

/** What was done on a day that is over, or lasts since then, is rightly past. */
const RIGHTLY_PAST =
  /^(?:印发|下发|发布|发出|发的|通报|召开的|开展的|进行的|督导的|检查的|报来|起|以来|至|到|[—~～-]|的?(?:通知|通报|文件|会议纪要|督导|检查)(?!会)|的[^，。,]{0,6}(?:改|推迟|顺延|取消))/u;

/** Longer ago than this, a day without its year is next year's; as the days that people type are read. */
const THIS_YEAR_FOR = { days: 60 };

/** As an English notice says a day (notice-words.ts). */
const ENGLISH_DAY =
  /\b(?:(?<named>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?<day>\d{1,2}) (?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:,? (?<year>20\d\d))?(?: at (?<hour>\d{2}):(?<minute>\d{2}))?/gu;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const RIGHTLY_PAST_BEFORE = /\b(?:since|as of|dated|held|issued|sent) (?:on )?$/iu;

function doubtfulInEnglish(text: string, sendAt: string): DoubtfulDay[] {
  return [...text.matchAll(ENGLISH_DAY)].flatMap((match): DoubtfulDay[] => {
    const { named, day: monthDay, month = '', year, hour, minute } = match.groups ?? {};
    const said = match[0];
    const day = dayIn(1 + MONTHS.indexOf(month), Number(monthDay), year, sendAt.slice(0, 10));
    if (!day) return [{ said, why: 'none', day: '' }];
    if (named && named !== WEEKDAYS[day.dayOfWeek - 1])
      return [{ said, why: 'weekday', day: day.toString() }];
    const past = isPast(day, clockOf(undefined, hour, minute), sendAt);
    return past && !RIGHTLY_PAST_BEFORE.test(text.slice(0, match.index))
      ? [{ said, why: 'past', day: day.toString() }]
      : [];
  });
}

/** `sendAt`: the office's wall clock (`2026-03-20T08:00`) when the notice goes out. */
export function doubtfulDays(text: string, sendAt: string): DoubtfulDay[] {
  const found: DoubtfulDay[] = [];
  for (const match of text.matchAll(DAY)) {
    const [whole, year, month, dayOfMonth, first, second, half, hour, minute] = match;
    const said = whole.trim();
    const day = dayIn(Number(month), Number(dayOfMonth), year, sendAt.slice(0, 10));
    if (!day) {
      found.push({ said, why: 'none', day: '' });
      continue;
    }
    const weekdays = '一二三四五六日';
    const named = [first, second].filter((one) => one !== undefined).map((one) => one.replace('天', '日'));
    if (named.some((one) => one !== weekdays[day.dayOfWeek - 1]))
      found.push({ said, why: 'weekday', day: day.toString() });
    else if (
      isPast(day, clockOf(half, hour, minute), sendAt) &&
      !RIGHTLY_PAST.test(text.slice(match.index + whole.length))
    )
      found.push({ said, why: 'past', day: day.toString() });
  }
  return [...found, ...doubtfulInEnglish(text, sendAt)];
}

function dayIn(
  month: number,
  day: number,
  year: string | undefined,
  from: string,
): Temporal.PlainDate | null {
  const today = Temporal.PlainDate.from(from);
  try {
    const here = Temporal.PlainDate.from(
      { year: year === undefined ? today.year : Number(year), month, day },
      { overflow: 'reject' },
    );
    const longOver = Temporal.PlainDate.compare(here, today.subtract(THIS_YEAR_FOR)) < 0;
    return year === undefined && longOver ? here.add({ years: 1 }) : here;
  } catch (err) {
    if (err instanceof RangeError) return null;
    throw err;
  }
}

/** `15:00`; an hour that nobody said ends with the day, half a day with its half. */
function clockOf(half?: string, hour?: string, minute?: string): string {
  if (hour === undefined) return half === '上午' ? '12:00' : half === '下午' ? '18:00' : '24:00';
  const later = (half === '下午' || half === '晚上') && Number(hour) < 12 ? 12 : 0;
  return `${String(Number(hour) + later).padStart(2, '0')}:${minute ?? '00'}`;
}

function isPast(day: Temporal.PlainDate, clock: string, sendAt: string): boolean {
  return `${day.toString()}T${clock}` <= sendAt;
}
