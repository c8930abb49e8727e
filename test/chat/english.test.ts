// What a guest types in English around a Chinese school's name.
import { expect, test } from 'vitest';
import { withEnglish } from '../../src/chat/understand/english.ts';
import type { Context, Slots, Understood } from '../../src/chat/understand/types.ts';

const context = { now: new Date('2026-03-19T10:00:00+08:00'), timeZone: 'Asia/Shanghai' } as Context; // all that is read here

function slotsOf(text: string, intent: Understood['intent'] = 'visit.log'): Slots {
  const base: Understood = {
    intent,
    slots: { school: '东关小学' },
    confidence: 0.7,
    needs: [],
    flags: [],
    candidates: [],
  };
  return withEnglish({ understand: () => base, named: () => base }).understand(text, context).slots;
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
