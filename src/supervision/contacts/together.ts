// When many leave at once, each of the office hears of them in one message and not in one for each.
import type { Notification } from '../act.ts';
import { type MemberLeft, memberLeft, NAMED } from './shapes.ts';

/** So many are told of one by one: then each stands beside her schools. */
const APART = 3;

/** The same notifications, those of leavers put together for whoever would get more than a few of them. */
export function together(told: readonly Notification[]): Notification[] {
  const many = new Map<string, Notification[]>();
  const rest: Notification[] = [];
  for (const one of told) {
    if (one.key !== 'contacts.left') rest.push(one);
    else many.set(one.personId, [...(many.get(one.personId) ?? []), one]);
  }
  return [...many.values()].flatMap((all) => (all.length > APART ? [merged(all)] : all)).concat(rest);
}

function merged(all: readonly Notification[]): Notification {
  const left = all.map(({ data }) => memberLeft.parse(data));
  const sum = (of: (one: MemberLeft) => { names: string[]; count: number }) => ({
    names: left.flatMap((one) => of(one).names).slice(0, NAMED),
    count: left.reduce((count, one) => count + of(one).count, 0),
  });
  const [first] = all as [Notification]; // more than a few, so there is one
  return {
    ...first,
    key: 'contacts.left-many',
    data: {
      ...{ names: left.map(({ name }) => name).slice(0, NAMED), count: left.length },
      ...{ inspector: sum((one) => one.inspector), principal: sum((one) => one.principal) },
      areas: left.flatMap(({ area }) => area ?? []),
      last: left.some(({ last }) => last),
    },
    urgent: all.some(({ urgent }) => urgent === true),
  };
}
