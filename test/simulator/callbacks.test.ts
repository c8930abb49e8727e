import { getSignature, decrypt as packageDecrypt } from '@wecom/crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Exchange, ExchangesView, RawCallbackView, VerifyView } from '../../src/simulator/api.ts';
import { element, textOf, wordOf } from '../../src/wecom/xml.ts';
import { person } from '../support/person.ts';
import { AES_KEY, CORP_ID, replyXml, sealReply, startWorld, TOKEN, textReply, type World } from './bot.ts';

let world: World;
afterEach(() => world.close());
const exchangesOf = async () =>
  (await world.drive<ExchangesView>('exchanges')).exchanges.filter(({ kind }) => kind === 'callback');
const posts = async () => (await exchangesOf()).filter(({ method }) => method === 'POST');

describe('a message', () => {
  test('arrives sealed, and @wecom/crypto opens it too', async () => {
    world = await startWorld();
    await person(world.simulator.url, 'wang.jianguo').says('你好 ]]> <b>&');
    const [got] = world.bot.got;
    expect(textOf(got?.xml, 'Content')).toBe('你好 ]]> <b>&');
    expect(wordOf(got?.xml, 'FromUserName')).toBe('Wang.Jianguo');
    expect(BigInt(wordOf(got?.xml, 'MsgId'))).toBeGreaterThan(2n ** 53n);

    const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(got?.body ?? '')?.[1] ?? '';
    const opened = packageDecrypt(AES_KEY, encrypted);
    expect(opened.id).toBe(CORP_ID);
    expect(opened.message).toBe(got?.plain);
    const [at, nonce] = ['timestamp', 'nonce'].map((name) => got?.query.get(name) ?? '');
    expect(getSignature(TOKEN, at ?? '', nonce ?? '', encrypted)).toBe(got?.query.get('msg_signature'));
  });

  test('is answered by a passive reply, which the person sees', async () => {
    world = await startWorld({}, (got) => textReply(got, `收到:${textOf(got.xml, 'Content')}`));
    const wang = person(world.simulator.url, 'wang.jianguo');
    const act = await wang.says('在吗');
    expect(act).toMatchObject({
      outcome: 'answered',
      attempts: 1,
      reply: { text: '收到:在吗', from: 'app' },
    });
    expect((await wang.seesOnce(/收到/)).message.fromName).toBe('督导助手');
  });

  test('of every type has the elements of the pages', async () => {
    world = await startWorld();
    const wang = person(world.simulator.url, 'wang.jianguo');
    await wang.sendsPhoto();
    await wang.sendsPlace({ latitude: 31.230416, longitude: 121.473701, label: '黄浦' });
    await world.drive('people/li.si/media', {
      kind: 'voice',
      fileName: 'a.amr',
      base64: Buffer.from('#!AMR\n123').toString('base64'),
    });
    await world.drive('people/li.si/media', { kind: 'video', base64: 'AAAAAGZ0eXA=' });
    await world.drive('people/li.si/media', { kind: 'file', fileName: '台账.pdf', base64: 'AAAAAAAA' });
    await world.drive('people/li.si/link', { title: 'T', url: 'https://example.invalid/a' });
    const seen = world.bot.got.map(({ xml }) => xml.children.map(({ name }) => name).join(' '));
    const head = 'ToUserName FromUserName CreateTime MsgType';
    expect(seen).toEqual([
      `${head} PicUrl MediaId MsgId AgentID`,
      `${head} Location_X Location_Y Scale Label MsgId AgentID AppType`,
      `${head} MediaId Format MsgId AgentID`,
      `${head} MediaId ThumbMediaId MsgId AgentID`,
      `${head} MediaId FileName MsgId AgentID`,
      `${head} Title Description Url PicUrl MsgId AgentID`,
    ]);
    const picture = await fetch(wordOf(world.bot.got[0]?.xml, 'PicUrl'));
    expect(picture.headers.get('content-type')).toBe('image/png');
  });

  test('of one person keeps its order though answers are slow', async () => {
    world = await startWorld({}, async (got) => {
      await new Promise((resolve) => setTimeout(resolve, textOf(got.xml, 'Content') === '0' ? 300 : 1));
      return '';
    });
    const wang = person(world.simulator.url, 'wang.jianguo');
    for (let n = 0; n < 20; n += 1) await wang.says(String(n), { wait: false });
    await expect.poll(() => world.bot.got.length).toBe(20);
    expect(world.bot.got.map(({ xml }) => textOf(xml, 'Content'))).toEqual(
      Array.from({ length: 20 }, (_, n) => String(n)),
    );
  });
});

describe('redelivery', () => {
  test('brings the same inner XML in a new envelope, until it is answered', async () => {
    world = await startWorld({}, (got, n) => (n < 3 ? 500 : textReply(got, '第三次')));
    const act = await person(world.simulator.url, 'li.si').says('喂');
    expect(act).toMatchObject({ outcome: 'answered', attempts: 3 });
    const { got } = world.bot;
    expect(new Set(got.map(({ plain }) => plain)).size).toBe(1);
    expect(new Set(got.map(({ query }) => query.get('msg_signature'))).size).toBe(3);
    expect((await posts()).map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 200],
    ]);
  });

  test('ends after three, and the message counts as failed', async () => {
    world = await startWorld({}, () => 503);
    const act = await person(world.simulator.url, 'li.si').says('喂');
    expect(act).toMatchObject({ outcome: 'failed', attempts: 4 });
    const { messages } = await world.drive<{ messages: { state: string }[] }>(
      'people/li.si/messages?after=0',
    );
    expect(messages.map(({ state }) => state)).toEqual(['failed']);
  });

  test('comes when the answer window is over, and a late reply is not shown', async () => {
    let late: ((text: string) => void) | undefined;
    world = await startWorld({ answerWindowMs: 60, retryDelaysMs: [5] }, (got, n) =>
      n === 1
        ? new Promise<string>((resolve) => {
            late = resolve;
          })
        : textReply(got, '重试的答复'),
    );
    const li = person(world.simulator.url, 'li.si');
    const act = await li.says('喂');
    late?.('');
    expect(act).toMatchObject({ outcome: 'answered', attempts: 2, reply: { text: '重试的答复' } });
    expect((await posts())[0]?.note).toMatch(/no answer within 60 ms/);
  });

  test('happens by fault: duplicates at once, and answers that get lost', async () => {
    world = await startWorld({}, (got) => textReply(got, '好'));
    const li = person(world.simulator.url, 'li.si');
    await world.drive('faults', { kind: 'duplicate-callbacks', copies: 3, times: 1 });
    await li.says('三份');
    expect(world.bot.got).toHaveLength(3);
    await li.seesOnce(/好/);
    await world.drive('faults', { kind: 'lost-replies', times: 2 });
    expect(await li.says('再来')).toMatchObject({ outcome: 'answered', attempts: 3 });
    expect(await world.drive('faults')).toEqual([]);
  });

  test('does not happen while callbacks are off', async () => {
    world = await startWorld();
    await world.drive('faults', { kind: 'no-callbacks' });
    const act = await person(world.simulator.url, 'li.si').says('喂');
    expect(act).toMatchObject({ outcome: 'failed', attempts: 0 });
    expect(world.bot.got).toHaveLength(0);
  });
});

describe('a reply', () => {
  test.each([
    [
      'a wrong signature',
      (to: string) => sealReply(replyXml(to, 'text', element('Content', 'x')), { token: 'no' }),
    ],
    [
      'a foreign receive id',
      (to: string) => sealReply(replyXml(to, 'text', element('Content', 'x')), { receiveId: 'ww' }),
    ],
    ['names not swapped', () => sealReply(replyXml('zhao.liu', 'text', element('Content', 'x')))],
    [
      'a type that does not exist',
      (to: string) => sealReply(replyXml(to, 'markdown', element('Content', 'x'))),
    ],
    ['no XML', () => '{"text":"x"}'],
  ])('with %s is not shown, and the exchange says why', async (_, body) => {
    world = await startWorld({}, () => body('li.si'));
    const li = person(world.simulator.url, 'li.si');
    const act = await li.says('喂');
    expect(act).toMatchObject({ outcome: 'failed', attempts: 1 });
    expect((await posts()).at(-1)?.note).not.toBe('');
    expect(await li.saw()).toEqual([]);
  });

  test('longer than 2,048 bytes is cut between characters', async () => {
    world = await startWorld({}, (got) => textReply(got, `ab${'督'.repeat(1000)}`));
    const { reply, note } = await person(world.simulator.url, 'li.si').says('喂');
    expect(reply?.text).toBe(`ab${'督'.repeat(682)}`);
    expect(note).toMatch(/cut at 2048/);
  });

  test('of "success" counts as empty, with a note', async () => {
    world = await startWorld({}, () => 'success');
    const act = await person(world.simulator.url, 'li.si').says('喂');
    expect(act.outcome).toBe('empty');
    expect(act.note).toMatch(/empty body/);
  });
});

describe('verification', () => {
  test('wants the exact body, and nothing is sent to a URL that fails it', async () => {
    world = await startWorld();
    world.bot.echo = (plain) => `"${plain}"`;
    const act = await person(world.simulator.url, 'li.si').says('喂');
    expect(act).toMatchObject({ outcome: 'failed', attempts: 0 });
    expect(act.note).toMatch(/nothing else/);
    delete world.bot.echo;
    expect(await world.drive<VerifyView>('callbacks/verify', {})).toMatchObject({ ok: true, status: 200 });
    expect(await world.drive('state')).toMatchObject({ apps: [{ callbackOk: true }, { callbackOk: false }] });
  });
});

describe('crafted envelopes', () => {
  const raw = (body: object) => world.drive<RawCallbackView>('callbacks/raw', body);

  test('a bad signature, another receive id, a replay, many at once', async () => {
    world = await startWorld({}, (got) => textReply(got, '好'));
    const act = await person(world.simulator.url, 'li.si').says('喂');
    const statuses = async (body: object) => (await raw(body)).answers.map(({ status }) => status);
    expect(await statuses({ xml: '<xml/>', signature: 'bad' })).toEqual([403]);
    const replay = await raw({ replayOf: act.exchangeId });
    expect(replay.answers[0]).toMatchObject({ status: 200 });
    const [first, again] = world.bot.got;
    expect(again?.body).toBe(first?.body);
    const resent = await raw({ resendOf: act.exchangeId, copies: 5 });
    expect(resent.answers).toHaveLength(5);
    expect(resent.answers[0]?.plain).toMatch(/好/);
    const last = world.bot.got.at(-1);
    expect(last?.plain).toBe(first?.plain);
    expect(last?.body).not.toBe(first?.body);
  });
});

test('exchanges scrub the token and keep only the newest', async () => {
  world = await startWorld({ exchanges: { capacity: 5 } });
  for (let n = 0; n < 20; n += 1) await world.api('agent/get', undefined, { agentid: '1000007' });
  const { exchanges } = await world.drive<{ exchanges: Exchange[] }>('exchanges?limit=100');
  expect(exchanges).toHaveLength(5);
  expect(exchanges[0]?.path).toMatch(/access_token=\*\*\*/);
});
