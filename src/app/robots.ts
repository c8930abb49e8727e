// The group robots of this deployment: their keys opened only here, at the moment of sending, and their words.
import { notificationOut } from '../http/outgoing.ts';
import type { RobotsDeps } from '../jobs/robots.ts';
import type { Sealer } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { createRobot, type Robot } from '../wecom/webhook.ts';
import { placeRows } from './posts.ts';
import { officeVoice, type Speaking } from './voice.ts';

/** A robot by its office and name; undefined when there is none, or its key was sealed under another secret. */
export function robotKeeper({
  store,
  sealer,
  base,
}: {
  store: Pick<Store, 'query'>;
  sealer: Pick<Sealer, 'open'>;
  base: string;
}): (officeId: string, name: string) => Promise<Robot | undefined> {
  return async (officeId, name) => {
    const [row] = await store.query<{ sealed: string | null }>(
      `select key_sealed as sealed from group_robot where office_id = $1 and name = $2 and state <> 'removed'`,
      [officeId, name],
      'robot-key',
    );
    if (!row?.sealed) return undefined;
    try {
      return createRobot({ base, key: sealer.open(row.sealed) });
    } catch {
      return undefined;
    }
  };
}

/** What is said in a group to try a robot, and to whoever registered it. */
export function robotWords(speaking: Speaking): Pick<RobotsDeps, 'render'> {
  const speak = officeVoice(speaking);
  const { now } = speaking;
  return {
    render: (robot, all) =>
      all.flatMap((out) => {
        const { id, officeId, office, name } = robot;
        const voiceOf = (person: string) => speak(office, person);
        if (out.kind === 'test')
          return placeRows(
            { id, kind: 'robot', to: name, name },
            { officeId, key: out.key, text: voiceOf('').text('robot.test', { name }), now: now() },
          );
        const data = { name, errcode: out.errcode };
        return notificationOut(
          { personId: out.to.personId, key: `robot.${out.what}`, data, dedup: out.dedup },
          { officeId, userId: out.to.userId, now: now(), voice: voiceOf(out.to.name) },
        );
      }),
  };
}
