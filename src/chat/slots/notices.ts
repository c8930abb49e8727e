// Slots that point at notices of the office: those that wait for this person's 收到, and the one that the office asks about.
import { noticeTitle, type SentNotice } from '../../supervision/notices/list.ts';
import { isTooLate } from '../../supervision/notices/recall.ts';
import { wallOf } from '../../supervision/notices/send.ts';
import type { Choice } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import type { SlotSpec } from '../scripts/shapes.ts';
import { likeness } from './likeness.ts';
import { changeOf, typeset } from './notice-text.ts';
import { resolved } from './notice-words.ts';
import { MOST_CHOICES, type SlotKindOf, type Took } from './slot.ts';

interface Titled {
  id: string;
  content: string;
}

function byWords<N extends Titled>(list: readonly N[], text: string): N[] {
  const scored = list.map((one) => ({ one, score: likeness(noticeTitle(one.content), text) }));
  return scored.filter(({ score }) => score >= 0.2).map(({ one }) => one);
}

/** "停水的通知": a word or two of a long title. What is to be said instead names none. */
function byHint<N extends Titled>(list: readonly N[], text: string): N[] {
  const told = text.split(/[,\uff0c。;\uff1b]/u).filter((part) => !/改|重发|应(?:为|是)/u.test(part));
  const rest = told.join(' ').replaceAll(ABOUT_NOTICES, ' ');
  const pairs = Array.from({ length: Math.max(0, rest.length - 1) }, (_, i) => rest.slice(i, i + 2));
  const words = pairs.filter((pair) => /^\p{Script=Han}{2}$/u.test(pair));
  return list.filter(({ content }) => words.some((word) => noticeTitle(content).includes(word)));
}

const ABOUT_NOTICES =
  /通知|公告|谁|回执|没有?|未|还|哪些|哪个|学校|确认|收到|撤回|刚才|昨天|今天|上次|那[个条]?|这[个条]?|一下|名单|电话|导出|情况|都|的|了|吗|呢/gu;

const waitingChoices = (facts: Facts): Choice[] =>
  facts.unconfirmed
    .slice(0, MOST_CHOICES)
    .map(({ id, content }) => ({ label: noticeTitle(content), value: [id] }));

/** 收到: the one that waits, the one whose words were used, or which. "都收到" takes all. */
export const unconfirmedSlot: SlotKindOf = {
  read(_reading, { facts, text }): Took {
    if (facts.unconfirmed.length === 0) return { nothing: 'notices.none-to-confirm' };
    if (/都|全部|all/iu.test(text)) return { value: facts.unconfirmed.map(({ id }) => id) };
    const named = byWords(facts.unconfirmed, text);
    return named.length > 0 && named.length < facts.unconfirmed.length
      ? { value: named.map(({ id }) => id) }
      : undefined;
  },
  without({ facts }): Took {
    const [only, ...more] = facts.unconfirmed;
    if (!only) return { nothing: 'notices.none-to-confirm' };
    return more.length === 0 ? { value: [only.id] } : { choices: waitingChoices(facts) };
  },
  choices: ({ facts }) => waitingChoices(facts),
  view: (value) => value,
};

/** Of what reached her of late, the one whose words are used. */
function receivedNamed<N extends Titled>(list: readonly N[], text: string): N | undefined {
  const [only, ...more] = [byWords(list, text), byHint(list, text)].find((some) => some.length > 0) ?? [];
  return more.length === 0 ? only : undefined;
}

/** That one, else the newest. */
export const receivedMeant = <N extends Titled>(list: readonly N[], text: string): N | undefined =>
  receivedNamed(list, text) ?? list[0];

export const receivedSlot: SlotKindOf = {
  read(_reading, { facts, text }): Took {
    const named = receivedNamed(facts.received, text);
    return named ? { value: named.id } : undefined;
  },
  without({ facts }): Took {
    const [newest] = facts.received;
    return newest ? { value: newest.id } : { nothing: 'notices.none-received' };
  },
  view: (value) => value,
};

const RECEIPTS = /回执|没(?:有)?(?:回|确认)|未(?:回|确认)|confirm|receipt/iu;
const wantsReceipts = ({ receipt, state }: { receipt: boolean; state: string }) =>
  receipt && (state === 'sent' || state === 'sending');

/** The notice that is asked about: by its words, else the newest. */
export const sentNoticeSlot: SlotKindOf = {
  read(_reading, { facts, text, open }): Took {
    const notices = facts.ofOffice?.notices ?? [];
    if (notices.length === 0) return { nothing: 'notices.none-sent' };
    const named = byWords(notices, text.replaceAll(/通知|谁|回执|没有?|还|哪些|学校|确认|收到|撤回/gu, ''));
    const [only] = named;
    if (named.length === 1 && only) return { value: only.id };
    // Asked who is silent: of the newest that anybody was to answer, though one that wants no answer went out since.
    const asked = RECEIPTS.test(text) && !notices[0]?.receipt ? notices.find(wantsReceipts) : undefined;
    const hinted = named.length === 0 ? byHint(notices, text) : [];
    if (hinted.length === 1 && hinted[0]) return { value: hinted[0].id };
    if (named.length === 0 && hinted.length === 0 && asked) return { value: asked.id };
    if (open && named.length === 0) return { wrong: 'not-fitting', choices: sentChoices(facts) };
    return undefined;
  },
  without({ facts, spec }): Took {
    const notices = facts.ofOffice?.notices ?? [];
    const newest = (spec.prefer === 'asked' && notices.find(wantsReceipts)) || notices[0];
    return newest ? (notAsked(newest, spec) ?? { value: newest.id }) : { nothing: 'notices.none-sent' };
  },
  check(value, { facts, spec }): Took {
    const notice = facts.ofOffice?.notices.find(({ id }) => id === value);
    return notice && notAsked(notice, spec);
  },
  choices: ({ facts }) => sentChoices(facts),
  view: (value, facts) => {
    const notice = facts.ofOffice?.notices.find(({ id }) => id === value);
    return notice
      ? {
          ...notice,
          title: noticeTitle(notice.content),
          sendAt: wallOf(facts.office, new Date(notice.sendAt)),
          late: isTooLate(new Date(notice.sendAt), facts.now),
        }
      : null;
  },
};

/** Nobody is silent about what asked for no answer: said at once, and not after a card for it was confirmed. */
function notAsked(notice: SentNotice, spec: SlotSpec): Took {
  if (spec.prefer !== 'asked' || wantsReceipts(notice)) return undefined;
  const { content, receipt } = notice;
  return { nothing: 'notices.not-asked', vars: { title: noticeTitle(content), receipt } };
}

const sentChoices = (facts: Facts): Choice[] =>
  (facts.ofOffice?.notices ?? [])
    .slice(0, MOST_CHOICES)
    .map(({ id, content }) => ({ label: noticeTitle(content), value: id }));

/** "地点改为三楼": one thing is put right, all else stands. */
const CHANGES = /改为|改成|改到|改在|应为|应是|换成|changed to|should be/iu;

/** Nothing is to be sent in its place. */
const NOT_AGAIN =
  /^(?:只撤回|(?:先|就)?(?:不用?|不要|不必|别|不需要)(?:再)?(?:重)?发)[^,\uff0c]{0,6}$|^(?:只撤回)?[,\uff0c、]?不(?:用)?重发了?[。.!\uff01]?$|nothing instead|do(?:n.t| not) (?:re)?send/iu;

/** Of a message that changes a notice, the parts that only say that it is taken back, wrong or sent again. */
const ONLY_AGAIN = /撤|收回|(?:重发|重新发|再发)(?:一?[下次遍条]|出去|吧|了|给大家)*$|错了|不对$/u;

/** "撤回重发,改周四": the words of the notice that is taken back, changed; none when nothing is to be sent instead. */
export const noticeChangeSlot: SlotKindOf = {
  read(reading, asks): Took {
    const { facts, row, text, open } = asks;
    const old = facts.ofOffice?.notices.find(
      ({ id }) => id === (row.notice ?? facts.ofOffice?.notices[0]?.id),
    );
    if (!old) return undefined;
    if ((open || row.corrected !== undefined) && NOT_AGAIN.test(text.trim())) return { value: '' };
    const stands = typeof row.corrected === 'string' && row.corrected !== '' ? row.corrected : old.content;
    // The agreed words: "更正通知：…" says what is right, "更正通知" is asked for it.
    const agreed = !open && row.corrected === undefined && reading.slots.content === text;
    if (agreed && text === '') return { choices: [] };
    // "时间应该是四点 撤回重发": a space parts what is to be done from what is right.
    const parts = text
      .split(/[,\uFF0C。;\uFF1B]/u)
      .flatMap((part) => (ONLY_AGAIN.test(part) ? part.split(/\s+/u) : [part]));
    // "时间错了,是后天下午": what is right after what was wrong is what it is changed to.
    const wrong = parts.some((part) => /错了|不对/u.test(part));
    const said = parts
      .filter((part) => !ONLY_AGAIN.test(part))
      .map((part) => (wrong ? part.trim().replace(/^是(?=.{2})/u, '改成') : part));
    const changed = changeOf(stands, said.join(','), facts);
    if (changed !== undefined) return { value: changed };
    const anew = /(?:重发|改发)\s*[:\uFF1A]\s*(.{4,})$/su.exec(text.trim())?.[1];
    if (anew) return { value: typeset(resolved(anew, facts)) };
    const right = typeset(resolved(text.trim(), facts));
    if (agreed && CHANGES.test(text)) return { value: `${stands}\n${asks.term('correction')}${right}` };
    return open || agreed ? { value: right } : undefined;
  },
  without: () => ({ value: '' }),
  view: (value) => value,
};
