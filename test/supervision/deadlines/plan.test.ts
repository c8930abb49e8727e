// The planner's hard days: started twice, down for days, the clock turned back, quiet hours, fulfilled in between. Its ordinary
// ones are a year's (year.property.test.ts).
import { expect, test } from 'vitest';
import { freshDatabase } from '../../support/database.ts';
import { office } from './stage.ts';

test('two planners started at once tell each person once', async () => {
  const { store } = await freshDatabase();
  const { run, told, notice } = await office(store);
  await run('2026-03-19T10:00:00+08:00');
  await notice('S01', '2026-03-19', '2026-03-26', 1);
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => run('2026-03-23T10:00:00+08:00')));
  expect(outcomes.filter((outcome) => outcome === 'planned')).toHaveLength(1);
  expect(told.map(({ to }) => to.userId)).toEqual(['head-s01']);
});

test('quiet hours and days of rest hold everything; a planner down for days sends one digest', async () => {
  const { store } = await freshDatabase();
  const { run, told, notice, sign } = await office(store);
  expect(await run('2026-03-19T10:00:00+08:00')).toBe('opened');
  await sign((await notice('S01', '2026-03-19', '2026-03-28', 1)).notice);
  expect(await run('2026-03-25T06:00:00+08:00')).toBe('held'); // the third day before
  expect(await run('2026-03-27T21:00:00+08:00')).toBe('held');
  expect(await run('2026-03-28T10:00:00+08:00')).toBe('held'); // a Saturday
  expect(await run('2026-03-30T07:30:00+08:00')).toBe('held'); // the office's own minute has not come
  expect(told).toEqual([]);
  expect(await run('2026-03-30T10:00:00+08:00')).toBe('planned');
  const mine = told.filter(({ to }) => to.userId === 'head-s01');
  expect(mine.map(({ notification }) => notification.data.mine)).toMatchObject([
    [{ kind: 'rectification', due: '2026-03-28', late: 2 }],
  ]);
  for (const { sendAt } of told) {
    expect([0, 30]).not.toContain(sendAt.getMinutes());
    expect(sendAt.getTime() - Date.parse('2026-03-30T10:00:00+08:00')).toBeLessThan(120_000);
  }
});

test('a clock turned back says nothing twice, and what was fulfilled in between is not mentioned', async () => {
  const { store } = await freshDatabase();
  const { run, told, notice, sign } = await office(store);
  await run('2026-03-18T10:00:00+08:00');
  const kept = await notice('S01', '2026-03-19', '2026-03-26', 1);
  const done = await notice('S02', '2026-03-19', '2026-03-26', 2);
  for (const one of [kept, done]) await sign(one.notice);
  await run('2026-03-23T10:00:00+08:00');
  expect(told.map(({ to }) => to.userId).sort()).toEqual(['head-s01', 'head-s02']);
  expect(await run('2026-03-20T10:00:00+08:00')).toBe('done');
  expect(await run('2026-03-23T11:00:00+08:00')).toBe('done');
  await store.query(
    `update finding set state = 'submitted', submitted_at = '2026-03-24', round = 1 where id = $1`,
    [done.finding],
  );
  told.length = 0;
  await run('2026-03-26T10:00:00+08:00');
  const heads = told.map(({ to }) => to.userId).filter((id) => id.startsWith('head'));
  expect(heads).toEqual(['head-s01']);
  // Extended: the ladder begins again at the new day; withdrawn: it ends.
  await store.query(`update finding set due_on = '2026-04-10' where id = $1`, [kept.finding]);
  told.length = 0;
  await run('2026-03-27T10:00:00+08:00');
  expect(told.filter(({ to }) => to.userId.startsWith('head'))).toEqual([]);
  await store.query(`update finding set state = 'withdrawn' where id = $1`, [kept.finding]);
  await run('2026-04-10T10:00:00+08:00');
  expect(told.filter(({ to }) => to.userId.startsWith('head'))).toEqual([]);
});

test('a month that was missed before a school was handed over is not said to whoever has it now', async () => {
  const { store } = await freshDatabase();
  const { run, told } = await office(store);
  await run('2026-03-19T10:00:00+08:00');
  await run('2026-03-31T10:00:00+08:00');
  const hers = `select id from school where code = 'S05'`;
  await store.query(
    `update assignment set until = '2026-04-01' where school_id = (${hers}) and role = 'inspector'`,
  );
  await store.query(
    `insert into assignment (id, office_id, person_id, school_id, role, since)
     select gen_random_uuid(), office_id, id, (${hers}), 'inspector', '2026-04-01' from person where user_id = 'insp-wang'`,
  );
  told.length = 0;
  await run('2026-04-01T10:00:00+08:00');
  const of = (userId: string) => told.find(({ to }) => to.userId === userId)?.notification.data;
  // Of the month that begins on this day she has been told with the school itself.
  expect(of('insp-wang')?.mine).toMatchObject([
    { due: '2026-03-31', schools: ['第一实验小学', '第二实验小学'] },
    { due: '2026-04-30', schools: ['第一实验小学', '第二实验小学'] },
  ]);
  expect(of('insp-zhang')).toBeUndefined();
  expect(of('office-chen')?.counts).toMatchObject([{ kind: 'regular-visit', due: '2026-03-31', count: 3 }]);
});

test('the first run of a full office tells nobody of the past', async () => {
  const { store } = await freshDatabase();
  const { run, told, notice } = await office(store);
  for (let n = 1; n <= 5; n += 1) await notice('S01', '2026-03-02', `2026-03-1${n}`, n);
  await run('2026-03-18T10:00:00+08:00');
  expect(told).toEqual([]);
});
