// What a guest types in English around a Chinese school's name.
import { expect, test } from 'vitest';
import { withEnglish } from '../../src/chat/understand/english.ts';
import type { Context, Slots, Understood } from '../../src/chat/understand/types.ts';

const sender = { userId: 'a', name: '张三', roles: ['inspector'], schools: [] };
const context = {
  now: new Date('2026-03-19T10:00:00+08:00'),
  timeZone: 'Asia/Shanghai',
  sender,
} as unknown as Context; // all that is read here

const slotsOf = (text: string, intent?: Understood['intent']) => heard(text, intent).slots;

function heard(text: string, intent: Understood['intent'] = 'visit.log', role = 'inspector'): Understood {
  const base: Understood = {
    intent,
    slots: { school: '东关小学' },
    confidence: 0.7,
    needs: [],
    flags: [],
    candidates: [],
  };
  return withEnglish({ understand: () => base, named: () => base }).understand(text, {
    ...context,
    sender: { ...sender, roles: [role] },
  });
}

test.each<[string, Slots]>([
  [
    'Visited 东关小学 this morning, two fire extinguishers expired, food samples without labels, to be put right within a week',
    {
      date: '2026-03-19',
      session: 'am',
      days: 7,
      findings: [
        { text: 'two fire extinguishers expired', item: 'I6' },
        { text: 'food samples without labels', item: 'I7' },
      ],
    },
  ],
  ['Yesterday I went to 东关小学, nothing was found', { date: '2026-03-18', no_findings: true }],
  [
    'visited 东关小学 today, too much homework; ten days to rectify',
    { date: '2026-03-19', days: 10, findings: [{ text: 'too much homework', item: 'I4' }] },
  ],
])('%s', (text, slots) => {
  expect(slotsOf(text)).toEqual({ school: '东关小学', ...slots });
});

test('Chinese with an English word in it is left alone, and so is every other intent', () => {
  expect(slotsOf('今天去了东关小学,LED 灯坏了')).toEqual({ school: '东关小学' });
  expect(slotsOf('please show me which schools are left', 'visit.pending')).toEqual({ school: '东关小学' });
});

test.each([
  ['there was a fall at 东关小学, a pupil was taken to hospital', true],
  ['the kitchen of 东关小学 is on fire, they are getting the children out', true],
  ['a boy of 东关小学 went missing after the second lesson', true],
  ['visited 东关小学 today, they had a fire drill, no findings', false],
  ['what should I do when a pupil is taken to hospital?', false],
  ['visited 东关小学 today, two fire extinguishers expired', false],
])('%s: an emergency, %s', (text, danger) => {
  const { intent, slots } = heard(text);
  expect(intent === 'emergency.report').toBe(danger);
  expect(slots.school).toBe('东关小学');
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
  expect(heard(text, 'flow.confirm').slots.result).toBe(result);
  // who is reviewed gives no verdict
  expect(heard(text, 'rect.evidence', 'principal').slots.result).toBeUndefined();
});

test('what is no plain yes in English confirms nothing', () => {
  expect(heard('return it', 'flow.confirm', 'principal').intent).toBe('chat.other');
  expect(heard('we will see', 'flow.confirm').intent).toBe('chat.other');
  expect(heard('ok', 'flow.confirm').intent).toBe('flow.confirm');
  expect(heard('Yes, please', 'flow.confirm').intent).toBe('flow.confirm');
});

test('a limit of its own is no finding', () => {
  expect(slotsOf('visited 东关小学 today, broken stair rail, one week')).toMatchObject({
    days: 7,
    findings: [{ text: 'broken stair rail', item: 'I6' }],
  });
});

/** As the understander names Chinese schools, which stand in the fixture by their names. */
const namesSchools = (text: string) => ({
  slots: { ...(/第[一二]实验小学/.exec(text) ? { school: /第[一二]实验小学/.exec(text)?.[0] } : {}) },
});

function corrected(text: string, flow?: string) {
  const base: Understood = {
    intent: 'chat.other',
    slots: {},
    confidence: 0.3,
    needs: [],
    flags: [],
    candidates: [],
  };
  const named = (said: string) => ({ ...base, ...namesSchools(said) }) as Understood;
  const at = { ...context, ...(flow ? { flow } : {}) };
  return withEnglish({ understand: () => base, named }).understand(text, at);
}

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
  ['the school is wrong, it should be 第二实验小学', { field: 'school', to: '第二实验小学' }],
])('a correction in English: %s', (text, correct) => {
  const { intent, slots } = corrected(text);
  expect(intent).toBe('record.correct');
  expect(slots.correct).toEqual(correct);
});

test('a day alone corrects an open draft, and nothing else', () => {
  expect(corrected('it was on Monday', 'log-visit').slots.correct).toEqual({
    field: 'date',
    to: '2026-03-16',
  });
  expect(corrected('it was on Monday').intent).toBe('chat.other');
});

test.each([
  'yesterday the gate was not locked',
  'the extinguishers should be changed by Friday',
  'was it not on Friday?',
  'not yet',
])('no correction: %s', (text) => expect(corrected(text, 'log-visit').intent).toBe('chat.other'));
