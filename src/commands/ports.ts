// Looks whether ports are free before anything is started, so that a taken one costs no half-made start.
import { createServer } from 'node:net';
import { portFault } from '../http/port.ts';

export interface WantedPort {
  port: number;
  /** The variable that an operator would change. */
  variable: string;
}

/** Throws `port.taken` for the first that is. Port 0 means any free one and always passes. */
export async function checkPorts(wanted: readonly WantedPort[], host?: string): Promise<void> {
  for (const { port, variable } of wanted) {
    if (port !== 0)
      await probe(port, host).catch((error) => Promise.reject(portFault(error, port, variable)));
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
