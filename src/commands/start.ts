// `dudao start`, `serve` and `work`: the bot on a real platform, until it is told to stop.
import type { App, Part } from '../app.ts';
import { systemClock } from '../clock.ts';
import { environment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type OperatorTexts, operatorTexts } from '../operator.ts';
import { refusalIn } from '../wecom/door.ts';
import { WecomUnreachable } from '../wecom/errors.ts';
import { print } from './fault.ts';
import { untilStopped } from './lifetime.ts';
import { checkPorts } from './ports.ts';

/** So long the first line waits for the platform's answer; a later one is told after it. */
const KNOCK_MS = 4_000;

export async function start(part: Part): Promise<void> {
  const config = readConfig(environment(), { wecom: true });
  const log = createLog({ level: config.logLevel ?? 'info' });
  const texts = operatorTexts(config.locale);
  if (part !== 'work') await checkPorts([{ port: config.port, variable: 'PORT' }]);
  print(texts.say('start.opening'));
  const stopping = () => print(texts.say('stop.again'));
  await untilStopped(
    async () => {
      const { openApp } = await import('../app.ts');
      const app = await openApp({ config, part, clock: systemClock(), log, texts });
      const isEmpty = await app.isRosterEmpty();
      const answer = knock(app, texts);
      const amiss = await within(KNOCK_MS, answer);
      const opened = () => {
        const callback = `/wecom/${config.office}/callback`;
        print(app.url ? texts.say('start.ready', { url: app.url, callback }) : texts.say('work.ready'));
        if (isEmpty) print(texts.say('start.no-people'));
        if (amiss) print(amiss);
        else if (amiss === null) void answer.then((late) => late && print(late));
      };
      return { close: () => app.close(), opened };
    },
    { log, stopping },
  );
}

/** What the platform has against this app and what to do about it, or that it is away; '' when it lets it in. The bot runs all the same. */
async function knock(app: Pick<App, 'knock'>, texts: OperatorTexts): Promise<string> {
  try {
    await app.knock();
    return '';
  } catch (err) {
    const refusal = refusalIn(err);
    if (refusal) return texts.say(`start.refused.${refusal.of}`, { errcode: refusal.errcode });
    return err instanceof WecomUnreachable ? texts.say('start.wecom-away', { what: err.what }) : '';
  }
}

/** Null: it takes longer. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
