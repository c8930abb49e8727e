// The lesser slots: reasons, corrections, recipients, metrics, subjects, formats, companions. Small rules over what was found.
import type { Entities } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import { wordFinder } from './lexicon.ts';
import { withoutFillers } from './normalise.ts';
import { NUMBER, parseNumber } from './numerals.ts';
import type { Correction, Method } from './types.ts';

export interface PartReader {
  methods(text: string): Method[];
  topic(text: string): string | undefined;
  metrics(text: string): string[];
  audience(text: string): string | undefined;
  format(text: string): string | undefined;
}

/** Compiles the office's words for the slots that are codes. */
export function partReader(lexicon: Lexicon): PartReader {
  const methods = wordFinder<Method>(lexicon.methods);
  const topics = wordFinder(lexicon.topics);
  const metrics = wordFinder(lexicon.metrics);
  const audiences = wordFinder(lexicon.audiences);
  const formats = wordFinder(lexicon.formats);
  return {
    methods: (text) => {
      const found = methods.keys(text.replace(/没听课|没有听课/g, ''));
      if (/(?<![打翻])转了(?!给)/.test(text) && !found.includes('tour')) found.push('tour');
      return /听(?:了)?[^,]{0,10}[节堂](?:课)?/.test(text) && !found.includes('lesson')
        ? [...found, 'lesson']
        : found;
    },
    topic: (text) => {
      const hits = topics.all(text).sort((a, b) => b.word.length - a.word.length);
      return hits[0]?.key;
    },
    metrics: (text) => metrics.keys(text),
    audience: (text) => audiences.keys(text)[0],
    format: (text) => formats.keys(text)[0],
  };
}

/** The clauses that give a reason, without the wish or the verdict itself. */
export function reasonOf(e: Entities, wish: RegExp): string | undefined {
  const given = e.clauses
    .filter((c) => !(wish.test(c.text) && c.text.length <= 16 && !/因为|由于|没有|得等|才能/.test(c.text)))
    .map((c) => withoutFillers(c.text).replace(/^(?:因为|由于|原因是|理由是|理由|原因)[::]?/, ''))
    .filter(
      (t) =>
        t.length >= 2 &&
        !/^(?:您好|你好|领导好?|.{0,3}督学好?|谢谢|麻烦(?:了)?|收到|好的|申请延期|麻烦换个人|望批准|请批准)$/.test(
          t,
        ),
    );
  return given.length > 0 ? given.join(',') : undefined;
}

/** What of a review is still wrong, or else what is said of it. */
export function reviewReason(e: Entities): string | undefined {
  const wrong = e.clauses.filter(
    (c) =>
      /没|未|不(?!算过|通过|合格)|还|缺|差|旧的?|看不清|假|坏|剩|模糊|反弹|少/.test(c.text) &&
      c.text.length > 3,
  );
  const useful = wrong
    .map((c) => withoutFillers(c.text))
    .filter(
      (t) => !/^(?:不算过|不通过|没通过|不合格|不行|打回去?|退回(?:去)?|继续整改|重新整改|还没到位)$/.test(t),
    );
  return useful.length > 0 ? useful.join(',') : undefined;
}

const SESSION: Array<[RegExp, string]> = [
  [/上午|早上/, 'am'],
  [/下午/, 'pm'],
  [/全天|一整天|整天/, 'day'],
  [/半天/, 'half_day'],
];
const DISPOSITION: Array<[RegExp, string]> = [
  [/当场|现场|立行立改|即知即改/, 'fixed_on_site'],
  [/小问题|轻微/, 'minor'],
  [/严重/, 'serious'],
  [/复杂/, 'complex'],
  [/一般/, 'general'],
];

/** "不是一中是二中", "日期改成前天", "听课数应该是三节": what was wrong and what is right. */
export function correctionOf(e: Entities, nameOf: (code: string) => string): Correction | undefined {
  const text = e.text;
  const sure = e.schools.filter((s) => s.code !== undefined);
  const right = /(?:(?<!不)是|应该是|应为|应是|改成|改为|换成|改到|改|该是|为)\s*$/;
  const after = (start: number) => right.test(text.slice(0, start).replace(/[:,"\s]+$/, ''));
  const wrongAt = (start: number) =>
    /(?:不是|不应该是|并非|而不是|写成了?|错写成|误写成|当成了?|选成了?|登成了?|记成了?)\s*$/.test(
      text.slice(0, start),
    );
  if (sure.length >= 1) {
    const to =
      sure.filter((s) => after(s.start) && !wrongAt(s.start)).at(-1) ??
      (/学校|写错|选错|登错/.test(text) && sure.length > 1 ? sure.at(-1) : undefined);
    const from = sure.find((s) => s !== to && s.code !== to?.code);
    if (to?.code) {
      return { field: 'school', ...(from?.code ? { from: nameOf(from.code) } : {}), to: nameOf(to.code) };
    }
    const off = sure.find((s) => wrongAt(s.start));
    const other = sure.find((s) => s !== off);
    if (off?.code && other?.code) return { field: 'school', from: nameOf(off.code), to: nameOf(other.code) };
  }
  const day = [...e.dates].reverse().find((d) => d.kind === 'day' && after(d.start) && !wrongAt(d.start));
  const limit = /限期|期限|整改期|截止|到期|延期/.test(text);
  if (day) {
    const from = e.dates.find((d) => d !== day && wrongAt(d.start));
    return {
      field: limit ? 'due' : 'date',
      ...(from ? { from: from.resolve('past') } : {}),
      to: day.resolve(limit ? 'future' : 'past'),
    };
  }
  const session =
    /(?:不是|改成|应该是|改为|是|应为)(上午|下午|全天|半天|早上)(?:,?(?:不是|才对)|$|吧|[,.]|的)?/g;
  for (const m of text.matchAll(session)) {
    if (m[0].startsWith('不是')) continue;
    const to = SESSION.find(([p]) => p.test(m[1] ?? ''))?.[1];
    const from = SESSION.find(([p]) => new RegExp(`不是(?:${p.source})`).test(text))?.[1];
    if (to) return { field: 'session', ...(from ? { from } : {}), to };
  }
  const lessons = new RegExp(`(?:是|改成|改为|为|听了?)(${NUMBER})节`).exec(text);
  if (lessons) return { field: 'lessons', to: String(parseNumber(lessons[1] ?? '')) };
  const duration = e.durations.at(-1) ?? undefined;
  const days = new RegExp(`(?:改成|改为|应该是|是|为|到)(${NUMBER})个?(天|周|星期|礼拜)`).exec(text);
  if (days) {
    const unit = days[2] === '天' ? 1 : 7;
    return { field: 'days', to: String((parseNumber(days[1] ?? '') ?? 0) * unit) };
  }
  if (duration && limit) return { field: 'days', to: String(duration.days) };
  const disposition = /(?:改成|改为|应该是|算|定为|是)([^,.]{0,8})$/.exec(text)?.[1];
  const nth = new RegExp(`第(${NUMBER})(?:个|条|项)(?:问题)?(.*)$`).exec(text);
  const nthGrade = DISPOSITION.find(([p]) => nth !== null && p.test(nth[2] ?? ''))?.[1];
  if (nth && nthGrade) return { field: 'severity', index: parseNumber(nth[1] ?? ''), to: nthGrade };
  const grade = DISPOSITION.find(([p]) => disposition !== undefined && p.test(disposition))?.[1];
  if (grade) return { field: 'severity', to: grade };
  const person = e.people.find((p) => after(p.start));
  if (person) return { field: /同行|随行|一起/.test(text) ? 'companions' : 'person', to: person.name };
  const free =
    /(?:应该是|应为|改成|改为|更正为|换成)\s*([^,.;]+)/.exec(text)?.[1] ??
    /是([^,.;]{1,14}?),?不是/.exec(text)?.[1];
  const from = /不是([^,.;]+?)(?:,|是|$)/.exec(text)?.[1];
  return free ? { field: 'content', ...(from ? { from } : {}), to: free } : undefined;
}

/** Who came along: "跟老李一起", "和张明去的". */
export function companionsOf(e: Entities): string[] {
  return e.people
    .filter(
      (p) =>
        /(?:跟|和|与|同|带着?|陪|陪同|、|,)\s*$/.test(e.text.slice(0, p.start)) ||
        /^(?:督学)?(?:一起|一块|一同|陪同|也去|同行|同去|俩)/.test(e.text.slice(p.end)),
    )
    .filter(
      (p) =>
        /(?:一起|一块|一同|陪同|同行|同去|俩|去|到|跑|督导|检查|走访)/.test(
          e.text.slice(p.end, p.end + 10),
        ) || /(?:同行|陪同|随行)/.test(e.text.slice(Math.max(0, p.start - 4), p.start)),
    )
    .map((p) => p.name);
}
