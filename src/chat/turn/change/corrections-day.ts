// Changes to the day of a draft, or the half of it: "昨天", "都是下午", "清河是上午去的", "特校不是今天是昨天".
import type { Frame } from '../../conversation.ts';
import type { SlotSpec } from '../../scripts/shapes.ts';
import { halfOf } from '../../slots/correction-parts.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import type { Understood } from '../../understand/types.ts';
import { asksOfATime } from '../answer/only-when.ts';
import { asksOf, type Corrected, remember, take } from '../draft/frames.ts';
import { flowOf, readNamed, type Stage } from '../stage.ts';
import { rowOfKind, rowOfSchool } from './row-meant.ts';

/** "下午去的", "都是下午": which half of the day, and no more. */
const HALF_ALONE =
  /^(?:[两三几]?(?:所|家|个)?(?:学校)?都)?(?:应该)?(?:是)?(?:上午|下午)(?:去|到|看)?的?[。.]?$/u;
/** "清河是上午去的": of one of the schools. */
const HALF_AFTER =
  /^[^,\uff0c。\s天日号周]{2,10}?(?:那[所家边个])?(?:是|改[成为]|应该是)(?:上午|下午)(?:去|到|看)?的?[。.]?$/u;
/** "都是昨天去的" of several schools is of each. */
const OF_EACH = /^(?:[两三四几]?(?:所|家|个)?(?:学校)?都|全)/u;

/** "昨天", "日期是昨天", "特校不是今天是昨天": a day and no more, said to a draft that has one. */
export function correctDay(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const [only] = frame.rows;
  const when = HALF_ALONE.test(text.trim()) ? halfOf(text) : undefined;
  const each = OF_EACH.test(text.trim());
  if (when && only && (frame.rows.length === 1 || each) && flowOf(t, frame).slots.session) {
    remember(t, frame);
    for (const row of frame.rows) row.session = when;
    return { doubt: null };
  }
  const halved = HALF_AFTER.test(text.trim()) ? rowOfSchool(frame, readNamed(t, text).slots.school) : -1;
  const its = halved >= 0 ? frame.rows[halved] : undefined;
  if (its && flowOf(t, frame).slots.session) {
    remember(t, frame);
    its.session = halfOf(text);
    return { doubt: null };
  }
  // A number alone is no day here: no day was asked for.
  if (!/[日号天周月]|星期|礼拜|[昨今前](?:[上下]午|早|晚)|day|week/iu.test(text)) return null;
  const most = /\p{Script=Han}/u.test(text) ? 12 : 24;
  const { findings, no_findings: none, methods } = understood.slots;
  // Who tells what was found tells of a visit, not of another day for this one.
  if ([...text.trim()].length > most || findings || none || methods) return null;
  if (asksOfATime(t, understood, text)) return null;
  const day = daySlot(t, frame);
  const { correct: correction, school } = understood.slots;
  const named = rowOfSchool(frame, school ?? (correction?.field === 'school' ? correction.to : undefined));
  const index =
    (frame.rows.length === 1 || each) && school === undefined
      ? 0
      : named >= 0
        ? named
        : (rowOfKind(frame, text) ?? -1);
  const row = frame.rows[index];
  // From which day on may be said for the first time.
  if (!day || !row || (row[day.name] === undefined && day.spec.type !== 'from-day')) return null;
  // "昨天去的 不是今天": what it was not is no day of it
  const plain = text.replace(/[,\uff0c\s]*不是[^,\uff0c\s是]+[,\uff0c\s]*$/u, '');
  const right = /^.*(?:是|改成|改为|改到)(.+)$/u.exec(plain)?.[1] ?? plain;
  const took = SLOT_KINDS[day.spec.type].answer?.(right, asksOf(t, row, day.name, day.spec, right, true));
  if (took === undefined) return null;
  remember(t, frame);
  const half = halfOf(right);
  if (half && flowOf(t, frame).slots.session) row.session = half;
  const doubt = take(frame, index, day.name, took);
  if (each && !doubt)
    for (const other of frame.rows) {
      other[day.name] = row[day.name];
      if (half) other.session = row.session;
    }
  return { doubt };
}

/** The day that a draft is about: that of a visit, or until when time is asked for or given. */
function daySlot(t: Stage, frame: Frame): { name: string; spec: SlotSpec } | null {
  const slots = flowOf(t, frame).slots;
  const found = Object.entries(slots).find(
    ([name, { type }]) => name === 'date' || (!slots.date && type === 'new-day'),
  );
  return found ? { name: found[0], spec: found[1] } : null;
}
