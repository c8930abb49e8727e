// The environment, read once: every fault is reported at a time, by the variable's name and with what to write instead, never its value.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AIBOT_CONNECTION, type Lacking, lackingOf, settings, type Variables } from './config/variables.ts';
import { AppError } from './errors.ts';
import { type Locale, locales, operatorTexts } from './operator.ts';

export interface WecomCredentials {
  corpId: string;
  agentId: number;
  secret: string;
  token: string;
  encodingAesKey: string;
}

/** The office's smart robot (PROTOCOL §15, §16): the console lets it work by callback or by long connection, not both. */
export interface AibotSettings {
  /** '' when it was not told: callback mode works without. */
  id: string;
  /** As it is mentioned in groups; '' when it was not told. */
  name: string;
  mode:
    | { by: 'callback'; token: string; encodingAesKey: string }
    | { by: 'connection'; secret: string; url: string };
}

/** As src/delivery/s3.ts takes it. */
export interface S3Settings {
  endpoint: string;
  bucket: string;
  region: string;
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The corp's contact-sync helper (PROTOCOL §3.5, §12): who is a member, and who leaves. Each half works without the other. */
export interface ContactsSettings {
  /** Reads the ids of all members; null: nightly, the app's own range is all that is known. */
  secret: string | null;
  /** Null: changes are not told, and found at night. */
  callback: { token: string; encodingAesKey: string } | null;
}

export interface Config {
  readonly port: number;
  readonly simulatorPort: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly office: string;
  /** Null: none of the five is set. Some set and some not is a fault. */
  readonly wecom: WecomCredentials | null;
  /** Null: the office has no smart robot. */
  readonly aibot: AibotSettings | null;
  /** Null: the corp's contact-sync helper was not set up for this service. */
  readonly contacts: ContactsSettings | null;
  readonly apiBase: string;
  readonly publicUrl: string | null;
  /** Null: photos and files lie in the data folder. */
  readonly s3: S3Settings | null;
  readonly appSecret: string | null;
  /** The secret that `dudao reseal` replaces; nothing else looks at it. */
  readonly appSecretBefore: string | null;
  readonly locale: Locale;
  /** Null: nobody set it, so a command may choose a quieter default. */
  readonly logLevel: string | null;
}

export type Environment = Record<string, string | undefined>;

/** The process's environment with the `.env` of the working directory beneath it. The only place that looks there. */
export function environment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/**
 * Throws `config.unusable`, its message holding one line a fault in the language of LOCALE.
 * `needs: 'wecom'`: the command can't work without the corp's five variables.
 */
export function readConfig(env: Environment, needs: { wecom?: boolean } = {}): Config {
  // A variable set to nothing (`REDIS_URL=` in .env) is one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = settings.safeParse(given);
  const faults = new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0])));
  const lacking = lackingOf((name) => given[name] !== undefined, needs.wecom ?? false);
  if (!read.success || lacking.corp.length + lacking.parts.length > 0 || lacking.bothWays)
    throw unusable([...faults], lacking, given.LOCALE);
  const set = read.data;
  return Object.freeze({
    port: set.PORT,
    simulatorPort: set.SIMULATOR_PORT,
    dataDir: resolve(set.DATA_DIR),
    databaseUrl: set.DATABASE_URL ?? null,
    redisUrl: set.REDIS_URL ?? null,
    office: set.OFFICE,
    wecom: credentials(set),
    aibot: aibotOf(set),
    contacts: contactsOf(set),
    apiBase: set.WECOM_API_BASE.replace(/\/+$/, ''),
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    appSecret: set.APP_SECRET ?? null,
    s3: s3Of(set),
    appSecretBefore: set.APP_SECRET_BEFORE ?? null,
    locale: set.LOCALE,
    logLevel: given.LOG_LEVEL === undefined ? null : set.LOG_LEVEL,
  });
}

/** All that is wrong and all that is lacking, a line each, in the language that LOCALE names. */
function unusable(
  faults: string[],
  { corp, parts, bothWays }: Lacking,
  locale: string | undefined,
): AppError {
  const { say } = operatorTexts(locales.find((one) => one === locale) ?? 'zh-CN');
  const absent = [...corp, ...parts];
  const message = [
    say('config.unusable'),
    ...faults.map((name) => `  ${name}: ${say(`config.${name}`)}`),
    ...absent.map((name) => `  ${name}: ${say('config.missing')} ${say(`config.${name}`)}`),
    ...(bothWays ? [`  WECOM_AIBOT_TOKEN, WECOM_AIBOT_SECRET: ${say('config.aibot-both')}`] : []),
  ].join('\n');
  const names = [...faults, ...absent, ...(bothWays ? AIBOT_CONNECTION : [])];
  return new AppError('config.unusable', 'never', { faults: names }, { message });
}

function s3Of(set: Variables): S3Settings | null {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_PREFIX: prefix } = set;
  const [accessKeyId, secretAccessKey] = [set.S3_ACCESS_KEY_ID, set.S3_SECRET_ACCESS_KEY];
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null;
  return { endpoint, bucket, region, prefix, accessKeyId, secretAccessKey };
}

function aibotOf(set: Variables): AibotSettings | null {
  const id = set.WECOM_AIBOT_ID ?? '';
  const name = set.WECOM_AIBOT_NAME;
  const [token, encodingAesKey] = [set.WECOM_AIBOT_TOKEN, set.WECOM_AIBOT_ENCODING_AES_KEY];
  if (token !== undefined && encodingAesKey !== undefined)
    return { id, name, mode: { by: 'callback', token, encodingAesKey } };
  if (set.WECOM_AIBOT_SECRET === undefined) return null;
  return { id, name, mode: { by: 'connection', secret: set.WECOM_AIBOT_SECRET, url: set.WECOM_AIBOT_URL } };
}

function contactsOf(set: Variables): ContactsSettings | null {
  const secret = set.WECOM_CONTACTS_SECRET ?? null;
  const [token, encodingAesKey] = [set.WECOM_CONTACTS_TOKEN, set.WECOM_CONTACTS_ENCODING_AES_KEY];
  const callback = token !== undefined && encodingAesKey !== undefined ? { token, encodingAesKey } : null;
  return secret === null && callback === null ? null : { secret, callback };
}

function credentials(set: Variables): WecomCredentials | null {
  if (set.WECOM_CORP_ID === undefined || set.WECOM_AGENT_ID === undefined) return null;
  if (set.WECOM_SECRET === undefined || set.WECOM_TOKEN === undefined) return null;
  if (set.WECOM_ENCODING_AES_KEY === undefined) return null;
  return {
    corpId: set.WECOM_CORP_ID,
    agentId: set.WECOM_AGENT_ID,
    secret: set.WECOM_SECRET,
    token: set.WECOM_TOKEN,
    encodingAesKey: set.WECOM_ENCODING_AES_KEY,
  };
}
