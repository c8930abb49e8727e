// A full disk while the database is away: what can't be kept is given back to the platform, and nothing that was confirmed is lost.
import { execFile } from 'node:child_process';
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../support/until.ts';
import { openStage } from './stage.ts';
import { PATIENCE_MS } from './surroundings.ts';

const run = promisify(execFile);
/** Room for some messages, not for all. */
const SIZE = 'size=24k';

async function canMount(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const place = `/tmp/dudao-mount-${process.pid}`;
  await mkdir(place, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', SIZE, 'tmpfs', place]);
    await run('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    await rmdir(place);
  }
}

test.runIf(await canMount())('the spool is on a full disk while PostgreSQL is away', async () => {
  const { bot, database, talk, taken, count } = await openStage({
    async prepared(dataDir) {
      const spool = join(dataDir, 'spool');
      await mkdir(spool);
      await run('mount', ['-t', 'tmpfs', '-o', SIZE, 'tmpfs', spool]);
      onTestFinished(async () => void (await run('umount', ['-l', spool])));
    },
  });
  const talking = talk();
  talking.catch(() => {});
  await Promise.race([until('60 messages', () => taken() >= 60, PATIENCE_MS), talking]);
  await database.stop();
  await until('the disk to be full', async () => (await givenBack(bot.url)) > 0, PATIENCE_MS);
  await database.start();
  await talking;
  await count();
  expect((await bot.ready())?.spool.parked).toBe(0);
});

/** How many messages were given back to the platform. */
async function givenBack(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/what="given-back"} (\d+)/.exec(metrics)?.[1] ?? 0);
}
