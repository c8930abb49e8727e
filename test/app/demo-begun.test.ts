// A first start of the demo that was cut short before the district was there: the next one is the first, with its words and its clock.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newAccount, writeAccount } from '../../src/commands/demo/account.ts';
import { projectRoot } from '../../src/operator.ts';
import { builtMain } from '../support/built.ts';
import { testFolder } from '../support/folder.ts';
import { LEARNT_BUILT, shareLearnt } from '../support/learnt.ts';
import { until } from '../support/until.ts';

/** A Sunday night, when no visit can have been "this morning". */
const NIGHT = '2026-03-22T02:00:00+08:00';

test('it says that it begins, and opens on the next working morning', async () => {
  const dataDir = testFolder();
  const demo = join(dataDir, 'demo');
  await mkdir(demo);
  shareLearnt(demo, LEARNT_BUILT);
  const account = newAccount();
  await writeAccount(demo, account);
  const offsetMs = new Date(NIGHT).getTime() - Date.now();
  const empty = { people: [], menus: [], chats: { lastSeq: 0, chats: [] }, groups: [], media: [] };
  const sent = { messages: [], codes: [], tasks: [] };
  const state = { version: 1, corpId: account.corpId, offsetMs, ...empty, sent };
  await writeFile(join(demo, 'simulator.json'), JSON.stringify(state));

  const first = start(dataDir);
  await until('the demo is ready', () => /Ctrl-C stops it[\s\S]*\n/.test(first.said()), 240_000);
  expect(first.said()).toMatch(/First start/);
  expect(await until('the clock', () => /moved to (.*?)\. /.exec(first.said())?.[1])).toMatch(
    /Mar 23|23 Mar/,
  );
  expect(first.said()).toMatch(/10:00/);
  expect(await first.stop()).toBe(0);

  // Stopped while it is still opening, it does not say that it is ready.
  const second = start(dataDir);
  await until('it takes the folder', () => existsSync(join(demo, 'dudao.lock')));
  expect(await second.stop()).toBe(0);
  expect(second.said().trim()).toMatch(/^Stopping\. .*$/);
});

function start(dataDir: string) {
  const child = spawn(process.execPath, [builtMain, 'demo', '--port', '0', '--simulator-port', '0'], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, LOCALE: 'en' },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (more) => {
      words += more;
    });
  const stop = async () => {
    if (child.exitCode !== null) return child.exitCode;
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    return code as number | null; // as the event is documented
  };
  onTestFinished(async () => void (await stop()));
  return { said: () => words, stop };
}
