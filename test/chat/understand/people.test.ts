// Names of the staff as they are said: by sound, by given name, in rows; and a surname that several bear, which is asked about.
import { describe, expect, test } from 'vitest';
import { scopeSlot } from '../../../src/chat/slots/scope.ts';
import type { Asks } from '../../../src/chat/slots/slot.ts';
import { shippedUnderstander } from '../../../src/chat/understand/cli.ts';
import { buildRoster, type RosterPerson } from '../../../src/chat/understand/schools/roster.ts';
import type { Context, Sender } from '../../../src/chat/understand/types.ts';
import { LEARNT } from '../../support/learnt.ts';
import { NOW } from './score.ts';

const inspector = (userId: string, name: string): RosterPerson => ({
  userId,
  name,
  roles: ['inspector'],
  schools: [],
});
const roster = buildRoster({
  schools: [
    { code: 'S1', name: '第一中学', kind: 'junior', area: 'A1', aliases: ['一中'] },
    { code: 'S2', name: '东关小学', kind: 'primary', area: 'A1', aliases: [] },
  ],
  areas: [],
  people: [
    inspector('a', '张明'),
    inspector('b', '张丽华'),
    inspector('c', '周大勇'),
    inspector('d', '赵红梅'),
  ],
});
const understander = shippedUnderstander(undefined, LEARNT);
const office: Sender = { userId: 'o', name: '小陈', roles: ['office'], schools: [] };
const context: Context = { roster, sender: office, now: NOW, timeZone: 'Asia/Shanghai' };
const read = (text: string, sender: Sender = office) => understander.understand(text, { ...context, sender });

describe('a surname that several bear', () => {
  test.each(['张督学这个月跑了几所', '老张这个月督导了几次', '张督学上个月听了多少节课'])(
    '%s: who is meant is asked',
    (text) => {
      const got = read(text);
      expect(got.slots.person).toBeUndefined();
      expect(got.slots.person_candidates).toEqual(['张明', '张丽华']);
      expect(got.needs).toContain('person');
    },
  );

  test('figures are not told before one of them is chosen, and then are hers', () => {
    const text = '张督学这个月跑了几所';
    const facts = { book: { areaCodeOf: new Map(), byName: new Map() }, person: { roles: ['office'] } };
    const took = scopeSlot.read(read(text), { facts, text } as unknown as Asks); // the slot looks at no more of them
    if (!took || !('choices' in took)) throw new Error('asked nothing');
    const { choices = [] } = took;
    expect(choices.map(({ label }) => label)).toEqual(['张明', '张丽华']);
    expect(choices[1]?.value).toMatchObject({ person: '张丽华', period: '2026-03' });
  });

  test('one who is named in full, or alone with her surname, is not asked about', () => {
    expect(read('张丽华这个月跑了几所').slots.person).toBe('张丽华');
    expect(read('周督学这个月跑了几所').slots.person).toBe('周大勇');
    expect(read('周督学这个月跑了几所').needs).not.toContain('person');
  });
});

describe('names by sound and by half', () => {
  test.each([
    ['周大用这个月跑了几所', '周大勇'],
    ['洪梅这个月还差几所没跑', '赵红梅'],
    ['大永名下有几所学校', '周大勇'],
    ['章丽华管哪些学校', '张丽华'],
  ])('%s', (text, name) => {
    expect(read(text).slots.person).toBe(name);
  });

  test.each(['东关小学学生周大用没来上课', '家长周大用反映一中收资料费'])(
    '%s: no member of the staff',
    (text) => {
      expect(read(text).slots.person).toBeUndefined();
    },
  );

  test('a row of names came along together; who leads the row did not', () => {
    const me: Sender = { userId: 'a', name: '张明', roles: ['inspector'], schools: ['S1'] };
    expect(read('昨天我和大勇、红梅三个人去的一中,没发现问题', me).slots.companions).toEqual([
      '周大勇',
      '赵红梅',
    ]);
    expect(read('昨天周大勇跟赵红梅一起去的一中,没发现问题').slots.companions).toEqual(['赵红梅']);
  });
});
