// A bot of fifty lines for the simulator's tests: it opens what comes, remembers it, and answers what the test tells it to.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { movableClock } from '../../src/clock.ts';
import type { CorpInput } from '../../src/simulator/api.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { decodeAesKey, decrypt, encrypt, signature } from '../../src/wecom/crypto.ts';
import { element, parseXml, textOf, wordOf, type XmlElement } from '../../src/wecom/xml.ts';

export const CORP_ID = 'ww0123456789abcdef';
export const TOKEN = 'QDG6eK';
export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
export const SECRET = 'the-secret-of-the-app';
export const AGENT = 1000007;

/** A body of message/send to 李四; `more` goes over it. */
export const text = (content: string, more: object = {}) => ({
  touser: 'li.si',
  msgtype: 'text',
  agentid: AGENT,
  text: { content },
  ...more,
});

export interface Got {
  xml: XmlElement;
  plain: string;
  query: URLSearchParams;
  body: string;
}
/** What the bot does with a message: the inner XML of its reply, '' for none, or a status to answer with. */
export type Answering = (got: Got, n: number) => string | number | Promise<string | number>;

export interface TestBot {
  url: string;
  got: Got[];
  answer: Answering;
  /** Answer to the URL's verification, if not the right one. */
  echo?: (plain: string) => string;
  close(): Promise<void>;
}

export const replyXml = (to: string, msgType: string, body: string) =>
  `<xml>${element('ToUserName', to)}${element('FromUserName', CORP_ID)}<CreateTime>1</CreateTime>${element('MsgType', msgType)}${body}</xml>`;
export const textReply = (got: Got, text: string) =>
  replyXml(textOf(got.xml, 'FromUserName'), 'text', element('Content', text));

export function sealReply(plain: string, with_: { receiveId?: string; token?: string } = {}): string {
  const encrypted = encrypt({
    key: decodeAesKey(AES_KEY),
    receiveId: with_.receiveId ?? CORP_ID,
    message: plain,
  });
  const sign = signature(with_.token ?? TOKEN, '1', 'n', encrypted);
  return `<xml>${element('Encrypt', encrypted)}${element('MsgSignature', sign)}<TimeStamp>1</TimeStamp>${element('Nonce', 'n')}</xml>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

export async function startBot(answer: Answering = () => ''): Promise<TestBot> {
  const key = decodeAesKey(AES_KEY);
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://bot').searchParams;
    const body = await bodyOf(request);
    const sealed = query.get('echostr') ?? wordOf(parseXml(body), 'Encrypt');
    const [at, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    if (signature(TOKEN, at, nonce, sealed) !== query.get('msg_signature')) {
      response.writeHead(403).end();
      return;
    }
    const plain = decrypt({ key, receiveId: CORP_ID, encrypted: sealed });
    if (request.method === 'GET') {
      response.end(bot.echo?.(plain) ?? plain);
      return;
    }
    const got = { xml: parseXml(plain), plain, query, body };
    const n = bot.got.push(got);
    const said = await bot.answer(got, n);
    if (typeof said === 'number') response.writeHead(said).end();
    else response.end(said.startsWith('<xml><To') ? sealReply(said) : said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const bot: TestBot = {
    url: `http://127.0.0.1:${port}/callback`,
    got: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return bot;
}

export const corp: CorpInput = {
  corpId: CORP_ID,
  name: '教育督导室',
  contactsSecret: 'the-secret-of-the-helper',
  apps: [
    { agentId: AGENT, name: '督导助手', secret: SECRET },
    { agentId: 1000008, name: '另一个应用', secret: 'other-secret', visible: { users: ['li.si'] } },
  ],
  departments: [
    { id: 1, name: '教育局', parentId: 0 },
    { id: 2, name: '督导室' },
    { id: 3, name: '学校', parentId: 1 },
  ],
  people: [
    { userId: 'Wang.Jianguo', name: '王建国', departments: [2] },
    { userId: 'li.si', name: '李四', departments: [3], tags: [7] },
    { userId: 'zhao.liu', name: '赵六', departments: [3] },
    { userId: 'gone', name: '离职', departments: [3], status: 'left' },
    { userId: 'unlicensed', name: '未购', departments: [2], licensed: false },
  ],
  tags: [{ id: 7, name: '校长' }],
  groups: [{ chatId: 'area1', name: '第一责任区', members: ['Wang.Jianguo', 'li.si'] }],
  robots: [{ key: 'robot-key', name: '播报', chatId: 'area1' }],
};

export interface World {
  simulator: Simulator;
  bot: TestBot;
  clock: ReturnType<typeof movableClock>;
  /** Calls the platform's API with a token and gives the JSON. */
  api(path: string, body?: object | string, query?: Record<string, string>): Promise<Record<string, unknown>>;
  token(secret?: string): Promise<string>;
  drive<T>(path: string, body?: object, method?: string): Promise<T>;
  close(): Promise<void>;
}

export async function startWorld(
  options: Partial<SimulatorOptions> = {},
  answer?: Answering,
): Promise<World> {
  const bot = await startBot(answer);
  const clock = movableClock();
  const simulator = await startSimulator({
    port: 0,
    clock,
    corp,
    callbackUrl: bot.url,
    token: TOKEN,
    encodingAesKey: AES_KEY,
    retryDelaysMs: [5, 5, 5],
    log: { info: () => {}, warn: () => {} },
    ...options,
  });
  const token = async (secret = SECRET) => {
    const url = `${simulator.apiBase}/cgi-bin/gettoken?corpid=${CORP_ID}&corpsecret=${secret}`;
    const { access_token } = (await (await fetch(url)).json()) as { access_token: string }; // 91039
    return access_token;
  };
  return {
    simulator,
    bot,
    clock,
    token,
    async api(path, body, query = {}) {
      const access_token = query.access_token ?? (await token());
      const url = `${simulator.apiBase}/cgi-bin/${path}?${new URLSearchParams({ ...query, access_token })}`;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(url, body === undefined ? {} : { method: 'POST', body: text });
      return (await response.json()) as Record<string, unknown>; // the platform answers JSON objects
    },
    async drive<T>(path: string, body?: object, method = body === undefined ? 'GET' : 'POST') {
      const response = await fetch(`${simulator.url}/simulator/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return (await response.json()) as T; // as api.ts says for this path
    },
    async close() {
      await simulator.close();
      await bot.close();
    },
  };
}
