// What the examples taught is kept in a file: used when it fits, learnt anew when it does not, and never a reason to fail.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Examples } from '../../../src/chat/understand/learn/examples.ts';
import type { Concepts } from '../../../src/chat/understand/text/lexicon.ts';

const EXAMPLES: Examples = {
  'visit.log': ['今天去了{school}', '上午到{school}督导', '昨天跑了{school}😀'],
  'help.show': ['怎么用', '帮助'],
  'notice.ack': ['收到', '知道了'],
};
const CONCEPTS: Concepts = { go: ['去', '跑', '到'], neg: ['没'] };
const SAMPLES = ['今天去了S', '怎么用啊', '收到', '😀', '完全没见过'];

let dir: string;
const file = () => join(dir, 'understanding.bin');
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'learnt-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** As a process that has just been started: nothing in memory. */
async function started(examples: Examples, cacheDir?: string, concepts: Concepts = CONCEPTS) {
  vi.resetModules();
  const { classifierOf } = await import('../../../src/chat/understand/learn/classify.ts');
  const { learntFrom } = await import('../../../src/chat/understand/learn/learnt.ts');
  const { featureReader } = await import('../../../src/chat/understand/learn/features.ts');
  const learnt = learntFrom({ examples, concepts }, cacheDir);
  const classifier = classifierOf(learnt, featureReader(concepts));
  return {
    learnt,
    again: () => learntFrom({ examples, concepts }),
    scores: SAMPLES.map((s) => [...classifier.scores(s)]),
  };
}

test('a second start takes the file, leaves it, and scores the same to the last bit', async () => {
  const first = await started(EXAMPLES, dir);
  expect(readdirSync(dir)).toEqual(['understanding.bin']);
  const written = readFileSync(file());
  const second = await started(EXAMPLES, dir);
  expect(second.learnt.features).toEqual(first.learnt.features);
  expect(second.scores).toEqual(first.scores);
  expect(readFileSync(file()).equals(written)).toBe(true);
  expect(second.again()).toBe(second.learnt);
});

test('the file of other examples is not taken', async () => {
  await started(EXAMPLES, dir);
  const other = await started({ ...EXAMPLES, 'help.show': ['今天去了S'] }, dir);
  const back = await started(EXAMPLES);
  expect(other.scores).not.toEqual(back.scores);
  // the other examples' file does not fit these, so they are learnt anew
  expect((await started(EXAMPLES, dir)).scores).toEqual(back.scores);
});

test('nor is the file of other concepts', async () => {
  await started(EXAMPLES, dir);
  const other = await started(EXAMPLES, dir, { ...CONCEPTS, go: ['怎么'] });
  expect(other.scores).toEqual((await started(EXAMPLES, undefined, { ...CONCEPTS, go: ['怎么'] })).scores);
  expect(other.scores).not.toEqual((await started(EXAMPLES)).scores);
});

test.each([
  ['cut short', (all: Buffer) => all.subarray(0, all.length - 9)],
  ['empty', () => Buffer.alloc(0)],
  [
    'with a flipped bit',
    (all: Buffer) => {
      all[200] = (all[200] ?? 0) ^ 1;
      return all;
    },
  ],
])('a file %s is learnt anew and put right', async (_how, spoil) => {
  const first = await started(EXAMPLES, dir);
  const good = readFileSync(file());
  writeFileSync(file(), spoil(Buffer.from(good)));
  expect((await started(EXAMPLES, dir)).scores).toEqual(first.scores);
  expect(readFileSync(file()).equals(good)).toBe(true);
});

test('where nothing can be written it is learnt all the same', async () => {
  const { scores } = await started(EXAMPLES, join(dir, 'missing', 'cache'));
  expect(scores).toEqual((await started(EXAMPLES)).scores);
  expect(readdirSync(dir)).toEqual([]);
});
