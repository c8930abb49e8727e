// Puts notices into the words their receivers see: one chunk becomes the calls that tell a thousand people the same.
import type { RenderedCard } from '../chat/scripts/scripts.ts';
import { CAST, castKey, castTask, REMINDERS_FROM } from '../delivery/cast.ts';
import { dressCard, dressText } from '../delivery/dress.ts';
import type { MediaPayload, NewOutboxRow } from '../delivery/outbox.ts';
import { notificationOut } from '../http/outgoing.ts';
import type { NoticesDeps } from '../jobs/notices.ts';
import type { TroubleDeps } from '../jobs/trouble.ts';
import { WITHDRAWN } from '../supervision/notices/list.ts';
import { wallOf } from '../supervision/notices/send.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import { toUsers } from '../wecom/messages.ts';
import { placeRows, postRows } from './posts.ts';
import { officeVoice, type Speaking } from './voice.ts';

/** The files of a chunk stand after its words, which are never so many. */
const FILES_FROM = 100;

/** Pure but for the clock: the same notice and chunk give the same keys, so that planning twice writes once. */
export function casts(
  speaking: Speaking,
): Pick<NoticesDeps, 'rules' | 'render' | 'post' | 'remind' | 'settled' | 'recalledLate'> &
  Pick<TroubleDeps, 'over'> {
  const voiceOf = officeVoice(speaking);
  const { now } = speaking;

  function calls(
    notice: { id: string; officeId: string },
    number: number,
    userIds: readonly string[],
    card: RenderedCard,
  ): NewOutboxRow[] {
    const task = castTask(notice.id, number);
    const dressed = card.buttons
      ? dressCard({ task, ...card, buttons: card.buttons })
      : dressText(card.title);
    return dressed.map((payload, index) => ({
      officeId: notice.officeId,
      key: castKey(notice.id, number, index + 1),
      recipient: CAST,
      call: 'message',
      payload: { touser: toUsers(userIds), ...payload },
      notBefore: now(),
      ...(payload.msgtype === 'template_card' ? { taskId: task } : {}),
    }));
  }

  return {
    rules: loadSettingRules(),
    render({ notice, number, userIds }) {
      const { id, office, content, receipt, receiptDueAt } = notice;
      const corrects = notice.corrects !== null;
      const voice = voiceOf(office);
      const due = receiptDueAt ? wallOf(office, receiptDueAt) : null;
      if (notice.reason === WITHDRAWN)
        return calls(notice, number, userIds, voice.card('notice.withdrawn', { title: content }));
      const card = receipt
        ? voice.card('notice.received', { noticeId: id, content, due, corrects })
        : voice.card('notice.told', { content, corrects });
      const files = notice.files.map(
        ({ kind, sha256, extension }, index): NewOutboxRow => ({
          officeId: notice.officeId,
          key: castKey(id, number, FILES_FROM + index),
          recipient: CAST,
          call: 'media',
          payload: {
            ...{ kind, sha256, touser: toUsers(userIds) },
            name: `${voice.text('notice.attachment', { n: index + 1 })}.${extension}`,
          } satisfies MediaPayload,
          notBefore: now(),
        }),
      );
      return [...calls(notice, number, userIds, card), ...files];
    },
    post: (post) => postRows(post, { voice: voiceOf(post.notice.office), now: now() }),
    settled({ notice, author, data }) {
      const { id, officeId, office } = notice;
      return notificationOut(
        { personId: author.personId, key: 'notice.settled', data, dedup: `notice-settled-${id}` },
        { officeId, userId: author.userId, now: now(), voice: voiceOf(office, author.name) },
      );
    },
    recalledLate({ notice: { id, officeId, office }, author, title }) {
      return notificationOut(
        {
          personId: author.personId,
          key: 'notice.recalled-late',
          data: { title },
          dedup: `notice-late-${id}`,
        },
        { officeId, userId: author.userId, now: now(), voice: voiceOf(office, author.name) },
      );
    },
    over({ id, officeId, office, kind, beganAt, endedAt, late, lost }, to) {
      const data = { kind, from: wallOf(office, beganAt), to: wallOf(office, endedAt), late, lost };
      return notificationOut(
        { personId: to.id, key: 'notice.trouble-over', data, dedup: `trouble-${id}-${to.id}` },
        { officeId, userId: to.userId, now: now(), voice: voiceOf(office, to.name) },
      );
    },
    remind({ notice, chunks, posts, author, list }) {
      const { id, officeId, office, content, due } = notice;
      const voice = voiceOf(office);
      const counts = posts.flatMap((place) => {
        const text = voice.text('group.confirmed', { title: list.title, confirmed: place.confirmed });
        return placeRows(place, { officeId, key: `post-${id}-${place.id}-count`, text, now: now() });
      });
      if (list.silentCount === 0) return counts;
      const card = voice.card('notice.reminder', { noticeId: id, content, due });
      const rows = chunks.flatMap((userIds, index) => calls(notice, REMINDERS_FROM + index, userIds, card));
      const told = notificationOut(
        { personId: author.personId, key: 'notice.silent', data: list, dedup: `notice-silent-${id}` },
        { officeId, userId: author.userId, now: now(), voice: voiceOf(office, author.name) },
      );
      return [...rows, ...counts, ...told];
    },
  };
}
