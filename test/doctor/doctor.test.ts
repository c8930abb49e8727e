// The doctor finds each fault by name, on the simulator's platform and on real stores, and finds nothing where all is well.
import { chmod, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Config, type Environment, readConfig } from '../../src/config.ts';
import type { Finding } from '../../src/doctor/check.ts';
import { examine } from '../../src/doctor/examine.ts';
import { checkFolder } from '../../src/doctor/stores.ts';
import { faultIn } from '../../src/jobs/redis.ts';
import { locales, operatorTexts } from '../../src/operator.ts';
import type { Simulator } from '../../src/simulator/server.ts';
import { emptyDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { CORP, platform, ROBOT } from '../support/platform.ts';
import { redisHere, testRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { GROUP, openWorld } from '../support/world.ts';

const corp = { ...CORP, APP_SECRET: 'a secret for tests only' };

const examined = (env: Environment, now?: () => Date) => examinedAs(readConfig(env), now);

async function examinedAs(config: Config, now = () => new Date()): Promise<Map<string, Finding>> {
  const findings = await examine(config, { now, scriptFaults: async () => 0 });
  // Every finding has its words, in every language.
  for (const { check, says } of findings) {
    const key = says.startsWith('doctor.') ? says : `doctor.${check}.${says}`;
    for (const locale of locales) expect(operatorTexts(locale).has(key), key).toBe(true);
    for (const locale of locales) expect(operatorTexts(locale).has(`doctor.name.${check}`), check).toBe(true);
  }
  return new Map(findings.map((finding) => [finding.check, finding]));
}

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on a port, so never a string
}

async function fault(simulator: Simulator, kind: object) {
  const response = await fetch(`${simulator.url}/simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(kind),
  });
  expect(response.ok).toBe(true);
}

test('a whole bot has no faults', async () => {
  const { config, app, clock } = await openWorld();
  const found = await examinedAs({ ...config, publicUrl: app.url }, () => clock.now());
  // The platform's clock is the test's, but its HTTP server dates by the machine's.
  const faults = [...found.values()].filter(({ state, check }) => state === 'fault' && check !== 'clock');
  expect(faults).toEqual([]);
  for (const check of ['database', 'migrations', 'roster', 'secret', 'agent', 'trusted-ip', 'callback']) {
    expect(found.get(check), check).toMatchObject({ state: 'ok' });
  }
  const { host } = new URL(app.url ?? '');
  const trusted = { check: 'trusted-domain', state: 'skipped', says: 'other', data: { host } };
  expect(found.get('trusted-domain')).toEqual(trusted);
  expect((await examinedAs(config, () => clock.now())).get('trusted-domain')).toMatchObject({ says: 'none' });
});

test('with nothing configured nothing is wrong, and what was not looked at is said', async () => {
  const found = await examined({});
  expect([...found.values()].filter(({ state }) => state === 'fault')).toEqual([]);
  expect(found.get('secret')).toMatchObject({ state: 'skipped' });
});

describe('the database', () => {
  test('is not there', async () => {
    const found = await examined({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/nothing' });
    expect(found.get('database')).toMatchObject({ state: 'fault', says: 'unreachable' });
    expect(found.get('migrations')).toMatchObject({ state: 'skipped' });
  });

  test('is empty', async () => {
    const { url } = await emptyDatabase();
    const found = await examined({ DATABASE_URL: url });
    expect(found.get('database')).toMatchObject({ state: 'ok' });
    expect(found.get('migrations')).toMatchObject({ says: 'pending' });
  });
});

test.runIf(redisHere() === 'own')('Redis that may drop jobs, and one that is gone', async () => {
  const redis = await testRedis();
  onTestFinished(() => redis.close());
  expect((await examined({ REDIS_URL: redis.url })).get('redis')).toMatchObject({ state: 'ok' });
  await redis.set('maxmemory-policy', 'allkeys-lru');
  expect((await examined({ REDIS_URL: redis.url })).get('redis')).toMatchObject({
    state: 'fault',
    says: 'policy',
    data: { policy: 'allkeys-lru' },
  });
  await redis.stop();
  expect((await examined({ REDIS_URL: redis.url })).get('redis')).toMatchObject({ says: 'unreachable' });
});

test.each([
  ['redis_version:5.0.14', /is version 5\.0\.14 and must be 6\.2/],
  ['redis_version:6.0.9\r\nmaxmemory_policy:noeviction', /is version 6\.0\.9/],
  ['redis_version:6.2.0\r\nmaxmemory_policy:noeviction', undefined],
  ['redis_version:8.0.1\r\nmaxmemory_policy:noeviction', undefined],
  ['redis_version:7.4.1\r\nmaxmemory_policy:volatile-lru', /volatile-lru/],
  ['', undefined],
])('what a Redis says of itself: %j', (info, says) => {
  if (says) expect(faultIn(info)).toMatch(says);
  else expect(faultIn(info)).toBeUndefined();
});

test('the data folder: there, still to be made, and a file in its way', async () => {
  const folder = testFolder();
  expect(await checkFolder(folder)).toMatchObject({ state: 'ok', says: 'ok' });
  expect(await checkFolder(join(folder, 'a', 'b'))).toMatchObject({ state: 'ok', says: 'new' });
  await writeFile(join(folder, 'file'), '');
  for (const inside of ['file', 'file/a/b'])
    expect(await checkFolder(join(folder, inside))).toMatchObject({
      ...{ state: 'fault', says: 'no-folder', data: { dataDir: join(folder, 'file') } },
    });
  const found = await examined({ DATA_DIR: join(folder, 'file') });
  expect(found.get('data-dir')).toMatchObject({ state: 'fault' });
});

// Root may write everywhere.
test.runIf(process.getuid?.() !== 0)('the data folder that belongs to another', async () => {
  const folder = testFolder();
  await chmod(folder, 0o555);
  expect(await checkFolder(join(folder, 'data'))).toMatchObject({ state: 'fault', says: 'not-writable' });
});

describe('the platform', () => {
  test('does not know the secret', async () => {
    const { apiBase } = await platform();
    const found = await examined({ ...corp, WECOM_SECRET: 'another', WECOM_API_BASE: apiBase });
    expect(found.get('secret')).toMatchObject({ state: 'fault', says: 'refused', data: { errcode: 40001 } });
    expect(found.get('agent')).toMatchObject({ state: 'skipped' });
  });

  test('knows the app by another number', async () => {
    const { apiBase } = await platform();
    const found = await examined({ ...corp, WECOM_AGENT_ID: '1000009', WECOM_API_BASE: apiBase });
    expect(found.get('agent')).toMatchObject({ state: 'fault', says: 'refused' });
  });

  test('does not trust this address, and says which it is', async () => {
    const simulator = await platform();
    await fault(simulator, { kind: 'untrusted-ip', path: '/cgi-bin/agent' });
    const found = await examined({ ...corp, WECOM_API_BASE: simulator.apiBase });
    expect(found.get('trusted-ip')).toMatchObject({ state: 'fault', data: { ip: '127.0.0.1' } });
  });

  test('is not there', async () => {
    const found = await examined({ ...corp, WECOM_API_BASE: 'http://127.0.0.1:9' });
    expect(found.get('secret')).toMatchObject({ state: 'fault', says: 'unreachable' });
  });

  test('is something else that answers', async () => {
    for (const status of [200, 404]) {
      const base = await listening((_request, response) => response.writeHead(status).end('{}'));
      const found = await examined({ ...corp, WECOM_API_BASE: base });
      expect(found.get('secret')).toMatchObject({ state: 'fault', says: 'unreachable', data: { base } });
    }
  });

  test('has another time', async () => {
    const { apiBase } = await platform();
    const found = await examined({ ...corp, WECOM_API_BASE: apiBase }, () => new Date(Date.now() + 600_000));
    expect(found.get('clock')).toMatchObject({ state: 'fault', says: 'skew' });
  });

  test('has corp ids of another form', async () => {
    const found = await examined({ ...corp, WECOM_CORP_ID: 'mycorp', WECOM_API_BASE: 'http://127.0.0.1:9' });
    expect(found.get('corp-id')).toMatchObject({ state: 'fault', says: 'odd' });
  });
});

test('the contact-sync helper: its secret reads ids, an app’s does not, and its address is tried with its own keys', async () => {
  const simulator = await platform({ contactsSecret: 'idsonly' });
  const withSecret = (WECOM_CONTACTS_SECRET: string) =>
    examined({ ...corp, WECOM_API_BASE: simulator.apiBase, WECOM_CONTACTS_SECRET });
  expect((await withSecret('idsonly')).get('contacts-secret')).toMatchObject({ state: 'ok' });
  expect((await withSecret(corp.WECOM_SECRET)).get('contacts-secret')).toMatchObject({
    state: 'fault',
    data: { errcode: 48002 },
  });
  const world = await openWorld();
  const config = { ...world.config, publicUrl: world.app.url };
  expect((await examinedAs(config, world.clock.now)).get('contacts-callback')).toMatchObject({ state: 'ok' });
  const keys = {
    ...world.config.contacts,
    callback: { token: 'another', encodingAesKey: corp.WECOM_ENCODING_AES_KEY },
  };
  const other = { ...config, contacts: { secret: null, ...keys } };
  expect((await examinedAs(other, world.clock.now)).get('contacts-callback')).toMatchObject({
    says: 'status',
  });
});

describe('the callback address', () => {
  const checked = async (publicUrl: string) => {
    const { apiBase } = await platform();
    return (await examined({ ...corp, WECOM_API_BASE: apiBase, PUBLIC_URL: publicUrl })).get('callback');
  };

  test('leads nowhere', async () => {
    expect(await checked('http://127.0.0.1:9')).toMatchObject({ state: 'fault', says: 'unreachable' });
  });
  test('leads to something else', async () => {
    const url = await listening((_request, response) => response.end('<html>welcome</html>'));
    expect(await checked(url)).toMatchObject({ state: 'fault', says: 'body' });
  });
  test('is refused or redirected on the way', async () => {
    for (const status of [403, 404, 302]) {
      const url = await listening((_request, response) =>
        response.writeHead(status, { location: '/' }).end(),
      );
      expect(await checked(url)).toMatchObject({ state: 'fault', says: 'status', data: { status } });
    }
  });
});

describe('a smart robot on a long connection', () => {
  const robot = { ...corp, ...ROBOT };

  test('is tried, and its faults are told apart', async () => {
    const simulator = await platform();
    const base = { ...robot, WECOM_API_BASE: simulator.apiBase, WECOM_AIBOT_URL: simulator.aibotUrl };
    expect((await examined(base)).get('aibot')).toMatchObject({ state: 'ok', says: 'connected' });
    const wrong = await examined({ ...base, WECOM_AIBOT_SECRET: 'another' });
    expect(wrong.get('aibot')).toMatchObject({ state: 'fault', says: 'refused' });
    // Another bot of this machine, without such a robot, is no reason to leave it untried.
    const { app } = await openWorld();
    const beside = { ...base, PORT: new URL(app.url ?? '').port, WECOM_AIBOT_SECRET: 'another' };
    expect((await examined(beside)).get('aibot')).toMatchObject({ state: 'fault', says: 'refused' });
    const away = await examined({ ...base, WECOM_AIBOT_URL: 'ws://127.0.0.1:9/aibot' });
    expect(away.get('aibot')).toMatchObject({ state: 'fault', says: 'unreachable' });
  });

  test('is left alone while the service holds it', async () => {
    const { config, simulator, person } = await openWorld({ aibot: 'connection' });
    const ask = () => person('李秀英').says('@督导助手 帮助', { chatId: `group:${GROUP.chatId}` });
    await until('the connection', async () => (await ask()).outcome === 'answered');
    const before = simulator.aibotsConnected();
    expect((await examinedAs(config)).get('aibot')).toMatchObject({ state: 'ok', says: 'in-use' });
    expect([before, simulator.aibotsConnected()]).toEqual([1, 1]);
    expect((await ask()).outcome).toBe('answered');
  });
});
