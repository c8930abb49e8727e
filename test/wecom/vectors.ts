// The known-answer vectors as typed data, for every test of the protocol room.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const signed = z.object({
  name: z.string(),
  token: z.string(),
  encodingAESKey: z.string(),
  receiveid: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
  msg_signature: z.string(),
  encrypt: z.string(),
});
const positive = signed.extend({
  kind: z.string(),
  // One source publishes a cipher text without its envelope.
  timestamp: z.string().nullish(),
  nonce: z.string().nullish(),
  msg_signature: z.string().nullish(),
  token: z.string().nullish(),
  randomHex: z.string(),
  padLength: z.number(),
  plaintext: z.string(),
});
const file = z.object({
  vectors: z.array(positive),
  generated: z.array(positive),
  negative: z.object({ vectors: z.array(signed.extend({ expect: z.string() })) }),
  jssdk: z.array(
    z.object({
      name: z.string(),
      jsapi_ticket: z.string(),
      noncestr: z.string(),
      timestamp: z.number(),
      url: z.string(),
      signature: z.string(),
    }),
  ),
});

const read = file.parse(JSON.parse(readFileSync(new URL('./data/vectors.json', import.meta.url), 'utf8')));
export type PositiveVector = z.infer<typeof positive>;
export const positiveVectors = [...read.vectors, ...read.generated];
export const negativeVectors = read.negative.vectors;
export const jssdkVectors = read.jssdk;
