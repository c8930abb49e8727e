// Where one correction ends and the next begins, in a message that holds several.
import { clausesOf, normalise } from '../understand/text/normalise.ts';
import type { Session } from '../understand/types.ts';

const JOINT =
  /(?<=[^,、和与及跟])(?=(?:而且|并且|另外|同时|然后|顺便)|(?:再?把)?(?:学校|校名|日期|时间|期限|限期|时段)(?:应该)?(?:改|换|是)|(?:再?把)?第[一二三四五六七八九十\d]+(?:条|项)(?![、和与及跟]))|(?<=.{4}[^,、和与及跟])(?=还有)/gu;
const LEAD = /^(?:而且|并且|另外|同时|还有|然后|顺便|再|也|对了)+[,\s]*/u;
/** Says only what it was, or which one is meant: what follows belongs to it. */
const OPENS =
  /(?:^|[^还])不是[^是]+$|错了?$|不对$|有误$|\b(?:not|n't) [^,;.]+$|\b(?:wrong|typo|mistake|sorry)$/u;
const BARE = /(?:^|[、和与及跟])第?[一二三四五六七八九十\d]+(?:条|项|个)?$|^.{2,8}[那这][条个项]$/u;
/** "宿舍那条期限给长点": how long stands in what follows. */
const VAGUELY =
  /[那这][条个项](?:的)?(?:整改)?(?:期限|时间|限期|日子)?(?:再)?(?:给|放|改|弄|定)?[得的]?(?:长|宽|短|松|紧|早|晚)一?点儿?$/u;
const HOW_LONG = /^(?:给|到|放|改|限|延|就|再)/u;
/** "第一条不算了,当场就换了" says why of the same finding. */
const OF_FINDING = /第[一二三四五六七八九十\d]+(?:条|项|个)|[那这][条个项]/u;
const ON_SITE = /^(?:已经)?(?:当场|现场|当时|立即|马上)/u;
/** "消防那条算一般 三天": how long, of the same finding. */
const BARE_LIMIT =
  /^(?:就|再|限期?|给|到)*[\d一二两三四五六七八九十半]+个?(?:天|周|星期|礼拜|月)(?:内|之内|以内)?(?:整?改)?[吧了。.]*$/u;
/** "昨天去的,不是今天": what it was not belongs to what it was. */
const WAS_NOT = /^(?:而)?不是|^(?:and |but )?(?:not|instead of|rather than)\b/u;
const GOES_ON =
  /^(?:应该?)?(?:是|改成|改为|换成)|^(?:but|it (?:was|is|should)|that (?:was|is)|make it|i meant)\b/u;

/** "学校改成一中,日期改成昨天" → each correction by itself; one part when there is only one. */
export function correctionParts(text: string): string[] {
  const parts: string[] = [];
  for (const clause of clausesOf(normalise(text)))
    for (const piece of clause.text.split(JOINT)) {
      const said = piece.replace(LEAD, '');
      const before = parts.at(-1);
      if (said === '') continue;
      if (before !== undefined && BARE.test(before)) parts[parts.length - 1] = `${before}、${said}`;
      else if (
        before !== undefined &&
        (WAS_NOT.test(said) ||
          (OPENS.test(before) && GOES_ON.test(said)) ||
          (VAGUELY.test(before) && HOW_LONG.test(said)) ||
          (OF_FINDING.test(before) && !/都|全/u.test(before) && BARE_LIMIT.test(said)) ||
          (OF_FINDING.test(before) && ON_SITE.test(said)))
      )
        parts[parts.length - 1] = `${before},${said}`;
      else parts.push(said);
    }
  return parts;
}

/** Words that are plainly meant to change something. */
export const CHANGES =
  /改[成为到]|改$|换成|(?:^|[^还])不是|错|应该?是|不对|有误|第[一二三四五六七八九十\d]+[条项个点]|最后一[条项个]|[那这][条项]|删|去掉|当场|^再?加上|(?:内容|正文|文字).{0,3}加/u;

/** "再加一条门口没人": the words that only say that something is added. */
const ADDS =
  /^(?:[哦噢啊哎嗯]*对了[,\uff0c\s]*)?(?:刚才那[个条份](?:通知|草稿)?(?:里)?)?(?:再|还要?|另外)?(?:加|补|增加|新增|添)(?:上)?[一两几]?(?:条|个|项|句)?[,\uff0c:\uff1a\s]*(?=.{3})|^(?:还有|另外?|再有?|后)一[个条]是(?=.{3})/u;
/** Without the word that says that something is added. */
export const withoutAdding = (text: string) => text.trim().replace(ADDS, '');

const GOES_ON_WITH = /^(?:另外|还有|补充(?:一下|一句)?|再补充|同时|and|also)[,\uff0c:\uff1a\s]*(?=.{2})/iu;
/** "另外立了警示牌" without the word that says that more comes; null when it does not begin like that. */
export function goingOn(text: string): string | null {
  const more = text.trim().replace(GOES_ON_WITH, '');
  return more === text.trim() ? null : more;
}

/** The half of the day that comes with a day: "改成昨天上午". */
export function halfOf(text: string): Session | undefined {
  if (/上午|早上/u.test(text)) return 'am';
  return /下午/u.test(text) ? 'pm' : undefined;
}
