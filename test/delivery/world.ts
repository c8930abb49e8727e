import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { createDelivery, type Delivery, type DeliveryDeps } from '../../src/delivery/drain.ts';
import { type FileStore, folderFiles } from '../../src/delivery/files.ts';
import { type NewOutboxRow, putRows } from '../../src/delivery/outbox.ts';
import type { CorpInput, FaultInput, MessagesView, MessageView } from '../../src/simulator/api.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import type { Store } from '../../src/store/store.ts';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { createRobot, type Robot } from '../../src/wecom/webhook.ts';
import { freshDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { noDigests } from '../support/no-digests.ts';

export const silent = pino({ level: process.env.TEST_LOG ?? 'silent' });
export const officeId = '018f0000-0000-7000-8000-000000000001';
const SECRET = 'the-secret-of-the-app';
const AGENT = 1000007;

const corp: CorpInput = {
  corpId: 'ww0123456789abcdef',
  apps: [{ agentId: AGENT, name: 'dudao', secret: SECRET, callbackUrl: 'http://127.0.0.1:9/callback' }],
  people: [
    { userId: 'LiSi', name: 'Li' },
    { userId: 'wang', name: 'Wang' },
    { userId: 'unlicensed', name: 'Zhao', licensed: false },
    { userId: 'hidden', name: 'Sun', hiddenFrom: [AGENT] },
  ],
  groups: [{ chatId: 'room', name: 'Room', members: ['LiSi', 'wang'] }],
  robots: [{ key: 'robot-key', name: 'robot', chatId: 'room' }],
  accounts: 1_000,
};

export interface Row {
  key: string;
  state: string;
  why: string | null;
  errcode: number | null;
  attempts: number;
  msgid: string | null;
  responseCode: string | null;
  waitMs: number;
}

export interface World {
  store: Store;
  databaseUrl: string;
  clock: MovableClock;
  platform: Simulator;
  client: WecomClient;
  robot: Robot;
  files: FileStore;
  delivery: Delivery;
  /** Another process that drains the same outbox. */
  another(deps?: Partial<DeliveryDeps>): Delivery;
  put(...rows: Partial<NewOutboxRow>[]): Promise<void>;
  /** A text to li, under its own words as key. */
  say(...texts: string[]): Promise<void>;
  drain(recipient?: string): Promise<number | undefined>;
  row(key: string): Promise<Row>;
  sees(userId?: string): Promise<MessageView[]>;
  /** The texts that a person has got, in order. */
  reads(userId?: string): Promise<string[]>;
  fault(fault: FaultInput): Promise<void>;
  noFaults(): Promise<void>;
  /** How often this path of the API was called. */
  calls(path: string): Promise<number>;
}

export async function openWorld(settings: { timeoutMs?: number } = {}): Promise<World> {
  const { store, url: databaseUrl } = await freshDatabase();
  const clock = movableClock();
  const platform = await startSimulator({ port: 0, clock, corp, log: { info() {}, warn() {} } });
  onTestFinished(() => platform.close());
  const wire = { base: platform.apiBase, timeoutMs: settings.timeoutMs ?? 5_000 };
  const client = createWecomClient({
    ...wire,
    corpId: corp.corpId,
    agentId: AGENT,
    secret: SECRET,
    tokens: memoryTokenStore(),
    now: clock.now,
  });
  const robot = createRobot({ ...wire, key: 'robot-key' });
  const folder = testFolder();
  const files = folderFiles(folder);
  const deps: DeliveryDeps = {
    store,
    clientFor: () => client,
    files,
    robotFor: async (_, name) => (name === 'group' ? robot : undefined),
    now: clock.now,
    log: silent,
    random: () => 0,
    wordDigest: noDigests,
  };
  const delivery = createDelivery(deps);
  const ask = async <T>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<T> => {
    const answer = await platform.server.inject({ method, url, payload });
    if (answer.statusCode >= 400) throw new Error(`${url}: ${answer.body}`);
    return answer.json() as T; // what its own schemas say
  };

  const put = (...rows: Partial<NewOutboxRow>[]) =>
    store.transaction((tx) =>
      putRows(
        tx,
        rows.map((row) => ({
          officeId,
          key: 'k',
          recipient: 'user:lisi',
          call: 'message',
          payload: text(row.key ?? 'k'),
          notBefore: clock.now(),
          ...row,
        })),
      ),
    );
  const sees = async (userId = 'LiSi') =>
    (await ask<MessagesView>('GET', `/simulator/people/${userId}/messages?after=0`)).messages;
  return {
    store,
    databaseUrl,
    clock,
    platform,
    client,
    robot,
    files,
    delivery,
    another: (other) => createDelivery({ ...deps, ...other }),
    put,
    say: (...texts) => put(...texts.map((key) => ({ key }))),
    drain: (recipient = 'user:lisi') => delivery.drain(officeId, recipient),
    async row(key) {
      const [row] = await store.query<Row>(
        `select key, state, why, errcode, attempts, msgid, response_code as "responseCode",
           (extract(epoch from not_before - $2::timestamptz) * 1000)::float8 as "waitMs"
         from outbox where key = $1`,
        [key, clock.now()],
      );
      if (!row) throw new Error(`no row ${key}`);
      return row;
    },
    sees,
    reads: async (userId) => (await sees(userId)).map((m) => m.text ?? m.msgType),
    fault: async (fault) => void (await ask('POST', '/simulator/faults', fault)),
    noFaults: async () => void (await ask('DELETE', '/simulator/faults')),
    async calls(path) {
      const { exchanges } = await ask<{ exchanges: { path: string }[] }>(
        'GET',
        '/simulator/exchanges?limit=1000',
      );
      return exchanges.filter((e) => e.path.startsWith(path)).length;
    },
  };
}

export const text = (content: string) => ({ msgtype: 'text', text: { content } });
export const SEND = '/cgi-bin/message/send';

export const card = (taskId: string) => ({
  msgtype: 'template_card',
  template_card: {
    card_type: 'button_interaction',
    main_title: { title: 'Sign?' },
    task_id: taskId,
    button_list: [{ text: 'Sign', style: 1, key: 'sign' }],
  },
});

/** A photo that somebody sent, on its way here; by its id. */
export async function pendingAttachment(
  { store }: World,
  mediaId: string,
  createdAt = new Date(),
): Promise<string> {
  const [id, personId] = [randomUUID(), randomUUID()];
  await store.query(
    `insert into office (id, slug, name, short) values ($1, 'main', 'o', 'o') on conflict do nothing`,
    [officeId],
  );
  await store.query(
    `insert into person (id, office_id, user_id, user_key, name, roles) values ($1::uuid, $2, $1::text, $1::text, 'Li', '{}')`,
    [personId, officeId],
  );
  await store.query(
    `insert into attachment (id, office_id, person_id, kind, media_id, created_at) values ($1, $2, $3, 'image', $4, $5)`,
    [id, officeId, personId, mediaId, createdAt],
  );
  return id;
}
