// How the driving API answers: JSON, and for every refusal a 4xx with one sentence.
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { ActView, DriveError } from '../api.ts';
import type { Denied } from '../exchange-with-bot.ts';

/** A refusal with its one sentence. */
export function refused(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error } satisfies DriveError);
}

/** What an act came to: its view, or the refusal that it is. */
export function answer(reply: FastifyReply, done: ActView | Denied): FastifyReply {
  return 'error' in done ? refused(reply, done.status, done.error) : reply.send(done);
}

/** The body in the schema's shape; null when it does not fit, and then the reply has gone out. */
export function input<S extends z.ZodType>(
  schema: S,
  body: unknown,
  reply: FastifyReply,
): z.output<S> | null {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  refused(reply, 400, faults.join('; '));
  return null;
}
