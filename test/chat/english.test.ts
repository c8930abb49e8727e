// English beside Chinese: labelled lines, and the rules of a message in English that no line may break.
import { expect, test } from 'vitest';
import { isEnglish } from '../../src/chat/understand/english/english.ts';
import type { Context, Slots, Understood } from '../../src/chat/understand/types.ts';
import { roster, says, understander } from './understand/reads.ts';
import { readLabelled, score } from './understand/score.ts';

const heard = (text: string, who = 'insp-wang', more: Partial<Context> = {}): Understood =>
  says(who, text, more);

test.each([
  ['english', 0.98, 0.98],
  ['english-2', 0.95, 0.95],
  ['english-held', 0.95, 0.9],
])('%s: most intents and slots are right and nothing is dangerous', (name, intents, slots) => {
  const s = score(understander, readLabelled(name), roster);
  expect(s.intentsRight / s.lines).toBeGreaterThanOrEqual(intents);
  expect(s.slotsRight / s.slots).toBeGreaterThanOrEqual(slots);
  expect(s.dangers).toEqual([]);
});

test.each<[string, Slots]>([
  [
    'Visited 东关小学 this morning, two fire extinguishers expired, food samples without labels, to be put right within a week',
    {
      school: '东关小学',
      date: '2026-03-19',
      session: 'am',
      days: 7,
      findings: [
        { text: 'two fire extinguishers expired', item: 'I6' },
        { text: 'food samples without labels', item: 'I7' },
      ],
    },
  ],
  [
    'Yesterday I went to Dongguan Primary, nothing was found',
    { school: '东关小学', date: '2026-03-18', no_findings: true },
  ],
  [
    'visited 东关小学 today, too much homework; ten days to rectify',
    {
      school: '东关小学',
      date: '2026-03-19',
      days: 10,
      findings: [{ text: 'too much homework', item: 'I4' }],
    },
  ],
  [
    'visited 东关小学 today, broken stair rail, one week',
    {
      school: '东关小学',
      date: '2026-03-19',
      days: 7,
      findings: [{ text: 'broken stair rail', item: 'I6' }],
    },
  ],
])('a visit: %s', (text, slots) => {
  const { intent, slots: found } = heard(text, 'insp-li');
  expect(intent).toBe('visit.log');
  expect(found).toEqual(slots);
});

test.each([
  ['Second Experimental Primary', '第二实验小学'],
  ['No. 2 Experimental', '第二实验小学'],
  ['Shifo Central Kindergarten', '石佛镇中心幼儿园'],
  ['shi fo kindergarten', '石佛镇中心幼儿园'],
  ['First Middle School', '第一中学'],
  ['the special school', '特殊教育学校'],
  ['Sunshine Kindergarten', '阳光双语幼儿园'],
  ['Liuqiao Middle', '柳桥镇中学'],
  ['Liuqiao Xiaoxue', '柳桥镇中心小学'],
  ['Yucai High School', '育才高级中学'],
])('a school by its English name: %s', (name, school) => {
  expect(heard(`went to ${name} today, nothing found`, 'office-sun').slots.school).toBe(school);
});

test('a place with two schools is asked about, and both of them are two', () => {
  expect(heard('went to Dongguan today', 'office-sun').slots.school_candidates).toEqual([
    '东关小学',
    '东关幼儿园',
  ]);
  expect(heard('visited both Dongguan schools today, no findings', 'insp-li').slots.schools).toEqual([
    '东关小学',
    '东关幼儿园',
  ]);
});

test.each([
  ['today', '2026-03-19'],
  ['the day before yesterday', '2026-03-17'],
  ['on Monday', '2026-03-16'],
  ['last Monday', '2026-03-09'],
  ['on Friday', '2026-03-13'],
  ['three days ago', '2026-03-16'],
  ['on March 2', '2026-03-02'],
  ['on the 12th', '2026-03-12'],
])('the day of a visit: %s', (day, date) => {
  expect(heard(`visited First Middle School ${day}, no findings`).slots.date).toBe(date);
});

test.each<[string, Slots]>([
  ['within three days', { days: 3 }],
  ['they have two weeks', { days: 14 }],
  ['to be fixed by Friday', { due: '2026-03-20' }],
  ['by next Friday', { due: '2026-03-27' }],
  ['by the end of the month', { due: '2026-03-31' }],
])('a limit: %s', (limit, slots) => {
  const found = heard(`First Middle School: the fire exit is locked, ${limit}`).slots;
  expect(found).toMatchObject(slots);
  expect(found.findings).toHaveLength(1);
  expect(found.date).toBeUndefined();
});

test('Chinese with English in it is left to the Chinese reading', () => {
  expect(isEnglish('今天去了二实小,LED 灯坏了')).toBe(false);
  expect(heard('今天去了二实小,LED 灯坏了')).toMatchObject({
    intent: 'visit.log',
    slots: { school: '第二实验小学' },
  });
  expect(heard('导出 excel 和 pdf', 'office-chen').intent).toBe('export.file');
});

test.each([
  ['there was a fall at 东关小学, a pupil was taken to hospital', true],
  ['the kitchen of 东关小学 is on fire, they are getting the children out', true],
  ['a boy of 东关小学 went missing after the second lesson', true],
  ['A pupil is not breathing, what should I do?', true],
  ['a child collapsed during the morning exercise', true],
  ['the wall came down, nobody was hurt', true],
  ['visited 东关小学 today, they had a fire drill, no findings', false],
  ['what should I do when a pupil is taken to hospital?', false],
  ['visited 东关小学 today, two fire extinguishers expired', false],
  ['last year a pupil fell from the stairs and was taken to hospital', false],
  ['the camera at the gate is dead and three labels are missing', false],
])('%s: an emergency, %s', (text, danger) => {
  expect(heard(text, 'insp-li').intent === 'emergency.report').toBe(danger);
});

test('of two schools the one in danger is told of', () => {
  const { slots } = heard(
    'A tree fell on the roof of Qinghe School and two children are injured; Yucai has to wait',
  );
  expect(slots.school).toBe('清河镇实验学校');
  expect(slots.schools).toBeUndefined();
});

test.each([
  ['Passes', 'pass'],
  ['028 passed.', 'pass'],
  ['the first one passes', 'pass'],
  ['return it', 'fail'],
  ['send it back, the label is still missing', 'fail'],
  ['028 not passed: photos unclear', 'fail'],
  ['does it pass?', undefined],
  ['visited 东关小学 today, they passed the hygiene check', undefined],
])('a verdict in English: %s: %s', (text, result) => {
  expect(heard(text).slots.result).toBe(result);
  // who is reviewed gives no verdict
  expect(heard(text, 'head-s02').intent).not.toBe('rect.review');
});

test('what is no plain yes in English confirms nothing', () => {
  for (const yes of ['ok', 'Yes, please', 'yes please file it', 'go ahead', "yes, that's right"])
    expect(heard(yes).intent).toBe('flow.confirm');
  for (const other of ['return it', 'we will see', 'yes but not that one', 'ok I will think about it'])
    expect(heard(other, 'head-s02').intent).not.toBe('flow.confirm');
});

test.each([
  ['not yesterday, last Wednesday', { field: 'date', from: '2026-03-18', to: '2026-03-11' }],
  ['the date should be 12 March', { field: 'date', to: '2026-03-12' }],
  ['I got the date wrong, it was last Friday', { field: 'date', to: '2026-03-13' }],
  [
    'the last record was not on Friday, it was on Tuesday',
    { field: 'date', from: '2026-03-13', to: '2026-03-17' },
  ],
  ['it was on Monday instead of Tuesday', { field: 'date', from: '2026-03-17', to: '2026-03-16' }],
  [
    'that was not 第一实验小学 but 第二实验小学',
    { field: 'school', from: '第一实验小学', to: '第二实验小学' },
  ],
  ['the school is wrong, it should be Second Experimental', { field: 'school', to: '第二实验小学' }],
  ['it was three extinguishers, not two', { field: 'findings', from: 'two', to: 'three' }],
  ['not two lessons but four', { field: 'lessons', from: '2', to: '4' }],
  ['it was in the afternoon, not in the morning', { field: 'session', from: 'am', to: 'pm' }],
])('a correction in English: %s', (text, correct) => {
  const { intent, slots } = heard(text);
  expect(intent).toBe('record.correct');
  expect(slots.correct).toEqual(correct);
});

test('a day alone corrects an open draft', () => {
  expect(heard('it was on Monday', 'insp-wang', { flow: 'log-visit' }).slots.correct).toEqual({
    field: 'date',
    to: '2026-03-16',
  });
});

test.each([
  'yesterday the gate was not locked',
  'the extinguishers should be changed by Friday',
  'was it not on Friday?',
  'not yet',
])('no correction: %s', (text) => {
  expect(heard(text, 'insp-wang', { flow: 'log-visit' }).intent).not.toBe('record.correct');
});
