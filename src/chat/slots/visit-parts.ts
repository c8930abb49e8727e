// Parts of a visit that are told along with it: who came along, in whose place it was made, which lessons were heard.
import { type Known, maskPersonal } from '../understand/mask.ts';
import { findSchools } from '../understand/schools.ts';
import type { SchoolValue } from './school.ts';
import type { Asks, SlotKindOf } from './slot.ts';

export const companionsSlot: SlotKindOf = {
  read: ({ slots }) => (slots.companions?.length ? { value: slots.companions } : undefined),
  view: (value) => value,
};

const STAND_IN = /代访|代督|替(?!换)|顶替|顶班|代(?:他|她|为|去)|instead|stand(?:ing)? in|in place of/iu;
const COMPANION = /随行|随访|同行|陪同|一起去|一同|跟着|with (?:him|her)|accompan|along/iu;

const said = (text: string) =>
  STAND_IN.test(text) ? 'stand-in' : COMPANION.test(text) ? 'companion' : undefined;

/** At one's own school nothing is asked; elsewhere it is never taken in silence (DOMAIN §6.4). */
export const capacitySlot: SlotKindOf = {
  read(_reading, { text, row, open }) {
    const value = said(text) ?? (open && /^代/u.test(text.trim()) ? 'stand-in' : undefined);
    const outside = (row.school as SchoolValue | undefined)?.outside === true; // the slot's own value
    return value && outside ? { value } : undefined;
  },
  without({ row }: Asks) {
    if ((row.school as SchoolValue | undefined)?.outside !== true) return { value: 'own' };
    return (row.companions as string[] | undefined)?.length ? { value: 'companion' } : undefined;
  },
  choices: () => [
    { label: 'capacity.companion', value: 'companion' },
    { label: 'capacity.stand-in', value: 'stand-in' },
  ],
  view: (value) => value,
};

export interface LessonValue {
  class: string;
  subject: string;
  teacher: string;
  comment: string;
}

const SUBJECT =
  /语文|数学|英语|物理|化学|生物|历史|地理|政治|道德与法治|道法|科学|音乐|美术|体育|信息技术|信息|劳动|心理|律动|拼音/u;
const CLASS =
  /(?:(?:[一二三四五六七八九]|高[一二三]|初[一二三])年级|初[一二三]|高[一二三]|[大中小]班|[一二三四五六七八九1-9])(?:[((]?\d{1,2}[))]?班|年级)?/u;
const TEACHER = /([\p{Script=Han}]{1,2}老师)/u;

/** 听了三年级语文课,张老师,课堂互动好 → one lesson; a message about two schools leaves it to the card's words. */
export const heardSlot: SlotKindOf = {
  read(reading, { text, facts }) {
    if (!/听|课|评/u.test(text) || !SUBJECT.test(text)) return undefined;
    if (!['lesson.log', 'visit.log'].includes(reading.intent)) return undefined;
    const sender = { userId: '', name: '', roles: [], schools: [] };
    const schools = findSchools(text, facts.book.index, sender);
    if (schools.length > 1) return undefined;
    const words = schools.reduce((rest, { text: name }) => rest.replace(name, ''), text);
    const value = lessonIn(words, facts.book.index.people);
    return value ? { value: [value] } : undefined;
  },
  view: (value) => value,
};

/** The first lesson that a message tells of; null when no subject is named beside a lesson. */
export function lessonIn(message: string, known?: Known): LessonValue | null {
  const clauses = message.split(/[,，。;；\n]+/u).map((clause) => clause.trim());
  const at = clauses.findIndex((clause) => SUBJECT.test(clause) && /听|课/u.test(clause));
  if (at < 0) return null;
  const about = clauses.slice(at);
  const head = about[0] ?? '';
  const subject = SUBJECT.exec(head)?.[0] ?? '';
  const before = head.slice(0, head.indexOf(subject));
  const teacher =
    about.map((clause) => TEACHER.exec(clause.replace(/^.*听了?/u, ''))?.[1]).find(Boolean) ?? '';
  const comment = about
    .slice(1)
    .map((clause) => clause.replace(teacher, '').trim())
    .filter((clause) => clause !== '' && clause !== '的')
    .join(',');
  return {
    class: CLASS.exec(before)?.[0] ?? '',
    subject,
    teacher: /^(?:听|的|位|这|那|个)/u.test(teacher) ? '' : teacher,
    comment: maskPersonal(comment, known).slice(0, 300),
  };
}
