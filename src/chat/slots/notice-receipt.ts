// The slot of a notice's receipt: whether one is wanted and till when. That hangs on when the notice goes out, which may be said after it.
import { Temporal } from 'temporal-polyfill';
import { dayText } from '../scripts/liquid.ts';
import { parseDate } from '../understand/answers.ts';
import { normalise } from '../understand/text/normalise.ts';
import { audienceView } from './audience-view.ts';
import { calendarOf, wallNow } from './notice-send.ts';
import { templateOf } from './notice-template.ts';
import { hourIn } from './notice-words.ts';
import { audienceOf } from './places.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

interface Receipt {
  wanted: boolean;
  due: string | null;
  /** Nobody said until when: it is reckoned anew when the notice is to go out at another time. */
  usual?: true;
  /** Said for a moment at which the notice has not gone out yet: asked about before it is confirmed. */
  early?: true;
}

const NONE: Receipt = { wanted: false, due: null };
const NO_RECEIPT = /(?:不用|无需|不需要|不要|免|不必)(?:再|各位|大家)?(?:回执|回复|确认|收到)/u;
const RECEIPT =
  /收到(?:后)?(?:请|的请)?(?:确认|回复|回执|回个|签收|告知)|请(?:及时)?(?:确认|回执|签收|回复收到)|(?:要|需要?|带|加)(?:上)?(?:回执|确认|签收)|回执|回复收到|please (?:confirm|reply)|receipt/iu;
/** "还是要吧 明天中午之前", said of a draft that wants none. */
const WANTED_AFTER_ALL =
  /^(?:算了)?[,\uff0c\s]*还是(?:得|需)?要(?:的|回执)?[吧了]?(?:[,\uff0c\s]+(.{2,12}?)(?:之?前|为止)?)?[。.]*$/u;
/** While the deadline is asked for, these words are of when the notice is sent. */
const SENT = /发送|发出|[点时半早晚天日一二三四五六\d]发|定时/u;

export const receiptSlot: SlotKindOf = {
  read(reading, asks) {
    const { text, row, name, facts, open } = asks;
    const to = audienceOf(row.audience);
    // Behind a robot nobody is known who could be asked.
    if (to && !audienceView(to, facts).confirms) return { value: NONE };
    if (NO_RECEIPT.test(text)) return { value: NONE };
    // "要回执吗" asks; the draft shows what holds.
    if (row[name] !== undefined && /[吗?\uff1f]$/u.test(text.trim())) return undefined;
    const after = WANTED_AFTER_ALL.exec(text.trim());
    if (after && row[name] !== undefined) {
      const due = momentOf(after[1] ?? '', asks);
      return { value: due ? ({ wanted: true, due } satisfies Receipt) : usual(asks) };
    }
    const said = dueWords(text) ?? (open && !SENT.test(text) ? text : undefined);
    const due = said === undefined ? undefined : momentOf(said, asks);
    if (due) return { value: { wanted: true, due } satisfies Receipt };
    if (!RECEIPT.test(text)) return undefined;
    if (
      row[name] !== undefined &&
      reading.intent !== 'notice.broadcast' &&
      !/回执|确认|收到.{0,2}回复/u.test(text)
    )
      return undefined;
    return { value: usual(asks) };
  },
  without: (asks) => ({ value: templateOf(asks.row.template)?.receipt ? usual(asks) : NONE }),
  check(value, asks): Took {
    const { early: _, ...receipt } = value as Receipt; // as this slot made it
    if (!receipt.wanted || receipt.due === null) return undefined;
    if (receipt.usual) return { value: usual(asks) };
    const early = receipt.due <= (sendTime(asks) ?? wallNow(asks.facts));
    return { value: early ? { ...receipt, early } : receipt };
  },
  lacks: (value) => (value as Receipt).early === true,
  choices(asks) {
    const { due } = usual(asks);
    const label = `${dayText(asks.facts.locale, due.slice(0, 10), asks.facts.today.toString())} ${due.slice(11)}`;
    return [
      { label, value: { wanted: true, due } satisfies Receipt },
      { label: asks.term('no-receipt'), value: NONE },
    ];
  },
  view: (value) => value,
};

/** "27号前回复收到", "3月27日前收到请确认": the clause's own day, not what stands before its comma. */
const BY_DAY =
  /([^,\uff0c。;\uff1b:\uff1a]{2,10}?)(?:之|以)?前(?:请|都|要|各位|各校|收到(?:后|的)?|[,\uff0c\s])*(?:回执|确认|回复|回个|签收)/u;

/** "回执截止周五中午", "周五前回执": the words for the day and hour until which answers are wanted. */
function dueWords(text: string): string | undefined {
  return (
    /(?:回执|确认|回复)(?:时间)?(?:截止|期限|最晚|最迟|在|到|的?时间)(?:到|是|改成|改为|改到|时间)*\s*(.{2,16})/u.exec(
      text,
    )?.[1] ??
    /(?:截止|最晚|最迟)(?:到|时间)?(?:改成|改为|改到|是)?\s*(.{2,16})(?:回执|确认)?/u.exec(text)?.[1] ??
    BY_DAY.exec(text)?.[1]
  );
}

/** "回执截止周一中午,周五早八点发": up to the comma. */
function momentOf(words: string, { facts }: Asks): string | undefined {
  const said = words.split(/[,\uff0c。;\uff1b]/u)[0] ?? '';
  const day = parseDate(said, {
    now: facts.now,
    calendar: facts.calendar,
    timeZone: facts.office.timeZone,
    direction: 'future',
  });
  const hour =
    hourIn(normalise(said)) ?? (/中午/u.test(said) ? '12:00' : /下班|下午/u.test(said) ? '17:00' : '18:00');
  return day && !day.span ? `${day.date}T${hour}` : undefined;
}

/** When the notice is planned for; null: it goes out as soon as it is confirmed. */
const sendTime = ({ row }: Asks): string | null => (typeof row.sendAt === 'string' ? row.sendAt : null);

/** The working day after it is sent, at the office's hour; before the meeting that the text speaks of. */
function usual(asks: Asks): Receipt & { due: string } {
  const { facts, row } = asks;
  const sent = sendTime(asks) ?? wallNow(facts);
  const day = calendarOf(facts).addWorkdays(Temporal.PlainDate.from(sent.slice(0, 10)), 1);
  const due = `${day.toString()}T${facts.office.settings['notice.receiptHour']}`;
  const { meeting } = row;
  const before = typeof meeting === 'string' && meeting < due && meeting > sent;
  return { wanted: true, due: before ? meeting : due, usual: true };
}
