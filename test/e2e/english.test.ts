// The demo in English: page, people's positions, and the bot itself.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inChat, lastWords, launch, openTab } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';

let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  browser = await launch();
  demo = await startDemo(['--locale', 'en']);
}, 150_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(`${task.name}\n${await lastWords(browser)}\n`);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe('the demo in English', () => {
  it('takes a newcomer from the proposed sentence to a confirmed record', async () => {
    const { page, errors } = await openTab(browser, demo.url);
    await page.getByRole('heading', { name: 'Whose phone would you like to pick up?' }).waitFor();
    await page.locator('main .welcome-card').first().click();
    await page.locator('.try-chip').first().click();
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    const confirm = page.getByRole('log').getByRole('button', { name: 'Confirm', exact: true });
    await confirm.click();
    await page.locator('[data-replaced]').waitFor();
    await inChat(page, '〔2026〕').last().waitFor();
    expect(errors).toEqual([]);
  });
});
