// The client's checks and the simulator's were written apart, from the same pages: on each small change of a whole card or message they must agree.
import { describe, expect, test } from 'vitest';
import { checkCard } from '../../src/simulator/card-check.ts';
import { createFields, isRefused } from '../../src/simulator/fields.ts';
import type { MediaStore } from '../../src/simulator/media.ts';
import { checkMessage } from '../../src/simulator/message-check.ts';
import { templateCard } from '../../src/wecom/cards.ts';
import { messageBody } from '../../src/wecom/messages.ts';

type Json = Record<string, unknown>;
const url = 'https://example.invalid/x';
const options = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `o${n}`, text: `t${n}` }));
const source = { icon_url: url, desc: 'd' };
const rows = Array.from({ length: 6 }, (_, n) => ({ keyname: `k${n}`, value: 'v', type: 1, url }));
const notice = {
  source: { ...source, desc_color: 1 },
  action_menu: { desc: 'm', action_list: ['a', 'b', 'c'].map((key) => ({ text: key, key })) },
  main_title: { title: 't', desc: 'd' },
  quote_area: { type: 1, url, title: 'q', quote_text: 'q' },
  horizontal_content_list: rows,
  jump_list: [
    { type: 1, title: 'j', url },
    { type: 2, title: 'k', appid: 'x', pagepath: 'p' },
    { type: 0, title: 'l' },
  ],
  card_action: { type: 1, url },
  task_id: 'task-1',
};
/** Every field that a type has, each list as long as it may be. */
const WHOLE: Record<string, Json> = {
  text_notice: { ...notice, emphasis_content: { title: '1', desc: 'd' }, sub_title_text: 's' },
  news_notice: {
    ...notice,
    card_image: { url, aspect_ratio: 1.5 },
    image_text_area: { type: 2, appid: 'x', title: 'a', desc: 'b', image_url: url },
    vertical_content_list: ['a', 'b', 'c', 'd'].map((title) => ({ title, desc: 'd' })),
  },
  button_interaction: {
    ...notice,
    jump_list: undefined,
    sub_title_text: 's',
    button_selection: { question_key: 'q', title: 't', option_list: options(10), selected_id: 'o1' },
    button_list: Array.from({ length: 6 }, (_, n) => ({ text: `b${n}`, style: 1, key: `k${n}` })),
  },
  vote_interaction: {
    source,
    main_title: { title: 't', desc: 'd' },
    task_id: 'task-1',
    checkbox: {
      question_key: 'q',
      mode: 1,
      option_list: options(20).map((option) => ({ ...option, is_checked: false })),
    },
    submit_button: { text: 's', key: 'k' },
  },
  multiple_interaction: {
    source,
    main_title: { title: 't', desc: 'd' },
    task_id: 'task-1',
    select_list: ['q1', 'q2', 'q3'].map((question_key) => ({
      ...{ question_key, title: 't', selected_id: 'o1', option_list: options(10) },
    })),
    submit_button: { text: 's', key: 'k' },
  },
};

type Path = (string | number)[];
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T; // of JSON alone

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsOf(inner, path)];
  });
}

const WORDS = [
  ['', 'nothing'],
  ['x'.repeat(64), '64 bytes'],
  ['x'.repeat(65), '65 bytes'],
  ['督'.repeat(4), 'four characters'],
  ['督'.repeat(13), 'thirteen characters'],
  ['督'.repeat(31), 'thirty-one characters'],
  ['x'.repeat(128), '128 bytes'],
  ['x'.repeat(129), '129 bytes'],
  [`${'督'.repeat(341)}a`, '1,024 bytes'],
  ['督'.repeat(342), '1,026 bytes'],
  ['督'.repeat(513), '513 characters'],
  ['x'.repeat(2048), '2,048 bytes'],
  ['x'.repeat(2049), '2,049 bytes'],
  [`https://e.invalid/${'x'.repeat(2030)}`, '2,048 bytes of an address'],
  [`https://e.invalid/${'x'.repeat(2031)}`, '2,049 bytes of an address'],
] as const;

/** The values to try in a field's place, each with a word for it. */
function others(value: unknown): (readonly [unknown, string])[] {
  if (typeof value === 'string') return [...WORDS, [5, 'a number']];
  if (typeof value === 'number')
    return [-1, 0, 1, 2, 3, 4, 5, 1.29, 1.3, 2.24, 2.25, '1'].map((one) => [one, JSON.stringify(one)]);
  if (typeof value === 'boolean')
    return [
      [1, '1'],
      ['true', '"true"'],
    ];
  if (!Array.isArray(value)) return [['word', 'a word']];
  const [first, second] = value as Json[];
  const fresh = { ...copy(first), key: 'new', id: 'new', question_key: 'new' };
  const more = Object.fromEntries(Object.entries(fresh).filter(([key]) => first && key in first));
  return [
    [[], 'an empty list'],
    [[...value, more], 'one too many'],
    [[...value.slice(1), copy(second)], 'the same twice'],
  ];
}

/** What makes the two disagree, of all small changes of `whole` under the names in `within`. */
function differing(
  whole: Json,
  verdicts: (changed: Json) => { client: boolean; platform: string },
  within: readonly string[] = Object.keys(whole),
): string[] {
  const differ = new Set<string>();
  for (const path of pathsOf(whole)) {
    if (!within.includes(String(path[0]))) continue;
    const name = path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
    const holder = (one: Json) => path.slice(0, -1).reduce<Json>((inner, step) => inner[step] as Json, one); // as `pathsOf` walked it
    const key = String(path.at(-1));
    const tried = [...others(holder(whole)[key]), [undefined, 'left out'] as const];
    for (const [value, word] of tried) {
      if (value === undefined && typeof path.at(-1) === 'number') continue;
      const changed = copy(whole);
      if (value === undefined) delete holder(changed)[key];
      else holder(changed)[key] = value;
      const { client, platform } = verdicts(changed);
      if (client !== (platform === 'taken')) differ.add(`${name} with ${word}: ${client} and ${platform}`);
    }
  }
  return [...differ];
}

describe.each(Object.entries(WHOLE))('%s', (type, fields) => {
  const card: Json = copy({ card_type: type, ...fields });
  const verdicts = (one: Json) => {
    const client = templateCard.safeParse(one).success;
    const platform = checkCard(one);
    if (isRefused(platform)) return { client, platform: 'refused' };
    // Longer than advised is sent and shown shorter: no fault.
    const odd = platform.notes.filter((note) => !/that are advised/.test(note));
    return { client, platform: odd.length > 0 || platform.warned ? 'noted' : 'taken' };
  };

  test('passes whole', () => {
    expect(verdicts(card)).toEqual({ client: true, platform: 'taken' });
  });

  test('what the client lets through the platform takes, and what it stops the platform refuses or passes over', () => {
    expect(differing(card, verdicts)).toEqual([]);
  });
});

const article = { title: 't', description: 'd', url, picurl: url };
const BODIES: Record<string, Json> = {
  text: { content: 'hello' },
  video: { media_id: 'kept', title: 't', description: 'd' },
  textcard: { title: 't', description: 'd', url, btntxt: '更多' },
  news: { articles: [...Array(7).fill(article), { title: 't', appid: 'a', pagepath: 'p' }] },
  mpnews: {
    articles: [
      {
        ...{ title: 't', thumb_media_id: 'kept', author: 'a' },
        ...{ content_source_url: url, content: 'c', digest: 'd' },
      },
      { title: 'u', thumb_media_id: 'kept', content: 'c' },
    ],
  },
  markdown: { content: 'm' },
  miniprogram_notice: {
    ...{ appid: 'a', page: 'p', title: '整改到期', description: '请尽快处理' },
    content_item: Array.from({ length: 10 }, () => ({ key: 'k', value: 'v' })),
  },
};

describe.each(Object.entries(BODIES))('%s', (msgtype, body) => {
  // A store that holds one file, of the kind that the message wants.
  const kind = msgtype === 'video' ? 'video' : 'image';
  const media = { alive: (id: string) => (id === '' ? undefined : { kind }) } as unknown as MediaStore;
  const verdicts = (one: Json) => {
    const client = messageBody.safeParse(one).success;
    const fields = createFields();
    const platform = checkMessage(one, { channel: 'app', fields, media });
    if (isRefused(platform)) return { client, platform: 'refused' };
    return { client, platform: platform.notes.length > 0 || fields.warned() ? 'noted' : 'taken' };
  };

  test('what the client lets through the platform takes whole', () => {
    const whole = { touser: 'li.si', agentid: 1, msgtype, [msgtype]: body };
    expect(verdicts(whole)).toEqual({ client: true, platform: 'taken' });
    // The client takes no empty word for a field that may be left out; the platform takes it for left out.
    const differ = differing(whole, verdicts, [msgtype]).filter(
      (one) => !/with nothing: false and taken$/.test(one),
    );
    expect(differ).toEqual([]);
  });
});
