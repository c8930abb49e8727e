// Sentences for operators: in their language, with what to do, whoever found the fault.
import { expect, test } from 'vitest';
import { AppError } from '../src/errors.ts';
import { operatorTexts } from '../src/operator.ts';

const [zh, en] = [operatorTexts('zh-CN'), operatorTexts('en')];
const HAN = /\p{Script=Han}/u;

test('a code alone becomes the sentence for it, the narrower one first', () => {
  const taken = new AppError('port.taken', 'never', { port: 3000, variable: 'PORT' });
  expect(en.fault(taken)).toMatch(/^Port 3000 is taken.*PORT=/);
  const forbidden = new AppError('port.taken', 'never', { port: 80, variable: 'PORT', why: 'permission' });
  expect(en.fault(forbidden)).toMatch(/not allowed/);
  expect(zh.fault(forbidden)).toMatch(HAN);
});

test('a room’s own English sentence stands as it is, after the gist where another language is read', () => {
  const full = new AppError(
    'store.folder',
    'never',
    { folder: '/data' },
    { message: 'The disk is full: /data.' },
  );
  expect(en.fault(full)).toBe('The disk is full: /data.');
  const [gist, exact] = zh.fault(full).split('\n');
  expect(gist).toMatch(HAN);
  expect(gist).toContain('/data');
  expect(exact).toBe('The disk is full: /data.');
});

test('a narrower sentence is whole by itself, unless it ends in a colon', () => {
  const used = { why: 'in-use', dataDir: '/data', pid: 12 };
  const message = 'Another Dudao (process 12) is using /data.';
  const said = zh.fault(new AppError('store.folder', 'never', used, { message }));
  expect(said).toMatch(/\/data.*12/);
  expect(said).not.toContain(message);
  const asked = new AppError('roster.faulty', 'never', { why: 'asked' }, { message: '--now soon' });
  expect(zh.fault(asked)).toMatch(/：\n--now soon$/);
});

test('a sentence that already is in the language is not said twice', () => {
  const said = '\u540d\u518c\u6709\u8bef';
  expect(zh.fault(new AppError('roster.faulty', 'never', {}, { message: said }))).toBe(said);
});

test('what nobody foresaw is one line, without a stack', () => {
  const odd = new Error('something odd\n    at here.ts:1');
  expect(en.fault(odd)).toBe('Something went wrong: something odd');
  expect(zh.fault('thrown words')).toMatch(/thrown words$/);
});
