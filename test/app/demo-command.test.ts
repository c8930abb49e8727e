// `dudao demo` as a newcomer meets it when something is in its way: a sentence that says what to do, and nothing touched.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { clearDemo } from '../../src/commands/demo/fresh.ts';
import { projectRoot } from '../../src/operator.ts';
import { dudao, expectSentence, folder } from '../support/command.ts';

// Each command is a process of its own.
const page = join(projectRoot, 'dist/pages/simulator/index.html');

beforeAll(async () => {
  // The demo asks for a built page before anything else; what stands on it is not our subject here.
  if (existsSync(page)) return;
  await mkdir(join(page, '..'), { recursive: true });
  await writeFile(page, '<!doctype html>');
});

describe('the demo', () => {
  const demo = (dataDir: string, more: string[] = [], env: Record<string, string> = {}) =>
    dudao(['demo', '--port', '0', '--simulator-port', '0', ...more], {
      DATA_DIR: dataDir,
      LOCALE: 'en',
      ...env,
    });

  test('names the port that is taken and the variable to change, before it makes anything', async () => {
    const dir = await folder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const data = join(dir, 'data');
    expectSentence(await demo(data, ['--port', port]), new RegExp(`Port ${port} is taken.*PORT=`));
    expectSentence(
      await demo(data, ['--simulator-port', port]),
      new RegExp(`Port ${port} is taken.*SIMULATOR_PORT=`),
    );
    expect(existsSync(data)).toBe(false);
  });

  test('takes no port for both of its servers', async () => {
    const data = join(await folder(), 'data');
    const both = ['--port', '40123', '--simulator-port', '40123'];
    expectSentence(await demo(data, both), /Bot and simulator.*port 40123.*SIMULATOR_PORT=/);
    expect(existsSync(data)).toBe(false);
  });

  test('says it in the language that --locale asks for', async () => {
    const english = ['--locale', 'en'];
    expectSentence(await demo('/proc/nothing/here', english, { LOCALE: '' }), /can't be written to/);
    expectSentence(await demo('/proc/nothing/here', ['--locale', 'zh-CN']), /\p{Script=Han}/u);
  });

  test('says when its folder can’t be used', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'file'), '');
    expectSentence(await demo(join(dir, 'file')), /\/file is not a folder.*DATA_DIR/);
    expectSentence(await demo('/proc/nothing/here'), /can't be written to/);
  });

  test('says when its folder is half-made, in Chinese when nobody asked for another language', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'demo'));
    await writeFile(join(dir, 'demo/demo.json'), '{"madeBy":');
    expectSentence(await demo(dir), /half-made.*--fresh/);
    expectSentence(await demo(dir, [], { LOCALE: '' }), /\p{Script=Han}/u);
  });

  test('--fresh clears whatever a demo leaves, also after months or after a start that was cut short', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'demo'));
    const left = ['postgres.log.1', 'postgres.making-12', 'postgres.unfinished-1795869961897', 'app-secret'];
    for (const name of left) await writeFile(join(dir, 'demo', name), '');
    await clearDemo(join(dir, 'demo'));
    expect(await readdir(join(dir, 'demo'))).toEqual([]);
  });

  test('--fresh touches nothing that is not the demo’s', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'demo'));
    await writeFile(join(dir, 'demo/thesis.txt'), 'mine');
    expectSentence(await demo(dir, ['--fresh']), /thesis\.txt/);
    expect(await readFile(join(dir, 'demo/thesis.txt'), 'utf8')).toBe('mine');
  });

  test('takes no moment without an offset', async () => {
    expectSentence(await demo(await folder(), ['--now', '2026-03-19']), /--now/);
  });
});
