// The bodies of message/send (90236), one schema per msgtype, refusing before sending what the platform would refuse
// or cut. A card's own limits are in cards.ts.
import { z } from 'zod';
import { templateCard } from './cards.ts';
import { address, atMostBytes, atMostChars, charsOf, filled, filledBytes, flag } from './checks.ts';
import * as limit from './limits.ts';

const joined = (max: number) =>
  filled
    .refine((list) => list.split('|').length <= max, { error: `more than ${max}` })
    .refine((list) => !list.split('|').includes(''), { error: 'an empty receiver' });

const receivers = {
  /** Userids joined by `|`, or `@all`. */
  touser: joined(limit.RECEIVER_USERS).optional(),
  toparty: joined(limit.RECEIVER_PARTIES).optional(),
  totag: joined(limit.RECEIVER_TAGS).optional(),
};
const repeats = {
  enable_id_trans: flag.optional(),
  /** 1: an identical JSON body is not delivered again within the interval; for retries. */
  enable_duplicate_check: flag.optional(),
  /** Seconds. */
  duplicate_check_interval: z.int().min(1).max(limit.DUPLICATE_CHECK_MAX_S).optional(),
};
const envelope = { ...receivers, agentid: z.int(), ...repeats };
const shareable = { safe: flag.optional() };
/** 90236: `safe` is not for voice, textcard, news, markdown and cards; only 0 passes. */
const notSafe = { safe: z.literal(0).optional() };

export const mediaBody = z.strictObject({ media_id: filled });
/** Over the limit the platform cuts in silence: split with `splitText` first. */
const textBody = z.strictObject({ content: filledBytes(limit.TEXT_BYTES) });
export const markdownBody = z.strictObject({ content: filledBytes(limit.MARKDOWN_BYTES) });
export const videoBody = z.strictObject({
  media_id: filled,
  title: atMostBytes(limit.TITLE_BYTES).optional(),
  description: atMostBytes(limit.DESCRIPTION_BYTES).optional(),
});
export const textcardBody = z.strictObject({
  title: atMostChars(limit.TEXTCARD_TITLE_CHARS).min(1),
  description: atMostChars(limit.TEXTCARD_DESCRIPTION_CHARS).min(1),
  url: address(limit.URL_BYTES),
  btntxt: atMostChars(limit.TEXTCARD_BUTTON_CHARS).optional(),
});

const article = z
  .strictObject({
    title: filledBytes(limit.TITLE_BYTES),
    description: atMostBytes(limit.DESCRIPTION_BYTES).optional(),
    url: address(limit.URL_BYTES).optional(),
    picurl: address(limit.URL_BYTES).optional(),
    appid: filled.optional(),
    pagepath: filledBytes(limit.PAGEPATH_BYTES).optional(),
  })
  .refine((a) => a.url !== undefined || (a.appid !== undefined && a.pagepath !== undefined), {
    error: 'needs url, or appid and pagepath',
  });
export const newsBody = z.strictObject({ articles: z.array(article).min(1).max(limit.NEWS_ARTICLES) });

const mpArticle = z.strictObject({
  title: filledBytes(limit.TITLE_BYTES),
  thumb_media_id: filled,
  author: atMostBytes(limit.MPNEWS_AUTHOR_BYTES).optional(),
  content_source_url: address(limit.URL_BYTES).optional(),
  content: filledBytes(limit.MPNEWS_CONTENT_BYTES),
  digest: atMostBytes(limit.DESCRIPTION_BYTES).optional(),
});
export const mpnewsBody = z.strictObject({ articles: z.array(mpArticle).min(1).max(limit.NEWS_ARTICLES) });

const fourToTwelve = z
  .string()
  .refine((t) => charsOf(t) >= 4 && charsOf(t) <= 12, { error: 'not 4 to 12 characters' });
const miniprogramBody = z.strictObject({
  appid: filled,
  page: atMostBytes(1024).optional(),
  title: fourToTwelve,
  description: fourToTwelve.optional(),
  emphasis_first_item: z.boolean().optional(),
  content_item: z
    .array(z.strictObject({ key: atMostChars(10).min(1), value: atMostChars(30).min(1) }))
    .max(10)
    .optional(),
});

const bodies = [
  z.strictObject({ ...envelope, ...shareable, msgtype: z.literal('text'), text: textBody }),
  z.strictObject({ ...envelope, ...shareable, msgtype: z.literal('image'), image: mediaBody }),
  z.strictObject({ ...envelope, ...notSafe, msgtype: z.literal('voice'), voice: mediaBody }),
  z.strictObject({ ...envelope, ...shareable, msgtype: z.literal('video'), video: videoBody }),
  z.strictObject({ ...envelope, ...shareable, msgtype: z.literal('file'), file: mediaBody }),
  z.strictObject({ ...envelope, ...notSafe, msgtype: z.literal('textcard'), textcard: textcardBody }),
  z.strictObject({ ...envelope, ...notSafe, msgtype: z.literal('news'), news: newsBody }),
  z.strictObject({
    ...envelope,
    safe: z.literal([0, 1, 2]).optional(),
    msgtype: z.literal('mpnews'),
    mpnews: mpnewsBody,
  }),
  z.strictObject({ ...envelope, ...notSafe, msgtype: z.literal('markdown'), markdown: markdownBody }),
  z.strictObject({
    ...envelope,
    agentid: z.int().optional(), // the page's sample leaves it out for this type
    touser: receivers.touser.refine((to) => to !== '@all', { error: '@all is not allowed here' }),
    msgtype: z.literal('miniprogram_notice'),
    miniprogram_notice: miniprogramBody,
  }),
  z.strictObject({
    ...envelope,
    ...notSafe,
    msgtype: z.literal('template_card'),
    template_card: templateCard,
  }),
] as const;

/** A whole body of message/send. */
export const messageBody = z
  .discriminatedUnion('msgtype', bodies)
  .refine((m) => Boolean(m.touser || m.toparty || m.totag), { error: 'no receiver', path: ['touser'] });
export type MessageBody = z.infer<typeof messageBody>;

type WithoutAgent<M> = M extends MessageBody ? Omit<M, 'agentid'> : never;
/** What a caller says; the client adds its agentid. */
export type OutgoingMessage = WithoutAgent<MessageBody>;

/** Joins userids as `touser` wants them. More than 1,000 have to be split by the caller. */
export function toUsers(userIds: readonly string[]): string {
  return userIds.join('|');
}
