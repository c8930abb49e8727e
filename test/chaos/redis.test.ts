// Redis flushed and stopped in the middle: the conversation goes on, and what was waiting is delivered after.
import { onTestFinished, test } from 'vitest';
import { redisHere, testRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { openStage } from './stage.ts';
import { PATIENCE_MS } from './surroundings.ts';

test.runIf(redisHere() === 'own')(
  'Redis is flushed, then gone for a while, while 200 people talk',
  async () => {
    const redis = await testRedis();
    onTestFinished(() => redis.close());
    const { talk, taken, count } = await openStage({ env: { REDIS_URL: redis.url } });
    const talking = talk();
    talking.catch(() => {});
    const reached = (n: number) =>
      Promise.race([until(`${n} messages`, () => taken() >= n, PATIENCE_MS), talking]);
    await reached(60);
    await redis.flush();
    await reached(180);
    await redis.stop();
    await reached(300);
    await redis.start();
    await redis.flush();
    await talking;
    await count();
  },
);
