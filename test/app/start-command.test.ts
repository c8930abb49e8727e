// `dudao start` with an app that the platform does not let in, or with no platform there: the bot runs, its first lines say what to mend, and
// `/readyz` and the doctor say the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../../src/operator.ts';
import { builtMain } from '../support/built.ts';
import { dudao, folder } from '../support/command.ts';
import { freshDatabase } from '../support/database.ts';
import { LEARNT_BUILT, shareLearnt } from '../support/learnt.ts';
import { CORP, platform } from '../support/platform.ts';
import { until } from '../support/until.ts';

/** A bot of its own, stopped when the test ends: all that it has said, and where it listens. */
async function started(change: Record<string, string>) {
  const { url: database } = await freshDatabase();
  const dataDir = await folder();
  shareLearnt(dataDir, LEARNT_BUILT);
  const env = {
    ...CORP,
    ...{ PORT: '0', DATABASE_URL: database, DATA_DIR: dataDir, LOCALE: 'en', LOG_LEVEL: 'silent' },
    ...change,
  };
  const child = spawn(process.execPath, [builtMain, 'start'], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  // The first start of a run learns what the examples teach.
  const url = await until('the bot is up', () => /The bot is up: (\S+)/.exec(said)?.[1], 60_000);
  return { env, url, said: () => said };
}

/** What a monitor reads: people are answered all the same. */
async function reasons(url: string): Promise<string[]> {
  const response = await fetch(`${url}/readyz`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { reasons: string[] }).reasons;
}

test('a wrong secret is named when the bot is up, by /readyz, and by the doctor with the same code', async () => {
  const { apiBase } = await platform();
  const bot = await started({ WECOM_API_BASE: apiBase, WECOM_SECRET: 'ofanotherapp' });
  await until('the refusal', () => /WeCom refuses its credentials \(errcode 40001\)/.test(bot.said()));
  expect(bot.said()).toMatch(/WECOM_CORP_ID and WECOM_SECRET.*start again/);
  expect(await reasons(bot.url)).toContain('wecom.refused (main 40001)');
  const doctor = await dudao(['doctor'], bot.env);
  expect(doctor.code).toBe(1);
  expect(doctor.said).toMatch(/app secret: .*40001/);
});

test('so is an app that is not of the secret', async () => {
  const { apiBase } = await platform();
  const bot = await started({ WECOM_API_BASE: apiBase, WECOM_AGENT_ID: '1000099' });
  const told = await until('the refusal', () =>
    /WeCom does not know this app \(errcode (\d+)\)/.exec(bot.said()),
  );
  expect(await reasons(bot.url)).toContain(`wecom.refused (main ${told[1]})`);
});

test('a platform that is away keeps nobody from starting, and is no refusal', async () => {
  const bot = await started({ WECOM_API_BASE: 'http://127.0.0.1:9' });
  await until('the word', () => /WeCom cannot be reached now/.test(bot.said()));
  expect((await reasons(bot.url)).join()).not.toMatch(/wecom/);
});
