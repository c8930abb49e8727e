// A bare HTTP server for tests of the client: it notes what arrives and answers what the test tells it to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: Buffer;
  json: unknown;
}

export type Answer = object | ((arrived: Arrived, response: ServerResponse) => object | undefined);

export interface Platform {
  base: string;
  arrived: Arrived[];
  /** How often a path was called. */
  count(path: string): number;
  /** Answers of one path, in turn; the last one stays. */
  answers(path: string, ...answers: Answer[]): void;
  close(): Promise<void>;
}

export async function startPlatform(): Promise<Platform> {
  const arrived: Arrived[] = [];
  const queues = new Map<string, Answer[]>();
  let tokens = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '', 'http://test');
    const note: Arrived = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body,
      json: /json/.test(request.headers['content-type'] ?? '') ? JSON.parse(body.toString()) : undefined,
    };
    arrived.push(note);
    const queue = queues.get(url.pathname);
    const next = (queue && queue.length > 1 ? queue.shift() : queue?.[0]) ?? defaults(url.pathname);
    const said = typeof next === 'function' ? next(note, response) : next;
    if (said !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
  });
  const defaults = (path: string) =>
    path === '/cgi-bin/gettoken'
      ? { errcode: 0, errmsg: 'ok', access_token: `token-${++tokens}`, expires_in: 7200 }
      : { errcode: 0, errmsg: 'ok' };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  return {
    base: `http://127.0.0.1:${port}`,
    arrived,
    count: (path) => arrived.filter((a) => a.path === path).length,
    answers: (path, ...answers) => void queues.set(path, answers),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
