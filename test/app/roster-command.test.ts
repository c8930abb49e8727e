// `dudao import` and `dudao export`: a roster comes in whole or not at all, with every fault at a time, and goes out as it came.
import { exec } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/operator.ts';
import { builtMain } from '../support/built.ts';
import { dudao, expectSentence, folder } from '../support/command.ts';
import { emptyDatabase } from '../support/database.ts';

// Each command is a process of its own.
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
    expectSentence(await dudao(['export', join(dir, 'roster.pdf')], env), /\.xlsx or \.json/);
    await writeFile(join(dir, 'bad.json'), '{');
    expectSentence(await dudao(['import', join(dir, 'bad.json')], env), /not a whole JSON file, line 1 /);
    const lines = (await readFile(fixture, 'utf8')).split('\n');
    await writeFile(join(dir, 'cut.json'), lines.slice(0, 9).join('\n'));
    expectSentence(await dudao(['import', join(dir, 'cut.json')], env), /not a whole JSON file, line 9 /);
    await writeFile(join(dir, 'comma.json'), lines.with(4, `${lines[4]},,`).join('\n'));
    expectSentence(
      await dudao(['import', join(dir, 'comma.json')], env),
      /not a whole JSON file, line [56] /,
    );
    await writeFile(join(dir, 'words.json'), 'a roster');
    expectSentence(await dudao(['import', join(dir, 'words.json')], env), /is not a JSON file/);
    // 第一 in GBK, as an editor in China may save it.
    const gbk = Buffer.concat([
      Buffer.from('{"office":"'),
      Buffer.from([0xb5, 0xda, 0xd2, 0xbb]),
      Buffer.from('"}'),
    ]);
    await writeFile(join(dir, 'gbk.json'), gbk);
    expectSentence(await dudao(['import', join(dir, 'gbk.json')], env), /is not UTF-8/);
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
