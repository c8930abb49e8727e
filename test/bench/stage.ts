// What the benches of turns stand on: a database with the demo district, a bot process on it, a platform that takes everything,
// and encrypted envelopes of what people say.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillDemo } from '../../src/demo/fill.ts';
import { demoRoster } from '../../src/demo/people.ts';
import { createLog } from '../../src/log.ts';
import { projectRoot } from '../../src/operator.ts';
import { createCredentialStore } from '../../src/store/credentials.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrations.ts';
import { createSealer } from '../../src/store/seal.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { type RosterPerson, schoolsByRole } from '../../src/supervision/roster/file.ts';
import { decodeAesKey, encrypt, signature } from '../../src/wecom/crypto.ts';
import type { Envelope } from './load.ts';

const SECRET = 'a secret of the bench';

/** One office's app. */
export interface Account {
  slug: string;
  corpId: string;
  agentId: number;
  token: string;
  encodingAesKey: string;
}

const account = (slug: string, agentId: number): Account => ({
  slug,
  corpId: 'ww0123456789abcdef',
  agentId,
  token: `benchtoken${agentId}`,
  encodingAesKey: randomBytes(32).toString('base64').slice(0, 43),
});
/** The office of the environment, and one that was added by command. */
export const MAIN = account('main', 7);
export const SOUTH = account('south', 8);

/** What people say, in the proportion of an ordinary morning: records, answers, questions, words that end a draft. */
const SAID = [
  '今天上午去了{school},灭火器过期两个,食堂留样没贴标签,限一周整改',
  '第二条当场就改了',
  '取消',
  '还差哪几所',
  '昨天去{school}看了看,没发现问题',
  '取消',
  '我的学校',
  '帮助',
];

export interface Stage {
  store: Store;
  /** The database's folder. */
  dir: string;
  bot: { process: ChildProcess; url: string };
  close(): Promise<void>;
}

/** `second`: another office of the same size beside the main one. `settings`: PostgreSQL's own. */
export async function openStage({
  settings = {},
  second = false,
}: {
  settings?: Record<string, string>;
  second?: boolean;
}): Promise<Stage> {
  const main = join(projectRoot, 'dist/main.js');
  if (!existsSync(main)) throw new Error('The bench measures what is built: run `npm run build` first.');
  const dir = await mkdtemp(join(tmpdir(), 'dudao-bench-'));
  const database = await startEmbedded({ dataDir: dir, log: createLog({ level: 'warn', to: 2 }), settings });
  const store = await openStore({ url: database.url, poolSize: 16 });
  await migrate(store.pool);
  const sealer = createSealer(SECRET, 'phone');
  await fillDemo(store, { now: new Date(), sealer, slug: MAIN.slug });
  if (second) {
    await fillDemo(store, { now: new Date(), sealer, slug: SOUTH.slug });
    await addOffice(store, SOUTH);
  }
  const api = await silentPlatform();
  const bot = await startBot(main, dir, database.url, api.url);
  return {
    store,
    dir,
    bot,
    async close() {
      bot.process.kill('SIGTERM');
      await new Promise((resolve) => bot.process.once('exit', resolve));
      api.close();
      await store.close();
      await database.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function addOffice(store: Store, { slug, corpId, agentId, ...keys }: Account): Promise<void> {
  const [office] = await store.query<{ id: string }>('select id from office where slug = $1', [slug]);
  const secrets = {
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: 'bench',
    WECOM_TOKEN: keys.token,
    WECOM_ENCODING_AES_KEY: keys.encodingAesKey,
  };
  const put = { officeId: office?.id ?? '', corpId, agentId, secrets, now: new Date() };
  await store.transaction((tx) => createCredentialStore(store, SECRET).put(tx, put));
}

/**
 * Every message is another one, of the next person, and really encrypted. Each person goes through what people say in its
 * order, the next one a step ahead of the one before: in an office nobody waits until all others have said the same.
 */
export function makeEnvelopes(count: number, of: Account = MAIN): Envelope[] {
  const roster = demoRoster(of.slug);
  const schools = new Map(roster.schools.map((school) => [school.code, school.name]));
  const inspectors = roster.people.filter((person) => person.roles.includes('inspector'));
  const firstSchool = (person: RosterPerson | undefined) =>
    person ? (schools.get(schoolsByRole(person).get('inspector')?.[0] ?? '') ?? '') : '';
  const key = decodeAesKey(of.encodingAesKey);
  return Array.from({ length: count }, (_, index) => {
    const person = inspectors[index % inspectors.length];
    const step = Math.floor(index / inspectors.length) + (index % inspectors.length);
    const said = SAID[step % SAID.length] ?? '帮助';
    const text = said.replace('{school}', firstSchool(person));
    const seconds = Math.floor(Date.now() / 1000);
    const xml = `<xml><ToUserName>${of.corpId}</ToUserName><FromUserName>${person?.userid}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${randomBytes(7).readUIntBE(0, 6)}${index}</MsgId><AgentID>${of.agentId}</AgentID></xml>`;
    const encrypted = encrypt({ key, receiveId: of.corpId, message: xml });
    const [timestamp, nonce] = [String(seconds), String(index)];
    const query = new URLSearchParams({
      msg_signature: signature(of.token, timestamp, nonce, encrypted),
      timestamp,
      nonce,
    });
    return {
      path: `/wecom/${of.slug}/callback?${query}`,
      body: `<xml><ToUserName>${of.corpId}</ToUserName><AgentID>${of.agentId}</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    };
  });
}

/** A platform that takes everything at once: this bench is about turns, not about delivery. */
async function silentPlatform(): Promise<{ url: string; close(): void }> {
  const server: Server = createServer((request, answer) => {
    request.resume();
    answer.setHeader('content-type', 'application/json');
    answer.end(
      JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: 'bench', expires_in: 7200, msgid: 'm' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** As `npm start` starts it. */
const FLAGS = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--'));

async function startBot(main: string, dir: string, databaseUrl: string, api: string) {
  const process_ = spawn(
    process.execPath,
    [...FLAGS, ...(process.env.BENCH_NODE ?? '').split(' ').filter(Boolean), main, 'serve'],
    {
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        DATA_DIR: join(dir, 'bot'),
        DATABASE_URL: databaseUrl,
        WECOM_API_BASE: api,
        WECOM_CORP_ID: MAIN.corpId,
        WECOM_AGENT_ID: String(MAIN.agentId),
        WECOM_SECRET: 'bench',
        WECOM_TOKEN: MAIN.token,
        WECOM_ENCODING_AES_KEY: MAIN.encodingAesKey,
        APP_SECRET: SECRET,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    process_.stdout.on('data', (chunk: Buffer) => {
      printed += chunk;
      const found = /http:\/\/[\w.]+:\d+/.exec(printed)?.[0];
      if (found) resolve(found);
    });
    process_.once('exit', () => reject(new Error(`the bot did not start: ${printed}`)));
  });
  return { process: process_, url };
}
