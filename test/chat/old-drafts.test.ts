// An update that changes what a flow asks for, in the middle of a draft: what fits goes on, what does not is said, nothing is filed unseen.
import { describe, expect, test } from 'vitest';
import type { Scripts } from '../../src/chat/scripts/scripts.ts';
import type { Flow } from '../../src/chat/scripts/shapes.ts';
import { shippedTalk } from '../support/office.ts';
import { Bench, type Told } from './bench.ts';

const texts = (told: readonly Told[]) => told.map(({ text }) => text).join('\n---\n');

/** The shipped scripts as they are after an update of one flow; null: it is no more. */
function updated(name: string, change: ((flow: Flow) => Partial<Flow>) | null): Scripts {
  const { scripts } = shippedTalk();
  const known = scripts.flows.get(name);
  if (!known) throw new Error(`no flow ${name}`);
  const flows = new Map(scripts.flows);
  if (change === null) flows.delete(name);
  else flows.set(name, { ...known, version: known.version + 1, ...change(known) });
  return { ...scripts, flows };
}

const without =
  (...slots: string[]) =>
  ({ slots: had }: Flow): Partial<Flow> => ({
    slots: Object.fromEntries(Object.entries(had).filter(([name]) => !slots.includes(name))),
  });

/** The same talk, gone on with by the bot after the update. */
function goesOn(before: Bench, scripts: Scripts): Bench {
  const bench = new Bench(before.userId, { ...shippedTalk(), scripts });
  bench.conversation = structuredClone(before.conversation);
  Object.assign(bench.waiting, before.waiting);
  return bench;
}

function draft(words = '今天去了二实小,灭火器过期两个,限一周,查了资料'): Bench {
  const bench = new Bench('insp-wang');
  bench.says(words);
  return bench;
}

const same = updated('log-visit', () => ({}));

describe('the draft whose card was shown', () => {
  test('a yes files nothing that has not been seen since: the card comes again, whole', () => {
    const bench = goesOn(draft(), same);
    const told = texts(bench.says('确认'));
    expect(told).toMatch(
      /系统更新了，没办完的“督导记录\(第二实验小学\)”还在。\n?---\n督导记录待确认[\s\S]*灭火器过期/,
    );
    expect(told).not.toMatch(/请再说一遍|继续吗/);
    expect(bench.acts).toEqual([]);
    bench.says('确认');
    expect(bench.acts).toMatchObject([
      { action: 'visit.record', input: { rows: [{ findings: [{ text: '灭火器过期两个', days: 7 }] }] } },
    ]);
  });

  test('words that belong to it are taken', () => {
    const told = texts(goesOn(draft(), same).says('第一条当场就改了'));
    expect(told).toMatch(/还在。[\s\S]*督导记录待确认[\s\S]*当场整改/);
  });

  test('something else is answered, and then it is asked whether to go on', () => {
    const bench = goesOn(draft(), same);
    const told = texts(bench.says('帮助'));
    expect(told).toMatch(/还在。[\s\S]*督导记录\(第二实验小学\)还没办完，继续吗？/);
    expect(texts(bench.says('继续'))).toMatch(/督导记录待确认/);
  });

  test('a tap on the old card does nothing but that', () => {
    const before = draft();
    const task = before.conversation.question?.id ?? '';
    const bench = goesOn(before, same);
    const told = texts(bench.hears({ kind: 'tap', key: 'yes', task }));
    expect(told).toMatch(/还在。[\s\S]*没有改动任何内容[\s\S]*继续吗？/);
    expect(bench.acts).toEqual([]);
  });

  test('what has no place any more is said in its own words, the rest is there', () => {
    const before = draft();
    before.says('亮点是大课间有特色');
    const bench = goesOn(before, updated('log-visit', without('highlight', 'methods')));
    const told = texts(bench.says('继续'));
    expect(told).toMatch(/没能带过来的请再说一遍：“查阅资料”、“大课间有特色”。/);
    expect(told).toMatch(/督导记录待确认[\s\S]*第二实验小学[\s\S]*灭火器过期/);
    expect(bench.conversation.frame?.rows[0]).not.toHaveProperty('highlight');
  });

  test('a slot of another kind under the same name is not taken for what it was', () => {
    const bench = goesOn(
      draft(),
      updated('log-visit', ({ slots }) => ({ slots: { ...slots, findings: { type: 'text' } } })),
    );
    const told = texts(bench.says('继续'));
    expect(told).toMatch(/请再说一遍：“灭火器过期两个”/);
    expect(bench.conversation.question).toMatchObject({ kind: 'slot', slot: 'findings' });
  });

  test('of several schools, the ones that one record cannot hold are said', () => {
    const bench = goesOn(
      draft('昨天跑的一实小和二实小,一实小灭火器过期,二实小护学岗没人'),
      updated('log-visit', () => ({ repeat: false })),
    );
    expect(texts(bench.says('继续'))).toMatch(/请再说一遍：.*“第二实验小学”.*“护学岗没人”/);
    expect(bench.conversation.frame?.rows).toHaveLength(1);
  });
});

describe('the question that was open', () => {
  const asked = () => draft('今天去了二实小');

  test('is answered as if nothing had been', () => {
    const before = asked();
    expect(before.conversation.question).toMatchObject({ kind: 'slot', slot: 'findings' });
    const told = texts(goesOn(before, same).says('灭火器过期两个'));
    expect(told).toMatch(/^督导记录待确认[\s\S]*灭火器过期两个/);
  });

  test('about what is no more is over; the draft waits', () => {
    const told = texts(goesOn(asked(), updated('log-visit', without('findings'))).says('今天天气不错'));
    expect(told).toMatch(/还在。[\s\S]*继续吗？/);
  });
});

describe('drafts that wait', () => {
  test('one that was put aside goes on without a word when all of it fits', () => {
    const before = draft();
    before.says('先放着');
    const bench = goesOn(before, same);
    expect(texts(bench.says('继续'))).toMatch(/^督导记录待确认/);
  });

  test('one that was cancelled a moment ago is still there for 上一步', () => {
    const before = draft();
    before.says('取消');
    expect(texts(goesOn(before, same).says('上一步'))).toMatch(/^督导记录待确认[\s\S]*灭火器过期/);
  });

  test('上一步 goes back to what was before the update', () => {
    const before = draft();
    before.says('第一条当场就改了');
    const bench = goesOn(before, same);
    bench.says('继续');
    expect(texts(bench.says('上一步'))).not.toMatch(/当场整改/);
  });

  test.each([
    ['is gone', updated('log-visit', null)],
    ['is no longer hers', updated('log-visit', () => ({ roles: ['office'] }))],
  ])('one whose flow %s is named, with what was said for it', (_, scripts) => {
    const bench = goesOn(draft(), scripts);
    expect(texts(bench.says('确认'))).toMatch(/需要重新说一遍：.*“灭火器过期两个”.*已登记的不受影响/);
    expect(bench.conversation.frame).toBeNull();
    expect(bench.acts).toEqual([]);
  });
});
