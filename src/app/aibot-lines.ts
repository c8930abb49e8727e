// Keeps each office's smart robot on its long connection: one connection over all processes, taken up again when it is lost.
import { setTimeout as sleep } from 'node:timers/promises';
import type { HearFrame } from '../http/aibot-line.ts';
import type { Log } from '../log.ts';
import { aibotLock, type HeldLock, takeLock } from '../store/held-lock.ts';
import type { Store } from '../store/store.ts';
import { aibotDedupKey } from '../wecom/aibot.ts';
import { type AibotSocketSettings, type AibotSocketState, openAibotSocket } from '../wecom/aibot-socket.ts';

export interface AibotLinesDeps {
  store: Pick<Store, 'pool'>;
  /** Undefined when the office has no such robot (any more). */
  settingsOf(officeId: string): AibotSocketSettings | undefined;
  hear: HearFrame;
  log: Log;
  timing?: Partial<typeof TIMING>;
}

export const TIMING = {
  /** Between two looks: is the lock free, is it still ours, are the settings the same. */
  lookMs: 5_000,
  /** After another took the connection, or the secret was refused: so that two deployments do not push each other out for ever. */
  pauseMs: 60_000,
};

export interface AibotLines {
  keep(office: { id: string; slug: string }): void;
  close(): Promise<void>;
}

export function openAibotLines({ timing, ...deps }: AibotLinesDeps): AibotLines {
  const { lookMs, pauseMs } = { ...TIMING, ...timing };
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();
  const wait = (ms: number) =>
    sleep(ms, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);

  async function line(office: { id: string; slug: string }): Promise<void> {
    while (!stop.signal.aborted) {
      const settings = deps.settingsOf(office.id);
      const lock = settings && (await lockOf(settings));
      if (settings && lock) {
        const how = await connected(office, settings, lock);
        await lock.release().catch(() => undefined);
        if (how === 'replaced' || how === 'refused') await wait(pauseMs);
      }
      await wait(lookMs);
    }
  }

  async function lockOf({ botId }: AibotSocketSettings): Promise<HeldLock | null> {
    return takeLock(deps.store, aibotLock(botId)).catch(() => null); // the database is away: another look will do
  }

  /** Until the lock or the settings are gone, the platform ends it, or the process does. */
  async function connected(
    { id, slug }: { id: string; slug: string },
    settings: AibotSocketSettings,
    lock: HeldLock,
  ): Promise<AibotSocketState | 'ended'> {
    let state: AibotSocketState | 'opening' = 'opening';
    const socket = await openAibotSocket(settings, {
      frame: (frame) =>
        void deps.hear(slug, { ...frame, dedupKey: aibotDedupKey(frame.inbound, frame.json) }),
      state(next) {
        state = next;
        const level = next === 'ready' ? 'info' : 'warn';
        deps.log[level]({ office: slug, state: next }, 'the long connection of the smart robot');
      },
      odd: (err) => deps.log.warn({ err, office: slug }, 'a frame of the smart robot could not be read'),
    });
    const isOver = () => state === 'replaced' || state === 'refused' || stop.signal.aborted;
    while (!isOver() && (await lock.holds()) && isSame(settings, deps.settingsOf(id))) await wait(lookMs);
    socket.close();
    return isOver() && !stop.signal.aborted ? (state as AibotSocketState) : 'ended'; // over: it is one of them
  }

  return {
    keep(office) {
      if (!running.has(office.id)) running.set(office.id, line(office));
    },
    async close() {
      stop.abort();
      await Promise.all(running.values());
    },
  };
}

function isSame(one: AibotSocketSettings, other: AibotSocketSettings | undefined): boolean {
  return one.botId === other?.botId && one.secret === other.secret && one.url === other.url;
}
