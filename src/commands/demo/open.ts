// Opens the demo's parts in order: the simulator first, for it knows how far the clock was moved; then the bot; then each is told of the other.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../../app.ts';
import { movableClock } from '../../clock.ts';
import type { AibotSettings, Config, ContactsSettings } from '../../config.ts';
import { fillDemo } from '../../demo/fill.ts';
import { openingOf } from '../../demo/opening.ts';
import { demoRoster } from '../../demo/people.ts';
import type { Log } from '../../log.ts';
import type { OperatorTexts } from '../../operator.ts';
import { startSimulator } from '../../simulator/server.ts';
import type { Roster } from '../../supervision/roster/file.ts';
import { print } from '../fault.ts';
import type { Running } from '../lifetime.ts';
import { settledPort } from '../ports.ts';
import { type Account, newAccount, readAccount, writeAccount } from './account.ts';
import { corpOf, type Story, storyOf } from './corp.ts';
import { HOST, PAGE_DIR, SLUG } from './place.ts';

export interface DemoDeps {
  config: Config;
  texts: OperatorTexts;
  log: Log;
  /** What the clock shall show; null: what it showed when the demo was last stopped, running on. */
  now: Date | null;
}

export async function openDemo({ config, texts, log, now }: DemoDeps): Promise<Running> {
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
      corp: corpOf(roster, account, texts, proposalsOf(roster, story, texts), story),
      stateFile: join(dataDir, 'simulator.json'),
      pageDir: PAGE_DIR,
      log,
    });
    closers.push(() => simulator.close());
    if (now) clock.moveTo(now);
    const isBegun = existsSync(join(dataDir, 'postgres'));
    if (!isBegun) print(texts.say('demo.filling'));
    let opening: Date | null = null;
    const port = await settledPort(config.port, HOST);
    const app = await openApp({
      config: {
        ...config,
        port,
        wecom: account,
        aibot: aibotOf(account, texts),
        contacts: contactsOf(account),
        apiBase: simulator.apiBase,
        publicUrl: `http://${HOST}:${port}`,
        appSecret: account.appSecret,
      },
      part: 'all',
      host: HOST,
      clock,
      log,
      texts,
      beforeOpen: async ({ store, sealer }) => {
        const [someone] = await store.query('select 1 from person limit 1');
        if (someone) return;
        // Also after a first start that was cut short: the demo begins now.
        if (isBegun) print(texts.say('demo.filling'));
        opening = now ? null : openingOf(roster, clock.now());
        if (opening) clock.moveTo(opening);
        await fillDemo(store, { now: clock.now(), sealer, slug: SLUG });
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
    if (account.aibot)
      await simulator.setAibotCallback({
        aibotId: account.aibot.id,
        callbackUrl: `${bot}/wecom/${SLUG}/aibot`,
      });
    if (account.contacts)
      await simulator.setContactsCallback({ callbackUrl: `${bot}/wecom/${SLUG}/contacts` });
    const opened = () => {
      print(
        texts.say('demo.ready', {
          dataDir,
          simulator: `http://${HOST}:${new URL(simulator.url).port}`,
          bot,
          ...namesOf(story, texts),
        }),
      );
      if (opening) print(texts.say('demo.opened', { time: momentOf(opening, roster, texts) }));
    };
    return { close, opened };
  } catch (error) {
    await close();
    throw error;
  }
}

function aibotOf({ aibot }: Account, texts: OperatorTexts): AibotSettings | null {
  if (!aibot) return null;
  const { id, token, encodingAesKey } = aibot;
  return { id, name: texts.say('demo.aibot'), mode: { by: 'callback', token, encodingAesKey } };
}

function contactsOf({ contacts }: Account): ContactsSettings | null {
  if (!contacts) return null;
  const { secret, ...callback } = contacts;
  return { secret, callback };
}

/** `11月30日周一 10:00`, on the office's clocks. */
function momentOf(at: Date, { office }: Roster, { locale }: OperatorTexts): string {
  const words = { month: locale === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return [words, time]
    .map((options) => at.toLocaleString(locale, { timeZone: office.timezone, ...options }))
    .join(' ');
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

/** Who the page proposes to be: the inspector with her sentence, the head of that school, the office's clerk. */
function proposalsOf(roster: Roster, story: Story | null, texts: OperatorTexts): string[] {
  const clerk = roster.people.find(({ roles }) => roles.includes('office') && !roles.includes('director'));
  return [
    ...(story ? [`${story.inspector.userid}: ${sentence(texts)}`, `${story.principal.userid}:`] : []),
    ...(clerk ? [`${clerk.userid}:`] : []),
  ];
}
