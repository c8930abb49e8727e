// 谁还没回执 of many: numbers by area in the areas' order, and the names of one area when it is asked about.
import { expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { silentByArea } from '../../../src/supervision/notices/status.ts';
import { openCast } from '../../support/cast.ts';

test('more than a phone shows are told in numbers; of one area all by name', async () => {
  const { store, officeId, notice } = await openCast({ people: 40 });
  const id = await notice('周五下午三点开会。');
  const areas = ['A10', 'A2'].map((code) => ({ id: newId(), code, name: `${code.slice(1)}区` }));
  for (const { id: areaId, code, name } of areas)
    await store.query('insert into area (id, office_id, code, name) values ($1, $2, $3, $4)', [
      areaId,
      officeId,
      code,
      name,
    ]);
  const people = await store.query<{ id: string; user: string }>(
    'select id, user_id as user from person order by user_key',
  );
  for (const [n, { id: personId, user }] of people.entries()) {
    await store.query('update person set area_id = $2, name = $3 where id = $1', [
      personId,
      areas[n < 30 ? 0 : 1]?.id,
      `人${n}`,
    ]);
    await store.query(
      `insert into notice_receipt (notice_id, person_id, office_id, user_key, state, wanted, chunk) values ($1, $2, $3, lower($4), 'sent', true, 1)
       on conflict (notice_id, person_id) do update set state = 'sent', wanted = true`,
      [id, personId, officeId, user],
    );
  }
  await store.transaction(async (tx) => {
    expect(await silentByArea({ tx }, id)).toEqual([
      { area: '2区', names: [], count: people.length - 30 },
      { area: '10区', names: [], count: 30 },
    ]);
    const [ten, ...more] = await silentByArea({ tx }, id, areas[0]?.id);
    expect(more).toEqual([]);
    expect({ area: ten?.area, count: ten?.count, named: ten?.names.length }).toEqual({
      area: '10区',
      count: 30,
      named: 30,
    });
    await tx.sql(`update notice_receipt set state = 'confirmed' where person_id = any($1::uuid[])`, [
      people.slice(5).map(({ id: personId }) => personId),
    ]);
    expect(await silentByArea({ tx }, id)).toEqual([
      { area: '10区', names: ['人0', '人1', '人2', '人3', '人4'], count: 5 },
    ]);
  });
});
