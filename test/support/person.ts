// A person of the corp, for tests: she says, taps and sends through the simulator, and waits for what she should see.
import type { ActView, CardBody, CardView, MessagesView, MessageView } from '../../src/simulator/api.ts';
import { PATIENCE_MS } from './until.ts';

export interface Seen {
  message: MessageView;
  /** Everything that can be read on it, in a stable order. */
  text: string;
}
export interface PersonOptions {
  /** How long `sees` waits. */
  patienceMs?: number;
}

export interface TestPerson {
  userId: string;
  says(text: string, to?: { chatId?: string; wait?: boolean }): Promise<ActView>;
  /** Taps the newest card that has this key and can be tapped (or the card of `taskId`). */
  taps(
    key: string,
    on?: { taskId?: string; selected?: Record<string, string[]>; wait?: boolean },
  ): Promise<ActView>;
  sendsPhoto(bytes?: Buffer, as?: { fileName?: string; wait?: boolean; chatId?: string }): Promise<ActView>;
  /** A voice message or a file. */
  sendsMedia(kind: 'voice' | 'file'): Promise<ActView>;
  sendsPlace(place?: { latitude: number; longitude: number; label?: string }): Promise<ActView>;
  enters(): Promise<ActView>;
  usesMenu(key: string): Promise<ActView>;
  /** Waits for a message or card, new or changed since what was last seen, that the pattern fits; what lies before it counts as seen. */
  sees(pattern: RegExp): Promise<Seen>;
  /** As `sees`, and fails when a second fits too among all she has. */
  seesOnce(pattern: RegExp): Promise<Seen>;
  /** Fails when anything she has (since the start, or since `sawSince`'s mark) fits. Wait for something else first. */
  neverSees(pattern: RegExp): Promise<void>;
  /** Everything from others since the last `sees`, without marking it seen. */
  sawSince(): Promise<Seen[]>;
  /** Everything from others, ever, in order. */
  saw(): Promise<Seen[]>;
  /** Treats all that is there as seen. Gives the number that none of it exceeds and all that comes later does. */
  looksAway(): Promise<number>;
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=';

export function person(
  simulatorUrl: string,
  userId: string,
  { patienceMs = PATIENCE_MS }: PersonOptions = {},
): TestPerson {
  const base = `${simulatorUrl}/simulator/people/${encodeURIComponent(userId)}`;
  let seenRev = 0;

  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${base}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${userId}: ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T; // the simulator's own types, api.ts
  };
  const act = (name: string, body: object, wait = true) =>
    ask<ActView>(wait ? name : `${name}?wait=false`, body);
  const changedSince = async (rev: number): Promise<Seen[]> => {
    const { messages } = await ask<MessagesView>(`messages?changedAfter=${rev}&limit=5000`);
    return messages
      .filter(({ from }) => from !== 'me')
      .map((message) => ({ message, text: readable(message) }));
  };
  const lines = (seen: Seen[]) => seen.map(({ text }) => `  · ${text.replaceAll('\n', '\n    ')}`).join('\n');

  const sees = async (pattern: RegExp): Promise<Seen> => {
    const until = Date.now() + patienceMs;
    for (;;) {
      const fresh = await changedSince(seenRev);
      const found = fresh.find(({ text }) => fits(pattern, text));
      if (found !== undefined) {
        seenRev = found.message.rev;
        return found;
      }
      if (Date.now() > until) {
        const there = fresh.length > 0 ? `What came instead:\n${lines(fresh)}` : 'Nothing new came.';
        throw new Error(`${userId} waited ${patienceMs} ms in vain for ${pattern}.\n${there}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  return {
    userId,
    sees,
    says: (text, { chatId, wait } = {}) => act('say', { text, chatId }, wait),
    async taps(key, { taskId, selected, wait } = {}) {
      const task = taskId ?? (await newestTask(key));
      return act('tap', { key, taskId: task, selected }, wait);
    },
    sendsPhoto: (bytes, { fileName = 'photo.png', wait, chatId } = {}) =>
      act('media', { kind: 'image', fileName, base64: bytes?.toString('base64') ?? PIXEL, chatId }, wait),
    sendsMedia: (kind) =>
      act('media', {
        kind,
        fileName: kind === 'voice' ? 'voice.amr' : 'report.txt',
        base64: Buffer.from(kind === 'voice' ? '#!AMR\n0123456789' : '整改情况说明').toString('base64'),
      }),
    sendsPlace: (place = { latitude: 37.39, longitude: 118.03, label: '' }) => act('place', place),
    enters: () => act('enter', {}),
    usesMenu: (key) => act('menu', { key }),
    async seesOnce(pattern) {
      const found = await sees(pattern);
      const all = (await changedSince(0)).filter(({ text }) => fits(pattern, text));
      if (all.length > 1) throw new Error(`${userId} saw ${pattern} ${all.length} times:\n${lines(all)}`);
      return found;
    },
    async neverSees(pattern) {
      const found = (await changedSince(0)).filter(({ text }) => fits(pattern, text));
      if (found.length > 0) throw new Error(`${userId} should not see ${pattern}:\n${lines(found)}`);
    },
    sawSince: () => changedSince(seenRev),
    saw: async () => (await changedSince(0)).toSorted((a, b) => a.message.seq - b.message.seq),
    async looksAway() {
      seenRev = (await changedSince(seenRev)).at(-1)?.message.rev ?? seenRev;
      return seenRev;
    },
  };

  async function newestTask(key: string): Promise<string> {
    const all = await changedSince(0);
    const newest = all
      .toSorted((a, b) => b.message.seq - a.message.seq)
      .find(({ message: { card, recalled } }) => card && !recalled && hasKey(card, key));
    const taskId = newest?.message.card?.taskId;
    if (!taskId) throw new Error(`${userId} has no card with a button "${key}" to tap`);
    return taskId;
  }
}

function fits(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0; // a pattern with the g flag remembers where it was
  return pattern.test(text);
}

function hasKey({ body, disabled }: CardView, key: string): boolean {
  if (body.action_menu?.action_list.some((entry) => entry.key === key)) return true;
  if (disabled) return false;
  return body.button_list?.some((button) => button.key === key) === true || body.submit_button?.key === key;
}

/** Everything a message says, line by line, in the order a client draws it. */
export function readable(message: MessageView): string {
  if (message.recalled) return '[recalled]';
  const { text, card, textcard, articles, media, place, link } = message;
  const lines = [
    text,
    ...(textcard ? [textcard.title, textcard.description, `[${textcard.btntxt}] ${textcard.url}`] : []),
    ...(articles ?? []).flatMap(({ title, description, url }) => [title, description, url]),
    media ? `[${media.kind}] ${media.fileName}` : undefined,
    place ? `[location] ${place.label}` : undefined,
    link ? `${link.title} ${link.url}` : undefined,
    ...(card ? cardLines(card) : []),
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}

function cardLines({ body, replaceText }: CardView): (string | undefined)[] {
  const choice = (question: { title?: string; option_list: { text: string }[] }) =>
    `${question.title ?? ''} (${question.option_list.map(({ text }) => text).join(' / ')})`;
  return [
    body.source?.desc,
    body.main_title?.title,
    body.main_title?.desc,
    body.emphasis_content?.title,
    body.emphasis_content?.desc,
    body.quote_area?.title,
    body.quote_area?.quote_text,
    body.image_text_area?.title,
    body.image_text_area?.desc,
    body.sub_title_text,
    ...(body.vertical_content_list ?? []).flatMap(({ title, desc }) => [title, desc]),
    ...(body.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname}: ${value ?? ''}`),
    ...(body.button_selection ? [choice(body.button_selection)] : []),
    ...(body.checkbox ? [choice(body.checkbox)] : []),
    ...(body.select_list ?? []).map(choice),
    ...(body.jump_list ?? []).map(({ title }) => title),
    replaceText === null ? buttonLine(body) : `[${replaceText}]`,
    ...(body.action_menu?.action_list ?? []).map(({ text }) => `⋯ ${text}`),
  ];
}

function buttonLine(body: CardBody): string {
  const buttons = [...(body.button_list ?? []), ...(body.submit_button ? [body.submit_button] : [])];
  return buttons.map(({ text }) => `[${text}]`).join(' ');
}
