// What a handler of the platform's API is given and what it gives back.
import type { App } from '../api.ts';
import { type Fields, type Json, type Refused, refuse } from '../fields.ts';
import type { Caller } from '../tokens.ts';
import type { World } from '../world.ts';

export interface Call {
  world: World;
  query: Readonly<Record<string, string>>;
  json: Json;
  fields: Fields;
  raw: Buffer;
  contentType: string;
  rangeHeader: string | undefined;
  ip: string;
  /** Where this simulator is reached, for links in answers. */
  baseUrl: string;
  caller: Caller | null;
  exchangeId: number;
  /** Says in the exchange what the platform keeps silent about. */
  note(text: string): void;
}
export interface Binary {
  binary: Buffer;
  status: number;
  headers: Record<string, string>;
}
export type Reply = Json | Refused | Binary;
export interface ApiCall {
  method: 'GET' | 'POST';
  /** `key`: the robot's key in the query stands for a token. */
  auth: 'token' | 'key' | 'none';
  /** `multipart`: the body is a file, not JSON. */
  body?: 'multipart';
  run(call: Call): Reply;
}

/** The app whose token this is; the contact-sync helper may call nothing that belongs to an app. */
export function appOf(call: Call): App | Refused {
  if (call.caller !== null && 'app' in call.caller) return call.caller.app;
  return refuse(48002, 'api forbidden');
}

/** As `appOf`, and `agentid` (in the body or the query) must be this app's. */
export function appNamed(call: Call, from: 'json' | 'query'): App | Refused {
  const app = appOf(call);
  if ('errcode' in app) return app;
  const said =
    from === 'json' ? call.fields.int(call.json, 'agentid') : Number(call.query.agentid ?? Number.NaN);
  if (said === undefined || Number.isNaN(said)) return refuse(41011, 'missing agentid');
  if (call.world.directory.app(said) === undefined) return refuse(40056, 'invalid agentid');
  return said === app.agentId ? app : refuse(301002, 'not allow operate another agent with this accesstoken');
}
