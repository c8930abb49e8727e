// `dudao demo`: the bot, its database, a WeCom and a whole district on one machine, with nothing configured.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writableFolder } from '../app/folder.ts';
import { type Config, environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { type OperatorTexts, operatorTexts } from '../operator.ts';
import { clearDemo } from './demo/fresh.ts';
import { HOST, PAGE_DIR, SLUG } from './demo/place.ts';
import { print } from './fault.ts';
import { untilStopped } from './lifetime.ts';
import { checkPorts } from './ports.ts';

export interface DemoOptions {
  fresh?: boolean;
  locale?: string;
  port?: string;
  simulatorPort?: string;
  now?: string;
}

export async function demo(options: DemoOptions): Promise<void> {
  const config = demoConfig(options);
  const texts = operatorTexts(config.locale);
  const now = instantOf(options.now, texts);
  const log = createLog({ level: config.logLevel ?? 'error', to: 2 });
  checkPage(texts);
  await checkPorts(
    [
      { port: config.port, variable: 'PORT' },
      { port: config.simulatorPort, variable: 'SIMULATOR_PORT' },
    ],
    HOST,
  );
  await writableFolder(config.dataDir);
  if (options.fresh) {
    await clearDemo(config.dataDir);
    print(texts.say('demo.fresh', { dataDir: config.dataDir }));
  }
  const stopping = () => print(texts.say('stop.again'));
  const deps = { config, texts, log, now };
  // Loaded only now: what can be refused is refused before a second of loading.
  const open = async () => (await import('./demo/open.ts')).openDemo(deps);
  await untilStopped(open, { log, stopping });
}

/**
 * The demo lives in a folder of its own, so that it never mixes with a real office's data, and it takes neither database,
 * queue nor corp of the environment.
 */
function demoConfig({ locale, port, simulatorPort }: DemoOptions): Config {
  const { PORT, SIMULATOR_PORT, DATA_DIR, LOCALE, LOG_LEVEL } = environment();
  const config = readConfig({
    PORT: port ?? PORT,
    SIMULATOR_PORT: simulatorPort ?? SIMULATOR_PORT,
    DATA_DIR,
    LOCALE: locale ?? LOCALE,
    LOG_LEVEL,
    OFFICE: SLUG,
  });
  return { ...config, dataDir: join(config.dataDir, 'demo') };
}

function instantOf(text: string | undefined, { say }: OperatorTexts): Date | null {
  if (text === undefined) return null;
  const instant = new Date(text);
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  if (hasOffset && !Number.isNaN(instant.getTime())) return instant;
  throw new AppError('config.unusable', 'never', {}, { message: say('config.now') });
}

function checkPage({ say }: OperatorTexts): void {
  if (existsSync(join(PAGE_DIR, 'index.html'))) return;
  throw new AppError('config.unusable', 'never', { why: 'page' }, { message: say('demo.no-page') });
}
