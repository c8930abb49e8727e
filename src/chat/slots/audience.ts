// The slot "audience": whom a notice is for, read from the words before its text, counted on the roster that the talk knows.
import type { Audience } from '../../supervision/notices/audience.ts';
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import type { Reading } from '../understand/types.ts';
import { besideNamed, changeIn, isOfPeople, namedBeside } from './audience-beside.ts';
import { fewer } from './audience-fewer.ts';
import { kindsIn } from './audience-kinds.ts';
import { audienceView, draftView } from './audience-view.ts';
import { groupsNamed } from './groups.ts';
import { listNamed, stillThere } from './lists.ts';
import { peopleIn, roleIn, strangersIn } from './named-people.ts';
import { templateIn, templateOf } from './notice-template.ts';
import { blanksIn } from './notice-text.ts';
import { audienceOf, placesIn } from './places.ts';
import { robotsNamed } from './robots.ts';
import { type Asks, MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

const all = (code: Audience['code'], more: Partial<Audience> = {}): Audience => ({
  code,
  kinds: [],
  areas: [],
  schools: [],
  ...more,
});

/** The words that say for whom: before the colon, else before the first comma, else all of them. */
function introOf(text: string): string {
  const said = text.trim();
  const colon = /^([^:：\n]{1,40})[:：]/u.exec(said)?.[1];
  if (colon) return colon;
  const clause = said.split(/[,，。\n]/u)[0] ?? said;
  return [...clause].length <= 24 ? clause : [...clause].slice(0, 24).join('');
}

/** Speaks of a group: not of sending to many (群发), a crowd (群众) or a body of people (群体). */
const OF_A_GROUP = /群(?!发|众|体|里发通知给)|机器人|\bgroups?\b|\brobots?\b/iu;

/** "在安全工作群发通知" names a group as well: what comes before is no verb's but the group's name. */
const IN_A_GROUP =
  /^(?:请|帮我)?(?:在|到|往|去).{1,24}群发|(?:工作|专项|督导|沟通|联络|交流|通知|片区|责任区)群发|^(?:in|into) .{1,40}\bgroup\b/iu;

/** The groups and robots that are named; `wrong` when a group is spoken of and none fits. */
function placesNamed(words: string, facts: Facts): Took {
  if (!OF_A_GROUP.test(words) && !IN_A_GROUP.test(words)) return undefined;
  const said = words
    .replace(/群发(?:布|送|出)?(?:一?[条个])?(?:通知|消息|公告)?$/u, '群')
    .replace(/^(?:请|帮我)?(?:发到|发在|发给|转发到|转到|通知到?|在|给|to|in)\s*/iu, '');
  const robots = robotsNamed(said, facts);
  const groups = /机器人|robot/iu.test(said) || robots.length > 0 ? [] : groupsNamed(groupWords(said), facts);
  const found = [...groups, ...robots];
  if (found.length === 0 || (groups.length > 1 && !/和|、|都|及|and/iu.test(said)))
    return {
      ...(found.length === 0 ? { wrong: 'groups.none-such' } : {}),
      choices: [
        ...(found.length === 0 ? facts.groups : groups).map(({ id, name }) => ({
          label: name,
          value: inPlaces([id], []),
        })),
        ...(found.length === 0 ? facts.robots : []).map(({ id, name }) => ({
          label: name,
          value: inPlaces([], [id]),
        })),
      ].slice(0, MOST_CHOICES),
    };
  return {
    value: inPlaces(
      groups.map(({ id }) => id),
      robots.map(({ id }) => id),
    ),
  };
}

const groupWords = (said: string) => said.replace(/群(?:里|内|中|上)?$/u, '群');
const inPlaces = (groups: string[], robots: string[]) => all('groups', { groups, robots });

/** "通知示范校名单各位校长", and "示范校名单" for an answer; "请各校报名单" speaks of another. */
const LIST = /(?:^|发给|通知|给)[^报交送填,，各]{0,16}名单|\bto (?:the )?list\b/iu;

/** A person by name, or a school whose head is meant. */
const namesSomebody = (words: string, facts: Facts): boolean =>
  peopleIn(words, facts).ids.length > 0 || placesIn(words, facts).schools.length > 0;

/** "加上督学", "幼儿园园长就不用了": those that stand, with others beside them or without some. */
function besides(asks: Asks): Took {
  const stands = audienceOf(asks.row[asks.name]);
  const change = stands && changeIn(asks.text, (words) => namesSomebody(words, asks.facts));
  const people = change ? peopleIn(change.whom, asks.facts).ids : [];
  if (stands && change && people.length > 0) {
    const after = namedBeside(stands, people, change.how);
    return after ? nonEmpty(after, asks) : undefined;
  }
  const named = change && audienceIn(change.whom, asks.part(change.whom), asks);
  const after = stands && named && besideNamed(stands, named, change.how);
  return after ? nonEmpty(after, asks) : undefined;
}

/** Whom the words mean; a saved list stands for its schools that are still there. */
function chosenIn(said: string, reading: Reading, asks: Asks): Took {
  const list = listNamed(said, asks.facts);
  const places = list ? undefined : placesNamed(said, asks.facts);
  if (places) return places;
  // A list that is not there must not become "all schools".
  if (!list && LIST.test(said)) return { wrong: 'notices.no-list' };
  if (!list) return namedIn(said, asks) ?? orNobody(audienceIn(said, reading, asks), asks);
  const { schools, people } = stillThere(list, asks.facts);
  if (schools.length + people.length === 0) return { wrong: 'notices.nobody' };
  const rest = said.replaceAll(list.name, '');
  const chosen =
    schools.length === 0
      ? all('people')
      : /组长|全体|督导室/u.test(rest)
        ? undefined
        : audienceIn(rest, reading, asks, schools);
  const named = people.length > 0 ? { people } : {};
  return orNobody(
    { ...(chosen ?? all('principals')), kinds: [], areas: [], schools, ...named, list: list.id },
    asks,
  );
}

/** "通知彭红霞、二中校长": people by name, and heads by their schools; undefined when the words speak of anybody else besides. */
function namedIn(said: string, asks: Asks): Took {
  const { ids: people, unclear, rest } = peopleIn(said, asks.facts);
  if (people.length + unclear.length === 0) return undefined;
  const places = placesIn(rest, asks.facts);
  const strangers = strangersIn(places.rest);
  const isOfMore = strangers.some(
    (one) => !/^[\u4e00-\u9fff]{2,4}$/u.test(one) || /[校园学管班责]/u.test(one),
  );
  if (places.areas.length > 0 || isOfMore || (people.length === 0 && strangers.length > 0)) return undefined;
  const [doubt] = [...unclear, ...strangers.map((one) => ({ said: one, among: [] as string[] }))];
  if (doubt) return { wrong: 'notices.who', vars: { typed: doubt.said, among: doubt.among } };
  const { schools } = places;
  return orNobody(all(schools.length > 0 ? 'principals' : 'people', { schools, people }), asks);
}

function audienceIn(
  words: string,
  reading: Reading,
  { facts }: Asks,
  among?: readonly string[],
): Audience | undefined {
  const { areas, schools } = placesIn(words, facts);
  const named = among ? [...among] : schools;
  if (/逾期|超期|没按期|overdue/iu.test(words)) return all('overdue', { areas });
  const role = roleIn(words);
  if (role === 'area-leaders') return all(role, { areas });
  if (role === 'school-inspectors') return all(role, { areas, schools: named });
  const heads =
    /校长|园长|学校|各校|幼儿园|小学|中学|高中|初中|各园|单位|职校|特教|heads?|schools?|kindergartens?/iu.test(
      words,
    );
  if (role === 'inspectors' && !heads) return all(role, { areas, schools: named });
  if (named.length > 0) return all('principals', { schools: named });
  const kinds = kindsIn(words);
  if (heads || kinds.length > 0) return all('principals', { areas, kinds });
  if (/全体|所有人|大家|全员|everyone|everybody/iu.test(words)) return all('everyone', { areas });
  if (/督导室|办公室同事|科室/u.test(words) && !/到督导室|交督导室|报督导室/u.test(words))
    return all('office');
  if (areas.length > 0) return all('principals', { areas });
  return byCode(reading.slots.audience, facts);
}

/** What the understander made of the whole message, when the introduction told nothing. */
function byCode(code: string | undefined, facts: Facts): Audience | undefined {
  switch (code) {
    case 'all_principals':
      return all('principals');
    case 'kindergartens':
      return all('principals', { kinds: ['kindergarten'] });
    case 'primary':
      return all('principals', { kinds: ['primary', 'nine-year'] });
    case 'junior':
      return all('principals', { kinds: ['junior', 'nine-year'] });
    case 'inspectors':
      return all('inspectors');
    case 'area_leaders':
      return all('area-leaders');
    case 'everyone':
      return all('everyone');
    default: {
      const area = [...facts.book.areaCodeOf].find(([, one]) => one === code)?.[0];
      return area ? all('principals', { areas: [area] }) : undefined;
    }
  }
}

export const audienceSlot: SlotKindOf = {
  read(reading, asks): Took {
    const { row, name, open, text } = asks;
    const stands = row[name] !== undefined;
    const less = fewer(audienceOf(row[name]), text, asks.facts);
    if (less) return less === 'nobody' ? { wrong: 'notices.nobody', choices: [] } : nonEmpty(less, asks);
    // Of a draft that has its receivers, or brings them, only words that speak of receivers change them.
    const template = templateOf(row.template);
    if ((stands && !open) || (template && (!open || templateIn(text.trim(), [template])))) {
      const to =
        /(?:收件人|发给|发送给|发到|发在|对象|只发|通知给)(?:改成|改为|换成|是|[:：])?\s*(.{2,40})$/u.exec(
          text.trim(),
        )?.[1];
      const others = /^(?:把)?(?:改成|改为|换成|改发|改给)(?:给)?(.{2,20}?)[吧。.]*$/u.exec(text.trim())?.[1];
      if (others !== undefined && isOfPeople(others)) return chosenIn(others, reading, asks);
      const anew =
        reading.intent === 'notice.broadcast' && /^[^:：\n]{2,40}[:：]\s*.{6,}$/su.test(text.trim());
      if (to === undefined && !anew) return besides(asks);
      return chosenIn(to ?? introOf(text), reading, asks);
    }
    if (!open && reading.intent !== 'notice.broadcast') return undefined;
    return chosenIn(open ? text : introOf(text), reading, asks);
  },
  /** A standing notice brings its receivers: a role, or the heads of the schools that one of its blanks names. */
  without(asks): Took {
    const to = templateOf(asks.row.template)?.to;
    if (!to) return undefined;
    const named = Object.values(blanksIn(asks.row)).flatMap((said) => said.split('、'));
    const schools = to.schools ? named.flatMap((one) => asks.facts.book.byName.get(one)?.id ?? []) : [];
    return to.schools && schools.length === 0
      ? undefined
      : nonEmpty(all(to.code, { kinds: to.kinds, schools }), asks);
  },
  choices: (): Choice[] =>
    [
      all('principals'),
      all('principals', { kinds: ['kindergarten'] }),
      all('inspectors'),
      all('area-leaders'),
    ].map((value) => ({ label: labelOf(value), value })),
  view(value, facts, row) {
    const chosen = audienceOf(value);
    return chosen ? draftView(chosen, facts, row) : null;
  },
};

const orNobody = (chosen: Audience | undefined, asks: Asks): Took =>
  chosen ? nonEmpty(chosen, asks) : undefined;

function nonEmpty(chosen: Audience, { facts }: Asks): Took {
  return audienceView(chosen, facts).count === 0
    ? { wrong: 'notices.nobody', choices: [] }
    : { value: chosen };
}

/** The words stand in terms.yaml; the buttons look them up. */
function labelOf({ code, kinds }: Audience): string {
  return kinds[0] ? `audience-kind.${kinds[0]}` : `audience.${code}`;
}
