// Schools meant by their number: "石佛两所", "柳桥石佛大河三个中心小学", "跟石佛、清河几所学校", "四所每所一次".
import { parseNumber } from '../text/numerals.ts';
import type { Sender } from '../types.ts';
import type { RosterIndex } from './roster.ts';
import { echoAt, type SchoolMention } from './schools.ts';

const COUNT =
  /^(?:镇|乡)?(?:的|[那这][边头儿]?)?(?:中小学|小学中学|中学小学|[中小]学[和跟、][中小]学)?([两二三四五六2-6几各](?=[所个家校])|俩)(?:[所个家校]|(?<=俩))(中心小学|中心校|中心幼儿园|小学|中学|幼儿园|学校|校)?(?![没缺]|有(?!没有))/;
/** "把两个大河都排上" */
const COUNT_BEFORE = /([两俩二三四])(?:个|所|家)$/;
const BETWEEN = /^[、,，和跟与及\s]+/;

/** Places followed by how many of their schools are meant: each stands for those schools. */
export function counted(
  text: string,
  mentions: readonly SchoolMention[],
  roster: RosterIndex,
): SchoolMention[] {
  const out: SchoolMention[] = [];
  for (let i = 0; i < mentions.length; i++) {
    const run = runFrom(text, mentions, i);
    const last = run.at(-1);
    const m =
      last &&
      (COUNT.exec(text.slice(last.end)) ??
        (run.length === 1 && /^(?:都|全|一起|各)/.test(text.slice(last.end))
          ? COUNT_BEFORE.exec(text.slice(0, last.start))
          : null));
    const parts = m ? run.map((place) => schoolsOf(place, m[2], roster)) : [];
    const all = parts.flat();
    const said = /[几各]/.test(m?.[1] ?? '') ? all.length : (parseNumber(m?.[1] ?? '') ?? 0);
    if (!m || all.length < 2 || said !== all.length || run.every((r) => r.code)) {
      out.push(...mentions.slice(i, i + 1));
      continue;
    }
    const end = (last?.end ?? 0) + (m.input.endsWith(m[0]) ? 0 : m[0].length);
    out.push(...all.map((one) => (one.start === last?.start ? { ...one, end } : one)));
    i += run.length - 1;
  }
  return out;
}

const BOTH_OF = /(?<=[,.;\s])(?:那|这)?([两俩二三四])(?:所|家|个学校)(?:学校)?(?=都|全|一起|各)/;

/** "石佛昨天去的,两所都转了": the number comes after the place, in a clause of its own. */
export function countedLater(text: string, mentions: readonly SchoolMention[]): SchoolMention[] {
  const m = BOTH_OF.exec(text);
  const [place] = mentions;
  if (!m || !place || mentions.length > 1 || place.code || place.unknown || place.weak || place.end > m.index)
    return [...mentions];
  if (parseNumber(m[1] ?? '') !== place.among.length) return [...mentions];
  return place.among.map((code) => echoAt(text, m.index, m.index + m[0].length, code));
}

/** The mentions that follow one another with nothing but a link between them. */
function runFrom(text: string, mentions: readonly SchoolMention[], from: number): SchoolMention[] {
  const run: SchoolMention[] = [];
  for (const m of mentions.slice(from)) {
    const before = run.at(-1);
    if (before && text.slice(before.end, m.start).replace(BETWEEN, '') !== '') break;
    if (m.unknown || m.weak) break;
    run.push(m);
  }
  return run;
}

function schoolsOf(place: SchoolMention, stage: string | undefined, roster: RosterIndex): SchoolMention[] {
  const named = stage && !/^(?:学校|校)$/.test(stage) ? roster.forms.get(place.text + stage) : undefined;
  const codes = named
    ? [...new Set(named.map((f) => f.code))].filter((c) => !place.code || c === place.code)
    : place.code
      ? [place.code]
      : place.among;
  return codes.map((code) => ({ ...place, code, among: [], weak: false }));
}

const OWN =
  /(?:我(?:把)?(?:的|管的|负责的|名下的|手上的|手里的)?(?:这|那)?|(?:手里|手上|名下|管)(?:的)?(?:这|那)?|^|[,.;\s])([两俩二三四五六七八九\d])[所家](?:学校|校)?(?=每|各|都|全|挨个|轮|一起|一块|[下这本今明分先]|$|[,.;])/;

/** "四所每所一次": as many as the inspector has are his own, where he names none. */
export function ownOnes(
  text: string,
  mentions: readonly SchoolMention[],
  roster: RosterIndex,
  sender: Sender,
): SchoolMention[] {
  const own = sender.schools.filter((code) => roster.schools.has(code));
  // "手里五所全转了,除了一中跑道开裂": what is said of one of them beside
  const m = mentions.every((one) => one.code && own.includes(one.code)) ? OWN.exec(text) : null;
  if (!m || own.length < 2 || parseNumber(m[1] ?? '') !== own.length || !sender.roles.includes('inspector'))
    return [...mentions];
  const start = m.index + m[0].indexOf(m[1] ?? '');
  const end = m.index + m[0].length;
  return [
    ...own.map((code) => echoAt(text, start, end, code)),
    ...mentions.filter((one) => one.start >= end),
  ];
}

const ALL_OF_STAGE =
  /(?<![\u4e00-\u9fff][、和])([两俩二三四五六七八九十\d]{1,2})(?:所|家|个)(幼儿园|园|小学|初中|高中)(?=都|全|各|一起|挨个)/;

/** "三所园都查": all of that stage, where there are as many. */
export function stageCounted(
  text: string,
  mentions: readonly SchoolMention[],
  roster: RosterIndex,
): SchoolMention[] {
  const m = mentions.length === 0 ? ALL_OF_STAGE.exec(text) : null;
  const kinds = KINDS[m?.[2] === '园' ? '幼儿园' : (m?.[2] ?? '')];
  const count = parseNumber(m?.[1] ?? '');
  if (!m || !kinds || !count || count > 20) return [...mentions];
  const all = [...roster.schools.values()].filter((s) => s.kind === kinds[0]);
  if (all.length !== count) return [...mentions];
  const place = { start: m.index, end: m.index + m[0].length, text: m[0], unknown: false, fuzzy: false };
  return all.map(({ code }) => ({ ...place, code, among: [], weak: false, echo: true }));
}

const STAGE_ALONE =
  /(?<=^|[,.;\s])(?:我(?:那|这|的)?(?:个|所)?)?(小学|中学|初中|高中|幼儿园)(?=下?(?:周|星期|礼拜)|[明后今昨前]天|\d|那边|这边|去|跑|安排|排)/;
/** Kinds of schools that a stage may mean. */
export const KINDS: Record<string, readonly string[]> = {
  小学: ['primary', 'nine-year'],
  中学: ['junior', 'senior', 'nine-year'],
  初中: ['junior', 'nine-year'],
  高中: ['senior'],
  幼儿园: ['kindergarten'],
};

/** "幼儿园下周三去一趟": one of the inspector's own of that stage; which, is asked when there are several. */
export function ownStage(
  text: string,
  mentions: readonly SchoolMention[],
  roster: RosterIndex,
  sender: Sender,
): SchoolMention[] {
  const m = mentions.length === 0 && sender.roles.includes('inspector') ? STAGE_ALONE.exec(text) : null;
  const kinds = KINDS[m?.[1] ?? ''];
  const own = kinds
    ? sender.schools.filter((code) => kinds.includes(roster.schools.get(code)?.kind ?? ''))
    : [];
  if (!m || own.length === 0) return [...mentions];
  const end = m.index + m[0].length;
  const start = end - (m[1] ?? '').length;
  const mention = { start, end, text: m[1] ?? '', unknown: false, fuzzy: false, weak: false };
  return [own.length === 1 ? { ...mention, code: own[0], among: [] } : { ...mention, among: own }];
}
