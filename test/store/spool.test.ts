// The spool keeps every acknowledged message over kills, torn writes and full disks, and gives each back once.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSpoolFiles, type SpoolFiles } from '../../src/store/spool.ts';
import { testFolder } from '../support/folder.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);

function listener() {
  const said: string[] = [];
  const note = (_detail: object, message: string) => void said.push(message);
  return { said, log: { warn: note, error: note } };
}

async function folder(): Promise<string> {
  const dir = testFolder();
  return dir;
}

async function openIn(dir: string, log = listener().log): Promise<SpoolFiles> {
  const spool = await openSpoolFiles({ dir, log });
  onTestFinished(() => spool.close());
  return spool;
}

const entry = (n: number | string) => ({
  office: 'main',
  xml: `<xml>灭火器过期 ${n}</xml>`,
  receivedAt: '2026-11-02T01:00:00.000Z',
});
const words = (spool: SpoolFiles) => spool.waiting.map(({ entry }) => entry.xml.replace(/<[^>]*>/g, ''));
const files = async (dir: string) => (await readdir(dir)).filter((name) => name.endsWith('.spool'));

test('what was appended waits, in order, for the next one who opens it; what was removed does not', async () => {
  const dir = await folder();
  const first = await openIn(dir);
  const ids = [];
  for (const n of [1, 2, 3, 4]) ids.push(await first.append(entry(n)));
  await first.remove(ids[1] ?? '');
  expect(first.size()).toBe(3);
  await first.close();

  const second = await openIn(dir);
  expect(words(second)).toEqual(['灭火器过期 1', '灭火器过期 3', '灭火器过期 4']);
  for (const { id } of second.waiting) await second.remove(id);
  await second.close();
  expect(await files(dir)).toEqual([]);
  expect((await openIn(dir)).waiting).toEqual([]);
});

test('only the owner may read it', async () => {
  const dir = await folder();
  const spool = await openIn(join(dir, 'spool'));
  await spool.park(await spool.append(entry(1)));
  const parked = join(dir, 'spool', 'parked');
  for (const file of [
    join(dir, 'spool', (await files(join(dir, 'spool')))[0] ?? ''),
    join(parked, (await readdir(parked))[0] ?? ''),
  ]) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
  expect((await stat(join(dir, 'spool'))).mode & 0o777).toBe(0o700);
});

test('what is parked waits for a person, not for the next start', async () => {
  const dir = await folder();
  const spool = await openIn(dir);
  const id = await spool.append(entry('broken'));
  await spool.park(id);
  expect([spool.size(), spool.parked()]).toEqual([0, 1]);
  await spool.close();
  const next = await openIn(dir);
  expect([next.waiting.length, next.parked()]).toEqual([0, 1]);
  expect(JSON.parse(await readFile(join(dir, 'parked', `${id}.json`), 'utf8'))).toEqual(entry('broken'));
});

test('two that are open at once leave each other alone', async () => {
  const dir = await folder();
  const [a, b] = [await openIn(dir), await openIn(dir)];
  await Promise.all([a.append(entry('a')), b.append(entry('b'))]);
  const third = await openIn(dir);
  expect(third.waiting).toEqual([]);
  await a.close();
  expect(words(await openIn(dir))).toEqual(['灭火器过期 a']);
});

test('cut anywhere, it gives back what was whole, says that something was torn, and goes on', async () => {
  const dir = await folder();
  const spool = await openIn(dir);
  for (let n = 0; n < 12; n += 1) await spool.append(entry(n));
  await spool.close();
  const [name = ''] = await files(dir);
  const whole = await readFile(join(dir, name));
  const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);

  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), async (length) => {
      const copy = await mkdtemp(join(tmpdir(), 'dudao-spool-'));
      await writeFile(join(copy, name), whole);
      await truncate(join(copy, name), length);
      const { said, log } = listener();
      const cut = await openSpoolFiles({ dir: copy, log });
      const complete = ends.filter((end) => end <= length).length; // a line without its line end is whole, too
      expect(words(cut)).toEqual(Array.from({ length: complete }, (_, n) => `灭火器过期 ${n}`));
      const torn = length > 0 && !ends.includes(length) && !ends.includes(length - 1);
      expect(said.some((line) => /torn/.test(line))).toBe(torn);
      await cut.append(entry('after'));
      await cut.close();
      const again = await openSpoolFiles({ dir: copy, log });
      expect(again.waiting).toHaveLength(complete + 1);
      await again.close();
      await rm(copy, { recursive: true });
    }),
    { numRuns: 60 },
  );
});

test('a flipped byte costs its own line only', async () => {
  const dir = await folder();
  const spool = await openIn(dir);
  for (let n = 0; n < 6; n += 1) await spool.append(entry(n));
  await spool.close();
  const [name = ''] = await files(dir);
  const bytes = await readFile(join(dir, name));
  const at = bytes.indexOf('过期 2');
  bytes[at + 7] = 0x39;
  await writeFile(join(dir, name), bytes);
  const { said, log } = listener();
  expect(words(await openIn(dir, log)).map((word) => word.at(-1))).toEqual(['0', '1', '3', '4', '5']);
  expect(said).toHaveLength(1);
});

test('kill -9 while it is written to: nothing acknowledged is missing, nothing removed comes back', async () => {
  const dir = await folder();
  const program = fileURLToPath(new URL('processes/spool.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await until('a few hundred acknowledged', () => out.split('\n').length > 300);
  expect((await openIn(dir)).waiting, 'a living process keeps its own').toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'close');

  const lines = out.split('\n').filter((line) => line.length >= 36);
  const removed = lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
  const acknowledged = lines.filter((line) => !line.startsWith('-') && !removed.includes(line));
  const waiting = (await openIn(dir)).waiting.map(({ id }) => id);
  expect(acknowledged.filter((id) => !waiting.includes(id))).toEqual([]);
  expect(removed.filter((id) => waiting.includes(id))).toEqual([]);
  expect([...waiting].sort()).toEqual(waiting);
});

test('two hundred at once cost a few flushes of the disk, not two hundred', async () => {
  const dir = await folder();
  const spool = await openIn(dir);
  const handle = await open(join(dir, 'any'), 'w');
  const flushed = vi.spyOn(Object.getPrototypeOf(handle), 'datasync');
  onTestFinished(() => {
    flushed.mockRestore();
    return handle.close();
  });
  await Promise.all(Array.from({ length: 200 }, (_, n) => spool.append(entry(n))));
  expect(flushed.mock.calls.length).toBeLessThan(10);
  expect(flushed).toHaveBeenCalled();
  expect(spool.size()).toBe(200);
});

test('an emptied file is cut, so that it does not grow for ever', async () => {
  const dir = await folder();
  const spool = await openIn(dir);
  const ids = await Promise.all(Array.from({ length: 1_000 }, (_, n) => spool.append(entry(n))));
  await Promise.all(ids.map((id) => spool.remove(id)));
  await until('it is empty', async () => (await stat(join(dir, (await files(dir))[0] ?? ''))).size === 0);
  await spool.append(entry('after'));
  await spool.close();
  expect(words(await openIn(dir))).toEqual(['灭火器过期 after']);
});

/** A disk of 256 KB, where this machine lets us have one. */
async function smallDisk(): Promise<string | undefined> {
  const dir = await mkdtemp(join(tmpdir(), 'dudao-small-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', dir]).then(
    () => true,
    () => false,
  );
  onTestFinished(async () => {
    if (mounted) await run('umount', ['-l', dir]);
    await rm(dir, { recursive: true, force: true });
  });
  return mounted ? dir : undefined;
}

test('a full disk: refused with a sentence, said once, nothing lost, and it goes on when there is room', async ({
  skip,
}) => {
  const dir = await smallDisk();
  if (!dir) return skip('no right to mount');
  const { said, log } = listener();
  const spool = await openIn(join(dir, 'spool'), log);
  const kept: string[] = [];
  let fault: unknown;
  for (let n = 0; n < 200 && !fault; n += 1) {
    await spool.append({ ...entry(n), xml: 'x'.repeat(3_000) }).then(
      (id) => kept.push(id),
      (err: unknown) => {
        fault = err;
      },
    );
  }
  expect(fault).toMatchObject({ code: 'store.folder', message: expect.stringMatching(/The disk is full/) });
  await expect(spool.append({ ...entry('x'), xml: 'x'.repeat(200_000) })).rejects.toThrow(/disk is full/);
  expect(said).toHaveLength(1);

  await run('mount', ['-o', 'remount,size=2m', dir]);
  kept.push(await spool.append(entry('room')));
  await spool.close();
  const next = await openIn(join(dir, 'spool'), log);
  expect(next.waiting.map(({ id }) => id).filter((id) => kept.includes(id))).toEqual(kept);
});

test('a folder that cannot be used has a sentence', async () => {
  const dir = await folder();
  await writeFile(join(dir, 'file'), '');
  await expect(openIn(join(dir, 'file'))).rejects.toMatchObject({ code: 'store.folder' });
});
