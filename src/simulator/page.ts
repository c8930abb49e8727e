// The simulator's page at /, or a word on how to build it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves `pageDir`; where nothing was built, text that says so. */
export function pageRoutes(server: FastifyInstance, pageDir: string | undefined): void {
  if (pageDir !== undefined && existsSync(join(pageDir, 'index.html'))) {
    server.register(fastifyStatic, { root: pageDir });
    return;
  }
  const text =
    'The simulator runs, but its page is not built. Run "npm run build" once, then reload.\n' +
    'The API for tests is under /simulator (start with /simulator/state), the platform under /cgi-bin.\n';
  server.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(text));
}
