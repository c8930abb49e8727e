// What the platform, and whoever pretends to be it, gets from the callback's address.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { RunTurn } from '../../src/http/accept.ts';
import { listen } from '../../src/http/server.ts';
import { PATIENCE_MS } from '../support/until.ts';
import { door, envelopeXml, seal, sealed, signed, textXml, unseal } from './door.ts';

const post = (from: { url: string; payload: string | Buffer }) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'text/xml' },
  ...from,
});

describe('verification of the address', () => {
  test('answers with exactly the decrypted echo', async () => {
    const { app } = await door();
    const echostr = seal('1616140317555161061');
    const { url } = signed(echostr);
    const answer = await app.inject({ url: `${url}&echostr=${encodeURIComponent(echostr)}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('1616140317555161061');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test('a plus sign that nobody encoded is a plus sign', async () => {
    const { app } = await door();
    let echostr = seal('4');
    while (!echostr.includes('+')) echostr = seal('4');
    const { url } = signed(echostr);
    const answer = await app.inject({
      url: `${url}&echostr=${echostr.replaceAll('/', '%2F').replaceAll('=', '%3D')}`,
    });
    expect(answer.body).toBe('4');
  });
});

describe('what is not believed', () => {
  const xml = textXml('hello');
  const good = sealed(xml);
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>`;
  const cases: [string, number, { url: string; payload: string | Buffer }][] = [
    ['a wrong token', 403, sealed(xml, { token: 'other' })],
    ['another office’s envelope', 403, sealed(xml, { receiveId: 'wwffffffffffffffff' })],
    ['another key', 403, sealed(xml, { key: randomBytes(32) })],
    ['an old recording', 403, sealed(xml, { timestamp: 1_600_000_000 })],
    ['no signature', 400, { url: '/wecom/main/callback', payload: good.payload }],
    ['a signature given twice', 400, { url: `${good.url}&msg_signature=x`, payload: good.payload }],
    [
      'a signature that is not hex',
      403,
      { url: good.url.replace(/msg_signature=\w+/, 'msg_signature=%F0%9F%98%80'), payload: good.payload },
    ],
    ['an empty body', 400, { url: good.url, payload: '' }],
    ['broken XML', 400, { url: good.url, payload: '<xml><Encrypt>' }],
    ['JSON', 400, { url: good.url, payload: '{"Encrypt":"x"}' }],
    ['an entity bomb', 400, { url: good.url, payload: bomb }],
    ['broken Base64', 403, { ...signed('!!!not base64!!!'), payload: envelopeXml('!!!not base64!!!') }],
    ['broken XML inside', 400, sealed('<xml><a></xml>')],
    ['10 MB', 413, { url: good.url, payload: Buffer.alloc(10 * 1024 * 1024, 'x') }],
    ['no such office', 404, { url: good.url.replace('main', 'nowhere'), payload: good.payload }],
  ];

  test.each(cases)('%s is answered %i, with nothing said', async (_what, status, request) => {
    const run = vi.fn<RunTurn>(async () => ({ reply: null }));
    const { app, lines, counts } = await door({ run });
    const answer = await app.inject(post(request));
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toBe('');
    expect(run).not.toHaveBeenCalled();
    expect([...counts.values()]).toEqual([1]);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toMatch(/hello|Encrypt|at .*\.ts/);
  });

  test('ten megabytes over a real connection end it, however they are sent, and others are served', async () => {
    const { app } = await door();
    const port = await listen(app, { port: 0, host: '127.0.0.1' });
    for (const length of ['Content-Length: 10485760', 'Transfer-Encoding: chunked']) {
      const seen = await new Promise<string>((resolve) => {
        let got = '';
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(`POST ${good.url} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n${length}\r\n\r\n`);
          const piece = 'a'.repeat(16 * 1024);
          const more = () => {
            if (!socket.destroyed)
              socket.write(`${length.includes('chunked') ? '4000\r\n' : ''}${piece}\r\n`, more);
          };
          more();
        });
        socket.on('data', (data) => {
          got += data.toString();
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(got));
      });
      expect(seen).toMatch(/^HTTP\/1.1 413|^$/); // the answer may be lost when the connection is cut
    }
    const after = await fetch(`http://127.0.0.1:${port}${good.url}`, { method: 'POST', body: good.payload });
    expect(after.status).toBe(200);
  });

  test.each([['/%zz'], ['/nothing/here'], ['/wecom/main/other']])('%s gets an empty refusal', async (url) => {
    const { app } = await door();
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body).toBe('');
  });
});

describe('the answer', () => {
  const replyXml = '<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[ok]]></Content></xml>';
  const claiming: RunTurn = async (_envelope, passive) => ({ reply: passive.claim() ? replyXml : null });

  test('goes back sealed, whatever the content type of the question', async () => {
    const { app } = await door({ run: claiming });
    for (const type of [
      'text/xml',
      'application/xml; charset=utf-8',
      'application/json',
      'application/x-www-form-urlencoded',
    ]) {
      const answer = await app.inject({ ...post(sealed(textXml('hi'))), headers: { 'content-type': type } });
      expect(answer.statusCode).toBe(200);
      expect(unseal(answer.body)).toBe(replyXml);
    }
  });

  test('nothing to say is an empty 200', async () => {
    const { app } = await door();
    const answer = await app.inject(post(sealed(textXml('hi'))));
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  test('a slow turn is answered empty, kept on disk, and told that its reply must go another way', async () => {
    const claims: boolean[] = [];
    let finish = () => {};
    const run: RunTurn = (_envelope, passive) =>
      new Promise((resolve) => {
        finish = () => {
          claims.push(passive.claim());
          resolve({ reply: null });
        };
      });
    const { app, spooled, counts } = await door({ run, budget: { emptyAfterMs: 30, giveBackAfterMs: 60 } });
    const answer = await app.inject(post(sealed(textXml('hi'))));
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(spooled).toHaveLength(1);
    expect(counts.get('late')).toBe(1);
    finish();
    await vi.waitFor(() => expect(claims).toEqual([false]), { timeout: PATIENCE_MS });
  });

  test('a turn that claimed the answer in time is waited for', async () => {
    const run: RunTurn = async (_envelope, passive) => {
      const isMine = passive.claim();
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { reply: isMine ? replyXml : null };
    };
    const { app, spooled } = await door({ run, budget: { emptyAfterMs: 20, giveBackAfterMs: 5_000 } });
    const answer = await app.inject(post(sealed(textXml('hi'))));
    expect(unseal(answer.body)).toBe(replyXml);
    expect(spooled).toHaveLength(0);
  });

  test('a claimed answer that still is not there is given back, so that the platform asks again', async () => {
    const run: RunTurn = (_envelope, passive) => {
      passive.claim();
      return new Promise(() => {});
    };
    const { app } = await door({ run, budget: { emptyAfterMs: 20, giveBackAfterMs: 40 } });
    expect((await app.inject(post(sealed(textXml('hi'))))).statusCode).toBe(503);
  });

  test('asked again about what was answered, and too slow this time: nothing is kept, the platform is to ask once more', async () => {
    let asked = 0;
    const run: RunTurn = async () => {
      asked += 1;
      return asked === 1 ? { reply: replyXml } : new Promise(() => {});
    };
    const budget = { emptyAfterMs: 60_000, giveBackAfterMs: 60_000 };
    const { app, spooled } = await door({ run, budget });
    const asks = () => app.inject(post(sealed(textXml('hi', 'Li.Si', '43'))));
    expect(unseal((await asks()).body)).toBe(replyXml);
    Object.assign(budget, { emptyAfterMs: 20, giveBackAfterMs: 40 });
    expect((await asks()).statusCode).toBe(503);
    expect(spooled).toEqual([]);
  });

  test('a turn that fails is a 500 without a word, and the log has no contents', async () => {
    const run: RunTurn = async () => {
      throw new Error('could not parse "hello 13812345678"');
    };
    const { app, lines } = await door({ run });
    const answer = await app.inject(post(sealed(textXml('hello 13812345678'))));
    expect([answer.statusCode, answer.body]).toEqual([500, '']);
    expect(lines.join()).not.toMatch(/hello|13812345678/);
  });

  test('a late turn that fails is logged and was kept', async () => {
    const run: RunTurn = () => new Promise((_, reject) => setTimeout(() => reject(new Error('no')), 60));
    const { app, spooled, lines } = await door({ run, budget: { emptyAfterMs: 20, giveBackAfterMs: 40 } });
    expect((await app.inject(post(sealed(textXml('hi'))))).statusCode).toBe(200);
    expect(spooled).toHaveLength(1);
    await vi.waitFor(() => expect(lines.join()).toMatch('late turn failed'), { timeout: PATIENCE_MS });
  });
});

describe('while the database is away', () => {
  const away: RunTurn = async () => {
    throw new AppError('store.unreachable', 'later');
  };

  test('a message is kept on disk and answered with an empty 200', async () => {
    const { app, spooled } = await door({ run: away });
    const answer = await app.inject(post(sealed(textXml('hi', 'Li.Si', '42'))));
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(spooled.map((envelope) => envelope.dedupKey)).toEqual(['msg:1000002:li.si:42']);
  });

  test('a full disk gives the message back to the platform', async () => {
    const { app } = await door({ run: away, diskFull: true });
    expect((await app.inject(post(sealed(textXml('hi'))))).statusCode).toBe(503);
  });

  test('a later message of the same person does not overtake one that waits; others go on', async () => {
    let isAway = true;
    const ran: string[] = [];
    const run: RunTurn = async (envelope) => {
      if (isAway) throw new AppError('store.unreachable', 'later');
      ran.push(envelope.inbound.fromUser);
      return { reply: null };
    };
    const { app, spooled } = await door({ run });
    await app.inject(post(sealed(textXml('1', 'LiSi'))));
    isAway = false;
    await app.inject(post(sealed(textXml('2', 'lisi'))));
    await app.inject(post(sealed(textXml('3', 'WangWu'))));
    expect(spooled).toHaveLength(2);
    expect(ran).toEqual(['WangWu']);
  });
});

test('messages of one person are taken one after the other, those of others side by side', async () => {
  let running = 0;
  let most = 0;
  const hers: string[] = [];
  const run: RunTurn = async ({ inbound }) => {
    running += 1;
    most = Math.max(most, running);
    if (inbound.fromUser === 'LiSi') hers.push('begin');
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (inbound.fromUser === 'LiSi') hers.push('end');
    running -= 1;
    return { reply: null };
  };
  const { app } = await door({ run });
  const people = ['LiSi', 'a', 'LiSi', 'b', 'LiSi', 'c'];
  await Promise.all(people.map((person) => app.inject(post(sealed(textXml('x', person))))));
  expect(hers).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
  expect(most).toBeGreaterThan(1);
});

test('health says that the process lives, and metrics count', async () => {
  const { app } = await door();
  await app.inject(post(sealed(textXml('x'))));
  expect((await app.inject('/healthz')).json().status).toBe('ok');
  expect((await app.inject('/readyz')).json()).toMatchObject({ status: 'ready', reasons: [] });
  expect((await app.inject('/metrics')).body).toMatch(/answered 1/);
});
