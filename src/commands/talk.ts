// `dudao talk`: the same conversation in a terminal. A card's buttons are numbered; their number, like a tap, chooses.
import { createInterface } from 'node:readline';
import { openTerminal, type Shown, type Terminal } from '../app/terminal.ts';
import { environment, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { print } from './fault.ts';

export interface TalkOptions {
  as?: string;
  now?: string;
  locale?: string;
}

export async function talk(options: TalkOptions): Promise<void> {
  const env = environment();
  const config = readConfig({ ...env, LOCALE: options.locale ?? env.LOCALE });
  const { say } = operatorTexts(config.locale);
  const log = createLog({ level: config.logLevel ?? 'warn', to: 2 });
  const shift = options.now ? new Date(options.now).getTime() - Date.now() : 0;
  const now = () => new Date(Date.now() + shift);
  const terminal = await openTerminal({ config, log, now, as: options.as });
  try {
    print(say('talk.ready', { name: terminal.name, user: terminal.userId }));
    await converse(terminal, (to) => say('talk.told', { name: to }));
  } finally {
    await terminal.close();
  }
}

async function converse(terminal: Terminal, toldTo: (name: string) => string): Promise<void> {
  let card = show(await terminal.enters(), toldTo);
  // Opened only now: lines that come before anybody iterates are lost.
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  lines.prompt();
  for await (const line of lines) {
    const said = line.trim();
    if (said === '/quit') break;
    const button = /^\d$/.test(said) ? card?.buttons[Number(said) - 1] : undefined;
    if (said !== '') {
      const told = card && button ? await terminal.taps(card, button.key) : await terminal.says(said);
      card = show(told, toldTo) ?? (told.length === 0 ? card : null);
    }
    lines.prompt();
  }
  lines.close();
}

/** Prints what was said to whom; gives the newest card of the person herself, which the next number chooses from. */
function show(told: readonly Shown[], toldTo: (name: string) => string): Shown | null {
  let card: Shown | null = null;
  for (const one of told) {
    if (one.to !== null) print(toldTo(one.to));
    print(one.text);
    if (one.buttons.length === 0) continue;
    print(one.buttons.map(({ text }, index) => `  ${index + 1}) ${text}`).join('\n'));
    if (one.to === null) card = one;
  }
  return card;
}
