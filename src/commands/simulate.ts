// `dudao simulate`: only the simulated WeCom, for a bot in any language.
import { existsSync } from 'node:fs';
import { movableClock } from '../clock.ts';
import { environment, readConfig } from '../config.ts';
import { demoRoster } from '../demo/people.ts';
import { createLog } from '../log.ts';
import { operatorTexts, projectRoot } from '../operator.ts';
import { startSimulator } from '../simulator/server.ts';
import { newCredentials } from './demo/account.ts';
import { corpOf } from './demo/corp.ts';
import { print } from './fault.ts';
import { untilStopped } from './lifetime.ts';
import { readRoster } from './roster-file.ts';

export interface SimulateOptions {
  callback?: string;
  port?: string;
  roster?: string;
  locale?: string;
}

/** The corp is the environment's (WECOM_*) or a new one, whose secrets are printed; the people are a roster's or the demo's. */
export async function simulate(options: SimulateOptions): Promise<void> {
  const env = environment();
  const config = readConfig({
    ...env,
    SIMULATOR_PORT: options.port ?? env.SIMULATOR_PORT,
    LOCALE: options.locale ?? env.LOCALE,
  });
  const texts = operatorTexts(config.locale);
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const account = config.wecom ?? newCredentials();
  const roster = options.roster ? await readRoster(options.roster, config.locale) : demoRoster();
  const stopping = () => print(texts.say('stop.again'));
  await untilStopped(
    async () => {
      const page = `${projectRoot}dist/pages/simulator`;
      const simulator = await startSimulator({
        port: config.simulatorPort,
        host: 'localhost',
        clock: movableClock(),
        corp: corpOf(roster, account, texts, []),
        pageDir: existsSync(page) ? page : undefined,
        log,
      });
      const url = `http://localhost:${new URL(simulator.url).port}`;
      const check = options.callback ? await simulator.setCallback({ callbackUrl: options.callback }) : null;
      const callback = check ? `${options.callback} (${check.ok ? '✓' : `✗ ${check.note}`})` : '–';
      const { corpId, agentId, secret, token, encodingAesKey: aesKey } = account;
      print(
        texts.say('simulate.ready', { simulator: url, corpId, agentId, secret, token, aesKey, callback }),
      );
      return simulator;
    },
    { log, stopping },
  );
}
