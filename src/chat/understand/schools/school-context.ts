// Settles what one mention of a school owes to the others: "石佛,小学和中心园都看了", "两所都去了", names that do not exist.

import type { Sender } from '../types.ts';
import type { RosterIndex } from './roster.ts';
import { counted, countedLater, KINDS, ownOnes, ownStage, stageCounted } from './school-groups.ts';
import { echoAt, type SchoolMention } from './schools.ts';
import { byStage, isOfLessons, notTold } from './stage-clues.ts';
import { unknownNames } from './unknown-names.ts';

const STAGE =
  '(?:中心小学|中心校|中心幼儿园|中心园|小学|中学|初中|高中|幼儿园|幼儿圆|园(?=[里那也和都的门了去我没看,.]|$)|实验学校|一中|二中|一小|二小)';
const ECHO = new RegExp(
  `(?<=^|[,.;、\\s和跟与及还有先后,是成]|反映|(?:先|再|就|光|只)[看去跑查到]|[先再]说|只[调去催发留给算看要]|安排|去了|记(?:在|到|给)?|[,.;就]算(?:在|到)?|(?<!整)(?:改|换)[成到去]|那边|了|那个|那所|那家|的|问题|毛病|[坏亮脏乱缺空错好堵烂破裂]|[中小]学)${STAGE}|(?<=[\\u4e00-\\u9fff])(?:中心幼儿园|中心园|中心小学|中心校)`,
  'g',
);

const BARE_STAGE = /(?:小学|中学|幼儿园)(?!时|心)/g;

/** Mentions with ellipses resolved, back-references joined and unknown names added. */
export function resolveTogether(
  text: string,
  found: readonly SchoolMention[],
  roster: RosterIndex,
  sender: Sender,
): SchoolMention[] {
  const strange = unknownNames(text, found, roster, sender);
  // "柳桥二小": the number alone is no school of its own there
  const swallowed = (f: SchoolMention) =>
    strange.some((s) => s.start < f.start && f.end === s.end && s.text.length <= 4);
  const kept = found.filter((f) =>
    f.weak ? !swallowed(f) : !strange.some((s) => f.start < s.end && s.start < f.end),
  );
  let mentions = [...kept, ...strange].sort((a, b) => a.start - b.start);
  mentions = counted(text, mentions, roster);
  mentions = withEchoes(text, mentions, roster);
  mentions = countedLater(text, withHeads(text, mentions));
  mentions = withPlaces(text, mentions);
  mentions = stageCounted(text, ownOnes(text, mentions, roster, sender), roster);
  mentions = ownStage(text, mentions, roster, sender);
  mentions = byStage(text, mentions, roster);
  return mentions.map((m) => {
    if (m.code || m.unknown) return m;
    // "在苗苗…,东关的整改呢": who calls a school by its own name does not mean it by its place's
    const byOther = (o: SchoolMention) =>
      !o.echo && !o.text.includes(m.text) && roster.schools.get(o.code ?? '')?.name.startsWith(m.text);
    const named = mentions.filter((o) => o.code && !byOther(o)).map((o) => o.code);
    const same = m.among.filter((c) => named.includes(c));
    return same.length === 1 ? { ...m, code: same[0], among: [], weak: false, echo: true } : m;
  });
}

/** A bare stage after a place or a school of that place: 石佛 … 小学 … 中心园; 柳桥小学和中学. */
function withEchoes(text: string, mentions: readonly SchoolMention[], roster: RosterIndex): SchoolMention[] {
  const out: SchoolMention[] = [...mentions];
  for (const m of [...text.matchAll(ECHO), ...text.matchAll(BARE_STAGE)]) {
    const [start, end] = [m.index, m.index + m[0].length];
    if (out.some((o) => !o.weak && start < o.end && o.start < end)) continue;
    if (/^(?:[生部长师习化]|老(?!旧)|教(?!案|学楼)|校(?!门))/.test(text.slice(end)) || notTold(text, start))
      continue;
    if (isOfLessons(text.slice(0, start), text.slice(end))) continue;
    const before = out.filter((o) => o.end <= start && !o.weak && !o.unknown);
    // inside a breath a bare stage means a school only where two of one place were named
    const places = before.flatMap((o) => (o.code ? [placeOf(o.code, roster)] : []));
    const loose = !new RegExp(ECHO.source).test(text.slice(Math.max(0, start - 2), end));
    if (loose && !places.some((p, i) => p && places.indexOf(p) !== i)) continue;
    const stage = m[0].replace('圆', '园');
    const code = stageOf(stage, before, roster) ?? onlyOfKind(stage, before, roster);
    if (!code) continue;
    const weak = out.findIndex((o) => start < o.end && o.start < end);
    if (weak >= 0) out.splice(weak, 1);
    out.push(echoAt(text, start, end, code));
  }
  out.push(...theOther(text, out), ...formerAndLatter(text, out));
  out.sort((a, b) => a.start - b.start);
  const named = new Set(out.flatMap((o) => (o.echo && o.code ? [o.code] : [])));
  // the place that started it has been spelt out by its echoes
  return byStage(text, out, roster).filter(
    (o) => o.code || o.unknown || o.weak || !o.among.some((c) => named.has(c)),
  );
}

/** "东关那俩,小学好着呢,另一个玩具没消毒": of two at a place, the one not named. */
function theOther(text: string, mentions: readonly SchoolMention[]): SchoolMention[] {
  const m =
    /(?<=[,.;\s])另(?:外)?一(?:个|所|家)(?:学校)?(?![\u4e00-\u9fff]?(?:班|问题|事|人|老师|教室|是))/.exec(
      text,
    );
  // the place itself, or the two that "那两所" spelt out
  const pair = mentions.find(
    (o, i) =>
      (!o.code && !o.unknown && !o.weak && o.among.length === 2) || o.start === mentions[i + 1]?.start,
  );
  if (!m || !pair || pair.end > m.index) return [];
  const named = mentions.filter((o) => o.echo && o.start > pair.start && o.end <= m.index);
  const codes = new Set(named.map((o) => o.code));
  const both = pair.code
    ? mentions.flatMap((o) => (o.start === pair.start && o.code ? [o.code] : []))
    : pair.among;
  const rest = both.filter((c) => !codes.has(c));
  const [code] = rest;
  return both.length === 2 && codes.size === 1 && rest.length === 1 && code
    ? [echoAt(text, m.index, m.index + m[0].length, code)]
    : [];
}

/** "二中与东关小学各申请一份:前者同意,后者不同意": of two schools in a row, the first and the second. */
function formerAndLatter(text: string, mentions: readonly SchoolMention[]): SchoolMention[] {
  const [former, latter] = [FORMER, LATTER].map((pattern) => pattern.exec(text));
  if (!former || !latter) return [];
  const before = mentions.filter((o) => o.code && o.end <= former.index);
  const codes = [...new Set(before.flatMap((o) => o.code ?? []))];
  const [first, second] = codes;
  if (codes.length !== 2 || !first || !second) return [];
  return [
    echoAt(text, former.index, former.index + former[0].length, first),
    echoAt(text, latter.index, latter.index + latter[0].length, second),
  ];
}
const FORMER = /前者|(?<=^|[,.;:\s])(?:头|前)一[个所家]/;
const LATTER = /后者|(?<=^|[,.;:\s])后一[个所家]/;

/** "十佛小学…十佛门口堵": the head of a name that was settled by its sound means the same school again. */
function withHeads(text: string, mentions: readonly SchoolMention[]): SchoolMention[] {
  const out = [...mentions];
  for (const m of mentions) {
    if (!m.fuzzy || !m.code || m.end - m.start < 4) continue;
    const head = text.slice(m.start, m.start + 2);
    const others = mentions.filter((o) => o !== m && o.code !== m.code && o.text.startsWith(head));
    if (others.length > 0) continue;
    for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
      if (out.some((o) => at < o.end && o.start < at + 2)) continue;
      out.push({ ...m, start: at, end: at + 2, text: head, echo: true });
    }
  }
  return out.sort((a, b) => a.start - b.start);
}

/** "中心小学路灯不亮,我说的是柳桥的,别记到石佛去": the place is told after the stage, and another is kept out. */
function withPlaces(text: string, mentions: readonly SchoolMention[]): SchoolMention[] {
  const place = mentions.find(
    (o) =>
      !o.weak &&
      o.among.length > 1 &&
      /(?:是|说|指|讲|[,.;])$/.test(text.slice(0, o.start)) &&
      /^(?:镇|乡)?的(?:$|[,.;])/.test(text.slice(o.end)),
  );
  const settled = (m: SchoolMention) =>
    m.weak && place && m.start < place.start ? m.among.filter((c) => place.among.includes(c)) : [];
  if (!place || !mentions.some((m) => settled(m).length === 1)) return [...mentions];
  const kept = (m: SchoolMention) => m !== place && !KEPT_OUT.test(text.slice(0, m.start));
  return mentions.filter(kept).map((m) => {
    const [code, ...more] = settled(m);
    return code && more.length === 0 ? { ...m, code, among: [], weak: false } : m;
  });
}
const KEPT_OUT = /(?:别|不要|甭|不是)[^,.;]{0,5}$/;

/** "一实小和一中连着走的,小学作业多": of two schools of different places the one of that stage. */
function onlyOfKind(
  stage: string,
  before: readonly SchoolMention[],
  roster: RosterIndex,
): string | undefined {
  const kinds = KINDS[stage];
  const codes = [...new Set(before.flatMap((o) => (o.code && !o.echo ? [o.code] : [])))];
  const fits = codes.filter((c) => kinds?.includes(roster.schools.get(c)?.kind ?? ''));
  return codes.length > 1 && fits.length === 1 ? fits[0] : undefined;
}

function stageOf(stage: string, before: readonly SchoolMention[], roster: RosterIndex): string | undefined {
  for (const mention of [...before].reverse()) {
    const codes = mention.code ? [mention.code] : mention.among;
    const kind = /幼|园/.test(stage) ? 'kindergarten' : /小/.test(stage) ? 'primary' : undefined;
    // a place with several primary schools has no "the primary school"
    if (
      !mention.code &&
      kind &&
      !stage.startsWith('中心') &&
      codes.filter((c) => roster.schools.get(c)?.kind === kind).length > 1
    )
      return undefined;
    const places = new Set(codes.map((c) => placeOf(c, roster)).filter(Boolean));
    for (const place of places) {
      const forms = roster.forms.get(place + stage) ?? [];
      const hits = [...new Set(forms.map((f) => f.code))];
      const inside = mention.code ? hits : hits.filter((c) => mention.among.includes(c));
      if (inside.length === 1) return inside[0];
    }
  }
  return undefined;
}

function placeOf(code: string, roster: RosterIndex): string {
  const school = roster.schools.get(code);
  if (!school) return '';
  const bare = roster.forms;
  for (let length = Math.min(4, school.name.length - 1); length >= 2; length--) {
    const head = school.name.slice(0, length);
    if (bare.get(head)?.some((f) => f.code === code && f.kind === 'bare') && !/[镇乡]$/.test(head))
      return head;
  }
  return '';
}
