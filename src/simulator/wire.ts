// One HTTP request from the platform to a bot: a fixed window, then the connection is dropped (90930).
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  /** Null: no answer within the window, or no connection. */
  status: number | null;
  body: string;
  ms: number;
  /** What went wrong on the way; '' when an answer came. */
  fault: string;
}
export interface WireRequest {
  url: string;
  method: 'GET' | 'POST';
  body?: string;
  contentType?: string;
  windowMs: number;
  /** Called when the request has arrived as far as one can tell, or is over: whoever waits for order goes next. */
  onSent?: () => void;
}

export interface Wire {
  send(request: WireRequest): Promise<Answer>;
  close(): void;
}

const ANSWER_BYTES = 1024 * 1024;
const BREATH_MS = 15;
/** A bot in this very process (a test, a demo) accepts in one turn of the loop and reads in the next, however late the timer is. */
const TURNS = 3;

function afterBreath(then: () => void): void {
  const turn = (left: number) => (left === 0 ? then() : void setImmediate(turn, left - 1));
  setTimeout(turn, BREATH_MS, TURNS);
}

/** Keeps connections open between callbacks, as the platform does. */
export function createWire(): Wire {
  const http = new HttpAgent({ keepAlive: true, maxSockets: 512 });
  const https = new HttpsAgent({ keepAlive: true, maxSockets: 512 });
  const open = new Set<ClientRequest>();

  const once = (wanted: WireRequest, started: number) =>
    new Promise<Answer | 'stale-socket'>((resolve) => {
      const { url, method, body = '', windowMs } = wanted;
      const secure = url.startsWith('https:');
      const headers = {
        'User-Agent': 'Mozilla/4.0',
        Accept: '*/*',
        ...(method === 'POST'
          ? { 'Content-Type': wanted.contentType ?? 'text/xml', 'Content-Length': Buffer.byteLength(body) }
          : {}),
      };
      const end = (status: number | null, text: string, fault: string) => {
        clearTimeout(timer);
        open.delete(request);
        wanted.onSent?.();
        resolve({ status, body: text, ms: Date.now() - started, fault });
      };
      const request = (secure ? httpsRequest : httpRequest)(
        url,
        { method, headers, agent: secure ? https : http },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size <= ANSWER_BYTES) chunks.push(chunk);
            else request.destroy(new Error('the answer is larger than 1 MB'));
          });
          response.on('end', () => end(response.statusCode ?? null, Buffer.concat(chunks).toString(), ''));
          response.on('error', (err) => end(null, '', err.message));
        },
      );
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${windowMs} ms, connection dropped`)),
        Math.max(0, windowMs - (Date.now() - started)),
      );
      open.add(request);
      // A fresh connection is accepted later than a kept one is read: without a breath the next request may overtake.
      request.on('finish', () => afterBreath(() => wanted.onSent?.()));
      request.on('error', (err: NodeJS.ErrnoException) => {
        // A kept connection that the other side had closed meanwhile: nothing was read, so it is no attempt.
        if (request.reusedSocket && err.code === 'ECONNRESET') {
          clearTimeout(timer);
          open.delete(request);
          resolve('stale-socket');
          return;
        }
        end(null, '', err.code ?? err.message);
      });
      request.end(body);
    });

  return {
    async send(wanted) {
      const started = Date.now();
      for (;;) {
        const answer = await once(wanted, started);
        if (answer !== 'stale-socket') return answer;
      }
    },
    close() {
      for (const request of open) request.destroy(new Error('the simulator stops'));
      http.destroy();
      https.destroy();
    },
  };
}
