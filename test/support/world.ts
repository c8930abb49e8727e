// The whole bot and the whole platform in one test: the fixture office, a real database, the encrypted callback, the simulator.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { operatorTexts } from '../../src/operator.ts';
import type { CorpInput } from '../../src/simulator/api.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import type { Roster } from '../../src/supervision/roster/file.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { freshDatabase } from './database.ts';
import { shareLearnt } from './learnt.ts';
import { FIXTURE_NOW } from './office.ts';
import { person, type TestPerson } from './person.ts';
import { parseRoster } from './roster.ts';

export interface TestWorld {
  clock: MovableClock;
  app: App;
  config: Config;
  simulator: Simulator;
  roster: Roster;
  /** By name or by userid. */
  person(who: string): TestPerson;
  /** Moves the clock on and rings it, as the page's clock does. */
  moveTo(instant: Date): void;
}

const account = {
  WECOM_CORP_ID: 'ww0123456789fixture',
  WECOM_AGENT_ID: '1000007',
  WECOM_SECRET: 'secretofthefixture',
  WECOM_TOKEN: 'tokenofthefixture',
  WECOM_ENCODING_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
const robot = { name: '督导助手', secret: 'secretoftherobot' };
const byCallback = {
  WECOM_AIBOT_TOKEN: 'tokenoftherobot',
  WECOM_AIBOT_ENCODING_AES_KEY: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba',
};
const helper = {
  WECOM_CONTACTS_SECRET: 'secretofthehelper',
  WECOM_CONTACTS_TOKEN: 'tokenofthehelper',
  WECOM_CONTACTS_ENCODING_AES_KEY: '0123456789abcdefghijklmnopqrstuvwxyzABCDEFG',
};
export const AIBOT = 'AIBOTFIXTURE';
/** The working group of the second area, with the smart robot in it. */
export const GROUP = { chatId: 'areaTwo', members: ['李秀英', '张明', '小陈', '东关小学校长'] };

/** The key of the robot in the group of heads; it has the platform's shape. */
export const ROBOT_KEY = '693a91f6-7a4c-4bc4-97a0-0ec2af5aaa01';

export const fixtureRoster = (): Roster =>
  parseRoster(JSON.parse(readFileSync(new URL('fixture-roster.json', import.meta.url), 'utf8')));

/** Call it in a test or a hook; everything is closed when the test (or the file) ends. */
export async function openWorld(
  {
    now = FIXTURE_NOW,
    env = {},
    apps = [],
    aibot = 'callback',
  }: {
    now?: Date;
    env?: Record<string, string>;
    apps?: CorpInput['apps'];
    /** How the smart robot works. */
    aibot?: 'callback' | 'connection';
  } = {},
  atEnd: (close: () => Promise<void>) => void = (close) => onTestFinished(close),
): Promise<TestWorld> {
  const { url } = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'dudao-world-'));
  shareLearnt(dataDir);
  const roster = fixtureRoster();
  const clock = movableClock(now.getTime() - Date.now());
  const log = createLog({ level: 'error', to: 2 });
  const simulator = await startSimulator({
    port: 0,
    clock,
    retryDelaysMs: [20, 20, 20],
    aibotPollMs: 50,
    corp: {
      corpId: account.WECOM_CORP_ID,
      name: roster.office.name,
      apps: [
        {
          agentId: Number(account.WECOM_AGENT_ID),
          name: '督导助手',
          secret: account.WECOM_SECRET,
          token: account.WECOM_TOKEN,
          encodingAesKey: account.WECOM_ENCODING_AES_KEY,
        },
        ...apps,
      ],
      people: roster.people.map(({ userid, name }) => ({ userId: userid, name })),
      contactsSecret: helper.WECOM_CONTACTS_SECRET,
      aibots: [
        {
          aibotId: AIBOT,
          ...robot,
          token: byCallback.WECOM_AIBOT_TOKEN,
          encodingAesKey: byCallback.WECOM_AIBOT_ENCODING_AES_KEY,
        },
      ],
      groups: [
        {
          chatId: GROUP.chatId,
          name: '第二责任区工作群',
          members: GROUP.members.map(
            (name) => roster.people.find((one) => one.name === name)?.userid ?? name,
          ),
          aibots: [AIBOT],
        },
        // A group that people made, with a robot by webhook in it.
        { chatId: 'heads', name: '校长工作群', members: ['office-sun', 'head-s03', 'head-s04'] },
      ],
      robots: [{ key: ROBOT_KEY, name: '播报', chatId: 'heads' }],
    },
    log,
  });
  const config = readConfig({
    ...account,
    WECOM_AIBOT_NAME: robot.name,
    ...(aibot === 'callback'
      ? byCallback
      : { WECOM_AIBOT_ID: AIBOT, WECOM_AIBOT_SECRET: robot.secret, WECOM_AIBOT_URL: simulator.aibotUrl }),
    ...helper,
    PORT: '0',
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    OFFICE: roster.office.slug,
    WECOM_API_BASE: simulator.apiBase,
    APP_SECRET: 'a secret for tests only',
    ...env,
  });
  const app = await openApp({
    config,
    part: 'all',
    host: '127.0.0.1',
    clock,
    log,
    texts: operatorTexts(config.locale),
    beforeOpen: async ({ store, sealer }) => {
      await importRoster(store, roster, { now: new Date('2026-02-20T00:00:00Z'), sealer });
    },
  });
  clock.onMove(() => app.ringClock());
  await simulator.setCallback({
    callbackUrl: `${app.url}/wecom/${roster.office.slug}/callback`,
    token: account.WECOM_TOKEN,
    encodingAesKey: account.WECOM_ENCODING_AES_KEY,
  });
  if (aibot === 'callback') {
    const { note } = await simulator.setAibotCallback({
      aibotId: AIBOT,
      callbackUrl: `${app.url}/wecom/${roster.office.slug}/aibot`,
    });
    if (note !== 'URL verified') throw new Error(note);
  }
  const contacts = await simulator.setContactsCallback({
    callbackUrl: `${app.url}/wecom/${roster.office.slug}/contacts`,
    token: helper.WECOM_CONTACTS_TOKEN,
    encodingAesKey: helper.WECOM_CONTACTS_ENCODING_AES_KEY,
  });
  if (!contacts.ok) throw new Error(contacts.note);
  atEnd(async () => {
    await app.close();
    await simulator.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const idOf = (who: string) =>
    roster.people.find(({ name, userid }) => name === who || userid === who)?.userid;
  return {
    clock,
    app,
    config,
    simulator,
    roster,
    person(who) {
      const userId = idOf(who);
      if (!userId) throw new Error(`nobody in the fixture office is called ${who}`);
      return person(simulator.url, userId);
    },
    moveTo: (instant) => clock.moveTo(instant),
  };
}
