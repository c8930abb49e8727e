// Callbacks that no conversation is about: kept, and told to the operator where there is something to be told.
import { describe, expect, test } from 'vitest';
import type { RunTurn } from '../../src/http/accept.ts';
import { door, sealed } from './door.ts';

const post = (from: { url: string; payload: string }) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'text/xml' },
  ...from,
});

describe('what no conversation is about', () => {
  const event = (name: string, body = '') =>
    sealed(
      `<xml><ToUserName>ww</ToUserName><FromUserName>sys</FromUserName><CreateTime>1766000000</CreateTime>` +
        `<MsgType>event</MsgType><Event>${name}</Event>${body}<AgentID>1000002</AgentID></xml>`,
    );

  test('a kind that nobody knew is kept, and said once without its contents', async () => {
    const kept: string[] = [];
    const run: RunTurn = async ({ inbound }) => {
      kept.push(inbound.kind);
      return { reply: null };
    };
    const { app, lines } = await door({ run });
    const answer = await app.inject(post(event('brand_new', '<Words>a secret</Words>')));
    expect([answer.statusCode, answer.body, kept]).toEqual([200, '', ['unknown']]);
    expect(lines.join()).toMatch(/"event":"brand_new".*not known was kept/);
    expect(lines.join()).not.toMatch(/a secret/);
  });

  test.each([
    ['inactive_alert', 'error', /suspend the app.*/],
    ['close_inactive_agent', 'error', /has suspended/],
    ['low_active_alert', 'error', /going to limit/],
    ['low_active', 'error', /has limited/],
    ['reopen_inactive_agent', 'info', /enabled again/],
    ['active_restored', 'info', /no longer limited/],
  ])('%s reaches the operator', async (name, level, words) => {
    const { app, lines } = await door();
    await app.inject(post(event(name, '<EffectTime>1718600000</EffectTime>')));
    const line = lines.find((one) => words.test(one)) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ level, kind: name });
    expect(line.includes('2024-06-17')).toBe(name.endsWith('alert'));
  });
});

test('a tag that a thousand members get at once is not too large', async () => {
  const members = Array.from({ length: 1000 }, (_, n) => `u${n}`.padEnd(64, 'x')).join(',');
  const xml =
    '<xml><ToUserName>ww</ToUserName><FromUserName>sys</FromUserName><CreateTime>1766000000</CreateTime>' +
    '<MsgType>event</MsgType><Event>change_contact</Event><ChangeType>update_tag</ChangeType><TagId>3</TagId>' +
    `<AddUserItems>${members}</AddUserItems></xml>`;
  const added: unknown[] = [];
  const run: RunTurn = async ({ inbound }) => {
    if (inbound.kind === 'change_contact' && inbound.changeType === 'update_tag')
      added.push(inbound.addedUsers.length);
    return { reply: null };
  };
  const { app } = await door({ run });
  expect((await app.inject(post(sealed(xml)))).statusCode).toBe(200);
  expect(added).toEqual([1000]);
});
