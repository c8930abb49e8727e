// The simulated clock in a real browser: forward only, by way of each morning, and what that brought to whom.
import { describe, expect, it } from 'vitest';
import { AGENT } from '../simulator/bot.ts';
import { fitsWidth, inChat, PHONE, say, seen } from './browser.ts';
import { onStage } from './on-stage.ts';
import { sendText } from './stage.ts';

const stage = onStage();
const MORNING = /09:05/;

describe('the clock', () => {
  it('moves on by steps and to a moment, never back', async () => {
    const { page } = await stage.open('');
    const before = stage.world.clock.now().getTime();
    await page.locator('.clock').click();
    await page.getByRole('button', { name: '+5 分钟' }).click();
    await page.getByText('时间已到').waitFor();
    await page.getByText('没有消息送达').waitFor();
    const after = stage.world.clock.now().getTime();
    expect(after - before).toBeGreaterThanOrEqual(5 * 60_000);

    const field = page.getByLabel('到指定时间');
    await field.fill('2020-01-01T08:00');
    await page.locator('.clock-form').getByRole('button').click();
    expect(await field.evaluate((input: HTMLInputElement) => input.validity.rangeUnderflow)).toBe(true);
    expect(stage.world.clock.now().getTime()).toBeGreaterThanOrEqual(after);
  });

  it('says how many messages that brought to how many people, and leads to each of them', async () => {
    const { page } = await stage.open(`#insp-01/app:${AGENT}`, PHONE);
    await seen(page, 'textarea');
    await page.locator('.clock').click();
    await page.getByRole('button', { name: '到下个工作日' }).click();
    await page.getByText('正在逐日走到').waitFor();
    await sendText(stage.world, 'head-01', '近期到期:\n1. 3月26日(周四)今天到期 灭火器过期两个');
    await sendText(stage.world, 'office-01', '情况汇总:\n1. 本月还未督导3所');
    await sendText(stage.world, 'office-01', '3月月报');
    const line = page.locator('.arrivals');
    await line.getByText('时间已到').waitFor();
    expect(await line.textContent()).toMatch(MORNING);
    await line.getByText('送达 3 条消息，2 人收到').waitFor();
    await page.locator('.badge-corner').getByText('2', { exact: true }).waitFor();
    expect(await fitsWidth(page)).toBe(true);

    // What is said after is an answer, and not the clock's doing.
    await say(page, '收到');
    await inChat(page, '收到:收到').waitFor();
    await line.getByRole('button', { name: '看看是谁' }).click();
    const people = page.locator('.arrival');
    expect(await people.locator('.badge').allTextContents()).toEqual(['2', '1']);
    expect(await people.first().textContent()).toContain('3月月报');
    await people.nth(1).click();
    await inChat(page, '灭火器过期两个').waitFor();
    await page.getByText('当前身份：赵国栋').waitFor();
    await line.getByRole('button', { name: '关闭' }).click();
    await line.waitFor({ state: 'detached' });
  });

  it('stops on its way when it is told to', async () => {
    const { page } = await stage.open('');
    await page.locator('.clock').click();
    const goal = new Date(stage.world.clock.now().getTime() + 60 * 86_400_000);
    await page.getByLabel('到指定时间').fill(goal.toISOString().slice(0, 16));
    await page.locator('.clock-form').getByRole('button').click();
    await page.getByRole('button', { name: '停在这里' }).click();
    await page.getByText('时间已到').waitFor();
    const there = stage.world.clock.now().getTime();
    expect(there).toBeLessThan(goal.getTime() - 30 * 86_400_000);
  });
});
