// Group robots (99110): no token, the key is the credential; so it never stands in an error or a log.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checked } from './api.ts';
import { robotCard } from './cards.ts';
import { address, atMostBytes, filled, filledBytes } from './checks.ts';
import { callApi, createWire, type WireSettings } from './http.ts';
import * as limit from './limits.ts';
import { type Uploaded, uploadAnswer } from './media.ts';
import { mediaBody } from './messages.ts';
import { multipartBody, type Upload } from './multipart.ts';

const mention = z.array(filled).optional();
const article = z.strictObject({
  title: filledBytes(limit.TITLE_BYTES),
  description: atMostBytes(limit.DESCRIPTION_BYTES).optional(),
  url: address(limit.URL_BYTES),
  picurl: address(limit.URL_BYTES).optional(),
});
const markdown = z.strictObject({ content: filledBytes(limit.ROBOT_MARKDOWN_BYTES) });
const image = z
  .strictObject({ base64: filled, md5: z.string().regex(/^[0-9a-f]{32}$/i, { error: 'not an MD5' }) })
  .refine((i) => (i.base64.length * 3) / 4 <= limit.ROBOT_IMAGE_BYTES + 2, { error: 'more than 2 MB' });

/** A body of webhook/send. */
const robotMessageBody = z.discriminatedUnion('msgtype', [
  z.strictObject({
    msgtype: z.literal('text'),
    text: z.strictObject({
      content: filledBytes(limit.ROBOT_TEXT_BYTES),
      mentioned_list: mention,
      mentioned_mobile_list: mention,
    }),
  }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown }),
  z.strictObject({ msgtype: z.literal('markdown_v2'), markdown_v2: markdown }),
  z.strictObject({ msgtype: z.literal('image'), image }),
  z.strictObject({
    msgtype: z.literal('news'),
    news: z.strictObject({ articles: z.array(article).min(1).max(limit.NEWS_ARTICLES) }),
  }),
  z.strictObject({ msgtype: z.literal('file'), file: mediaBody }),
  z.strictObject({ msgtype: z.literal('voice'), voice: mediaBody }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: robotCard }),
]);
export type RobotMessage = z.infer<typeof robotMessageBody>;

export interface Robot {
  /** 20 a minute (99110). @throws {WecomInvalid} @throws {WecomRefused} @throws {WecomUnreachable} */
  send(message: RobotMessage): Promise<void>;
  /** The id is good for three days, for this robot only. */
  upload(upload: Upload & { type: 'file' | 'voice' }): Promise<Uploaded>;
}

const UPLOAD_TIMEOUT_MS = 60_000;

/** One robot of one group, by its key. The key is not checked before the first call. */
export function createRobot(settings: WireSettings & { key: string }): Robot {
  const { key } = settings;
  const wire = createWire(settings);
  const secrets = [key];
  return {
    async send(message) {
      const path = '/cgi-bin/webhook/send';
      const json = checked(robotMessageBody, path, message);
      await callApi(wire, { path, query: { key }, json, secrets }, z.object({}));
    },
    async upload(upload) {
      const path = '/cgi-bin/webhook/upload_media';
      const body = multipartBody(path, upload);
      const query = { key, type: upload.type };
      return callApi(wire, { path, query, body, secrets, timeoutMs: UPLOAD_TIMEOUT_MS }, uploadAnswer);
    },
  };
}

/** A picture as a robot wants it: Base64, with the MD5 of the raw bytes. */
export function robotImage(bytes: Uint8Array): RobotMessage {
  const md5 = createHash('md5').update(bytes).digest('hex');
  return { msgtype: 'image', image: { base64: Buffer.from(bytes).toString('base64'), md5 } };
}
