// A group that is to be made, out of what is said: what it is for, who is in it, and what of that is changed afterwards.
import { isOfOffice } from '../../supervision/act.ts';
import { groupRule, type Purpose, ruleMembers } from '../../supervision/groups/members.ts';
import type { Audience } from '../../supervision/notices/audience.ts';
import type { Facts } from '../facts.ts';
import { dayIn, UNTIL } from './group-end.ts';
import { namesOf } from './lists.ts';
import { peopleIn } from './named-people.ts';
import { areaName, placesIn } from './places.ts';
import type { SlotKindOf, Took } from './slot.ts';

/** As the act takes it. */
export interface NewGroup {
  purpose: Purpose;
  name: string;
  rule: { audiences: Audience[]; people: string[] };
  areaId: string | null;
}

const of = (code: Audience['code'], more: Partial<Audience> = {}): Audience => ({
  ...{ code, kinds: [], areas: [], schools: [] },
  ...more,
});

const HEADS = /校长|园长|各校|各园|学校负责人|heads?|principals?/iu;
const INSPECTORS = /督学|inspectors?/iu;
const LEADERS = /组长|leaders?/iu;
/** What is said around the thing itself. */
const AROUND =
  /^(?:给|为|关于|的|一个|个|群|和|与|及|for|a|group|the|\s|[:,、])+|(?:的|群|和|与|及|group|\s|[:,、])+$/giu;

function groupIn(said: string, facts: Facts): Took {
  const named = /(?:叫|名称?为|名字叫|called|named)\s*[“"]?([^,，。“”"]{2,30})[”"]?/iu.exec(said);
  const untilDay = UNTIL.exec(said);
  const dated = untilDay && dayIn(untilDay[1] ?? untilDay[2] ?? '', facts) !== undefined;
  const { ids: people, rest: words } = peopleIn(
    (dated ? said.slice(0, untilDay.index) : said).replace(named?.[0] ?? '', ''),
    facts,
  );
  const { areas, schools, rest } = placesIn(words, facts);
  const topic = rest.replaceAll(AROUND, '').trim();
  const whole: NewGroup | undefined =
    schools.length > 0
      ? schoolGroup(schools, topic, facts)
      : areas.length === 1 && areas[0] && people.length === 0 && onlyPeople(topic)
        ? areaGroup(areas[0], topic, facts)
        : topicGroup({ areas, people, topic, subject: subjectOf(words, topic, facts) }, facts.locale);
  if (!whole) return { wrong: 'groups.what-for' };
  const group = named?.[1] ? { ...whole, name: named[1].trim() } : whole;
  if (!mayMake(group, facts)) return { wrong: 'groups.own-area-only' };
  const count = groupView(group, facts).count;
  return count < 2 ? { wrong: 'groups.nobody' } : { value: group };
}

/** What it is for, without who is in it: "冬季安全专项工作" of "冬季安全专项工作群,一区和二区的督学". */
function subjectOf(words: string, topic: string, facts: Facts): string {
  const clauses = words.split(/[,，]/u).map((one) => placesIn(one, facts).rest.replaceAll(AROUND, '').trim());
  return clauses.find((one) => [...one].length >= 2 && !onlyPeople(one)) ?? topic;
}

/** Nothing but who is in it: "第三片区督学". */
const onlyPeople = (topic: string) =>
  topic.replaceAll(/校长|园长|责任|督学|组长|工作|督导|和|、|各校|各园|heads?|inspectors?|and|\s/giu, '') ===
  '';

/** What stands after the area's name when nobody said another. */
const AREA_TAIL = {
  'zh-CN': { both: '督导群', heads: '校(园)长群', inspectors: '督学群' },
  en: { both: ' group', heads: ' heads', inspectors: ' inspectors' },
};

function areaGroup(areaId: string, topic: string, facts: Facts): NewGroup {
  const areas = [areaId];
  const [heads, inspectors] = [HEADS.test(topic), INSPECTORS.test(topic)];
  const both = heads === inspectors;
  const who = both ? 'both' : heads ? 'heads' : 'inspectors';
  return {
    purpose: 'area',
    name: `${areaName(areaId, facts)}${AREA_TAIL[facts.locale === 'en' ? 'en' : 'zh-CN'][who]}`,
    areaId,
    rule: {
      audiences: [
        of('area-leaders', { areas }),
        ...(both || inspectors ? [of('inspectors', { areas })] : []),
        ...(both || heads ? [of('principals', { areas })] : []),
      ],
      people: [],
    },
  };
}

/** Those whom one school's affair concerns, and nobody else. */
function schoolGroup(schools: string[], topic: string, facts: Facts): NewGroup {
  const held = facts.book.people.flatMap((person) => Object.values(person.schools).flat());
  const areas = [...new Set(held.filter(({ id }) => schools.includes(id)).map(({ areaId }) => areaId))];
  const names = schools.map((id) => facts.book.byId.get(id)?.name ?? '').join('、');
  return {
    purpose: 'school',
    name: `${names}${topic}${facts.locale === 'en' ? ' group' : '沟通群'}`.slice(0, 40),
    areaId: null,
    rule: {
      audiences: [
        of('principals', { schools }),
        of('school-inspectors', { schools }),
        of('inspectors', { schools }),
        ...(areas.length > 0 ? [of('area-leaders', { areas })] : []),
      ],
      people: [],
    },
  };
}

/** A special supervision or any other work: leaders and inspectors, heads when they are named; only the people who are named by name. */
function topicGroup(
  { areas, people, topic, subject }: { areas: string[]; people: string[]; topic: string; subject: string },
  locale: string,
): NewGroup | undefined {
  if ([...subject].length < 2) return undefined;
  const [heads, inspectors, leaders] = [HEADS.test(topic), INSPECTORS.test(topic), LEADERS.test(topic)];
  const named = heads || inspectors || leaders || people.length > 0;
  const tail = locale === 'en' ? ' group' : /工作$|长$|督学$/u.test(subject) ? '群' : '工作群';
  return {
    purpose: 'campaign',
    name: `${subject}${tail}`.slice(0, 40),
    areaId: null,
    rule: {
      audiences: [
        ...(!named || leaders ? [of('area-leaders', { areas })] : []),
        ...(!named || inspectors ? [of('inspectors', { areas })] : []),
        ...(heads ? [of('principals', { areas })] : []),
        ...(people.length > 0 ? [of('people', { people })] : []),
      ],
      people: [],
    },
  };
}

function mayMake({ purpose, areaId }: NewGroup, { person }: Facts): boolean {
  if (person.roles.includes('office') || person.roles.includes('director')) return true;
  return purpose === 'area' && areaId !== null && areaId === person.areaId;
}

/** So many names are told in one message. */
const NAMED = 60;

function groupView(group: NewGroup, facts: Facts) {
  const rule = { ...group.rule, people: [...group.rule.people, facts.person.id] };
  const members = ruleMembers(facts.book.people, groupRule.parse(rule));
  return {
    name: group.name,
    purpose: group.purpose,
    roles: group.rule.audiences.flatMap(({ code }) => (code === 'people' ? [] : code)),
    people: namesOf(
      group.rule.audiences.flatMap((one) => one.people ?? []),
      facts,
    ),
    areas: [...new Set(group.rule.audiences.flatMap((one) => one.areas))].map((id) => areaName(id, facts)),
    count: members.length,
    names: members.slice(0, NAMED).map(({ name }) => name),
  };
}

export const newGroupSlot: SlotKindOf = {
  read(_reading, { row, name, open, text, facts }): Took {
    const stands = row[name] as NewGroup | undefined; // as groupIn() gave it
    const said = text.trim();
    if (!stands) return said === '' || (row.ends !== undefined && !open) ? undefined : groupIn(said, facts);
    return open ? groupIn(said, facts) : changed(stands, said, facts);
  },
  without({ facts }): Took {
    const { areaId, roles } = facts.person;
    const leads = areaId !== null && !isOfOffice({ roles });
    return leads ? { value: areaGroup(areaId, '', facts) } : undefined;
  },
  view: (value, facts) => groupView(value as NewGroup, facts), // likewise
};

const OUT = /不要|去掉|不含|不加|移出|不用/u;
const IN = /加|带上|包括|也进|也要|拉上/u;

/** "名称改成…", "加上校长", "不要督学": the draft, changed. */
function changed(group: NewGroup, said: string, facts: Facts): Took {
  const name = /(?:群名|名称|名字)(?:改成|改为|叫|换成)\s*[“"]?(.{2,30}?)[”"]?[。.]?$/u.exec(said)?.[1];
  if (name) return { value: { ...group, name } };
  const { ids: people } = peopleIn(said, facts);
  if (people.length > 0) return withPeople(group, people, said);
  const codes = [
    ...(HEADS.test(said) ? (['principals'] as const) : []),
    ...(INSPECTORS.test(said) ? (['inspectors'] as const) : []),
    ...(LEADERS.test(said) ? (['area-leaders'] as const) : []),
  ];
  if (codes.length === 0) return undefined;
  const { audiences } = group.rule;
  const [first] = audiences;
  const kept = audiences.filter(({ code }) => !codes.some((one) => one === code));
  const where = {
    areas: first?.areas ?? [],
    schools: audiences.find((one) => one.schools.length > 0)?.schools ?? [],
  };
  if (OUT.test(said)) return kept.length === 0 ? undefined : { value: withAudiences(group, kept) };
  if (!IN.test(said)) return undefined;
  return { value: withAudiences(group, [...kept, ...codes.map((code) => of(code, where))]) };
}

/** "加上彭红霞": who was named by name comes and goes by name; who is in it by her role stays. */
function withPeople(group: NewGroup, people: readonly string[], said: string): Took {
  const { audiences } = group.rule;
  const before = audiences.find(({ code }) => code === 'people')?.people ?? [];
  const after = OUT.test(said)
    ? before.filter((one) => !people.includes(one))
    : IN.test(said)
      ? [...new Set([...before, ...people])]
      : before;
  const rest = audiences.filter(({ code }) => code !== 'people');
  if (after.length === before.length || after.length + rest.length === 0) return undefined;
  const named = after.length > 0 ? [of('people', { people: [...after] })] : [];
  return { value: withAudiences(group, [...rest, ...named]) };
}

const withAudiences = (group: NewGroup, audiences: Audience[]): NewGroup => ({
  ...group,
  rule: { ...group.rule, audiences },
});
