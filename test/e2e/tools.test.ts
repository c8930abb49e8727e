// Everything around the chat: keyboard, search, language, the wire, clock, faults, a server that was away.
import { describe, expect, it } from 'vitest';
import { AGENT } from '../simulator/bot.ts';
import { until } from '../support/until.ts';
import { fitsWidth, inChat, isFocused, PHONE, say, seen } from './browser.ts';
import { onStage } from './on-stage.ts';
import { SENTENCE, sendText } from './stage.ts';

const stage = onStage();

describe('around the chat', () => {
  it('can be used by keyboard alone', async () => {
    const { page } = await stage.open('');
    await seen(page, 'main .welcome-card');
    const search = page.getByRole('searchbox');
    while (!(await isFocused(search))) await page.keyboard.press('Tab');
    await page.keyboard.type('国栋');
    await page.locator('.person-row').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.person-row:focus').getAttribute('data-user')).toBe('head-01');
    await page.keyboard.press('Enter');
    const box = page.locator('textarea');
    await box.waitFor();
    for (let n = 0; n < 40 && !(await isFocused(box)); n += 1) await page.keyboard.press('Tab');
    await page.keyboard.type(SENTENCE);
    await page.keyboard.press('Enter');
    const confirm = page.getByRole('button', { name: '确认', exact: true });
    await confirm.waitFor();
    for (let n = 0; n < 40 && !(await isFocused(confirm)); n += 1) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('[data-replaced]', { hasText: '已确认' }).waitFor();

    const wire = page.getByRole('button', { name: '报文', exact: true });
    await wire.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: '报文', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.drawer').waitFor({ state: 'detached' });
    expect(await isFocused(wire)).toBe(true);
  });

  it('finds people by name, school and user id', async () => {
    const { page } = await stage.open('');
    const rows = page.locator('.person-row');
    for (const [query, name] of [
      ['秀英', '李秀英'],
      ['东关街道中心小学 校长', '赵国栋'],
      ['OFFICE-01', '陈晓禾'],
    ] as const) {
      await page.getByRole('searchbox').fill(query);
      await until(
        `only ${name}`,
        async () => (await rows.count()) === 1 && (await rows.textContent())?.includes(name),
      );
    }
    await page.getByRole('searchbox').fill('没有这个人');
    await page.getByText('没有找到“没有这个人”').waitFor();
  });

  it('speaks English when asked, and remembers it', async () => {
    const { page } = await stage.open(`#insp-01/app:${AGENT}`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByPlaceholder('Message').waitFor();
    await page.reload();
    await page.getByText('Responsible inspectors').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  });

  it('shows every exchange, plain and encrypted', async () => {
    const { page } = await stage.open(`#insp-x05/app:${AGENT}`);
    await say(page, '看看报文');
    await inChat(page, '收到:看看报文').waitFor();
    await page.getByRole('button', { name: '报文', exact: true }).click();
    const drawer = page.getByRole('complementary', { name: '报文', exact: true });
    await drawer.getByRole('button', { name: '当前身份' }).click();
    await drawer.locator('.exchange-line').first().click();
    const bodies = drawer.locator('pre');
    expect(await bodies.first().textContent()).toContain('<Content><![CDATA[看看报文]]></Content>');
    await drawer.getByRole('tab', { name: '密文' }).click();
    expect(await bodies.first().textContent()).toContain('<Encrypt>');
    expect(await bodies.first().textContent()).not.toContain('看看报文');
  });

  it('switches faults on and off, says so, and marks what they spoil', async () => {
    const { page } = await stage.open(`#insp-x06/app:${AGENT}`);
    await seen(page, 'textarea');
    await page.getByRole('button', { name: '故障' }).click();
    await page.locator('[data-fault=lost-replies]').click();
    await page.getByRole('button', { name: '故障 1 项' }).waitFor();
    await page.keyboard.press('Escape');
    await say(page, '听得到吗');
    await page.locator('.fate-failed').waitFor();
    await page.locator('.fate-failed').click();
    await page.getByRole('complementary', { name: '报文', exact: true }).waitFor();
    await page.getByText('第 2 次').first().waitFor();
    await page.getByRole('button', { name: '故障 1 项' }).click();
    await page.getByRole('button', { name: '全部关闭' }).click();
    await page.getByRole('button', { name: '故障', exact: true }).waitFor();
  });

  it('moves a member, removes her from the corp, and brings her back', async () => {
    const { page } = await stage.open(`#insp-x08/app:${AGENT}`);
    await seen(page, 'textarea');
    const panel = page.locator('.desk').getByRole('button', { name: /的通讯录设置/ });
    await panel.click();
    await page.getByLabel('部门').selectOption('2');
    await page.locator('.desk .person-place', { hasText: '区督导室' }).waitFor();
    await page.getByRole('button', { name: '移出企业' }).click();
    await page.getByText('已不在企业微信里').waitFor();
    expect(await page.locator('textarea').count()).toBe(0);
    await page.locator('[data-user=insp-x08]', { hasText: '已离开' }).waitFor();
    await panel.click();
    await page.getByRole('button', { name: '重新加入企业' }).click();
    await say(page, '我回来了');
    await inChat(page, '收到:我回来了').waitFor();
  });

  it('comes back by itself when the simulator was away', async () => {
    const { page } = await stage.open(`#insp-x07/app:${AGENT}`);
    await seen(page, 'textarea');
    const away = (on: boolean) => page.context().setOffline(on);
    await away(true);
    stage.world.simulator.server.server.closeAllConnections();
    await page.locator('.offline').waitFor();
    await say(page, '断线时写的');
    await page.getByText('未发出').waitFor();
    await sendText(stage.world, 'insp-x07', '您不在时来的');
    await away(false);
    await inChat(page, '您不在时来的').waitFor();
    await page.getByRole('button', { name: '重发' }).click();
    await inChat(page, '收到:断线时写的').waitFor();
  });

  it('is dark where the system is, and still fits', async () => {
    const dark = await stage.open(`#insp-01/app:${AGENT}`, PHONE, {
      colorScheme: 'dark',
    });
    await seen(dark.page, 'textarea');
    const ground = await dark.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe('rgb(18, 20, 23)');
    expect(await fitsWidth(dark.page)).toBe(true);
  });
});
