// `dudao demo`: the bot, its database, a WeCom and a whole district on one machine, with nothing configured.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writableFolder } from '../app/folder.ts';
import { openApp } from '../app.ts';
import { movableClock } from '../clock.ts';
import { type Config, environment, readConfig } from '../config.ts';
import { fillDemo } from '../demo/fill.ts';
import { demoRoster } from '../demo/people.ts';
import { AppError } from '../errors.ts';
import { createLog, type Log } from '../log.ts';
import { type OperatorTexts, operatorTexts, projectRoot } from '../operator.ts';
import { startSimulator } from '../simulator/server.ts';
import { newAccount, readAccount, writeAccount } from './demo/account.ts';
import { corpOf, type Story, storyOf } from './demo/corp.ts';
import { clearDemo } from './demo/fresh.ts';
import { print, spokenLocale } from './fault.ts';
import { type Running, untilStopped } from './lifetime.ts';
import { checkPorts } from './ports.ts';

export interface DemoOptions {
  fresh?: boolean;
  locale?: string;
  port?: string;
  simulatorPort?: string;
  now?: string;
}

/** Both servers are for this machine only: nobody has to prove who he is there. */
const HOST = 'localhost';
const SLUG = 'main';

export async function demo(options: DemoOptions): Promise<void> {
  const config = demoConfig(options);
  const texts = operatorTexts(config.locale);
  const now = instantOf(options.now, texts);
  const log = createLog({ level: config.logLevel ?? 'error', to: 2 });
  checkPage();
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
  await untilStopped(() => openDemo({ config, texts, log, now }), { log, stopping });
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

const pageDir = `${projectRoot}dist/pages/simulator`;

function checkPage(): void {
  if (existsSync(join(pageDir, 'index.html'))) return;
  const message = operatorTexts(spokenLocale()).say('demo.no-page');
  throw new AppError('config.unusable', 'never', { why: 'page' }, { message });
}

interface DemoDeps {
  config: Config;
  texts: OperatorTexts;
  log: Log;
  now: Date | null;
}

/** Opens the simulator first, for it knows how far the clock was moved; then the bot; then each is told of the other. */
async function openDemo({ config, texts, log, now }: DemoDeps): Promise<Running> {
  const { dataDir } = config;
  const kept = await readAccount(dataDir);
  const account = kept ?? newAccount();
  if (!kept) await writeAccount(dataDir, account);
  const roster = demoRoster(SLUG);
  const story = storyOf(roster, texts.say('demo.school'));
  const clock = movableClock();
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const simulator = await startSimulator({
      port: config.simulatorPort,
      host: HOST,
      clock,
      corp: corpOf(roster, account, texts, story ? [`${story.inspector.userid}: ${sentence(texts)}`] : []),
      stateFile: join(dataDir, 'simulator.json'),
      pageDir,
      log,
    });
    closers.push(() => simulator.close());
    if (now) clock.moveTo(now);
    if (!kept) print(texts.say('demo.filling'));
    const app = await openApp({
      config: { ...config, wecom: account, apiBase: simulator.apiBase, appSecret: account.appSecret },
      part: 'all',
      host: HOST,
      clock,
      log,
      texts,
      beforeOpen: async ({ store, sealer }) => {
        const [someone] = await store.query('select 1 from person limit 1');
        if (!someone) await fillDemo(store, { now: clock.now(), sealer, slug: SLUG });
      },
    });
    closers.push(() => app.close());
    clock.onMove(() => app.ringClock());
    const bot = app.url ?? '';
    await simulator.setCallback({
      callbackUrl: `${bot}/wecom/${SLUG}/callback`,
      token: account.token,
      encodingAesKey: account.encodingAesKey,
    });
    print(
      texts.say('demo.ready', {
        dataDir,
        simulator: `http://${HOST}:${new URL(simulator.url).port}`,
        bot,
        ...namesOf(story, texts),
      }),
    );
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

function sentence(texts: OperatorTexts): string {
  return texts.say('demo.example', { school: texts.say('demo.said-as') });
}

function namesOf(story: Story | null, texts: OperatorTexts): Record<string, string> {
  if (!story) return {};
  const { inspector, principal } = story;
  return {
    inspector: `${inspector.name} (${inspector.userid})`,
    principal: `${principal.name} (${principal.userid})`,
    example: sentence(texts),
  };
}
