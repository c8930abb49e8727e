// All five kinds of template card: drawn, chosen on, tapped, and what the bot hears of it.
import { describe, expect, it } from 'vitest';
import { AGENT } from '../simulator/bot.ts';
import { until } from '../support/until.ts';
import { seen } from './browser.ts';
import { onStage } from './on-stage.ts';
import { sendCard, visitCard } from './stage.ts';

const stage = onStage();

describe('template cards', () => {
  it('draws all five kinds of card, and sends what was chosen on them', async () => {
    const { page } = await stage.open(`#office-01/app:${AGENT}`);
    await seen(page, 'textarea');
    const url = 'https://example.com/';
    await sendCard(stage.world, 'office-01', {
      card_type: 'text_notice',
      action_menu: { desc: '更多操作', action_list: [{ text: '明天再说', key: 'later' }] },
      task_id: 'kinds-1',
      main_title: { title: '督导进度' },
      emphasis_content: { title: '86%', desc: '已督导' },
      quote_area: { quote_text: '每月至少一次' },
      horizontal_content_list: [{ keyname: '清单', value: '查看', type: 1, url }],
      jump_list: [{ type: 1, title: '全部', url }],
      card_action: { type: 1, url },
    });
    await sendCard(stage.world, 'office-01', {
      card_type: 'news_notice',
      main_title: { title: '简报' },
      card_image: { url: `${stage.world.simulator.url}/icon.png` },
      vertical_content_list: [{ title: '发现问题31项' }],
      card_action: { type: 1, url },
    });
    await sendCard(stage.world, 'office-01', {
      card_type: 'vote_interaction',
      main_title: { title: '能否参加' },
      task_id: 'kinds-2',
      checkbox: {
        question_key: 'come',
        mode: 1,
        option_list: [
          { id: 'yes', text: '参加', is_checked: true },
          { id: 'late', text: '晚到', is_checked: false },
        ],
      },
      submit_button: { text: '提交', key: 'vote' },
    });
    const choice = (key: string, title: string) => ({
      question_key: key,
      title,
      option_list: [
        { id: '1', text: '安全' },
        { id: '2', text: '食堂卫生' },
      ],
    });
    await sendCard(stage.world, 'office-01', {
      card_type: 'multiple_interaction',
      main_title: { title: '补充' },
      task_id: 'kinds-3',
      select_list: [choice('item', '类别')],
      submit_button: { text: '提交', key: 'more' },
    });
    await sendCard(stage.world, 'office-01', {
      ...visitCard('kinds-4'),
      button_selection: choice('how', '方式'),
    });
    for (const kind of [
      'text_notice',
      'news_notice',
      'vote_interaction',
      'multiple_interaction',
      'button_interaction',
    ])
      await seen(page, `[data-card=${kind}]`);

    const posted = (key: string) =>
      until(`the tap ${key} at the bot`, () =>
        stage.world.bot.got.find(({ plain }) => plain.includes(`[${key}]`)),
      );
    await page.getByLabel('晚到').check();
    await page.locator('[data-card=vote_interaction]').getByRole('button', { name: '提交' }).click();
    expect((await posted('vote')).plain).toMatch(/yes[\s\S]*late/);
    await page.getByLabel('类别').selectOption('2');
    await page.locator('[data-card=multiple_interaction]').getByRole('button', { name: '提交' }).click();
    expect((await posted('more')).plain).toContain('[2]');
    await page.getByLabel('方式').selectOption('2');
    await page.locator('[data-card=button_interaction]').getByRole('button', { name: '取消' }).click();
    expect((await posted('cancel')).plain).toContain('[how]');
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('button', { name: '明天再说' }).click();
    await posted('later');
    await page.locator('[data-card=button_interaction] [data-replaced]', { hasText: '已取消' }).waitFor();
  });

  it('keeps the menu of a card whose buttons are greyed, and a card without a title leads on by its words', async () => {
    const { page } = await stage.open(`#insp-x10/app:${AGENT}`);
    await seen(page, 'textarea');
    const menu = { desc: '卡片菜单', action_list: [{ text: '不再提醒', key: 'mute' }] };
    await sendCard(stage.world, 'insp-x10', { ...visitCard('greyed-1'), action_menu: menu });
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.locator('[data-replaced]', { hasText: '已确认' }).waitFor();
    await page.getByRole('button', { name: '卡片菜单' }).click();
    await page.getByRole('button', { name: '不再提醒' }).click();
    await until('the menu at the bot', () =>
      stage.world.bot.got.find(({ plain }) => /template_card_menu_event[\s\S]*\[mute\]/.test(plain)),
    );
    const url = 'https://example.com/plan';
    const words = { sub_title_text: '只有一句话的卡片', card_action: { type: 1, url } };
    await sendCard(stage.world, 'insp-x10', { card_type: 'text_notice', ...words });
    const link = page.getByRole('link', { name: '只有一句话的卡片' });
    expect(await link.getAttribute('href')).toBe(url);
  });
});
