// A load of encrypted callbacks over real HTTP: so many connections, each sending its next message when the last is answered.
import { Agent, request } from 'node:http';

export interface Envelope {
  path: string;
  body: string;
}

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  refused: number;
}

/** Sends all envelopes over `connections` connections; milliseconds from sending to the whole answer. */
export async function drive(
  url: string,
  envelopes: readonly Envelope[],
  connections: number,
): Promise<Measured> {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = new Float64Array(envelopes.length);
  let next = 0;
  let refused = 0;
  const started = performance.now();
  const worker = async () => {
    for (let at = next++; at < envelopes.length; at = next++) {
      const { path, body } = envelopes[at] as Envelope; // `at` is below the length
      const from = performance.now();
      const status = await post({ hostname, port, path, agent }, body);
      times[at] = performance.now() - from;
      if (status !== 200) refused++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort();
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { perSecond: envelopes.length / seconds, p50: at(0.5), p99: at(0.99), refused };
}

function post(
  to: { hostname: string; port: string; path: string; agent: Agent },
  body: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) };
    const sent = request({ ...to, method: 'POST', headers }, (answer) => {
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
