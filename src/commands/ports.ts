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

function probe(port: number, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}
