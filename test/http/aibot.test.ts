// The smart robot's route with real sealing and three lambdas behind it: verification, refusals, an answer in time, a promised one, a repeat.
import { expect, test } from 'vitest';
import { acceptor, type RunTurn } from '../../src/http/accept.ts';
import { aibotTalk } from '../../src/http/aibot.ts';
import { createServer } from '../../src/http/server.ts';
import { oneAtATime } from '../../src/http/turns.ts';
import { createLog } from '../../src/log.ts';
import { createAibotCallback } from '../../src/wecom/aibot-callback.ts';
import { streamReply } from '../../src/wecom/aibot-replies.ts';
import { decodeAesKey, decrypt, encrypt, signature } from '../../src/wecom/crypto.ts';

const token = 'aibotToken1';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const key = decodeAesKey(encodingAesKey);

async function door(run: RunTurn) {
  const now = () => new Date();
  const log = createLog({ level: 'silent', to: { write: () => {} } });
  const stored = new Map<string, string>();
  const refused: string[] = [];
  const spooled: string[] = [];
  const accept = acceptor({
    hush: (envelope) => envelope,
    run: async (envelope, passive) => {
      const { reply } = await run(envelope, passive);
      if (reply !== null) stored.set(envelope.dedupKey, reply);
      return { reply };
    },
    spool: { append: async ({ xml }) => void spooled.push(xml), holds: () => false },
    queue: oneAtATime(),
    count: () => {},
    log,
    budget: { emptyAfterMs: 60, giveBackAfterMs: 90 },
  });
  const robot = createAibotCallback({ token, encodingAesKey, now });
  const storedReply = async (_office: string, dedupKey: string) => stored.get(dedupKey) ?? null;
  const talk = aibotTalk({ accept, storedReply, waitWords: () => '请稍候', now, log });
  const server = await createServer({
    callback: {
      callbackOf: () => undefined,
      accept,
      aibot: { aibotOf: (office) => (office === 'main' ? robot : undefined), talk, now },
      refused: (reason) => refused.push(reason),
      log,
      now,
    },
    health: { ready: () => Promise.reject(new Error('not asked')), counters: () => new Map() },
    log,
  });
  const post = async (message: object, office = 'main', receiveId = '') => {
    const encrypted = encrypt({ key, receiveId, message: JSON.stringify(message) });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(Math.random()).slice(2);
    const query = new URLSearchParams({
      msg_signature: signature(token, timestamp, nonce, encrypted),
      timestamp,
      nonce,
    });
    const answer = await server.inject({
      method: 'POST',
      url: `/wecom/${office}/aibot?${query}`,
      payload: JSON.stringify({ encrypt: encrypted }),
      headers: { 'content-type': 'application/json' },
    });
    if (answer.statusCode !== 200 || answer.body === '') return { status: answer.statusCode, reply: null };
    const outer = answer.json<{ encrypt: string; msgsignature: string; timestamp: number; nonce: string }>();
    expect(outer.nonce).toBe(nonce);
    expect(outer.msgsignature).toBe(signature(token, String(outer.timestamp), nonce, outer.encrypt));
    return { status: 200, reply: JSON.parse(decrypt({ key, receiveId: '', encrypted: outer.encrypt })) };
  };
  return { server, post, refused, spooled };
}

let serial = 0;
const said = (over: object = {}) => ({
  ...{
    msgid: `m${++serial}`,
    aibotid: 'AIBOT1',
    chattype: 'group',
    chatid: 'wr1',
    from: { userid: 'li.si' },
  },
  ...{ msgtype: 'text', text: { content: '@督导助手 还差哪几所' } },
  ...over,
});
const answers: RunTurn = async ({ inbound }) => ({
  reply: 'msgId' in inbound ? streamReply(inbound.msgId, '还差2所', true) : null,
});

test('an answer in time is whole at once', async () => {
  const { post } = await door(answers);
  const message = said();
  const { reply } = await post(message);
  expect(reply).toEqual({
    msgtype: 'stream',
    stream: { id: message.msgid, finish: true, content: '还差2所' },
  });
});

test('an answer that is late is promised, kept on disk meanwhile, and given when it is asked for', async () => {
  let finish = () => {};
  const ready = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { post, spooled } = await door(async (envelope, passive) => {
    await ready;
    return answers(envelope, passive);
  });
  const message = said();
  const { msgid } = message;
  expect((await post(message)).reply).toEqual({
    msgtype: 'stream',
    stream: { id: msgid, finish: false, content: '请稍候' },
  });
  expect(spooled.map((json) => JSON.parse(json).msgid)).toEqual([msgid]);
  const poll = said({ msgtype: 'stream', stream: { id: msgid } });
  expect((await post(poll)).reply?.stream.finish).toBe(false);
  finish();
  await expect
    .poll(async () => (await post(poll)).reply?.stream)
    .toEqual({
      id: msgid,
      finish: true,
      content: '还差2所',
    });
});

test('what takes no answer gets an empty body', async () => {
  const { post } = await door(async () => ({ reply: null }));
  const feedback = said({
    msgtype: 'event',
    event: { eventtype: 'feedback_event', feedback_event: { type: 1 } },
  });
  expect(await post(feedback)).toEqual({ status: 200, reply: null });
});

test('strangers, other offices and damaged messages are refused without a word', async () => {
  const { server, post, refused } = await door(answers);
  expect((await post(said(), 'other')).status).toBe(404);
  expect((await post(said(), 'main', 'ww0123456789abcdef')).status).toBe(403);
  expect((await post([])).status).toBe(400);
  const junk = await server.inject({
    method: 'POST',
    url: '/wecom/main/aibot?msg_signature=a',
    payload: '{',
  });
  expect([junk.statusCode, junk.body]).toEqual([400, '']);
  expect(refused).toEqual(['no-such-office', 'receiveid-mismatch', 'bad-inner-json', 'bad-json']);
});

test('the console’s check is answered with the echo', async () => {
  const { server } = await door(answers);
  const echostr = encrypt({ key, receiveId: '', message: '1616140317555161061' });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const query = new URLSearchParams({
    ...{ msg_signature: signature(token, timestamp, 'n', echostr), timestamp, nonce: 'n', echostr },
  });
  const answer = await server.inject({ method: 'GET', url: `/wecom/main/aibot?${query}` });
  expect([answer.statusCode, answer.body]).toEqual([200, '1616140317555161061']);
});
