// Each passive reply is the XML of the platform's page, well-formed whatever a person's words hold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { templateCardUpdate } from '../../src/wecom/cards.ts';
import { fieldsOf } from '../../src/wecom/fields.ts';
import { type Reply, replyXml } from '../../src/wecom/replies.ts';
import { child, legalText, parseXml, textOf } from '../../src/wecom/xml.ts';

const head = { toUser: 'li.si', corpId: 'ww0123456789abcdef', createTime: 1718000210 };
const fields = (reply: Reply) => fieldsOf(parseXml(replyXml(reply, head)));
const addressed = { ToUserName: 'li.si', FromUserName: 'ww0123456789abcdef', CreateTime: '1718000210' };

test('a text reply is the sample of the page', () => {
  expect(replyXml({ kind: 'text', content: '收到' }, head)).toBe(
    '<xml><ToUserName><![CDATA[li.si]]></ToUserName><FromUserName><![CDATA[ww0123456789abcdef]]></FromUserName><CreateTime>1718000210</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>',
  );
});

test.each<[Reply, object]>([
  [
    { kind: 'image', mediaId: 'm' },
    { MsgType: 'image', Image: { MediaId: 'm' } },
  ],
  [
    { kind: 'voice', mediaId: 'm' },
    { MsgType: 'voice', Voice: { MediaId: 'm' } },
  ],
  [
    { kind: 'video', mediaId: 'm', title: 'T' },
    { MsgType: 'video', Video: { MediaId: 'm', Title: 'T', Description: '' } },
  ],
  [
    { kind: 'news', articles: [{ title: 'T', url: 'https://a.b/?c&d' }] },
    {
      MsgType: 'news',
      ArticleCount: '1',
      Articles: { item: { Title: 'T', Description: '', PicUrl: '', Url: 'https://a.b/?c&d' } },
    },
  ],
  [
    { kind: 'update_button', replaceName: '已批准' },
    { MsgType: 'update_button', Button: { ReplaceName: '已批准' } },
  ],
])('%j', (reply, expected) => {
  expect(fields(reply)).toEqual({ ...addressed, ...expected });
});

test('a card is written in CamelCase, lists without a wrapper, with the uneven names of the page', () => {
  const card = templateCardUpdate.parse({
    card_type: 'button_interaction',
    source: { desc: '督导', desc_color: 1 },
    main_title: { title: '隐患已派单' },
    quote_area: { type: 2, appid: 'wx1', pagepath: 'p', quote_text: 'Q' },
    card_action: { type: 2, appid: 'wx2' },
    horizontal_content_list: [
      { keyname: '处理人', value: '王五', type: 3, userid: 'wang.wu' },
      { keyname: '期限', value: '今天' },
    ],
    task_id: 't-1',
    button_selection: {
      question_key: 'q',
      disable: true,
      selected_id: 'a',
      option_list: [{ id: 'a', text: 'A' }],
    },
    button_list: [{ text: '确认', key: 'ok', style: 1 }],
    replace_text: '已确认',
  });
  expect(fields({ kind: 'update_template_card', card })).toEqual({
    ...addressed,
    MsgType: 'update_template_card',
    TemplateCard: {
      CardType: 'button_interaction',
      Source: { Desc: '督导', DescColor: '1' },
      MainTitle: { Title: '隐患已派单' },
      QuoteArea: { Type: '2', Appid: 'wx1', PagePath: 'p', QuoteText: 'Q' },
      CardAction: { Type: '2', AppId: 'wx2' },
      HorizontalContentList: [
        { KeyName: '处理人', Value: '王五', Type: '3', UserId: 'wang.wu' },
        { KeyName: '期限', Value: '今天' },
      ],
      ButtonSelection: {
        QuestionKey: 'q',
        SelectedId: 'a',
        Disable: 'true',
        OptionList: { Id: 'a', Text: 'A' },
      },
      ButtonList: { Text: '确认', Style: '1', Key: 'ok' },
      ReplaceText: '已确认',
    },
  });
});

test('a card that the platform would pass over is not written', () => {
  const card = {
    card_type: 'button_interaction' as const,
    main_title: { title: 'T' },
    button_list: [{ text: '打开', type: 1 as const, url: 'https://a.b/' }],
  };
  expect(() => replyXml({ kind: 'update_template_card', card }, head)).toThrow(/button_list/);
  const bare = { ...card, button_list: [] };
  expect(() => replyXml({ kind: 'update_template_card', card: bare }, head)).toThrow(/button_list/);
});

test('vote and multiple cards are written too', () => {
  const vote = templateCardUpdate.parse({
    card_type: 'vote_interaction',
    main_title: { title: 'T' },
    checkbox: {
      question_key: 'q',
      mode: 1,
      option_list: [{ id: 'a', text: 'A', is_checked: true }],
      disable: false,
    },
    submit_button: { text: '提交', key: 's' },
  });
  expect(fields({ kind: 'update_template_card', card: vote }).TemplateCard).toMatchObject({
    CheckBox: { Mode: '1', Disable: 'false', OptionList: { IsChecked: 'true' } },
    SubmitButton: { Text: '提交', Key: 's' },
  });
});

test('limits are applied at a whole character', () => {
  const text = fields({ kind: 'text', content: '中'.repeat(1000) }).Content;
  expect(text).toBe('中'.repeat(682));
  const articles = Array.from({ length: 9 }, () => ({
    title: '题'.repeat(50),
    description: '述'.repeat(300),
  }));
  const root = parseXml(replyXml({ kind: 'news', articles }, head));
  expect(textOf(root, 'ArticleCount')).toBe('8');
  const first = child(child(root, 'Articles'), 'item');
  expect(textOf(first, 'Title')).toBe('题'.repeat(42));
  expect(textOf(first, 'Description')).toBe('述'.repeat(170));
});

test('whatever a person wrote, the reply stays well-formed and says it back', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(']]>', '</xml>', '<![CDATA[', '&', '\uDC00'),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      const content = parts.join('').slice(0, 400);
      const root = parseXml(replyXml({ kind: 'text', content }, head));
      expect(textOf(root, 'Content')).toBe(legalText(content));
    }),
  );
});
