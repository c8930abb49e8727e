// Tries the smart robot's long connection, unless the service holds it: the platform allows one, and a second would push it out.
import type { Config } from '../config.ts';
import { aibotLock, takeLock } from '../store/held-lock.ts';
import { openStore } from '../store/store.ts';
import { type AibotSocketSettings, type AibotSocketState, openAibotSocket } from '../wecom/aibot-socket.ts';
import { type Finding, fault, ok } from './check.ts';

const CONNECT_MS = 6_000;
const ALIVE_MS = 1_000;
/** A refused secret is said right after the connection broke. */
const BREATH_MS = 100;

/** Connects for a moment, unless a running bot holds the one connection that a robot may have. */
export async function checkConnection(
  settings: AibotSocketSettings,
  config: Pick<Config, 'databaseUrl' | 'port'>,
): Promise<Finding> {
  if (await isInUse(settings.botId, config)) return ok('aibot', 'in-use');
  const state = await tried(settings);
  if (state === 'ready') return ok('aibot', 'connected');
  return state === 'refused'
    ? fault('aibot', 'refused')
    : fault('aibot', 'unreachable', { url: settings.url });
}

/** With a database of one's own its lock says so; with the built-in one the service is on this machine. */
async function isInUse(
  botId: string,
  { databaseUrl, port }: Pick<Config, 'databaseUrl' | 'port'>,
): Promise<boolean> {
  if (databaseUrl === null) {
    const alive = await fetch(`http://localhost:${port}/healthz`, {
      signal: AbortSignal.timeout(ALIVE_MS),
    }).catch(() => null);
    return alive?.ok === true;
  }
  const store = await openStore({ url: databaseUrl, poolSize: 1, applicationName: 'dudao-doctor' });
  try {
    const lock = await takeLock(store, aibotLock(botId));
    await lock?.release();
    return lock === null;
  } catch {
    return false; // the database's own check says what is wrong with it
  } finally {
    await store.close();
  }
}

async function tried(settings: AibotSocketSettings): Promise<AibotSocketState> {
  let end: (state: AibotSocketState) => void = () => {};
  const ended = new Promise<AibotSocketState>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(end, CONNECT_MS, 'lost');
  const socket = await openAibotSocket(
    { ...settings, authRetries: 0 },
    {
      frame() {},
      odd() {},
      state: (state) => (state === 'lost' ? void setTimeout(end, BREATH_MS, state) : end(state)),
    },
  );
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
