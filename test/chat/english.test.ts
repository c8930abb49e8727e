// What a guest types in English around a Chinese school's name.
import { expect, test } from 'vitest';
import { withEnglish } from '../../src/chat/understand/english.ts';
import type { Context, Slots, Understood } from '../../src/chat/understand/types.ts';

const context = { now: new Date('2026-03-19T10:00:00+08:00'), timeZone: 'Asia/Shanghai' } as Context; // all that is read here

const slotsOf = (text: string, intent?: Understood['intent']) => heard(text, intent).slots;

function heard(text: string, intent: Understood['intent'] = 'visit.log'): Understood {
  const base: Understood = {
    intent,
    slots: { school: '东关小学' },
    confidence: 0.7,
    needs: [],
    flags: [],
    candidates: [],
  };
  return withEnglish({ understand: () => base, named: () => base }).understand(text, context);
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
