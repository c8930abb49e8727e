// 代签: a head names an in-school inspector, who signs by the card; both and the inspector know it.
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshDatabase } from '../../support/database.ts';
import { type Office, openOffice } from '../../support/office.ts';

let store: Store;
let office: Office;
beforeAll(async () => {
  store = (await freshDatabase()).store;
  office = await openOffice(store);
  for (const [userId, name] of [
    ['si-li', '李明'],
    ['si-liu', '柳青'],
  ]) {
    const id = newId();
    await store.query(
      `insert into person (id, office_id, user_id, user_key, name, roles, active)
       values ($1, $2, $3, $3, $4, '{school-inspector}', true)`,
      [id, office.officeId, userId, name],
    );
    await store.query(
      `insert into assignment (id, office_id, person_id, school_id, role, since)
       select $1, $2, $3, id, 'school-inspector', '2026-02-20' from school where code = 'S03'`,
      [newId(), office.officeId, id],
    );
  }
  await store.query('update office set roster_version = roster_version + 1');
});

test('“让李主任签”: the named one gets the card, signs, and head and inspector are told', async () => {
  await office.hears('insp-wang', '今天去了一中,灭火器过期两个');
  await office.hears('insp-wang', '确认');
  const [asked] = await office.hears('head-s03', '让王主任签');
  expect(asked?.text).toContain('没有可以代签的“王主任”');
  expect(asked?.buttons.map(({ text }) => text)).toEqual(['李明', '柳青']);
  await office.hears('head-s03', '取消');
  const [draft] = await office.hears('head-s03', '让李主任签');
  expect(draft?.text).toMatch(/代签待确认[\s\S]*代签人：李明/);
  const told = await office.hears('head-s03', '确认');
  const card = told.find(({ to }) => to === 'si-li');
  expect(card?.text).toMatch(/请您代签整改通知 区督整〔2026〕001号[\s\S]*灭火器过期/);
  if (!card) return;
  // Nobody else of the school may, however she comes by the words.
  expect((await office.hears('si-liu', '签收'))[0]?.text).toContain('目前没有待签收的通知');
  const signed = await office.taps('si-li', card, '签收');
  const to = (who: string) => signed.find((one) => one.to === who)?.text ?? '';
  expect(to('si-li')).toContain('已签收 区督整〔2026〕001号');
  expect(to('head-s03')).toContain('(签收人：李明)');
  expect(to('insp-wang')).toContain('(签收人：李明)');
});

test('whoever is named to sign reads of the findings that still stand', async () => {
  await office.hears('insp-wang', '今天去了一中,一年级课表有两节体育被占,厕所水龙头坏一个,都限十天');
  await office.hears('insp-wang', '确认');
  await office.hears('head-s03', '占课那条不对 我们课表没有这回事');
  await office.hears('head-s03', '确认');
  await office.hears('insp-wang', '异议成立 我再核实了');
  await office.hears('insp-wang', '确认');
  await office.hears('head-s03', '让李主任签');
  const card = (await office.hears('head-s03', '确认')).find(({ to }) => to === 'si-li');
  expect(card?.text).toContain('水龙头坏');
  expect(card?.text).not.toContain('体育被占');
});
