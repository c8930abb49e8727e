// Lessons heard, each with class, subject, teacher and what was said of it: "听了两节课,三年级语文李老师板书工整,四年级数学王老师互动好".
import { type Known, maskPersonal } from '../understand/text/mask.ts';
import { aboutOneSchool } from './one-school.ts';
import type { SlotKindOf } from './slot.ts';

interface LessonValue {
  class: string;
  subject: string;
  teacher: string;
  comment: string;
}

const SUBJECT =
  /语文|数学|英语|物理|化学|生物|历史|地理|政治|道德与法治|道法|科学|音乐|美术|体育|信息技术|信息|劳动|心理|律动|拼音/u;
const CLASS =
  /(?:(?:[一二三四五六七八九]|高[一二三]|初[一二三])年级|初[一二三]|高[一二三]|[大中小]班|[一二三四五六七八九1-9](?![节堂门个位]))(?:[((]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[))]?班|年级|班)?/u;
const TEACHER = /([\p{Script=Han}]{1,2}老师)/u;
/** No name, though it stands where one may. */
const NO_TEACHER = /^(?:听|的|位|这|那|个|该|和|与|跟)/u;

/** 听了三年级语文课,张老师,课堂互动好 → one lesson; a message about two schools leaves it to the card's words. */
export const heardSlot: SlotKindOf = {
  read(reading, { text, facts }) {
    // "三年级二班语文,刘老师,板书太小": what else was understood as a lesson needs no word for hearing it.
    const heard = reading.intent === 'lesson.log' || /听/u.test(text);
    if (!(heard || /课|评/u.test(text)) || !SUBJECT.test(text)) return undefined;
    if (!['lesson.log', 'visit.log'].includes(reading.intent)) return undefined;
    const words = aboutOneSchool(text, facts);
    if (words === null) return undefined;
    const found = (reading.slots.findings ?? []).map((one) => one.text);
    const value = lessonsIn(words, { known: facts.book.index.people, found, heard });
    return value.length > 0 ? { value } : undefined;
  },
  view: (value) => value,
};

/** `found`: what the message tells as findings, which is no comment on a lesson; `heard`: that it is of lessons is known. */
function lessonsIn(
  message: string,
  of: { known?: Known; found: readonly string[]; heard: boolean },
): LessonValue[] {
  const split = message
    .split(/[,\uff0c。;\uff1b、\s]+/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  const clauses = of.heard ? withWholeHeads(split) : split;
  const lessons: string[][] = [];
  let open = false;
  for (const clause of clauses) {
    const subject = SUBJECT.exec(clause);
    const named = subject !== null && (CLASS.test(clause.slice(0, subject.index)) || TEACHER.test(clause));
    const begins = subject !== null && (/听|课(?![表时程间后])/u.test(clause) || (of.heard && named));
    // What was found ends what is said of a lesson; a lesson that was not held is none that was heard.
    const ofFinding = (text: string) =>
      text.includes(clause) ||
      (subject !== null && !/听/u.test(clause) && text.includes(subject[0]) && clause.includes(text));
    if (of.found.some(ofFinding) || /^限|整改|亮点|同行|随行|陪同|同去/u.test(clause)) open = false;
    // "课堂…" after a lesson speaks of that one; only another class or teacher is another lesson.
    else if (begins && (lessons.length === 0 || named)) {
      lessons.push([clause]);
      open = true;
    } else if (open) lessons.at(-1)?.push(clause);
  }
  return lessons.map(([head = '', ...rest]) => lessonOf(head, rest, of.known));
}

const PART_OF_HEAD = [CLASS, SUBJECT, TEACHER].map(({ source }) => new RegExp(`^(?:${source})课?$`, 'u'));

/** "数学,四年级2班,王老师": what a lesson is called, told piece by piece, is one. */
function withWholeHeads(clauses: readonly string[]): string[] {
  const out: string[] = [];
  let head: { kind: number; clause: string }[] = [];
  const end = () => {
    const whole = head.toSorted((a, b) => a.kind - b.kind).map(({ clause }) => clause);
    out.push(...(head.length > 1 ? [whole.join('')] : whole));
    head = [];
  };
  for (const clause of clauses) {
    const kind = PART_OF_HEAD.findIndex((part) => part.test(clause));
    if (kind < 0 || head.some((one) => one.kind === kind)) end();
    if (kind < 0) out.push(clause);
    else head.push({ kind, clause });
  }
  end();
  return out;
}

function lessonOf(head: string, rest: readonly string[], known: Known | undefined): LessonValue {
  const subject = SUBJECT.exec(head)?.[0] ?? '';
  const at = head.indexOf(subject);
  const heard = head.slice(0, at).replace(/^.*听了?/u, '');
  const of = CLASS.exec(heard)?.[0] ?? '';
  // "三年级2班王老师": the class's last character is no name.
  const before = heard.replace(of, ' ');
  const after = head.slice(at + subject.length).replace(/^(?:课|的|一节)+/u, '');
  const teacher =
    [after, before, ...rest]
      .map((words) => TEACHER.exec(words)?.[1])
      .find((name) => name && !NO_TEACHER.test(name)) ?? '';
  const comment = [after, ...rest]
    .map((words) => (teacher === '' ? words : words.replace(teacher, '')).replace(/^的/u, '').trim())
    .filter((words) => [...words].length > 1)
    .join(',');
  return {
    class: of,
    subject,
    teacher,
    comment: maskPersonal(comment, known).slice(0, 300),
  };
}
