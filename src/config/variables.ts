// The variables of the environment: what each may hold, and which belong together.
import { z } from 'zod';
import { locales } from '../operator.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const url = (protocols: RegExp) => z.url({ protocol: protocols });

/** A token and a key as the platform's console makes them. */
const token = z.string().regex(/^[A-Za-z0-9]{1,32}$/);
const aesKey = z.string().regex(/^[A-Za-z0-9+/]{43}$/);
const word = z.string().regex(/^\S+$/);

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
  WECOM_SECRET: word.optional(),
  WECOM_TOKEN: token.optional(),
  WECOM_ENCODING_AES_KEY: aesKey.optional(),
  WECOM_AIBOT_ID: z
    .string()
    .regex(/^\S{1,128}$/)
    .optional(),
  WECOM_AIBOT_NAME: z.string().max(60).default(''),
  WECOM_AIBOT_SECRET: word.optional(),
  WECOM_AIBOT_URL: url(/^wss?$/).default('wss://openws.work.weixin.qq.com'),
  WECOM_AIBOT_TOKEN: token.optional(),
  WECOM_AIBOT_ENCODING_AES_KEY: aesKey.optional(),
  WECOM_CONTACTS_SECRET: word.optional(),
  WECOM_CONTACTS_TOKEN: token.optional(),
  WECOM_CONTACTS_ENCODING_AES_KEY: aesKey.optional(),
  WECOM_API_BASE: url(/^https?$/).default('https://qyapi.weixin.qq.com'),
  PUBLIC_URL: url(/^https?$/).optional(),
  S3_ENDPOINT: url(/^https?$/).optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/)
    .optional(),
  S3_REGION: word.default('us-east-1'),
  S3_ACCESS_KEY_ID: word.optional(),
  S3_SECRET_ACCESS_KEY: word.optional(),
  S3_PREFIX: z
    .string()
    .regex(/^[\w./-]*$/)
    .default(''),
  APP_SECRET: z.string().min(8).optional(),
  APP_SECRET_BEFORE: z.string().min(8).optional(),
  LOCALE: z.enum(locales).default('zh-CN'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type Variables = z.infer<typeof settings>;
type Name = keyof Variables;

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
export const AIBOT_CONNECTION = ['WECOM_AIBOT_ID', 'WECOM_AIBOT_SECRET'] as const;
const CONTACTS_CALLBACK = ['WECOM_CONTACTS_TOKEN', 'WECOM_CONTACTS_ENCODING_AES_KEY'] as const;

/** What is not there although something that needs it is. */
export interface Lacking {
  /** Of the corp's five, when anything of WeCom is set or a command cannot do without. */
  corp: Name[];
  /** Of a group of which another part is set. */
  parts: Name[];
  /** The smart robot is told to work both ways, of which the console knows one. */
  bothWays: boolean;
}

/** `needsCorp`: a command can do nothing without the corp's five. */
export function lackingOf(has: (name: Name) => boolean, needsCorp: boolean): Lacking {
  const byCallback = AIBOT_CALLBACK.some(has);
  const byConnection = has('WECOM_AIBOT_SECRET') || (has('WECOM_AIBOT_ID') && !byCallback);
  const contactsCallback = CONTACTS_CALLBACK.some(has);
  const needed = [
    ...(contactsCallback ? CONTACTS_CALLBACK : []),
    ...(byCallback ? AIBOT_CALLBACK : []),
    ...(byConnection ? AIBOT_CONNECTION : []),
    ...(S3.some(has) ? S3 : []),
  ];
  const speaksToWecom =
    needsCorp ||
    WECOM.some(has) ||
    byCallback ||
    byConnection ||
    contactsCallback ||
    has('WECOM_CONTACTS_SECRET');
  return {
    corp: speaksToWecom ? WECOM.filter((name) => !has(name)) : [],
    parts: needed.filter((name) => !has(name)),
    bothWays: byCallback && byConnection,
  };
}
