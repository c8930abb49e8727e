// The one template engine: Liquid with our few filters, so that office staff can write a day or a term without code.
import { Liquid } from 'liquidjs';
import { Temporal } from 'temporal-polyfill';

/** Looks up a word of terms.yaml, such as `item.I6`. */
export type Terms = (key: string) => string | undefined;

/**
 * An engine for one locale. Values put into a text have `<` made full-width: the platform reads `<a href>` in texts, and what
 * a person typed must never become a link (90236).
 */
export function liquidFor(locale: string, terms: Terms, today: () => string): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    strictVariables: false,
    jsTruthy: false,
    cache: true,
    outputEscape: (value: unknown) =>
      value === null || value === undefined ? '' : String(value).replaceAll('<', '＜'),
  });
  engine.registerFilter('day', (iso: unknown) => dayText(locale, iso, today()));
  engine.registerFilter('moment', (iso: unknown) => momentText(locale, iso, today()));
  engine.registerFilter('month', (iso: unknown) => monthText(locale, iso));
  engine.registerFilter('period', (iso: unknown) => periodText(locale, iso));
  engine.registerFilter('date', (iso: unknown) => dateText(locale, iso));
  engine.registerFilter(
    'term',
    (code: unknown, kind: string) => terms(`${kind}.${String(code)}`) ?? String(code ?? ''),
  );
  engine.registerFilter('list', (value: unknown, most?: number, unit?: string) =>
    listText(locale, value, most, unit),
  );
  return engine;
}

const WEEKDAYS = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `2026-03-26` → `3月26日(周四)`; the year is said only when it is not this one. Not a day: as it is. */
export function dayText(locale: string, iso: unknown, today: string): string {
  if (typeof iso !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return String(iso ?? '');
  const day = Temporal.PlainDate.from(iso);
  const otherYear = !today.startsWith(`${day.year}-`);
  if (locale === 'en')
    return `${WEEKDAYS.en[day.dayOfWeek - 1]} ${day.day} ${MONTHS[day.month - 1]}${otherYear ? ` ${day.year}` : ''}`;
  return `${otherYear ? `${day.year}年` : ''}${day.month}月${day.day}日(${WEEKDAYS['zh-CN'][day.dayOfWeek - 1]})`;
}

/** `2026-03-20T12:00`, on the office's clock → `3月20日(周五) 12:00`. */
function momentText(locale: string, iso: unknown, today: string): string {
  if (typeof iso !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(iso)) return String(iso ?? '');
  return `${dayText(locale, iso.slice(0, 10), today)} ${iso.slice(11, 16)}`;
}

function monthText(locale: string, iso: unknown): string {
  if (typeof iso !== 'string' || !/^\d{4}-\d{2}/.test(iso)) return String(iso ?? '');
  const month = Number(iso.slice(5, 7));
  return locale === 'en' ? `${MONTHS[month - 1]} ${iso.slice(0, 4)}` : `${month}月`;
}

/** `2026-03-26` → `2026年3月26日`, as papers write it. */
function dateText(locale: string, iso: unknown): string {
  if (typeof iso !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return String(iso ?? '');
  const day = Temporal.PlainDate.from(iso);
  return locale === 'en'
    ? `${day.day} ${MONTHS[day.month - 1]} ${day.year}`
    : `${day.year}年${day.month}月${day.day}日`;
}

/** `2026-03-01/2026-03-31` → `2026年3月`; a whole year by its number, other spans by their two days. */
function periodText(locale: string, iso: unknown): string {
  const [first, last] = typeof iso === 'string' ? iso.split('/') : [];
  if (!first || !last) return String(iso ?? '');
  const [from, to] = [Temporal.PlainDate.from(first), Temporal.PlainDate.from(last)];
  const whole = from.day === 1 && to.day === to.daysInMonth && from.year === to.year;
  if (whole && from.month === to.month)
    return locale === 'en' ? `${MONTHS[from.month - 1]} ${from.year}` : `${from.year}年${from.month}月`;
  if (whole && from.month === 1 && to.month === 12)
    return locale === 'en' ? String(from.year) : `${from.year}年`;
  if (first === last) return dateText(locale, first);
  return locale === 'en'
    ? `${dateText(locale, first)} to ${dateText(locale, last)}`
    : `${dateText(locale, first)}至${from.year === to.year ? `${to.month}月${to.day}日` : dateText(locale, last)}`;
}

/** Joins names; past `most` it says how many more there are. */
function listText(locale: string, value: unknown, most = 8, unit = '个'): string {
  if (!Array.isArray(value)) return String(value ?? '');
  const shown = value.slice(0, most).map(String);
  const rest = value.length - shown.length;
  if (locale === 'en') return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return shown.join('、') + (rest > 0 ? `等${value.length}${unit}` : '');
}
