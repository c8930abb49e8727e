// The telephone on a school's card: hidden until asked for, whole only to those who may call, and on record.
import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';

let store: Store;
let office: Office;
beforeEach(async () => {
  store = (await freshDatabase()).store;
  office = await openOffice(store);
  await store.query(`update person set phone_sealed = '13812345678' where user_key = 'head-s03'`);
});

async function schoolId(code: string): Promise<string> {
  const [school] = await store.query<{ id: string }>(`select id from school where code = $1`, [code]);
  return school?.id ?? '';
}

const tap = (userId: string, eventKey: string) =>
  office.hears(userId, {
    kind: 'template_card_event',
    eventKey,
    taskId: 'card',
    cardType: 'button_interaction',
    responseCode: 'rc',
    selected: [],
  });

test('the card hides the number, the button gives it, and the asking is on record', async () => {
  const [card] = await tap('insp-wang', `start:school-card?school=${await schoolId('S03')}`);
  expect(card?.text).toContain('138****5678');
  expect(card?.text).not.toContain('13812345678');
  if (!card) return;
  const [phone] = await office.taps('insp-wang', card, '查看电话');
  expect(phone?.text).toContain('第一中学校长 13812345678');
  const shown = await store.query(
    `select 1 from audit_entry a join person p on p.id = a.actor_id
     where a.action = 'person.phone-shown' and p.user_key = 'insp-wang' and a.school_id is not null`,
  );
  expect(shown).toHaveLength(1);
});

test.each([
  ['insp-li', 'school-card', /不在您的责任范围内/],
  ['insp-li', 'school-phone', /不在您的责任范围内/],
  ['head-s04', 'school-card', /不在您的责任范围内/],
  ['head-s03', 'school-phone', /已经失效/], // no flow of hers
  ['office-chen', 'school-phone', /13812345678/],
])('%s asks for %s of another area', async (who, flow, said) => {
  const seen = await tap(who, `start:${flow}?school=${await schoolId('S03')}`);
  expect(seen.map(({ text }) => text).join('\n')).toMatch(said);
  if (who !== 'office-chen') expect(JSON.stringify(seen)).not.toContain('13812345678');
});

test('a school without a number on the roster says whom to ask', async () => {
  const [phone] = await tap('insp-wang', `start:school-phone?school=${await schoolId('S01')}`);
  expect(phone?.text).toMatch(/名册里没有第一实验小学校\(园\)长的电话/);
});
