// Files and pictures on their way to people: put up once, sent to each, put up again when the platform has forgotten them.
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type FileStore, putBytes } from '../../src/delivery/files.ts';
import { expireClaims, type NewOutboxRow, type Recipient } from '../../src/delivery/outbox.ts';
import { AppError } from '../../src/errors.ts';
import { WecomUnreachable } from '../../src/wecom/errors.ts';
import { officeId, openWorld, pendingAttachment, SEND, type World } from './world.ts';

const UPLOAD = '/cgi-bin/media/upload';
const HOUR = 3_600_000;
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('and then the picture')]);

async function handed(
  { files }: World,
  key: string,
  {
    bytes = Buffer.from('a sheet of figures'),
    kind = 'file',
    name = '问题台账.xlsx',
    recipient = 'user:lisi' as Recipient,
  } = {},
): Promise<Partial<NewOutboxRow>> {
  const { sha256 } = await putBytes(files, bytes, 20 * 1024 * 1024);
  return { key, recipient, call: 'media', payload: { kind, sha256, name } };
}

test('a file arrives under its name, after the words that were written before it', async () => {
  const world = await openWorld();
  await world.say('words');
  await world.put(await handed(world, 'sheet'));
  expect(await world.drain()).toBeUndefined();
  const seen = await world.sees();
  expect(seen.map((m) => m.text ?? m.media?.fileName)).toEqual(['words', '问题台账.xlsx']);
  const got = await world.platform.server.inject({ method: 'GET', url: seen[1]?.media?.url ?? '' });
  expect(got.body).toBe('a sheet of figures');
  expect(await world.row('sheet')).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a picture is sent as a picture', async () => {
  const world = await openWorld();
  await world.put(await handed(world, 'bars', { bytes: PNG, kind: 'image', name: '统计.png' }));
  await world.drain();
  expect((await world.sees())[0]).toMatchObject({
    msgType: 'image',
    media: { kind: 'image', fileName: '统计.png' },
  });
});

test('one file for many goes up once; after three days it goes up again', async () => {
  const world = await openWorld();
  const row = await handed(world, 'one');
  await world.put(row, { ...row, key: 'two' }, { ...row, key: 'three', recipient: 'user:wang' });
  await world.drain();
  await world.drain('user:wang');
  expect(await world.calls(UPLOAD)).toBe(1);
  world.clock.advance(73 * HOUR);
  await world.put({ ...row, key: 'later' });
  await world.drain();
  expect(await world.calls(UPLOAD)).toBe(2);
  expect((await world.sees()).length).toBe(3);
});

test('a media id that died before its time is replaced within the same attempt', async () => {
  const world = await openWorld();
  const row = await handed(world, 'one');
  await world.put(row);
  await world.drain();
  await world.store.query(`update uploaded_media set media_id = 'dead'`);
  await world.put({ ...row, key: 'two' });
  await world.drain();
  expect(await world.row('two')).toMatchObject({ state: 'sent', attempts: 1 });
  expect((await world.sees()).length).toBe(2);
});

test('an upload without an answer has said nothing to anybody: it is tried again and arrives once', async () => {
  const world = await openWorld();
  await world.put(await handed(world, 'sheet'));
  const upload = () => Promise.reject(new WecomUnreachable('unknown', UPLOAD, 'a line that broke'));
  const client = { ...world.client, media: { ...world.client.media, upload } };
  const waitMs = await world.another({ clientFor: () => client }).drain(officeId, 'user:lisi');
  expect(await world.row('sheet')).toMatchObject({ state: 'pending', why: 'not-sent' });
  world.clock.advance(waitMs ?? 0);
  await world.drain();
  expect((await world.sees()).length).toBe(1);
});

test('a message without an answer is sent again under the same media id, so that the platform knows it', async () => {
  const world = await openWorld({ timeoutMs: 2_000 });
  await world.fault({ kind: 'lost', path: SEND, times: 1 });
  await world.put(await handed(world, 'sheet'));
  const waitMs = await world.drain();
  expect(await world.row('sheet')).toMatchObject({ state: 'unknown' });
  world.clock.advance(waitMs ?? 0);
  await world.drain();
  expect(await world.row('sheet')).toMatchObject({ state: 'sent' });
  expect(await world.calls(UPLOAD)).toBe(1);
});

test('a file that we have lost is told as lost, and holds nobody up', async () => {
  const world = await openWorld();
  await world.put({
    key: 'gone',
    call: 'media',
    payload: { kind: 'file', sha256: 'a'.repeat(64), name: 'x.pdf' },
  });
  await world.say('next');
  await world.drain();
  expect(await world.row('gone')).toMatchObject({ state: 'refused', why: 'file-lost' });
  expect(await world.reads()).toEqual(['next']);
});

describe('what somebody sent in, asked for by another', () => {
  /** Asked for while it is on its way here; words behind it. */
  async function askedEarly(): Promise<World & { id: string }> {
    const world = await openWorld();
    const id = await pendingAttachment(world, 'media-of-hers', world.clock.now());
    const payload = { attachment: id, name: '第一中学-1', at: world.clock.now().toISOString() };
    await world.put({ key: 'photo', call: 'media', payload });
    await world.say('next');
    return { ...world, id };
  }

  test('is sent when it is here, and holds up nothing until then', async () => {
    const world = await askedEarly();
    const waitMs = await world.drain();
    expect(await world.reads()).toEqual(['next']);
    const { sha256 } = await putBytes(world.files, PNG, 1_000);
    await world.store.query(
      `update attachment set state = 'stored', sha256 = $2, mime = 'image/png', bytes = 20 where id = $1`,
      [world.id, sha256],
    );
    world.clock.advance(waitMs ?? 0);
    await world.drain();
    expect((await world.sees()).at(-1)?.media).toMatchObject({ kind: 'image', fileName: '第一中学-1.png' });
    expect(await world.row('photo')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('is looked for less and less often, and after an hour no more', async () => {
    const world = await askedEarly();
    const waits: number[] = [];
    for (let waitMs = await world.drain(); waitMs !== undefined; waitMs = await world.drain()) {
      waits.push(waitMs);
      world.clock.advance(waitMs);
    }
    expect(waits.length).toBeLessThan(12);
    expect(await world.row('photo')).toMatchObject({ state: 'pending' }); // the sweep finds it when it is due
    world.clock.advance(HOUR);
    await world.drain();
    expect(await world.row('photo')).toMatchObject({ state: 'refused', why: 'quiet.no-photos' });
  });

  test('is not waited for when it is lost', async () => {
    const world = await askedEarly();
    await world.store.query(`update attachment set state = 'lost' where id = $1`, [world.id]);
    expect(await world.drain()).toBeUndefined();
    expect(await world.row('photo')).toMatchObject({ state: 'refused', why: 'quiet.no-photos' });
  });
});

describe('what was not said to a group yet is said later, and not given up as perhaps said', () => {
  const FILE = { kind: 'file', name: '安排.pdf' } as const;
  const away = () => Promise.reject(new AppError('store.unreachable', 'later', { what: 's3' }));
  async function* torn() {
    yield Buffer.from('half of');
    throw new Error('the line broke');
  }

  test.each<[string, Partial<NewOutboxRow>, FileStore['get']]>([
    ['a robot, a store that is away', { call: 'robot-media', recipient: 'robot:group' }, away],
    [
      'a robot, a file that broke off',
      { call: 'robot-media', recipient: 'robot:group' },
      async () => Readable.from(torn()),
    ],
    ['a group of the app, a store that is away', { call: 'appchat-media', recipient: 'chat:area1' }, away],
  ])('%s', async (_, row, get) => {
    const world = await openWorld();
    await world.client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
    const { sha256 } = await putBytes(world.files, Buffer.from('a paper'), 1e6);
    await world.put({ ...row, key: 'paper', payload: { ...FILE, sha256 } });
    const without = world.another({ files: { ...world.files, get } });
    const waitMs = await without.drain(officeId, row.recipient ?? '');
    expect(await world.row('paper')).toMatchObject({ state: 'pending', why: 'not-sent' });
    world.clock.advance(waitMs ?? 0);
    await world.drain(row.recipient);
    expect(await world.row('paper')).toMatchObject({ state: 'sent' });
  });

  test('a media id that died before its time', async () => {
    const world = await openWorld();
    await world.client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
    const { sha256 } = await putBytes(world.files, Buffer.from('a paper'), 1e6);
    const row = { call: 'appchat-media', recipient: 'chat:area1', payload: { ...FILE, sha256 } } as const;
    await world.put({ ...row, key: 'one' });
    await world.drain('chat:area1');
    await world.store.query(`update uploaded_media set media_id = 'dead'`);
    await world.put({ ...row, key: 'two' });
    await world.drain('chat:area1');
    expect(await world.row('two')).toMatchObject({ state: 'sent', attempts: 1 });
  });
});

test('a file that takes its time to go up is waited for, longer than a message, and arrives once', async () => {
  const world = await openWorld();
  await world.fault({ kind: 'slow', path: UPLOAD, ms: 900 });
  await world.put(await handed(world, 'large'));
  const patience = { callMs: 400, uploadMs: 10_000, renewMs: 200 };
  await world.another({ patience }).drain(officeId, 'user:lisi');
  expect(await world.row('large')).toMatchObject({ state: 'sent', attempts: 1 });
  expect(await world.sees()).toHaveLength(1);

  // Who only writes is not waited for so long, and nobody else may take the row while a file goes up.
  await world.fault({ kind: 'slow', path: SEND, ms: 900 });
  await world.say('words');
  await world.another({ patience }).drain(officeId, 'user:lisi');
  expect(await world.row('words')).toMatchObject({ state: 'unknown' });
});

test('who puts a file up holds its row as long as he lives, and not longer than any other row when he dies', async () => {
  const world = await openWorld();
  await world.fault({ kind: 'slow', path: UPLOAD, ms: 1_500 });
  await world.put(await handed(world, 'large'));
  const patience = { callMs: 400, uploadMs: 10_000, renewMs: 300 };
  const sending = world.another({ patience }).drain(officeId, 'user:lisi');
  await expect.poll(() => claimSeconds(world, 'large')).toBeGreaterThan(0);
  expect(await claimSeconds(world, 'large')).toBeLessThan(61);
  const nearlyOver = `update outbox set claimed_until = clock_timestamp() + interval '1 second'`;
  await world.store.query(nearlyOver);
  await expect.poll(() => claimSeconds(world, 'large')).toBeGreaterThan(50);
  expect(await world.drain()).toBeUndefined();
  await sending;
  expect(await world.row('large')).toMatchObject({ state: 'sent', attempts: 1 });
  expect(await world.sees()).toHaveLength(1);
});

/** A file for the group whose sender dies: at `moment`, seen by whoever looks first. */
async function abandoned(moment: 'while it goes up' | 'while it is posted', by: 'sweep' | 'next drain') {
  const world = await openWorld();
  await world.client.appchat.create({ chatid: 'area1', userlist: ['LiSi', 'wang'] });
  const path = moment === 'while it goes up' ? UPLOAD : '/cgi-bin/appchat/send';
  await world.fault({ kind: 'slow', path, ms: 1_500, times: 1 });
  await world.put({
    ...(await handed(world, 'group file')),
    ...({ call: 'appchat-media', recipient: 'chat:area1' } as const),
  });
  const dead = world.another({}).drain(officeId, 'chat:area1');
  const at = moment === 'while it goes up' ? 'going-up' : null;
  await expect
    .poll(async () => [(await world.row('group file')).state, (await world.row('group file')).why])
    .toEqual(['sending', at]);
  if (at === null) await expect.poll(() => world.calls(path)).toBe(1);
  await world.store.query(`update outbox set claimed_until = clock_timestamp() - interval '1 second'`);
  if (by === 'sweep') expect(await expireClaims(world.store, world.clock.now())).toBe(1);
  await world.drain('chat:area1');
  await dead;
  return world;
}

test.each(['sweep', 'next drain'] as const)(
  'a file for a group whose sender died while it went up is sent by the %s after it, once, even if he was only slow',
  async (by) => {
    const world = await abandoned('while it goes up', by);
    expect(await world.row('group file')).toMatchObject({ state: 'sent' });
    expect(await world.sees()).toHaveLength(1);
  },
);

test.each(['sweep', 'next drain'] as const)(
  'one whose sender died while it was posted is left as it is by the %s: it may be there',
  async (by) => {
    const world = await abandoned('while it is posted', by);
    expect(await world.row('group file')).toMatchObject({ state: 'unsure', why: 'no-answer' });
    expect(await world.sees()).toHaveLength(1);
  },
);

async function claimSeconds({ store }: World, key: string): Promise<number> {
  const [row] = await store.query<{ left: number }>(
    'select coalesce(extract(epoch from claimed_until - clock_timestamp()), 0)::float8 as left from outbox where key = $1',
    [key],
  );
  return row?.left ?? 0;
}
