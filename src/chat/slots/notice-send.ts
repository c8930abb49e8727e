// The slots of how a notice goes out: at what hour, and why it must be one more this week.
import { createCalendar } from '../../supervision/calendar.ts';
import { wallOf } from '../../supervision/notices/send.ts';
import type { Facts } from '../facts.ts';
import { parseDate } from '../understand/answers.ts';
import { normalise } from '../understand/text/normalise.ts';
import { audienceView } from './audience-view.ts';
import { hourIn } from './notice-words.ts';
import { audienceOf } from './places.ts';
import type { Asks, SlotKindOf } from './slot.ts';

export const calendarOf = (facts: Facts) => createCalendar(facts.office.timeZone, facts.office.settings);
export const wallNow = (facts: Facts) => wallOf(facts.office, facts.now);

const SEND =
  /定时|(?:[点时刻半\d]|早|晚|天|日|周[一二三四五六日天])\s*(?:再|准时)?(?:发送|发出|发出去|群发|发布|发)(?:$|[,，。 ])|等.{1,10}(?:再)?发/u;
const NOW = /(?:现在|马上|立即|立刻|直接|这就)(?:就)?(?:发送|发出|发)|不定时|取消定时/u;

export const sendTimeSlot: SlotKindOf = {
  read(reading, { text, facts, open, row, name }) {
    if (NOW.test(text)) return { value: null };
    if (!open && !SEND.test(text)) return undefined;
    // "明早八点": of a whole notice only the part that says when it is sent.
    const part =
      open || row[name] !== undefined || reading.intent !== 'notice.broadcast'
        ? text
        : (sendPart(text) ?? '');
    const at = momentIn(part, facts);
    if (at === undefined) return undefined;
    return at <= wallNow(facts) ? { wrong: 'notices.time-past', vars: {} } : { value: at };
  },
  /** In quiet hours a notice waits for the morning, unless its sender says "现在就发". */
  without({ facts }) {
    const at = calendarOf(facts).loudFrom(facts.now);
    return { value: at.getTime() > facts.now.getTime() ? wallOf(facts.office, at) : null };
  },
  view: (value) => value,
};

function sendPart(text: string): string | undefined {
  return text.split(/[,，。;；\s]+/u).find((part) => SEND.test(part) && [...part].length <= 14);
}

/** A day and hour on the office's clock; a bare hour is the next time that it strikes. */
function momentIn(text: string, facts: Facts): string | undefined {
  const { now, calendar, office } = facts;
  const plain = normalise(text);
  const hour =
    hourIn(plain) ?? (/早上?|一早|早晨/u.test(plain) ? '08:00' : /下午/u.test(plain) ? '14:30' : undefined);
  const day = parseDate(plain.replace('明早', '明天早'), {
    now,
    calendar,
    timeZone: office.timeZone,
    direction: 'future',
  });
  if (day && !day.span) return `${day.date}T${hour ?? '08:00'}`;
  if (!hour) return undefined;
  const today = `${facts.today.toString()}T${hour}`;
  return today > wallNow(facts) ? today : `${facts.today.add({ days: 1 }).toString()}T${hour}`;
}

/** A whole notice is no reason for the one that is open, and must not be kept as one. */
const ANOTHER_NOTICE =
  /^(?:请|帮我)?(?:通知|发通知给|发给|发到|转告|notify|send to)[^:\uff1a\n]{1,40}[:\uff1a]\s*.{4,}/isu;

/** Asked for only when a school among the receivers has had its share of notices this week (DOMAIN §2.9). */
export const noticeReasonSlot: SlotKindOf = {
  read: (_reading, { text, open }) => {
    const said = /(?:原因|理由|因为)(?:是|[:：])?\s*(.{2,})/u.exec(text)?.[1];
    return open || said === undefined ? undefined : { value: said };
  },
  answer: (text) =>
    ANOTHER_NOTICE.test(text.trim())
      ? { wrong: 'notices.another' }
      : [...text.trim()].length < 2
        ? { wrong: 'text.short', vars: { min: 2 } }
        : { value: text.trim().slice(0, 200) },
  without: ({ facts, row }) =>
    weekly(facts, row) < facts.office.settings['notice.perSchoolPerWeek'] ? { value: '' } : undefined,
  view: (value) => value,
};

/** The most notices of this week that one school among the receivers has had. */
function weekly(facts: Facts, row: Asks['row']): number {
  const chosen = audienceOf(row.audience);
  if (!chosen || !facts.ofOffice) return 0;
  if (!chosen.people && !['principals', 'everyone', 'groups'].includes(chosen.code)) return 0;
  const monday = wallOf(
    facts.office,
    calendarOf(facts).instant(calendarOf(facts).week(facts.today).from, '00:00'),
  );
  const heads = new Set(
    facts.book.people.flatMap(({ id, roles }) => (roles.includes('principal') ? [id] : [])),
  );
  const now = new Set(audienceView(chosen, facts).ids.filter((id) => heads.has(id)));
  const times = new Map<string, number>();
  for (const notice of facts.ofOffice.notices) {
    const then = audienceOf(notice.audience);
    if (!then || !['sending', 'sent'].includes(notice.state)) continue;
    if (wallOf(facts.office, new Date(notice.sendAt)) < monday) continue;
    for (const id of audienceView(then, facts).ids) if (now.has(id)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return Math.max(0, ...times.values());
}
