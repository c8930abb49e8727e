// An office with its groups on a real platform: what is planned is sent at once, and what the platform has is asked of the platform.
import { onTestFinished } from 'vitest';
import { groups } from '../../src/app/groups.ts';
import { createDelivery } from '../../src/delivery/drain.ts';
import { dueRecipients } from '../../src/delivery/outbox.ts';
import { planGroups } from '../../src/jobs/groups.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import type { Store } from '../../src/store/store.ts';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { NO_FILES, silent } from './cast.ts';
import { freshDatabase } from './database.ts';
import { noDigests } from './no-digests.ts';
import { type Office, openOffice, shippedTalk } from './office.ts';
import { fixtureRoster } from './world.ts';

const AGENT = 1000007;

export interface GroupStage {
  office: Office;
  store: Store;
  platform: Simulator;
  client: WecomClient;
  /** Plans and sends until nothing is due any more. */
  settle(): Promise<void>;
  /** User ids that the platform has in a group, sorted. */
  inGroup(name: string): Promise<string[]>;
  /** How often a path of the platform was called. */
  calls(path: string): Promise<number>;
  /** A change of the roster, as every change of it: the version goes up with it. */
  changes(sql: string, values?: unknown[]): Promise<void>;
}

export async function openGroups(): Promise<GroupStage> {
  const { store } = await freshDatabase();
  const office = await openOffice(store);
  const { clock } = office;
  const platform = await startSimulator({
    port: 0,
    clock,
    corp: {
      corpId: 'ww0123456789abcdef',
      apps: [
        { agentId: AGENT, name: 'dudao', secret: 'the-secret', callbackUrl: 'http://127.0.0.1:9/callback' },
      ],
      people: fixtureRoster().people.map(({ userid, name }) => ({ userId: userid, name })),
    },
    log: { info() {}, warn() {} },
  });
  onTestFinished(() => platform.close());
  const client = createWecomClient({
    base: platform.apiBase,
    timeoutMs: 1_000,
    corpId: 'ww0123456789abcdef',
    agentId: AGENT,
    secret: 'the-secret',
    tokens: memoryTokenStore(),
    now: clock.now,
  });
  const delivery = createDelivery({
    ...{ store, files: NO_FILES, now: clock.now, log: silent },
    clientFor: () => client,
    random: () => 0,
    wordDigest: noDigests,
  });
  const words = groups({ scripts: () => shippedTalk().scripts, locale: 'zh-CN', now: clock.now });

  return {
    office,
    store,
    platform,
    client,
    async settle() {
      const ended = async () =>
        (
          await store.query<{ n: number }>(
            `select count(*)::int as n from outbox where state in ('sent', 'refused', 'unsure')`,
          )
        )[0]?.n;
      let before = await ended();
      for (let quiet = 0; quiet < 2; ) {
        await planGroups({
          store,
          now: clock.now,
          log: silent,
          jobs: { ringAll: async () => true },
          ...words,
        });
        const due = await dueRecipients(store, clock.now(), 100);
        for (const { officeId, recipient } of due) await delivery.drain(officeId, recipient);
        const now = await ended();
        quiet = now === before ? quiet + 1 : 0;
        before = now;
      }
    },
    async inGroup(name) {
      const [row] = await store.query<{ chatId: string }>(
        'select chat_id as "chatId" from app_group where name = $1 order by id desc limit 1',
        [name],
      );
      return (await client.appchat.get(row?.chatId ?? '')).userlist.map((id) => id.toLowerCase()).sort();
    },
    async calls(path) {
      const answer = await platform.server.inject({ url: '/simulator/exchanges?limit=2000' });
      const { exchanges } = answer.json() as { exchanges: { path: string }[] };
      return exchanges.filter((one) => one.path.startsWith(path)).length;
    },
    async changes(sql, values = []) {
      await store.query(sql, values);
      await store.query('update office set roster_version = roster_version + 1');
    },
  };
}
