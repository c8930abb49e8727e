// Tries the smart robot's long connection, unless the service holds it: the platform allows one, and a second would push it out.
import type { Config } from '../config.ts';
import { runningEmbedded } from '../store/embedded.ts';
import { aibotLock, takeLock } from '../store/held-lock.ts';
import { openStore } from '../store/store.ts';
import { type AibotSocketSettings, type AibotSocketState, openAibotSocket } from '../wecom/aibot-socket.ts';
import { type Finding, fault, ok } from './check.ts';

const CONNECT_MS = 6_000;
/** A refused secret is said right after the connection broke. */
const BREATH_MS = 100;

/** Connects for a moment, unless a running bot holds the one connection that a robot may have. */
export async function checkConnection(
  settings: AibotSocketSettings,
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<Finding> {
  if (await isInUse(settings.botId, config)) return ok('aibot', 'in-use');
  const state = await tried(settings);
  if (state === 'ready') return ok('aibot', 'connected');
  return state === 'refused'
    ? fault('aibot', 'refused')
    : fault('aibot', 'unreachable', { url: settings.url });
}

/** Whoever holds this robot's connection holds a lock in the database; a built-in one that does not run has no locks. */
async function isInUse(
  botId: string,
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<boolean> {
  const url = databaseUrl ?? (await runningEmbedded(dataDir));
  if (url === null) return false;
  const store = await openStore({ url, poolSize: 1, applicationName: 'dudao-doctor' });
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
