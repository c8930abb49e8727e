// The slot of the standing notice that a draft begins from: named by a command, by a whole message, or chosen from the list.
import { type NoticeTemplate, noticeTemplate } from '../scripts/templates.ts';
import type { Asks, SlotKindOf, Took } from './slot.ts';

/** A card has so many buttons (90236). */
const BUTTONS = 6;

/** A standing notice as its slot keeps it; null for anything else. */
export function templateOf(value: unknown): NoticeTemplate | null {
  const read = noticeTemplate.safeParse(value);
  return read.success ? read.data : null;
}

/** "预备会模板,时间周五下午三点": the name that stands first, and what follows it. */
export function templateIn(
  said: string,
  templates: readonly NoticeTemplate[],
): { template: NoticeTemplate; rest: string } | null {
  const [head = ''] = said.split(/[,，。;；:：\n]/u);
  const bare = head.replaceAll(/^[“"']+|[”"'\s]*(?:的?(?:模板|通知|template|notice)[”"']*)?$/giu, '').trim();
  const wanted = [head.trim(), bare].map((one) => one.toLowerCase());
  const template = templates.find(({ name, also }) =>
    [name, ...also].some((one) => wanted.includes(one.toLowerCase())),
  );
  return template ? { template, rest: said.slice(head.length).replace(/^[,，。;；:：\s]+/u, '') } : null;
}

/** "发预备会通知" and nothing more: the office has one for that. */
const WISH = /^(?:请|帮我|我要|我想)?(?:群发|发布|发送|发|拟|起草|写)(?:一?[个条份])?(?:一下)?/u;

/** The standing notice that a whole message wishes to send. */
export function templateWished(said: string, templates: readonly NoticeTemplate[]): NoticeTemplate | null {
  const wished = WISH.test(said) ? templateIn(said.replace(WISH, ''), templates) : null;
  return wished?.rest === '' ? wished.template : null;
}

export const noticeTemplateSlot: SlotKindOf = {
  read(reading, asks): Took {
    const { row, name, text, templates, open } = asks;
    // A draft with words of its own has no use for one.
    if (row[name] !== undefined || (!open && row.content !== undefined)) return undefined;
    const said = text.trim();
    if (reading.intent === 'notice.broadcast' && !open) {
      const wished = templateWished(said, templates);
      return wished ? { value: wished } : undefined;
    }
    const found = templateIn(said, templates);
    if (found) return { value: found.template };
    // The agreed words began this: "模板" asks which there are, "用模板 放假" wants one that is not there.
    const choices = listed(asks);
    if (choices.length === 0) return { wrong: 'notices.no-templates' };
    if (said !== '') return { wrong: 'notices.no-such-template', choices };
    const more = templates.slice(BUTTONS).map((one) => one.name);
    return more.length > 0
      ? { wrong: 'notices.more-templates', vars: { names: more }, choices }
      : { choices };
  },
  choices: (asks) => listed(asks),
  view: (value) => templateOf(value),
};

const listed = ({ templates }: Asks) =>
  templates.slice(0, BUTTONS).map((one) => ({ label: one.name, value: one }));
