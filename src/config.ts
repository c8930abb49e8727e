// The environment, read once: every fault is reported at a time, by the variable's name and with what to write instead, never its value.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { type Locale, locales, operatorTexts } from './operator.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const url = (protocols: RegExp) => z.url({ protocol: protocols });

/** Every variable there is, under the names that scripts rely on; `.env.example` explains them to people. */
export const settings = z.object({
  PORT: port.default(3000),
  SIMULATOR_PORT: port.default(3100),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: url(/^postgres(ql)?$/).optional(),
  REDIS_URL: url(/^rediss?$/).optional(),
  OFFICE: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
    .default('main'),
  // A corp id starts with ww or wx (PROTOCOL §0); `dudao doctor` says so, a platform of one's own may differ.
  WECOM_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  WECOM_AGENT_ID: z.coerce.number().int().positive().optional(),
  WECOM_SECRET: z.string().regex(/^\S+$/).optional(),
  WECOM_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/)
    .optional(),
  WECOM_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/)
    .optional(),
  WECOM_AIBOT_ID: z
    .string()
    .regex(/^\S{1,128}$/)
    .optional(),
  WECOM_AIBOT_NAME: z.string().max(60).default(''),
  WECOM_AIBOT_SECRET: z.string().regex(/^\S+$/).optional(),
  WECOM_AIBOT_URL: url(/^wss?$/).default('wss://openws.work.weixin.qq.com'),
  WECOM_AIBOT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/)
    .optional(),
  WECOM_AIBOT_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/)
    .optional(),
  WECOM_CONTACTS_SECRET: z.string().regex(/^\S+$/).optional(),
  WECOM_CONTACTS_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/)
    .optional(),
  WECOM_CONTACTS_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/)
    .optional(),
  WECOM_API_BASE: url(/^https?$/).default('https://qyapi.weixin.qq.com'),
  PUBLIC_URL: url(/^https?$/).optional(),
  S3_ENDPOINT: url(/^https?$/).optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/)
    .optional(),
  S3_REGION: z.string().regex(/^\S+$/).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().regex(/^\S+$/).optional(),
  S3_SECRET_ACCESS_KEY: z.string().regex(/^\S+$/).optional(),
  S3_PREFIX: z
    .string()
    .regex(/^[\w./-]*$/)
    .default(''),
  APP_SECRET: z.string().min(8).optional(),
  APP_SECRET_BEFORE: z.string().min(8).optional(),
  LOCALE: z.enum(locales).default('zh-CN'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

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
const WECOM = [
  'WECOM_CORP_ID',
  'WECOM_AGENT_ID',
  'WECOM_SECRET',
  'WECOM_TOKEN',
  'WECOM_ENCODING_AES_KEY',
] as const;

/** What each way of the smart robot needs; its name may stand beside both, its id beside the first. */
const AIBOT_CALLBACK = ['WECOM_AIBOT_TOKEN', 'WECOM_AIBOT_ENCODING_AES_KEY'] as const;
const S3 = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;
const AIBOT_CONNECTION = ['WECOM_AIBOT_ID', 'WECOM_AIBOT_SECRET'] as const;
const CONTACTS_CALLBACK = ['WECOM_CONTACTS_TOKEN', 'WECOM_CONTACTS_ENCODING_AES_KEY'] as const;

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
  const missing = WECOM.filter((name) => given[name] === undefined);
  const has = (name: keyof typeof settings.shape) => given[name] !== undefined;
  const byCallback = has('WECOM_AIBOT_TOKEN') || has('WECOM_AIBOT_ENCODING_AES_KEY');
  const byConnection = has('WECOM_AIBOT_SECRET') || (has('WECOM_AIBOT_ID') && !byCallback);
  const contactsCallback = CONTACTS_CALLBACK.some(has);
  const incomplete = [
    ...(contactsCallback ? CONTACTS_CALLBACK : []),
    ...(byCallback ? AIBOT_CALLBACK : []),
    ...(byConnection ? AIBOT_CONNECTION : []),
    ...(S3.some(has) ? S3 : []),
  ].filter((name) => !has(name));
  const both = byCallback && byConnection;
  const askedFor =
    needs.wecom ||
    missing.length < WECOM.length ||
    byCallback ||
    byConnection ||
    contactsCallback ||
    has('WECOM_CONTACTS_SECRET');
  if (!read.success || (askedFor && missing.length > 0) || incomplete.length > 0 || both) {
    const { say } = operatorTexts(locales.find((locale) => locale === given.LOCALE) ?? 'zh-CN');
    const wrong = [...faults].map((name) => `  ${name}: ${say(`config.${name}`)}`);
    const absent = askedFor
      ? missing.map((name) => `  ${name}: ${say('config.missing')} ${say(`config.${name}`)}`)
      : [];
    const halves = incomplete.map((name) => `  ${name}: ${say('config.missing')} ${say(`config.${name}`)}`);
    const either = both ? [`  WECOM_AIBOT_TOKEN, WECOM_AIBOT_SECRET: ${say('config.aibot-both')}`] : [];
    const message = [say('config.unusable'), ...wrong, ...absent, ...halves, ...either].join('\n');
    const names = [...faults, ...(askedFor ? missing : []), ...incomplete, ...(both ? AIBOT_CONNECTION : [])];
    throw new AppError('config.unusable', 'never', { faults: names }, { message });
  }
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

function s3Of(set: z.infer<typeof settings>): S3Settings | null {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_PREFIX: prefix } = set;
  const [accessKeyId, secretAccessKey] = [set.S3_ACCESS_KEY_ID, set.S3_SECRET_ACCESS_KEY];
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null;
  return { endpoint, bucket, region, prefix, accessKeyId, secretAccessKey };
}

function aibotOf(set: z.infer<typeof settings>): AibotSettings | null {
  const id = set.WECOM_AIBOT_ID ?? '';
  const name = set.WECOM_AIBOT_NAME;
  const [token, encodingAesKey] = [set.WECOM_AIBOT_TOKEN, set.WECOM_AIBOT_ENCODING_AES_KEY];
  if (token !== undefined && encodingAesKey !== undefined)
    return { id, name, mode: { by: 'callback', token, encodingAesKey } };
  if (set.WECOM_AIBOT_SECRET === undefined) return null;
  return { id, name, mode: { by: 'connection', secret: set.WECOM_AIBOT_SECRET, url: set.WECOM_AIBOT_URL } };
}

function contactsOf(set: z.infer<typeof settings>): ContactsSettings | null {
  const secret = set.WECOM_CONTACTS_SECRET ?? null;
  const [token, encodingAesKey] = [set.WECOM_CONTACTS_TOKEN, set.WECOM_CONTACTS_ENCODING_AES_KEY];
  const callback = token !== undefined && encodingAesKey !== undefined ? { token, encodingAesKey } : null;
  return secret === null && callback === null ? null : { secret, callback };
}

function credentials(set: z.infer<typeof settings>): WecomCredentials | null {
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
