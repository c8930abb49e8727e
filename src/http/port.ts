// What goes wrong when a server wants a port, as the error whose sentence names the variable to change.
import { AppError } from '../errors.ts';

/** Turns a failure to listen into the sentence's error; anything else is given back as it is. */
export function portFault(error: unknown, port: number, variable: string): unknown {
  if (isCode(error, 'EADDRINUSE')) return new AppError('port.taken', 'never', { port, variable });
  if (isCode(error, 'EACCES'))
    return new AppError('port.taken', 'never', { port, variable, why: 'permission' });
  return error;
}

/** Whether it is an error of Node with one of these codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
