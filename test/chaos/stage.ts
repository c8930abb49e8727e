// Two hundred people of the demo district who talk at once, and the count afterwards: nothing confirmed missing, nothing doubled.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { demoRoster } from '../../src/demo/people.ts';
import { createLog } from '../../src/log.ts';
import type { CorpInput, MessageView } from '../../src/simulator/api.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { migrate } from '../../src/store/migrations.ts';
import { createSealer } from '../../src/store/seal.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { type RosterPerson, schoolsByRole } from '../../src/supervision/roster/file.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { LEARNT_BUILT, shareLearnt } from '../support/learnt.ts';
import { person, readable, type TestPerson } from '../support/person.ts';
import { until } from '../support/until.ts';
import { type Bot, botProcess } from './bot.ts';
import { credentials, ownDatabase, PATIENCE_MS, passClaims } from './surroundings.ts';

const PEOPLE = 200;
/** Each of those who only ask asks so often. */
const QUESTIONS = 3;
/** Longer than any trouble here lasts: what the platform was told "no" or nothing, it brings again. */
const RETRIES = [300, 700, 1_500, ...Array.from({ length: 40 }, () => 2_000)];
const log = createLog({ level: 'silent' });

export interface Stage {
  bot: Bot;
  simulator: Simulator;
  /** The process that works, when it is one of its own. */
  worker: Bot | null;
  database: { stop(): Promise<void>; start(): Promise<void>; url(): string };
  dataDir: string;
  /** Everybody says what they have to say. Resolves when the last got her last reply. */
  talk(): Promise<void>;
  /** To be called when all who send were killed: ends their claims, which else lasted for a minute. */
  passClaims(): Promise<void>;
  /** How many messages the bot has taken (HTTP 200) so far. */
  taken(): number;
  count(): Promise<void>;
}

export interface StageOptions {
  env?: Record<string, string>;
  /** More of the corp, and what the bot is told of it. */
  corp?: Partial<CorpInput>;
  envFor?(simulator: Simulator): Record<string, string>;
  /** One process serves, another works; otherwise one does both. */
  apart?: boolean;
  /** Called with the data folder before the bot starts. */
  prepared?(dataDir: string): Promise<void>;
}

export async function openStage({
  env = {},
  corp,
  envFor,
  apart,
  prepared,
}: StageOptions = {}): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dudao-chaos-'));
  shareLearnt(dataDir, LEARNT_BUILT);
  const database = await ownDatabase(join(dataDir, 'database'));
  const account = credentials();
  const roster = demoRoster();
  await prepare(database.url(), account.APP_SECRET);
  const simulator = await startSimulator({
    port: 0,
    clock: movableClock(),
    retryDelaysMs: RETRIES,
    limits: { memberPerMinute: 1_000 },
    corp: {
      corpId: account.WECOM_CORP_ID,
      apps: [{ agentId: Number(account.WECOM_AGENT_ID), name: 'app', secret: account.WECOM_SECRET }],
      people: roster.people.map(({ userid, name }) => ({ userId: userid, name })),
      ...corp,
    },
    log,
  });
  const settings = {
    ...account,
    DATABASE_URL: database.url(),
    DATA_DIR: dataDir,
    WECOM_API_BASE: simulator.apiBase,
    ...env,
    ...envFor?.(simulator),
  };
  const bot = await botProcess(settings, apart ? 'serve' : 'start');
  const worker = apart ? await botProcess(settings, 'work') : null;
  onTestFinished(async () => {
    await worker?.stop();
    await bot.stop();
    await simulator.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await prepared?.(dataDir);
  await bot.start();
  await worker?.start();
  const callback = await simulator.setCallback({
    callbackUrl: `${bot.url}/wecom/main/callback`,
    token: account.WECOM_TOKEN,
    encodingAesKey: account.WECOM_ENCODING_AES_KEY,
  });
  expect(callback).toMatchObject({ ok: true });

  const schools = new Map(roster.schools.map(({ code, name }) => [code, name]));
  const inspectors = roster.people.filter((one) => schoolOf(one, schools) !== undefined);
  const others = roster.people
    .filter(({ roles }) => roles.includes('principal'))
    .slice(0, PEOPLE - inspectors.length);
  const as = ({ userid }: RosterPerson) => person(simulator.url, userid, { patienceMs: PATIENCE_MS });
  let taken = 0;
  const said = async (act: Promise<{ outcome: string }>) => {
    const { outcome } = await act;
    expect(outcome).toMatch(/^(answered|empty)$/);
    taken += 1;
  };
  return {
    bot,
    simulator,
    worker,
    database,
    dataDir,
    passClaims: () => passClaims(database.url()),
    taken: () => taken,
    async talk() {
      await Promise.all([
        ...inspectors.map((one) => records(simulator, as(one), schoolOf(one, schools) ?? '', said)),
        ...others.map((one) => asks(simulator, as(one), said)),
      ]);
    },
    count: () => counted(database.url(), { simulator, inspectors, others, taken }),
  };
}

type Said = (act: Promise<{ outcome: string }>) => Promise<void>;

/** The first school that somebody is responsible for, by its full name. */
function schoolOf(one: RosterPerson, schools: ReadonlyMap<string, string>): string | undefined {
  const [code] = schoolsByRole(one).get('inspector') ?? [];
  return code ? schools.get(code) : undefined;
}

const CARD = /督导记录待确认/;
const DONE = /已登记/;
const HELP = /我可以帮您/;
/** What the head of a visited school is told of the visit. */
const FEEDBACK = /督导反馈/;

/** An inspector's story: one sentence, the card, a tap, and the word that it is on record. */
async function records(
  simulator: Simulator,
  inspector: TestPerson,
  school: string,
  said: Said,
): Promise<void> {
  const day = new Date(Date.now() - 2 * 86_400_000);
  const date = `${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
  await said(inspector.says(`${date}去了${school},没发现问题`));
  await shows(simulator, inspector, CARD, 1);
  await said(inspector.taps('yes'));
  await shows(simulator, inspector, DONE, 1);
}

async function asks(simulator: Simulator, somebody: TestPerson, said: Said): Promise<void> {
  for (let n = 1; n <= QUESTIONS; n += 1) {
    await said(somebody.says('帮助'));
    await shows(simulator, somebody, HELP, n);
  }
}

/** What she has on her phone. The simulator runs in this process: asked by HTTP, two hundred who look again and again take half a core. */
async function shows(
  simulator: Simulator,
  { userId }: TestPerson,
  pattern: RegExp,
  times: number,
): Promise<void> {
  const fitting = () => seenBy(simulator, userId).filter((text) => pattern.test(text)).length;
  await until(`${userId}: ${pattern} (${times})`, () => fitting() >= times, PATIENCE_MS, 100);
}

interface Cast {
  simulator: Simulator;
  inspectors: RosterPerson[];
  others: RosterPerson[];
  taken: number;
}

/** Every message that was taken is there once, had one effect, and brought one reply. */
async function counted(url: string, { simulator, inspectors, others, taken }: Cast): Promise<void> {
  const store = await openStore({ url, poolSize: 2 });
  try {
    expect(taken).toBe(2 * inspectors.length + QUESTIONS * others.length);
    const one = async (sql: string) => (await store.query<{ n: number }>(sql))[0]?.n;
    expect(await one('select count(*) as n from inbox')).toBe(taken);
    expect(await one('select count(*) as n from visit')).toBe(inspectors.length);
    expect(await one('select count(distinct inspector_id) as n from visit')).toBe(inspectors.length);
    await until(
      'the outbox to be empty',
      async () =>
        (await one(`select count(*) as n from outbox where state in ('pending', 'sending', 'unknown')`)) ===
        0,
      PATIENCE_MS,
    );
    const lost = `select count(*) as n from outbox where state = 'refused' and why not like 'quiet.%'`;
    expect(await one(lost)).toBe(0);
  } finally {
    await store.close();
  }
  for (const { userid } of inspectors) {
    const seen = seenBy(simulator, userid);
    expect(
      seen.filter((text) => CARD.test(text)),
      userid,
    ).toHaveLength(1);
    expect(
      seen.filter((text) => DONE.test(text)),
      userid,
    ).toHaveLength(1);
  }
  for (const { userid } of others) {
    const seen = seenBy(simulator, userid);
    const replies = seen.filter((text) => HELP.test(text));
    const told = seen.filter((text) => FEEDBACK.test(text));
    expect(replies, userid).toHaveLength(QUESTIONS);
    expect(told.length, userid).toBeLessThanOrEqual(1);
    expect(replies.length + told.length, userid).toBe(seen.length);
  }
}

const seenBy = (simulator: Simulator, userId: string): string[] =>
  simulator
    .seen(userId)
    .filter(({ from }: MessageView) => from !== 'me')
    .map(readable);

async function prepare(url: string, secret: string): Promise<void> {
  await migrate(url);
  const store: Store = await openStore({ url, poolSize: 2 });
  try {
    await importRoster(store, demoRoster(), { now: new Date(), sealer: createSealer(secret, 'phone') });
  } finally {
    await store.close();
  }
}
