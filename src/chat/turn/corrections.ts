// Changes to what is being filled in: "第二条当场就改了", "不是一中是二中", "日期改成昨天", "都给两周". Before any yes is heard.
import type { DISPOSITIONS, SaidFinding } from '../../supervision/findings.ts';
import type { Frame } from '../conversation.ts';
import { SLOT_KINDS } from '../slots/kinds.ts';
import type { Reading, Slots, Understood } from '../understand/types.ts';
import { asksOf, type Doubt, remember, take } from './frames.ts';
import { flowOf, read, type Stage } from './stage.ts';

const NUMERALS = '零一二三四五六七八九十';
const ORDINAL = /第\s*([一二两三四五六七八九十]|\d{1,2})\s*(?:条|项|个问题|个|点)/u;
const DROP = /不要了|不要|删掉|删了|去掉|取消|不算|算了|没有这/u;
const ON_SITE = /(当场|现场|当时|立即|马上).{0,4}(改|整改|处理|解决|换|修)/u;

export type Corrected = { doubt: Doubt | null } | null;

/** Applies a correction to the open frame; null when the text holds none. */
export function correct(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  return (
    correctFinding(t, frame, text) ??
    correctSlot(t, frame, text, understood) ??
    correctDeadline(t, frame, text, understood)
  );
}

/** "第二条…": one finding of the draft, counted over all rows as the card numbers them. */
function correctFinding(t: Stage, frame: Frame, text: string): Corrected {
  const match = ORDINAL.exec(text);
  if (!match?.[1]) return null;
  const places = frame.rows.flatMap((row, index) =>
    ((row.findings ?? []) as SaidFinding[]).map((_, at) => ({ index, at })),
  );
  const said =
    match[1] === '两' ? 2 : NUMERALS.includes(match[1]) ? NUMERALS.indexOf(match[1]) : Number(match[1]);
  const place = places[said - 1];
  if (!place) return null;
  const rest = (text.slice(0, match.index) + text.slice(match.index + match[0].length)).trim();
  remember(t, frame);
  const row = frame.rows[place.index] as Record<string, unknown>; // places were counted from these rows
  const findings = [...(row.findings as SaidFinding[])];
  if (DROP.test(rest)) findings.splice(place.at, 1);
  else findings[place.at] = changed(findings[place.at] as SaidFinding, rest, read(t, rest));
  row.findings = findings;
  return { doubt: null };
}

function changed(finding: SaidFinding, rest: string, understood: Understood): SaidFinding {
  const { days, due, findings } = understood.slots;
  const severity = ON_SITE.test(rest) ? 'fixed_on_site' : findings?.find((one) => one.severity)?.severity;
  const renamed = /(?:改成|改为|应该是|写成|是)[“"「]?([^”"」]{3,})/u.exec(rest)?.[1];
  const next: SaidFinding = { ...finding };
  if (severity) next.disposition = severity;
  if (days !== undefined || due !== undefined) {
    delete next.days;
    delete next.dueOn;
    if (days !== undefined) next.days = days;
    else if (due !== undefined) next.dueOn = due;
  }
  if (!severity && days === undefined && due === undefined && renamed) next.text = renamed.trim();
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
  severity: 'findings',
};

function correctSlot(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const correction = understood.slots.correct;
  if (understood.intent !== 'record.correct' || !correction) return null;
  const field = FIELDS[correction.field];
  if (!field) return null;
  if (field === 'due' || field === 'days') return correctDeadline(t, frame, text, understood);
  const flow = flowOf(t, frame);
  const entry = Object.entries(flow.slots).find(([name, spec]) => (spec.read ?? name) === field);
  if (!entry) return null;
  const [name, spec] = entry;
  // The row that holds the old value, else the first.
  const index = Math.max(
    0,
    frame.rows.findIndex((row) => holds(row[name], correction.from)),
  );
  const row = frame.rows[index] ?? {};
  remember(t, frame);
  const reading: Reading = {
    intent: understood.intent,
    confidence: 1,
    needs: [],
    flags: [],
    slots: { [field]: field === 'lessons' ? Number(correction.to) : correction.to },
  };
  const took = SLOT_KINDS[spec.type].read(reading, asksOf(t, row, name, spec, text, true));
  return { doubt: take(t, row, index, name, took) };
}

function holds(value: unknown, from: string | undefined): boolean {
  if (from === undefined || value === undefined) return false;
  return JSON.stringify(value).includes(from);
}

/** "限期改成三天", "都给两周": one deadline for all findings of the draft. */
function correctDeadline(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const { days, due, findings, school } = understood.slots;
  const severity = wholeSeverity(text);
  if (findings?.length || school) return null;
  if (days === undefined && due === undefined && !severity) return null;
  const targets = frame.rows.filter((row) => Array.isArray(row.findings) && row.findings.length > 0);
  if (targets.length === 0) return null;
  remember(t, frame);
  for (const row of targets)
    row.findings = (row.findings as SaidFinding[]).map((finding) => {
      if (severity) return { ...finding, disposition: severity };
      const { days: _, dueOn: __, ...rest } = finding;
      return days === undefined ? { ...rest, ...(due ? { dueOn: due } : {}) } : { ...rest, days };
    });
  return { doubt: null };
}

/** "都当场改了", "都按严重": a disposition for all. */
function wholeSeverity(text: string): (typeof DISPOSITIONS)[number] | undefined {
  if (!/都|全部|这几条|这些/u.test(text)) return undefined;
  if (ON_SITE.test(text)) return 'fixed_on_site';
  return undefined;
}
