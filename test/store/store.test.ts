// The promise everything else stands on: plain SQL and Prisma's models are one transaction on one connection.
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { dayFromDb, dayToDb } from '../../src/store/days.ts';
import { newId } from '../../src/store/ids.ts';
import { openStore, type Tx } from '../../src/store/store.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { administer, databaseUrl } from '../support/global-setup.ts';

const { store, url } = await freshDatabase({ poolSize: 6 });
const at = new Date('2026-11-02T01:00:00Z');
const names = async () =>
  (await store.query<{ name: string }>('SELECT name FROM tick ORDER BY name')).map((row) => row.name);

test('models and plain SQL see each other inside the transaction, on the same connection', async () => {
  await store.transaction(async (tx) => {
    const db = await tx.db();
    await db.tick.create({ data: { name: 'seen-by-sql', at } });
    expect(await tx.sql('SELECT at FROM tick WHERE name = $1', ['seen-by-sql'], 'tick-at')).toEqual([{ at }]);
    await tx.sql('INSERT INTO tick (name, at) VALUES ($1, $2)', ['seen-by-models', at]);
    expect(await db.tick.findUnique({ where: { name: 'seen-by-models' } })).toEqual({
      name: 'seen-by-models',
      at,
    });

    const [mine] = await tx.sql<{ pid: number; xid: string }>(
      'SELECT pg_backend_pid() AS pid, txid_current()::text AS xid',
    );
    const theirs = await db.$queryRaw`SELECT pg_backend_pid() AS pid, txid_current()::text AS xid`;
    expect(theirs).toEqual([mine]);
    expect(await names(), 'others see nothing before the commit').toEqual([]);
  });
  expect(await names()).toEqual(['seen-by-models', 'seen-by-sql']);
});

test.each(['models first', 'SQL first'])('a throw undoes both, %s', async (order) => {
  const before = await names();
  const steps = [
    async (tx: Parameters<Parameters<typeof store.transaction>[0]>[0]) => {
      await (await tx.db()).tick.create({ data: { name: `undone-models ${order}`, at } });
    },
    async (tx: Parameters<Parameters<typeof store.transaction>[0]>[0]) => {
      await tx.sql('INSERT INTO tick (name, at) VALUES ($1, now())', [`undone-sql ${order}`]);
    },
  ];
  if (order === 'SQL first') steps.reverse();
  const attempt = store.transaction(async (tx) => {
    for (const step of steps) await step(tx);
    throw new AppError('act.not-found');
  });
  await expect(attempt).rejects.toMatchObject({ code: 'act.not-found' });
  expect(await names()).toEqual(before);
});

test('a failed statement that was swallowed does not pass for a commit', async () => {
  const before = await names();
  const attempt = store.transaction(async (tx) => {
    await tx.sql('INSERT INTO tick (name, at) VALUES ($1, now())', ['swallowed']);
    await tx.sql('SELECT 1 / 0').catch(() => {});
  });
  await expect(attempt).rejects.toThrow(/rolled back/);
  const viaModels = store.transaction(async (tx) => {
    const db = await tx.db();
    await db.tick.create({ data: { name: 'twice', at } });
    await db.tick.create({ data: { name: 'twice', at } }).catch(() => {});
  });
  await expect(viaModels).rejects.toThrow(/rolled back/);
  expect(await names()).toEqual(before);
});

test.each(['plain SQL', 'models'])(
  'what is refused after a mark is undone, and nothing before it: %s',
  async (tongue) => {
    const write = async (tx: Tx, name: string) =>
      tongue === 'models'
        ? (await tx.db()).tick.create({ data: { name, at } })
        : tx.sql('INSERT INTO tick (name, at) VALUES ($1, now())', [name]);
    await store.transaction(async (tx) => {
      await write(tx, `before ${tongue}`);
      tx.mark('part');
      await write(tx, `refused ${tongue}`);
      await expect(tx.sql('SELECT 1 / 0')).rejects.toThrow();
      await tx.backTo('part');
      await write(tx, `after ${tongue}`);
      tx.mark('part'); // with nothing behind it but the commit
    });
    expect(await names()).toEqual(expect.arrayContaining([`before ${tongue}`, `after ${tongue}`]));
    expect(await names()).not.toContain(`refused ${tongue}`);
  },
);

test('a transaction that has ended refuses late work of both kinds', async () => {
  const { late, models } = await store.transaction(async (tx) => ({ late: tx, models: await tx.db() }));
  await expect(late.sql('SELECT 1')).rejects.toThrow(/has ended/);
  await expect(models.tick.findMany()).rejects.toThrow();
});

test('many mixed transactions at once: each is whole, and every connection comes back', async () => {
  const count = async () =>
    (await store.query<{ n: number }>(`SELECT count(*) AS n FROM tick WHERE name LIKE 'p-%'`))[0]?.n;
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) =>
      store.transaction(async (tx) => {
        await tx.sql('INSERT INTO tick (name, at) VALUES ($1, now())', [`p-${i}-sql`]);
        const db = await tx.db();
        await Promise.all([
          db.tick.create({ data: { name: `p-${i}-models`, at } }),
          tx.sql('INSERT INTO tick (name, at) VALUES ($1, now())', [`p-${i}-both`]),
          db.tick.findMany({ take: 1 }),
        ]);
        if (i % 4 === 0) throw new Error('every fourth');
        if (i % 4 === 1) await db.tick.create({ data: { name: `p-${i}-models`, at } }); // fails
      }),
    ),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(20);
  expect(await count()).toBe(20 * 3);
  expect(store.pool.totalCount).toBeLessThanOrEqual(6);
  expect(store.pool.idleCount).toBe(store.pool.totalCount);
  expect(store.pool.waitingCount).toBe(0);
});

test('a connection that is cut in the middle is "later", and the pool goes on', async () => {
  const cut = store.transaction(async (tx) => {
    const db = await tx.db();
    const [{ pid } = { pid: 0 }] = await tx.sql<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await store.query('SELECT pg_terminate_backend($1)', [pid]);
    await db.tick.findMany();
  });
  await expect(cut).rejects.toMatchObject({ name: 'AppError', code: 'store.unreachable', retry: 'later' });
  expect(await store.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(store.pool.idleCount).toBe(store.pool.totalCount);
});

test('a database that is not there is "later" on every way in', async () => {
  const away = await openStore({ url: 'postgresql://dudao@127.0.0.1:1/dudao', connectTimeoutMs: 500 });
  const unreachable = { name: 'AppError', code: 'store.unreachable', retry: 'later' };
  await expect(away.query('SELECT 1')).rejects.toMatchObject(unreachable);
  await expect(away.transaction(async () => {})).rejects.toMatchObject(unreachable);
  await expect(away.prisma.tick.findMany()).rejects.toMatchObject(unreachable);
  await away.close();
});

test('a database that takes no connections at the moment is "later" on every way in', async () => {
  const shut = await emptyDatabase();
  const [name, server] = [new URL(shut.url).pathname.slice(1), databaseUrl(shut.url, 'postgres')];
  await administer(server, `alter database ${name} with allow_connections false`);
  const away = await openStore({ url: shut.url });
  const unreachable = { name: 'AppError', code: 'store.unreachable', retry: 'later' };
  await expect(away.query('SELECT 1')).rejects.toMatchObject(unreachable);
  await expect(away.transaction(async (tx) => tx.sql('SELECT 1'))).rejects.toMatchObject(unreachable);
  await expect(away.prisma.tick.findMany()).rejects.toMatchObject(unreachable);
  await away.close();
});

test('a statement that takes too long is ended, and so is one on a server that is silent', async () => {
  const hasty = await openStore({ url, statementTimeoutMs: 100 });
  await expect(hasty.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
  await expect(hasty.query('SET statement_timeout = 0; SELECT pg_sleep(5)')).rejects.toMatchObject({
    code: 'store.unreachable',
  });
  await hasty.close();
});

test('days stay days in both tongues', async () => {
  const [officeId, areaId, schoolId, personId] = [newId(), newId(), newId(), newId()];
  const { prisma } = store;
  await prisma.office.create({ data: { id: officeId, slug: 'main', name: '督导室', short: '督导' } });
  await prisma.area.create({ data: { id: areaId, officeId, code: '1', name: '一区' } });
  await prisma.school.create({
    data: { id: schoolId, officeId, areaId, code: '1', name: '东关小学', kind: 'primary' },
  });
  await prisma.person.create({
    data: { id: personId, officeId, userId: 'Wang', userKey: 'wang', name: '王', roles: ['inspector'] },
  });
  const day = dayFromDb('2026-03-01');
  await prisma.assignment.create({
    data: { id: newId(), officeId, personId, schoolId, role: 'inspector', since: dayToDb(day) },
  });
  const [plain] = await store.query<{ since: string; until: string | null }>(
    'SELECT since, until FROM assignment',
  );
  expect(plain).toEqual({ since: '2026-03-01', until: null });
  const [model] = await prisma.assignment.findMany();
  expect(model && dayFromDb(model.since).equals(day)).toBe(true);
});

test('ids sort by age, also within one millisecond', () => {
  const ids = Array.from({ length: 5_000 }, () => newId());
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('another kind of address is refused with a sentence', async () => {
  await expect(openStore({ url: 'mysql://x' })).rejects.toThrow(/DATABASE_URL must look like postgresql:/);
});
