// Logs that may be shown to anybody: one JSON line an event, and nothing in it of what people wrote, who they are, or what opens a door.
import pino from 'pino';

export type Log = pino.Logger;

export interface LogOptions {
  level: string;
  /** A file descriptor (1: standard output, 2: standard error) or a stream, for tests. */
  to?: number | pino.DestinationStream;
  name?: string;
}

/** A log for one process. Contents are refused here, not at each call, so that a careless call can't leak. */
export function createLog({ level, to = 1, name = 'dudao' }: LogOptions): Log {
  const stream = typeof to === 'number' ? pino.destination({ dest: to, sync: true }) : to;
  return pino(
    {
      level,
      name,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError, error: describeError, req: withoutContents, res: withoutContents },
      formatters: {
        level: (label) => ({ level: label }),
        log: withoutContents,
        bindings: (bindings) => ({ ...withoutContents(bindings), ...nameOf(bindings) }),
      },
      hooks: { streamWrite: scrub },
    },
    stream,
  );
}

/** pino's own `name` is the process's, not a person's. */
function nameOf({ name }: pino.Bindings): { name?: string } {
  return typeof name === 'string' && /^[a-z][a-z.-]*$/.test(name) ? { name } : {};
}

const MAX_DEPTH = 4;
const MAX_ITEMS = 20;
const MAX_STRING = 300;

/** Names of fields whose value is somebody's words, somebody's data, or a secret. Compared without case and punctuation. */
const HIDDEN = new Set(
  `text content body xml payload reply message words raw html markdown description narrative report
   phone mobile tel telephone email address name person personname realname username nickname
   token accesstoken refreshtoken ticket secret corpsecret appsecret key aeskey encodingaeskey password passwd
   authorization cookie setcookie signature msgsignature echostr encrypt plaintext ciphertext headers query
   userid userids touser fromusername tousername responsecode codeverifier databaseurl redisurl`.split(/\s+/),
);
const HIDDEN_ENDINGS = /(text|token|secret|password|phone|mobile|apikey|aeskey)$/;

function isHidden(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return HIDDEN.has(plain) || HIDDEN_ENDINGS.test(plain);
}

/** A copy that is safe to print: hidden fields, depth, length, getters that throw and circles are taken care of. */
function withoutContents(object: object): Record<string, unknown> {
  const safe = cleaned(object, 0);
  return typeof safe === 'object' && safe !== null ? { ...safe } : { value: safe };
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > MAX_STRING ? `${value.slice(0, MAX_STRING)}…` : value;
  if (typeof value === 'number') return LOOKS_LIKE_PHONE.test(String(value)) ? '[phone]' : value;
  if (typeof value === 'bigint') return cleaned(value.toString(), depth);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  try {
    if (value instanceof Error) return describeError(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
    if (depth >= MAX_DEPTH) return '[deeper]';
    if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => cleaned(item, depth + 1));
    return fieldsOf(value, depth);
  } catch {
    return '[unreadable]';
  }
}

function fieldsOf(value: object, depth: number): Record<string, unknown> {
  // No prototype: a field called __proto__ stays a field.
  const safe: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(value).slice(0, 2 * MAX_ITEMS)) {
    try {
      safe[name] = isHidden(name) ? '[hidden]' : cleaned(Reflect.get(value, name), depth + 1);
    } catch {
      safe[name] = '[unreadable]';
    }
  }
  // An object's own toJSON would be called on the copy by the printer, and could put everything back.
  delete safe.toJSON;
  return safe;
}

/**
 * What an error is, without what it quotes: drivers put values of rows into `detail`, parsers put input into messages.
 * The first frames of the stack are kept; they name our files, never data.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return cleaned(error, 1);
  const field = (name: string) => cleaned(Reflect.get(error, name), 2);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code: field('code'),
    errcode: field('errcode'),
    detail: error.name === 'AppError' ? field('detail') : undefined,
    what: error.message
      .split('\n')[0]
      ?.slice(0, 200)
      .replace(/(["'`]).*\1/g, '$1…$1'),
    at: frames.slice(0, 4).map((line) => line.trim()),
    cause: error.cause !== undefined && depth < 3 ? describeError(error.cause, depth + 1) : undefined,
  };
}

const SECRET_IN_URL =
  /([?&](?:access_token|corpsecret|secret|key|token|code|msg_signature|echostr)=)[^&\s"\\]+/gi;
const PASSWORD_IN_URL = /(\w+:\/\/[^:/@\s"]*:)[^@/\s"]+@/g;
const PHONE = /(?<![\dA-Za-z.-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g;
// Our own log lines are English, so a Han character in one was written by, or is the name of, a person or a school.
const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/gu;

const LOOKS_LIKE_PHONE = /^1[3-9]\d{9}$/;
const STRING = /"(?:[^"\\]|\\.)*"/g;

/** The last sieve, over the strings of the finished line: whatever came through a message or an odd object. */
function scrub(line: string): string {
  return line.replace(STRING, (text) =>
    text
      .replace(SECRET_IN_URL, '$1[hidden]')
      .replace(PASSWORD_IN_URL, '$1[hidden]@')
      .replace(PHONE, '[phone]')
      .replace(HAN, '…'),
  );
}
