// `dudao start`, `serve` and `work`: the bot on a real platform, until it is told to stop.
import type { Part } from '../app.ts';
import { systemClock } from '../clock.ts';
import { environment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { print } from './fault.ts';
import { untilStopped } from './lifetime.ts';
import { checkPorts } from './ports.ts';

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
      const opened = () => {
        const callback = `/wecom/${config.office}/callback`;
        print(app.url ? texts.say('start.ready', { url: app.url, callback }) : texts.say('work.ready'));
        if (isEmpty) print(texts.say('start.no-people'));
      };
      return { close: () => app.close(), opened };
    },
    { log, stopping },
  );
}
