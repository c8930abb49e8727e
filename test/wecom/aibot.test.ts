// The smart robot's door and words (PROTOCOL §15): JSON in the envelope, an empty receive id, limits held before sealing.
import { describe, expect, it } from 'vitest';
import { aibotDedupKey, parseAibot, withoutMention } from '../../src/wecom/aibot.ts';
import { createAibotCallback } from '../../src/wecom/aibot-callback.ts';
import { aibotReply, streamReply, welcomeReply } from '../../src/wecom/aibot-replies.ts';
import { decodeAesKey, decrypt, encrypt, signature } from '../../src/wecom/crypto.ts';
import { CallbackError, WecomInvalid } from '../../src/wecom/errors.ts';

const token = 'aibotToken1';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const key = decodeAesKey(encodingAesKey);
const now = () => new Date('2026-03-19T02:00:00Z');
const timestamp = String(now().getTime() / 1000);
const door = createAibotCallback({ token, encodingAesKey, now });

const inGroup = {
  msgid: 'CAIQ16HMjQYY',
  aibotid: 'AIBOT1',
  chatid: 'wrGroup1',
  chattype: 'group',
  from: { userid: 'Insp-A02-03' },
  response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=abc',
  msgtype: 'text',
  text: { content: '@督导助手 本月还差哪几所' },
};

function sealed(message: string, receiveId = '') {
  const encrypted = encrypt({ key, receiveId, message });
  const msg_signature = signature(token, timestamp, 'n1', encrypted);
  return { body: JSON.stringify({ encrypt: encrypted }), query: { msg_signature, timestamp, nonce: 'n1' } };
}

const reasonOf = (work: () => unknown) => {
  try {
    work();
  } catch (err) {
    if (err instanceof CallbackError) return err.reason;
  }
  return 'believed';
};

describe('the door of the smart robot', () => {
  it('opens JSON that ends with nothing, and says who asked where', () => {
    const { body, query } = sealed(JSON.stringify(inGroup));
    const { inbound, dedupKey } = door.open(body, query);
    expect(inbound).toMatchObject({
      kind: 'aibot.text',
      fromUser: 'Insp-A02-03',
      chat: { type: 'group', chatId: 'wrGroup1' },
      content: '@督导助手 本月还差哪几所',
    });
    expect(dedupKey).toBe('aibot:AIBOT1:CAIQ16HMjQYY');
  });

  it('believes no envelope with the receive id of an app, a wrong signature, or no JSON', () => {
    const app = sealed(JSON.stringify(inGroup), 'ww0123456789abcdef');
    expect(reasonOf(() => door.open(app.body, app.query))).toBe('receiveid-mismatch');
    const good = sealed(JSON.stringify(inGroup));
    expect(reasonOf(() => door.open(good.body, { ...good.query, msg_signature: 'a'.repeat(40) }))).toBe(
      'bad-signature',
    );
    expect(reasonOf(() => door.open('<xml/>', good.query))).toBe('bad-json');
    const odd = sealed('[1]');
    expect(reasonOf(() => door.open(odd.body, odd.query))).toBe('bad-inner-json');
  });

  it('gives the echo back as it is', () => {
    const echostr = encrypt({ key, receiveId: '', message: '1616140317555161061' });
    const query = {
      msg_signature: signature(token, timestamp, 'n2', echostr),
      timestamp,
      nonce: 'n2',
      echostr,
    };
    expect(door.verify(query)).toBe('1616140317555161061');
  });

  it('seals under the nonce of the callback, names in lower case, seconds as a number', () => {
    const reply = JSON.parse(
      door.seal(streamReply('s1', '好', true), { nonce: 'n1', timestamp: 1_773_885_600 }),
    );
    expect(Object.keys(reply).toSorted()).toEqual(['encrypt', 'msgsignature', 'nonce', 'timestamp']);
    expect(reply.timestamp).toBe(1_773_885_600);
    expect(reply.msgsignature).toBe(signature(token, '1773885600', 'n1', reply.encrypt));
    expect(JSON.parse(decrypt({ key, receiveId: '', encrypted: reply.encrypt }))).toEqual({
      msgtype: 'stream',
      stream: { id: 's1', finish: true, content: '好' },
    });
  });
});

describe('what is said to it', () => {
  it('reads each kind, and keeps what it does not know', () => {
    const kinds = (over: object) => parseAibot(JSON.stringify({ ...inGroup, ...over })).kind;
    expect(kinds({ msgtype: 'voice', voice: { content: '还差哪几所' } })).toBe('aibot.voice');
    expect(kinds({ msgtype: 'image', image: { url: 'https://x.invalid/1', aeskey: 'a2V5' } })).toBe(
      'aibot.media',
    );
    expect(kinds({ msgtype: 'stream', stream: { id: 's1' } })).toBe('aibot.stream');
    expect(kinds({ msgtype: 'event', event: { eventtype: 'enter_chat' } })).toBe('aibot.enter');
    expect(kinds({ msgtype: 'event', event: { eventtype: 'something_new', something_new: {} } })).toBe(
      'aibot.unknown',
    );
    expect(kinds({ msgtype: 'sticker' })).toBe('aibot.unknown');
  });

  it('joins the texts of a mixed message and counts its pictures', () => {
    const msg_item = [
      { msgtype: 'text', text: { content: '@督导助手 看这个' } },
      { msgtype: 'image', image: { url: 'https://x.invalid/1' } },
    ];
    expect(parseAibot(JSON.stringify({ ...inGroup, msgtype: 'mixed', mixed: { msg_item } }))).toMatchObject({
      content: '@督导助手 看这个',
      pictures: 1,
    });
  });

  it('reads a tap in both spellings of the page', () => {
    const tap = (fields: object) =>
      parseAibot(
        JSON.stringify({
          ...inGroup,
          msgtype: 'event',
          event: { eventtype: 'template_card_event', template_card_event: fields },
        }),
      );
    const expected = { kind: 'aibot.tap', eventKey: 'yes', cardType: 'button_interaction' };
    expect(tap({ card_type: 'button_interaction', event_key: 'yes', task_id: 't' })).toMatchObject(expected);
    expect(tap({ cardtype: 'button_interaction', eventkey: 'yes', taskid: 't' })).toMatchObject(expected);
    expect(tap({ event_key: 'yes' })).toMatchObject({ selected: [] });
    const selected_item = [{ question_key: 'q', option_ids: { option_id: ['a', 'b'] } }];
    expect(tap({ event_key: 'yes', selected_items: { selected_item } })).toMatchObject({
      selected: [{ questionKey: 'q', optionIds: ['a', 'b'] }],
    });
  });

  it('reads what somebody thought of an answer', () => {
    const feedback = (fields: object) =>
      parseAibot(
        JSON.stringify({
          ...inGroup,
          msgtype: 'event',
          event: { eventtype: 'feedback_event', feedback_event: fields },
        }),
      );
    expect(feedback({ id: 'f', type: 2, content: '不全', inaccurate_reason_list: [2, 4] })).toMatchObject({
      kind: 'aibot.feedback',
      id: 'f',
      verdict: 2,
      content: '不全',
      reasons: [2, 4],
    });
    expect(feedback({ id: 'f', type: 1 })).toMatchObject({ content: '', reasons: [] });
  });

  it('drops what a database cannot hold, and knows a message without id by its bytes', () => {
    const odd = JSON.stringify({ ...inGroup, msgid: '', text: { content: '还差\u0000哪几所' } });
    const inbound = parseAibot(odd);
    expect(inbound).toMatchObject({ content: '还差哪几所' });
    expect(aibotDedupKey(inbound, odd)).toMatch(/^aibot-json:[0-9a-f]{64}$/);
  });

  it('takes the mention out wherever it stands, and leaves those of others', () => {
    expect(withoutMention('@督导助手 本月还差哪几所', '督导助手')).toBe('本月还差哪几所');
    expect(withoutMention('本月还差哪几所@督导助手\u2005', '督导助手')).toBe('本月还差哪几所');
    expect(withoutMention('@督导助手\u2005@张明 本月还差哪几所', '督导助手')).toBe('@张明 本月还差哪几所');
    expect(withoutMention('@Old Name 还差哪几所', '')).toBe('Name 还差哪几所');
    expect(withoutMention('@小助手 还差哪几所', '督导助手')).toBe('还差哪几所');
  });
});

describe('what it answers', () => {
  const button = {
    card_type: 'button_interaction' as const,
    main_title: { title: '确认' },
    task_id: 'q-1',
    button_list: [{ text: '确认', key: 'yes' }],
  };

  it('cuts a stream at 20,480 bytes, at a whole character', () => {
    const { stream } = JSON.parse(streamReply('s1', '督'.repeat(7000), true));
    expect(Buffer.byteLength(stream.content)).toBe(20_478);
  });

  it('passes what the pages allow', () => {
    expect(JSON.parse(welcomeReply('您好'))).toEqual({ msgtype: 'text', text: { content: '您好' } });
    for (const reply of [
      { msgtype: 'template_card' as const, template_card: button },
      {
        msgtype: 'stream_with_template_card' as const,
        stream: { id: 's', finish: true, content: '好' },
        template_card: button,
      },
      { response_type: 'update_template_card' as const, userids: ['li.si'], template_card: button },
    ])
      expect(JSON.parse(aibotReply(reply))).toEqual(reply);
  });

  it('refuses what the platform would not show', () => {
    const image = { base64: 'aGk=', md5: '0'.repeat(32) };
    const early = { id: 's', finish: false, content: '', msg_item: [{ msgtype: 'image' as const, image }] };
    expect(() => aibotReply({ msgtype: 'stream', stream: early })).toThrow(WecomInvalid);
    expect(() => aibotReply({ msgtype: 'markdown', markdown: { content: '好'.repeat(7000) } })).toThrow(
      WecomInvalid,
    );
    const rows = [{ keyname: '附件', type: 2 as const, media_id: 'm', value: 'a.docx' }];
    expect(() =>
      aibotReply({ msgtype: 'template_card', template_card: { ...button, horizontal_content_list: rows } }),
    ).toThrow(WecomInvalid);
    expect(() =>
      aibotReply({ response_type: 'update_template_card', userids: [], template_card: button }),
    ).toThrow(WecomInvalid);
  });
});
