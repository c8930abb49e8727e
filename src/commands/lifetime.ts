// From start to a clean end: Ctrl-C once stops in order, twice at once, and an error nobody caught is logged and ends the process.
import type { Log } from '../log.ts';
import { tellFault } from './fault.ts';

export interface Running {
  /** Says that all is there; not called when a stop was asked for by then. */
  opened?(): void;
  /** Ordered and bounded by itself. */
  close(): Promise<void>;
}

/** A terminal sends Ctrl-C to npm and to us, and npm passes it on: two signals, one wish. */
const SAME_WISH_MS = 700;
/** Longer than `close` may take by itself. */
const CLOSE_MS = 25_000;

export interface LifetimeOptions {
  log: Log;
  /** Said when a stop begins. */
  stopping(): void;
}

/**
 * Opens, and closes at a signal, also while still opening. Resolves when all is closed; sets the exit code.
 * The embedded database watches this process by itself, so that even an end at once leaves none behind.
 */
export async function untilStopped(
  open: (lifetime: { stop(): void }) => Promise<Running>,
  { log, stopping }: LifetimeOptions,
): Promise<void> {
  let askedAt = 0;
  let ask: () => void = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const onSignal = () => {
    const now = performance.now();
    if (askedAt && now - askedAt > SAME_WISH_MS) process.exit(130);
    if (!askedAt) {
      askedAt = now;
      stopping();
      setTimeout(() => process.exit(1), CLOSE_MS).unref();
      ask();
    }
  };
  const onLoose = (error: unknown) => {
    log.fatal({ err: error }, 'an error that nobody caught');
    process.exitCode = 1;
    if (!askedAt) onSignal();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  process.on('uncaughtException', onLoose).on('unhandledRejection', onLoose);

  const running = await open({ stop: ask });
  if (!askedAt) running.opened?.();
  await asked;
  await running.close().catch(tellFault);
  // Whatever still keeps the loop alive (a socket of a client that never reads) has had its time.
  process.exit(process.exitCode ?? 0);
}
