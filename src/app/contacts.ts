// Puts the platform's members beside the roster: reads them for an office, and puts what is told of them into words.
import type { Scripts } from '../chat/scripts/scripts.ts';
import { notificationOut } from '../http/outgoing.ts';
import type { WorkDeps } from '../jobs/work.ts';
import { loudFrom } from '../supervision/contacts/check.ts';
import type { Listing } from '../supervision/contacts/compare.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import { departmentsOf, readMembers } from '../wecom/members.ts';
import type { Offices } from './offices.ts';
import { officeVoice } from './voice.ts';

/** Said in the log wherever it happens: the office itself cannot hear it. */
export const NOBODY_LEFT =
  'a member left WeCom and nobody of the office is left: add whoever takes over to WeCom and to the roster';

/** What a scheduled comparison tells waits for the office's waking hours, what somebody asked for does not. */
export function contacts({
  scripts,
  locale,
  offices,
  now,
}: {
  scripts(): Scripts;
  locale: string;
  offices: Pick<Offices, 'byId' | 'all'>;
  now(): Date;
}): WorkDeps['contacts'] {
  const speak = officeVoice({ scripts, locale, now });
  return {
    rules: loadSettingRules(),
    alone: NOBODY_LEFT,
    list: (officeId) => listing(offices, officeId, now()),
    officeIds: () => offices.all().map(({ id }) => id),
    async departments(officeId) {
      const office = offices.byId(officeId);
      return office ? departmentsOf(office.client.contacts) : null;
    },
    render(office, to, notification) {
      const at = now();
      // Whoever asked waits for it, and a danger waits for nobody.
      const asked = notification.dedup.startsWith('contacts-asked-');
      return notificationOut(notification, {
        ...{ officeId: office.id, userId: to.userId },
        now: asked || notification.urgent ? at : loudFrom(office, at),
        voice: speak(office, to.name),
      });
    },
  };
}

/** Null: this process does not know the office's platform. */
export async function listing(
  offices: Pick<Offices, 'byId'>,
  officeId: string,
  at: Date,
): Promise<Listing | null> {
  const office = offices.byId(officeId);
  if (!office) return null;
  return { at, ...(await readMembers(office.client.contacts, office.contacts.sync)) };
}
