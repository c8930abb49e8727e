// Template cards from sending to the last tap: what is refused, response codes that serve once, updates, passive updates.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkCard } from '../../src/simulator/card-check.ts';
import { element, textOf } from '../../src/wecom/xml.ts';
import { person } from '../support/person.ts';
import { AGENT, type Answering, replyXml, startWorld, textReply, type World } from './bot.ts';

let world: World;
let answer: Answering = () => '';
beforeEach(async () => {
  answer = () => '';
  world = await startWorld({}, (got, n) => answer(got, n));
});
afterEach(() => world.close());

const buttons = (taskId: string, more: object = {}) => ({
  card_type: 'button_interaction',
  source: { desc: '督导助手' },
  main_title: { title: '整改通知', desc: '东关小学' },
  horizontal_content_list: [{ keyname: '期限', value: '一周' }],
  task_id: taskId,
  button_list: [
    { text: '签收', style: 1, key: 'sign' },
    { text: '查看', type: 1, url: 'https://example.cn/a' },
  ],
  ...more,
});
const notice = (more: object = {}) => ({
  card_type: 'text_notice',
  main_title: { title: '提醒' },
  card_action: { type: 1, url: 'https://example.cn' },
  ...more,
});
const vote = (more: object = {}) => ({
  card_type: 'vote_interaction',
  main_title: { title: '何时可以?' },
  task_id: 'vote-1',
  checkbox: {
    question_key: 'when',
    mode: 1,
    option_list: [
      { id: 'mon', text: '周一', is_checked: false },
      { id: 'tue', text: '周二', is_checked: true },
    ],
  },
  submit_button: { text: '提交', key: 'submit' },
  ...more,
});
const send = (card: object, touser = 'li.si|zhao.liu') =>
  world.api('message/send', { touser, msgtype: 'template_card', agentid: AGENT, template_card: card });
const update = (body: object) => world.api('message/update_template_card', { agentid: AGENT, ...body });
const li = () => person(world.simulator.url, 'li.si');

describe('a card is refused', () => {
  const seven = (item: object) =>
    Array.from({ length: 7 }, (_, n) => ({ ...item, key: `k${n}`, id: `i${n}` }));
  const row = { keyname: 'k', value: 'v' };
  const menu = (keys: string[]) => ({
    task_id: 't',
    action_menu: { action_list: keys.map((key) => ({ text: 'x', key })) },
  });
  test.each<[string, object, number]>([
    ['of an unknown type', { card_type: 'hello' }, 42031],
    ['without title', buttons('t', { main_title: {} }), 41016],
    ['without action', notice({ card_action: undefined }), 42045],
    ['whose action has no URL', notice({ card_action: { type: 1 } }), 42028],
    ['whose action has no app', notice({ card_action: { type: 2 } }), 42030],
    ['with seven rows', notice({ horizontal_content_list: seven(row) }), 42035],
    ['whose row has no name', notice({ horizontal_content_list: [{ value: 'v' }] }), 42027],
    ['whose row of a member has none', notice({ horizontal_content_list: [{ ...row, type: 3 }] }), 42050],
    ['whose row of a file has none', notice({ horizontal_content_list: [{ ...row, type: 2 }] }), 42029],
    ['with four jumps', notice({ jump_list: seven({ title: 't' }).slice(3) }), 42042],
    ['whose jump has no title', notice({ jump_list: [{ type: 0 }] }), 42033],
    ['with a menu and no task id', notice({ ...menu(['a']), task_id: undefined }), 42014],
    ['with a menu of equal keys', notice(menu(['a', 'a'])), 42051],
    ['with seven buttons', buttons('t', { button_list: seven({ text: 'x' }) }), 42038],
    ['whose button has no key', buttons('t', { button_list: [{ text: 'x' }] }), 42039],
    [
      'whose button key is over 1024 bytes',
      buttons('t', { button_list: [{ text: 'x', key: 'k'.repeat(1025) }] }),
      42039,
    ],
    [
      'whose buttons share a key',
      buttons('t', {
        button_list: [
          { text: 'x', key: 'k' },
          { text: 'y', key: 'k' },
        ],
      }),
      42018,
    ],
    ['without task id', buttons(''), 42014],
    ['with a task id of other letters', buttons('任务'), 42014],
    ['of news without picture', { ...notice(), card_type: 'news_notice' }, 42044],
    ['of a vote without question', vote({ checkbox: undefined }), 42043],
    ['of a vote without options', vote({ checkbox: { question_key: 'q', option_list: [] } }), 42037],
    [
      'whose options share an id',
      vote({
        checkbox: {
          question_key: 'q',
          option_list: [
            { id: 'a', text: 'x' },
            { id: 'a', text: 'y' },
          ],
        },
      }),
      42040,
    ],
    ['of a vote without submit key', vote({ submit_button: { text: 'x' } }), 42046],
    ['of a vote without submit text', vote({ submit_button: { key: 'x' } }), 42049],
    [
      'with four lists',
      { ...vote(), card_type: 'multiple_interaction', select_list: seven({}).slice(3) },
      42047,
    ],
  ])('%s', async (_, card, errcode) => {
    expect(await send(card)).toMatchObject({ errcode });
    expect(await li().saw()).toEqual([]);
  });

  test('when its task id was used by this app before', async () => {
    expect(await send(buttons('once'))).toMatchObject({ errcode: 0 });
    expect(await send(buttons('once'))).toMatchObject({ errcode: 42014 });
  });

  test('when it calls back and the app has no callback', async () => {
    const other = await world.token('other-secret');
    const body = { touser: 'li.si', msgtype: 'template_card', agentid: 1000008 };
    const sent = (card: object) =>
      world.api('message/send', { ...body, template_card: card }, { access_token: other });
    expect(await sent(buttons('t'))).toMatchObject({ errcode: 43012 });
    expect(await sent(notice())).toMatchObject({ errcode: 0 });
  });
});

test('lengths in characters are only advice', () => {
  const checked = checkCard(notice({ main_title: { title: '长'.repeat(37) }, checkbox: {} }));
  expect(checked).toMatchObject({
    notes: [expect.stringMatching(/checkbox/), expect.stringMatching(/main_title\.title/)],
  });
});

test('what has the wrong type is not drawn, and what has no meaning is noted', () => {
  const odd = checkCard(
    notice({
      main_title: { title: 't', desc: 5, colour: 'red' },
      emphasis_content: 'big',
      quote_area: { type: 4 },
      source: { desc: 'd', desc_color: 9 },
    }),
  );
  expect(odd).toMatchObject({ warned: true, body: { main_title: { title: 't' }, quote_area: { type: 4 } } });
  expect('body' in odd && odd.body).not.toHaveProperty('emphasis_content');
  expect('body' in odd && odd.body.main_title).toEqual({ title: 't' });
  const notes = 'notes' in odd ? odd.notes.join('\n') : '';
  for (const note of [/main_title\.colour/, /quote_area\.type is 4/, /source\.desc_color is 9/])
    expect(notes).toMatch(note);
});

test('a card is read whole, and only cards that call back give a response code', async () => {
  expect(await send(notice())).not.toHaveProperty('response_code');
  expect(await send(buttons('t1'))).toHaveProperty('response_code');
  const seen = await li().sees(/整改通知/);
  expect(seen.text).toBe('督导助手\n整改通知\n东关小学\n期限: 一周\n[签收] [查看]');
});

describe('a tap', () => {
  test('calls the bot with a response code that serves once', async () => {
    await send(buttons('t1'));
    expect(await li().taps('sign')).toMatchObject({ outcome: 'empty', attempts: 1 });
    const xml = world.bot.got[0]?.xml;
    expect(['Event', 'EventKey', 'TaskId', 'CardType'].map((name) => textOf(xml, name))).toEqual([
      'template_card_event',
      'sign',
      't1',
      'button_interaction',
    ]);
    const response_code = textOf(xml, 'ResponseCode');
    const grey = { userids: ['LI.SI'], response_code, button: { replace_name: '已签收' } };
    expect(await update(grey)).toMatchObject({ errcode: 0 });
    expect(await update(grey)).toMatchObject({ errcode: 60140 });
    await li().sees(/\[已签收\]/);
    await expect(li().taps('sign')).rejects.toThrow(/no card with a button/);
    await person(world.simulator.url, 'zhao.liu').taps('sign');
  });

  test('carries what was selected, or what stood there', async () => {
    await send(vote());
    await li().taps('submit', { selected: { when: ['mon', 'tue'] } });
    await person(world.simulator.url, 'zhao.liu').taps('submit');
    const options = world.bot.got.map(({ plain }) => plain.match(/(?<=<OptionId><!\[CDATA\[)\w+/g));
    expect(options).toEqual([['mon', 'tue'], ['tue']]);
    await expect(li().taps('submit', { selected: { when: ['no'] } })).rejects.toThrow(/no such option/);
  });

  test('on a link calls nobody; on the menu it is an event of its own', async () => {
    await send(notice({ task_id: 'm1', action_menu: { action_list: [{ text: '不再提醒', key: 'mute' }] } }));
    answer = (got) => textReply(got, '好的');
    expect(await li().taps('mute')).toMatchObject({ outcome: 'answered', reply: { text: '好的' } });
    expect(textOf(world.bot.got[0]?.xml, 'Event')).toBe('template_card_menu_event');
  });

  test('takes no text as passive reply, as the platform does', async () => {
    await send(buttons('t1'));
    answer = (got) => textReply(got, '已签收');
    expect(await li().taps('sign')).toMatchObject({
      outcome: 'failed',
      note: expect.stringMatching(/takes no message/),
    });
    await li().neverSees(/已签收/);
  });

  test('can be answered by a passive update of the button or the card', async () => {
    await send(buttons('t1'));
    answer = () => replyXml('li.si', 'update_button', element('Button', [element('ReplaceName', '已签收')]));
    await li().taps('sign');
    await li().sees(/\[已签收\]/);

    await send(buttons('t2'));
    answer = () =>
      replyXml(
        'li.si',
        'update_template_card',
        element('TemplateCard', [
          element('CardType', 'button_interaction'),
          element('MainTitle', [element('Title', '已办结')]),
          element('HorizontalContentList', [element('KeyName', '处理人'), element('Value', '王五')]),
          element('HorizontalContentList', [element('KeyName', '期限'), element('Value', '今天')]),
          element('ButtonList', [element('Text', '确认'), element('Key', 'ok')]),
          element('ReplaceText', '已确认'),
        ]),
      );
    await li().taps('sign', { taskId: 't2' });
    expect((await li().sees(/已办结/)).text).toBe('已办结\n处理人: 王五\n期限: 今天\n[已确认]');
    await person(world.simulator.url, 'zhao.liu').neverSees(/已办结/);
  });
});

describe('an update', () => {
  test('replaces the card of those it names, keeps its place, and names who never had it', async () => {
    const { response_code } = await send(buttons('t1'));
    const answered = await update({
      userids: ['li.si', 'Wang.Jianguo'],
      response_code,
      template_card: buttons('t1', { main_title: { title: '已由赵六签收' }, replace_text: '已签收' }),
    });
    expect(answered).toMatchObject({ errcode: 0, invaliduser: ['wang.jianguo'] });
    await li().seesOnce(/已由赵六签收[\s\S]*\[已签收\]/);
    expect(await li().saw()).toHaveLength(1);
    await person(world.simulator.url, 'zhao.liu').neverSees(/已由赵六/);
  });

  test('may leave out the task id, and the buttons still work', async () => {
    const { response_code } = await send(buttons('t1'));
    const { task_id: _, ...card } = buttons('t1', { main_title: { title: '第二版' } });
    expect(await update({ atall: 1, response_code, template_card: card })).toMatchObject({ errcode: 0 });
    await li().sees(/第二版/);
    expect(await li().taps('sign', { taskId: 't1' })).toMatchObject({ outcome: 'empty' });
  });

  test.each<[string, object, number]>([
    ['without a target', {}, 82101],
    ['for people who never had the card', { userids: ['wang.jianguo'] }, 82102],
    ['with a code nobody gave', { atall: 1, response_code: 'no' }, 60140],
    ['without anything to show', { atall: 1, button: undefined }, 40063],
    ['with a card that is wrong', { atall: 1, template_card: { card_type: 'text_notice' } }, 41016],
  ])('is refused %s', async (_, body, errcode) => {
    const { response_code } = await send(buttons('t1'));
    expect(await update({ response_code, button: { replace_name: 'x' }, ...body })).toMatchObject({
      errcode,
    });
    await li().neverSees(/\[x\]/);
  });

  test('is refused after 72 hours, and from another app', async () => {
    const { response_code } = await send(buttons('t1'));
    const other = await world.token('other-secret');
    const body = { atall: 1, response_code, button: { replace_name: 'x' } };
    expect(
      await world.api('message/update_template_card', { ...body, agentid: 1000008 }, { access_token: other }),
    ).toMatchObject({ errcode: 42015 });
    world.clock.advance(72 * 3_600_000);
    expect(await update(body)).toMatchObject({ errcode: 60140 });
  });
});
