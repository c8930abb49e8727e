// The command line as an operator meets it: sentences instead of stacks, and nothing touched that is not ours.
import { exec } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { clearDemo } from '../../src/commands/demo/fresh.ts';
import { putRows } from '../../src/delivery/outbox.ts';
import { projectRoot } from '../../src/operator.ts';
import { parseRoster } from '../../src/supervision/roster/check.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { builtMain } from '../support/built.ts';
import { dudao, expectSentence, folder } from '../support/command.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

const page = join(projectRoot, 'dist/pages/simulator/index.html');

beforeAll(async () => {
  // The demo asks for a built page before anything else; what stands on it is not our subject here.
  if (existsSync(page)) return;
  await mkdir(join(page, '..'), { recursive: true });
  await writeFile(page, '<!doctype html>');
});

test('help names every command, and costs no loading of any', async () => {
  const { said, code } = await dudao(['--help'], {});
  expect(code).toBe(0);
  for (const name of [
    'demo',
    'start',
    'serve',
    'work',
    'simulate',
    'import',
    'export',
    'settings',
    'audit',
    'undelivered',
    'understand',
    'doctor',
    'scripts',
  ]) {
    expect(said).toContain(name);
  }
  const main = await readFile(join(projectRoot, 'src/main.ts'), 'utf8');
  const imported = [...main.matchAll(/^import .* from '(.*)';$/gm)].map(([, from]) => from);
  expect(imported.filter((from) => from !== 'commander' && !from?.startsWith('node:'))).toEqual([]);
});

test.each([
  ['--callback', 'localhost:8000/callback'],
  ['--token', 'has a space'],
  ['--aes-key', 'too-short'],
  ['--agent-id', 'abc'],
])('simulate says what %s should look like, and ends', async (option, value) => {
  const ended = await dudao(['simulate', '--port', '0', option, value], {});
  expectSentence(ended, new RegExp(`${option} <[a-z]+>' argument '${value}' is invalid\\. `));
});

test('a wrong question to understand does not blame the roster', async () => {
  const roster = join(projectRoot, 'test/support/fixture-roster.json');
  const ended = await dudao(['understand', '--roster', roster, '--now', 'soon', '在吗'], {});
  expectSentence(ended, /--now soon/);
  expect(ended.complained).not.toContain('名册');
});

test('simulate speaks the operator’s language, of a file that will not do and of a port that is taken', async () => {
  const dir = await folder();
  const of = (file: string, env = {}) => dudao(['simulate', '--port', '0', '--people', join(dir, file)], env);
  expectSentence(await of('none.json', { LOCALE: 'en' }), /none\.json can't be read/);
  await writeFile(join(dir, 'odd.json'), '{"people":"all"}');
  const odd = await of('odd.json');
  expectSentence(odd, /odd\.json.*\p{Script=Han}/u);
  expect(odd.complained.trim().split('\n')).toHaveLength(1);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const taken = await dudao(['simulate', '--port', port], {});
  expectSentence(taken, /SIMULATOR_PORT=/);
  expect(taken.complained.trim().split('\n')).toHaveLength(1);
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
    expectSentence(await demo(join(dir, 'file')), /can't be written to/);
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

test('start without a corp names the five variables', async () => {
  const ended = await dudao(['start'], { LOCALE: 'en', DATA_DIR: await folder() });
  expectSentence(ended, /WECOM_CORP_ID[\s\S]*WECOM_ENCODING_AES_KEY/);
});

describe('a roster', () => {
  const fixture = join(projectRoot, 'test/support/fixture-roster.json');

  test('comes in, changes nothing when it comes again, and goes out in the same shape', async () => {
    const dir = await folder();
    const { url } = await emptyDatabase();
    const env = { LOCALE: 'en', DATA_DIR: dir, DATABASE_URL: url, APP_SECRET: 'a secret for tests only' };
    const first = await dudao(['import', fixture], env);
    expect(first).toMatchObject({ code: 0, complained: '' });
    expect(first.said).toMatch(/Imported: \d+ areas, \d+ schools, \d+ people/);
    expect((await dudao(['import', fixture], env)).said).toMatch(/new 0, changed 0, ended 0/);

    const out = join(dir, 'out.json');
    expect((await dudao(['export', out], env)).code).toBe(0);
    expect((await dudao(['import', out], env)).said).toMatch(/new 0, changed 0, ended 0/);

    const sheet = join(dir, 'out.xlsx');
    expect((await dudao(['export', sheet], env)).code).toBe(0);
    expect((await dudao(['import', sheet], env)).said).toMatch(/new 0, changed 0, ended 0/);
    const renamed = join(dir, 'renamed.json');
    await writeFile(renamed, (await readFile(fixture, 'utf8')).replace('第一中学"', '第一初级中学"'));
    const dry = await dudao(['import', renamed, '--dry-run'], env);
    expect(dry.said).toMatch(/changed school S03 Name:第一中学 → 第一初级中学/);
    expect((await dudao(['import', renamed], env)).said).toMatch(/changed 1/);
  });

  test('that is not there, not JSON or faulty is refused with its faults', async () => {
    const dir = await folder();
    const env = { LOCALE: 'en', DATA_DIR: dir };
    expectSentence(await dudao(['import', join(dir, 'none.json')], env), /can't be read/);
    await writeFile(join(dir, 'bad.json'), '{');
    expectSentence(await dudao(['import', join(dir, 'bad.json')], env), /not a JSON file/);
    await writeFile(join(dir, 'empty.json'), '{"office":{}}');
    expectSentence(
      await dudao(['import', join(dir, 'empty.json')], env),
      /Nothing was imported\.[\s\S]*office\.slug/,
    );
  });

  test('without anybody, such as a form that was not filled in, ends nobody’s access', async () => {
    const dir = await folder();
    const { url } = await emptyDatabase();
    const env = { LOCALE: 'en', DATA_DIR: dir, DATABASE_URL: url, APP_SECRET: 'a secret for tests only' };
    await dudao(['import', fixture], env);
    const form = join(dir, 'form.xlsx');
    await dudao(['import', '--template', form], env);
    expectSentence(await dudao(['import', form], env), /Nothing was imported/);
    expect((await dudao(['import', fixture], env)).said).toMatch(/new 0, changed 0, ended 0/);
  });

  test('that can’t be written, or of an office that is not there, is a sentence', async () => {
    const { url } = await emptyDatabase();
    const env = { LOCALE: 'en', DATA_DIR: await folder(), DATABASE_URL: url, OFFICE: 'south' };
    expectSentence(await dudao(['export', '-'], env), /no office called south/);
    await dudao(['import', fixture], { ...env, APP_SECRET: 'a secret for tests only' });
    expectSentence(await dudao(['export', '/proc/nothing/x.json'], env), /x\.json can't be written/);
  });

  test('that differs in one word of the office is said to change just that', async () => {
    const dir = await folder();
    const { url } = await emptyDatabase();
    const env = { LOCALE: 'en', DATA_DIR: dir, DATABASE_URL: url, APP_SECRET: 'a secret for tests only' };
    await dudao(['import', fixture], env);
    const roster = JSON.parse(await readFile(fixture, 'utf8'));
    const renamed = join(dir, 'renamed.json');
    await writeFile(renamed, JSON.stringify({ ...roster, office: { ...roster.office, name: 'South' } }));
    const { said } = await dudao(['import', renamed, '--dry-run'], env);
    expect(said).toMatch(/^changed office main [^;]* → South$/m);
  });

  test('is listed to whoever reads only its beginning', async () => {
    const { url } = await emptyDatabase();
    const env = { DATA_DIR: await folder(), DATABASE_URL: url, APP_SECRET: 'a secret for tests only' };
    const line = `"${process.execPath}" "${builtMain}" import "${fixture}" --dry-run | head -1`;
    const { stdout, stderr } = await promisify(exec)(line, { env: { ...process.env, ...env } });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toBe('');
  });
});

test('undelivered tells what did not arrive and what becomes of it, and nothing of what arrived', async () => {
  const { store, url } = await freshDatabase();
  const roster = parseRoster(
    JSON.parse(await readFile(join(projectRoot, 'test/support/fixture-roster.json'), 'utf8')),
  );
  const seal = { seal: (text: string) => text, open: (text: string) => text };
  const { officeId } = await importRoster(store, roster, { now: new Date(), sealer: seal });
  const row = (key: string, recipient: `user:${string}` | `chat:${string}`) => ({
    ...{ officeId, key, recipient, call: 'message' as const, notBefore: new Date() },
    payload: { msgtype: 'text', text: { content: 'secret words' } },
  });
  await store.transaction((tx) =>
    putRows(tx, [row('a', 'user:gone'), row('b', 'chat:heads'), row('c', 'user:here')]),
  );
  await store.query(
    `update outbox set state = 'refused', why = 'invalid-user', errcode = 81013 where key = 'a'`,
  );
  await store.query(`update outbox set state = 'unsure', why = 'no-answer' where key = 'b'`);
  await store.query(`update outbox set state = 'sent' where key = 'c'`);
  const env = { LOCALE: 'en', DATA_DIR: await folder(), DATABASE_URL: url, OFFICE: roster.office.slug };
  const { code, said } = await dudao(['undelivered'], env);
  expect(code).toBe(0);
  const [title, ...lines] = said.trim().split('\n');
  expect(title).toBe('2 messages of the last 7 days did not arrive:');
  expect(lines[0]).toMatch(/chat:heads nobody knows .* look into the group \(no-answer\) {2}b$/);
  expect(lines[1]).toMatch(/user:gone refused by the platform, not sent again \(invalid-user 81013\) {2}a$/);
  expect(said).not.toMatch(/secret|user:here/);
  expectSentence(await dudao(['undelivered', '--days', 'soon'], env), /number of days/);
});

test('robot: registered from a pipe, listed and removed by name, and its key never printed nor kept in the clear', async () => {
  const { store, url } = await freshDatabase();
  const roster = parseRoster(
    JSON.parse(await readFile(join(projectRoot, 'test/support/fixture-roster.json'), 'utf8')),
  );
  const seal = { seal: (text: string) => text, open: (text: string) => text };
  await importRoster(store, roster, { now: new Date(), sealer: seal });
  const env = { LOCALE: 'en', DATA_DIR: await folder(), DATABASE_URL: url, OFFICE: roster.office.slug };
  const key = '693a91f6-7a4c-4bc4-97a0-0ec2af5aaa01';
  const address = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}\n`;
  expectSentence(await dudao(['robot', 'add', 'heads'], env, 'hello there\n'), /No webhook address/);
  const added = await dudao(['robot', 'add', 'heads'], env, address);
  expect(added).toMatchObject({ code: 0, said: expect.stringMatching(/"heads" is registered/) });
  const listed = await dudao(['robot', 'list'], env);
  expect(listed.said).toMatch(/^heads {2}to be tried {2}address of \d{4}-\d\d-\d\d$/m);
  expect(JSON.stringify([added, listed])).not.toContain(key);
  const [kept] = await store.query<{ sealed: string }>('select key_sealed as sealed from group_robot');
  expect(kept?.sealed).toMatch(/^v1\./);
  expect((await dudao(['robot', 'remove', 'heads'], env)).said).toMatch(/its key wiped/);
  expectSentence(await dudao(['robot', 'remove', 'heads'], env), /There is no group robot "heads"/);
});

test('understand prints one JSON a line', async () => {
  const roster = join(projectRoot, 'test/support/fixture-roster.json');
  const args = [
    'understand',
    '--roster',
    roster,
    '--role',
    'inspector',
    '--now',
    '2026-03-19T10:00+08:00',
    '\u5e2e\u52a9',
  ];
  const { said, code } = await dudao(args, {});
  expect(code).toBe(0);
  expect(Object.keys(JSON.parse(said))).toEqual(
    expect.arrayContaining(['intent', 'slots', 'confidence', 'candidates', 'needs']),
  );
});
