// Group chats that the app itself made (90244, 90245, 98913, 98914). What members say there is never called back.
import { z } from 'zod';
import { type Api, checked } from './api.ts';
import { atMostChars, filled, filledBytes, flag } from './checks.ts';
import * as limit from './limits.ts';
import { markdownBody, mediaBody, mpnewsBody, newsBody, textcardBody, videoBody } from './messages.ts';

const chatId = z.string().regex(limit.APPCHAT_ID, { error: 'not 1 to 32 of 0-9 a-z A-Z' });
const name = atMostChars(limit.APPCHAT_NAME_CHARS);
const member = filled;

/** Bodies of appchat/create and appchat/update. */
const appchatCreateBody = z.strictObject({
  name: name.optional(),
  owner: member.optional(),
  userlist: z.array(member).min(limit.APPCHAT_MEMBERS_MIN).max(limit.APPCHAT_MEMBERS_MAX),
  chatid: chatId.optional(),
});
const appchatUpdateBody = z.strictObject({
  chatid: filled,
  name: name.optional(),
  owner: member.optional(),
  add_user_list: z.array(member).optional(),
  del_user_list: z.array(member).optional(),
});

const head = { chatid: filled };
const safe = { safe: flag.optional() };
const text = z.strictObject({
  content: filledBytes(limit.TEXT_BYTES),
  /** Userids, or `@all`. */
  mentioned_list: z.array(member).optional(),
});
// This page counts a text card in bytes where message/send counts characters.
const textcard = textcardBody.extend({
  title: filledBytes(limit.TITLE_BYTES),
  description: filledBytes(limit.DESCRIPTION_BYTES),
});

/** A body of appchat/send. There are no cards in app chats, and the answer has no msgid. */
const appchatMessageBody = z.discriminatedUnion('msgtype', [
  z.strictObject({ ...head, ...safe, msgtype: z.literal('text'), text }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('image'), image: mediaBody }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('voice'), voice: mediaBody }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('video'), video: videoBody }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('file'), file: mediaBody }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('textcard'), textcard }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('news'), news: newsBody }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('mpnews'), mpnews: mpnewsBody }),
  z.strictObject({ ...head, ...safe, msgtype: z.literal('markdown'), markdown: markdownBody }),
]);

export type AppchatCreate = z.infer<typeof appchatCreateBody>;
export type AppchatUpdate = z.infer<typeof appchatUpdateBody>;
export type AppchatMessage = z.infer<typeof appchatMessageBody>;

export interface AppchatInfo {
  chatid: string;
  name: string;
  owner: string;
  userlist: string[];
}

export interface Appchat {
  /** Gives the chat's id. 86215 when the given one is taken. */
  create(chat: AppchatCreate): Promise<string>;
  update(change: AppchatUpdate): Promise<void>;
  get(chatid: string): Promise<AppchatInfo>;
  send(message: AppchatMessage): Promise<void>;
}

const nothing = z.object({});
const info = z.object({
  chat_info: z.object({
    chatid: z.string(),
    name: z.string().default(''),
    owner: z.string().default(''),
    userlist: z.array(z.string()).default([]),
  }),
});

/** Bodies are checked before they leave. @throws {WecomInvalid} @throws {WecomRefused} @throws {WecomUnreachable} */
export function createAppchat(api: Api): Appchat {
  const post = async (path: string, schema: z.ZodType, body: unknown): Promise<void> => {
    await api.call({ path, json: checked(schema, path, body) }, nothing);
  };
  return {
    async create(chat) {
      const path = '/cgi-bin/appchat/create';
      const json = checked(appchatCreateBody, path, chat);
      return (await api.call({ path, json }, z.object({ chatid: z.string() }))).chatid;
    },
    update: (change) => post('/cgi-bin/appchat/update', appchatUpdateBody, change),
    async get(chatid) {
      return (await api.call({ path: '/cgi-bin/appchat/get', query: { chatid } }, info)).chat_info;
    },
    send: (message) => post('/cgi-bin/appchat/send', appchatMessageBody, message),
  };
}
