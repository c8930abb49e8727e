// Files in an S3-compatible store: there under their hash, read back byte by byte, and what goes wrong is "later", not lost.
import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { FileTooLarge, putBytes } from '../../src/delivery/files.ts';
import { type S3Settings, s3Files } from '../../src/delivery/s3.ts';
import { checkFiles } from '../../src/doctor/stores.ts';
import { testFolder } from '../support/folder.ts';
import { KEYS, testS3 } from '../support/s3.ts';

async function openFiles(change: Partial<S3Settings> = {}) {
  const store = await testS3('dudao');
  const incoming = testFolder();
  const settings = { ...KEYS, endpoint: store.endpoint, bucket: 'dudao', prefix: 'office/', ...change };
  return { store, settings, incoming, files: s3Files(settings, incoming) };
}

test('a file lies there once under its hash, and comes back as it was', async () => {
  const { store, files, incoming } = await openFiles();
  const photo = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
  const { sha256, bytes } = await putBytes(files, photo, 1_000_000);
  await putBytes(files, photo, 1_000_000);
  expect(bytes).toBe(photo.length);
  expect([...store.objects.keys()]).toEqual([`office/${sha256.slice(0, 2)}/${sha256}`]);
  const back = await files.get(sha256);
  if (!back) throw new Error('it is not there');
  expect((await buffer(back)).equals(photo)).toBe(true);
  expect(await files.get('0'.repeat(64))).toBeUndefined();
  await expect(files.get('../etc/passwd')).rejects.toThrow();
  expect(await readdir(incoming)).toEqual([]);
});

test('what is too large is not kept, and a store that falters for a moment is asked again', async () => {
  const { store, files } = await openFiles();
  await expect(putBytes(files, Buffer.alloc(11), 10)).rejects.toThrow(FileTooLarge);
  expect(store.objects.size).toBe(0);
  store.falter(2);
  await putBytes(files, Buffer.from('said'), 10);
  expect(store.objects.size).toBe(1);
});

test.each([
  ['a wrong secret', { secretAccessKey: 'wrong' }, 'refused'],
  ['a bucket that is not there', { bucket: 'other' }, 'no-bucket'],
  ['a store that does not answer', { endpoint: 'http://127.0.0.1:9' }, 'unreachable'],
])('%s is "later" for the job that asked, and a sentence of the doctor', async (_, change, says) => {
  const { files, settings, incoming } = await openFiles(change);
  await expect(putBytes(files, Buffer.from('said'), 10)).rejects.toMatchObject({
    code: 'store.unreachable',
    retry: 'later',
  });
  expect(await readdir(incoming)).toEqual([]);
  expect(await checkFiles({ dataDir: incoming, s3: settings })).toMatchObject({ state: 'fault', says });
});

test('the doctor writes and reads; half a configuration is named', async () => {
  const { settings, incoming } = await openFiles();
  expect(await checkFiles({ dataDir: incoming, s3: settings })).toMatchObject({ state: 'ok' });
  expect(await checkFiles({ dataDir: incoming, s3: null })).toMatchObject({ state: 'skipped' });
  expect(() => readConfig({ S3_ENDPOINT: 'https://s3.example.cn' })).toThrow(
    /S3_BUCKET: 未填写[\s\S]*S3_SECRET_ACCESS_KEY/,
  );
});
