// The other calls that a row may stand for: changing a card, taking a message back, groups made by the app, group robots.

import { expect, test } from 'vitest';
import { undelivered } from '../../src/delivery/failures.ts';
import { putBytes } from '../../src/delivery/files.ts';
import { dueRecipients, expireClaims, keepResponseCode } from '../../src/delivery/outbox.ts';
import { card, officeId, openWorld, SEND, text } from './world.ts';

const UPDATE = '/cgi-bin/message/update_template_card';
const greyed = { button: { replace_name: 'Signed' } };

test('a card is changed with the right that came with it, found at the moment of sending', async () => {
  const { put, drain, sees, row } = await openWorld();
  await put(
    { key: 'card', payload: card('t-1'), taskId: 't-1' },
    { key: 'grey', call: 'card-update', payload: greyed, taskId: 't-1' },
  );
  await drain();
  expect(await row('grey')).toMatchObject({ state: 'sent' });
  expect((await sees())[0]?.card).toMatchObject({ replaceText: 'Signed', disabled: true });
  expect((await row('card')).responseCode).toBeNull();
});

test('a right that was used up is no loss; the one of the next tap is', async () => {
  const { put, drain, sees, row, store } = await openWorld();
  await put({ key: 'card', payload: card('t-1'), taskId: 't-1' });
  await drain();
  const used = (await row('card')).responseCode ?? '';
  await put({ key: 'grey', call: 'card-update', payload: greyed, taskId: 't-1' });
  await drain();
  await put({ key: 'no code', call: 'card-update', payload: greyed, taskId: 't-1' });
  await drain();
  expect(await row('no code')).toMatchObject({ state: 'refused', why: 'quiet.no-card-code' });

  await store.transaction((tx) =>
    keepResponseCode(tx, { officeId, taskId: 't-1', userId: 'LiSi', responseCode: used }),
  );
  await put({ key: 'used code', call: 'card-update', payload: greyed, taskId: 't-1' }, { key: 'after' });
  await drain();
  expect(await row('used code')).toMatchObject({
    state: 'refused',
    why: 'quiet.card-code-spent',
    errcode: 60140,
  });
  expect((await sees()).map((m) => m.text ?? m.msgType)).toEqual(['template_card', 'after']);
});

test('a card that waits itself is changed after it has left', async () => {
  const { put, drain, row, clock, fault } = await openWorld();
  await put({ key: 'card', payload: card('t-1'), taskId: 't-1' });
  await put({
    key: 'grey',
    call: 'card-update',
    payload: { ...greyed, userids: ['lisi'] },
    taskId: 't-1',
    recipient: 'user:wang',
  });
  await fault({ kind: 'errcode', errcode: -1, path: SEND, times: 1 });
  await drain();
  expect(await drain('user:wang')).toBe(2_000);
  expect(await row('grey')).toMatchObject({ state: 'pending', why: 'not-yet' });
  clock.advance(2_000);
  await drain();
  await drain('user:wang');
  expect(await row('grey')).toMatchObject({ state: 'sent' });
});

test('a change that was written before its own card waits for nothing: the card arrives, and all after it', async () => {
  const { put, drain, row, sees } = await openWorld();
  await put(
    { key: 'grey', call: 'card-update', payload: greyed, taskId: 't-1' },
    { key: 'card', payload: card('t-1'), taskId: 't-1' },
    { key: 'after' },
  );
  expect(await drain()).toBeUndefined();
  expect(await row('grey')).toMatchObject({ state: 'refused', why: 'quiet.no-card-code' });
  expect((await sees()).map((m) => m.text ?? m.msgType)).toEqual(['template_card', 'after']);
});

test('a change whose answer got lost is tried again, and the second use of its right is quiet', async () => {
  const { put, drain, row, clock, fault, sees } = await openWorld();
  await put({ key: 'card', payload: card('t-1'), taskId: 't-1' });
  await drain();
  await put({ key: 'grey', call: 'card-update', payload: greyed, taskId: 't-1' });
  await fault({ kind: 'drop-answer', path: UPDATE, times: 1 });
  await drain();
  expect(await row('grey')).toMatchObject({ state: 'unknown' });
  clock.advance(2_000);
  await drain();
  expect(await row('grey')).toMatchObject({ state: 'refused', why: 'quiet.card-code-spent' });
  expect((await sees())[0]?.card?.replaceText).toBe('Signed');
});

test('a card whose answer got lost has its rights after the retry', async () => {
  const { put, drain, row, clock, fault, sees } = await openWorld();
  await put({ key: 'card', payload: card('t-1'), taskId: 't-1' });
  await fault({ kind: 'drop-answer', path: SEND, times: 1 });
  await drain();
  clock.advance(2_000);
  await drain();
  expect(await sees()).toHaveLength(1);
  expect(await row('card')).toMatchObject({ state: 'sent', responseCode: expect.any(String) });
});

test('a card that the platform knows already, long after the duplicate check forgot it, has arrived', async () => {
  const { put, drain, row, clock, fault, sees } = await openWorld();
  await put({ key: 'card', payload: card('t-1'), taskId: 't-1' });
  await fault({ kind: 'drop-answer', path: SEND, times: 1 });
  await drain();
  clock.advance(24 * 3_600_000);
  await drain();
  expect(await sees()).toHaveLength(1);
  expect(await row('card')).toMatchObject({ state: 'sent', errcode: 42014 });
});

test('a message is taken back by the key of its row; one that has not left never leaves', async () => {
  const { put, say, drain, sees, row, clock } = await openWorld();
  await say('oops');
  await drain();
  await put({ key: 'recall', call: 'recall', payload: { key: 'oops' } });
  await drain();
  expect((await sees())[0]?.recalled).toBe(true);
  expect(await row('recall')).toMatchObject({ state: 'sent' });

  await put({ key: 'later', notBefore: new Date(clock.now().getTime() + 60_000) });
  await put({ key: 'recall later', call: 'recall', payload: { key: 'later' } });
  await drain();
  expect(await row('recall later')).toMatchObject({ state: 'refused', why: 'quiet.nothing-to-recall' });
  expect(await row('later')).toMatchObject({ state: 'refused', why: 'quiet.nothing-to-recall' });
});

test('a message of yesterday can no longer be taken back, and that is no loss to anybody', async () => {
  const { put, say, drain, row, clock } = await openWorld();
  await say('old');
  await drain();
  clock.advance(25 * 3_600_000);
  await put({ key: 'recall', call: 'recall', payload: { key: 'old' } });
  await drain();
  expect(await row('recall')).toMatchObject({ state: 'refused', why: 'quiet.recall-too-late' });
});

test('a group of the app gets its messages through its own call', async () => {
  const { put, drain, client, reads } = await openWorld();
  await client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
  await put({ key: 'to the group', call: 'appchat', recipient: 'chat:area1' });
  await drain('chat:area1');
  expect(await reads('wang')).toContain('to the group');
});

test.each([
  { call: 'appchat', recipient: 'chat:area1', path: '/cgi-bin/appchat/send' },
  { call: 'robot', recipient: 'robot:group', path: '/cgi-bin/webhook/send' },
] as const)(
  '$call whose answer got lost is not sent again, is shown, and lets the next one go',
  async (one) => {
    const { call, recipient, path } = one;
    const { put, drain, client, reads, row, fault, store, clock, calls } = await openWorld();
    await client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
    await put({ key: 'first', call, recipient }, { key: 'second', call, recipient });
    await fault({ kind: 'drop-answer', path, times: 1 });
    expect(await drain(recipient)).toBeUndefined();
    expect(await row('first')).toMatchObject({ state: 'unsure', why: 'no-answer', attempts: 1 });
    expect(await row('second')).toMatchObject({ state: 'sent' });

    clock.advance(24 * 3_600_000);
    expect(await dueRecipients(store, clock.now(), 10)).toEqual([]);
    await drain(recipient);
    expect(await calls(path)).toBe(2);
    expect((await reads('wang')).filter((text) => text === 'first')).toHaveLength(1);
    const shown = await undelivered(store, officeId, { since: new Date(0), now: clock.now() });
    expect(shown.map(({ key, state }) => [key, state])).toEqual([['first', 'unsure']]);
  },
);

test.each(['sweep', 'next drain'] as const)(
  'a group message whose sender died is left as it is by the %s',
  async (by) => {
    const { put, drain, client, reads, row, store, clock } = await openWorld();
    await client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
    const to = { call: 'appchat', recipient: 'chat:area1' } as const;
    await put({ key: 'first', ...to }, { key: 'second', ...to });
    await store.query(
      `update outbox set state = 'sending', attempts = 1, claimed_until = clock_timestamp() - interval '1 second' where key = 'first'`,
    );
    if (by === 'sweep') expect(await expireClaims(store, clock.now())).toBe(1);
    await drain(to.recipient);
    expect(await row('first')).toMatchObject({ state: 'unsure', why: 'no-answer' });
    expect(await reads('wang')).toEqual(['second']);
  },
);

test('a robot speaks to its group, and its being thrown out stops nobody else', async () => {
  const { put, say, drain, reads, row, fault } = await openWorld();
  await put({ key: 'from the robot', call: 'robot', recipient: 'robot:group' });
  await drain('robot:group');
  expect(await reads()).toEqual(['from the robot']);

  await fault({ kind: 'errcode', errcode: 93004, path: '/cgi-bin/webhook/send' });
  await put({ key: 'out', call: 'robot', recipient: 'robot:group' });
  await put({ key: 'after it', call: 'robot', recipient: 'robot:group' });
  expect(await drain('robot:group')).toBeUndefined();
  // Its key is dead; whoever registered it is told (supervision/robots), and nothing comes days later.
  expect(await row('out')).toMatchObject({ state: 'refused', why: 'robot-out', errcode: 93004 });
  expect(await row('after it')).toMatchObject({ state: 'refused', why: 'robot-out' });
  await say('others');
  await drain();
  expect(await reads()).toContain('others');
});

test('a robot that the platform limits waits its minute by itself, and holds up nobody else', async () => {
  const { put, say, drain, row, reads, fault } = await openWorld();
  await fault({ kind: 'errcode', errcode: 45009, path: '/cgi-bin/webhook/send', times: 1 });
  await put({ key: 'limited', call: 'robot', recipient: 'robot:group' });
  expect(await drain('robot:group')).toBe(60_000);
  expect(await row('limited')).toMatchObject({ state: 'pending', why: 'rate-limit' });
  await say('others');
  await drain();
  expect(await reads()).toContain('others');
});

test('files for a group: the app puts one up for all its chats, a robot has uploads of its own and small pictures inside', async () => {
  const { put, drain, sees, client, files, calls } = await openWorld();
  await client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
  const PIXEL = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
    'base64',
  );
  const picture = (await putBytes(files, PIXEL, 1e6)).sha256;
  const paper = (await putBytes(files, Buffer.from('a paper of the office'), 1e6)).sha256;
  const file = { kind: 'file', sha256: paper, name: '安排.pdf' };
  const image = { kind: 'image', sha256: picture, name: '图.png' };
  await put(
    { key: 'c1', call: 'appchat-media', recipient: 'chat:area1', payload: file },
    { key: 'c2', call: 'appchat-media', recipient: 'chat:area1', payload: image },
    { key: 'r1', call: 'robot-media', recipient: 'robot:group', payload: file },
    { key: 'r2', call: 'robot-media', recipient: 'robot:group', payload: image },
  );
  await drain('chat:area1');
  await drain('robot:group');
  const seen = (await sees()).map(({ chatId, msgType, media }) => [chatId, msgType, media?.fileName]);
  expect(seen).toEqual([
    ['group:area1', 'file', '安排.pdf'],
    ['group:area1', 'image', '图.png'],
    ['group:room', 'file', '安排.pdf'],
    ['group:room', 'image', 'image'],
  ]);
  expect(await calls('/cgi-bin/webhook/upload_media')).toBe(1);
});

test('twenty a minute for one robot; what was for a robot that is gone is told as lost', async () => {
  const { put, drain, row } = await openWorld();
  await put(
    ...Array.from(
      { length: 21 },
      (_, i) => ({ key: `r${i}`, call: 'robot', recipient: 'robot:group' }) as const,
    ),
  );
  expect(await drain('robot:group')).toBeGreaterThan(40_000);
  expect(await row('r19')).toMatchObject({ state: 'sent' });
  expect(await row('r20')).toMatchObject({ state: 'pending', why: 'held.minute' });
  await put({ key: 'nobody', call: 'robot', recipient: 'robot:nobody', payload: text('x') });
  await drain('robot:nobody');
  expect(await row('nobody')).toMatchObject({ state: 'refused', why: 'robot-out' });
});
