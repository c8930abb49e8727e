// What each ending of a call means for its row: one table.
import { expect, test } from 'vitest';
import { afterNo, afterYes, backoffMs } from '../../src/delivery/outcome.ts';
import { WecomInvalid, WecomRefused, WecomUnreachable } from '../../src/wecom/errors.ts';

const row = {
  recipient: 'user:lisi',
  call: 'message',
  attempts: 1,
  mayHaveArrived: false,
  goesUp: false,
} as const;
const never = () => 0;
const refused = (errcode: number) => new WecomRefused(errcode, 'no');

test.each([
  { accepted: { invalid: [], unlicensed: [] }, state: 'sent', why: null },
  { accepted: { invalid: ['wang'], unlicensed: [] }, state: 'sent', why: null },
  { accepted: { invalid: ['lisi'], unlicensed: [] }, state: 'refused', why: 'invalid-user' },
  { accepted: { invalid: [], unlicensed: ['lisi'] }, state: 'refused', why: 'unlicensed-user' },
])('errcode 0 with $accepted is $state', ({ accepted, state, why }) => {
  expect(afterYes({ recipient: 'user:LiSi' }, accepted)).toMatchObject({ state, why, waitMs: null });
});

test.each([
  { err: refused(-1), outcome: { state: 'pending', why: 'busy', waitMs: 2_000, holdsOffice: false } },
  {
    err: refused(45009),
    outcome: { state: 'pending', why: 'rate-limit', waitMs: 60_000, holdsOffice: true, counts: false },
  },
  {
    err: refused(60020),
    outcome: { state: 'pending', why: 'alarm', waitMs: 60_000, holdsOffice: true, alarm: true },
  },
  { err: refused(40001), outcome: { state: 'pending', why: 'alarm', holdsOffice: true, alarm: true } },
  { err: refused(81013), outcome: { state: 'refused', why: 'refused', waitMs: null, alarm: false } },
  { err: refused(60111), outcome: { state: 'refused', why: 'refused', errcode: 60111 } },
  { err: refused(42051), outcome: { state: 'refused', why: 'bug' } },
  { err: refused(123456), outcome: { state: 'refused', why: 'refused' } },
  { err: new WecomInvalid('/x', ['y']), outcome: { state: 'refused', why: 'bug' } },
  {
    err: new WecomUnreachable('not-sent', '/x', 'ECONNREFUSED'),
    outcome: { state: 'pending', why: 'not-sent' },
  },
  { err: new WecomUnreachable('unknown', '/x', 'timeout'), outcome: { state: 'unknown', why: 'no-answer' } },
  { err: new TypeError('who knows'), outcome: { state: 'unknown', why: 'no-answer' } },
])('$err.message → $outcome', ({ err, outcome }) => {
  expect(afterNo(row, err, never)).toMatchObject(outcome);
});

test.each(['appchat', 'robot'] as const)('%s without an answer is never tried blindly', (call) => {
  for (const err of [new WecomUnreachable('unknown', '/x', 'timeout'), new TypeError('who knows')])
    expect(afterNo({ ...row, call }, err, never)).toMatchObject({ state: 'unsure', waitMs: null });
  expect(afterNo({ ...row, call }, new WecomUnreachable('not-sent', '/x', 'y'), never).state).toBe('pending');
});

test('a file for a group that only went up has not been sent, however that ended', () => {
  for (const call of ['appchat-media', 'robot-media'] as const)
    expect(afterNo({ ...row, call, goesUp: true }, new TypeError('who knows'), never)).toMatchObject({
      state: 'pending',
      why: 'not-sent',
    });
});

test('what may have arrived once is never taken for not sent again', () => {
  for (const err of [
    refused(-1),
    refused(45009),
    refused(60020),
    new WecomUnreachable('not-sent', '/x', 'y'),
  ])
    expect(afterNo({ ...row, mayHaveArrived: true }, err, never).state).toBe('unknown');
});

test('a message that the platform is too busy for, for hours, is given up, so that the next may go', () => {
  expect(afterNo({ ...row, attempts: 39 }, refused(-1), never)).toMatchObject({ state: 'pending' });
  expect(afterNo({ ...row, attempts: 40 }, refused(-1), never)).toMatchObject({
    state: 'refused',
    why: 'gave-up',
  });
  const away = new WecomUnreachable('not-sent', '/x', 'y');
  expect(afterNo({ ...row, attempts: 400 }, away, never)).toMatchObject({ state: 'pending' });
});

test('waits double up to five minutes, and chance takes up to a half off', () => {
  expect([1, 2, 3, 8, 9, 60].map((n) => backoffMs(n, never))).toEqual([
    2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
  ]);
  expect(backoffMs(3, () => 0.999)).toBeGreaterThanOrEqual(4_000);
});
