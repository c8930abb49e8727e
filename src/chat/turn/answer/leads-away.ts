// Whether words that were said while one thing is asked for begin something else instead of answering.
import type { Frame } from '../../conversation.ts';
import type { SlotSpec } from '../../scripts/shapes.ts';
import { wayOf } from '../../slots/looking.ts';
import type { Took } from '../../slots/slot.ts';
import type { Understood } from '../../understand/types.ts';
import { isOther } from '../begin/other.ts';
import { flowOf, type Stage } from '../stage.ts';
import { saysOnlyWhen } from './only-when.ts';

/** "不成立 我看的是教室里的课表": the verdict, and then why. */
export const VERDICT =
  /^(?:异议)?(?:不|没|未)?(?:太)?(?:成立|同意|通过|到位|合格|签发|行|准|批|退回)(?:吧|了|的)?[,\uff0c。;\uff1b\s]*(?:理由|原因|因为)?(?:是)?[:\uff1a]?/u;

/** No more than the value that was asked for. */
export const isShort = (text: string) => [...text.trim()].length <= 8;

const ASKS = /[吗呢么?\uff1f]$|谁|哪|多少|几[所条个次]|怎么|^(?:who|which|how|what|when)\b/iu;

const DAYS_TO_COME: ReadonlySet<string> = new Set<SlotSpec['type']>(['date-ahead', 'new-day', 'from-day']);

/** What may be said of the record of a visit, and names no school; also what only others ask for: "第一条限五天". */
function toldOfVisit(t: Stage, { intent, intents, slots }: Understood): boolean {
  const flow = t.deps.scripts.flowFor(intent, t.facts.person.roles);
  const { school, school_candidates: among } = slots;
  return (
    !intents &&
    (school ?? among) === undefined &&
    (!flow || ['log-visit', 'issue-notice'].includes(flow.flow))
  );
}

const slotOfHow = (t: Stage, frame: Frame): boolean =>
  Object.values(flowOf(t, frame).slots).some(({ type }) => type === 'how');

interface Heard {
  t: Stage;
  frame: Frame;
  /** Of the slot that was asked for. */
  spec: SlotSpec;
  understood: Understood;
  text: string;
}

/** Nothing of it answers the question, or it is a sure whole sentence of its own. `took`: what the slot would take of it. */
export function leadsAway({ t, frame, spec, understood, text }: Heard, took: Took): boolean {
  // Words that open with the verdict that was asked for are that verdict, however the rest of them sounds.
  if (spec.type === 'result' && took !== undefined && VERDICT.test(text.trim())) return false;
  if (!isOther(t, frame, understood)) return false;
  // "现场看的" to what was seen there says how it was looked at.
  if (slotOfHow(t, frame) && wayOf(text) !== undefined && [...text.trim()].length <= 10) return false;
  // "听了三节课" to what is to be changed in a record is no other visit.
  if (spec.type === 'correction' && toldOfVisit(t, understood)) return false;
  // Why a notice must go out may be any words; only a danger or a question is something else.
  if (spec.type === 'notice-reason')
    return understood.intent === 'emergency.report' || ASKS.test(text.trim());
  // "消防专项群,到4月30日" is the group that was asked for, though 专项 is a word of campaigns.
  if (spec.type === 'new-group' && took !== undefined)
    return understood.intent === 'emergency.report' || ASKS.test(text.trim());
  // "下周" is a day that was asked for, though not which; nothing is planned by it.
  const when = understood.slots.date ?? understood.slots.period;
  const asksWhen = DAYS_TO_COME.has(spec.type) && when !== undefined;
  if (asksWhen && saysOnlyWhen(t, text)) return false;
  // A telephone number is the value that was asked for, whatever notice its figures may be like.
  if (spec.type === 'setting-value' && took && 'value' in took && !/\p{L}/u.test(text)) return false;
  // "4月" is the month that was asked for, though it cannot be closed yet.
  const month = spec.type === 'closing-month' && took !== undefined;
  if (month && saysOnlyWhen(t, text)) return false;
  const value = took !== undefined && !('wrong' in took) && !('nothing' in took);
  const more = asksWhen || month || [...text.trim()].length > 8;
  return !value || (understood.confidence >= 0.85 && more);
}
