// Till when: a day that ends something, in a message and in one of its clauses.
import type { DateMention, Direction } from '../dates/dates.ts';
import type { Entities } from '../entities/entities.ts';
import type { Limit } from '../findings/finding-limits.ts';
import { beginsIn, type Clause } from '../text/normalise.ts';

/** A day that ends something: "月底前", "下周五之前改完", "宽限到月底". */
export function limitOf(e: Entities): DateMention | undefined {
  return e.dates.find((d) => d.kind === 'day' && (d.limit || isLimit(e, d, 'past')));
}

/** "今天|就要他们改", "明天|必须交", "今天|就要结果": by that day it is done. */
const MUST_BE_DONE =
  /^(?:就|得|要|必须|务必|让|叫|给|他们|她们|学校|园[里方]|下班前)*(?:整改|改完|改好|改掉|必须|务必|(?<=[得要]|他们|学校)改(?!了|到|成|为|在|期|天)|(?<=要|见)结果|见(?:到)?结果|完成|交|换(?!了)|修(?!了)|填|装(?!了)|补(?!录|记|了)|弄好|清理|打开(?!了)|给我(?:个)?(?:说法|答复|回话|结果))/;
/** "让他们|明天|拧上": by when others are to do it. */
const MADE_TO = /(?:让|叫|请|要求|责令)(?:他们?|她们?|学校|园[里方]|校方)$/;
const DONE_BY_THEM = /^(?:就|必须|务必|一定|先|全部|都)*[拧买装修换补清拆搬撤挪焊交改弄](?!了|过)/;

/** Whether a day ends something, by the words about it. */
export function isLimit(e: Entities, d: DateMention, direction: Direction): boolean {
  const before = e.text.slice(Math.max(0, d.start - 5), d.start);
  const after = e.text.slice(d.end, d.end + 8);
  if (/(?:限|截止|截至|宽限|延期|延长|推迟|延|缓|放宽|最迟|最晚)(?:期|写|定|到|至|于|为|在)*$/.test(before))
    return true;
  if (/^(?:就|要)?到期/.test(after)) return true;
  if (direction === 'past' && /月(?:底|末)|学期末|年底/.test(d.text)) return true;
  return (
    direction === 'past' &&
    (MUST_BE_DONE.test(after) || (MADE_TO.test(before) && DONE_BY_THEM.test(after))) &&
    !/^完成.{0,2}督导/.test(after)
  );
}

/** The deadline set inside a clause. */
export function limitIn(e: Entities, clause: Clause): Limit | undefined {
  const inside = beginsIn(clause);
  const duration = e.durations.find(inside);
  if (duration) return { days: duration.days };
  const day = e.dates.find((d) => d.kind === 'day' && inside(d) && (d.limit || isLimit(e, d, 'past')));
  return day ? { due: day.resolve('future') } : undefined;
}
