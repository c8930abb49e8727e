// kill -9 of the bot, again and again, while two hundred people talk.
import { expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { openStage } from './stage.ts';
import { PATIENCE_MS } from './surroundings.ts';

test('killed twice while 200 people talk: nothing confirmed is missing, nothing is doubled', async () => {
  const { bot, talk, taken, count, passClaims } = await openStage();
  const talking = talk();
  talking.catch(() => {});
  for (const after of [60, 220]) {
    await Promise.race([until(`${after} messages`, () => taken() >= after, PATIENCE_MS), talking]);
    await bot.kill();
    await passClaims();
    await bot.start();
  }
  await talking;
  await count();
  expect(await bot.stop()).toBe(0);
});
