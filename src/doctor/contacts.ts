// The contact-sync helper (PROTOCOL §12): may its secret read the members' ids, and does its own address pass the verification?
import { z } from 'zod';
import type { ContactsSettings, WecomCredentials } from '../config.ts';
import { checkCallback } from './callback.ts';
import { type Finding, fault, ok } from './check.ts';

const answerSchema = z.object({ errcode: z.number().default(0), access_token: z.string().optional() });
const ANSWER_MS = 5_000;

/** The contact-sync helper's secret and door, each when it is set. */
export async function checkContacts(
  { corpId }: Pick<WecomCredentials, 'corpId'>,
  { secret, callback }: ContactsSettings,
  base: string,
  url: string | null,
  now: () => Date,
): Promise<Finding[]> {
  return Promise.all([
    ...(secret === null ? [] : [checkSecret(base, corpId, secret)]),
    ...(callback === null
      ? []
      : [checkCallback({ ...callback, check: 'contacts-callback', url, receiveId: corpId }, now)]),
  ]);
}

/** One id is asked for: only this secret may, and only from a trusted address. */
async function checkSecret(base: string, corpid: string, corpsecret: string): Promise<Finding> {
  const ask = async (path: string, query: Record<string, string>, body?: string) => {
    const response = await fetch(`${base}${path}?${new URLSearchParams(query)}`, {
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    return answerSchema.parse(await response.json());
  };
  try {
    const { errcode, access_token } = await ask('/cgi-bin/gettoken', { corpid, corpsecret });
    if (errcode !== 0 || !access_token) return fault('contacts-secret', 'refused', { errcode });
    const read = await ask('/cgi-bin/user/list_id', { access_token }, JSON.stringify({ limit: 1 }));
    return read.errcode === 0
      ? ok('contacts-secret')
      : fault('contacts-secret', 'refused', { errcode: read.errcode });
  } catch {
    return fault('contacts-secret', 'unreachable', { base });
  }
}
