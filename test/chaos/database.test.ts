// PostgreSQL stopped under traffic, with the bot killed in between: the spool keeps every message, each has its one effect.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { openStage } from './stage.ts';
import { PATIENCE_MS } from './surroundings.ts';

test('PostgreSQL is away for a while, and the bot is killed meanwhile', async () => {
  const { bot, database, talk, taken, count } = await openStage();
  const talking = talk();
  talking.catch(() => {});
  const reached = (n: number) =>
    Promise.race([until(`${n} messages`, () => taken() >= n, PATIENCE_MS), talking]);
  await reached(60);
  await database.stop();
  await until(
    'messages to be kept on disk',
    async () => ((await bot.ready())?.spool.entries ?? 0) >= 50,
    PATIENCE_MS,
  );
  await bot.kill();
  await wait(500);
  await database.start();
  await bot.start();
  await reached(200);
  // Once more, shortly, while the disk is being emptied.
  await database.stop();
  await wait(3_000);
  await database.start();
  await talking;
  await count();
  await until('the spool to be empty', async () => (await bot.ready())?.spool.entries === 0, PATIENCE_MS);
  expect((await bot.ready())?.spool.parked).toBe(0);
});
