// Reads fields of a request's JSON the way the platform does: what has the wrong type counts as not there, and only a
// warning inside `errmsg` says so (90664).

export type Json = Record<string, unknown>;
export type Refused = { errcode: number; errmsg: string };

/** A refusal as the platform words it: errcode and errmsg. */
export const refuse = (errcode: number, errmsg: string): Refused => ({ errcode, errmsg });
export const isRefused = (answer: unknown): answer is Refused =>
  isObject(answer) && typeof answer.errcode === 'number' && answer.errcode !== 0;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
export const bytes = (text: string) => Buffer.byteLength(text);

/** Cuts to at most `max` bytes of UTF-8 without leaving half a character. */
export function cutBytes(text: string, max: number): string {
  const all = Buffer.from(text);
  if (all.length <= max) return text;
  let end = max;
  // Bytes 10xxxxxx continue a character: step back to where one begins.
  while (end > 0 && ((all[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return all.toString('utf8', 0, end);
}

export interface Fields {
  str(from: Json, key: string): string;
  /** A whole number; a numeral in a string is taken too, with the warning. */
  int(from: Json, key: string): number | undefined;
  /** Any number. */
  number(from: Json, key: string): number | undefined;
  bool(from: Json, key: string): boolean | undefined;
  obj(from: Json, key: string): Json | undefined;
  /** The objects of a list. */
  objs(from: Json, key: string): Json[];
  strs(from: Json, key: string): string[];
  ints(from: Json, key: string): number[];
  /** Takes over a warning from somewhere else. */
  warn(): void;
  warned(): boolean;
}

/** For one request: remembers whether a field of the wrong type was passed over, which the answer's errmsg then says. */
export function createFields(): Fields {
  let warned = false;
  const warn = <T>(instead: T): T => {
    warned = true;
    return instead;
  };
  const read = <T>(from: Json, key: string, fits: (value: unknown) => value is T): T | undefined => {
    const value = from[key];
    if (value === undefined || value === null) return undefined;
    return fits(value) ? value : warn(undefined);
  };
  const isString = (value: unknown) => typeof value === 'string';
  const isNumber = (value: unknown) => typeof value === 'number';
  const list = <T>(from: Json, key: string, fits: (value: unknown) => value is T): T[] => {
    const all = read(from, key, Array.isArray) ?? [];
    const good = all.filter(fits);
    return good.length === all.length ? good : warn(good);
  };
  return {
    str: (from, key) => read(from, key, isString) ?? '',
    int(from, key) {
      const value = from[key];
      if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return warn(Number(value));
      return read(from, key, (given): given is number => Number.isInteger(given));
    },
    number: (from, key) => read(from, key, isNumber),
    bool: (from, key) => read(from, key, (given): given is boolean => typeof given === 'boolean'),
    obj: (from, key) => read(from, key, isObject),
    objs: (from, key) => list(from, key, isObject),
    strs: (from, key) => list(from, key, isString),
    ints: (from, key) => list(from, key, isNumber),
    warn: () => {
      warned = true;
    },
    warned: () => warned,
  };
}
