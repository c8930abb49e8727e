// Starts a simulated WeCom platform: its API under /cgi-bin, the driving API under /simulator, the page at /.
import fastify, { type FastifyInstance } from 'fastify';
import type { MovableClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { verify as verifyAibot } from './aibot/callback.ts';
import { aibotFiles } from './aibot/files.ts';
import { createSockets, SOCKET_PATH } from './aibot/socket.ts';
import type { CorpInput, MessageView } from './api.ts';
import { controlRoutes } from './drive/control.ts';
import { peopleRoutes } from './drive/people.ts';
import { rawRoutes } from './drive/raw.ts';
import type { ExchangeOptions } from './exchanges.ts';
import { createWorld, reset } from './make-world.ts';
import { pageRoutes } from './page.ts';
import { platformRoutes } from './platform/door.ts';
import { loginRoutes } from './platform/login.ts';
import { openSnapshot } from './snapshot.ts';
import type { Limits, SimulatorLog, World } from './world.ts';

export interface SimulatorOptions {
  /** 0: any free port. */
  port: number;
  host?: string;
  clock: MovableClock;
  corp: CorpInput;
  /** Of the corp's first app; each may also stand in `corp.apps`. */
  callbackUrl?: string;
  token?: string;
  encodingAesKey?: string;
  /** Keeps chats, cards and people between starts; media lie in `<stateFile>.media/`. */
  stateFile?: string;
  /** Folder with the built page. */
  pageDir?: string;
  retryDelaysMs?: number[];
  /** Default 5000, the platform's. */
  answerWindowMs?: number;
  limits?: Partial<Limits>;
  cardReplies?: World['cardReplies'];
  duplicateCheck?: World['duplicateCheck'];
  /** How often a client asks a smart robot for more of its answer, default 1000. */
  aibotPollMs?: number;
  /** Load tests keep less: fewer exchanges, or no bodies. */
  exchanges?: ExchangeOptions;
  /** Messages kept per chat, default 5000. */
  keptPerChat?: number;
  random?: () => number;
  log: SimulatorLog;
}

export interface Simulator {
  /** The page, the driving API and, for OAuth, what stands for open.weixin.qq.com. */
  url: string;
  /** What a bot takes for `https://qyapi.weixin.qq.com`. */
  apiBase: string;
  /** What a bot takes for `wss://openws.work.weixin.qq.com`, the long connection of smart robots. */
  aibotUrl: string;
  /** Sets or changes the callback of the first app (or of `agentId`) and verifies it, as saving it in the console does. */
  setCallback(callback: {
    callbackUrl: string;
    token?: string;
    encodingAesKey?: string;
    agentId?: number;
  }): Promise<{ ok: boolean; note: string }>;
  /** As `setCallback`, of a smart robot in callback mode. */
  setAibotCallback(callback: {
    aibotId: string;
    callbackUrl: string;
    token?: string;
    encodingAesKey?: string;
  }): Promise<{ ok: boolean; note: string }>;
  /** Breaks the long connections of smart robots, as a network does. */
  dropAibots(): void;
  /** How many stand. */
  aibotsConnected(): number;
  /** As `setCallback`, of the contact-sync helper. */
  setContactsCallback(callback: {
    callbackUrl: string;
    token?: string;
    encodingAesKey?: string;
  }): Promise<{ ok: boolean; note: string }>;
  /** All that one person has on her phone, in order; for whoever compares it for a whole corp. */
  seen(userId: string): MessageView[];
  close(): Promise<void>;
  server: FastifyInstance;
}

const BODY_BYTES = 21 * 1024 * 1024;

/** @throws {AppError} `port.taken`, with a sentence that says what to do. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { host = '127.0.0.1', log, stateFile } = options;
  const server = fastify({ bodyLimit: BODY_BYTES, forceCloseConnections: true, logger: false });
  const world = createWorld(options);
  world.sockets = createSockets(server.server, world);
  world.aibotFiles = aibotFiles(server, world);
  const snapshot = stateFile === undefined ? null : openSnapshot(world, stateFile);
  if (snapshot !== null) world.stream.subscribe(() => snapshot.touch());

  server.register(platformRoutes, { world });
  server.register(async (drive) => {
    drive.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    peopleRoutes(drive, world);
    controlRoutes(drive, world, () => reset(world));
    rawRoutes(drive, world);
  });
  loginRoutes(server, world);
  pageRoutes(server, options.pageDir);
  world.clock.onMove(() => {
    const { clock, stream } = world;
    world.sent.forgetAnswersAfter(clock.now().getTime());
    stream.publish({ type: 'clock', now: clock.now().toISOString(), offsetMs: clock.offset() });
  });

  world.url = await listen(server, options.port, host);
  log.info({ url: world.url }, 'the simulator is up');
  return {
    url: world.url,
    apiBase: world.url,
    aibotUrl: `${world.url.replace(/^http/, 'ws')}${SOCKET_PATH}`,
    server,
    async setCallback({ agentId, ...callback }) {
      const app = agentId === undefined ? world.directory.apps()[0] : world.directory.app(agentId);
      if (app === undefined) return { ok: false, note: 'there is no such app' };
      Object.assign(app, callback);
      const checked = await world.callbacks.verify(app, world.directory.corp().corpId);
      world.stream.publish({ type: 'people' });
      return checked;
    },
    async setAibotCallback({ aibotId, ...callback }) {
      const aibot = world.directory.aibot(aibotId);
      if (aibot === undefined) return { ok: false, note: 'there is no such smart robot' };
      Object.assign(aibot, callback);
      return verifyAibot(world, aibot);
    },
    dropAibots: () => world.sockets.drop(),
    aibotsConnected: () => world.sockets.count(),
    async setContactsCallback(callback) {
      const corp = world.directory.corp();
      corp.contacts = { full: false, ...corp.contacts, ...callback };
      return world.callbacks.verify({ ...corp.contacts, agentId: null }, corp.corpId);
    },
    seen: (userId) => world.chats.across(userId, { after: 0 }),
    async close() {
      world.aibots.close();
      world.sockets.close();
      world.callbacks.close();
      await server.close();
      snapshot?.close();
    },
  };
}

async function listen(server: FastifyInstance, port: number, host: string): Promise<string> {
  try {
    return await server.listen({ port, host });
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw err; // Node's listen errors carry a code
    throw new AppError(
      'port.taken',
      'never',
      { port },
      {
        cause: err,
        message: `Port ${port} is taken. Stop what uses it, or set SIMULATOR_PORT to another number.`,
      },
    );
  }
}
