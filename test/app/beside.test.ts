// An operator's commands while the bot runs on the embedded database: they work beside it, and who may not says so in her language.
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/app/database.ts';
import { createLog } from '../../src/log.ts';
import { projectRoot } from '../../src/operator.ts';
import { dudao, expectSentence, folder } from '../support/command.ts';

// Each command is a process of its own.
const fixture = join(projectRoot, 'test/support/fixture-roster.json');

test('roster, settings and the doctor work while another process runs the embedded database', async () => {
  const dataDir = await folder();
  const running = await openDatabase({ databaseUrl: null, dataDir }, createLog({ level: 'silent' }));
  onTestFinished(() => running.close());
  const env = { LOCALE: 'en', DATA_DIR: dataDir };

  const imported = await dudao(['import', fixture], env);
  expect(imported).toMatchObject({ code: 0, complained: '', said: expect.stringMatching(/23 people/) });
  const [count] = await running.store.query<{ people: number }>('select count(*)::int as people from person');
  expect(count?.people).toBe(23);
  expect((await dudao(['settings', 'visit.minPerMonth', '3'], env)).said).toMatch(/it holds at once/);
  expect((await dudao(['undelivered'], env)).said).toMatch(/Nothing .* is undelivered/);
  expect((await dudao(['doctor'], env)).said).toMatch(/roster: 16 schools, 23 people/);

  // What would pull the ground away from under it needs the folder for itself.
  const secrets = { APP_SECRET: 'a new secret for tests', APP_SECRET_BEFORE: 'an old secret for tests' };
  const alone = await dudao(['reseal'], { ...env, ...secrets, LOCALE: 'zh-CN' });
  expectSentence(alone, new RegExp(`\\p{Script=Han}.*${dataDir}.*${process.pid}`, 'u'));
  expect(alone.complained).not.toMatch(/Another Dudao/);
});
