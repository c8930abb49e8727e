// One browser and one stage for a test file; tabs are closed after each test, for an open chat reads what arrives.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { World } from '../simulator/bot.ts';
import { launch, openTab, type Tab } from './browser.ts';
import { startStage } from './stage.ts';

export interface Stage {
  readonly world: World;
  open(
    hash: string,
    viewport?: { width: number; height: number },
    options?: BrowserContextOptions,
  ): Promise<Tab>;
}

/** Registers the hooks; the stage is there inside the tests. */
export function onStage(): Stage {
  let browser: Browser | undefined;
  let world: World | undefined;
  const there = () => {
    if (!browser || !world) throw new Error('The stage is only there inside a test');
    return { browser, world };
  };
  beforeAll(async () => {
    browser = await launch();
    world = await startStage();
  });
  afterEach(async () => {
    await Promise.all(
      there()
        .browser.contexts()
        .map((context) => context.close()),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });
  return {
    get world() {
      return there().world;
    },
    open: (hash, viewport, options) =>
      openTab(there().browser, `${there().world.simulator.url}/${hash}`, viewport, options),
  };
}
