// "那天还有一个问题 操场沙坑没沙子", "刚才漏了一条,门卫没登记": more of the visit that was filed or corrected last.
import { SURE, type Understood } from '../../understand/types.ts';
import { read, type Stage } from '../stage.ts';

const LASTS_MS = 12 * 3600_000;
/** "刚才那家再补一条" may come with the next day's work, as long as no other visit was filed. */
const POINTED_AT_MS = 3 * 24 * 3600_000;
const OF_A_VISIT: ReadonlySet<string> = new Set(['visit.log', 'finding.report', 'lesson.log']);
const FILES: ReadonlySet<string> = new Set(['log-visit', 'correct-record']);
const POINTS_BACK =
  /^(?:对了|哦|还有|另外|[,\uff0c\s])*(?:那天|那次|当天|刚才(?:那[所家边里次]|那个学校)?|那[所边里]|那个学校|(?:我)?(?:还|又)?(?:忘|漏|少(?=[说写记登]))(?:了|说|写|记|登|掉)*(?:一?[条个]))/u;

/** "还漏了一条,食堂留样没贴标签": the words before what was left out. */
const LEFT_OUT =
  /^(?:对了|哦|刚才|[,\uff0c\s])*(?:我)?(?:还|又)?(?:忘|漏|少)(?:了|说|写|记|登|掉)*(?:一?[条个项])(?:问题)?[,\uff0c:\uff1a\s]+(?=.{3})/u;

/** Ids of the visits that she filed or corrected last: "刚才那条" is one of them, whatever day it is of. */
export function lastVisits({ c: { last }, facts }: Stage): string[] {
  if (!last || !FILES.has(last.flow) || facts.now.getTime() - Date.parse(last.at) > LASTS_MS) return [];
  const { visits, school, date } = last.result as {
    visits?: { id: string }[];
    school?: string;
    date?: string;
  }; // as its act gave it
  return facts.visits
    .filter((one) =>
      visits ? visits.some(({ id }) => id === one.id) : one.school === school && one.date === date,
    )
    .map(({ id }) => id);
}

/** The reading with the school and the day of that visit, when the words point back at it and name no school themselves. */
export function ofThatVisit(t: Stage, whole: Understood, said: string): Understood {
  const { last } = t.c;
  const rest = said.trim().replace(LEFT_OUT, '');
  // That something was left out is not what was found.
  const left = rest === said.trim() ? whole : read(t, rest);
  const understood = OF_A_VISIT.has(left.intent) ? left : whole;
  const { school, schools, school_candidates: among, school_unresolved: unknown, date } = understood.slots;
  if (!last || !FILES.has(last.flow) || t.facts.now.getTime() - Date.parse(last.at) > POINTED_AT_MS)
    return understood;
  if (understood.intents || !OF_A_VISIT.has(understood.intent) || understood.confidence < SURE)
    return understood;
  if ((school ?? schools ?? among ?? unknown) || !POINTS_BACK.test(said.trim())) return understood;
  const { visits } = last.result as { visits?: { school?: string }[] }; // as its act gave it
  const named = last.result.school ?? (visits?.length === 1 ? visits[0]?.school : undefined);
  const visit = t.facts.visits.find((one) => one.school === named);
  if (!visit) return understood;
  return { ...understood, slots: { ...understood.slots, school: visit.school, date: date ?? visit.date } };
}
