// Each errcode has one verdict, and no error text carries an address or a credential.
import { expect, test } from 'vitest';
import { scrub, verdictOf, WecomRefused, WecomUnreachable } from '../../src/wecom/errors.ts';

test.each([
  [-1, 'retry'],
  [6000, 'retry'],
  [40001, 'refresh-token'],
  [40014, 'refresh-token'],
  [42001, 'refresh-token'],
  [45009, 'wait'],
  [45033, 'retry'],
  [40003, 'drop'],
  [40007, 'drop'],
  [60111, 'drop'],
  [60140, 'drop'],
  [81013, 'drop'],
  [49008, 'drop'],
  [40013, 'alarm'],
  [60020, 'alarm'],
  [48002, 'alarm'],
  [43012, 'alarm'],
  [93000, 'alarm'],
  [42030, 'bug'],
  [81012, 'bug'],
  [86215, 'bug'],
  [301002, 'bug'],
  [94016, 'bug'],
  [123456, 'drop'],
])('%i is %s', (code, verdict) => {
  expect(verdictOf(code)).toBe(verdict);
});

test('a rate limit says how long to hold back', () => {
  expect(new WecomRefused(45009, 'api freq out of limit').waitMs).toBe(60_000);
  expect(new WecomRefused(40003, 'invalid userid').waitMs).toBe(0);
});

test('neither the own address nor a credential stays in an error', () => {
  const said =
    'not allow to access from your ip, hint: [171_3_ab], from ip: 203.0.113.9, more info at https://x/?e=60020';
  const refused = new WecomRefused(60020, said, undefined, '/cgi-bin/gettoken');
  expect(refused.message).not.toContain('203.0.113.9');
  expect(refused.message).toContain('hint: [171_3_ab]');
  expect(refused.verdict).toBe('alarm');
  expect(scrub('bad access_token=abc&x=1 SECRET', ['SECRET'])).toBe('bad access_token=-&x=1 -');
  expect(scrub('errcode=40014')).toBe('errcode=40014');
  expect(scrub('x'.repeat(9000))).toHaveLength(500);
});

test('"may have been sent" can be told from "was not sent"', () => {
  expect(new WecomUnreachable('unknown', '/cgi-bin/message/send', 'HTTP 502').message).toBe(
    'WeCom did not answer /cgi-bin/message/send: HTTP 502 (unknown)',
  );
});
