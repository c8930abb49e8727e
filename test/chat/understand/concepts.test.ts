// Words that mean the same teach for each other, and a wrong list of them is a sentence.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { classifierOf, learnClasses } from '../../../src/chat/understand/learn/classify.ts';
import { featureReader } from '../../../src/chat/understand/learn/features.ts';
import { conceptReader } from '../../../src/chat/understand/text/concepts.ts';
import { readConcepts } from '../../../src/chat/understand/text/lexicon.ts';

const CONCEPTS = { recall: ['撤回', '收回'], remind: ['催', '盯一下'], neg: ['不', '别'] };

test('words of one line give the same signs, in their order, and denied ones another', () => {
  const read = conceptReader(CONCEPTS);
  expect(read('撤回S')).toEqual(read('收回S'));
  expect([...read('催S').keys()]).toEqual(['@remind', '@remind>S', '@S', '@^remind', '@$S']);
  expect(read('别催S').has('@!remind')).toBe(true);
  expect(read('别,催S').has('@!remind')).toBe(false);
});

test('what an example teaches of one word holds for the others of its line', () => {
  const read = featureReader(CONCEPTS);
  const lessons = ['撤回', '催', '辛苦'].map((text, label) => ({ label, text }));
  const learnt = learnClasses(lessons, read, lessons.length, { sharedBy: 1 });
  const scores = classifierOf(learnt, read).scores('盯一下');
  expect(scores.indexOf(Math.max(...scores))).toBe(1);
});

test.each([
  ['Recall: [撤]\nneg: [不]\n', /Recall/],
  ['recall: 撤\nneg: [不]\n', /recall/],
  ['recall: [撤]\n', /neg/],
])('%j is refused with the place', (yaml, sentence) => {
  const dir = mkdtempSync(join(tmpdir(), 'concepts-'));
  const file = join(dir, 'concepts.yaml');
  writeFileSync(file, yaml);
  expect(() => readConcepts(file)).toThrow(sentence);
  rmSync(dir, { recursive: true });
});
