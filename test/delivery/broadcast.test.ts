// A notice to many, its sender killed at random moments: nobody is told twice, nobody left out, and each receiver's row says what became of her.
import { expect, test } from 'vitest';
import { Killed, type Mortal, openCast } from '../support/cast.ts';
import { randomOf } from '../support/random.ts';

/** Dies once at the n-th step; what a dead process still tries fails too. */
function dyingAt(n: number): Mortal {
  let left = n;
  let dead = false;
  return {
    step() {
      if (dead || --left <= 0) {
        dead = true;
        throw new Killed();
      }
    },
  };
}

const PEOPLE = Number(process.env.CAST_PEOPLE ?? 5_000);

test(`${PEOPLE} receivers, the sender killed at random moments: each is told exactly once`, async () => {
  const seed = Number(process.env.CAST_SEED ?? Date.now() % 100_000);
  const random = randomOf(seed);
  const stage = await openCast({ people: PEOPLE });
  const id = await stage.notice();
  let deaths = 0;
  for (let life = 0; life < 60; life += 1) {
    const ended = await stage.work(dyingAt(1 + Math.floor(random() * 18))).then(
      () => true,
      () => false,
    );
    if (ended) break;
    deaths += 1;
    stage.clock.moveTo(new Date(stage.clock.now().getTime() + 61_000));
  }
  stage.clock.moveTo(new Date(stage.clock.now().getTime() + 61_000));
  await stage.work();

  expect(deaths, `seed ${seed}`).toBeGreaterThan(3);
  const told = await stage.seen();
  // Its author hears one thing more, when so many deaths made it late: how it went. That is not the notice.
  const notice = (text: string) => text.startsWith('3月20日');
  const counts = [...told].filter(([, texts]) => texts.filter(notice).length !== 1);
  expect(counts, `seed ${seed}`).toEqual([]);
  const rows = await stage.store.query(
    `select state, count(*)::int as n from notice_receipt where notice_id = $1 group by state`,
    [id],
  );
  expect(rows, `seed ${seed}`).toEqual([{ state: 'sent', n: PEOPLE }]);
});

test('whom the platform cannot reach is kept by name, and the others are told', async () => {
  const stage = await openCast({
    people: 6,
    corp: {
      people: [
        { userId: 'P1', name: 'a' },
        { userId: 'p2', name: 'b' },
        { userId: 'P3', name: 'c', licensed: false },
        { userId: 'P4', name: 'd' },
        { userId: 'P5', name: 'e' },
      ],
    },
  });
  stage.userIds.splice(5, 1);
  const id = await stage.notice();
  await stage.work();
  const rows = await stage.store.query(
    `select user_key as key, state, why from notice_receipt where notice_id = $1 order by user_key`,
    [id],
  );
  expect(rows).toEqual([
    { key: 'p1', state: 'sent', why: null },
    { key: 'p2', state: 'sent', why: null },
    { key: 'p3', state: 'failed', why: 'unlicensed-user' },
    { key: 'p4', state: 'sent', why: null },
    { key: 'p5', state: 'sent', why: null },
    { key: 'p6', state: 'failed', why: 'invalid-user' },
  ]);
});

test.each([
  ['slow', { kind: 'slow', ms: 300 }, 1],
  ['limiting (45009)', { kind: 'errcode', errcode: 45009, path: '/cgi-bin/message/send', times: 2 }, 61],
  ['refusing the token', { kind: 'errcode', errcode: 40001, path: '/cgi-bin/message/send', times: 3 }, 61],
  ['down', { kind: 'refuse', times: 3 }, 20],
  ['silent after it took the message', { kind: 'drop-answer', path: '/cgi-bin/message/send', times: 1 }, 20],
] as const)('the platform is %s: everything arrives once, in its order', async (_, fault, seconds) => {
  const stage = await openCast({ people: 1_500 });
  await stage.fault(fault);
  await stage.notice('第一条通知。', false);
  await stage.work();
  await stage.notice('第二条通知。', false);
  for (let tries = 0; tries < 8; tries += 1) {
    await stage.work();
    stage.clock.moveTo(new Date(stage.clock.now().getTime() + seconds * 1_000));
  }
  const told = await stage.seen();
  const orders = new Set(
    [...told.values()].map((texts) => texts.map((text) => /第(.)条/u.exec(text)?.[1]).join('')),
  );
  expect([...orders]).toEqual(['一二']);
});
