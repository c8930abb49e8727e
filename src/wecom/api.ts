// What every family of calls is given: one function that checks, sends with a token and reads the answer.
import type { z } from 'zod';
import { faultsOf } from './checks.ts';
import { createDoor, type Door } from './door.ts';
import { WecomInvalid } from './errors.ts';
import { type ApiRequest, callApi, type Wire, withToken } from './http.ts';
import type { Tokens } from './token.ts';

export interface Api {
  readonly wire: Wire;
  readonly tokens: Tokens;
  readonly agentId: number;
  readonly door: Pick<Door, 'refusal'>;
  /** Calls with the token in the query (never in the body), and once more with a new one when it is dead. */
  call<T>(request: ApiRequest, schema: z.ZodType<T>): Promise<T>;
}

/** The calls of one app; `agentId` is not sent by itself, the families put it where their page wants it. */
export function createApi(wire: Wire, tokens: Tokens, agentId: number): Api {
  const door = createDoor();
  return {
    wire,
    tokens,
    agentId,
    door,
    call: (request, schema) =>
      door.watch(request.path, () =>
        withToken(tokens, (token) => callApi(wire, withQuery(request, token), schema)),
      ),
  };
}

/** The request with the token in its query, which no error of it will name. */
export function withQuery(request: ApiRequest, token: string): ApiRequest {
  return { ...request, query: { access_token: token, ...request.query }, secrets: [token] };
}

/** @throws {WecomInvalid} with one line per fault, before anything leaves the house. */
export function checked<T>(schema: z.ZodType<T>, path: string, body: unknown): T {
  const read = schema.safeParse(body);
  if (!read.success) throw new WecomInvalid(path, faultsOf(read.error));
  return read.data;
}
