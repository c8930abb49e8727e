// Tokens are shared by processes, sealed at rest, and fetched by one at a time.
import { expect, test } from 'vitest';
import { createSealer } from '../../src/store/seal.ts';
import { openStore } from '../../src/store/store.ts';
import { createTokenStore } from '../../src/store/token-store.ts';
import type { TokenStore } from '../../src/wecom/token.ts';
import { freshDatabase } from '../support/database.ts';

const { store, url } = await freshDatabase();
const secret = 'a secret of this test, long enough';
const expiresAt = new Date('2026-11-02T03:00:00.000Z');

test('it is what the protocol room asks for, and two processes see the same token', async () => {
  const here: TokenStore = createTokenStore(store, secret);
  const otherStore = await openStore({ url });
  const there = createTokenStore(otherStore, secret);
  expect(await here.read('corp:1')).toBeNull();
  await here.write('corp:1', 'tok-1', expiresAt);
  expect(await there.read('corp:1')).toEqual({ token: 'tok-1', expiresAt });
  await there.write('corp:1', 'tok-2', expiresAt);
  expect(await here.read('corp:1')).toEqual({ token: 'tok-2', expiresAt });
  await otherStore.close();
});

test('the token cannot be read in the table, nor moved to another row, nor opened with another secret', async () => {
  const tokens = createTokenStore(store, secret);
  await tokens.write('corp:2', 'tok-secret', expiresAt);
  const [row] = await store.query<{ sealed: string }>(
    `SELECT sealed FROM platform_token WHERE name = 'corp:2'`,
  );
  expect(row?.sealed).toMatch(/^v1\.[\w-]+$/);
  await store.query(`UPDATE platform_token SET name = 'corp:3' WHERE name = 'corp:2'`);
  expect(await tokens.read('corp:3')).toBeNull();
  await tokens.write('corp:2', 'tok-secret', expiresAt);
  expect(await createTokenStore(store, 'another secret entirely').read('corp:2')).toBeNull();
});

test('of many in two processes, one fetches and the others take what it got', async () => {
  const otherStore = await openStore({ url });
  const both = [createTokenStore(store, secret), createTokenStore(otherStore, secret)];
  let fetched = 0;
  const get = (tokens: TokenStore) =>
    tokens.withLock('corp:4', async () => {
      const known = await tokens.read('corp:4');
      if (known) return known.token;
      fetched += 1;
      await tokens.write('corp:4', `tok-${fetched}`, expiresAt);
      return `tok-${fetched}`;
    });
  const got = await Promise.all(Array.from({ length: 24 }, (_, i) => get(both[i % 2] as TokenStore)));
  expect(new Set(got)).toEqual(new Set(['tok-1']));
  await otherStore.close();
});

test('a lock is free again after a failure, and names do not wait for each other', async () => {
  const tokens = createTokenStore(store, secret);
  await expect(tokens.withLock('corp:5', () => Promise.reject(new Error('refused')))).rejects.toThrow(
    'refused',
  );
  const nested = tokens.withLock('corp:5', () => tokens.withLock('corp:6', async () => 'both'));
  expect(await nested).toBe('both');
});

test('waiting for another process has an end', async () => {
  const tokens = createTokenStore(store, secret, { waitMs: 300 });
  let release = () => {};
  let holding = () => {};
  const taken = new Promise<void>((resolve) => {
    holding = resolve;
  });
  const held = tokens.withLock('corp:7', () => {
    holding();
    return new Promise<void>((done) => {
      release = done;
    });
  });
  await taken; // two connections may come to the server in any order
  await expect(tokens.withLock('corp:7', async () => {})).rejects.toMatchObject({
    code: 'store.unreachable',
    retry: 'later',
  });
  release();
  await held;
});

test('sealing: never the same twice, opens only whole, with its secret, purpose and context', () => {
  const sealer = createSealer(secret, 'phone');
  const sealed = sealer.seal('13800000000', 'person-1');
  expect(sealed).not.toBe(sealer.seal('13800000000', 'person-1'));
  expect(sealed).not.toContain('138');
  expect(sealer.open(sealed, 'person-1')).toBe('13800000000');
  const others = [
    () => sealer.open(sealed, 'person-2'),
    () => createSealer(secret, 'platform-token').open(sealed, 'person-1'),
    () => createSealer(`${secret}!`, 'phone').open(sealed, 'person-1'),
    () => sealer.open(`${sealed.slice(0, -4)}AAAA`, 'person-1'),
    () => sealer.open('v1.', 'person-1'),
    () => sealer.open('13800000000'),
  ];
  for (const other of others) expect(other).toThrow(/APP_SECRET must be the one/);
});
