// One request to the platform and what its answer means: yes, no, or no answer. Every call of the room goes through here,
// so that tokens and keys stay out of errors and each failure is classed in one place.
import { z } from 'zod';
import { WecomRefused, WecomUnreachable } from './errors.ts';
import { legalText } from './xml.ts';

export interface Wire {
  /** `https://qyapi.weixin.qq.com`, or whatever speaks its API. */
  base: string;
  timeoutMs: number;
  fetch: typeof fetch;
  /** The platform ignored a field of a wrong type: a fault of ours that it only hints at (90664). */
  onWarning: (warning: { path: string; errmsg: string }) => void;
}

export interface WireSettings {
  base: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
  onWarning?: Wire['onWarning'];
}

const TIMEOUT_MS = 10_000;

export interface ApiRequest {
  path: string;
  query?: Readonly<Record<string, string | number | undefined>>;
  /** A body makes it a POST. */
  json?: unknown;
  body?: { contentType: string; length: number; open: () => BodyInit };
  headers?: Readonly<Record<string, string>>;
  timeoutMs?: number;
  /** What must not be echoed by an error: the token, the secret, the key. */
  secrets?: readonly string[];
}

/** @throws {TypeError} when the base is not an address. */
export function createWire(settings: WireSettings): Wire {
  const base = settings.base.replace(/\/+$/, '');
  if (!URL.canParse(base))
    throw new TypeError('the API base must be an address such as https://qyapi.weixin.qq.com');
  return {
    base,
    timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
    fetch: settings.fetch ?? globalThis.fetch,
    onWarning: settings.onWarning ?? (() => {}),
  };
}

const envelope = z.looseObject({ errcode: z.number().optional(), errmsg: z.string().optional() });

/**
 * Calls the API and gives the fields that `schema` names.
 * @throws {WecomRefused} when it said no. @throws {WecomUnreachable} when it is not known what it said.
 */
export async function callApi<T>(wire: Wire, request: ApiRequest, schema: z.ZodType<T>): Promise<T> {
  const response = await requestApi(wire, request);
  return readAnswer(wire, request, await textOf(response, request.path), schema);
}

/** Reads a JSON answer; anything else than an object of the expected shape is "no answer that can be understood". */
export function readAnswer<T>(wire: Wire, request: ApiRequest, text: string, schema: z.ZodType<T>): T {
  const { path, secrets } = request;
  const said = envelope.safeParse(parsed(text));
  if (!said.success) throw new WecomUnreachable('unknown', path, 'not JSON');
  const { errcode = 0, errmsg = '' } = said.data;
  if (errcode !== 0) throw new WecomRefused(errcode, errmsg, undefined, path, { secrets });
  // The one legitimate look into errmsg (90664).
  if (/wrong json format/i.test(errmsg)) wire.onWarning({ path, errmsg });
  const read = schema.safeParse(said.data);
  if (!read.success)
    throw new WecomUnreachable('unknown', path, `answer without ${read.error.issues[0]?.path.join('.')}`);
  return read.data;
}

/** Sends the request; gives the response when its status is a success, with its body still to be read. */
export async function requestApi(wire: Wire, request: ApiRequest): Promise<Response> {
  const { path, json, body } = request;
  const url = new URL(wire.base + path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers: Record<string, string> = { ...request.headers };
  let payload: BodyInit | undefined;
  if (json !== undefined) {
    payload = jsonBody(json);
    headers['content-type'] = 'application/json; charset=utf-8';
  } else if (body) {
    payload = body.open();
    headers['content-type'] = body.contentType;
    headers['content-length'] = String(body.length); // without it some find the upload refused
  }
  const init: RequestInit & { duplex: 'half' } = {
    method: payload === undefined ? 'GET' : 'POST',
    headers,
    body: payload,
    redirect: 'error', // a redirect would carry the token somewhere else
    signal: AbortSignal.timeout(request.timeoutMs ?? wire.timeoutMs),
    duplex: 'half',
  };
  let response: Response;
  try {
    response = await wire.fetch(url, init);
  } catch (err) {
    throw unreachable(path, err);
  }
  if (response.ok) return response;
  await response.body?.cancel().catch(() => {});
  throw new WecomUnreachable('unknown', path, `HTTP ${response.status}`);
}

/** The body of a response. Throws WecomUnreachable (unknown) when it breaks off: the request may have been carried out. */
export async function textOf(response: Response, path: string): Promise<string> {
  try {
    return await response.text();
  } catch (err) {
    throw unreachable(path, err, 'unknown');
  }
}

/** JSON in real characters: what JSON.stringify would write as \uXXXX (controls, lone surrogates) is refused (40033). */
function jsonBody(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => (typeof field === 'string' ? legalText(field) : field));
}

/**
 * Runs a call with the token, and once more with a new one when the platform says that it is dead; never a third time.
 * A second refusal means that a new token did not help: that is for an operator.
 */
export async function withToken<T>(
  tokens: { get(): Promise<string>; replace(failed: string): Promise<string> },
  run: (token: string) => Promise<T>,
): Promise<T> {
  const token = await tokens.get();
  try {
    return await run(token);
  } catch (err) {
    if (!isTokenError(err)) throw err;
  }
  try {
    return await run(await tokens.replace(token));
  } catch (err) {
    if (!isTokenError(err)) throw err;
    throw new WecomRefused(err.errcode, err.errmsg, 'alarm', err.path, { cause: err });
  }
}

function isTokenError(err: unknown): err is WecomRefused {
  // gettoken's own refusals are 'alarm' already and no reason to ask again.
  return err instanceof WecomRefused && err.verdict === 'refresh-token';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The request cannot have left when no connection was made: name, route, handshake. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EACCES|EPERM|UND_ERR_CONNECT_TIMEOUT)$/;
const TLS = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO$)/;

function unreachable(path: string, err: unknown, known?: 'unknown'): WecomUnreachable {
  const name = err instanceof Error ? err.name : '';
  const code = codeOf(err);
  const what = name === 'TimeoutError' ? 'timeout' : code || 'connection failed';
  const outcome = known ?? (NOT_SENT.test(code) || TLS.test(code) ? 'not-sent' : 'unknown');
  return new WecomUnreachable(outcome, path, what, { cause: err });
}

/** undici wraps what happened in `cause`, and several tried addresses in an AggregateError. */
function codeOf(err: unknown): string {
  for (let at = err; at instanceof Error; at = at.cause) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string') return code;
  }
  return '';
}
