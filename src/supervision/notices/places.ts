// The groups and group robots that a notice is posted in, and what became of each post.
import type { Tx } from '../../store/store.ts';
import { IN_USE } from '../groups/list.ts';
import type { Audience } from './audience.ts';

export interface Place {
  id: string;
  kind: 'chat' | 'robot';
  /** The platform's chat id, or the robot's name. */
  to: string;
  name: string;
}

type Reads = Pick<Tx, 'sql'>;

/** Those that can be written to: in use, of this office, in the order in which they were made. */
export async function placesOf(tx: Reads, officeId: string, chosen: Audience): Promise<Place[]> {
  if (chosen.code !== 'groups') return [];
  return tx.sql<Place>(
    `select id, 'chat' as kind, chat_id as "to", name from app_group
       where office_id = $1 and id = any($2::uuid[]) and state = any($3)
     union all
     select id, 'robot', name, name from group_robot
       where office_id = $1 and id = any($4::uuid[]) and state in ('new', 'testing', 'on')
     order by id`,
    [officeId, chosen.groups ?? [], IN_USE, chosen.robots ?? []],
    'notice-places',
  );
}

/** The outbox rows of a notice's post in one place; `part` from 1. */
export const postKey = (noticeId: string, placeId: string, part: number | string) =>
  `post-${noticeId}-${placeId}-${part}`;
/** The rows `o` of the outbox that post a notice `n`, beside their place `place`. */
export const POSTS_SQL = `(select id, name, 'chat:' || chat_id as recipient from app_group
      where office_id = n.office_id and n.audience->'groups' ? id::text
    union all select id, name, 'robot:' || name from group_robot
      where office_id = n.office_id and n.audience->'robots' ? id::text) place
  join outbox o on o.office_id = n.office_id and o.recipient = place.recipient
    and o.key like 'post-' || n.id || '-' || place.id || '-%'`;

export interface Posted {
  name: string;
  /** `waits`, `sent`, `unsure`, `refused`. */
  state: string;
  why: string;
  errcode: number | null;
}

/** One line for each place: the worst that became of any part of it. */
export async function postedOf(tx: Reads, noticeId: string): Promise<Posted[]> {
  return tx.sql<Posted>(
    `select distinct on (o.id) o.name,
       case when o.state in ('pending', 'sending', 'unknown') then 'waits' else o.state end as state,
       coalesce(o.why, '') as why, o.errcode
     from supervision_notice n cross join lateral (select place.id, place.name, o.state, o.why, o.errcode from ${POSTS_SQL}) o
     where n.id = $1
     order by o.id, array_position(array['refused', 'unsure', 'pending', 'sending', 'unknown'], o.state) nulls last`,
    [noticeId],
    'notice-posted',
  );
}
