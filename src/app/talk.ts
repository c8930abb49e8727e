// The words and the understanding of the running bot, read before anything is connected, and read again when a file changes.
import { join } from 'node:path';
import { liveTalk } from '../chat/live.ts';
import type { Log } from '../log.ts';
import { ACTIONS } from '../supervision/actions.ts';
import { NOTIFICATIONS } from '../supervision/notifications.ts';
import { faultLine, scriptsFolder } from '../yaml.ts';

export interface AppTalk extends Pick<ReturnType<typeof liveTalk>, 'current' | 'close'> {
  /** Of the newest files; while there are any, the last good ones are in use. */
  faults(): number;
}

/** Throws `scripts.faulty`, its message naming every fault. Lets nothing else run for up to a second when what is said was not learnt before. */
export function openAppTalk(log: Log, dataDir: string): AppTalk {
  let count = 0;
  const talk = liveTalk({
    dir: scriptsFolder,
    cacheDir: join(dataDir, 'cache'),
    actions: ACTIONS,
    notifications: NOTIFICATIONS,
    told: (faults) => {
      count = faults.length;
      if (count === 0) log.info('bot-scripts were read again');
      else log.error({ faults: faults.map(faultLine) }, 'bot-scripts have faults; the last good ones go on');
    },
  });
  return { current: talk.current, close: talk.close, faults: () => count };
}
