// The bot's HTTP server: which routes there are, how long anybody may take, and a sentence when the port is taken.
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Log } from '../log.ts';
import { type AlbumDeps, albumRoutes } from './album.ts';
import { type CallbackDeps, callbackRoutes } from './callback.ts';
import { type HealthDeps, healthRoutes } from './health.ts';
import { isCode, portFault } from './port.ts';

export interface ServerDeps {
  callback: CallbackDeps;
  health: HealthDeps;
  /** Left out: nobody reaches this bot from outside, so it has no window for photos. */
  album?: AlbumDeps;
  log: Log;
}

/** A request that takes longer to arrive than the platform waits for its answer is not the platform's. */
const REQUEST_MS = 10_000;

/** Not listening yet; `inject` works at once. */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false, // one line an event is written where the event is understood
    requestTimeout: REQUEST_MS,
    bodyLimit: 64 * 1024,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 64 },
    frameworkErrors: (_error, _request, reply: FastifyReply) => reply.code(400).send(''), // an address that can't be decoded
    clientErrorHandler: (_error, socket) => {
      if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    },
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(''));
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (!(status >= 400 && status < 500)) deps.log.error({ err: error }, 'request failed');
    return reply.code(status >= 400 && status < 500 ? status : 500).send('');
  });
  await app.register((scope) => callbackRoutes(scope, deps.callback));
  await app.register((scope) => healthRoutes(scope, deps.health));
  const { album } = deps;
  if (album) await app.register((scope) => albumRoutes(scope, album));
  await app.ready();
  return app;
}

/**
 * Listens, or throws `port.taken` naming the variable to change.
 * `host` left out: all addresses, for a platform that comes from outside; `localhost` for a demo.
 */
export async function listen(
  app: FastifyInstance,
  at: { port: number; host?: string; variable?: string },
): Promise<number> {
  try {
    await app.listen({ port: at.port, host: at.host ?? '::' });
  } catch (error) {
    if (at.host === undefined && isCode(error, 'EAFNOSUPPORT', 'EADDRNOTAVAIL')) {
      return listen(app, { ...at, host: '0.0.0.0' }); // a machine without IPv6
    }
    throw portFault(error, at.port, at.variable ?? 'PORT');
  }
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : at.port;
}
