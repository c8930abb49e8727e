// Cards are refused where the platform refuses them, and only advised where it merely suggests.
import { describe, expect, test } from 'vitest';
import { cardAdvice } from '../../src/wecom/card-advice.ts';
import { robotCard, type TemplateCard, templateCard, templateCardUpdate } from '../../src/wecom/cards.ts';
import { faultsOf } from '../../src/wecom/checks.ts';

const action = { type: 1, url: 'https://example.invalid/a' } as const;
const options = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `o${i}`, text: `第${i}项` }));
const boxes = (n: number) => options(n).map((o) => ({ ...o, is_checked: false }));
const select = (key: string, n = 2) => ({ question_key: key, title: '选', option_list: options(n) });

const text = { card_type: 'text_notice', main_title: { title: '督导通知' }, card_action: action };
const news = {
  card_type: 'news_notice',
  main_title: { title: '督导通报' },
  card_image: { url: 'https://example.invalid/p.png', aspect_ratio: 1.3 },
  card_action: action,
};
const button = {
  card_type: 'button_interaction',
  main_title: { title: '隐患 #42 待处理' },
  horizontal_content_list: [{ keyname: '上报人', value: '李四', type: 3, userid: 'li.si' }],
  task_id: 'hazard-42',
  button_list: [
    { text: '接单', style: 1, key: 'take:42' },
    { text: '详情', type: 1, url: 'https://example.invalid/42' },
  ],
};
const vote = {
  card_type: 'vote_interaction',
  main_title: { title: '检查项' },
  task_id: 'v@1',
  checkbox: { question_key: 'q', mode: 1, option_list: boxes(3) },
  submit_button: { text: '提交', key: 's' },
};
const multiple = {
  card_type: 'multiple_interaction',
  main_title: { title: '登记' },
  task_id: 'm_1',
  select_list: [select('a'), select('b')],
  submit_button: { text: '提交', key: 's' },
};
const all = { text, news, button, vote, multiple };

test.each(Object.entries(all))('a plain %s card passes', (_, card) => {
  const read = templateCard.safeParse(card);
  expect(read.success ? [] : faultsOf(read.error)).toEqual([]);
});

const menu = { desc: '更多', action_list: [{ text: '忽略', key: 'x' }] };
const long = (n: number) => 'a'.repeat(n);

describe('refused:', () => {
  test.each<[string, object, string]>([
    ['no type', { main_title: { title: 'x' } }, 'card_type'],
    ['a type that there is not', { ...text, card_type: 'text' }, 'card_type'],
    ['a field of another type', { ...text, button_list: [] }, '(all)'],
    ['a notice without an action', { ...text, card_action: undefined }, 'card_action'],
    ['an action without its address', { ...text, card_action: { type: 1 } }, 'card_action.url'],
    ['an action without its mini program', { ...text, card_action: { type: 2 } }, 'card_action.appid'],
    ['an action of type 0 on a notice', { ...text, card_action: { type: 0 } }, 'card_action.type'],
    ['an address without a scheme', { ...text, card_action: { type: 1, url: 'a.b/c' } }, 'card_action.url'],
    ['a notice that says nothing', { ...text, main_title: { desc: 'x' } }, 'main_title.title'],
    ['a menu without task_id', { ...text, action_menu: menu }, 'task_id'],
    [
      'four menu entries',
      {
        ...text,
        task_id: 't',
        action_menu: { action_list: [1, 2, 3, 4].map((n) => ({ text: 'x', key: `${n}` })) },
      },
      'action_menu.action_list',
    ],
    [
      'seven rows',
      { ...text, horizontal_content_list: Array(7).fill({ keyname: 'k' }) },
      'horizontal_content_list',
    ],
    [
      'a member row without the member',
      { ...text, horizontal_content_list: [{ keyname: 'k', type: 3 }] },
      'horizontal_content_list.0.userid',
    ],
    [
      'a file row without the file',
      { ...text, horizontal_content_list: [{ keyname: 'k', type: 2 }] },
      'horizontal_content_list.0.media_id',
    ],
    ['four jumps', { ...text, jump_list: Array(4).fill({ title: 't' }) }, 'jump_list'],
    ['news without a picture', { ...news, card_image: undefined }, 'card_image'],
    [
      'a picture too wide',
      { ...news, card_image: { url: 'https://a.b/', aspect_ratio: 2.25 } },
      'card_image.aspect_ratio',
    ],
    [
      'five verticals',
      { ...news, vertical_content_list: Array(5).fill({ title: 't' }) },
      'vertical_content_list',
    ],
    ['buttons without task_id', { ...button, task_id: undefined }, 'task_id'],
    ['a task_id with a slash', { ...button, task_id: 'a/b' }, 'task_id'],
    ['a Chinese task_id', { ...button, task_id: '任务' }, 'task_id'],
    ['a task_id of 129 bytes', { ...button, task_id: long(129) }, 'task_id'],
    ['no buttons', { ...button, button_list: [] }, 'button_list'],
    [
      'seven buttons',
      { ...button, button_list: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ text: 'x', key: `${n}` })) },
      'button_list',
    ],
    [
      'two buttons of one key',
      {
        ...button,
        button_list: [
          { text: 'a', key: 'k' },
          { text: 'b', key: 'k' },
        ],
      },
      'button_list.1',
    ],
    ['a button without a key', { ...button, button_list: [{ text: 'a' }] }, 'button_list.0.key'],
    [
      'a button key of 1025 bytes',
      { ...button, button_list: [{ text: 'a', key: long(1025) }] },
      'button_list.0.key',
    ],
    [
      'a link button without its address',
      { ...button, button_list: [{ text: 'a', type: 1 }] },
      'button_list.0.url',
    ],
    ['eleven choices', { ...button, button_selection: select('q', 11) }, 'button_selection.option_list'],
    [
      '21 boxes',
      { ...vote, checkbox: { question_key: 'q', option_list: boxes(21) } },
      'checkbox.option_list',
    ],
    [
      'an option id of 129 bytes',
      {
        ...vote,
        checkbox: { question_key: 'q', option_list: [{ id: long(129), text: 'x', is_checked: true }] },
      },
      'checkbox.option_list.0.id',
    ],
    [
      'four selections',
      { ...multiple, select_list: ['a', 'b', 'c', 'd'].map((k) => select(k)) },
      'select_list',
    ],
    ['two questions of one key', { ...multiple, select_list: [select('a'), select('a')] }, 'select_list.1'],
    ['a question without a submit button', { ...multiple, submit_button: undefined }, 'submit_button'],
    ['a menu on a vote', { ...vote, action_menu: menu }, '(all)'],
  ])('%s', (_, card, where) => {
    const read = templateCard.safeParse(card);
    expect(read.success ? [] : faultsOf(read.error).map((f) => f.split(': ')[0])).toContain(where);
  });
});

test('a fault names the place and never the value', () => {
  const read = templateCard.safeParse({ ...button, task_id: '张三的电话 13800000000' });
  expect(read.success ? '' : faultsOf(read.error).join()).not.toContain('13800000000');
});

test('an update may grey what was used and leave the task_id out', () => {
  const { task_id: _, ...rest } = button;
  expect(templateCardUpdate.safeParse({ ...rest, replace_text: '已接单' }).success).toBe(true);
  expect(
    templateCardUpdate.safeParse({ ...vote, checkbox: { ...vote.checkbox, disable: true } }).success,
  ).toBe(true);
  expect(templateCard.safeParse({ ...button, replace_text: '已接单' }).success).toBe(false);
});

test('a robot sends the two notices, and nothing that calls back', () => {
  expect(robotCard.safeParse(text).success).toBe(true);
  expect(robotCard.safeParse(news).success).toBe(true);
  expect(robotCard.safeParse(button).success).toBe(false);
  expect(robotCard.safeParse({ ...text, task_id: 't', action_menu: menu }).success).toBe(false);
});

test('suggested lengths are advice, in characters, with the place', () => {
  const card: TemplateCard = templateCard.parse({
    ...button,
    main_title: { title: '长'.repeat(37) },
    button_list: [
      { text: '好', key: 'a' },
      { text: '这个按钮的文字超过十个字', key: 'b' },
    ],
  });
  expect(cardAdvice(card)).toEqual([
    { path: 'main_title.title', chars: 37, suggested: 36 },
    { path: 'button_list[1].text', chars: 12, suggested: 10 },
  ]);
  expect(cardAdvice(templateCard.parse({ ...vote, main_title: { title: '长'.repeat(17) } }))).toHaveLength(1);
});
