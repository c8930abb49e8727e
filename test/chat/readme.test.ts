// What bot-scripts/README.md tells a newcomer to do, done exactly as it is written.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTalk } from '../../src/chat/live.ts';
import { loadScripts } from '../../src/chat/scripts/scripts.ts';
import { ACTIONS } from '../../src/supervision/actions.ts';
import { NOTIFICATIONS } from '../../src/supervision/notifications.ts';
import { faultLine } from '../../src/yaml.ts';
import { testFolder } from '../support/folder.ts';
import { Bench } from './bench.ts';

const shipped = new URL('../../bot-scripts', import.meta.url).pathname;
const readme = readFileSync(`${shipped}/README.md`, 'utf8');
const need = { actions: ACTIONS, notifications: NOTIFICATIONS };

function copy(): string {
  const dir = testFolder();
  cpSync(shipped, dir, { recursive: true });
  return dir;
}

const faultsIn = (dir: string) => loadScripts(dir, need).faults.map(faultLine);

test('the new flow is checked, understood, asked and answered', () => {
  const dir = copy();
  const files = [...readme.matchAll(/```yaml\n# bot-scripts\/(\S+)\n([\s\S]*?)```/g)];
  expect(files.map(([, file]) => file)).toEqual([
    'flows/month-check.yaml',
    'texts/zh-CN/month-check.yaml',
    'texts/en/month-check.yaml',
    'notices/water-off.yaml',
  ]);
  for (const [, file = '', yaml = ''] of files) writeFileSync(join(dir, file), yaml);
  expect(faultsIn(dir)).toEqual([]);

  const bench = new Bench('insp-wang', openTalk({ dir, ...need }), () => ({
    ok: true,
    result: { month: '2026-02', left: ['第一中学'], total: 5, exempt: false },
  }));
  expect(bench.says('查一下督导记录').map(({ text }) => text)).toEqual(['查哪个月?例如“2月”“上个月”。']);
  expect(bench.says('2月').map(({ text }) => text)).toEqual(['2月没有督导的学校:第一中学。']);
  expect(bench.acts).toMatchObject([{ action: 'visit.pending', input: { period: '2026-02' } }]);
});

test.each(['zh-CN', 'en'])('the word and the example to change stand in %s as they are quoted', (locale) => {
  const dir = copy();
  const path = join(dir, `texts/${locale}/common.yaml`);
  const quoted = [...readme.matchAll(/`(put-aside: [^`]+)`/g)].map(([, line]) => line ?? '');
  const common = readFileSync(path, 'utf8');
  const line = quoted.find((one) => common.includes(`${one}\n`));
  expect(line, quoted.join(' | ')).toBeDefined();
  writeFileSync(path, common.replace(line ?? '', 'put-aside: 好。'));

  const file = join(dir, `texts/${locale}/pending-visits.yaml`);
  const examples = [...readme.matchAll(/```yaml\n(examples: .*)\n```/g)].map(([, text]) => text ?? '');
  const mine = examples[locale === 'en' ? 1 : 0] ?? '';
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^examples: .*$/m, mine));
  expect(faultsIn(dir)).toEqual([]);
  const said = /([^,\]]+)\]$/.exec(mine)?.[1]?.trim() ?? '';
  const bench = new Bench('insp-wang', openTalk({ dir, ...need }));
  bench.says(said);
  expect(bench.acts).toMatchObject([{ action: 'visit.pending' }]);
});
