// Which school of a place is meant, by what only one stage has: 六年级 a primary school, 初二 a junior one, 中班 a kindergarten.
import type { RosterIndex } from './roster.ts';
import type { SchoolMention } from './schools.ts';

const CLUES: ReadonlyArray<[RegExp, readonly string[]]> = [
  [
    /(?<![集其])[小中大]班(?![额化级主任车长会干委费])|托班|园长|午睡室|保育员|幼师|入园|离园|(?:本|全|该|你们?|他们?)园(?![区林艺])|(?<!校)园里/,
    ['kindergarten'],
  ],
  [/[一二三四五六]年级|小学部/, ['primary', 'nine-year']],
  [/初[一二三](?![级等步次稿])|[七八九]年级|初中部?(?!级)/, ['junior', 'nine-year']],
  [/高[一二三](?=[的那班学生年上下部课晚教]|$)|高中部?|高考/, ['senior']],
];
/** Never a kindergarten's, where no kindergarten's word stands beside it. */
const OF_SCHOOLS = /校长(?!园长)|课后服务|晚自习|期末考|月考/;
/** "没说是小学还是中学": named only to say that it was not said. */
const NOT_TOLD =
  /(?:没(?:说|讲|问|听)|不(?:知道?|清楚|晓得|确定))[^,.;]{0,5}(?:是)?(?:[小中]学|初中|高中|幼儿园|园)[^,.;]{0,4}还是[^,.;]{0,6}/;

/** Whether a stage at this place is only part of saying that it was not told which. */
export function notTold(text: string, at: number): boolean {
  const m = NOT_TOLD.exec(text);
  return m !== null && at >= m.index && at < m.index + m[0].length;
}

/** "教案里抄的是小学拼音", "大班在用小学课本": the stage only says whose matter is taught. */
const TEACHES = /(?:教|学|抄|用|讲|写|做|上|练|背|念|认|发|订|买)(?:的|了|着|起)*(?:都|全)?是?$/;
const TAUGHT =
  /^的?(?:[一二三]年级的?)?(?:拼音|内容|课本|教材|教辅|算术|知识|课程(?!表)|识字|汉字|生字|数学|语文|英语|题|作业本|练习册)/;

/** Whether a stage between these words is only that of what is taught there. */
export const isOfLessons = (before: string, after: string): boolean =>
  TEACHES.test(before) && TAUGHT.test(after);

/** Open mentions settled, or narrowed, by the clues that stand near them; two clues that disagree settle nothing. */
export function byStage(
  text: string,
  mentions: readonly SchoolMention[],
  roster: RosterIndex,
): SchoolMention[] {
  return mentions.map((m, i) => {
    if (m.code || m.unknown || m.among.length < 2) return m;
    const before = mentions[i - 1];
    const after = mentions[i + 1];
    const near = text.slice(before?.end ?? 0, after?.start ?? text.length);
    const own = text.slice(m.start, after?.start ?? text.length);
    const kinds = kindsIn(own) ?? (before ? undefined : kindsIn(near));
    const fits = (code: string) => {
      const kind = roster.schools.get(code)?.kind ?? '';
      return kinds ? kinds.includes(kind) : !(OF_SCHOOLS.test(own) && kind === 'kindergarten');
    };
    const among = m.among.filter(fits);
    if (among.length === 0 || among.length === m.among.length) return m;
    return among.length === 1 ? { ...m, code: among[0], among: [], weak: false } : { ...m, among };
  });
}

/** The kinds that the one clue allows; undefined when there is none, or when several speak of several stages. */
function kindsIn(text: string): readonly string[] | undefined {
  const told = text.replace(NOT_TOLD, '');
  const found = CLUES.filter(([clue]) => clue.test(told));
  return found.length === 1 ? found[0]?.[1] : undefined;
}
