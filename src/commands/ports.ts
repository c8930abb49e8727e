// Looks whether ports are free before anything is started, so that a taken one costs no half-made start.
import { createServer } from 'node:net';
import { AppError } from '../errors.ts';
import { portFault } from '../http/port.ts';

export interface WantedPort {
  port: number;
  /** The variable that an operator would change. */
  variable: string;
}

/** Throws `port.taken` for the first that is, or that is wanted twice. Port 0 means any free one and always passes. */
export async function checkPorts(wanted: readonly WantedPort[], host?: string): Promise<void> {
  const seen = new Set<number>();
  for (const { port, variable } of wanted.filter(({ port }) => port !== 0)) {
    if (seen.has(port)) throw new AppError('port.taken', 'never', { why: 'twice', port, variable });
    await probe(port, host).catch((error) => Promise.reject(portFault(error, port, variable)));
    seen.add(port);
  }
}

/** The port itself, or for 0 one that is free: for addresses that must be told before anything listens there. */
export const settledPort = (port: number, host?: string): Promise<number> =>
  port === 0 ? probe(0, host) : Promise.resolve(port);

function probe(port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}
