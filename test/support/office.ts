// A whole bot without its network: the fixture office in a fresh database, spoken to through the very turn that the callback runs.
// For tests of the conversation and of the acts behind it; what goes over the wire is tested through the simulator.
import { readFileSync } from 'node:fs';
import { openTalk, type Talk } from '../../src/chat/live.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { folderFiles } from '../../src/delivery/files.ts';
import type { RunTurn } from '../../src/http/accept.ts';
import { openBooks } from '../../src/http/book.ts';
import { converser } from '../../src/http/converse.ts';
import { nobodyWaits } from '../../src/http/passive.ts';
import type { OfficeOf } from '../../src/http/perform.ts';
import { newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { ACTIONS } from '../../src/supervision/actions.ts';
import { NOTIFICATIONS } from '../../src/supervision/notifications.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { parseAibot } from '../../src/wecom/aibot.ts';
import { wordsOf } from '../../src/wecom/aibot-replies.ts';
import type { Inbound } from '../../src/wecom/inbound.ts';
import { runFolder } from './folder.ts';
import { LEARNT } from './learnt.ts';
import { parseRoster } from './roster.ts';

const here = (path: string) => new URL(path, import.meta.url).pathname;
let talk: Talk | undefined;

/** The shipped scripts and understander, read once per test process. */
export function shippedTalk(): Talk {
  talk ??= openTalk({
    dir: here('../../bot-scripts'),
    cacheDir: LEARNT,
    actions: ACTIONS,
    notifications: NOTIFICATIONS,
  });
  return talk;
}

/** What somebody was sent: a text, or a card with its keys. */
export interface Seen {
  to: string;
  text: string;
  buttons: { key: string; text: string }[];
  task: string | null;
}

export interface Office {
  store: Store;
  clock: MovableClock;
  officeId: string;
  /** Says something as a person; gives what this turn sent to whom, in order. */
  hears(userId: string, said: string | Partial<Inbound>): Promise<Seen[]>;
  taps(userId: string, seen: Seen, button: string): Promise<Seen[]>;
  /** Says it to the smart robot, in a group with its mention or alone: what it answers there, and what is sent through the app. */
  asks(userId: string, text: string, chat?: 'group' | 'single'): Promise<{ there: string; apart: Seen[] }>;
}

/** Thursday 2026-03-19 10:00 in Shanghai: the clock of DOMAIN §6.2. */
export const FIXTURE_NOW = new Date('2026-03-19T10:00:00+08:00');

/** The turn that the callback runs, for one office; what leaves it lies in the outbox, and nobody is rung for. */
export function turnsOf(
  store: Store,
  { slug, ...office }: OfficeOf & { slug: string },
  locale: 'zh-CN' | 'en' = 'zh-CN',
): RunTurn {
  return converser({
    sealKey: (key) => `v1.${Buffer.from(key).toString('base64url')}`,
    store,
    books: openBooks(store, loadSettingRules()),
    officeOf: (asked) => (asked === slug ? office : undefined),
    talk: shippedTalk,
    actions: ACTIONS,
    locale,
    sealer: { open: (text) => text },
    ring: () => {},
    fetchMedia: () => {},
    makePapers: () => {},
    files: folderFiles(runFolder()),
  });
}

export async function openOffice(
  store: Store,
  now: Date = FIXTURE_NOW,
  locale: 'zh-CN' | 'en' = 'zh-CN',
): Promise<Office> {
  const roster = parseRoster(JSON.parse(readFileSync(here('fixture-roster.json'), 'utf8')));
  const seal = { seal: (text: string) => text, open: (text: string) => text };
  const report = await importRoster(store, roster, { now: new Date('2026-02-20T00:00:00Z'), sealer: seal });
  const clock = movableClock(now.getTime() - Date.now());
  const whose = { id: report.officeId, corpId: 'wwfixture', aibot: { name: '督导助手' } };
  const run = turnsOf(store, { slug: report.slug, ...whose }, locale);
  let messages = 0;
  // Ids grow with time: an office that is opened again is told nothing of what was sent before.
  let last = newId();

  async function asks(userId: string, text: string, chat: 'group' | 'single' = 'group') {
    messages += 1;
    const json = JSON.stringify({
      ...{
        msgid: `m${messages}`,
        aibotid: 'AIBOT1',
        chattype: chat,
        from: { userid: userId },
        msgtype: 'text',
      },
      ...(chat === 'group' ? { chatid: 'wrGroup1' } : {}),
      text: { content: chat === 'group' ? `@督导助手 ${text}` : text },
    });
    const inbound = parseAibot(json);
    const dedupKey = `test-${newId()}`;
    const { reply } = await run(
      { office: report.slug, inbound, xml: json, dedupKey, receivedAt: clock.now() },
      nobodyWaits,
    );
    return { there: reply === null ? '' : wordsOf(reply), apart: await sentSince() };
  }

  async function hears(userId: string, said: string | Partial<Inbound>): Promise<Seen[]> {
    messages += 1;
    const common = {
      toUser: 'wwfixture',
      fromUser: userId,
      createTime: messages,
      agentId: 1,
      msgId: String(messages),
    };
    const given = typeof said === 'string' ? { kind: 'text', content: said } : said;
    const inbound = { ...common, ...given } as Inbound; // the test says which kind it is
    const dedupKey = `test-${newId()}`;
    await run({ office: report.slug, inbound, xml: '', dedupKey, receivedAt: clock.now() }, nobodyWaits);
    return sentSince();
  }

  async function sentSince(): Promise<Seen[]> {
    const rows = await store.query<{
      id: string;
      recipient: string;
      call: string;
      payload: Record<string, never>;
    }>(`select id, recipient, call, payload from outbox where id > $1 order by id`, [last]);
    last = rows.at(-1)?.id ?? last;
    return rows.filter((row) => row.call === 'message').map((row) => seenIn(row.recipient, row.payload));
  }

  return {
    store,
    clock,
    officeId: report.officeId,
    hears,
    asks,
    taps(userId, seen, button) {
      const key = seen.buttons.find((one) => one.text === button)?.key;
      if (key === undefined || seen.task === null) throw new Error(`no button ${button} on: ${seen.text}`);
      return hears(userId, {
        kind: 'template_card_event',
        eventKey: key,
        taskId: seen.task,
        cardType: 'button_interaction',
        responseCode: 'rc',
        selected: [],
      });
    },
  };
}

function seenIn(recipient: string, payload: Record<string, unknown>): Seen {
  const to = recipient.replace(/^user:/, '');
  const text = (payload.text as { content: string } | undefined)?.content;
  if (text !== undefined) return { to, text, buttons: [], task: null };
  // Cards are our own, dressed by delivery/dress.ts.
  const card = payload.template_card as {
    main_title: { title: string; desc?: string };
    sub_title_text?: string;
    task_id: string;
    button_list: { key: string; text: string }[];
  };
  return {
    to,
    text: [card.main_title.title, card.main_title.desc, card.sub_title_text].filter(Boolean).join('\n'),
    buttons: card.button_list,
    task: card.task_id,
  };
}
