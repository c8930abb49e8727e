// The one message that a smart robot may post to a message's `response_url` (101138): within an hour, without a token.
import { z } from 'zod';
import { aibotMarkdown } from './aibot-replies.ts';
import { checked } from './api.ts';
import { aibotCard } from './cards.ts';
import { callApi, createWire, type WireSettings } from './http.ts';

const responseBody = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('markdown'), markdown: aibotMarkdown }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: aibotCard }),
]);
export type AibotResponse = z.infer<typeof responseBody>;

/**
 * Posts it; in a group it quotes what was asked. The address is a credential that serves once: it is not the response code of an
 * app's card, and 60140 says that it was used or is over an hour old.
 * @throws {WecomInvalid} @throws {WecomRefused} @throws {WecomUnreachable}
 */
export async function respondByUrl(
  responseUrl: string,
  message: AibotResponse,
  settings: Omit<WireSettings, 'base'> = {},
): Promise<void> {
  const url = checked(z.url({ protocol: /^https?$/ }), 'response_url', responseUrl);
  const { origin, pathname: path, searchParams } = new URL(url);
  const json = checked(responseBody, path, message);
  const query = Object.fromEntries(searchParams);
  const secrets = Object.values(query);
  await callApi(createWire({ ...settings, base: origin }), { path, query, json, secrets }, z.object({}));
}
