// `dudao simulate`: only the simulated WeCom, for a bot in any language.
import { existsSync } from 'node:fs';
import { environment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { operatorTexts, projectRoot } from '../operator.ts';
import { simulateAlone } from '../simulator/alone.ts';
import { HOST } from './demo/place.ts';
import { print } from './fault.ts';
import { untilStopped } from './lifetime.ts';
import { checkPorts } from './ports.ts';

export interface SimulateOptions {
  callback?: string;
  port?: string;
  people?: string;
  token?: string;
  aesKey?: string;
  corpId?: string;
  agentId?: string;
  secret?: string;
  locale?: string;
}

/** The corp is what the options say, then the environment's (WECOM_*), then one that is the same at every start. */
export async function simulate(options: SimulateOptions): Promise<void> {
  const env = environment();
  const config = readConfig({
    ...env,
    SIMULATOR_PORT: options.port ?? env.SIMULATOR_PORT,
    LOCALE: options.locale ?? env.LOCALE,
  });
  const texts = operatorTexts(config.locale);
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const page = `${projectRoot}dist/pages/simulator`;
  const { wecom } = config;
  await checkPorts([{ port: config.simulatorPort, variable: 'SIMULATOR_PORT' }], HOST);
  await untilStopped(
    () =>
      simulateAlone({
        callback: options.callback,
        port: config.simulatorPort,
        host: HOST,
        token: options.token ?? wecom?.token,
        aesKey: options.aesKey ?? wecom?.encodingAesKey,
        corpId: options.corpId ?? wecom?.corpId,
        agentId: options.agentId === undefined ? wecom?.agentId : Number(options.agentId),
        secret: options.secret ?? wecom?.secret,
        people: options.people,
        locale: config.locale,
        pageDir: existsSync(page) ? page : undefined,
        say: texts.say,
        print,
        log,
      }),
    { log, stopping: () => print(texts.say('stop.again')) },
  );
}
