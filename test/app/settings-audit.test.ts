// `dudao settings` and `dudao audit` as an operator meets them: what is shown, what is changed and kept, and a sentence for each fault
// of what was typed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/operator.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { settingKeys } from '../../src/supervision/settings.ts';
import { dudao, type Ended, expectSentence, folder } from '../support/command.ts';
import { freshDatabase } from '../support/database.ts';
import { parseRoster } from '../support/roster.ts';

// Each command is a process of its own.
const sealer = { seal: (text: string) => `sealed ${text}`, open: (text: string) => text };
type Json = {
  schools: { code: string; name: string; aliases: string[] }[];
  people: Record<string, unknown>[];
};

async function stage() {
  const { store, url } = await freshDatabase();
  const text = await readFile(join(projectRoot, 'test/support/fixture-roster.json'), 'utf8');
  const take = (edit: (json: Json) => void, now: string) => {
    const json = JSON.parse(text);
    edit(json);
    return importRoster(store, parseRoster(json), { now: new Date(now), sealer });
  };
  const { slug } = await take(() => {}, '2026-03-01T08:00:00+08:00');
  const env = { LOCALE: 'en', DATA_DIR: await folder(), DATABASE_URL: url, OFFICE: slug };
  const command = (...args: string[]): Promise<Ended> => dudao(args, env);
  return { store, take, env, command };
}

/** Ended well, with nothing on standard error. */
function saidBy({ code, said, complained }: Ended): string[] {
  expect([code, complained]).toEqual([0, '']);
  return said.trim().split('\n');
}

test('settings shows all of them with their source, or those that words name', async () => {
  const { command, env } = await stage();
  const all = saidBy(await command('settings'));
  expect(all).toHaveLength(settingKeys.length);
  for (const key of settingKeys) expect(all.join('\n')).toContain(`[${key}]`);
  expect(saidBy(await command('settings', 'rect.generalDays'))).toEqual([
    expect.stringMatching(/: 15 .*\[rect\.generalDays\] {2}our proposal, yours to decide: /),
  ]);
  expect(saidBy(await dudao(['settings', '整改天数'], { ...env, LOCALE: 'zh-CN' })).join('\n')).toMatch(
    /15.*\[rect\.generalDays\]/,
  );
});

test('a setting is changed, kept and on record; the same again changes nothing; default takes it back', async () => {
  const { store, command } = await stage();
  const kept = async () =>
    (await store.query<{ settings: object }>('select settings from office'))[0]?.settings;
  const recorded = () =>
    store.query(
      `select actor_id as by, before, after from audit_entry where action = 'setting.changed' order by id`,
    );
  expect(saidBy(await command('settings', 'rect.generalDays', '10'))).toEqual([
    expect.stringMatching(/: 10 \S* ?\(default 15.*\[rect\.generalDays\]/),
    'Changed; it holds at once.',
  ]);
  expect(await kept()).toEqual({ 'rect.generalDays': 10 });
  expect(saidBy(await command('settings', 'rect.generalDays', '10')).at(-1)).toMatch(/^The same as before/);
  const first = { by: null, before: { 'rect.generalDays': 15 }, after: { 'rect.generalDays': 10 } };
  expect(await recorded()).toEqual([first]);
  expect(saidBy(await command('settings', 'visit.minPerMonth', '0')).at(-1)).toMatch(
    /outside what the rules allow/,
  );
  saidBy(await command('settings', 'rect.generalDays', 'default'));
  expect(await kept()).toEqual({ 'visit.minPerMonth': 0 });
  expect(await recorded()).toHaveLength(3);
  const history = saidBy(await command('settings', 'rect.generalDays', '--history'));
  expect(history).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d command line: .* 15 → 10 .*\[rect\.generalDays\]$/),
    expect.stringMatching(/command line: .* 10 → 15 .*\[rect\.generalDays\]$/),
  ]);
  expect(saidBy(await command('settings', '--history'))).toHaveLength(3);
  expect(saidBy(await command('settings', 'rect.minorDays', '--history'))).toEqual(['Nothing was changed.']);
});

test.each([
  [
    'a setting that is not there',
    ['不存在的东西'],
    /There is no setting "不存在的东西"\. All of them: dudao settings/,
  ],
  [
    'words that may mean several, with a value',
    ['整改', '5'],
    /It may be one of these; name one: .*rect\.generalDays/,
  ],
  [
    'a value that is none',
    ['rect.generalDays', 'soon'],
    /"soon" is no value that fits.*dudao settings rect\.generalDays/,
  ],
  ['a value below nothing', ['rect.generalDays', '-3'], /"-3" is no value that fits/],
  ['a history with a new value', ['rect.generalDays', '5', '--history'], /takes no new value \(5\)/],
  ['more than there is room for', ['rect.generalDays', '5', '6'], /too many arguments/],
])('settings, %s: a sentence, and nothing is changed', async (_, args, sentence) => {
  const { store, command } = await stage();
  expectSentence(await command('settings', ...args), sentence);
  expect(await store.query(`select 1 from office where settings <> '{}'`)).toEqual([]);
});

test('an office that is not there, and a database that does not answer, are told as that by both commands', async () => {
  const { env } = await stage();
  const away = { ...env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
  for (const args of [['settings'], ['audit', 'S10']]) {
    expectSentence(await dudao(args, { ...env, OFFICE: 'elsewhere' }), /no office called elsewhere/);
    expectSentence(await dudao(args, away), /database can't be reached/);
  }
});

test('audit tells a school’s life in order, by code, name or what it is called, and never a telephone', async () => {
  const { take, command } = await stage();
  expect(saidBy(await command('audit', 'S10'))).toEqual(['Nothing has been changed at 东关小学 yet.']);
  const renamed = (json: Json) => {
    for (const school of json.schools)
      if (school.code === 'S10') Object.assign(school, { name: '东关实验小学', aliases: ['东小'] });
    for (const one of json.people) if (one.userid === 'head-s10') one.phone = '15400000010';
  };
  await take(renamed, '2026-03-10T09:30:00+08:00');
  await take((json) => {
    renamed(json);
    for (const one of json.people) {
      const schools = one.schools as string[] | undefined;
      if (one.userid === 'insp-li') one.schools = schools?.filter((code) => code !== 'S10');
      if (one.userid === 'insp-wang') one.schools = [...(schools ?? []), 'S10'];
    }
  }, '2026-03-11T09:30:00+08:00');
  const [title, ...lines] = saidBy(await command('audit', 'S10'));
  expect(title).toBe('东关实验小学: 3 changes');
  const moments = lines.filter((line) => /^2026/.test(line)).map((line) => line.slice(0, 16));
  expect(moments).toEqual(['2026-03-10 09:30', '2026-03-11 09:30', '2026-03-11 09:30']);
  expect(lines.join('\n')).toMatch(/东关小学 → 东关实验小学/);
  for (const called of ['东关实验小学', '东小'])
    expect(saidBy(await command('audit', called))).toEqual([title, ...lines]);

  const json = saidBy(await command('audit', 'S10', '--json')).map((line) => JSON.parse(line));
  expect(json.map(({ action }) => action)).toEqual([
    'school.changed',
    'assignment.created',
    'assignment.ended',
  ]);
  expect(JSON.stringify(json)).not.toContain('15400000010');
});

test.each([
  ['no school at all', [], /missing required argument 'school'/],
  ['a school that is not there', ['S99'], /The roster has no school "S99"/],
  ['a name that two have', ['老校'], /Several schools have this name.*第二中学、柳桥镇中心小学/],
  ['an option that is not there', ['S10', '--yaml'], /unknown option '--yaml'/],
])('audit, %s: a sentence', async (_, args, sentence) => {
  const { take, command } = await stage();
  await take((json) => {
    for (const school of json.schools) if (['S04', 'S05'].includes(school.code)) school.aliases = ['老校'];
  }, '2026-03-10T09:30:00+08:00');
  expectSentence(await command('audit', ...args), sentence);
});
