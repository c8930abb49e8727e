// The telephone on a school's card: hidden until asked for, whole only to those who may call, and on record.
import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { planInstants } from '../../src/supervision/deadlines/instants.ts';
import { mustLoadPolicy } from '../../src/supervision/deadlines/policy.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
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

test('an emergency shows whole numbers, and each showing is on record, the clock’s too', async () => {
  await store.query(`update person set phone_sealed = '13900000001' where user_key = 'insp-wang'`);
  const shown = () =>
    store.query<{ whose: string; by: string | null; to: number }>(
      `select p.user_key as whose, b.user_key as by, jsonb_array_length(a.after -> 'to') as "to" from audit_entry a
       join person p on p.id = a.subject_id left join person b on b.id = a.actor_id
       where a.action = 'person.phone-shown' order by a.at, a.id`,
    );
  const [told] = await office.hears('insp-wang', '一中学生打架受伤送医院了');
  expect(told?.text).toContain('第一中学校长 13812345678');
  expect(await shown()).toEqual(
    expect.arrayContaining([
      { whose: 'head-s03', by: 'insp-wang', to: 1 },
      { whose: 'insp-wang', by: 'insp-wang', to: 3 },
    ]),
  );
  const now = new Date(office.clock.now().getTime() + 90_000);
  const clockTold: string[] = [];
  await planInstants(
    {
      ...{ store, now, rules: loadSettingRules(), policy: mustLoadPolicy() },
      openPhone: (text) => text,
      deliver: async (_tx, all) =>
        void clockTold.push(...all.map(({ notification }) => notification.personId)),
    },
    office.officeId,
  );
  expect(clockTold.length).toBeGreaterThan(0);
  expect((await shown()).filter(({ by }) => by === null)).toContainEqual({
    whose: 'head-s03',
    by: null,
    to: 1,
  });
});
