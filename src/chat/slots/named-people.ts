// The people that words name one by one, for a list or a notice: "彭红霞、郑督学和第一中学校长" without the school, which is read elsewhere.
import type { AudienceCode } from '../../supervision/notices/audience.ts';
import type { Facts } from '../facts.ts';
import { findPeople, findSomeone } from '../understand/entities/people.ts';
import { normalise } from '../understand/text/normalise.ts';

/** What was named and is not clear: as typed, with whom or what it may be. */
export interface Unclear {
  said: string;
  among: string[];
}

export interface NamedPeople {
  /** Ids, in the order in which they were named. */
  ids: string[];
  unclear: Unclear[];
  /** The words without them, normalised. */
  rest: string;
}

/** Of several who bear one name, each by what tells them apart; that can be said in turn. */
const labelOf = ({ name, userId }: { name: string; userId: string }) => `${name} ${userId}`;

/** Everybody of the office whom the words name; of a name that several bear nobody is taken without asking. */
export function peopleIn(words: string, facts: Facts): NamedPeople {
  const text = normalise(words);
  const { people, index } = facts.book;
  const ids: string[] = [];
  const unclear: Unclear[] = [];
  const spans: { start: number; end: number }[] = [];
  for (const { start, end, name, known } of findPeople(text, index)) {
    if (!known) continue;
    const called = people.filter((person) => person.name === name);
    // "王伟 insp-a01-02": the account beside the name.
    const account = /^\s*\(?([a-z][\w.-]+)\)?/.exec(text.slice(end));
    const one = called.find(({ userId }) => userId.toLowerCase() === account?.[1]);
    const [only, ...more] = one ? [one] : called;
    if (!only) continue;
    spans.push({ start, end: end + (one && account ? account[0].length : 0) });
    if (more.length === 0) ids.push(only.id);
    else unclear.push({ said: name, among: called.map(labelOf) });
  }
  for (const { start, end, text: said, among } of findSomeone(text, index)) {
    if (spans.some((span) => span.start < end && start < span.end)) continue;
    spans.push({ start, end });
    unclear.push({ said, among });
  }
  let rest = text;
  for (const { start, end } of spans.sort((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start)}、${rest.slice(end)}`;
  return { ids: [...new Set(ids)], unclear, rest };
}

/** Words before and after names that name nobody themselves. */
const BEFORE =
  /^(?:通知到?|发给|发送给|转告|告诉|提醒|请|把|给|向|对|还有|以及|各位|全体|责任|to|notify|tell|the|\s)+/iu;
const AFTER =
  /(?:[这那]?[几两三四五六七八九十]?[位个]?(?:人|名|同志|老师|责任督学|督学|主任|组长|校长|园长|科长|局长|先生|女士)|这?[几两三四五六]位|等|的|inspectors?|\s|[.:()])+$/iu;

/** What is named beside people and is nobody's name here: "张三丰" of "彭红霞、张三丰". */
export const strangersIn = (rest: string): string[] =>
  rest
    .split(/[,、;\s]|和|与|及|跟|\band\b/u)
    .map((one) => one.replace(BEFORE, '').replace(AFTER, ''))
    .filter((one) => one !== '');

const ROLES: readonly [RegExp, AudienceCode][] = [
  [/组长|area leaders?/iu, 'area-leaders'],
  [/(?:校级|校内|驻校)督学|school inspectors/iu, 'school-inspectors'],
  [/督学(?!视频|会|通知|培训|室|工作|组|报告|导)|inspectors/iu, 'inspectors'],
];

/** The role that words speak of as a whole: "三区的督学", "各责任区组长"; heads go by their schools. */
export const roleIn = (words: string): AudienceCode | undefined =>
  ROLES.find(([pattern]) => pattern.test(words))?.[1];
