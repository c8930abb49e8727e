// The bot as a process of its own, as an operator starts it, to be killed and started again on the same port and folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { projectRoot } from '../../src/operator.ts';
import { builtMain } from '../support/built.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './surroundings.ts';

export interface Bot {
  url: string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** SIGKILL: nothing is said goodbye to. */
  kill(): Promise<void>;
  /** SIGTERM, and gives the exit code. */
  stop(): Promise<number | null>;
  /** GET /readyz, or null when nobody answers. */
  ready(): Promise<{ reasons: string[]; spool: { entries: number; parked: number } } | null>;
  /** What it said on standard output and error since it was made. */
  said(): string;
}

/** `work` listens nowhere; it is up when it says so. */
export async function botProcess(
  env: Record<string, string>,
  command: 'start' | 'serve' | 'work' = 'start',
): Promise<Bot> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let said = '';

  const ready: Bot['ready'] = async () => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    return response ? response.json() : null;
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
    return ending.exitCode;
  };
  return {
    url,
    ready,
    said: () => said,
    async start() {
      const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
      const settings = { PORT: String(port), LOG_LEVEL: 'warn', ...env };
      const started = spawn(process.execPath, [builtMain, command], {
        cwd: projectRoot,
        env: { ...inherited, ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      const hear = (data: Buffer) => {
        said += data.toString();
      };
      started.stdout?.on('data', hear);
      started.stderr?.on('data', hear);
      const isUp = () =>
        fetch(`${url}/healthz`).then(
          (response) => response.ok,
          () => false,
        );
      const before = said.length;
      await until(
        'the bot to answer',
        () => {
          if (started.exitCode !== null) throw new Error(`it ended with ${started.exitCode}:\n${said}`);
          return command === 'work' ? /定时任务/.test(said.slice(before)) : isUp();
        },
        PATIENCE_MS,
      );
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
