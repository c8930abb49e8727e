// A kind of message that WeCom has added since is no silence: whoever sent it is told that it can't be read.
import { expect, test } from 'vitest';
import type { RawCallbackView } from '../../src/simulator/api.ts';
import { openWorld } from '../support/world.ts';

test('a message of a kind that nobody knows is answered; an event of one is not', async () => {
  const { simulator, person } = await openWorld();
  const her = person('李秀英');
  const send = async (body: string) => {
    const xml =
      `<xml><ToUserName>ww0123456789fixture</ToUserName><FromUserName>${her.userId}</FromUserName>` +
      `<CreateTime>1773885600</CreateTime>${body}<AgentID>1000007</AgentID></xml>`;
    const response = await fetch(`${simulator.url}/simulator/callbacks/raw`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ xml }),
    });
    const { answers } = (await response.json()) as RawCallbackView; // as api.ts says
    return answers[0];
  };
  const sticker = await send('<MsgType>sticker</MsgType><Face>1</Face><MsgId>7361234567890123456</MsgId>');
  expect(sticker).toMatchObject({ status: 200, plain: expect.stringMatching(/请用文字说明/) });
  const event = await send('<MsgType>event</MsgType><Event>brand_new</Event>');
  expect(event).toMatchObject({ status: 200, body: '' });
});
