// Whom a notice is for, as the draft's card and the lists show it: names, how many, and what it costs.
import { ruleMembers } from '../../supervision/groups/members.ts';
import { type Audience, membersOf } from '../../supervision/notices/audience.ts';
import { quotaShare } from '../../supervision/notices/quota.ts';
import { ROBOT_A_MINUTE } from '../../supervision/notices/send.ts';
import type { Row } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { listsOf, namesOf, stillThere } from './lists.ts';
import { areaName } from './places.ts';

/** As the card and the lists name it. */
export interface AudienceView {
  code: Audience['code'];
  /** Who is told beside them. */
  also: Audience['code'][];
  kinds: string[];
  areas: string[];
  schools: string[];
  /** Who was named one by one. */
  people: string[];
  count: number;
  names: string[];
  ids: string[];
  /** Names of groups and of robots, and whether somebody in one of them can be asked to confirm. */
  places: string[];
  confirms: boolean;
  /** Minutes until the fullest of the robots has room again. */
  wait: number;
  /** The saved list that they were taken from, its schools that closed, and its people who left. */
  list: string;
  closed: string[];
  left: string[];
}

/** So many names are told in one message. */
const NAMED = 20;

/** Whom a notice goes to, as its card says it: how many, which roles, where. */
export function audienceView(chosen: Audience, facts: Facts): AudienceView {
  const groups = facts.groups.filter(({ id }) => chosen.groups?.includes(id));
  const robots = facts.robots.filter(({ id }) => chosen.robots?.includes(id));
  const members =
    chosen.code === 'groups'
      ? [...new Set(groups.flatMap(({ rule }) => ruleMembers(facts.book.people, rule)))].filter(
          ({ id }) => id !== facts.person.id,
        )
      : membersOf(facts.book.people, chosen, new Set(facts.ofOffice?.overdue ?? []));
  const list = chosen.list === undefined ? undefined : listsOf(facts).find(({ id }) => id === chosen.list);
  const gone = list ? stillThere(list, facts) : { closed: [], left: [] };
  return {
    code: chosen.code,
    also: chosen.also ?? [],
    list: list?.name ?? '',
    closed: gone.closed,
    left: gone.left,
    kinds: chosen.kinds.length === 1 ? chosen.kinds : kindLabel(chosen.kinds),
    areas: chosen.areas.map((id) => areaName(id, facts)),
    schools: chosen.schools.map((id) => facts.book.byId.get(id)?.name ?? ''),
    people: namesOf(chosen.people ?? [], facts),
    count: members.length,
    names: members.slice(0, NAMED).map(({ name }) => name),
    ids: members.map(({ id }) => id),
    places: [...groups, ...robots].map(({ name }) => name),
    confirms: chosen.code !== 'groups' || groups.length > 0,
    wait: Math.floor(Math.max(0, ...robots.map(({ ahead }) => ahead)) / ROBOT_A_MINUTE),
  };
}

/** `primary,nine-year` is said as primary schools: a nine-year school has both stages. */
function kindLabel(kinds: readonly string[]): string[] {
  const said = kinds.filter((kind) => kind !== 'nine-year');
  return said.length === 0 ? [...kinds] : said;
}

/** With the share of the day's messages that it would bring it to, when it is to go out today. */
export function draftView(chosen: Audience, facts: Facts, row: Row): AudienceView & { quota: number } {
  const view = audienceView(chosen, facts);
  const today = typeof row.sendAt !== 'string' || row.sendAt.startsWith(facts.today.toString());
  // What is only said in a group is told to nobody by name.
  const receipt = row.receipt as { wanted: boolean } | undefined; // as its slot gave it
  const told = view.places.length > 0 && !receipt?.wanted ? 0 : view.count;
  const used = facts.ofOffice?.used ?? 0;
  return { ...view, quota: today ? quotaShare(facts.office, facts.book.people.length, used, told) : 0 };
}
