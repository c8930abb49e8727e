// Photos and files: fetched from the platform before it forgets them, kept whole or not at all, known by what they are.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type FileStore, FileTooLarge, folderFiles } from '../../src/delivery/files.ts';
import { fileType } from '../../src/delivery/filetype.ts';
import { fetchAttachment } from '../../src/delivery/media.ts';
import type { ActView } from '../../src/simulator/api.ts';
import type { WecomClient } from '../../src/wecom/client.ts';
import { WecomRefused } from '../../src/wecom/errors.ts';
import { testFolder } from '../support/folder.ts';
import { openWorld, pendingAttachment, silent, type World } from './world.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from('and then the picture')]);
const DAY = 86_400_000;

async function folder(): Promise<{ files: FileStore; list(): Promise<string[]> }> {
  const path = testFolder();
  const list = async () =>
    (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((f) => f.isFile())
      .map((f) => f.name);
  return { files: folderFiles(path), list };
}

/** Li sends a file; gives the platform's id for it. */
async function sent(world: World, bytes: Buffer): Promise<string> {
  const answer = await world.platform.server.inject({
    method: 'POST',
    url: '/simulator/people/LiSi/media?wait=false',
    payload: { kind: 'image', fileName: 'not-a-photo.exe', base64: bytes.toString('base64') },
  });
  const { seq } = answer.json() as ActView; // its own schema
  const message = (await world.sees()).find((m) => m.seq === seq);
  return message?.media?.mediaId ?? '';
}

const stateOf = async ({ store }: World, id: string) =>
  (await store.query('select state, sha256, mime, bytes, why from attachment where id = $1', [id]))[0];

function deps(world: World, files: FileStore, client: Partial<WecomClient> = {}) {
  return {
    store: world.store,
    clientFor: () => ({ ...world.client, ...client }),
    files,
    now: world.clock.now,
    log: silent,
  };
}

test('a photo is stored under the hash of its contents, as what it is and not as what it is called', async () => {
  const world = await openWorld();
  const { files, list } = await folder();
  const id = await pendingAttachment(world, await sent(world, JPEG));
  await fetchAttachment(deps(world, files), id);
  const sha256 = createHash('sha256').update(JPEG).digest('hex');
  expect(await stateOf(world, id)).toEqual({
    state: 'stored',
    sha256,
    mime: 'image/jpeg',
    bytes: JPEG.length,
    why: null,
  });
  const stream = await files.get(sha256);
  expect(stream && (await buffer(stream))).toEqual(JPEG);
  await fetchAttachment(deps(world, files), id); // a second bell
  expect(await list()).toEqual([sha256]);
});

test('a photo that the platform has forgotten is lost, and said to be', async () => {
  const world = await openWorld();
  const { files } = await folder();
  const mediaId = await sent(world, JPEG);
  const id = await pendingAttachment(world, mediaId);
  world.clock.advance(4 * DAY);
  await fetchAttachment(deps(world, files), id);
  expect(await stateOf(world, id)).toMatchObject({ state: 'lost', why: 'expired' });
});

test('while the platform is away the photo is pending, for three days', async () => {
  const world = await openWorld();
  const { files, list } = await folder();
  const id = await pendingAttachment(world, await sent(world, JPEG));
  await world.fault({ kind: 'refuse', path: '/cgi-bin/media/get' });
  await expect(fetchAttachment(deps(world, files), id)).rejects.toThrow();
  expect(await stateOf(world, id)).toMatchObject({ state: 'pending' });
  world.clock.advance(3 * DAY + 1);
  await fetchAttachment(deps(world, files), id);
  expect(await stateOf(world, id)).toMatchObject({ state: 'lost', why: 'expired' });
  expect(await list()).toEqual([]);
});

test('a file that is too large is lost whether the platform says its size or not', async () => {
  const world = await openWorld();
  const { files, list } = await folder();
  const id = await pendingAttachment(world, 'large');
  const tooLarge = new WecomRefused(830002, 'too large');
  const media = { ...world.client.media, get: async () => Promise.reject(tooLarge) };
  await fetchAttachment(deps(world, files, { media }), id);
  expect(await stateOf(world, id)).toMatchObject({ state: 'lost', why: 'too-large' });
  async function* endless() {
    for (;;) yield Buffer.alloc(1_000);
  }
  await expect(files.put(endless(), { maxBytes: 5_500 })).rejects.toThrow(FileTooLarge);
  expect(await list()).toEqual([]);
});

test('a folder of files gives out nothing but files', async () => {
  const { files } = await folder();
  expect(await files.get('0'.repeat(64))).toBeUndefined();
  await expect(files.get('../../etc/passwd')).rejects.toThrow();
});

const zip = (name: string) =>
  Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(26), Buffer.from(name)]);
test.each([
  ['jpg', JPEG],
  ['png', Buffer.from('89504e470d0a1a0a0000', 'hex')],
  ['gif', Buffer.from('GIF89a....')],
  ['amr', Buffer.from('#!AMR\n')],
  ['mp4', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42')])],
  ['pdf', Buffer.from('%PDF-1.7')],
  ['docx', zip('[Content_Types].xml word/document.xml')],
  ['xlsx', zip('xl/workbook.xml')],
  ['zip', zip('readme.txt')],
  [undefined, Buffer.from('MZ this is a program')],
  [undefined, Buffer.alloc(0)],
])('%s is known by its first bytes', (extension, head) => {
  expect(fileType(head)?.extension).toBe(extension);
});
