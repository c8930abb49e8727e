// How often each way of looking was used, and what was advised on the spot: "查阅资料三份", "座谈8人", "现场建议补齐台账".

import { maskPersonal } from '../understand/text/mask.ts';
import { NUMBER, parseNumber } from '../understand/text/numerals.ts';
import type { Method } from '../understand/types.ts';
import { aboutOneSchool } from './one-school.ts';
import type { SlotKindOf } from './slot.ts';

const N = `(${NUMBER})`;
/** A verb or a name of the way, at most a few words, the count and its unit; lessons are counted by themselves. */
const COUNTED: readonly (readonly [Method, RegExp])[] = [
  ['docs', new RegExp(`(?:查|看|翻)(?:阅|看)?了?[^,,。;;\\d]{0,8}?${N}(?:份|本|册|卷)`, 'u')],
  ['docs', new RegExp(`(?:资料|材料|台账|档案|教案|记录)${N}(?:份|本|册|卷)`, 'u')],
  [
    'interview',
    new RegExp(`(?:座谈|访谈|走访|谈话|家访|聊)了?[^,,。;;\\d]{0,8}?${N}(?:人|名|位|户|次|场)`, 'u'),
  ],
  ['survey', new RegExp(`问卷[^,,。;;\\d]{0,4}?${N}(?:份|张)|(?:发放?|收回?|做)了?${N}(?:份|张)问卷`, 'u')],
  ['meeting', new RegExp(`(?:列席|参加|旁听)了?[^,,。;;\\d]{0,8}?${N}(?:次|个|场)`, 'u')],
  ['tour', new RegExp(`(?:巡视|巡查|巡校|转)(?:校园)?了?[^,,。;;\\d]{0,3}?${N}(?:次|圈|遍|趟)`, 'u')],
];
const MOST = 999;

export type MethodCounts = Partial<Record<Method, number>>;

function countsIn(text: string): MethodCounts {
  const counts: MethodCounts = {};
  for (const [method, words] of COUNTED) {
    const found = words.exec(text);
    const said = found?.slice(1).find((group) => group !== undefined);
    const count = said === undefined ? undefined : parseNumber(said);
    // "转了一圈" counts nothing.
    const least = method === 'tour' ? 2 : 1;
    if (count !== undefined && count >= least && count <= MOST && Number.isInteger(count))
      counts[method] ??= count;
  }
  return counts;
}

export const methodCountsSlot: SlotKindOf = {
  read(reading, { text, facts }) {
    if (!['visit.log', 'lesson.log', 'finding.report'].includes(reading.intent)) return undefined;
    const words = aboutOneSchool(text, facts);
    const counts = words === null ? {} : countsIn(words);
    return Object.keys(counts).length > 0 ? { value: counts } : undefined;
  },
  view: (value) => value,
};

const ADVICE =
  /(?:现场|当场|口头|已)?(?:向|给|对|跟|和|与)?(?:学校|园里|校长|园长|校方|园方)?(?:提了?|提出了?)?建议(?:学校|园里|校方|园方|他们|其)?[:,:,]?(.{2,})$/u;

/** One clause after 建议, as far as it is no finding of its own. */
export const adviceSlot: SlotKindOf = {
  read(reading, { text, facts }) {
    if (!['visit.log', 'lesson.log', 'finding.report'].includes(reading.intent)) return undefined;
    const words = aboutOneSchool(text, facts);
    const found = (reading.slots.findings ?? []).map((one) => one.text);
    const said = (words ?? '')
      .split(/[。;\uff1b\n]|[,\uff0c](?!.{0,4}建议[:,:,])/u)
      .map((clause) => clause.trim())
      .filter((clause) => !found.some((one) => clause.includes(one)))
      .flatMap((clause) => ADVICE.exec(clause)?.[1]?.trim() ?? []);
    if (said.length === 0) return undefined;
    const advice = said.join(';').slice(0, 500);
    const masked = maskPersonal(advice, facts.book.index.people);
    return { value: masked, ...(masked === advice ? {} : { masked: true }) };
  },
  view: (value) => value,
};
