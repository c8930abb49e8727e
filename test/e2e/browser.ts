// One Chromium for a test file, and pages in it at the two widths that matter. Any error in a page fails its test.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Throws with a sentence that says what to install when there is no Chromium. */
export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error(
      'No Chromium found: install the package "chromium", or set CHROMIUM_PATH to its program.',
    );
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Tab {
  page: Page;
  /** What the page itself complained of; a test ends by finding it empty. */
  errors: string[];
}

export async function openTab(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number } = DESKTOP,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  // Against what would never come; on a busy machine a page takes its time.
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { page, errors };
}

/** A text inside the open chat; the list of chats shows the same words as a preview. */
export const inChat = (page: Page, text: string | RegExp) => page.getByRole('log').getByText(text);

export const seen = (page: Page, selector: string) => page.locator(selector).first().waitFor();

/** Text of the newest message of the open chat that was not said by the person herself. */
export const lastHeard = (page: Page) => page.locator('.message:not(.message-mine)').last();

export async function say(page: Page, text: string): Promise<void> {
  const box = page.locator('.composer textarea');
  await box.fill(text);
  await box.press('Enter');
}

export const isFocused = (element: Locator) => element.evaluate((one) => one === document.activeElement);

/** Whether nothing of the page lies beyond the right edge of the window. */
export const fitsWidth = (page: Page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('.page *')].filter((element) =>
      element.checkVisibility(),
    );
    return shown.every((element) => element.getBoundingClientRect().right <= innerWidth + 1);
  });

/** The end of the open chat in each tab, as text: what a failed test should show first. */
export async function lastWords(browser: Browser): Promise<string> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const told = pages.map(async (page) => {
    const messages = await page.locator('.message').allInnerTexts();
    return messages
      .slice(-6)
      .map((text) => text.replaceAll('\n', ' | '))
      .join('\n');
  });
  return (await Promise.all(told)).join('\n');
}
