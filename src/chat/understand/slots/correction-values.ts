// The values that a correction may be of: schools, days, notices, people, counts, halves of the day, grades.
import type { Entities } from '../entities/entities.ts';
import { NUMBER, parseNumber } from '../text/numerals.ts';

/** A value that a correction names, and where. `field`: what of a record it would be. */
export interface Value {
  field: string;
  start: number;
  end: number;
  to: string;
  /** A day as the past has it, for days; `to` is chosen by what is corrected. */
  future?: string;
}

const SESSION: Array<[RegExp, string]> = [
  [/上午|早上|早晨/g, 'am'],
  [/下午|傍晚/g, 'pm'],
  [/全天|一整天|整天/g, 'day'],
  [/半天/g, 'half_day'],
];
const GRADE: Array<[RegExp, string]> = [
  [/当场(?:整改|改)?(?:的|了)?|现场(?:整改|改)?(?:的|了)?|立行立改|即知即改/g, 'fixed_on_site'],
  [/小问题|轻微|口头提醒/g, 'minor'],
  [/严重(?:问题)?/g, 'serious'],
  [/复杂(?:问题)?/g, 'complex'],
  [/一般(?:问题)?/g, 'general'],
];
const LIMIT = /限期|限改|期限|整改期|截止|到期|延期|时限|之?前(?:改完|整改)/;

/** Somebody who is no member of the office: "王副园长", "李老师". */
const TITLED =
  /(?<![一-龥])(?:(?![是为成给不由从加补添漏少])[一-龥]){1,3}?(?:副)?(?:校长|园长|主任|书记|老师|组长|科长|会计)|(?<=是|为|成|给|加上?|补上?|添上?|[漏少]了?|还有)[一-龥](?:副)?(?:校长|园长|主任|书记|老师|组长|科长|会计)/g;

/** All that are named, in the order of the text; `nameOf` turns a school's code into its official name. */
export function valuesOf(e: Entities, nameOf: (code: string) => string): Value[] {
  const { text } = e;
  const limit = LIMIT.test(text);
  const out: Value[] = [];
  const add = (v: Value) => {
    if (!out.some((o) => v.start < o.end && o.start < v.end)) out.push(v);
  };
  for (const s of e.schools) {
    if (s.code) add({ field: 'school', start: s.start, end: s.end, to: nameOf(s.code) });
  }
  for (const d of e.dates) {
    if (d.kind !== 'day') continue;
    const field = limit || d.limit ? 'due' : 'date';
    add({ field, start: d.start, end: d.end, to: d.resolve('past'), future: d.resolve('future') });
  }
  for (const n of e.notices) add({ field: 'rect_no', start: n.start, end: n.end, to: n.no });
  for (const p of e.people) add({ field: 'person', start: p.start, end: p.end, to: p.name });
  if (/责任人|负责人|联系人|签字人|填报人|同行|同去|随行|陪同|一[起道同]|校长|园长|主任/.test(text)) {
    for (const m of text.matchAll(TITLED))
      add({ field: 'person', start: m.index, end: m.index + m[0].length, to: m[0] });
  }
  const each = (pattern: RegExp, make: (m: RegExpMatchArray) => Omit<Value, 'start' | 'end'> | undefined) => {
    for (const m of text.matchAll(pattern)) {
      const made = make(m);
      if (made) add({ start: m.index ?? 0, end: (m.index ?? 0) + m[0].length, ...made });
    }
  };
  each(new RegExp(`(?<!第)(${NUMBER})[节堂](?:课)?`, 'g'), (m) => ({
    field: 'lessons',
    to: String(parseNumber(m[1] ?? '')),
  }));
  each(new RegExp(`(${NUMBER}|半)个?(半)?(?:小时|钟头|学时|课时)`, 'g'), (m) => ({
    field: 'hours',
    to: String((parseNumber(m[1] ?? '') ?? 0) + (m[2] ? 0.5 : 0)),
  }));
  each(
    new RegExp(
      `(${NUMBER}|半)个?(工作日|天|周|星期|礼拜|月)(?![一二三四五六日底初中])(?:内|之内|以内)?`,
      'g',
    ),
    (m) => {
      const unit = /月/.test(m[2] ?? '') ? 30 : /周|星|礼/.test(m[2] ?? '') ? 7 : 1;
      if (m[1] === '半' && m[2] === '天') return undefined;
      return { field: 'days', to: String(Math.round((parseNumber(m[1] ?? '') ?? 0) * unit)) };
    },
  );
  for (const [pattern, to] of SESSION) each(pattern, () => ({ field: 'session', to }));
  for (const [pattern, to] of GRADE) each(pattern, () => ({ field: 'severity', to }));
  each(
    new RegExp(
      `(?<![第\\d一二三四五六七八九十])${NUMBER}(?:个|处|名|台|块|条|人|张|把|盏|扇|间|份|辆|袋|瓶|桶|本|套|根|件|箱|床|桌|层|只|具|支|棵|组|包|盒|顶|面|道)(?!月|小时|学时)`,
      'g',
    ),
    (m) => ({
      field: 'findings',
      to: m[0],
    }),
  );
  return out.sort((a, b) => a.start - b.start);
}
