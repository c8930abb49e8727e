// Keeps each office's smart robot on its long connection: one connection over all processes, taken up again when it is lost.
import { setTimeout as sleep } from 'node:timers/promises';
import type { HearFrame, ResumePromises } from '../http/aibot-line.ts';
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
  /** Gives what an earlier connection promised and did not give; called each time the connection stands. */
  resume: ResumePromises;
  count(state: AibotSocketState): void;
  log: Log;
  timing?: Partial<typeof TIMING>;
}

const TIMING = {
  /** Between two looks: is the lock free, is it still ours, are the settings the same. */
  lookMs: 5_000,
  /** After another took the connection, or the secret was refused: so that two deployments do not push each other out for ever. */
  pauseMs: 60_000,
  /** So long may answers that are being made take when the process ends. */
  lastWordsMs: 5_000,
};

export interface AibotLines {
  keep(office: { id: string; slug: string }): void;
  close(): Promise<void>;
}

/** Nothing is connected before `keep`. `close` lets answers that are being made end, for a few seconds. */
export function openAibotLines({ timing, ...deps }: AibotLinesDeps): AibotLines {
  const { lookMs, pauseMs, lastWordsMs } = { ...TIMING, ...timing };
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();
  const wait = (ms: number) =>
    sleep(ms, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);

  async function line(office: { id: string; slug: string }): Promise<void> {
    while (!stop.signal.aborted) {
      const settings = deps.settingsOf(office.id);
      // The database is away: another look will do.
      const lock = settings && (await takeLock(deps.store, aibotLock(settings.botId)).catch(() => null));
      const how = settings && lock ? await connected(office, settings, lock) : 'ended';
      await wait(how === 'ended' ? lookMs : pauseMs);
    }
  }

  /** Until another process or connection has the robot, the settings are others, or this process ends. */
  async function connected(
    { id, slug }: { id: string; slug: string },
    settings: AibotSocketSettings,
    first: HeldLock,
  ): Promise<'replaced' | 'refused' | 'ended'> {
    let over: 'replaced' | 'refused' | undefined;
    const inWork = new Set<Promise<void>>();
    const during = (work: Promise<void>) => {
      const ended = work.finally(() => inWork.delete(ended));
      inWork.add(ended);
    };
    const resume = () => during(deps.resume(slug, (reqId, reply) => socket.answer(reqId, reply)));
    const socket = await openAibotSocket(settings, {
      frame(frame) {
        const dedupKey = aibotDedupKey(frame.inbound, frame.json);
        during(deps.hear(slug, { ...frame, dedupKey }));
      },
      state(next) {
        if (next === 'replaced' || next === 'refused') over = next;
        if (next === 'ready') resume();
        deps.count(next);
        const level = next === 'ready' ? 'info' : 'warn';
        deps.log[level]({ office: slug, state: next }, 'the long connection of the smart robot');
      },
      odd: (err) => deps.log.warn({ err, office: slug }, 'a frame of the smart robot could not be read'),
    });
    let lock: HeldLock | null = first;
    while (!over && !stop.signal.aborted && isSame(settings, deps.settingsOf(id))) {
      if (lock && !(await lock.holds())) {
        await lock.release();
        lock = null;
      }
      if (!lock) {
        // While the database is away people are still heard: what they say waits on the disk (spool).
        const again = await takeLock(deps.store, aibotLock(settings.botId)).catch(() => 'away' as const);
        if (again === null) break; // another process has taken it meanwhile, and connects
        if (again !== 'away') lock = again;
      }
      await wait(lookMs);
    }
    await Promise.race([Promise.all(inWork), sleep(lastWordsMs, undefined, { ref: false })]);
    socket.close();
    await lock?.release();
    return over ?? 'ended';
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
