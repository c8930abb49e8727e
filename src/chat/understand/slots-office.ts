// Slots of what the office sends out and starts: the recipients and the words of a notice, the frame of a campaign.
import { dayOf, type Facts, isKindergarten, limitOf, meant, schoolSlots, spanOf } from './facts.ts';
import type { Slots } from './types.ts';

/** Who gets a notice, what it says, and the day and hour that it names. */
export function broadcastSlots(f: Facts): Slots {
  const { e } = f;
  const content = contentOf(e.text);
  const area = e.areas[0]?.code;
  const schools = meant(e).length > 0 ? schoolSlots(f) : {};
  return {
    audience: area ?? f.parts.audience(e.text),
    content,
    ...schools,
    date: dayOf(e, 'future')?.resolve('future'),
    time: e.time,
    due: limitOf(e)?.resolve('future'),
    topic: f.parts.topic(e.text),
  };
}

/** The words after "通知各位…:", or all of it when nothing introduces them. */
function contentOf(text: string): string | undefined {
  const colon =
    /^[^:]{0,24}(?:通知|转告|告诉|群发|发(?:一?条|个)?(?:消息|通知)?|校长|园长|督学)[^:]{0,14}:\s*(.+)$/s.exec(
      text,
    )?.[1];
  const said =
    colon ??
    /^(?:请|帮我|给我)?(?:发(?:个|一个|条)?|下发|群发|发布)?(?:通知|转告|告诉|提醒|给)[^,:]{0,16}?[,:]\s*(.+)$/s.exec(
      text,
    )?.[1] ??
    text;
  const bare = said.replace(/^(?:发(?:个|一?条)?通知|群发一?条|重发|撤回重发)$/, '').trim();
  return bare.length >= 4 ? bare : undefined;
}

/** Subject, span and range of a campaign (专项督导). */
export function campaignSlots(f: Facts): Slots {
  const { e } = f;
  const span = spanOf(e)?.resolve('future') ?? dayOf(e, 'future')?.resolve('future');
  const items = f.findings.itemsOf(
    e.text,
    meant(e).length > 0 && meant(e).every((c) => isKindergarten(f.context, c)),
  );
  return {
    ...schoolSlots(f),
    topic: f.parts.topic(e.text),
    ...(span ? { date: span, period: span } : {}),
    ...(items.length > 0 ? { items: items.slice(0, 1) } : {}),
    audience:
      e.areas[0]?.code ??
      f.parts.audience(e.text) ??
      (/幼儿园/.test(e.text) && !/小学|中学/.test(e.text) ? 'kindergartens' : undefined),
    content: e.text,
  };
}
