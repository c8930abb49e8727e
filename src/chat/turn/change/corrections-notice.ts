// Changes to a notice (or a group) that is a draft: "改周四", "内容改成…", "发给全体督学", "不用回执", "明早八点发". Each slot knows its own words.
import type { Frame } from '../../conversation.ts';
import type { SlotType } from '../../scripts/shapes.ts';
import { SLOT_KINDS } from '../../slots/kinds.ts';
import type { Reading, Understood } from '../../understand/types.ts';
import { asksOf, type Doubt, remember, take } from '../draft/frames.ts';
import { flowOf, type Stage } from '../stage.ts';

const OF_NOTICES: ReadonlySet<SlotType> = new Set([
  'audience',
  'notice-text',
  'notice-blanks',
  'list-name',
  'list-members',
  'receipt',
  'send-time',
  'notice-change',
  'new-group',
  'group-end',
  'last-words',
  'robot-name',
]);

/** "地点改成三楼会议室" is no new notice, however like one it sounds. */
const NAMES_A_CHANGE =
  /^(?:把)?[^,\uff0c。;\uff1b\s发通告]{1,6}(?:改[成为到]|换成)|^(?:再|还)?(?:加上?|补充|补上)一?[句条]|^(?:地点|会场|联系人|联系电话|会议号|着装|参会人员)|^(?:刚才)?(?:忘|漏)|(?:忘|漏)了?[写说加提]了?[。.]*$/u;

/** Applies what was said to the slots that understand it; null when none does, or the draft is no notice. */
export function correctNotice(
  t: Stage,
  frame: Frame,
  text: string,
  understood: Understood,
): { doubt: Doubt | null } | null {
  const slots = Object.entries(flowOf(t, frame).slots).filter(([, spec]) => OF_NOTICES.has(spec.type));
  const [row] = frame.rows;
  const another = understood.intent === 'notice.broadcast' && !NAMES_A_CHANGE.test(text.trim());
  if (slots.length === 0 || !row || another) return null;
  // Whatever it sounds like by itself, beside this draft only the slots' own words for a change count.
  const reading: Reading = { ...understood, intent: 'chat.other' };
  const before = structuredClone(row);
  let doubt: Doubt | null = null;
  for (const [name, spec] of slots) {
    if (row[name] === undefined) continue;
    doubt ??= take(
      frame,
      0,
      name,
      SLOT_KINDS[spec.type].read(reading, asksOf(t, row, name, spec, text, false)),
    );
  }
  if (JSON.stringify(row) === JSON.stringify(before)) return doubt?.wrong ? { doubt } : null;
  const after = { ...row };
  frame.rows[0] = before;
  remember(t, frame);
  frame.rows[0] = after;
  return { doubt };
}
