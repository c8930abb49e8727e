// Of several days the one on which somebody went there: "昨晚跳了闸,今天我去看,插排还在乱拉" tells first of what was before.
import type { DateMention } from '../dates/dates.ts';
import type { Entities } from './entities.ts';

/** "今天|我过去看", "今早|到校里查了": that day somebody went. */
const WENT =
  /^(?:的?时候)?(?:早上|上午|下午|中午|早|一早)?(?:我们?|咱)?(?:就|才|刚|又|再|专门|特意|特地|专程|顺路|赶)*(?:(?:过|进)?去|(?:到|进|来|赶到|跑到)(?:校|园|学校|现场|那儿|那边|他们)?(?:里|园)?)(?:看|查|转|督|瞧|瞅|核|跑|复|翻|听)/;
/** Somebody was there on the other day as well, or what is told is of a record. */
const THERE = /去|到|跑|看|查|转|听|督|进|在|来|记|录|开/;

/** The day on which somebody went, where a day named before it only tells what happened. */
export function visitedOn({ text, dates }: Entities): DateMention | undefined {
  const days = dates.filter((d) => d.kind === 'day' && !d.limit);
  const went = days.findIndex((d) => WENT.test(text.slice(d.end)));
  const before = days.slice(0, Math.max(0, went));
  const told = before.length > 0 && before.every((d) => !THERE.test(sayingOf(text, d, days[went])));
  return told ? days[went] : undefined;
}

/** What is told of a day: from the head of its clause to the day that comes next. */
function sayingOf(text: string, day: DateMention, next: DateMention | undefined): string {
  const head = /[^,.;]*$/.exec(text.slice(0, day.start))?.[0] ?? '';
  return head + text.slice(day.end, next?.start);
}
