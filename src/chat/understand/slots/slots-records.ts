// Slots of what is done to a record that stands: which value is put right, which record is voided.

import { findDates } from '../dates/dates.ts';
import { beginsIn } from '../text/normalise.ts';
import type { Correction, Slots } from '../types.ts';
import { correctionOf } from './corrections.ts';
import { areKindergartens, type Facts, nameOf, schoolSlots } from './facts.ts';
import { notices as rect } from './slots-rect.ts';

/** "二中十号那条": of a record it is the day, and no number of a notice. */
export function dayOfRecord(f: Facts): string | undefined {
  if (/整改|通知|单子/.test(f.e.text)) return undefined;
  const said = f.e.notices.find(({ start, end }) => {
    const words = f.e.text.slice(start, end);
    return (
      /^(?!0)[^零〇]*号$/.test(words) && /^(?:的)?(?:那|这)[条次趟个]|^的?记录/.test(f.e.text.slice(end))
    );
  });
  const [day] = said ? findDates(`${Number(said.no)}号`, f.e.today) : [];
  return day?.resolve('past');
}

/** "张明报上来的那条记录": whose record it is. */
export const reporter = ({ e }: Facts): string | undefined =>
  e.people.find((p) =>
    /^(?:督学)?(?:报上来|报|记|录|写|登)(?:的|了)|^(?:\d{1,2}月|[今昨前]天|上?周)/.test(e.text.slice(p.end)),
  )?.name;

/** "石佛小学的记录作废,那天去的是中心园": the school of the record, not where he was instead. */
export function voided(f: Facts): Slots {
  const all = schoolSlots(f);
  if (!all.schools) return all;
  const named = f.e.clauses.filter((c) => /作废|删|撤|记录|那[条次]|登记/.test(c.text));
  const inside = f.e.schools.filter((s) => s.code && named.some((c) => beginsIn(c)(s)));
  const codes = [...new Set(inside.flatMap((s) => (s.code ? [s.code] : [])))];
  const { schools: _all, ...rest } = all;
  return codes.length === 1 ? { ...rest, school: nameOf(f.context, codes[0] ?? '') } : all;
}

/** Under which heading a finding is put: "算…", "应该归…", "记到…里去". */
const UNDER = '(?:应该|该|应|要|得)?(?:再)?(?:算|归|属于|是|放|记|划|挪|列)(?:到|在|进|入|成|为|作|给)?';
const HEADING = '([^,.;不别]{2,6}?)';
const ENDS = '(?:的|类|方面|问题|底下|项下|名下|里面?|那[一]?[类项边]|去|来|了)*';
const NOT_UNDER =
  '(?:而)?(?:不|别|不要)(?:应该|该|应|能|要)?(?:算|归|属于|是|放|记|列|搁)(?:到|在|进|入|成|为)?';
const WAS_UNDER = '(?:怎么|咋|我|给我|被)?(?:算|归|放|记|划|列|写)(?:到|在|进|入|成|为)(?:了)?';
const STOP = '(?=[,.;]|$)';
/** Which finding stands under which heading; of the two that are named, which is the right one. */
const KINDS: ReadonlyArray<{ right: 1 | 2; said: RegExp }> = [
  // "算食堂的不算安全", "记到安全里去,别放食堂项下"
  { right: 1, said: new RegExp(`${UNDER}${HEADING}${ENDS},?${NOT_UNDER}${HEADING}${ENDS}${STOP}`) },
  // "不该算安全,应该归规范办园"
  { right: 2, said: new RegExp(`${NOT_UNDER}${HEADING}${ENDS},${UNDER}${HEADING}${ENDS}${STOP}`) },
  // "该归安全,怎么归到宿舍卫生里去了"
  {
    right: 1,
    said: new RegExp(
      `该(?:算|归|属于|是|放|记|划|列)(?:到|在|进|入|成|为)?${HEADING}${ENDS},${WAS_UNDER}${HEADING}${ENDS}${STOP}`,
    ),
  },
  // "归到安全了,该算食堂饮水"
  {
    right: 2,
    said: new RegExp(`${WAS_UNDER}${HEADING}${ENDS},(?:其实|实际)?${UNDER}${HEADING}${ENDS}${STOP}`),
  },
];

/** "那个问题算食堂的不算安全": a finding put under another item. */
function itemOf(f: Facts): Correction | undefined {
  const kindergarten = areKindergartens(f);
  const code = (words = '') => f.findings.itemOf(words, kindergarten) ?? f.parts.spokenItems(words)[0];
  for (const { right, said } of KINDS) {
    const named = said.exec(f.e.text) ?? [];
    const [to, from] = [code(named[right]), code(named[3 - right])];
    if (to && from && to !== from) return { field: 'item', from, to };
  }
  return undefined;
}

/** What was wrong and what is right, and of which record. */
export function corrected(f: Facts): Slots {
  const correct = itemOf(f) ?? correctionOf(f.e, (code) => nameOf(f.context, code));
  const aside = f.e.dates.filter(
    (d) =>
      d.kind === 'day' &&
      !(correct && (d.resolve('past') === correct.to || d.resolve('future') === correct.to)),
  );
  const record = dayOfRecord(f);
  const date = record ?? aside[0]?.resolve('past');
  const schools = correct?.field === 'school' ? {} : schoolSlots(f);
  if (correct?.field === 'school') schoolSlots(f);
  // "李督学那条": whose record it is
  const person = /^(?:person|companions)$/.test(correct?.field ?? '') ? undefined : f.e.people[0]?.name;
  return { ...schools, ...(record ? {} : rect(f)), date, person, ...(correct ? { correct } : {}) };
}
