// Serving and working in two processes on one database and one Redis, as a larger deployment has it; the worker is killed.
import { onTestFinished, test } from 'vitest';
import { redisHere, testRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { openStage } from './stage.ts';
import { PATIENCE_MS } from './surroundings.ts';

test.runIf(redisHere() === 'own')(
  'the worker is killed and comes back: every reply arrives, each once',
  async () => {
    const redis = await testRedis();
    onTestFinished(() => redis.close());
    const { worker, talk, taken, count, passClaims } = await openStage({
      env: { REDIS_URL: redis.url },
      apart: true,
    });
    const talking = talk();
    talking.catch(() => {});
    await Promise.race([until('100 messages', () => taken() >= 100, PATIENCE_MS), talking]);
    await worker?.kill();
    await passClaims();
    await worker?.start();
    await talking;
    await count();
  },
);
