// Others told beside the receivers of a notice's draft: "加上督学", "督学也发一份"; and not told any more.
import type { Audience } from '../../supervision/notices/audience.ts';

const MORE =
  /^(?:算了|那|再|还是?|也|另外|同时|把)*(?:加上?|加发|增加|带上|算上|包括|叫上|发给|通知|有)(?:给|一下)?(?:全体|各位|所有|各)?(.{2,20}?)(?:也|都)*(?:发|通知)?[吧了。.]*$/u;
const MORE_AFTER =
  /^(?:把)?(?:全体|各位|所有|各)?(.{2,20}?)(?:也|都)+(?:(?:要|得)?(?:加上|发一?[份条个]?|通知|算上|带上|叫上)(?:一下)?|要(?:来|参加)?)[吧了。.]*$/u;
const LESS =
  /^(?:去掉|除去|除了|不含|不包括|不(?:用|要)?(?:再)?(?:发给|通知|发|给|加)|别(?:发给|通知|发))(?:全体|各位|所有|各)?(.{2,20}?)[吧了。.]*$/u;
const LESS_AFTER =
  /^(?:把)?(?:全体|各位|所有|各)?(.{2,20}?)(?:就|都|可以|那边)*(?:不(?:用|要|必)?(?:再)?(?:发|通知|给|加|算)?了?|去掉|除外|算了|别(?:发|通知|加)了?)[吧。.]*$/u;
/** Only words for people: "加上带好笔记本" is for the text. */
const PEOPLE =
  /督学|校长|园长|组长|幼儿园|小学|中学|初中|高中|职校|特教|学校|督导室|责任区|[一二三四五六七八九十]区/u;

interface AudienceChange {
  how: 'more' | 'less';
  whom: string;
}

/** Who is to be added or left out; null when the words say nothing of the kind. `names`: whether words name somebody of the office. */
export function changeIn(text: string, names: (words: string) => boolean): AudienceChange | null {
  const said = text.trim();
  const more = MORE.exec(said)?.[1] ?? MORE_AFTER.exec(said)?.[1];
  const less = LESS.exec(said)?.[1] ?? LESS_AFTER.exec(said)?.[1];
  const whom = less ?? more;
  if (whom === undefined || !(PEOPLE.test(whom) || names(whom))) return null;
  return { how: less === undefined ? 'more' : 'less', whom };
}

/** The choice with the named beside it, or without those that stood beside it; undefined when it cannot be said so. */
export function besideNamed(
  stands: Audience,
  named: Audience,
  how: AudienceChange['how'],
): Audience | undefined {
  const { code } = named;
  if (stands.code === 'groups' || code === 'groups' || code === 'everyone' || code === 'people')
    return undefined;
  const also = stands.also ?? [];
  if (how === 'less')
    return also.includes(code) ? { ...stands, also: also.filter((one) => one !== code) } : undefined;
  if (code === stands.code) return wider(stands, named);
  // Others are told in the same places; a part of them would need a choice of its own.
  if (named.kinds.length + named.areas.length + named.schools.length > 0) return undefined;
  return { ...stands, also: [...new Set([...also, code])] };
}

/** The choice with these people beside it, or without those of them who were named; who is in it for another reason stays. */
export function namedBeside(
  { list: _taken, ...stands }: Audience,
  people: readonly string[],
  how: AudienceChange['how'],
): Audience | undefined {
  if (stands.code === 'groups') return undefined;
  const before = stands.people ?? [];
  const after =
    how === 'more' ? [...new Set([...before, ...people])] : before.filter((one) => !people.includes(one));
  return after.length === before.length ? undefined : { ...stands, people: after };
}

function wider({ list: _, ...stands }: Audience, named: Audience): Audience | undefined {
  const after = {
    ...stands,
    kinds: both(stands.kinds, named.kinds),
    areas: both(stands.areas, named.areas),
    schools: both(stands.schools, named.schools),
  };
  return JSON.stringify(after) === JSON.stringify(stands) ? undefined : after;
}

/** Empty means all: all and some are all. */
const both = (one: readonly string[], other: readonly string[]) =>
  one.length === 0 || other.length === 0 ? [] : [...new Set([...one, ...other])];

/** "改成全体园长": words for receivers and no others. */
export const isOfPeople = (words: string): boolean =>
  /校长|园长|督学|组长|学校|老师/u.test(words) &&
  words.replaceAll(
    /全体|全部|所有|各|位|全?[区县]|第?[一二三四五六七八九十]+(?:、[一二三四五六七八九十]+)*(?:片区|责任区|区)|责任|小学|中学|初中|高中|幼儿园|校级|校长|园长|督学|组长|学校|老师|[的和与跟、]/gu,
    '',
  ) === '';
