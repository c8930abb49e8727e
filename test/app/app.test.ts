// The whole bot over the real wire: what the platform repeats, what the database misses, and how everything ends.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { operatorTexts } from '../../src/operator.ts';
import type { RawCallbackView } from '../../src/simulator/api.ts';
import { openSpoolFiles } from '../../src/store/spool.ts';
import { takeAway } from '../support/absence.ts';
import { PATIENCE_MS, until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world.ts';

function inspectorOf({ roster }: TestWorld): string {
  const found = roster.people.find(({ roles }) => roles.includes('inspector'));
  if (!found) throw new Error('the fixture office has no inspector');
  return found.userid;
}

function messageXml(world: TestWorld, content: string, msgId: string): string {
  const { wecom } = world.config;
  return (
    `<xml><ToUserName>${wecom?.corpId}</ToUserName><FromUserName>${inspectorOf(world)}</FromUserName>` +
    `<CreateTime>1766000000</CreateTime><MsgType>text</MsgType><Content>${content}</Content>` +
    `<MsgId>${msgId}</MsgId><AgentID>${wecom?.agentId}</AgentID></xml>`
  );
}

async function deliver(world: TestWorld, xml: string, copies: number): Promise<RawCallbackView['answers']> {
  const response = await fetch(`${world.simulator.url}/simulator/callbacks/raw`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ xml, copies }),
  });
  const view: RawCallbackView = await response.json();
  return view.answers;
}

async function rowsIn(world: TestWorld, table: 'inbox' | 'outbox' | 'conversation'): Promise<number> {
  const [row] = await world.app.store.query<{ n: number }>(`select count(*) as n from ${table}`);
  return row?.n ?? 0;
}

const ready = async (world: TestWorld) => {
  const response = await fetch(`${world.app.url}/readyz`);
  return { status: response.status, body: await response.json() };
};

test('one message delivered three times, at once and later, has one effect and the same reply', async () => {
  const world = await openWorld();
  const xml = messageXml(world, '帮助', '7001');
  const answers = [...(await deliver(world, xml, 3)), ...(await deliver(world, xml, 1))];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers[0]?.plain).toMatch(/<Content>/);
  expect(new Set(answers.map(({ plain }) => plain)).size).toBe(1);
  expect(await rowsIn(world, 'inbox')).toBe(1);
  const [talk] = await world.app.store.query<{ turns: number }>('select turns from conversation');
  expect(talk?.turns).toBe(1);
});

test('answered, kept once more by a process that then died, and still asked about: its reply is told apart, and not again', async () => {
  const world = await openWorld();
  const xml = messageXml(world, '帮助', '7002');
  const [answer] = await deliver(world, xml, 1);
  expect(answer?.plain).toMatch(/<Content>/);
  await world.app.close();

  const { config, clock } = world;
  const log = createLog({ level: 'silent' });
  const disk = await openSpoolFiles({ dir: join(config.dataDir, 'spool'), log });
  await disk.append({ office: config.office, xml, receivedAt: clock.now().toISOString() });
  await disk.close();
  const port = new URL(world.app.url ?? '').port;
  const texts = operatorTexts(config.locale);
  const env = { config: { ...config, port: Number(port) }, host: '127.0.0.1', part: 'all' as const };
  const app = await openApp({ ...env, clock, log, texts });
  onTestFinished(() => app.close());
  await until('the reply', () => heard(world).length === 1);
  const [again] = await deliver(world, xml, 1);
  expect([again?.status, again?.plain]).toEqual([200, null]);
  expect(heard(world)).toHaveLength(1);
});

/** A raw callback's own answer is shown to nobody. */
const heard = (world: TestWorld) =>
  world.simulator.seen(inspectorOf(world)).filter(({ from }) => from !== 'me');

describe('while the database is away', () => {
  test('messages are kept, readiness says so, and afterwards each has its one effect and its reply', async () => {
    const world = await openWorld();
    const inspector = world.person(inspectorOf(world));
    await inspector.says('帮助');
    await inspector.sees(/./);

    const absence = await takeAway(world.config.databaseUrl ?? '');
    const said = await Promise.all([1, 2, 3].map(() => inspector.says('我的学校')));
    expect(said.map(({ outcome }) => outcome)).toEqual(['empty', 'empty', 'empty']);
    expect(await ready(world)).toMatchObject({
      status: 503,
      body: { status: 'not-ready', databaseMs: null, spool: { entries: 3 } },
    });
    expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);
    expect((await ready(world)).body.reasons).toEqual(
      expect.arrayContaining(['database.unreachable', 'spool.waiting']),
    );

    await absence.end();
    await until(
      'all messages to be taken in',
      async () => (await rowsIn(world, 'inbox').catch(() => 0)) === 4,
    );
    await until('three replies', async () => (await inspector.saw()).length === 4);
    await until('readiness', async () => (await ready(world)).body.status === 'ready');
  });
});

test('it ends in order, gives its port back, and the next one goes on', async () => {
  const world = await openWorld();
  await world.person(inspectorOf(world)).says('帮助');
  const began = performance.now();
  await world.app.close();
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
  const probe = createServer().listen(Number(new URL(world.app.url ?? '').port), '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
});
