// The platform is silent for days: reminders that waited leave as one, with the figures of the moment, in hours when people may be disturbed.
import { expect, test } from 'vitest';
import { digestsAgain } from '../../../src/supervision/deadlines/again.ts';
import type { DigestAbout } from '../../../src/supervision/deadlines/plan.ts';
import { mustLoadPolicy } from '../../../src/supervision/deadlines/policy.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { until } from '../../support/until.ts';
import { openWorld, type TestWorld } from '../../support/world.ts';

const at = (day: string, time: string) => new Date(`2026-${day}T${time}:00+08:00`);
const faults = (world: TestWorld, method: 'POST' | 'DELETE', body?: object) =>
  fetch(`${world.simulator.url}/simulator/faults`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
/** Messages of the bot are not taken; people are still heard. */
const silence = (world: TestWorld, kind: 'refuse' | 'drop-answer' = 'refuse') =>
  faults(world, 'POST', { kind, path: '/cgi-bin/message/send' });

/** A notice due on Thursday 26 March, of which its head was told before; the platform falls silent that morning. */
async function silentSince26() {
  const world = await openWorld();
  const [wang, head] = [world.person('王建国'), world.person('第二实验小学校长')];
  await wang.says('今天去了二实小,灭火器过期两个,限一周整改');
  await wang.sees(/督导记录待确认/);
  await wang.says('确认');
  await head.sees(/整改通知/);
  await liveTo(world, '03-20');
  await liveTo(world, '03-25');
  await head.sees(/近期到期/);
  await silence(world);
  return { world, wang, head };
}

/** Goes to that morning, waits until the planner has written for the day, and on until all of it is due. */
async function liveTo(world: TestWorld, day: string) {
  world.moveTo(at(day, '10:00'));
  await until(`the plan of ${day}`, async () => {
    const [row] = await world.app.store.query<{ on: string }>('select planned_on::text as on from office');
    return row?.on === `2026-${day}`;
  });
  world.moveTo(at(day, '10:05'));
}

const digests = (world: TestWorld, userId: string) =>
  world.app.store.query<{ state: string; why: string | null }>(
    `select state, why from outbox where call = 'digest' and recipient = $1 order by id desc limit 2`,
    [`user:${userId}`],
  );

test('two days of silence: one reminder, with today’s figures', async () => {
  const { world, head } = await silentSince26();
  await liveTo(world, '03-26');
  await liveTo(world, '03-27');
  await until('both wait', async () => (await digests(world, head.userId)).length === 2);
  await head.looksAway();
  await faults(world, 'DELETE');
  world.moveTo(at('03-27', '11:00'));
  const { text } = await head.sees(/近期到期/);
  expect(text).toMatch(/3月26日.*已过1天.*灭火器过期两个/u);
  await until('nothing waits', async () =>
    (await digests(world, head.userId)).every(({ state }) => state === 'sent' || state === 'refused'),
  );
  expect(await digests(world, head.userId)).toEqual([
    { state: 'sent', why: null },
    { state: 'refused', why: 'quiet.superseded' },
  ]);
  expect((await head.sawSince()).filter(({ text: later }) => /近期到期|已过|今天到期/u.test(later))).toEqual(
    [],
  );
});

test('the old reminder comes before the plan of a new day: it waits, so that one of the two tells all', async () => {
  const { world, head } = await silentSince26();
  await liveTo(world, '03-26');
  const { store } = world.app;
  const again = digestsAgain({
    store,
    now: () => at('03-27', '10:00'),
    rules: () => ({ policy: mustLoadPolicy(), rules: loadSettingRules() }),
  });
  const [row] = await store.query<{ officeId: string; about: DigestAbout }>(
    `select office_id as "officeId", payload->'about' as about from outbox
     where call = 'digest' and recipient = $1 order by id desc limit 1`,
    [`user:${head.userId}`],
  );
  if (!row) throw new Error('no reminder');
  expect(await again(row.officeId, row.about)).toBe('busy');
  await store.query(`update office set planned_on = '2026-03-27'`);
  expect(await again(row.officeId, row.about)).toMatchObject({ to: { userId: head.userId } });
});

test('what was handed in during the silence is not mentioned when it is over', async () => {
  const { world, wang, head } = await silentSince26();
  await liveTo(world, '03-26');
  await head.says('灭火器换完了');
  await head.says('确认');
  await until('it is handed in', async () => {
    const [row] = await world.app.store.query<{ state: string }>('select state from finding');
    return row?.state === 'submitted';
  });
  await head.looksAway();
  await faults(world, 'DELETE');
  world.moveTo(at('03-26', '15:00'));
  await wang.sees(/整改待复核/);
  await until(
    'the reminder is settled',
    async () => (await digests(world, head.userId))[0]?.state === 'refused',
  );
  expect((await digests(world, head.userId))[0]).toEqual({ state: 'refused', why: 'quiet.settled' });
  expect((await head.sawSince()).filter(({ text }) => /近期到期/u.test(text))).toEqual([]);
});

test('it is over at night: answers leave at once, the reminder on the next working morning', async () => {
  const { world, head } = await silentSince26();
  await liveTo(world, '03-27');
  await head.looksAway();
  await faults(world, 'DELETE');
  world.moveTo(at('03-27', '22:00'));
  await until('it is put off', async () => {
    const [row] = await world.app.store.query<{ state: string; at: Date; attempts: number }>(
      `select state, not_before as at, attempts from outbox where call = 'digest' and recipient = $1 order by id desc limit 1`,
      [`user:${head.userId}`],
    );
    return row?.state === 'pending' && row.attempts === 0 && row.at > at('03-30', '07:00');
  });
  await head.says('我的整改');
  await head.sees(/灭火器过期两个/);
  await head.neverSees(/已过/);
  await liveTo(world, '03-30');
  const { text } = await head.sees(/近期到期/);
  expect(text).toMatch(/3月26日.*已过4天/u);
});

test('one that left without an answer is the very same on its second try', async () => {
  const { world, head } = await silentSince26();
  await faults(world, 'DELETE');
  await head.looksAway();
  await silence(world, 'drop-answer');
  await liveTo(world, '03-26');
  await head.sees(/今天到期/);
  await until(
    'nobody knows whether it arrived',
    async () => (await digests(world, head.userId))[0]?.state === 'unknown',
  );
  await faults(world, 'DELETE');
  world.moveTo(at('03-26', '10:30'));
  await until('it is sent', async () => (await digests(world, head.userId))[0]?.state === 'sent');

  expect((await head.saw()).filter(({ text }) => /今天到期/u.test(text))).toHaveLength(1);
});
