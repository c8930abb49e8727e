// A notice to a hundred thousand, its bot killed at random moments: what each person saw is compared with what was sent, one by one.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { demoRoster } from '../../src/demo/people.ts';
import { createLog } from '../../src/log.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { migrate } from '../../src/store/migrations.ts';
import { createSealer } from '../../src/store/seal.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { addInspectors } from '../support/cast.ts';
import { LEARNT_BUILT, shareLearnt } from '../support/learnt.ts';
import { person, readable } from '../support/person.ts';
import { randomOf } from '../support/random.ts';
import { until } from '../support/until.ts';
import { type Bot, botProcess } from './bot.ts';
import { credentials, ownDatabase, PATIENCE_MS, passClaims } from './surroundings.ts';

const PEOPLE = Number(process.env.CAST_PEOPLE ?? 100_000);
/** The platform takes so many in one call (90236). */
const CALLS = Math.ceil(PEOPLE / 1_000);
const KILLS = 4;
/** The platform's answer: long enough that a kill often finds a call on its way. */
const ANSWER_MS = 40;
const WORDS = '请查看本学期督导要点。';

test(`${PEOPLE} receivers, the bot killed ${KILLS} times at random moments: each sees the notice exactly once`, {
  timeout: 1_200_000,
}, async () => {
  const seed = Number(process.env.CAST_SEED ?? Date.now() % 100_000);
  const random = randomOf(seed);
  const { bot, simulator, store, userIds, databaseUrl } = await openStage();
  const clerk = person(simulator.url, 'office-chen', { patienceMs: PATIENCE_MS });
  await clerk.says(`通知各位督学:${WORDS}收到请确认`);
  await clerk.sees(new RegExp(`通知待发.*${PEOPLE}人`, 's'));
  // At night it would wait for the morning.
  await clerk.says('现在就发');
  await clerk.sees(/确认后立即发送/);
  await simulator.server.inject({
    method: 'POST',
    url: '/simulator/faults',
    payload: { kind: 'slow', path: '/cgi-bin/message/send', ms: ANSWER_MS },
  });
  await clerk.taps('yes');

  // Half of the way is planning, half sending, and the last calls are left out, or it would be through before it is killed;
  // a little chance more falls between two steps.
  const moments = Array.from({ length: KILLS }, () => 1 + random() * 1.9 * (CALLS - 1)).sort((a, b) => a - b);
  const deaths: { planned: number; sent: number; underWay: number }[] = [];
  for (const moment of moments) {
    await until(
      `${Math.round(moment)} steps`,
      async () => steps(await progress(store)) >= moment,
      PATIENCE_MS,
    );
    await wait(random() * 3 * ANSWER_MS);
    await bot.kill();
    deaths.push(await progress(store));
    await passClaims(databaseUrl);
    await bot.start();
  }
  const played = `seed ${seed}, killed at ${JSON.stringify(deaths)}`;
  await until('the whole notice to be out', async () => (await progress(store)).sent === CALLS, PATIENCE_MS);
  for (const { sent } of deaths) expect(sent, played).toBeLessThan(CALLS);

  const wrong: { userId: string; saw: string[] }[] = [];
  for (const userId of userIds) {
    const saw = seenBy(simulator, userId);
    if (saw.length !== 1 || !saw[0]?.includes(WORDS)) wrong.push({ userId, saw });
  }
  expect(wrong, played).toEqual([]);
  const rows = await store.query(
    `select state, wanted, count(*)::int as n, count(distinct person_id)::int as people from notice_receipt group by 1, 2`,
  );
  expect(rows, played).toEqual([{ state: 'sent', wanted: true, n: PEOPLE, people: PEOPLE }]);

  // And the office hears of all of them, none left out.
  await clerk.says('谁还没回执');
  await clerk.sees(new RegExp(`已送达${PEOPLE}人`));
  expect(await bot.stop()).toBe(0);
});

/** The simulator runs in this process: a hundred thousand questions by HTTP would take longer than the notice. */
function seenBy(simulator: Simulator, userId: string): string[] {
  return simulator.seen(userId).map(readable);
}

const steps = ({ planned, sent }: { planned: number; sent: number }) => planned + sent;

/** How many chunks are planned, how many calls have ended, how many are under way. */
async function progress(store: Store): Promise<{ planned: number; sent: number; underWay: number }> {
  const [row] = await store.query<{ planned: number; sent: number; underWay: number }>(
    `select coalesce(max(chunks), 0)::int as planned,
       (select count(*) from outbox where recipient = 'cast:all' and state = 'sent')::int as sent,
       (select count(*) from outbox where recipient = 'cast:all' and state = 'sending')::int as "underWay"
     from supervision_notice`,
  );
  if (!row) throw new Error('no count');
  return row;
}

interface Stage {
  bot: Bot;
  simulator: Simulator;
  store: Store;
  databaseUrl: string;
  userIds: string[];
}

/** The district's office, and no inspectors but so many of the test's own. */
async function openStage(): Promise<Stage> {
  const log = createLog({ level: 'silent' });
  const dataDir = await mkdtemp(join(tmpdir(), 'dudao-chaos-'));
  shareLearnt(dataDir, LEARNT_BUILT);
  const database = await ownDatabase(join(dataDir, 'database'));
  const account = credentials();
  await migrate(database.url());
  const store = await openStore({ url: database.url(), poolSize: 2 });
  const district = demoRoster();
  const people = district.people.filter(({ roles }) => roles.includes('office'));
  const { officeId } = await importRoster(
    store,
    { ...district, people },
    { now: new Date(), sealer: createSealer(account.APP_SECRET, 'phone') },
  );
  const userIds = await addInspectors(store, officeId, PEOPLE);
  const simulator = await startSimulator({
    port: 0,
    clock: movableClock(),
    corp: {
      corpId: account.WECOM_CORP_ID,
      apps: [{ agentId: Number(account.WECOM_AGENT_ID), name: 'app', secret: account.WECOM_SECRET }],
      people: [
        ...people.map(({ userid, name }) => ({ userId: userid, name })),
        ...userIds.map((userId) => ({ userId, name: userId })),
      ],
    },
    exchanges: { capacity: 200, bodies: false },
    log,
  });
  const bot = await botProcess({
    ...account,
    DATABASE_URL: database.url(),
    DATA_DIR: dataDir,
    WECOM_API_BASE: simulator.apiBase,
  });
  onTestFinished(async () => {
    await bot.stop();
    await store.close();
    await simulator.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await bot.start();
  const callback = await simulator.setCallback({
    callbackUrl: `${bot.url}/wecom/main/callback`,
    token: account.WECOM_TOKEN,
    encodingAesKey: account.WECOM_ENCODING_AES_KEY,
  });
  expect(callback).toMatchObject({ ok: true });
  return { bot, simulator, store, databaseUrl: database.url(), userIds };
}
