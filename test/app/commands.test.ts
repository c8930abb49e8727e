// The command line as an operator meets it: sentences instead of stacks, and nothing touched that is not ours.
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { putRows } from '../../src/delivery/outbox.ts';
import { projectRoot } from '../../src/operator.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { dudao, expectSentence, folder } from '../support/command.ts';
import { freshDatabase } from '../support/database.ts';
import { parseRoster } from '../support/roster.ts';

// Each command is a process of its own.
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

test('start without a corp names the five variables', async () => {
  const ended = await dudao(['start'], { LOCALE: 'en', DATA_DIR: await folder() });
  expectSentence(ended, /WECOM_CORP_ID[\s\S]*WECOM_ENCODING_AES_KEY/);
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
