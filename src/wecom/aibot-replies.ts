// What a smart robot answers (101031, 101032): checked before it is sealed, because the platform refuses by showing nothing.
import { z } from 'zod';
import { checked } from './api.ts';
import { feedback } from './card-parts.ts';
import { aibotCard, templateCardUpdate } from './cards.ts';
import { atMostBytes, filled, filledBytes, unique } from './checks.ts';
import * as limit from './limits.ts';
import { mediaBody, videoBody } from './messages.ts';
import { cutToBytes } from './text.ts';

const picture = z
  .strictObject({ base64: filled, md5: z.string().regex(/^[0-9a-f]{32}$/i, { error: 'not an MD5' }) })
  .refine((one) => (one.base64.length * 3) / 4 <= limit.AIBOT_IMAGE_BYTES + 2, { error: 'more than 10 MB' });

const stream = z
  .strictObject({
    id: filled,
    finish: z.boolean(),
    /** Markdown; each reply replaces what was shown. */
    content: atMostBytes(limit.AIBOT_CONTENT_BYTES).optional(),
    msg_item: z
      .array(z.strictObject({ msgtype: z.literal('image'), image: picture }))
      .max(limit.AIBOT_IMAGES)
      .optional(),
    feedback: feedback.optional(),
  })
  .refine((one) => one.finish || one.msg_item === undefined, {
    error: 'pictures come with the end of a stream',
    path: ['msg_item'],
  });

export const aibotMarkdown = z.strictObject({ content: filledBytes(limit.AIBOT_CONTENT_BYTES) });

/** A reply to a message or event, and the body of `aibot_respond_msg`. */
const aibotReplyBody = z.union([
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: filled }) }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: aibotMarkdown }),
  // What was put up over the long connection; only there a robot sends it.
  z.strictObject({ msgtype: z.literal('image'), image: mediaBody }),
  z.strictObject({ msgtype: z.literal('voice'), voice: mediaBody }),
  z.strictObject({ msgtype: z.literal('video'), video: videoBody }),
  z.strictObject({ msgtype: z.literal('file'), file: mediaBody }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: aibotCard }),
  z.strictObject({ msgtype: z.literal('stream'), stream }),
  z.strictObject({
    msgtype: z.literal('stream_with_template_card'),
    stream,
    template_card: aibotCard.optional(),
  }),
  z.strictObject({
    response_type: z.literal('update_template_card'),
    userids: z
      .array(filled)
      .min(1)
      .superRefine((ids, ctx) => unique(ids, ctx, []))
      .optional(),
    template_card: templateCardUpdate,
  }),
]);
export type AibotReply = z.infer<typeof aibotReplyBody>;

/** The reply as JSON, checked. @throws {WecomInvalid} */
export function aibotReply(reply: AibotReply): string {
  return JSON.stringify(checked(aibotReplyBody, 'aibot', reply));
}

/** False for a stream that promises more. */
export function isFinished(replyJson: string): boolean {
  const reply = aibotReplyBody.safeParse(JSON.parse(replyJson)).data;
  return !(reply && 'stream' in reply && !reply.stream.finish);
}

/** The words of a reply that was stored as JSON; '' when it holds none. */
export function wordsOf(replyJson: string): string {
  const read = aibotReplyBody.safeParse(JSON.parse(replyJson));
  const reply = read.data;
  if (!reply || !('msgtype' in reply)) return '';
  if ('stream' in reply) return reply.stream.content ?? '';
  return reply.msgtype === 'text' ? reply.text.content : '';
}

/** Words as a stream: `finish` false promises more, which the platform asks for under the same id for up to 6 minutes. */
export function streamReply(id: string, content: string, finish: boolean): string {
  const fits = cutToBytes(content, limit.AIBOT_CONTENT_BYTES);
  return aibotReply({ msgtype: 'stream', stream: { id, finish, content: fits } });
}

/** The welcome on entering: plain text, the one place where a robot may send it. */
export function welcomeReply(content: string): string {
  return aibotReply({ msgtype: 'text', text: { content } });
}
