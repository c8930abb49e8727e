// Settles what one mention of a school owes to the others: "石佛,小学和中心园都看了", "两所都去了", names that do not exist.
import type { RosterIndex } from './roster.ts';
import { counted, countedLater, KINDS, ownOnes, ownStage, stageCounted } from './school-groups.ts';
import { echoAt, ownFirst, type SchoolMention } from './schools.ts';
import { soundKey } from './sounds.ts';
import { byStage, notTold } from './stage-clues.ts';
import type { Sender } from './types.ts';

const STAGE =
  '(?:中心小学|中心校|中心幼儿园|中心园|小学|中学|初中|高中|幼儿园|幼儿圆|园(?=[里那也和都的门了去我没看,.]|$)|实验学校|一中|二中|一小|二小)';
const ECHO = new RegExp(
  `(?<=^|[,.;、\\s和跟与及还有先后,是成]|反映|(?:先|再|就|光|只)[看去跑查到]|只[调去催发留给算看要]|安排|去了|记(?:在|到|给)?|[,.;就]算(?:在|到)?|(?<!整)(?:改|换)[成到去]|那边|了|那个|那所|那家|的|问题|毛病|[坏亮脏乱缺空错好堵烂破裂]|[中小]学)${STAGE}|(?<=[\\u4e00-\\u9fff])(?:中心幼儿园|中心园|中心小学|中心校)`,
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
  const kept = found.filter((f) => f.weak || !strange.some((s) => f.start < s.end && s.start < f.end));
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
  out.push(...theOther(text, out));
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

const KIND = '(?:实验小学|中心小学|中心校|中心幼儿园|小学|中学|初中|高中|幼儿园|实验学校|职专|实小|实幼)';
const NAME = new RegExp(`([\\u4e00-\\u9fff]{1,5}?)(${KIND})(?![生部习化])`, 'g');
const NUMBERED =
  /(?:第[一二三四五六七八九十]{1,2}|[一二三四五六七八九十]{1,2})(?:实小|实验小学|实验幼儿园|实幼|中学(?![生习部])|小学(?![生习部])|幼儿园|中(?![学心]|[午间旬央等秋餐期毒断途考层型介]))/g;
const NOT_A_NAME =
  /^.*(?:各|全区?|所有|每个?|几个?|哪些?|我们?|咱们?|民办|公办|乡镇|农村|城区|这些?|这所|那些?|那所|本|该|所|个|其他|别的|名|位|的|和|跟|与|及|对|给|让|是|把|查|有|没|列|附近|两|俩|双语|优质|普惠|私立|全体|通知|请|或|还有|义务|区属|直属|县|区|初|高|长|年|月|期|周|天|号|日|最|类|占|示范|薄弱|重点|完全|另|某|一般|多数|大部分|部分|剩下|其余|普通|优秀|新建|九年|先|后|排|小学|中学|初中|幼儿园|发|收|报|校|去|到|跑|在|教|查|看|还|都|也|再|就|又|能|会|想|要|不|管|只|仅|单|调|改|换|转|新开|新建)$/;

/** What no school is called: "没啥问题中学…", "转了转校园小学…". */
const SPEECH = /没|啥|问题|毛病|校园|正常|[了过着]|不错|挺好|一圈|检查|看看/;

/** Words built like a school's name that match none: said so, with those that sound nearest. */
function unknownNames(
  text: string,
  found: readonly SchoolMention[],
  roster: RosterIndex,
  sender: Sender,
): SchoolMention[] {
  const out: SchoolMention[] = [];
  const add = (start: number, name: string) => {
    const end = start + name.length;
    // "石佛中学": the place is known, a school of that name there is not; "阳光小学": the own part is a kindergarten's
    const open = (f: SchoolMention) =>
      (f.weak && !(f.start <= start && f.end >= end)) ||
      (f.start <= start && f.end < end && f.end > start && (!f.code || otherStage(f, f.code, name, roster)));
    if ([...found, ...out].some((f) => start < f.end && f.start < end && !open(f))) return;
    out.push({
      start,
      end,
      text: name,
      among: nearest(name, roster, sender),
      unknown: true,
      fuzzy: false,
      weak: false,
    });
  };
  NAME.lastIndex = 0;
  for (let m = NAME.exec(text); m; m = NAME.exec(text)) {
    const head = (m[1] ?? '').replace(
      /^.*(?:了趟|去了?趟?|到了?|跑了?趟?|看了?|督导了?|查了?|给|从|在|来|把|向|让|催一?下?|那个|了|是|的|说|称|反映|明显|和|跟|与|上午|下午|今天|昨天|前天|早上|今早|周[一二三四五]|[号日]|关于|提醒|通知|叫|把|不是|(?<=^|[,.;])记(?:在|到|给)?|[记写填登弄搞当拿发报传]错?成了?|(?<!整)(?:改|换)(?:成|为|去|到|跑)?|(?<=^|[,.;]|就)(?:算|挂|归))/,
      '',
    );
    const glued = (m[1] ?? '').length <= 3 && head.length === 1 ? (m[1] ?? '') : head; // 和平小学: 和 is no link here
    if (head.length === 0 || NOT_A_NAME.test(head) || SPEECH.test(head)) continue;
    if (/中$/.test(head) && m[2] === '小学') continue;
    if (/^[一二两三四五六七八九十几]$/.test(head) && /^中心/.test(m[2] ?? '')) continue;
    add(m.index + (m[1] ?? '').length - glued.length, glued + (m[2] ?? ''));
  }
  NUMBERED.lastIndex = 0;
  for (let m = NUMBERED.exec(text); m; m = NUMBERED.exec(text)) {
    if (/[其当集空初高周期]$/.test(text.slice(0, m.index)) || /[所个家]$/.test(text.slice(0, m.index)))
      continue;
    add(m.index, m[0]);
  }
  return out;
}

const STAGE_OF: Record<string, RegExp> = {
  kindergarten: /幼儿园|实幼/,
  primary: /小学|实小|中心校/,
  junior: /中学|初中/,
  senior: /中学|高中/,
  // "清河幼儿园", "清河高中" beside a school of nine years are none of its parts
  'nine-year': /小学|中学|初中|学校/,
};

/** Only the own part of a school's name was said, and the stage after it is not that school's. */
function otherStage(f: SchoolMention, code: string, name: string, roster: RosterIndex): boolean {
  const stage = STAGE_OF[roster.schools.get(code)?.kind ?? ''];
  return stage !== undefined && !/[小中高幼园校学]/.test(f.text) && !stage.test(name);
}

/** Up to three schools that share most of the sounds of a name. */
function nearest(name: string, roster: RosterIndex, sender: Sender): string[] {
  const wanted = [...name].map((c) => soundKey(c));
  const scored: Array<{ code: string; score: number }> = [];
  const pool = roster.schools.size > 2000 ? sender.schools : [...roster.schools.keys()];
  for (const code of pool) {
    const official = roster.schools.get(code)?.name ?? '';
    const theirs = new Set([...official].map((c) => soundKey(c)));
    const common = wanted.filter((w) => theirs.has(w)).length;
    if (common >= 2) scored.push({ code, score: common / (wanted.length + theirs.size) });
  }
  scored.sort((a, b) => b.score - a.score);
  return ownFirst(
    scored.slice(0, 3).map((s) => s.code),
    roster,
    sender,
  );
}
