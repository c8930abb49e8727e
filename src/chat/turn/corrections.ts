// Changes to what is being filled in: "第二条当场就改了", "不是一中是二中", "日期改成昨天", "都给两周". Before any yes is heard.
import type { DISPOSITIONS, SaidFinding } from '../../supervision/findings.ts';
import type { Frame } from '../conversation.ts';
import { SLOT_KINDS } from '../slots/kinds.ts';
import { isWaitingType } from '../slots/waiting.ts';
import { parseDays } from '../understand/answers.ts';
import { maskPersonal } from '../understand/mask.ts';
import type { Reading, Slots, Understood } from '../understand/types.ts';
import { bareDays } from './bare-days.ts';
import { chosen } from './choices.ts';
import { correctNotice } from './corrections-notice.ts';
import { asksOf, type Doubt, remember, take } from './frames.ts';
import { flowOf, read, type Stage } from './stage.ts';

const NUMERALS = '零一二三四五六七八九十';
const ORDINAL =
  /第\s*([一二两三四五六七八九十]|\d{1,2})\s*(?:条|项|个问题|个|点)|\b(?:the\s+)?(first|second|third|fourth|fifth)\b(?:\s+one)?/iu;
const ENGLISH = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
const DROP = /不要|删掉|删了|删除|去掉|取消|不算(?:问题|数|了)|算了|没有这|\bdrop\b|\bremove\b|leave out/iu;
const ON_SITE = /(当场|现场|当时|立即|马上).{0,4}(改|整改|处理|解决|换|修)/u;

export type Corrected = { doubt: Doubt | null } | null;

/** Applies a correction to the open frame; null when the text holds none. */
export function correct(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  return (
    correctNotice(t, frame, text, understood) ??
    correctFinding(t, frame, text) ??
    correctPointer(t, frame, text) ??
    correctSlot(t, frame, text, understood) ??
    correctWords(t, frame, text) ??
    correctDeadline(t, frame, text, understood) ??
    correctDay(t, frame, text, understood)
  );
}

/** "第二条…": one finding of the draft, counted over all rows as the card numbers them. */
function correctFinding(t: Stage, frame: Frame, text: string): Corrected {
  const match = ORDINAL.exec(text);
  if (!match) return null;
  const places = frame.rows.flatMap((row, index) =>
    ((row.findings ?? []) as SaidFinding[]).map((_, at) => ({ index, at })),
  );
  const said = match[1] ? numberOf(match[1]) : ENGLISH.indexOf((match[2] ?? '').toLowerCase());
  const place = places[said - 1];
  if (!place) return null;
  const rest = (text.slice(0, match.index) + text.slice(match.index + match[0].length)).trim();
  remember(t, frame);
  const row = frame.rows[place.index] as Record<string, unknown>; // places were counted from these rows
  const findings = [...(row.findings as SaidFinding[])];
  if (DROP.test(rest)) findings.splice(place.at, 1);
  else findings[place.at] = changed(findings[place.at] as SaidFinding, rest, read(t, rest));
  if (JSON.stringify(findings) === JSON.stringify(row.findings)) {
    frame.past.pop();
    return null;
  }
  row.findings = findings;
  return { doubt: null };
}

function numberOf(numeral: string): number {
  if (numeral === '两') return 2;
  return NUMERALS.includes(numeral) ? NUMERALS.indexOf(numeral) : Number(numeral);
}

function changed(finding: SaidFinding, rest: string, understood: Understood): SaidFinding {
  const { due, findings } = understood.slots;
  const days = understood.slots.days ?? (due === undefined ? parseDays(rest) : undefined);
  const severity = gradeIn(rest) ?? findings?.find((one) => one.severity)?.severity;
  const renamed = /(?:改成|改为|应该是|写成|是)[“"「]?([^”"」]{3,})/u.exec(rest)?.[1];
  const next: SaidFinding = { ...finding };
  if (severity) next.disposition = severity;
  if (days !== undefined || due !== undefined) {
    delete next.days;
    delete next.dueOn;
    if (days !== undefined) next.days = days;
    else if (due !== undefined) next.dueOn = due;
  }
  if (!severity && days === undefined && due === undefined && renamed)
    next.text = maskPersonal(renamed.trim());
  return next;
}

/** Which slot of a flow a correction's field means. */
const FIELDS: Record<string, keyof Slots> = {
  school: 'school',
  date: 'date',
  session: 'session',
  result: 'result',
  reason: 'reason',
  due: 'due',
  days: 'days',
  lessons: 'lessons',
};

function correctSlot(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const correction = understood.slots.correct;
  if (understood.intent !== 'record.correct' || !correction) return null;
  if (correction.field === 'severity') return forAll(t, frame, { disposition: gradeIn(text) });
  const field = FIELDS[correction.field];
  if (field === 'due' || field === 'days') return correctDeadline(t, frame, text, understood);
  if (field === undefined && correction.field !== 'content') return null;
  const entry = Object.entries(flowOf(t, frame).slots).find(([name, spec]) =>
    field === undefined ? spec.type === 'text' && frame.rows[0]?.[name] : (spec.read ?? name) === field,
  );
  if (!entry) return null;
  const [name, spec] = entry;
  const at = frame.rows.findIndex((row) => holds(row[name], correction.from));
  // A school that is in the draft already is what the correction is about, not what it changes.
  if (field === 'school' && correction.from === undefined && rowOfSchool(frame, correction.to) >= 0)
    return null;
  // What is said to be wrong stands nowhere in this draft: another record is meant.
  if (field === 'school' && correction.from !== undefined && at < 0 && frame.rows.some((row) => row[name]))
    return null;
  const named = field === 'school' ? -1 : rowOfSchool(frame, understood.slots.school);
  const index = named >= 0 ? named : Math.max(0, at);
  const row = frame.rows[index] ?? {};
  remember(t, frame);
  const kind = SLOT_KINDS[spec.type];
  const to = field === 'lessons' ? Number(correction.to) : correction.to;
  const reading: Reading = { ...understood, confidence: 1, slots: { [field ?? 'content']: to } };
  const asks = asksOf(t, row, name, spec, text, true);
  const doubt = take(
    frame,
    index,
    name,
    field === undefined ? kind.answer?.(correction.to, asks) : kind.read(reading, asks),
  );
  // "改成昨天上午": the half of the day comes with the day.
  const { session } = understood.slots;
  const half = field === 'date' ? (session ?? halfOf(text)) : undefined;
  if (half && flowOf(t, frame).slots.session) row.session = half;
  // "日期是昨天" of several schools, none of them named, is of all.
  if (named < 0 && (field === 'date' || field === 'session') && !doubt)
    for (const other of frame.rows) other[name] = row[name];
  return { doubt };
}

function rowOfSchool(frame: Frame, school: string | undefined): number {
  if (school === undefined) return -1;
  return frame.rows.findIndex((row) => (row.school as { name?: string } | undefined)?.name === school);
}

function halfOf(text: string): Slots['session'] {
  if (/上午|早上/u.test(text)) return 'am';
  return /下午/u.test(text) ? 'pm' : undefined;
}

function holds(value: unknown, from: string | undefined): boolean {
  if (from === undefined || value === undefined) return false;
  return JSON.stringify(value).includes(from);
}

/** "限期改成三天", "都给两周", "十天": one deadline for all findings of the draft. */
function correctDeadline(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const { due, findings, school, correct: correction } = understood.slots;
  if (findings?.length || school) return null;
  const grade = /都|全部|这几条|这些/u.test(text) ? gradeIn(text) : undefined;
  if (grade) return forAll(t, frame, { disposition: grade });
  const said = correction?.field === 'days' ? Number(correction.to) : understood.slots.days;
  const until = correction?.field === 'due' ? correction.to : due;
  const days = said ?? (until === undefined ? bareDays(text) : undefined);
  if (days === undefined && until === undefined) return null;
  return forAll(t, frame, days === undefined ? { dueOn: until } : { days });
}

/** Changes every finding of the draft that the school has to act on. */
function forAll(
  t: Stage,
  frame: Frame,
  change: { days?: number | undefined; dueOn?: string | undefined; disposition?: Grade | undefined },
): Corrected {
  const targets = frame.rows.filter((row) => Array.isArray(row.findings) && row.findings.length > 0);
  if (targets.length === 0 || Object.values(change).every((value) => value === undefined)) return null;
  remember(t, frame);
  for (const row of targets)
    row.findings = (row.findings as SaidFinding[]).map((finding) => {
      if (change.disposition) return { ...finding, disposition: change.disposition };
      if (finding.disposition === 'fixed_on_site') return finding;
      const { days: _, dueOn: __, ...rest } = finding;
      return change.days === undefined
        ? { ...rest, ...(change.dueOn ? { dueOn: change.dueOn } : {}) }
        : { ...rest, days: change.days };
    });
  return { doubt: null };
}

type Grade = (typeof DISPOSITIONS)[number];

/** The words of DOMAIN §3 b for how a finding is dealt with. */
function gradeIn(text: string): Grade | undefined {
  if (ON_SITE.test(text) || /当场|立行立改|即知即改|on the spot/iu.test(text)) return 'fixed_on_site';
  if (/(?:不|没那么)(?:太|算)?严重|一般/u.test(text)) return 'general';
  if (/严重/u.test(text)) return 'serious';
  if (/轻微|小问题/u.test(text)) return 'minor';
  return /复杂/u.test(text) ? 'complex' : undefined;
}

/** "不是这个,是食堂那个": another of the few things that the act can be about. */
function correctPointer(t: Stage, frame: Frame, text: string): Corrected {
  const right = /不是[^,,]*[,,]?(?:应该)?是(.{2,})$/u.exec(text.trim())?.[1];
  const row = frame.rows[0];
  if (right === undefined || !row) return null;
  for (const [name, spec] of Object.entries(flowOf(t, frame).slots)) {
    if (!isWaitingType(spec.type) && spec.type !== 'unsigned-notice') continue;
    const among = SLOT_KINDS[spec.type].choices?.(asksOf(t, row, name, spec, text, true)) ?? [];
    const picked = chosen(right, among);
    if (!picked || !('choice' in picked)) continue;
    remember(t, frame);
    row[name] = picked.choice.value;
    return { doubt: null };
  }
  return null;
}

/** "写错了,是换了3个": other words in the place of those that stand. */
function correctWords(t: Stage, frame: Frame, text: string): Corrected {
  const right = /^(?:写错了?|不对|错了|说错了)[,,。\s]*(?:应该)?(?:是|改成)?(.{2,})$/u.exec(text.trim())?.[1];
  const row = frame.rows[0];
  const found = Object.entries(flowOf(t, frame).slots).find(
    ([name, spec]) => spec.type === 'text' && typeof row?.[name] === 'string',
  );
  if (right === undefined || !row || !found) return null;
  const [name, spec] = found;
  remember(t, frame);
  const took = SLOT_KINDS.text.answer?.(right, asksOf(t, row, name, spec, right, true));
  return { doubt: take(frame, 0, name, took) };
}

/** "昨天", "日期是昨天", "特校不是今天是昨天": a day and no more, said to a draft that has one. */
function correctDay(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  // A number alone is no day here: no day was asked for.
  if (!/[日号天周月]|星期|礼拜|day|week/iu.test(text)) return null;
  const most = /\p{Script=Han}/u.test(text) ? 12 : 24;
  const { findings, no_findings: none, methods } = understood.slots;
  // Who tells what was found tells of a visit, not of another day for this one.
  if ([...text.trim()].length > most || findings || none || methods) return null;
  const spec = flowOf(t, frame).slots.date;
  const { correct: correction, school } = understood.slots;
  const named = rowOfSchool(frame, school ?? (correction?.field === 'school' ? correction.to : undefined));
  const index = frame.rows.length === 1 && school === undefined ? 0 : named;
  const row = frame.rows[index];
  if (!spec || row?.date === undefined) return null;
  const right = /是([^是]+)$/u.exec(text)?.[1] ?? text;
  const took = SLOT_KINDS.date.answer?.(right, asksOf(t, row, 'date', spec, right, true));
  if (took === undefined) return null;
  remember(t, frame);
  const half = halfOf(right);
  if (half && flowOf(t, frame).slots.session) row.session = half;
  return { doubt: take(frame, index, 'date', took) };
}
