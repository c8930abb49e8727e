// The door lets in what WeCom sent, answers it, and refuses the rest with one kind of error.
import { describe, expect, test } from 'vitest';
import { BODY_LIMIT_BYTES, createCallback, MAX_AGE_MS } from '../../src/wecom/callback.ts';
import { decodeAesKey, decrypt, encrypt, signature } from '../../src/wecom/crypto.ts';
import { parseXml, textOf, wordOf } from '../../src/wecom/xml.ts';
import { event, message } from './samples.ts';
import { negativeVectors, positiveVectors } from './vectors.ts';

const KEY = 'lP1syEzDezlX6qpJ0M8IKM6Jpqp1IIGlukOckmzUIk4';
const AT = 1718000000;
const settings = {
  corpId: 'ww0123456789abcdef',
  token: 'tk7Hn2QpZ4',
  encodingAesKey: KEY,
  now: () => new Date(AT * 1000),
};

function envelope(
  xml: string,
  { token = settings.token, corpId = settings.corpId, at = AT, nonce = 'n1' } = {},
) {
  const encrypted = encrypt({ key: decodeAesKey(KEY), receiveId: corpId, message: xml });
  return {
    body: `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>1</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    query: { msg_signature: signature(token, String(at), nonce, encrypted), timestamp: String(at), nonce },
  };
}

const refused = (reason: string) => expect.objectContaining({ name: 'CallbackError', reason });

describe('verify', () => {
  test.each(positiveVectors.filter((v) => v.kind === 'echostr' && v.msg_signature))('$name', (v) => {
    const callback = createCallback({
      corpId: v.receiveid,
      token: v.token ?? '',
      encodingAesKey: v.encodingAESKey,
      now: () => new Date(Number(v.timestamp) * 1000),
    });
    const query = { msg_signature: v.msg_signature, timestamp: v.timestamp, nonce: v.nonce };
    expect(callback.verify({ ...query, echostr: v.encrypt })).toBe(v.plaintext);
    // A form parser turns a raw '+' into a space.
    expect(callback.verify({ ...query, echostr: v.encrypt.replaceAll('+', ' ') })).toBe(v.plaintext);
    expect(() => callback.verify(query)).toThrow(refused('bad-query'));
    expect(() => callback.verify({ ...query, echostr: [v.encrypt, v.encrypt] })).toThrow(
      refused('bad-query'),
    );
  });
});

describe('open', () => {
  test.each(positiveVectors.filter((v) => v.kind === 'message-xml' && v.plaintext.startsWith('<xml>')))(
    '$name',
    (v) => {
      const callback = createCallback({
        corpId: v.receiveid,
        token: v.token ?? '',
        encodingAesKey: v.encodingAESKey,
        now: () => new Date(Number(v.timestamp) * 1000),
      });
      const query = { msg_signature: v.msg_signature, timestamp: v.timestamp, nonce: v.nonce };
      const body = `<xml><Encrypt>${v.encrypt}</Encrypt></xml>`;
      expect(callback.open(body, query).xml).toBe(v.plaintext);
      expect(callback.open(Buffer.from(body), query).inbound.kind).not.toBe('');
    },
  );

  test.each(negativeVectors)('$name is refused as $expect', (v) => {
    const callback = createCallback({
      corpId: v.receiveid,
      token: v.token,
      encodingAesKey: v.encodingAESKey,
      now: () => new Date(Number(v.timestamp) * 1000),
    });
    const query = { msg_signature: v.msg_signature, timestamp: v.timestamp, nonce: v.nonce };
    const body = `<xml><Encrypt><![CDATA[${v.encrypt}]]></Encrypt></xml>`;
    expect(() => callback.open(body, query)).toThrow(refused(v.expect));
  });

  test('gives the message, its key, and what the answer needs', () => {
    const xml = message('text', '<Content><![CDATA[帮助]]></Content>');
    const { body, query } = envelope(xml);
    expect(createCallback(settings).open(body, query)).toEqual({
      inbound: expect.objectContaining({ kind: 'text', content: '帮助', fromUser: 'li.si' }),
      xml,
      dedupKey: 'msg:1000007:li.si:7361234567890123456',
      toUser: 'ww0123456789abcdef',
      agentId: 1000007,
      timestamp: String(AT),
      nonce: 'n1',
    });
  });

  test('the same message under a new envelope has the same key', () => {
    const callback = createCallback(settings);
    const xml = event('click', '<EventKey>a</EventKey>');
    const [first, again] = [envelope(xml), envelope(xml, { nonce: 'n2', at: AT + 5 })];
    expect(callback.open(first.body, first.query).dedupKey).toBe(
      callback.open(again.body, again.query).dedupKey,
    );
  });

  test('what a database cannot store is taken out of the text', () => {
    const { body, query } = envelope(message('text', '<Content><![CDATA[a\u0000b\u0001]]></Content>'));
    const opened = createCallback(settings).open(body, query);
    expect(opened.inbound).toMatchObject({ content: 'ab' });
    expect(opened.xml).not.toContain('\u0000');
  });

  test.each([
    ['too early', AT - MAX_AGE_MS / 1000 - 1, 'stale'],
    ['too late', AT + MAX_AGE_MS / 1000 + 1, 'stale'],
    ['not a time', Number.NaN, 'stale'],
  ])('a timestamp that is %s', (_, at, reason) => {
    const { body, query } = envelope(message('text', ''), { at });
    expect(() => createCallback(settings).open(body, query)).toThrow(refused(reason));
  });

  test('a re-delivery of twenty minutes ago is still believed', () => {
    const { body, query } = envelope(message('text', ''), { at: AT - 1200 });
    expect(createCallback(settings).open(body, query).inbound.kind).toBe('text');
  });

  test("another office's envelope is refused: by token, by corp, by app", () => {
    const callback = createCallback({ ...settings, agentId: 1000008 });
    const foreignToken = envelope(message('text', ''), { token: 'other' });
    expect(() => callback.open(foreignToken.body, foreignToken.query)).toThrow(refused('bad-signature'));
    const foreignCorp = envelope(message('text', ''), { corpId: 'wwffffffffffffffff' });
    expect(() => callback.open(foreignCorp.body, foreignCorp.query)).toThrow(refused('receiveid-mismatch'));
    const foreignApp = envelope(message('text', ''));
    expect(() => callback.open(foreignApp.body, foreignApp.query)).toThrow(refused('agent-mismatch'));
    const shared = envelope(event('share_agent_change', '', 'sys'));
    expect(callback.open(shared.body, shared.query).inbound.kind).toBe('share_agent_change');
  });

  test.each([
    ['a body over the limit', 'x'.repeat(BODY_LIMIT_BYTES + 1), 'too-large'],
    ['a body over the limit in bytes only', '中'.repeat(BODY_LIMIT_BYTES / 2), 'too-large'],
    ['no body', '', 'bad-xml'],
    ['no Encrypt', '<xml><A/></xml>', 'bad-xml'],
    ['an empty Encrypt', '<xml><Encrypt></Encrypt></xml>', 'bad-xml'],
    ['two Encrypts', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>', 'bad-xml'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "c">]><xml><Encrypt>&b;</Encrypt></xml>', 'bad-xml'],
    ['a wrong signature', '<xml><Encrypt>AAAA</Encrypt></xml>', 'bad-signature'],
  ])('%s', (_, body, reason) => {
    const query = { msg_signature: 'a'.repeat(40), timestamp: String(AT), nonce: 'n' };
    expect(() => createCallback(settings).open(body, query)).toThrow(refused(reason));
  });

  test('a believed envelope with broken XML inside', () => {
    const { body, query } = envelope('<xml><open></xml>');
    expect(() => createCallback(settings).open(body, query)).toThrow(refused('bad-inner-xml'));
  });

  test.each(['__proto__', 'constructor'])(
    'a query without own names, inheriting through %s, is refused',
    (name) => {
      const query = { [name]: { msg_signature: 'a' } };
      expect(() => createCallback(settings).open('<xml><Encrypt>AAAA</Encrypt></xml>', query)).toThrow(
        refused('bad-query'),
      );
    },
  );
});

test('a sealed answer can be opened by the other side', () => {
  const sealed = parseXml(
    createCallback(settings).seal('<xml>回复</xml>', { timestamp: '1718000001', nonce: 'abc' }),
  );
  const encrypted = textOf(sealed, 'Encrypt');
  expect(wordOf(sealed, 'MsgSignature')).toBe(signature(settings.token, '1718000001', 'abc', encrypted));
  expect([wordOf(sealed, 'TimeStamp'), wordOf(sealed, 'Nonce')]).toEqual(['1718000001', 'abc']);
  expect(decrypt({ key: decodeAesKey(KEY), receiveId: settings.corpId, encrypted })).toBe('<xml>回复</xml>');
});
