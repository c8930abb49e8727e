// The wire tap: the last HTTP exchanges between platform and bot, plain and encrypted, for the page's drawer and for tests.
import type { Exchange } from './api.ts';
import type { Stream } from './stream.ts';

export interface ExchangeOptions {
  /** How many are kept; the oldest fall out. */
  capacity?: number;
  /** False keeps lines without bodies, for load tests. */
  bodies?: boolean;
}

export interface Exchanges {
  open(start: Pick<Exchange, 'kind' | 'method' | 'path'> & Partial<Exchange>): Exchange;
  /** Ends an exchange; `note` is added to what was noted before. */
  close(exchange: Exchange, end: Partial<Exchange>): void;
  get(id: number): Exchange | undefined;
  after(id: number, limit: number): Exchange[];
  lastId(): number;
  clear(): void;
}

/** Longer bodies are kept up to here; the rest would only fill the memory. */
const BODY_KEPT_CHARS = 16_384;

/** Hides what opens doors: tokens, secrets, keys of robots, codes. */
export function scrub(text: string): string {
  return text
    .replace(/((?:access_token|corpsecret|key|code|ticket)=)[^&\s"]+/g, '$1***')
    .replace(/("(?:access_token|user_ticket|ticket)"\s*:\s*")[^"]+/g, '$1***');
}

/** The newest `capacity` of them; `bodies` false keeps their heads alone. */
export function createExchanges(
  stream: Stream,
  now: () => Date,
  { capacity = 2000, bodies = true }: ExchangeOptions = {},
): Exchanges {
  let ring: Exchange[] = [];
  let lastId = 0;
  const kept = (text: string | undefined) => (bodies ? (text ?? '').slice(0, BODY_KEPT_CHARS) : '');

  return {
    open(start) {
      lastId += 1;
      const exchange: Exchange = {
        id: lastId,
        at: now().toISOString(),
        kind: start.kind,
        method: start.method,
        path: scrub(start.path),
        status: null,
        ms: null,
        attempt: start.attempt ?? 1,
        ...(start.userId === undefined ? {} : { userId: start.userId }),
        plainRequest: kept(start.plainRequest),
        rawRequest: kept(start.rawRequest),
        plainResponse: '',
        rawResponse: '',
        note: start.note ?? '',
      };
      ring.push(exchange);
      // Cutting off a tenth at a time keeps this cheap under load.
      if (ring.length > capacity * 1.1) ring = ring.slice(-capacity);
      return exchange;
    },
    close(exchange, end) {
      const note = [exchange.note, end.note].filter((part) => part).join('; ');
      Object.assign(exchange, end, { note });
      exchange.plainRequest = kept(exchange.plainRequest);
      exchange.rawRequest = kept(exchange.rawRequest);
      exchange.plainResponse = kept(exchange.plainResponse);
      exchange.rawResponse = kept(exchange.rawResponse);
      if (stream.heard()) stream.publish({ type: 'exchange', exchange });
    },
    get: (id) => ring.find((exchange) => exchange.id === id),
    after(id, limit) {
      return ring
        .slice(-capacity)
        .filter((exchange) => exchange.id > id)
        .slice(-limit);
    },
    lastId: () => lastId,
    clear() {
      ring = [];
    },
  };
}
