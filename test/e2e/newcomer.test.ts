// The README's story as a newcomer lives it, at both widths, with a bot that follows a script.
import { describe, expect, it } from 'vitest';
import { AGENT } from '../simulator/bot.ts';
import { DESKTOP, fitsWidth, inChat, PHONE } from './browser.ts';
import { onStage } from './on-stage.ts';
import { SENTENCE } from './stage.ts';

const stage = onStage();

describe.each([
  ['desktop', DESKTOP],
  ['phone', PHONE],
])('a newcomer at %s width', (_name, size) => {
  it('is shown three people, tries a sentence, confirms, and finds the notice with the principal', async () => {
    await stage.world.drive('reset', {});
    const { page, errors } = await stage.open('', size);
    const phone = size === PHONE;
    const cards = page.locator(phone ? '.people .welcome-card' : 'main .welcome-card');
    await cards.first().waitFor();
    expect(await cards.count()).toBe(3);

    await cards.filter({ hasText: '李秀英' }).click();
    if (phone) await page.locator(`[data-chat="app:${AGENT}"]`).click();
    await page.getByRole('button', { name: SENTENCE }).click();
    expect(await page.locator('textarea').inputValue()).toBe(SENTENCE);
    await page.locator('textarea').press('Enter');
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.locator('[data-replaced]', { hasText: '已确认' }).waitFor();
    await inChat(page, '已登记,并已向校长发送整改通知').waitFor();
    expect(await fitsWidth(page)).toBe(true);

    if (phone) {
      await page.getByRole('button', { name: '返回会话' }).click();
      await page.getByRole('button', { name: '返回人员' }).click();
    }
    // Whoever got something stands on top.
    await page
      .locator('.people-waiting')
      .getByRole('button', { name: /赵国栋/ })
      .click();
    if (phone) await page.locator(`[data-chat="app:${AGENT}"]`).click();
    await page.getByRole('button', { name: '签收' }).click();
    await page.locator('[data-replaced]', { hasText: '已签收' }).waitFor();
    await page.getByRole('button', { name: '发照片' }).click();
    await page.getByRole('button', { name: '用一张示例照片' }).click();
    await inChat(page, '照片已收到').waitFor();
    expect(await page.locator('.message-mine img').count()).toBe(1);
    expect(await fitsWidth(page)).toBe(true);
    expect(errors).toEqual([]);
  });
});
