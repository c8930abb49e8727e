// The whole examination, in the order in which an operator would mend things; later checks are skipped when an earlier one makes them idle.
import type { Config } from '../config.ts';
import { checkConnection } from './aibot.ts';
import { checkCallback } from './callback.ts';
import { type Finding, fault, ok, skipped } from './check.ts';
import { checkContacts } from './contacts.ts';
import { checkKeys, checkPlatform } from './platform.ts';
import { checkDatabase, checkFiles, checkFolder, checkRedis } from './stores.ts';

export interface ExamineDeps {
  now(): Date;
  /** How many faults the scripts have. */
  scriptFaults(): Promise<number>;
}

/** Everything that the settings name, what is reached by a connection at once; a check that fails says so and stops no other. */
export async function examine(config: Config, deps: ExamineDeps): Promise<Finding[]> {
  const [folder, database, redis, files, platform, aibot] = await Promise.all([
    checkFolder(config.dataDir),
    checkDatabase(config),
    checkRedis(config.redisUrl),
    checkFiles(config),
    checkWecom(config, deps.now),
    checkAibot(config, deps.now),
  ]);
  // By itself: it may keep the core for many seconds, in which a database that answers at once would seem to be away.
  const scripts = await deps.scriptFaults();
  return [
    folder,
    ...database,
    redis,
    files,
    checkAppSecret(config),
    scripts === 0 ? ok('scripts') : fault('scripts', 'faults', { count: scripts }),
    ...platform,
    aibot,
  ];
}

async function checkWecom(config: Config, now: () => Date): Promise<Finding[]> {
  const { wecom, contacts } = config;
  if (!wecom) return ['secret', 'callback'].map((check) => skipped(check, 'doctor.no-wecom'));
  const keys = checkKeys(wecom);
  const hasKey = keys.every(({ check, state }) => check !== 'aes-key' || state === 'ok');
  const [platform, callback, helper] = await Promise.all([
    checkPlatform(wecom, config, now),
    hasKey
      ? checkCallback(
          { ...wecom, check: 'callback', url: addressOf(config, 'callback'), receiveId: wecom.corpId },
          now,
        )
      : skipped('callback'),
    contacts ? checkContacts(wecom, contacts, config.apiBase, addressOf(config, 'contacts'), now) : [],
  ]);
  return [...keys, ...platform, callback, ...helper];
}

function addressOf({ publicUrl, office }: Config, last: 'callback' | 'aibot' | 'contacts'): string | null {
  return publicUrl && `${publicUrl}/wecom/${office}/${last}`;
}

/** The smart robot, by whichever of its two ways. */
async function checkAibot(config: Config, now: () => Date): Promise<Finding> {
  if (!config.aibot) return skipped('aibot', 'none');
  const { id, mode } = config.aibot;
  if (mode.by === 'connection') return checkConnection({ botId: id, ...mode }, config);
  const { token, encodingAesKey } = mode;
  const url = addressOf(config, 'aibot');
  return checkCallback({ check: 'aibot-callback', url, token, encodingAesKey, receiveId: '' }, now);
}

/** Fewer characters can be guessed; what was made here is long enough. */
const SHORTEST_SECRET = 16;

function checkAppSecret({ appSecret, dataDir }: Config): Finding {
  if (appSecret === null) return ok('app-secret', 'kept', { dataDir });
  return appSecret.length < SHORTEST_SECRET ? fault('app-secret', 'short') : ok('app-secret');
}
