// Files go up with their Chinese names and a length, come down as streams, and a refusal in JSON is not taken for a file.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWecomClient, type WecomClient } from '../../src/wecom/client.ts';
import { filenameOf } from '../../src/wecom/media.ts';
import { memoryTokenStore } from '../../src/wecom/token.ts';
import { createRobot, type Robot, robotImage } from '../../src/wecom/webhook.ts';
import { type Platform, startPlatform } from './platform.ts';

const UPLOAD = '/cgi-bin/media/upload';
const GET = '/cgi-bin/media/get';
const KEY = 'robot-key-693a';
const uploaded = { errcode: 0, errmsg: 'ok', type: 'image', media_id: 'M', created_at: '1718000000' };
const bytes = Buffer.from('\x89PNG not really, but long enough');

let platform: Platform;
let app: WecomClient;
let robot: Robot;
beforeEach(async () => {
  platform = await startPlatform();
  platform.answers(UPLOAD, uploaded);
  app = createWecomClient({
    base: platform.base,
    corpId: 'ww1',
    agentId: 7,
    secret: 's',
    tokens: memoryTokenStore(),
  });
  robot = createRobot({ base: platform.base, key: KEY });
});
afterEach(() => platform.close());

const last = () => platform.arrived.at(-1);

test('a picture goes up: raw UTF-8 name, length, type', async () => {
  const done = await app.media.upload({ type: 'image', filename: '灭火器 "二".png', data: bytes });
  expect(done).toEqual({ mediaId: 'M', type: 'image', createdAt: 1718000000 });
  const body = last()?.body ?? Buffer.alloc(0);
  expect(last()?.query).toEqual({ access_token: 'token-1', type: 'image' });
  expect(last()?.headers['content-length']).toBe(String(body.length));
  expect(last()?.headers['transfer-encoding']).toBeUndefined();
  expect(body.toString()).toContain('name="media"; filename="灭火器 _二_.png"');
  expect(body.toString()).toContain('Content-Type: image/png\r\n\r\n');
  expect(body.includes(bytes)).toBe(true);
});

test('a stream goes up with its length, and is opened again when the token was dead', async () => {
  platform.answers(UPLOAD, { errcode: 42001, errmsg: 'expired' }, uploaded);
  let opened = 0;
  const open = () => {
    opened++;
    return Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]);
  };
  await app.media.upload({ type: 'file', filename: 'a.pdf', data: { size: bytes.length, open } });
  expect(opened).toBe(2);
  expect(last()?.headers['content-length']).toBe(String(last()?.body.length));
  expect(last()?.body.includes(bytes)).toBe(true);
});

test.each([
  ['image', 5],
  ['voice', 2 * 1024 * 1024 + 1],
] as const)('%s of %i bytes is not sent', async (type, size) => {
  const upload = { type, filename: 'x', data: Buffer.alloc(size) };
  await expect(app.media.upload(upload)).rejects.toMatchObject({ name: 'WecomInvalid' });
  expect(platform.arrived).toEqual([]);
});

test('a file comes down as a stream, with its name', async () => {
  // Written by hand: node's own server cannot put raw UTF-8 bytes into this header.
  const head = `HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: ${bytes.length}\r\nconnection: close\r\ncontent-disposition: attachment; filename="现场.jpg"\r\n\r\n`;
  platform.answers(
    GET,
    (_, response) => void response.socket?.end(Buffer.concat([Buffer.from(head), bytes])),
  );
  const file = await app.media.get('M');
  expect(file).toMatchObject({ contentType: 'image/jpeg', filename: '现场.jpg', size: bytes.length });
  expect(await buffer(file.stream)).toEqual(bytes);
});

test('a range is asked for and told', async () => {
  platform.answers(GET, (arrived, response) => {
    response.writeHead(206, { 'content-type': 'video/mp4', 'content-range': 'bytes 0-3/31' });
    expect(arrived.headers.range).toBe('bytes=0-3');
    return void response.end(bytes.subarray(0, 4));
  });
  const file = await app.media.get('M', { range: 'bytes=0-3' });
  expect(file.contentRange).toBe('bytes 0-3/31');
  expect(await buffer(file.stream)).toHaveLength(4);
});

test('a refusal comes as JSON under status 200', async () => {
  platform.answers(GET, { errcode: 40007, errmsg: 'invalid media_id' });
  await expect(app.media.get('old')).rejects.toMatchObject({
    name: 'WecomRefused',
    errcode: 40007,
    verdict: 'drop',
  });
});

test('a dead token is renewed for a download too', async () => {
  platform.answers(GET, { errcode: 40014, errmsg: 'invalid' }, (_, response) => {
    return void response.setHeader('content-type', 'image/png').end(bytes);
  });
  expect(await buffer((await app.media.get('M')).stream)).toEqual(bytes);
  expect(platform.count('/cgi-bin/gettoken')).toBe(2);
});

test('a stored JSON file is a file', async () => {
  platform.answers(GET, (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('content-disposition', 'attachment; filename="a.json"');
    return void response.end('{"errcode":1}');
  });
  expect((await buffer((await app.media.get('M')).stream)).toString()).toBe('{"errcode":1}');
});

test.each([
  ['', ''],
  ["attachment; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg", '现场.jpg'],
  ["attachment; filename*=UTF-8''%E7%zz", '%E7%zz'],
  ['attachment; filename=a.txt', 'a.txt'],
  ['attachment; filename="a\\"b.txt"', 'a"b.txt'],
  [`attachment; filename="${Buffer.from('现场.jpg').toString('latin1')}"`, '现场.jpg'],
])('the name in %j is %j', (disposition, name) => {
  expect(filenameOf(disposition)).toBe(name);
});

test('a robot sends without a token, and its key stays out of errors', async () => {
  await robot.send({ msgtype: 'markdown', markdown: { content: '**到期** 3 项' } });
  expect(last()).toMatchObject({ path: '/cgi-bin/webhook/send', query: { key: KEY } });
  expect(platform.count('/cgi-bin/gettoken')).toBe(0);
  platform.answers('/cgi-bin/webhook/send', { errcode: 93000, errmsg: `invalid webhook url, key=${KEY}` });
  const err = await robot.send({ msgtype: 'text', text: { content: 'x' } }).catch((e: unknown) => e);
  expect(err).toMatchObject({ errcode: 93000, verdict: 'alarm' });
  expect(`${String(err)} ${JSON.stringify(err)}`).not.toContain(KEY);
});

test('a robot uploads a file of its own', async () => {
  platform.answers('/cgi-bin/webhook/upload_media', { ...uploaded, type: 'file' });
  expect(await robot.upload({ type: 'file', filename: '通报.pdf', data: bytes })).toMatchObject({
    mediaId: 'M',
  });
  expect(last()?.query).toEqual({ key: KEY, type: 'file' });
});

test('a robot refuses what it cannot show', async () => {
  const long = { msgtype: 'markdown', markdown: { content: 'x'.repeat(4097) } } as const;
  await expect(robot.send(long)).rejects.toMatchObject({ name: 'WecomInvalid' });
  await expect(robot.send(robotImage(Buffer.alloc(2 * 1024 * 1024 + 10)))).rejects.toMatchObject({
    name: 'WecomInvalid',
  });
  await robot.send(robotImage(bytes));
  expect(last()?.json).toMatchObject({ image: { md5: createHash('md5').update(bytes).digest('hex') } });
});
