// "昨天去的育才,登记本缺页,给他们开个整改单,一周": a visit is told, and a notice wanted for what was found on it: one record, and its notice.
import type { Entities } from './entities/entities.ts';
import { WENT } from './intent/shape.ts';
import type { Context, Intent, Reading } from './types.ts';

/** Wants the notice now. */
const WANTED =
  /(?:给[^,.;]{0,6}|直接|顺手给?[^,.;]{0,4}|[这那]条|我看要?|也|把)?(?:(?:下|开|发|出|写|拟|起草)(?:个|一?[份张]|达)?(?:限期|正式)?(?:整改)?(?:通知书?|通知单|整改单|单子|整改)(?![了没过的]|方案|报告)|整改通知[^,.;]{0,4}(?:开|下|发)了(?=$|[,.;]))/;
const NOT_WANTED =
  /(?:不用|不要|别|甭|先不|暂不|不)(?:再)?(?:给[^,.;]{1,6})?(?:下|开|发|出)|[?吗]|要不要|该不该/;

/** What of a visit a notice says as well: whose it is, and till when. */
const OF_BOTH = ['school', 'days', 'due', 'school_candidates', 'school_unresolved'] as const;

/**
 * The visit and its notice, where a message tells of one and wants the other; otherwise the reading itself. `read`: the same words as
 * another intent.
 */
export function visitWithNotice(
  reading: Reading,
  e: Entities,
  { sender }: Context,
  read: (intent: Intent) => Reading,
): Reading[] {
  if (reading.intent !== 'visit.log' && reading.intent !== 'rect.issue') return [reading];
  if (reading.slots.schools || reading.slots.rect_no) return [reading];
  if (!sender.roles.some((role) => role === 'inspector' || role === 'area-leader')) return [reading];
  if (!WANTED.test(e.text) || NOT_WANTED.test(e.text) || !WENT.test(e.text)) return [reading];
  const days = e.dates.filter((d) => d.kind === 'day' && !d.limit).map((d) => d.resolve('near'));
  if (days.length > 0 && days.every((day) => day > e.today.date.toString())) return [reading];
  const visit = reading.intent === 'visit.log' ? reading : read('visit.log');
  const { findings, date, session, methods } = visit.slots;
  if (!findings || !(date || session || methods)) return [reading];
  const kept = OF_BOTH.filter((name) => visit.slots[name] !== undefined);
  const slots = Object.fromEntries(kept.map((name) => [name, visit.slots[name]]));
  return [visit, { ...visit, intent: 'rect.issue', slots, needs: [], flags: [] }];
}
