// Bodies of message/send: each type passes when it is right and is refused where the platform would refuse or cut it.
import { describe, expect, test } from 'vitest';
import { messageBody } from '../../src/wecom/messages.ts';

const to = { touser: 'li.si', agentid: 1000007 };
const media = { media_id: 'm1' };
const article = { title: 'T', url: 'https://example.invalid/' };
const notice = { appid: 'wx1', title: '整改到期', description: '请尽快处理' };

test.each<[string, object]>([
  ['text', { msgtype: 'text', text: { content: '好' } }],
  ['image', { msgtype: 'image', image: media }],
  ['voice', { msgtype: 'voice', voice: media }],
  ['video', { msgtype: 'video', video: { ...media, title: 'T' } }],
  ['file', { msgtype: 'file', file: media, safe: 1 }],
  ['textcard', { msgtype: 'textcard', textcard: { title: 'T', description: 'D', url: 'https://a.b/' } }],
  ['news', { msgtype: 'news', news: { articles: [article] } }],
  [
    'mpnews',
    { msgtype: 'mpnews', mpnews: { articles: [{ title: 'T', thumb_media_id: 'm', content: '<p>x</p>' }] } },
  ],
  ['markdown', { msgtype: 'markdown', markdown: { content: '**好**' } }],
  ['miniprogram_notice', { msgtype: 'miniprogram_notice', agentid: undefined, miniprogram_notice: notice }],
  [
    'template_card',
    {
      msgtype: 'template_card',
      template_card: {
        card_type: 'text_notice',
        sub_title_text: 'x',
        card_action: { type: 1, url: 'https://a.b/' },
      },
      enable_duplicate_check: 1,
      duplicate_check_interval: 600,
    },
  ],
])('%s passes', (_, body) => {
  expect(messageBody.safeParse({ ...to, ...body })).toMatchObject({ success: true });
});

describe('refused:', () => {
  const text = { ...to, msgtype: 'text', text: { content: 'x' } };
  test.each<[string, object]>([
    ['nobody to send to', { ...text, touser: undefined }],
    ['empty receivers', { ...text, touser: '', toparty: '', totag: '' }],
    ['an empty one among them', { ...text, touser: 'li.si||wang.wu' }],
    ['nothing but their separator', { ...text, touser: '|' }],
    ['1001 people', { ...text, touser: Array(1001).fill('a').join('|') }],
    ['101 departments', { ...text, toparty: Array(101).fill('1').join('|') }],
    ['101 tags', { ...text, totag: Array(101).fill('1').join('|') }],
    ['no app', { ...text, agentid: undefined }],
    ['an unknown type', { ...text, msgtype: 'poem' }],
    ['empty text', { ...text, text: { content: '' } }],
    ['text of 2049 bytes', { ...text, text: { content: '中'.repeat(683) } }],
    ['a misspelt field', { ...text, text: { content: 'x', contents: 'x' } }],
    [
      'a duplicate check of five hours',
      { ...text, enable_duplicate_check: 1, duplicate_check_interval: 18000 },
    ],
    ['markdown of 2049 bytes', { ...to, msgtype: 'markdown', markdown: { content: 'x'.repeat(2049) } }],
    ['confidential news', { ...to, msgtype: 'news', safe: 1, news: { articles: [article] } }],
    ['nine articles', { ...to, msgtype: 'news', news: { articles: Array(9).fill(article) } }],
    ['an article that leads nowhere', { ...to, msgtype: 'news', news: { articles: [{ title: 'T' }] } }],
    ['a title of 129 bytes', { ...to, msgtype: 'video', video: { ...media, title: 'x'.repeat(129) } }],
    [
      'a mini program notice to all',
      { ...to, touser: '@all', msgtype: 'miniprogram_notice', miniprogram_notice: notice },
    ],
    [
      'a mini program notice with a short title',
      { ...to, msgtype: 'miniprogram_notice', miniprogram_notice: { ...notice, title: '到期' } },
    ],
    ['a broken card', { ...to, msgtype: 'template_card', template_card: { card_type: 'text_notice' } }],
  ])('%s', (_, body) => {
    expect(messageBody.safeParse(body)).toMatchObject({ success: false });
  });
});

test('text of exactly 2048 bytes and exactly 1000 people pass', () => {
  const content = `${'中'.repeat(682)}ab`;
  const touser = Array(1000).fill('a').join('|');
  expect(messageBody.safeParse({ ...to, touser, msgtype: 'text', text: { content } }).success).toBe(true);
});
