// "器材那条当场就拆了", "算了还是二中", "张明没去", said right after a record was filed: it is put right, in words that need not say so.

import type { SaidFinding } from '../../../supervision/findings.ts';
import { PHOTO_WAITS_MS } from '../../conversation.ts';
import { normalise } from '../../understand/text/normalise.ts';
import { type Reading, SURE, type Understood } from '../../understand/types.ts';
import { saysOnlyWhen } from '../answer/only-when.ts';
import { beginFlow } from '../begin/begin-flow.ts';
import { leftOut } from '../change/companions-said.ts';
import { schoolName } from '../change/row-meant.ts';
import { changesOneOf } from '../change/said-of-one.ts';
import { readNamed, type Stage } from '../stage.ts';
import { lastVisits } from './that-visit.ts';

/** "算了还是二中", "不对 是昨天": that it is other than was filed. */
const RATHER = /^(?:(?:算了|不对|错了|等等|哎呀?)[,\uff0c\s]*)*(?:应该|还|就)?是(?=.{2})/u;
const ENDS = /(?:吧|的|了|呀|啊|去的)+[。.]?$/u;

/** True when the words were of the record that was filed a moment ago, and its correction was begun. */
export function correctsThatVisit(t: Stage, said: string, understood: Understood): boolean {
  const flow = t.deps.scripts.flows.get('correct-record');
  const { last, frame, question } = t.c;
  const lately = last !== null && t.facts.now.getTime() - Date.parse(last.at) < PHOTO_WAITS_MS;
  if (!flow || !lately || frame || question || understood.intents || lastVisits(t).length === 0) return false;
  if (understood.intent === 'record.void' || understood.intent === 'emergency.report') return false;
  const correct = otherThan(t, said);
  const changes = correct !== null || changesOneOf(findingsOfLast(t), said) || leftOut(t, said).length > 0;
  if (!changes && !tellsHow(t, said, understood)) return false;
  const reading: Reading = { ...understood, intent: 'record.correct', slots: correct ? { correct } : {} };
  beginFlow(t, flow, [reading], said);
  return true;
}

const FORGOT = /忘|漏|补充|刚才?[少没]|^对了/u;
/** "听了两节课": how many, and nothing of which. */
const LESSONS_ONLY = 10;

/**
 * "刚忘了说 还和校长座谈了": how that visit was gone about; nothing more was found. Of a lesson with its class and teacher a record of
 * its own is kept, which would take the notice back with it.
 */
function tellsHow(t: Stage, said: string, { intent, confidence, slots }: Understood): boolean {
  const { school, schools, school_candidates: among, school_unresolved: unknown } = slots;
  const { date, findings, no_findings: none, methods, lessons, companions } = slots;
  if ((schools ?? among ?? unknown ?? date ?? findings ?? none) !== undefined) return false;
  const { c, facts } = t;
  const { last } = c;
  const filed = last ? (schoolName(last.row) ?? last.result.school) : undefined;
  const named = school !== undefined && facts.book.byName.has(school);
  if (named && (school !== filed || !FORGOT.test(said))) return false;
  const counts = intent === 'lesson.log' && lessons !== undefined && [...said].length <= LESSONS_ONLY;
  const tells = intent === 'visit.log' && (methods ?? lessons ?? companions) !== undefined;
  return confidence >= SURE && (counts || tells);
}

/** Another school or day, and not a word more. */
function otherThan(t: Stage, said: string): { field: 'school' | 'date'; to: string } | null {
  const rest = said.trim().replace(RATHER, '').replace(ENDS, '');
  if (rest === said.trim().replace(ENDS, '')) return null;
  const { school, date } = readNamed(t, rest).slots;
  if (school !== undefined && t.facts.book.index.forms.has(normalise(rest)))
    return { field: 'school', to: school };
  return date !== undefined && saysOnlyWhen(t, rest) ? { field: 'date', to: date } : null;
}

function findingsOfLast({ c: { last }, facts }: Stage): string[] {
  const filed = (last?.row.findings ?? []) as SaidFinding[]; // the slot's own value
  const schools = facts.visits.flatMap(({ schoolId, school }) =>
    school === last?.result.school ? schoolId : [],
  );
  return [
    ...filed.map(({ text }) => text),
    ...facts.findings.flatMap(({ schoolId, text }) => (schools.includes(schoolId) ? text : [])),
  ];
}
