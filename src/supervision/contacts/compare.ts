// The roster laid beside the platform's members: who left for sure, who came back, whom no message reaches, what differs. Pure.
import { isOfOffice } from '../act.ts';
import type { CurrentRoster } from '../roster/current.ts';
import type { Why } from './member.ts';

/** What could be read of the platform. A part that could not be read whole is null: nothing is concluded from it. */
export interface Listing {
  /** When reading began; news that came since is newer. */
  at: Date;
  /** Keys of all members of the corp. */
  members: ReadonlySet<string> | null;
  /** Those whom the app may write to, by key. `status`: 1 active, 2 disabled, 4 not activated, 5 left; null: not shown. */
  reach: ReadonlyMap<
    string,
    { userId: string; name: string; status: number | null; departments: readonly number[] }
  > | null;
  /** By id; null: their names were not shown. */
  departments: ReadonlyMap<number, { name: string; parentId: number }> | null;
  /** What went wrong, as codes: `members 48002`. */
  faults: readonly string[];
}

export interface Compared {
  id: string;
  userId: string;
  userKey: string;
  name: string;
  roles: readonly string[];
  active: boolean;
  leftWhy: string | null;
  /** Name of her area; null when the roster gives her none. */
  area: string | null;
}

/** The people of a roster, each with her area's name. */
export function withAreas({ people, areas }: Pick<CurrentRoster, 'people' | 'areas'>): Compared[] {
  const names = new Map(areas.map(({ id, name }) => [id, name]));
  return people.map((one) => ({ ...one, area: (one.areaId && names.get(one.areaId)) || null }));
}

interface Gone {
  id: string;
  userId: string;
  name: string;
  why: Why;
}

export interface Difference {
  /** A sure sign: access ends. */
  gone: Gone[];
  /** Access ended by the platform, and the platform has them again. */
  back: { userId: string; name: string }[];
  /** Why nobody of `gone` loses access before the office says so: too many at once, or nobody of the office would be left. */
  held: 'many' | 'office' | null;
  /** Still members, or nobody knows, but no message reaches them. */
  unreachable: string[];
  /** Reached once they have activated WeCom. */
  inactive: string[];
  /** On the platform and not in the roster. */
  unknown: string[];
  /** Of those whose platform name could be read. */
  names: { roster: string; platform: string }[];
  /** Whose department is named as another area than hers. */
  areas: { name: string; roster: string; platform: string }[];
}

/** So many may leave in one night without anybody being asked, or this part of the roster when that is more. */
const FEW = 3;
const SHARE = 0.1;
const STATUS = { active: 1, disabled: 2, 'not-activated': 4, left: 5 } as const;

/** Pure. A listing of which a part could not be read says nothing of that part: nobody counts as gone because of it. */
export function compare(people: readonly Compared[], { members, reach, departments }: Listing): Difference {
  const active = people.filter((person) => person.active);
  const statusOf = ({ userKey }: Compared) => reach?.get(userKey)?.status ?? null;
  const whyGone = (person: Compared): Why | null => {
    const status = statusOf(person);
    if (status === STATUS.disabled) return 'disabled';
    if (status === STATUS.left || (members !== null && !members.has(person.userKey))) return 'left';
    return null;
  };
  const gone = active.flatMap((person) => {
    const why = whyGone(person);
    return why === null ? [] : [{ id: person.id, userId: person.userId, name: person.name, why }];
  });
  const stay = active.filter((person) => whyGone(person) === null);
  const back = people.filter((person) => {
    if (person.leftWhy === null || whyGone(person) !== null) return false;
    const status = statusOf(person);
    // Whoever was disabled is still listed: only her status tells that she is not any more.
    return (
      status === STATUS.active ||
      status === STATUS['not-activated'] ||
      (person.leftWhy === 'left' && members?.has(person.userKey) === true)
    );
  });
  const areaNames = new Set(people.flatMap(({ area }) => area ?? []));
  const known = new Set(
    people.filter((person) => person.active || person.leftWhy !== null).map(({ userKey }) => userKey),
  );
  return {
    gone,
    back: back.map(({ userId, name }) => ({ userId, name })),
    held: heldBack(active, gone, stay),
    unreachable: reach ? stay.filter(({ userKey }) => !reach.has(userKey)).map(({ name }) => name) : [],
    inactive: stay.filter((person) => statusOf(person) === STATUS['not-activated']).map(({ name }) => name),
    unknown: strangers(known, { members, reach }),
    names: stay.flatMap((person) => {
      const seen = reach?.get(person.userKey)?.name.trim() ?? '';
      // Where the name is not shown its place is empty, or holds the id.
      const differs = seen !== '' && seen !== person.name && seen.toLowerCase() !== person.userKey;
      return differs ? [{ roster: person.name, platform: seen }] : [];
    }),
    areas: stay.flatMap((person) => {
      const platform = otherArea(
        person,
        areaNames,
        reach?.get(person.userKey)?.departments ?? [],
        departments,
      );
      return platform === null ? [] : [{ name: person.name, roster: person.area ?? '', platform }];
    }),
  };
}

/** An office whose departments bear its areas' names: the area in which she stands there, when it is another. */
function otherArea(
  { area }: Compared,
  areaNames: ReadonlySet<string>,
  ids: readonly number[],
  departments: Listing['departments'],
): string | null {
  if (area === null || departments === null) return null;
  const above = new Set<number>(ids);
  // The set grows while it is walked: each department brings the one above it once.
  for (const id of above) {
    const parent = departments.get(id)?.parentId;
    if (parent) above.add(parent);
  }
  const named = [...above].flatMap((id) => departments.get(id)?.name ?? []);
  return named.includes(area) ? null : (named.find((name) => areaNames.has(name)) ?? null);
}

function heldBack(
  active: readonly Compared[],
  gone: readonly Gone[],
  stay: readonly Compared[],
): Difference['held'] {
  if (gone.length > Math.max(FEW, active.length * SHARE)) return 'many';
  const ofOffice = (all: readonly Compared[]) => all.filter(({ roles }) => isOfOffice({ roles })).length;
  return gone.length > 0 && ofOffice(active) > 0 && ofOffice(stay) === 0 ? 'office' : null;
}

/** By name where it can be read. */
function strangers(known: ReadonlySet<string>, { members, reach }: Pick<Listing, 'members' | 'reach'>) {
  if (reach)
    return [...reach].filter(([key]) => !known.has(key)).map(([, { name, userId }]) => name.trim() || userId);
  return [...(members ?? [])].filter((key) => !known.has(key));
}
