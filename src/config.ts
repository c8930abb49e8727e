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
  WECOM_API_BASE: url(/^https?$/).default('https://qyapi.weixin.qq.com'),
  PUBLIC_URL: url(/^https?$/).optional(),
  APP_SECRET: z.string().min(8).optional(),
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
  readonly apiBase: string;
  readonly publicUrl: string | null;
  readonly appSecret: string | null;
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
  const askedFor = needs.wecom || missing.length < WECOM.length;
  if (!read.success || (askedFor && missing.length > 0)) {
    const { say } = operatorTexts(locales.find((locale) => locale === given.LOCALE) ?? 'zh-CN');
    const wrong = [...faults].map((name) => `  ${name}: ${say(`config.${name}`)}`);
    const absent = askedFor
      ? missing.map((name) => `  ${name}: ${say('config.missing')} ${say(`config.${name}`)}`)
      : [];
    const message = [say('config.unusable'), ...wrong, ...absent].join('\n');
    throw new AppError('config.unusable', 'never', { faults: [...faults, ...missing] }, { message });
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
    apiBase: set.WECOM_API_BASE.replace(/\/+$/, ''),
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    appSecret: set.APP_SECRET ?? null,
    locale: set.LOCALE,
    logLevel: given.LOG_LEVEL === undefined ? null : set.LOG_LEVEL,
  });
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
