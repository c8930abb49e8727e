// A corp's settings and the simulator that knows them, for tests that ask the platform without a whole bot.
import { onTestFinished } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';

export const CORP = {
  WECOM_CORP_ID: 'ww0123456789abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'asecretofthecorp',
  WECOM_TOKEN: 'QDG6eK',
  WECOM_ENCODING_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
/** The robot that the platform knows. */
export const ROBOT = { WECOM_AIBOT_ID: 'AIBOT1', WECOM_AIBOT_SECRET: 'asecretoftherobot' };

/** Closed when the test ends. `contactsSecret`: that of the contact-sync helper. */
export async function platform(more: { contactsSecret?: string } = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    port: 0,
    clock: movableClock(),
    corp: {
      corpId: CORP.WECOM_CORP_ID,
      apps: [{ agentId: Number(CORP.WECOM_AGENT_ID), name: 'app', secret: CORP.WECOM_SECRET }],
      aibots: [{ aibotId: ROBOT.WECOM_AIBOT_ID, name: '督导助手', secret: ROBOT.WECOM_AIBOT_SECRET }],
      ...more,
    },
    log: createLog({ level: 'silent' }),
  });
  onTestFinished(() => simulator.close());
  return simulator;
}
