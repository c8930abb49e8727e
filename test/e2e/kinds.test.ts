// Every kind of message that an app can send, drawn on a phone and on a desk.
import { describe, expect, it } from 'vitest';
import { PIXEL_PNG } from '../../src/simulator/acts.ts';
import { AGENT } from '../simulator/bot.ts';
import { DESKTOP, inChat, PHONE, seen } from './browser.ts';
import { onStage } from './on-stage.ts';

const stage = onStage();
const TO = 'insp-x11';

async function upload(type: string, bytes: Buffer, name: string): Promise<string> {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)]), name);
  const { apiBase } = stage.world.simulator;
  const url = `${apiBase}/cgi-bin/media/upload?access_token=${await stage.world.token()}&type=${type}`;
  const answer = await (await fetch(url, { method: 'POST', body: form })).json();
  return (answer as { media_id: string }).media_id; // 90253
}

async function sendAll(): Promise<void> {
  const url = 'https://example.com/';
  const image = await upload('image', PIXEL_PNG, '现场.png');
  const voice = await upload('voice', Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(130)]), '话.amr');
  const mp4 = Buffer.concat([Buffer.alloc(4), Buffer.from('ftypmp42'), Buffer.alloc(100)]);
  const video = await upload('video', mp4, '操场.mp4');
  const file = await upload('file', Buffer.from('%PDF-1.4 plan'), '整改方案.pdf');
  const messages: object[] = [
    { msgtype: 'text', text: { content: '文字与<a href="https://example.com/">链接</a>' } },
    { msgtype: 'image', image: { media_id: image } },
    { msgtype: 'voice', voice: { media_id: voice } },
    { msgtype: 'video', video: { media_id: video, title: '操场录像', description: '十月九日上午' } },
    { msgtype: 'file', file: { media_id: file } },
    { msgtype: 'textcard', textcard: { title: '文本卡片', description: '<div class="gray">灰</div>', url } },
    { msgtype: 'news', news: { articles: [{ title: '图文头条', description: '说明', url }] } },
    {
      msgtype: 'mpnews',
      mpnews: { articles: [{ title: '图文稿', thumb_media_id: image, content: '<p>x</p>' }] },
    },
    { msgtype: 'markdown', markdown: { content: '# 大标题\n**粗体** `code`\n> 引用' } },
    {
      msgtype: 'miniprogram_notice',
      miniprogram_notice: {
        appid: 'wx1',
        title: '小程序通知',
        content_item: [{ key: '事项', value: '灭火器' }],
      },
    },
  ];
  for (const message of messages) {
    const answer = await stage.world.api('message/send', { touser: TO, agentid: AGENT, ...message });
    expect(answer).toMatchObject({ errcode: 0 });
  }
}

describe.each([
  ['a phone', PHONE],
  ['a desk', DESKTOP],
])('on %s', (_, viewport) => {
  it('draws every kind of message, and nothing is wider than the window', async () => {
    await stage.world.drive('reset', {});
    const { page, errors } = await stage.open(`#${TO}/app:${AGENT}`, viewport);
    await seen(page, 'textarea');
    await sendAll();
    await inChat(page, '小程序通知').waitFor();
    const types = await page.locator('[data-type]').evaluateAll((all) => all.map((one) => one.dataset.type));
    expect(types).toEqual([
      ...['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'mpnews', 'markdown'],
      'miniprogram_notice',
    ]);
    for (const words of ['链接', '语音', '操场录像', '十月九日上午', '整改方案.pdf', '文本卡片', '图文头条'])
      await inChat(page, words).waitFor();
    const [bold, code] = [page.locator('.message strong'), page.locator('.message code')];
    expect([await bold.last().textContent(), await code.textContent()]).toEqual(['粗体', 'code']);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(errors).toEqual([]);
  });
});
