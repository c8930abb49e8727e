// What the contact-sync helper told (PROTOCOL §3.5) as news of members, or as a reason to compare; and the turn that takes it in: nobody spoke, so nobody is answered.
import type { Scripts } from '../chat/scripts/scripts.ts';
import type { NewOutboxRow } from '../delivery/outbox.ts';
import { dayOf } from '../store/days.ts';
import type { Tx } from '../store/store.ts';
import type { Notification } from '../supervision/act.ts';
import { loudFrom, wantCheck } from '../supervision/contacts/check.ts';
import { followMember, type MemberNews } from '../supervision/contacts/member.ts';
import type { ContactChange } from '../wecom/contact-events.ts';
import type { Inbound } from '../wecom/inbound.ts';
import type { OfficeBook } from './book.ts';
import { voiceFor } from './facts.ts';
import { notificationOut } from './outgoing.ts';

export type ContactInbound = Extract<Inbound, { kind: 'change_contact' }>;

/** Of members it counts whether they are there, and under which id; where they stand is found by comparing (`isReasonToCompare`). */
function newsIn(change: ContactChange, at: Date): MemberNews[] {
  switch (change.changeType) {
    case 'delete_user':
      return [{ userId: change.userId, at, what: 'gone', why: 'left' }];
    case 'create_user':
    case 'update_user': {
      const { userId, newUserId, details } = change;
      const renamed: MemberNews[] = newUserId ? [{ userId, at, what: 'renamed', newUserId }] : [];
      const her = { userId: newUserId ?? userId, at };
      // An update names only what changed: without a status nothing is said of it. Whoever is made anew is there.
      const status = details.status ?? (change.changeType === 'create_user' ? 1 : undefined);
      if (status === 5) return [...renamed, { ...her, what: 'gone', why: 'left' }];
      if (status === 2) return [...renamed, { ...her, what: 'gone', why: 'disabled' }];
      if (status === 1 || status === 4) return [...renamed, { ...her, what: 'back' }];
      return renamed;
    }
    default:
      return [];
  }
}

/**
 * Departments bear the areas' names, and they and tags make up the app's visible range: a change of them says nothing of a member by
 * itself, and may move many out of reach. Of members only those of the roster count: a corp has many more, who come and go.
 */
function isReasonToCompare(change: ContactChange, isOurs: (userId: string) => boolean): boolean {
  if (change.changeType === 'delete_user' || change.changeType === 'create_user') return false;
  if (change.changeType !== 'update_user') return true;
  const { userId, newUserId, details } = change;
  const differs = details.departments !== undefined || details.name !== undefined;
  return differs && (isOurs(userId) || (newUserId !== undefined && isOurs(newUserId)));
}

/** As it is kept: whose card it was of a member's telephone and address is nobody's business here. */
export function withoutDetails(inbound: ContactInbound): object {
  if (!('details' in inbound)) return inbound;
  const { departments, status } = inbound.details;
  return { ...inbound, details: { departments, status } };
}

export interface ContactTurn {
  scripts: Scripts;
  locale: string;
  book: OfficeBook;
  inboxId: string;
  now: Date;
}

/** Ends, gives back or moves access in this transaction. `alone`: nobody of the office is left who could be told. */
export async function contactTurn(
  tx: Tx,
  inbound: ContactInbound,
  { scripts, locale, book, inboxId, now }: ContactTurn,
): Promise<{ rows: NewOutboxRow[]; alone: boolean }> {
  const told: Notification[] = [];
  const { office, roster } = book;
  const at = inbound.createTime > 0 ? new Date(inbound.createTime * 1000) : now;
  const notify = (notification: Notification) => void told.push(notification);
  let alone = false;
  for (const news of newsIn(inbound, at)) {
    const followed = await followMember({ tx, office, now, inboxId, actor: null, notify }, news);
    alone ||= followed === 'alone';
  }
  if (isReasonToCompare(inbound, (userId) => roster.person(userId) !== undefined))
    await wantCheck(tx, office.id, now);
  const today = dayOf(now, office.timeZone).toString();
  const rows = told.flatMap((notification) => {
    const person = roster.personById.get(notification.personId);
    if (!person) return [];
    return notificationOut(notification, {
      officeId: office.id,
      userId: person.userId,
      now: notification.urgent ? now : loudFrom(office, now),
      voice: voiceFor(scripts, locale, book, person.name, today),
    });
  });
  return { rows, alone };
}
