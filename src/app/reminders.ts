// What the planner of reminders needs from rooms that jobs may not look into: the words, and the policy as it stands today.
import { loadScripts, type Scripts, type Voice } from '../chat/scripts/scripts.ts';
import type { DigestPayload, DigestTold, WordDigest } from '../delivery/digest.ts';
import type { NewOutboxRow } from '../delivery/outbox.ts';
import { notificationKey, notificationOut, plainWords } from '../http/outgoing.ts';
import { openPhone } from '../http/perform.ts';
import type { AlarmDeps } from '../jobs/alarm.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { ACTIONS } from '../supervision/actions.ts';
import { digestsAgain } from '../supervision/deadlines/again.ts';
import { DIGEST, type Digest } from '../supervision/deadlines/plan.ts';
import { loadPolicy, mustLoadPolicy } from '../supervision/deadlines/policy.ts';
import { NOTIFICATIONS } from '../supervision/notifications.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import { faultLine, scriptsFolder } from '../yaml.ts';

/** Throws `scripts.faulty` when the policy cannot be used at start; later a faulty change is told and the last good one goes on. */
export function reminders({
  scripts,
  locale,
  log,
  sealer,
  store,
  now,
}: {
  scripts(): Scripts;
  locale: string;
  log: Log;
  sealer: Pick<Sealer, 'open'>;
  store: Store;
  now(): Date;
}): Pick<AlarmDeps, 'rules' | 'render' | 'openPhone'> & { wordDigest: WordDigest } {
  const settings = loadSettingRules();
  let policy = mustLoadPolicy();
  const rules = () => {
    const read = loadPolicy();
    if (read.policy) policy = read.policy;
    else
      log.error(
        { faults: read.faults.map(faultLine) },
        'deadlines.yaml has faults; the last good one goes on',
      );
    return { policy, rules: settings };
  };
  const again = digestsAgain({ store, now, rules });
  return {
    rules,
    openPhone: (sealed) => openPhone(sealer, sealed),
    render(digest) {
      const { about, office, to, notification, sendAt } = digest;
      if (!about) return out(digest);
      const payload = {
        ...{ about: { ...about, keys: [...about.keys] }, at: sendAt.toISOString() },
        told: toldOf(digest),
      } satisfies DigestPayload;
      return [
        {
          ...{
            officeId: office.id,
            recipient: `user:${to.userId.toLowerCase()}`,
            key: notificationKey(notification),
          },
          ...{ call: 'digest', payload, notBefore: sendAt },
        },
      ];
    },
    wordDigest: {
      planned: (told) => saidOf(told),
      async anew(officeId, about) {
        const digest = await again(officeId, about);
        if (digest === 'nothing' || digest === 'busy' || 'later' in digest) return digest;
        const told = toldOf(digest);
        return { told, said: saidOf(told) };
      },
    },
  };

  function out({ office, to, notification, today, sendAt }: Digest): NewOutboxRow[] {
    const voice = voiceTo({ office, name: to.name, today: today.toString() });
    return notificationOut(notification, { officeId: office.id, userId: to.userId, now: sendAt, voice });
  }

  /** A digest has no buttons and no photos: it is a message in words, or several. */
  function saidOf(told: DigestTold) {
    return plainWords(voiceTo(told).card(DIGEST, told.data));
  }

  function voiceTo({ office: { name, short }, name: person, today }: Omit<DigestTold, 'data'>): Voice {
    return scripts().voice(locale, () => today, {
      person: { name: person },
      office: { name, short },
      helper: name,
      today,
    });
  }
}

const toldOf = ({ office: { name, short }, to, today, notification }: Digest): DigestTold => ({
  office: { name, short },
  name: to.name,
  today: today.toString(),
  data: notification.data,
});

/** A process that answers nobody keeps no conversation: it reads the words when it first needs them. */
export function ownScripts(log: Log): () => Scripts {
  let last: Scripts | null = null;
  return () => {
    if (last) return last;
    const need = { actions: ACTIONS, notifications: NOTIFICATIONS };
    const { scripts, faults } = loadScripts(scriptsFolder, need);
    if (!scripts) {
      log.error({ faults: faults.map(faultLine) }, 'bot-scripts have faults; reminders wait');
      throw new Error('no words for reminders');
    }
    last = scripts;
    return scripts;
  };
}
