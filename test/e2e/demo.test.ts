// The README's story in a browser, with nothing played: `dudao demo`, its database, its bot, its simulator, the page.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, fitsWidth, inChat, lastWords, launch, openTab, PHONE, say } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';

let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  browser = await launch();
  demo = await startDemo();
}, 150_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(`${task.name}\n${await lastWords(browser)}\n`);
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const button = (page: Page, name: string) =>
  page.getByRole('log').getByRole('button', { name, exact: true }).last();

/** Chooses a person as a visitor does: by the search box. With one chat the phone goes straight into it, with more it shows them. */
async function become(page: Page, userId: string): Promise<void> {
  for (const name of ['返回会话', '返回人员']) {
    const back = page.getByRole('button', { name });
    if (await back.isVisible()) await back.click();
  }
  await page.getByRole('searchbox').fill(userId);
  await page.locator(`.person-row[data-user="${userId}"]`).last().click();
  const app = page.locator('.chat-row[data-chat^="app:"]');
  await page.locator('textarea').or(app).first().waitFor();
  if (!(await page.locator('textarea').isVisible())) await app.click();
  await page.locator('textarea').waitFor();
}

it('answers a mention in the working group where all can read it, and the rest in private', async () => {
  const { inspector, principal } = demo.storyOf('东关街道中心小学');
  const { page, errors } = await openTab(browser, demo.url, DESKTOP);
  await page.getByRole('searchbox').waitFor();
  const ask = async (words: string) => {
    await page.locator('.chat-row[data-chat^="group:"]').click();
    await page.getByRole('button', { name: '@督导助手' }).click();
    await page.locator('textarea').pressSequentially(words);
    await page.locator('textarea').press('Enter');
  };
  await become(page, inspector.userid);
  await ask('本月还差哪几所');
  await inChat(page, /还差\d+所|都已督导/).waitFor();
  await become(page, principal.userid);
  await ask('东关小学情况');
  await inChat(page, '这个我私聊告诉您').waitFor();
  await inChat(page, /还差\d+所|都已督导/).waitFor();
  expect(errors).toEqual([]);
});

it('a notice from a template is confirmed by a tap, its card greys, and the office sees that', async () => {
  const { principal, school } = demo.storyOf('东关街道中心小学');
  const { page, errors } = await openTab(browser, demo.url, DESKTOP);
  await page.getByRole('searchbox').waitFor();
  await become(page, 'office-chen');
  await say(page, '模板');
  await button(page, '预备会').click();
  await inChat(page, '预备会(1/3)').waitFor();
  await say(page, '春季开学督导');
  await inChat(page, '预备会(2/3)').waitFor();
  await say(page, '下周二下午三点，地点教育局四楼会议室');
  await inChat(page, /定于3月24日\(周二\)15:00在教育局四楼会议室召开/).waitFor();
  await say(page, `发给${school}`);
  await inChat(page, `收件人：${school}`).waitFor();
  await button(page, '发送').click();
  await inChat(page, '正在发送，共1人').waitFor();

  await become(page, principal.userid);
  await inChat(page, '关于召开春季开学督导预备会的通知').first().waitFor();
  await button(page, '收到').click();
  await page.locator('[data-replaced]', { hasText: '已收到' }).waitFor();
  await inChat(page, '已确认收到“关于召开春季开学督导预备会的通知”').waitFor();

  await become(page, 'office-chen');
  await say(page, '谁还没回执');
  await inChat(page, /已送达1人，已确认1人/).waitFor();
  expect(errors).toEqual([]);
});

describe.each([
  ['desktop', DESKTOP, '东关街道中心小学', '东关小学'],
  ['phone', PHONE, '东关街道育英小学', '育英小学'],
])('the story at %s width', (_name, size, school, saidAs) => {
  it('goes from a sentence to a notice, its signature, the answer with a photo, a return and a pass', async () => {
    const { inspector, principal } = demo.storyOf(school);
    const { page, errors } = await openTab(browser, demo.url, size);
    await page.getByRole('searchbox').waitFor();

    await become(page, inspector.userid);
    await say(page, `今天上午去了${saidAs},灭火器过期两个,食堂留样没贴标签,限一周整改`);
    await button(page, '确认').click();
    await page.locator('[data-replaced]', { hasText: '已确认' }).waitFor();
    await inChat(page, '已登记，并已向校长发送整改通知').waitFor();
    expect(await fitsWidth(page)).toBe(true);

    await become(page, principal.userid);
    await button(page, '签收').click();
    await inChat(page, '已签收 区督整').waitFor();
    await page.getByRole('button', { name: '发照片' }).click();
    await page.getByRole('button', { name: '用一张示例照片' }).click();
    await inChat(page, '请用一句话说明整改情况').waitFor();
    await say(page, '灭火器换了两具新的,留样都贴上标签了');
    await inChat(page, '照片：1张').waitFor();
    await button(page, '确认').click();
    await inChat(page, '已提交(照片1张)').waitFor();

    await become(page, inspector.userid);
    await button(page, '退回继续整改').click();
    await inChat(page, '请说明哪里不到位').waitFor();
    await say(page, '留样标签没写日期,请补上');
    await inChat(page, '已退回继续整改').waitFor();

    await become(page, principal.userid);
    await inChat(page, '还需继续').waitFor();
    await say(page, '都改好了,留样标签补上了日期');
    await button(page, '确认').click();
    await inChat(page, '已提交').last().waitFor();

    await become(page, inspector.userid);
    await button(page, '整改到位').click();
    await inChat(page, '已记为整改到位').waitFor();
    expect(await fitsWidth(page)).toBe(true);
    expect(errors).toEqual([]);
  });
});

describe('a newcomer to the demo', () => {
  it('is proposed the inspector of the README, with the sentence ready to be sent', async () => {
    const { inspector } = demo.storyOf('东关街道中心小学');
    const { page } = await openTab(browser, demo.url);
    const cards = page.locator('main .welcome-card');
    await cards.first().waitFor();
    expect(await cards.count()).toBe(3);
    expect(await cards.first().getAttribute('data-user')).toBe(inspector.userid);
  });

  it('has a district of people to choose from', async () => {
    const { page } = await openTab(browser, demo.url);
    const counts = page.locator('.group-head .count');
    await counts.first().waitFor();
    expect(await counts.allTextContents()).toEqual(['63', '148', '122', '4']);
  });

  it('sees a fault, and that the talk goes on in spite of it', async () => {
    const { inspector } = demo.storyOf('安澜区实验小学');
    const { page } = await openTab(browser, demo.url);
    await become(page, inspector.userid);
    await page.getByRole('button', { name: '故障' }).click();
    await page.locator('[data-fault=duplicate-callbacks]').click();
    await page.keyboard.press('Escape');
    await say(page, '帮助');
    await page.locator('.message-mine').last().waitFor();
    const answers = page.locator('.message-mine ~ .message:not(.message-mine)');
    await answers.first().waitFor();
    await page.getByRole('button', { name: '故障 1 项' }).click();
    await page.getByRole('button', { name: '全部关闭' }).click();
    await page.keyboard.press('Escape');
    expect(await page.locator('.message-mine').count()).toBe(1);
    expect(await answers.count()).toBe(1);
  });
});
