// Ties each kind of job to the one function that does it, and refuses to start while a kind has none or two.
import { AppError } from '../errors.ts';
import type { AnyKind, JobKind } from './kinds.ts';

/** A function for one kind of job, with its payload's type already checked away. */
export interface Handler {
  readonly kind: AnyKind;
  /** Throws AppError('queue.unusable', 'never') when the payload does not fit. */
  run(data: unknown): Promise<void>;
}

/** `run` may be called twice for the same thing: it reads the row, sees it done, and stops. */
export function handler<T>(kind: JobKind<T>, run: (data: T) => Promise<void>): Handler {
  return {
    kind,
    run: async (data) => {
      const read = kind.data.safeParse(data);
      if (!read.success)
        throw new AppError('queue.unusable', 'never', { kind: kind.name, fault: 'payload does not fit' });
      await run(read.data);
    },
  };
}

/** Throws one AppError('queue.unusable') that lists every kind without a handler, with two, and every stray handler. */
export function checkHandlers(
  kinds: readonly AnyKind[],
  handlers: readonly Handler[],
): ReadonlyMap<string, Handler> {
  const count = (name: string) => handlers.filter((h) => h.kind.name === name).length;
  const faults = [
    ...kinds.filter((k) => count(k.name) === 0).map((k) => `${k.name}: no handler`),
    ...kinds.filter((k) => count(k.name) > 1).map((k) => `${k.name}: ${count(k.name)} handlers`),
    ...handlers
      .filter((h) => !kinds.some((k) => k.name === h.kind.name))
      .map((h) => `${h.kind.name}: a handler for a kind that is not in src/jobs/kinds.ts`),
  ];
  if (faults.length > 0)
    throw new AppError(
      'queue.unusable',
      'never',
      { faults },
      {
        message: `Each kind of job must have exactly one handler:\n${faults.map((f) => `  ${f}`).join('\n')}`,
      },
    );
  return new Map(handlers.map((h) => [h.kind.name, h]));
}
