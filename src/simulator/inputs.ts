// What the driving API takes, as schemas: acts of people, events, crafted callbacks, the clock, faults.
import { z } from 'zod';

/** `app:<agentid>` is the person's talk with an app, `aibot:<id>` with a smart robot, `group:<chatid>` a group she is in. */
const chatIdSchema = z
  .string()
  .regex(/^(app|aibot|group):.+$/, 'app:<agentid>, aibot:<id> or group:<chatid>');

// ── What a person does: POST /simulator/people/:userId/… ───────────────────────────────────────────────────────

const inChat = { chatId: chatIdSchema.optional() };
export const saySchema = z.object({ text: z.string().min(1), ...inChat });
/** `key` of a button, of the submit button or of an entry of the card's menu; `selected`: question key → option ids. */
export const tapSchema = z.object({
  taskId: z.string(),
  key: z.string(),
  selected: z.record(z.string(), z.array(z.string())).optional(),
  ...inChat,
});
/** Also taken as multipart: field `kind`, file part `media`. */
export const sendMediaSchema = z.object({
  kind: z.enum(['image', 'voice', 'video', 'file']).default('image'),
  fileName: z.string().default('photo.jpg'),
  base64: z.string(),
  ...inChat,
});
export const placeSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  label: z.string().default(''),
  scale: z.number().int().default(15),
  ...inChat,
});
export const linkSchema = z.object({
  title: z.string(),
  description: z.string().default(''),
  url: z.url(),
  picUrl: z.string().default(''),
  ...inChat,
});
/** Opens the chat: `enter_agent` if the app asks for it. With a place, `LOCATION` too. */
export const enterSchema = z.object({
  place: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  ...inChat,
});
/** `key` of a click, scan, picture or place entry, the URL of a view entry, the page path of a mini program entry. */
export const menuTapSchema = z.object({
  key: z.string(),
  scanResult: z.string().optional(),
  place: placeSchema.omit({ chatId: true }).optional(),
  /** Pictures that follow a pic_* button, Base64. */
  pictures: z.array(z.string()).optional(),
  ...inChat,
});
export const readSchema = z.object({ chatId: chatIdSchema });
/** POST …/open: follows an OAuth address (…/connect/oauth2/authorize?…) as this person and says where it leads, with its code. */
export const openSchema = z.object({ url: z.string() });

/** POST /simulator/events: any other event of the platform, to an app's callback. */
export const eventSchema = z.object({
  event: z.string(),
  from: z.string().default('sys'),
  agentId: z.number().int().optional(),
  /** Inner XML elements after Event, in order, as [name, text]; or ready XML. */
  fields: z.array(z.tuple([z.string(), z.string()])).default([]),
  xml: z.string().default(''),
});

/** POST /simulator/callbacks/raw: a crafted envelope, for tests. One attempt, no retries unless asked. */
export const rawCallbackSchema = z.object({
  agentId: z.number().int().optional(),
  /** Inner XML; absent with `replayOf`. */
  xml: z.string().optional(),
  /** Sends the very bytes and query of an earlier callback exchange again. */
  replayOf: z.number().int().optional(),
  /** Opens the earlier callback and seals the same inner XML anew, as a retry does. */
  resendOf: z.number().int().optional(),
  receiveId: z.string().optional(),
  timestamp: z.string().optional(),
  nonce: z.string().optional(),
  /** 'bad': 40 zeros; 'none': left out; other: sent as it is. */
  signature: z.string().optional(),
  token: z.string().optional(),
  encodingAesKey: z.string().optional(),
  /** Sent instead of the sealed envelope. */
  body: z.string().optional(),
  contentType: z.string().default('text/xml'),
  /** How many times, all at once. */
  copies: z.number().int().min(1).max(1000).default(1),
});

/** POST /simulator/clock; either moves the clock for everybody who shares it. */
export const clockSchema = z.union([
  z.object({ advanceMs: z.number() }),
  z.object({ to: z.iso.datetime({ offset: true }) }),
]);

const faultKinds = [
  'slow', // the API answers after `ms`
  'lost', // the request never reaches the platform: no answer for `ms` (default 30 s), then the connection is dropped
  'refuse', // the connection is reset at once, nothing was done
  'drop-answer', // done, but the connection is reset before the answer: outcome unknown to the caller
  'errcode', // the API answers with `errcode` and does nothing
  'token-expired', // every token given out so far dies at the next call
  'untrusted-ip', // 60020
  'duplicate-callbacks', // each callback comes `copies` times in all, at once
  'late-callbacks', // each callback leaves `ms` late
  'no-callbacks', // callbacks are not sent at all
  'lost-replies', // what the bot answers to a callback is lost: the platform tries again
] as const;
export const faultInputSchema = z.object({
  kind: z.enum(faultKinds),
  /** Only API paths that start so, e.g. /cgi-bin/message/send. */
  path: z.string().optional(),
  ms: z.number().int().min(0).optional(),
  errcode: z.number().int().optional(),
  copies: z.number().int().min(2).max(50).optional(),
  /** Switches itself off after so many uses; absent: stays. */
  times: z.number().int().positive().optional(),
  /** 0–1; absent: always. */
  probability: z.number().min(0).max(1).optional(),
});
export type FaultInput = z.input<typeof faultInputSchema>;
export type Fault = z.output<typeof faultInputSchema> & { id: string; used: number };
