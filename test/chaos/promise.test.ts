// A smart robot on its long connection has promised an answer, and its process is killed: the next one gives it, in the same place, once.
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { person } from '../support/person.ts';
import { until } from '../support/until.ts';
import { openStage } from './stage.ts';
import { PATIENCE_MS } from './surroundings.ts';

const ROBOT = { aibotId: 'AIBOT1', name: '督导助手', secret: 'secretOfTheRobot' };
const INSPECTOR = 'insp-a02-03';

test('killed between “please wait” and the answer: the group gets the answer when the bot is back', async () => {
  const { bot, database, simulator } = await openStage({
    corp: {
      aibots: [ROBOT],
      groups: [
        { chatId: 'g1', name: '工作群', members: [INSPECTOR, 'office-chen'], aibots: [ROBOT.aibotId] },
      ],
    },
    envFor: ({ aibotUrl }) => ({
      WECOM_AIBOT_ID: ROBOT.aibotId,
      WECOM_AIBOT_NAME: ROBOT.name,
      WECOM_AIBOT_SECRET: ROBOT.secret,
      WECOM_AIBOT_URL: aibotUrl,
    }),
  });
  const store = await openStore({ url: database.url(), poolSize: 2 });
  try {
    const inspector = person(simulator.url, INSPECTOR, { patienceMs: PATIENCE_MS });
    const seen = () =>
      simulator.seen('office-chen').flatMap(({ from, text }) => (from === INSPECTOR ? [] : (text ?? '')));
    await until('the connection', () => simulator.aibotsConnected() === 1, PATIENCE_MS);
    await inspector.says('@督导助手 一个月到底要去几次', { chatId: 'group:g1' });
    await inspector.sees(/每月至少督导1次/);

    // Her turn waits behind a lock, as behind a slow database, until the robot has asked for patience.
    await store.transaction(async (tx) => {
      await tx.sql('select 1 from person where user_key = $1 for update', [INSPECTOR]);
      await tx.sql(
        'select 1 from conversation where person_id = (select id from person where user_key = $1) for update',
        [INSPECTOR],
      );
      await inspector.says('@督导助手 本月还差哪几所', { chatId: 'group:g1', wait: false });
      await until(
        'the promise',
        async () => (await store.query('select 1 from aibot_promise')).length === 1,
        PATIENCE_MS,
      );
      await until('the words that ask to wait', () => seen().length === 2, PATIENCE_MS);
      expect(seen()[1]).not.toMatch(/还差/);
      await bot.kill();
    });
    await bot.start();
    await until('the answer', () => /还差\d+所/u.test(seen()[1] ?? ''), PATIENCE_MS);
    expect(seen()).toHaveLength(2);
    await until(
      'nothing promised any more',
      async () => (await store.query('select 1 from aibot_promise')).length === 0,
      PATIENCE_MS,
    );
  } finally {
    await store.close();
  }
});
