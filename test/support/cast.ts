// An office with as many receivers as a test wants, a platform that has them too, and the bot's sending side with its process that may die.
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { casts } from '../../src/app/casts.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { createDelivery } from '../../src/delivery/drain.ts';
import type { FileStore } from '../../src/delivery/files.ts';
import { dueRecipients, expireClaims } from '../../src/delivery/outbox.ts';
import { planNotices } from '../../src/jobs/notices.ts';
import type { CorpInput, FaultInput, MessageView } from '../../src/simulator/api.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { newId } from '../../src/store/ids.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import type { Audience } from '../../src/supervision/notices/audience.ts';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { freshDatabase } from './database.ts';
import { noDigests } from './no-digests.ts';
import { shippedTalk } from './office.ts';

export const silent = pino({ level: process.env.TEST_LOG ?? 'silent' });
const SECRET = 'the-secret-of-the-app';
const AGENT = 1000007;
export const INSPECTORS: Audience = { code: 'inspectors', kinds: [], areas: [], schools: [] };

/** The process was killed: nothing it does afterwards counts. */
export class Killed extends Error {}

export interface CastStage {
  store: Store;
  officeId: string;
  clock: MovableClock;
  platform: Simulator;
  userIds: string[];
  /** Writes a confirmed notice to all; gives its id. */
  notice(content?: string, receipt?: boolean): Promise<string>;
  /** Works until nothing is left to do or it is killed; `mortal` may throw Killed before or after any step. */
  work(mortal?: Mortal): Promise<void>;
  /** What each person was told, by the platform's own account. */
  seen(): Promise<Map<string, string[]>>;
  fault(fault: FaultInput): Promise<void>;
  noFaults(): Promise<void>;
}

/** Asked at each step that leaves a trace; throws Killed when the process is to die there. */
export interface Mortal {
  step(where: 'before' | 'after', what: 'transaction' | 'query' | 'send'): void;
}

export async function fillReceivers(
  store: Store,
  count: number,
): Promise<{ officeId: string; userIds: string[] }> {
  const officeId = newId();
  await store.query(`insert into office (id, slug, name, short) values ($1, 'big', '督导室', '督导室')`, [
    officeId,
  ]);
  return { officeId, userIds: await addInspectors(store, officeId, count) };
}

/** So many inspectors more, `P1` and so on; gives their user ids. */
export async function addInspectors(store: Store, officeId: string, count: number): Promise<string[]> {
  // In portions: one statement for all of them may outlast the pool's patience on a busy machine.
  for (let from = 1; from <= count; from += 5_000)
    await store.query(
      `insert into person (id, office_id, user_id, user_key, name, roles)
       select gen_random_uuid(), $1, 'P' || n, 'p' || n, '督学' || n, '{inspector}' from generate_series($2::int, $3::int) n`,
      [officeId, from, Math.min(from + 4_999, count)],
    );
  return Array.from({ length: count }, (_, n) => `P${n + 1}`);
}

export async function openCast({
  people,
  corp = {},
}: {
  people: number;
  corp?: Partial<CorpInput>;
}): Promise<CastStage> {
  const { store } = await freshDatabase();
  const { officeId, userIds } = await fillReceivers(store, people);
  const clock = movableClock(Date.parse('2026-03-19T10:00:00+08:00') - Date.now());
  const platform = await startSimulator({
    port: 0,
    clock,
    corp: {
      corpId: 'ww0123456789abcdef',
      apps: [{ agentId: AGENT, name: 'dudao', secret: SECRET, callbackUrl: 'http://127.0.0.1:9/callback' }],
      people: userIds.map((userId) => ({ userId, name: userId })),
      ...corp,
    },
    exchanges: { capacity: 200, bodies: false },
    log: { info() {}, warn() {} },
  });
  onTestFinished(() => platform.close());
  const ask = async <T>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<T> => {
    const answer = await platform.server.inject({ method, url, payload });
    if (answer.statusCode >= 400) throw new Error(`${url}: ${answer.body}`);
    return answer.json() as T; // what its own schemas say
  };

  return {
    store,
    officeId,
    clock,
    platform,
    userIds,
    async notice(content = '3月20日(周五)停水。', receipt = true) {
      const id = newId();
      const [author] = await store.query<{ id: string }>(
        'select id from person where office_id = $1 limit 1',
        [officeId],
      );
      await store.query(
        `insert into supervision_notice (id, office_id, author_id, audience, content, receipt, attachments, state, send_at, created_at)
         values ($1, $2, $3, $4, $5, $6, '{}', 'sending', $7, $7)`,
        [id, officeId, author?.id, JSON.stringify(INSPECTORS), content, receipt, clock.now()],
      );
      return id;
    },
    work: (mortal) => workOnce({ store, clock, client: clientOf(platform, clock), mortal }),
    async seen() {
      const words = ({ text, card }: MessageView) => text ?? card?.body.sub_title_text ?? '?';
      return new Map(userIds.map((userId) => [userId, platform.seen(userId).map(words)]));
    },
    fault: async (fault) => void (await ask('POST', '/simulator/faults', fault)),
    noFaults: async () => void (await ask('DELETE', '/simulator/faults')),
  };
}

const clientOf = (platform: Simulator, clock: MovableClock): WecomClient =>
  createWecomClient({
    base: platform.apiBase,
    timeoutMs: 5_000,
    corpId: 'ww0123456789abcdef',
    agentId: AGENT,
    secret: SECRET,
    tokens: memoryTokenStore(),
    now: clock.now,
  });

/** These notices carry no files. */
export const NO_FILES: FileStore = {
  put: () => Promise.reject(new Error('no files here')),
  get: () => Promise.resolve(undefined),
};

/** One life of a sending process: it plans and drains until nothing is due, or dies. */
export async function workOnce({
  store,
  clock,
  client,
  mortal,
}: {
  store: Store;
  clock: MovableClock;
  client: WecomClient;
  mortal?: Mortal | undefined;
}): Promise<void> {
  const own = mortal ? mortalStore(store, mortal) : store;
  const sending = mortal ? mortalClient(client, mortal) : client;
  const delivery = createDelivery({
    store: own,
    clientFor: () => sending,
    files: NO_FILES,
    now: clock.now,
    log: silent,
    random: () => 0,
    wordDigest: noDigests,
  });
  // Who died while sending has left a claim; time passes, and the sweep finds it.
  await store.query(
    `update outbox set claimed_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
  );
  await expireClaims(store, clock.now());
  const words = casts({ scripts: () => shippedTalk().scripts, locale: 'zh-CN', now: clock.now });
  await planNotices({
    store: own,
    now: clock.now,
    log: silent,
    jobs: { ringAll: async () => true },
    ...words,
  });
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const due = await dueRecipients(own, clock.now(), 100);
    if (due.length === 0) return;
    for (const { officeId, recipient } of due) await delivery.drain(officeId, recipient);
  }
}

function mortalStore(store: Store, mortal: Mortal): Store {
  return {
    ...store,
    async transaction(work) {
      mortal.step('before', 'transaction');
      const result = await store.transaction((tx: Tx) => work(tx));
      mortal.step('after', 'transaction');
      return result;
    },
    async query(text, values, name) {
      mortal.step('before', 'query');
      const rows = await store.query(text, values, name);
      mortal.step('after', 'query');
      return rows as never; // the caller's own type
    },
  };
}

function mortalClient(client: WecomClient, mortal: Mortal): WecomClient {
  return {
    ...client,
    async send(message) {
      mortal.step('before', 'send');
      const sent = await client.send(message);
      mortal.step('after', 'send');
      return sent;
    },
  };
}
