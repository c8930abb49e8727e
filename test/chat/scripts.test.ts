// Faults in bot-scripts are found when they are loaded: all at a time, each as file:line:key; a wrong file never takes effect.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { liveTalk } from '../../src/chat/live.ts';
import { loadScripts } from '../../src/chat/scripts/scripts.ts';
import { scriptFaults } from '../../src/commands/scripts.ts';
import { operatorTexts } from '../../src/operator.ts';
import { ACTIONS } from '../../src/supervision/actions.ts';
import { NOTIFICATIONS } from '../../src/supervision/notifications.ts';
import { type Fault, faultLine } from '../../src/yaml.ts';
import { testFolder } from '../support/folder.ts';
import { until } from '../support/until.ts';

const shipped = new URL('../../bot-scripts', import.meta.url).pathname;
const need = { actions: ACTIONS, notifications: NOTIFICATIONS };
let dir: string;

beforeEach(() => {
  dir = testFolder();
  cpSync(shipped, dir, { recursive: true });
});

function change(file: string, from: string | RegExp, to: string): void {
  const path = join(dir, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(from, to);
  expect(changed, `${file} holds ${from}`).not.toBe(text);
  writeFileSync(path, changed);
}

const faultsOf = (): string[] => (loadScripts(dir, need).faults as Fault[]).map(faultLine);

describe('the loader', () => {
  test('finds no fault in what is shipped', () => expect(faultsOf()).toEqual([]));

  const zh = 'texts/zh-CN/void-record.yaml';
  test.each<[string, string, string | RegExp, string, RegExp]>([
    [
      'an unknown key of a flow',
      'flows/void-record.yaml',
      'confirm: true',
      'confrim: true',
      /^flows\/void-record.yaml:\d+:confrim: no such key/,
    ],
    [
      'an unknown type of slot',
      'flows/void-record.yaml',
      'type: text',
      'type: texxt',
      /^flows\/void-record.yaml:\d+:slots.reason.type: /,
    ],
    [
      'an unknown action',
      'flows/void-record.yaml',
      'do: visit.void',
      'do: visit.erase',
      /^flows\/void-record.yaml:\d+:do: there is no action "visit.erase"/,
    ],
    [
      'what only tells and would be confirmed',
      'flows/void-record.yaml',
      'confirm: true',
      'confirm: true\ntells: private',
      /^flows\/void-record.yaml:\d+:tells: what only tells has nothing to confirm/,
    ],
    [
      'what may be asked in a group and has no words for it',
      'texts/zh-CN/my-schools.yaml',
      'in-group: |',
      'in-grup: |',
      /^texts\/zh-CN\/my-schools.yaml:\d+:in-group: is missing/,
    ],
    [
      'an unknown intent',
      'flows/void-record.yaml',
      'record.void',
      'record.burn',
      /^flows\/void-record.yaml:\d+:intents.0: /,
    ],
    [
      'a role that the action is not for',
      'flows/void-record.yaml',
      '[inspector, area-leader, office, director]',
      '[principal]',
      /:roles: the action visit.void is not for the role principal/,
    ],
    [
      'a flow that nobody can begin',
      'flows/void-record.yaml',
      'intents: [record.void]',
      'intents: []',
      /:intents: nobody can begin this flow/,
    ],
    [
      'a slot that another waits for and is not there',
      'flows/review-rectification.yaml',
      'when: { result:',
      'when: { outcome:',
      /:slots.reason.when.outcome: there is no such slot/,
    ],
    [
      'a refusal that there is not',
      'flows/void-record.yaml',
      'visit.voided:',
      'visit.voded:',
      /^flows\/void-record.yaml:\d+:otherwise.visit.voded: no action refuses with "visit.voded"/,
    ],
    [
      'a flow without what its action needs',
      'flows/void-record.yaml',
      '  reason:',
      '  why:',
      /^flows\/void-record.yaml:\d+:slots: the action visit.void needs reason/,
    ],
    [
      'a flow in a file of another name',
      'flows/void-record.yaml',
      'flow: void-record',
      'flow: void-it',
      /^flows\/void-record.yaml:\d+:flow: is "void-it" but the file is/,
    ],
    [
      'a text that is missing',
      zh,
      /^reason\.ask: .*$/m,
      '',
      /^texts\/zh-CN\/void-record.yaml:\d+:reason.ask: is missing/,
    ],
    [
      'a text that nothing uses',
      zh,
      'reason.ask:',
      'reson.ask:',
      /^texts\/zh-CN\/void-record.yaml:\d+:reson.ask: nothing uses this text/,
    ],
    [
      'a variable that is not there',
      zh,
      '{{ reason }}',
      '{{ resaon }}',
      /^texts\/zh-CN\/void-record.yaml:\d+:confirm: there is no variable "resaon"/,
    ],
    [
      'a filter that is not there',
      zh,
      'visit.date | day',
      'visit.date | tag',
      /^texts\/zh-CN\/void-record.yaml:\d+:\S+: .*tag/,
    ],
    ['a tag that is not closed', zh, '{%- endif %}', '', /^texts\/zh-CN\/void-record.yaml:\d+:confirm: /],
    [
      'a locale without a key',
      'texts/en/void-record.yaml',
      /^voided-already: .*$/m,
      '',
      /^texts\/en\/void-record.yaml:\d+:voided-already: /,
    ],
    [
      'a text that is a list',
      zh,
      /^reason\.ask: .*$/m,
      'reason.ask: [a, b]',
      /:reason.ask: is a list; only examples and commands may be one/,
    ],
    [
      'a text longer than a message',
      zh,
      /^reason\.ask: .*$/m,
      `reason.ask: ${'长'.repeat(700)}`,
      /:reason.ask: is longer than the 2048 bytes/,
    ],
    [
      'a title longer than a card shows',
      zh,
      'title: 作废记录待确认',
      `title: ${'长'.repeat(61)}`,
      /:confirm: a card's title shows 60 characters/,
    ],
    [
      'a button longer than it shows',
      'texts/zh-CN/rectification.yaml',
      'text: 整改到位',
      'text: 整改已经全部完成到位了',
      /:submitted: a button shows 10 characters/,
    ],
    [
      'a key that stands twice',
      zh,
      'voided-already:',
      'reason.ask: 又一次\nvoided-already:',
      /^texts\/zh-CN\/void-record.yaml:\d+:/,
    ],
    [
      'a text that begins with a brace and has no quotes',
      zh,
      /^reason\.ask: .*$/m,
      'reason.ask: {{ visit }}',
      /:\d+:reason.ask: is no text; .* stand in quotes/,
    ],
    ['YAML that cannot be read', zh, 'reason.ask: ', 'reason.ask: "', /^texts\/zh-CN\/void-record.yaml:\d+:/],
  ])('%s', (_what, file, from, to, fault) => {
    change(file, from, to);
    expect(faultsOf()).toContainEqual(expect.stringMatching(fault));
  });

  const meeting = 'notices/preparatory-meeting.yaml';
  test.each<[string, string | RegExp, string, RegExp]>([
    ['an unknown key', 'receipt: true', 'reciept: true', /:\d+:reciept: no such key/],
    [
      'a blank without its question',
      '在【地点】',
      '在【地方】',
      /:\d+:zh-CN.text: the blank 【地方】 does not stand/,
    ],
    ['a question without its blank', '在【地点】', '', /:\d+:zh-CN.blanks.地点: the text has no such blank/],
    ['receivers that there are not', 'code: principals', 'code: headmasters', /:\d+:to.code: /],
    [
      'schools of a blank that is none',
      'to: { code: principals }',
      'to: { code: principals, schools: blank }',
      /:\d+:zh-CN.blanks: .*kind: schools/,
    ],
    [
      'a text that is too long',
      '请准时参加。',
      '请准时参加。'.repeat(220),
      /:\d+:zh-CN.text: a notice with these blanks has room for 1100/,
    ],
    [
      'a name that another has',
      'name: 预备会',
      'name: 冬季安全',
      /^notices\/winter-safety.yaml:\d+:zh-CN.name: "冬季安全" is said already/,
    ],
    [
      'a name that is not its file’s',
      'template: preparatory-meeting',
      'template: meeting',
      /:\d+:template: is "meeting" but/,
    ],
  ])('of a standing notice: %s', (_what, from, to, fault) => {
    change(meeting, from, to);
    expect(faultsOf()).toContainEqual(expect.stringMatching(fault));
  });

  test('a standing notice may be in one language alone, and has that in both', () => {
    const file = 'notices/winter-safety.yaml';
    change(file, /^en:[\s\S]*/m, '');
    expect(faultsOf()).toEqual([]);
    const names = loadScripts(dir, need)
      .scripts?.templates('en')
      .map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['meeting', '冬季安全']));
  });

  test('tells all faults at a time', () => {
    change('flows/void-record.yaml', 'do: visit.void', 'do: visit.erase');
    change('texts/zh-CN/sign-notice.yaml', 'tapped:', 'taped:');
    change('texts/en/common.yaml', /^stuck: .*$/m, '');
    const files = new Set(faultsOf().map((line) => line.split(':')[0]));
    expect([...files]).toEqual(
      expect.arrayContaining([
        'flows/void-record.yaml',
        'texts/zh-CN/sign-notice.yaml',
        'texts/en/common.yaml',
      ]),
    );
  });

  test('a file that cannot be read hides no fault of the others, and what it would have held is not missed', () => {
    change('flows/void-record.yaml', 'confirm: true', 'confirm: true\ncolour: red');
    change('texts/zh-CN/plan-visits.yaml', /^/, '\tnot: [yaml\n');
    change('texts/en/sign-notice.yaml', 'tapped:', 'taped:');
    const files = new Set(faultsOf().map((line) => line.split(':')[0]));
    expect([...files].sort()).toEqual([
      'flows/void-record.yaml',
      'texts/en/sign-notice.yaml',
      'texts/zh-CN/plan-visits.yaml',
      'texts/zh-CN/sign-notice.yaml', // its twin has no “taped”
    ]);
  });

  test('names the line on which the text stands', () => {
    const lines = readFileSync(join(dir, 'texts/zh-CN/common.yaml'), 'utf8').split('\n');
    change('texts/zh-CN/common.yaml', '随时回“继续”。', '随时回“继续”。{{ nobody }}');
    const line = lines.findIndex((text) => text.startsWith('put-aside:')) + 1;
    expect(faultsOf()).toEqual([
      expect.stringMatching(`^texts/zh-CN/common.yaml:${line}:put-aside: there is no variable "nobody"`),
    ]);
  });
});

describe('scripts check', () => {
  const checked = async () => (await scriptFaults(dir)).map(faultLine);

  test('finds no fault in what is shipped', async () => expect(await checked()).toEqual([]));

  test.each<[string, string | RegExp, string, RegExp]>([
    ['rules/lexicon.yaml', /^items:/m, 'colour: 3\nitems:', /:\d+:colour: no such key/],
    ['rules/lexicon.yaml', /^items:/m, 'items: [', /:\d+:: /],
    ['rules/clauses.yaml', /^fine:/m, 'colour: [x]\nfine:', /:\d+:colour: no such key/],
    ['rules/concepts.yaml', /^neg:/m, 'neq:', /:\d+:: neg: the words that deny are missing/],
    ['rules/danger-words.yaml', /^/, 'Loud: [砰]\n', /:1:Loud: /],
    ['rules/roster-sheet.yaml', /^notes:/m, 'colour: 3\nnotes:', /:\d+:colour: no such key/],
    ['rules/deadlines.yaml', 'at: 0d', 'at: zero', /:\d+:[\w.]+\.at: is none of/],
    ['texts/zh-CN/said.txt', /^/, '[visit.lgo]\n', /:1:visit\.lgo: there is no intent/],
    [
      'texts/zh-CN/dangers.txt',
      /$/,
      '\n[danger.x]\n风车\n[none.x]\n风车\n',
      /:\d+:风车: stands under a danger/,
    ],
    ['texts/en/roster.yaml', /^/, 'colour: 3\n', /:1:colour: /],
    ['texts/zh-CN/common.yaml', '随时回“继续”。', '{{ nobody }}', /:\d+:put-aside: there is no variable/],
  ])('names what is wrong in %s', async (file, from, to, fault) => {
    change(file, from, to);
    expect(await checked()).toEqual([expect.stringMatching(fault)]);
    expect((await checked())[0]).toMatch(file);
  });

  const common = 'texts/zh-CN/common.yaml';
  const line = /^put-aside: .*$/m;
  test.each<[string, string | RegExp, string, RegExp]>([
    [common, line, 'put-aside: 先放着: 明天再说', /:\d+:: 这一行里有两个“冒号加空格”/],
    [common, line, 'put-aside：先放着', /:\d+:: 这里缺冒号/],
    [common, line, 'put-aside: "先放着', /:\d+:: 缺引号/],
    [common, line, 'put-aside: *先放着', /:\d+:: 文字不能以 \* 开头/],
    [common, line, 'put-aside: @先放着', /:\d+:: 文字不能以 @ 开头/],
    [common, line, '\tput-aside: 先放着', /:\d+:: 行首用了制表符/],
    [common, line, 'put-aside: {{ name }}', /:\d+:put-aside: 写法不对/],
    [common, line, 'put-aside:', /:\d+:put-aside: 写法不对.*不能空着/],
    [common, line, 'put-aside: 先放着\nput-aside: 再说', /:\d+:: “put-aside”写了两次/],
    [common, line, 'put-aside: "{{ nobody }}"', /:\d+:put-aside: 这里没有 nobody 这个变量/],
    [common, line, 'put-aside: "{% if %}"', /:\d+:put-aside: 双花括号或 /],
    [
      'rules/settings.yaml',
      'default: [2, 7, 8]',
      'default: 二月',
      /:\d+:visit\.exemptMonths\.default: 应为列表/,
    ],
    ['rules/settings.yaml', 'default: [2, 7, 8]', 'default: [2, 13]', /default\.1: 不能大于 12/],
    ['rules/settings.yaml', 'source: L', 'source: X', /\.source: 只能是以下之一：C, S, L, D, U/],
    ['rules/settings.yaml', 'default: [2, 7, 8]', 'value: 1', /\.default: 缺这一项.*不认识 value/s],
    ['rules/settings.yaml', /^ {2}default: /m, '   default: ', /:\d+:: 缩进不对/],
    ['rules/deadlines.yaml', 'at: 0d', 'at: zero', /\.at: 提醒日子请写/],
    ['rules/deadlines.yaml', 'to: owner', 'to: king', /\.to: 只能是以下之一：owner/],
    ['texts/zh-CN/said.txt', /^/, '[visit.lgo]\n', /:1:visit\.lgo: 方括号里的“visit\.lgo”不认识/],
  ])('tells a clerk in her words what is wrong in %s: %s → %j', async (file, from, to, says) => {
    change(file, from, to);
    const said = (await scriptFaults(dir)).map(operatorTexts('zh-CN').scriptFault);
    expect(said.join('\n')).toMatch(says);
    for (const one of said) expect(one).toMatch(/: .*\p{Script=Han}/u);
  });

  test('a file that an editor saved as GBK is told, and not read as rubbish', async () => {
    const gbk = Buffer.concat([Buffer.from('put-aside: '), Buffer.from([0xb5, 0xda, 0xd2, 0xbb])]);
    for (const file of [common, 'rules/settings.yaml', 'rules/lexicon.yaml', 'texts/zh-CN/dangers.txt']) {
      cpSync(join(shipped, common), join(dir, common));
      writeFileSync(join(dir, file), gbk);
      const faults = await scriptFaults(dir);
      expect(faults).toContainEqual(expect.objectContaining({ line: 1, code: 'not-utf8' }));
      expect(
        operatorTexts('zh-CN').scriptFault(faults[0] ?? { file, line: 1, key: '', message: '' }),
      ).toMatch(/另存为 UTF-8/);
      cpSync(join(shipped, file), join(dir, file));
    }
  });

  test('tells all faults of all kinds of files at a time', async () => {
    change('rules/clauses.yaml', /^fine:/m, 'colour: [x]\nfine:');
    change('texts/zh-CN/said.txt', /^/, '[visit.lgo]\n');
    change('flows/void-record.yaml', 'do: visit.void', 'do: visit.erase');
    change('texts/en/common.yaml', /^stuck: .*$/m, '');
    const files = new Set((await checked()).map((line) => line.split(':')[0]));
    expect([...files].sort()).toEqual([
      'flows/void-record.yaml',
      'rules/clauses.yaml',
      'texts/en/common.yaml',
      'texts/zh-CN/said.txt',
    ]);
  });
});

describe('a change while it runs', () => {
  const words = (talk: ReturnType<typeof liveTalk>) =>
    talk
      .current()
      .scripts.voice('zh-CN', () => '2026-03-19', {})
      .text('common.put-aside');

  test('takes effect, and a wrong file keeps the last good one and says so', async () => {
    const told: Fault[][] = [];
    const talk = liveTalk({ dir, ...need, everyMs: 20, told: (faults) => told.push(faults) });
    onTestFinished(() => talk.close());

    change('texts/zh-CN/common.yaml', 'put-aside: 好的，先放着。', 'put-aside: 行,先放着。');
    await until('the new word', () => words(talk).startsWith('行'));
    expect(told.at(-1)).toEqual([]);

    change('texts/zh-CN/common.yaml', 'put-aside: 行,先放着。', 'put-aside: 行,{{ nobody }}');
    const faults = await until('the fault', () => (told.at(-1)?.length ? told.at(-1) : null));
    expect(faults.map(faultLine)).toEqual([expect.stringMatching(/common.yaml:\d+:put-aside: .*nobody/)]);
    expect(words(talk)).toMatch(/^行,先放着/);

    change('texts/zh-CN/common.yaml', '{{ nobody }}', '那就先放着。');
    await until('the mended word', () => words(talk).startsWith('行,那就'));
    expect(told.at(-1)).toEqual([]);
  });

  test('a standing notice is there as soon as its file is', async () => {
    const talk = liveTalk({ dir, ...need, everyMs: 20, told: () => {} });
    onTestFinished(() => talk.close());
    const names = () =>
      talk
        .current()
        .scripts.templates('zh-CN')
        .map(({ name }) => name);
    expect(names()).not.toContain('停水');
    writeFileSync(
      join(dir, 'notices/water.yaml'),
      'template: water\nto: { code: principals }\nreceipt: false\nzh-CN:\n  name: 停水\n  text: 【时间】停水，请储水。\n  blanks:\n    时间: { kind: day, ask: 哪天停水？ }\n',
    );
    await until('the new template', () => names().includes('停水'));
  });

  test('a file of examples that cannot be read keeps the last good ones', async () => {
    const talk = liveTalk({ dir, ...need, everyMs: 60_000, told: () => {} });
    onTestFinished(() => talk.close());
    const before = talk.current();
    writeFileSync(join(dir, 'texts/zh-CN/said.txt'), '去了{school}\n[visit.lgo]\n今天去了{school}\n');
    expect(talk.reload().map(faultLine)).toEqual([
      expect.stringMatching(/^texts\/zh-CN\/said\.txt:1:: stands under no \[intent\]/),
      expect.stringMatching(/^texts\/zh-CN\/said\.txt:2:visit\.lgo: there is no intent "visit\.lgo"/),
    ]);
    expect(talk.current()).toBe(before);
  });
});
