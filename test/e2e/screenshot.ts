// Makes docs/simulator.png, the picture in the README, from a fresh demo: `npx tsx test/e2e/screenshot.ts`.
// The day, the people and the words are always the same; only the milliseconds and the ciphertext differ.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DESKTOP, inChat, launch, openTab } from './browser.ts';
import buildPage from './build-page.ts';
import { startDemo } from './demo.ts';

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
const SCALE = 1.5;

/** Reports a visit, confirms it, opens the wire, and takes the picture while the principal's notice has just arrived. */
async function takePicture(): Promise<void> {
  buildPage();
  await mkdir(folder, { recursive: true });
  const demo = await startDemo();
  const browser = await launch();
  try {
    const { page } = await openTab(browser, demo.url, DESKTOP, { deviceScaleFactor: SCALE });
    await page.locator('main .welcome-card').first().click();
    await inChat(page, '您好').waitFor();
    await page.locator('.try-chip').first().click();
    await page.locator('textarea').press('Enter');
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.locator('[data-replaced]').waitFor();
    await inChat(page, '已登记').waitFor();
    await page.locator('.people-waiting [data-user=head-s009]').waitFor();
    await page.getByRole('button', { name: '报文', exact: true }).click();
    const drawer = page.getByRole('complementary', { name: '报文' });
    await drawer.getByRole('button', { name: '回调', exact: true }).click();
    await drawer.locator('.exchange-line').nth(1).click();
    // Nothing on the picture should look as if somebody was about to press it.
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.screenshot({ path: `${folder}simulator.png` });
  } finally {
    await browser.close();
    await demo.stop();
  }
}

await takePicture();
