// A Redis of a test's own, on a free port, that the test may flush, freeze, stop and start again without hurting anybody.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface TestRedis {
  url: string;
  /** Kills the server; what it had in memory is gone. */
  stop(): Promise<void>;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** Stops answering without closing anything; undone by `thaw`. */
  freeze(): void;
  thaw(): void;
  flush(): Promise<void>;
  set(name: string, value: string): Promise<void>;
  close(): Promise<void>;
}

const SERVER = process.env.REDIS_SERVER ?? 'redis-server';

/**
 * `own`: a server can be started, and hurt. `given`: only the one at TEST_REDIS_URL, under a prefix of the test's own.
 * Undefined: there is none; said once, and an error in CI, where these tests must run.
 */
export function redisHere(): 'own' | 'given' | undefined {
  if (spawnSync(SERVER, ['--version']).status === 0) return 'own';
  if (process.env.TEST_REDIS_URL) return 'given';
  const missing =
    'No redis-server and no TEST_REDIS_URL: tests on Redis are left out (install it, or set REDIS_SERVER to its path)';
  if (process.env.CI) throw new Error(missing);
  process.stderr.write(`${missing}\n`);
  return undefined;
}

export async function testRedis(...settings: string[]): Promise<TestRedis> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'dudao-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  const once = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: 400 });
    redis.on('error', () => {});
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };
  const start = async () => {
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const memoryOnly = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
    server = spawn(SERVER, [...where, ...memoryOnly, ...settings], { stdio: 'ignore' });
    await once((redis) => redis.ping());
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return resolve();
      server.once('exit', () => resolve());
      server.kill('SIGKILL');
    });
  const orphan = () => server?.kill('SIGKILL');
  process.once('exit', orphan);

  await start();
  return {
    url,
    start,
    stop,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    flush: () => once(async (redis) => void (await redis.flushall())),
    set: (name, value) => once(async (redis) => void (await redis.config('SET', name, value))),
    async close() {
      process.off('exit', orphan);
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
