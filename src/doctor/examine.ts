// The whole examination, in the order in which an operator would mend things; later checks are skipped when an earlier one makes them idle.
import type { Config } from '../config.ts';
import { checkCallback } from './callback.ts';
import { type Finding, fault, ok, skipped } from './check.ts';
import { checkKeys, checkPlatform } from './platform.ts';
import { checkDatabase, checkFiles, checkRedis } from './stores.ts';

export interface ExamineDeps {
  now(): Date;
  /** How many faults the scripts have. */
  scriptFaults(): Promise<number>;
}

export async function examine(config: Config, deps: ExamineDeps): Promise<Finding[]> {
  const [database, redis, files, scripts, platform] = await Promise.all([
    checkDatabase(config),
    checkRedis(config.redisUrl),
    checkFiles(config),
    deps.scriptFaults(),
    checkWecom(config, deps.now),
  ]);
  return [
    ...database,
    redis,
    files,
    checkAppSecret(config),
    scripts === 0 ? ok('scripts') : fault('scripts', 'faults', { count: scripts }),
    ...platform,
  ];
}

async function checkWecom(config: Config, now: () => Date): Promise<Finding[]> {
  const { wecom } = config;
  if (!wecom) return ['secret', 'callback'].map((check) => skipped(check, 'doctor.no-wecom'));
  const keys = checkKeys(wecom);
  const hasKey = keys.every(({ check, state }) => check !== 'aes-key' || state === 'ok');
  const [platform, callback] = await Promise.all([
    checkPlatform(wecom, config.apiBase, now),
    hasKey ? checkCallback(wecom, config.publicUrl, config.office, now) : skipped('callback'),
  ]);
  return [...keys, ...platform, callback];
}

/** Fewer characters can be guessed; what was made here is long enough. */
const SHORTEST_SECRET = 16;

function checkAppSecret({ appSecret, dataDir }: Config): Finding {
  if (appSecret === null) return ok('app-secret', 'kept', { dataDir });
  return appSecret.length < SHORTEST_SECRET ? fault('app-secret', 'short') : ok('app-secret');
}
