// Finds people of the office: full names, names a phone's dictation misspells, 王督学, 老李, 红梅; a name nobody bears is left for the slots that take any name.
import type { RosterIndex, RosterPerson } from '../schools/roster.ts';
import { soundsOf } from '../schools/roster.ts';
import { soundCost } from '../text/sounds.ts';

export interface PersonMention {
  start: number;
  end: number;
  text: string;
  /** The full name of the one person who fits. */
  name: string;
  known: boolean;
}

/** "张督学" where several bear the name: which of them, must be asked. */
export interface Someone {
  start: number;
  end: number;
  text: string;
  /** Full names. */
  among: string[];
}

const TITLED =
  /([\u4e00-\u9fff])(督学|老师|主任|组长|科长|局长|姐|哥|工)(?![\u4e00-\u9fff]{0,1}说课)|[老小]([\u4e00-\u9fff])(?![子女学]|[\u4e00-\u9fff]?[镇乡])/g;

/** Verbs and links after which a person stands: "跟红梅", "替建国", "提醒一下大勇". */
const AFTER_VERB =
  /(?:[跟和与同给由把让找叫问替归帮代约喊请催派带拉、,]|提醒|转告|通知)(?:一?下|着|上)?(?:督学|同志)?$/;
/** What may follow such a name. */
const THEN =
  /^(?:同志|督学|老师|管|负责|一起|一块|一道|一同|去|到|跑|来|这|那|本|上|下|的|补|记|录|登|填|写|报|说|看|代|接|俩|也|两个|三个|[、,.;\s]|$)/;
/** What only a person has or does, wherever the name stands. */
const OF_A_PERSON =
  /^(?:同志|督学|那边|这边|这个?(?:月|周|礼拜|星期|学期)|管[着的哪几了]|负责|名下|手(?:上|里|头|底)|的(?:学校|督导|记录|次数)|接手|带队)/;
/** What a sentence about a person goes on with, where the name begins it. */
const BEGUN =
  /^(?:上(?:上)?个?(?:月|周|礼拜|星期|学期)|本(?:月|周|学期)|今年|去年|[昨前今]天|最近|[一二三四五六七八九十\d]{1,2}月|还(?:差|剩|有|没|欠)|也?(?:去|到|跑)(?:了|过|哪|的)|都?去|讲|代|也(?:在|跟|去|和|一)|没来|不对)/;
const HEAD = /(?:^|[,.;!?\s]|的|[昨前今那]天|上午|下午|周[一二三四五六日天]|[号日]|里)$/;
/** Given names that are words as well: only the sure signs count. */
const WORDS =
  /^(?:文明|建设|和平|平安|国庆|学习|教育|安全|卫生|立新|创新|清明|光明|明亮|海洋|自强|宏伟|正义|志愿|长江|新华|红旗|向阳|朝阳|振兴|春天|东方|永远|建军|胜利)$/;
/** A pupil or somebody's parent: no member of the office, however the name sounds. */
const CHILD = /(?:学生|同学|孩子|男生|女生|小朋友|幼儿|家长)(?:叫|是)?$/;
const OF_CHILD = /^(?:同学|小朋友|家长|(?:的)?(?:妈妈|爸爸|奶奶|爷爷))/;

/** Looks names up by hash, by sound and by surname; never scans the roster. */
export function findPeople(text: string, roster: RosterIndex): PersonMention[] {
  const found: PersonMention[] = [];
  const free = (start: number, end: number) => !found.some((f) => start < f.end && f.start < end);
  const add = (start: number, end: number, person: RosterPerson | undefined) => {
    if (person && free(start, end))
      found.push({ start, end, text: text.slice(start, end), name: person.name, known: true });
  };
  for (let start = 0; start < text.length - 1; start++) {
    for (const length of [4, 3, 2]) {
      const name = text.slice(start, start + length);
      if (name.length < length || !roster.people.has(name)) continue;
      found.push({ start, end: start + length, text: name, name, known: true });
      start += length - 1;
      break;
    }
  }
  for (const { start, end, likely } of titled(text, roster))
    if (likely.length === 1) add(start, end, likely[0]);
  for (let start = 0; start < text.length - 1; start++) {
    const [three, two] = [text.slice(start, start + 3), text.slice(start, start + 2)];
    const misspelt = heard(three, text, start, roster) ?? heard(two, text, start, roster);
    if (misspelt) add(start, start + misspelt.name.length, misspelt);
    const given = roster.byGivenName.get(two) ?? givenHeard(two, roster);
    if (given?.length === 1 && standsThere(text, start, start + 2, WORDS.test(two)))
      add(start, start + 2 + (/^(?:同志|督学|老师)/.exec(text.slice(start + 2))?.[0].length ?? 0), given[0]);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Surnames with a title that several bear: "张督学", "老李". */
export function findSomeone(text: string, roster: RosterIndex): Someone[] {
  return titled(text, roster).flatMap(({ start, end, likely }) =>
    likely.length > 1 ? [{ start, end, text: text.slice(start, end), among: likely.map((p) => p.name) }] : [],
  );
}

function titled(text: string, roster: RosterIndex) {
  const out: Array<{ start: number; end: number; likely: RosterPerson[] }> = [];
  TITLED.lastIndex = 0;
  for (let m = TITLED.exec(text); m; m = TITLED.exec(text)) {
    // "名单上有个李老师": of whom nothing is known
    if (m[2] === '老师' && /(?:有|叫|[个位])$/.test(text.slice(0, m.index))) continue;
    const here = roster.bySurname.get(m[1] ?? m[3] ?? '') ?? [];
    // an office has directors and heads of section; an inspector called so is somebody else of that surname
    const likely =
      m[2] === '督学'
        ? here.filter((p) => p.roles.includes('inspector'))
        : /主任|科长|局长/.test(m[2] ?? '')
          ? here.filter((p) => p.roles.some((r) => r === 'office' || r === 'director'))
          : here;
    // nothing of "老李老周" is swallowed by the first
    TITLED.lastIndex = m.index + m[0].length;
    out.push({ start: m.index, end: m.index + m[0].length, likely });
  }
  return out;
}

/** 周大用, 李秀应, 章明: who of the staff is called so by sound; of two characters only where a person must stand. */
function heard(typed: string, text: string, start: number, roster: RosterIndex): RosterPerson | undefined {
  const like = roster.byNameSound.get(soundsOf(typed));
  if (!like) return undefined;
  const end = start + typed.length;
  const [before, after] = [text.slice(Math.max(0, start - 6), start), text.slice(end)];
  if (CHILD.test(before) || OF_CHILD.test(after)) return undefined;
  const near = like.filter(({ name }) => {
    const costs = [...name].map((c, i) => soundCost(typed[i] ?? '', c) ?? 9);
    const same = costs.filter((c) => c === 0).length;
    if (typed.length === 3 && same === 2) return costs.every((c) => c <= 2);
    if (same === 0 || costs.some((c) => c > 1)) return false;
    return (
      standsThere(text, start, end, false) ||
      /(?:位|叫|是|组长|组员|督学|组里?的?|名单里?的?|里的?)$/.test(before)
    );
  });
  return near.length === 1 ? near[0] : undefined;
}

/** 洪梅, 大永: one character as written, the other one's sound the same. */
function givenHeard(typed: string, roster: RosterIndex): RosterPerson[] | undefined {
  const like = typed.length === 2 ? roster.byGivenSound.get(soundsOf(typed)) : undefined;
  return like?.filter(({ name }) => {
    const costs = [1, 2].map((i) => soundCost(typed[i - 1] ?? '', name[i] ?? '') ?? 9);
    return costs.includes(0) && costs.every((c) => c <= 1);
  });
}

/** Whether a name without its title may stand here. */
function standsThere(text: string, start: number, end: number, doubtful: boolean): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 8), start), text.slice(end, end + 8)];
  if (OF_A_PERSON.test(after)) return !/[一-龥]$/.test(before) || !doubtful;
  if (doubtful) return false;
  return (AFTER_VERB.test(before) && THEN.test(after)) || (HEAD.test(before) && BEGUN.test(after));
}
