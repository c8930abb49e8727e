// Everything in a message that can be pointed at: schools, days, notice numbers, people, areas, spans of days, hours.
import { type DateMention, findDates, type Today, todayIn } from '../dates/dates.ts';
import { resolveTogether } from '../schools/school-context.ts';
import { findSchools, type SchoolMention } from '../schools/schools.ts';
import { type Clause, clausesOf, normalise } from '../text/normalise.ts';
import { NUMBER, parseNumber } from '../text/numerals.ts';
import type { Context, Session } from '../types.ts';
import { hoursOf, lessonsOf } from './lessons-heard.ts';
import { findNotices, type NoticeMention } from './notices.ts';
import { findPeople, findSomeone, type PersonMention, type Someone } from './people.ts';

export interface Span {
  start: number;
  end: number;
}
export interface Duration extends Span {
  days: number;
}
export interface AreaMention extends Span {
  code: string;
}

export interface Entities {
  text: string;
  clauses: Clause[];
  today: Today;
  schools: SchoolMention[];
  /** Places whose schools were named one by one after them: "石佛,小学和中心园都看了". */
  places: Span[];
  dates: DateMention[];
  notices: NoticeMention[];
  people: PersonMention[];
  /** Surnames that several bear. */
  someone: Someone[];
  areas: AreaMention[];
  /** "限一周", "三天内", "宽限十天". */
  durations: Duration[];
  /** "逾期超过7天": a filter, not a deadline. */
  overdueDays?: number;
  session?: Session;
  time?: string;
  hours?: number;
  lessons?: number;
}

/** Reads one message once; every later step works on what stands here. */
export function entitiesOf(raw: string, context: Context): Entities {
  const text = normalise(raw);
  const today = todayIn(context.now, context.timeZone, context.calendar);
  const found = findSchools(text, context.roster, context.sender);
  const schools = resolveTogether(text, found, context.roster, context.sender);
  const places = found.filter(
    (f) => !f.weak && !f.code && !schools.some((s) => s.start < f.end && f.start < s.end),
  );
  const notices = findNotices(text);
  const covered = [...schools, ...notices];
  const free = (s: Span) => !covered.some((c) => s.start < c.end && c.start < s.end);
  const durations = findDurations(text).filter(free);
  const dates = findDates(text, today)
    .map((d) => weekBefore(d, schools, text, today) ?? d)
    .filter(free)
    .filter((d) => !durations.some((u) => d.start < u.end && u.start < d.end));
  const overdue = OVERDUE.exec(text);
  return {
    text,
    clauses: clausesOf(text),
    today,
    schools,
    places,
    dates,
    notices,
    people: findPeople(text, context.roster).filter(free),
    someone: findSomeone(text, context.roster).filter(free),
    areas: findAreas(text, context).filter(free),
    durations: overdue
      ? durations.filter((d) => d.start < overdue.index || d.start >= overdue.index + overdue[0].length)
      : durations,
    ...(overdue ? { overdueDays: parseNumber(overdue[1] ?? overdue[2] ?? '') } : {}),
    session: sessionOf(text),
    time: timeOf(text),
    hours: hoursOf(text),
    lessons: lessonsOf(text),
  };
}

/** "下礼拜|一实小和特校各一次": the numeral is the school's, and the week is all that is said. */
function weekBefore(
  d: DateMention,
  schools: readonly SchoolMention[],
  text: string,
  today: Today,
): DateMention | undefined {
  const taken = /(?:周|星期|礼拜)[一二三四]$/.test(d.text) && schools.some((s) => s.start === d.end - 1);
  return taken ? findDates(text.slice(0, d.end - 1), today).find((w) => w.start === d.start) : undefined;
}

const OVERDUE = new RegExp(
  `(?:逾期|超期|超时|超过|超|过期|拖了?)(?:了|已|超过|超|大于|在)*(${NUMBER})天|(${NUMBER})天以上`,
);
const UNIT = '(个?工作日|天|日|个?星期|个?礼拜|周|个?月)';
const DURATION = new RegExp(
  `(限(?:他们|她们|学校|园里|园方|校方|其)?期?|限时|(?:让|叫|要求|请|责令)(?:他们|她们|学校|园里|园方|校方|其)?|宽限|延期?|延长|缓|推迟|给(?:他们|我们|你们|学校)?|再给?|多给?(?:我们)?|期限|加|用|按(?=[一二两三四五六七八九十半\\d]+个?(?:工作日|天|周|星期|礼拜|月)(?:算|来|走|办)))?(?:[都均]|统一)?(?:到|至|为|在)?(${NUMBER}|半|一个半)(半)?${UNIT}(半)?(内|之内|以内|里面(?!有)|的?期限|整改|改|时间|(?:弄|搞|整|修|换|清理|填|补|装|处理|办|焊|刷|砌|贴|粘|接)(?:好|完|掉|平|上|齐)|(?:必须|务必|得|要|一定要|给我)+(?:整改|改|换|修|装|补|清|弄|办|处理|交|报|回))?`,
  'g',
);

const WITHIN_HOURS = new RegExp(`(${NUMBER})个?小时(?:内|之内|以内)`);

/** Spans said as a limit or a prolongation, in days: a week is 7, a month 30, half a month 15. */
export function findDurations(said: string): Duration[] {
  // "统一两周": the one is no number here
  const text = said.replace(/统一(?=[两二三四五六七八九十半])/g, '统统');
  const found: Duration[] = [];
  DURATION.lastIndex = 0;
  for (let m = DURATION.exec(text); m; m = DURATION.exec(text)) {
    const lead = m[1];
    const tail = m[6];
    const before = text.slice(Math.max(0, m.index - 4), m.index);
    if (/[第上下这本每近周\d]$/.test(before) && !lead) continue;
    const alone =
      /(?:^|[,.;\s])$/.test(before) &&
      /^(?:$|[,.;\s]|整改|改|(?:就|也|该|应该)?(?:够了?|足够)|为限|[搞弄]定)/.test(
        text.slice(m.index + m[0].length),
      );
    // "发整改通知,…没有健康证十天": what ends a demand is its limit
    const demand =
      /整改|通知书|限期|责令/.test(text.slice(0, m.index)) &&
      /[\u4e00-\u9fff]$/.test(before) &&
      !/(?:过期|逾期|超期|了|有|近|约|超|迟|停|拖|已|快|到|达|第|近|最)$/.test(before) &&
      /^(?:$|[,.;])/.test(text.slice(m.index + m[0].length));
    if (!lead && !tail && !alone && !demand && !/(?:再|给|宽|晚|缓|延|推)[^,]{0,3}$/.test(before)) continue;
    if (/^(?:前|后|以前|以后|之前|之后|以上|没|一次)/.test(text.slice(m.index + m[0].length)) && !lead)
      continue;
    if (m[4] === '日' && !/内|限/.test(m[0])) continue;
    // 延到4月15日 names a month, not a length of time
    if (m[4] === '月' && m[2] !== '半' && !/内/.test(m[0])) continue;
    const unit = /月/.test(m[4] ?? '') ? 30 : /周|星期|礼拜/.test(m[4] ?? '') ? 7 : 1;
    const count =
      m[2] === '半'
        ? 0.5
        : m[2] === '一个半'
          ? 1.5
          : (parseNumber(m[2] ?? '') ?? 0) + (m[3] || m[5] ? 0.5 : 0);
    const days = Math.round(count * unit);
    if (days > 0) found.push({ start: m.index, end: m.index + m[0].length, days });
  }
  const hours = WITHIN_HOURS.exec(text);
  const count = hours ? parseNumber(hours[1] ?? '') : undefined;
  if (hours && count && count >= 24) {
    found.push({ start: hours.index, end: hours.index + hours[0].length, days: Math.round(count / 24) });
  }
  return found;
}

const AREA = new RegExp(`第?(${NUMBER})(?:号)?(?:督学)?(?:责任区|片区|督学区|区|组(?!长[^们]))`, 'g');

function findAreas(text: string, context: Context): AreaMention[] {
  const found: AreaMention[] = [];
  for (const m of text.matchAll(AREA)) {
    const number = parseNumber(m[1] ?? '');
    const area = context.roster.areas.find((a) => {
      const ordinal = /第([一二三四五六七八九十]+)/.exec(a.name)?.[1];
      return ordinal !== undefined && parseNumber(ordinal) === number;
    });
    if (area) found.push({ start: m.index, end: m.index + m[0].length, code: area.code });
  }
  for (const area of context.roster.areas) {
    const at = text.indexOf(area.name);
    if (at >= 0 && !found.some((f) => f.code === area.code))
      found.push({ start: at, end: at + area.name.length, code: area.code });
  }
  return found;
}

const MORNING = /上午|早上|一大早|大早上|今早|明早|一早|清早|早晨|大清早|头晌|前晌|前半晌|晌午前|午饭前/;
const AFTERNOON = /下午|午后|傍晚|后晌|后半晌|过晌|过午|晌午后|(?:吃(?:过|了|完)|过了)(?:晌)?午饭|晌午饭/;
/** The number after it is a day's: of "周四四点" and "周五十点" only what follows the weekday is the hour. */
const NOT_A_WEEKDAY = '(?<!周|星期|礼拜)';
/** "九点半从特校出来的", "两点到的": an hour at which the inspector came or went. */
const HOUR = new RegExp(
  `(?<![晚夜\\d])${NOT_A_WEEKDAY}(${NUMBER})点(?:半|多|一刻|三刻|${NUMBER}分?)?(?:就|才|钟|左右|来钟)*(?:到|进|从|出|去|来|离)`,
);

/** Half of the day, when one was said. */
export function sessionOf(text: string): Session | undefined {
  if (
    /(?:^|[,.;])一天(?=[,.;])|全天|一?整整?一?天|一天都|(?:督导?|待|跑|看|查|学|培训|学习|检查|蹲)了?一天(?!到晚|都?没|[一两]次)|上下午|[今昨前]天一天(?!都?没)/.test(
      text,
    )
  )
    return 'day';
  if (/半天|半日/.test(text) && !/上午|下午/.test(text)) return 'half_day';
  if (AFTERNOON.test(text) && MORNING.test(text))
    return /不是下午|下午改/.test(text) ? 'am' : /不是上午|上午改/.test(text) ? 'pm' : 'day';
  if (AFTERNOON.test(text)) return 'pm';
  if (MORNING.test(text)) return 'am';
  const hour = parseNumber(HOUR.exec(text)?.[1] ?? '');
  if (hour === undefined || hour > 20) return undefined;
  return hour >= 6 && hour < 12 ? 'am' : 'pm';
}

const SPOKEN_TIME = new RegExp(
  `(上午|下午|早上|今早|明早|晚上|今晚|明晚|中午|傍晚)?${NOT_A_WEEKDAY}(${NUMBER})点(?!名|评|心|了|多|赞|击|儿)(半|一刻|三刻|${NUMBER}分?)?`,
);

/** `HH:MM` of an hour that was said; a bare hour below 7 with 下午/晚上 is after noon. */
export function timeOf(text: string): string | undefined {
  const spoken = SPOKEN_TIME.exec(text);
  const digital = /(上午|下午|晚上)?(?<!\d)([01]?\d|2[0-3]):([0-5]\d)/.exec(text);
  const m = spoken ?? digital;
  if (!m) return undefined;
  const hour = parseNumber(m[2] ?? '');
  if (hour === undefined || hour > 24) return undefined;
  const late = /下午|晚|傍晚/.test(m[1] ?? '') && hour < 12;
  const minutes =
    m[3] === '半'
      ? 30
      : m[3] === '一刻'
        ? 15
        : m[3] === '三刻'
          ? 45
          : (parseNumber((m[3] ?? '').replace('分', '')) ?? 0);
  return `${String((hour + (late ? 12 : 0)) % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
