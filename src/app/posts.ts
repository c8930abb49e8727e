// A notice as it stands in a group: through the app's own group or through a group's robot.
import type { Voice } from '../chat/scripts/scripts.ts';
import { dressText } from '../delivery/dress.ts';
import type { MediaPayload, NewOutboxRow } from '../delivery/outbox.ts';
import { WITHDRAWN } from '../supervision/notices/list.ts';
import type { Place } from '../supervision/notices/places.ts';
import { postKey } from '../supervision/notices/places.ts';
import type { Post } from '../supervision/notices/plan.ts';
import { wallOf } from '../supervision/notices/send.ts';
import { ROBOT_MARKDOWN_BYTES, ROBOT_TEXT_BYTES } from '../wecom/limits.ts';

/** Words in one place, as rows; parts that do not fit into one message follow each other. */
export function placeRows(
  place: Place,
  { officeId, key, text, now }: { officeId: string; key: string; text: string; now: Date },
): NewOutboxRow[] {
  const bytes = Buffer.byteLength(text);
  // A robot has 20 messages a minute: what a text does not hold goes as one markdown where that does.
  const long = place.kind === 'robot' && bytes > ROBOT_TEXT_BYTES && bytes <= ROBOT_MARKDOWN_BYTES;
  const messages = long ? [{ msgtype: 'markdown', markdown: { content: text } }] : dressText(text);
  return messages.map((payload, index) => ({
    officeId,
    key: index === 0 ? key : `${key}-${index + 1}`,
    recipient: `${place.kind}:${place.to}`,
    call: place.kind === 'chat' ? 'appchat' : 'robot',
    payload,
    notBefore: now,
  }));
}

/** The notice in each of its groups, once, with its files after it. */
export function postRows(
  { notice, places }: Post,
  { voice, now }: { voice: Voice; now: Date },
): NewOutboxRow[] {
  const { id, officeId, office, content, receipt, receiptDueAt, corrects, reason, files } = notice;
  return places.flatMap((place) => {
    const text =
      reason === WITHDRAWN
        ? voice.text('notice.withdrawn', { title: content })
        : voice.text('group.notice', {
            ...{ content, corrects: corrects !== null },
            // Nobody behind a robot is known, so nobody is asked to confirm.
            receipt: receipt && place.kind === 'chat',
            due: receiptDueAt ? wallOf(office, receiptDueAt) : null,
          });
    const words = placeRows(place, { officeId, key: postKey(id, place.id, 1), text, now });
    const handed = files.map(({ kind, sha256, extension }, index): NewOutboxRow => {
      const name = `${voice.text('notice.attachment', { n: index + 1 })}.${extension}`;
      return {
        officeId,
        key: postKey(id, place.id, `file-${index + 1}`),
        recipient: `${place.kind}:${place.to}`,
        call: place.kind === 'chat' ? 'appchat-media' : 'robot-media',
        payload: { kind, sha256, name } satisfies MediaPayload,
        notBefore: now,
      };
    });
    return [...words, ...handed];
  });
}
