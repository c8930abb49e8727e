// The other end of a smart robot's long connection (PROTOCOL §16): subscription, one connection a robot, frames out, replies in, with the platform's codes.
import type { Server } from 'node:http';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Aibot, Exchange } from '../api.ts';
import { isObject, type Json } from '../fields.ts';
import type { World } from '../world.ts';
import { readAnswer } from './answers.ts';
import { eventBody, newId } from './bodies.ts';
import type { AibotDelivery } from './callback.ts';
import type { Interaction } from './interactions.ts';
import { type Fault, fault, isDead, isOften, push } from './push.ts';
import { replace, type Shown, show } from './show.ts';
import { createUploads } from './uploads.ts';

export const SOCKET_PATH = '/aibot';
/** A ping is wanted every 30 s; who misses two is dropped. */
const SILENCE_MS = 75_000;
const ANSWER_MS = 5_000;
const MOST_BYTES = 1024 * 1024;
const REQUEST_MS = 24 * 3_600_000;

/** What was told by a frame and may be answered under its request's id. */
export interface Told {
  interaction: Interaction;
  asked: 'message' | 'enter' | 'tap';
  /** Of a tap: the card that its answer changes. */
  taskId?: string;
  exchange: Exchange;
  at: number;
  onReply(shown: Shown): void;
}

export interface Sockets {
  /** Tells the robot over its connection; null when it has none. Ends with the first reply, or after five seconds without. */
  tell(
    aibot: Aibot,
    cmd: 'aibot_msg_callback' | 'aibot_event_callback',
    body: Json,
    of: Pick<Told, 'interaction' | 'asked' | 'taskId'>,
  ): Promise<AibotDelivery & { shown: Shown }> | null;
  isConnected(aibotId: string): boolean;
  count(): number;
  /** Breaks every connection, as a network does. */
  drop(): void;
  close(): void;
}

interface Line {
  socket: WebSocket;
  told: Map<string, Told>;
  heardAt: number;
}

/** Listens on the simulator's own port; a second connection of a robot ends its first one, which is told so. */
export function createSockets(server: Server, world: World): Sockets {
  let opened: Promise<WebSocketServer> | undefined;
  // Loaded when the first robot connects: most corps have none.
  const wss = () => {
    opened ??= import('ws').then((ws) => new ws.WebSocketServer({ noServer: true, maxPayload: MOST_BYTES }));
    return opened;
  };
  const uploads = createUploads(world);
  const lines = new Map<string, Line>();
  /** By robot, whichever connection heard them: a request may be answered for a day. */
  const requests = new Map<string, Line['told']>();
  server.on('upgrade', async (request, socket, head) => {
    const path = new URL(request.url ?? '', 'http://simulator').pathname;
    if (path !== SOCKET_PATH) return void socket.destroy();
    (await wss()).handleUpgrade(request, socket, head, (ws) => accept(ws));
  });
  const beat = setInterval(() => {
    for (const line of lines.values()) if (Date.now() - line.heardAt > SILENCE_MS) line.socket.terminate();
  }, 5_000);
  beat.unref();

  function accept(socket: WebSocket): void {
    let aibot: Aibot | undefined;
    socket.on('close', () => {
      if (aibot && lines.get(aibot.aibotId)?.socket === socket) lines.delete(aibot.aibotId);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const frame = frameOf(String(data));
      if (frame === null) return socket.close(1003, 'no JSON frame');
      const { cmd, reqId, body } = frame;
      const reply = (errcode: number, errmsg: string, of?: Json) =>
        socket.send(JSON.stringify({ headers: { req_id: reqId }, errcode, errmsg, body: of }));
      const line = aibot && lines.get(aibot.aibotId);
      if (line) line.heardAt = Date.now();
      if (cmd === 'aibot_subscribe') {
        aibot = subscribe(socket, body);
        return aibot ? reply(0, 'ok') : reply(853000, 'invalid bot_id or secret');
      }
      if (!aibot || line?.socket !== socket) return reply(846609, 'not subscribed');
      if (cmd === 'ping') return reply(0, 'ok');
      const put = uploads.perform(aibot, cmd, body);
      if (put) return 'body' in put ? reply(0, 'ok', put.body) : reply(put.errcode, put.errmsg);
      const fault = perform(world, aibot, line, cmd, reqId, body);
      return reply(fault?.errcode ?? 0, fault?.errmsg ?? 'ok');
    });
  }

  function subscribe(socket: WebSocket, body: Json): Aibot | undefined {
    const aibot = world.directory.aibot(String(body.bot_id));
    if (!aibot?.secret || aibot.secret !== body.secret) return undefined;
    const before = lines.get(aibot.aibotId);
    if (before && before.socket !== socket) {
      const asker = { aibotId: aibot.aibotId, userId: '', chatId: '', responseUrl: '' };
      const gone = eventBody(asker, newId(), world.clock.now().getTime(), 'disconnected_event');
      send(before.socket, 'aibot_event_callback', newId(), gone);
      before.socket.close(1000, 'another connection');
    }
    const told = requests.get(aibot.aibotId) ?? new Map();
    requests.set(aibot.aibotId, told);
    lines.set(aibot.aibotId, { socket, told, heardAt: Date.now() });
    return aibot;
  }

  const drop = () => {
    for (const { socket } of lines.values()) socket.terminate();
  };

  return {
    isConnected: (aibotId) => lines.has(aibotId),
    count: () => lines.size,
    tell(aibot, cmd, body, of) {
      const line = lines.get(aibot.aibotId);
      if (!line) return null;
      const reqId = newId();
      const plainRequest = JSON.stringify(body);
      const exchange = world.exchanges.open({
        ...{ kind: 'callback', method: 'WS', path: cmd, userId: of.interaction.userId },
        ...{ plainRequest, rawRequest: JSON.stringify({ cmd, headers: { req_id: reqId }, body }) },
      });
      const started = Date.now();
      return new Promise((resolve) => {
        const end = (shown: Shown | null) => {
          clearTimeout(timer);
          world.exchanges.close(exchange, { status: shown ? 200 : null, ms: Date.now() - started });
          resolve({
            outcome: shown === null ? 'empty' : shown.ignored ? 'failed' : 'answered',
            ...{ exchange, attempts: 1, reply: null, note: shown ? '' : 'no reply within 5 s' },
            shown: shown ?? { note: '', ignored: false },
          });
        };
        const timer = setTimeout(() => end(null), ANSWER_MS);
        line.told.set(reqId, { ...of, exchange, at: world.clock.now().getTime(), onReply: end });
        send(line.socket, cmd, reqId, body);
      });
    },
    drop,
    close() {
      clearInterval(beat);
      drop();
      void opened?.then((ws) => ws.close());
    },
  };
}

function send(socket: WebSocket, cmd: string, reqId: string, body: Json): void {
  socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }));
}

function frameOf(text: string): { cmd: string; reqId: string; body: Json } | null {
  try {
    const frame: unknown = JSON.parse(text);
    if (!isObject(frame) || !isObject(frame.headers) || typeof frame.headers.req_id !== 'string') return null;
    return {
      cmd: String(frame.cmd),
      reqId: frame.headers.req_id,
      body: isObject(frame.body) ? frame.body : {},
    };
  } catch {
    return null;
  }
}

const ANSWERS: Readonly<Record<string, Told['asked']>> = {
  aibot_respond_msg: 'message',
  aibot_respond_welcome_msg: 'enter',
  aibot_respond_update_msg: 'tap',
};

function perform(
  world: World,
  aibot: Aibot,
  line: Line,
  cmd: string,
  reqId: string,
  body: Json,
): Fault | null {
  if (cmd === 'aibot_send_msg') return push(world, aibot, body);
  const asked = ANSWERS[cmd];
  if (!asked) return fault(48002, 'not covered by the simulator');
  const told = line.told.get(reqId);
  if (told?.asked !== asked) return fault(846605, 'invalid req_id');
  const { interaction, exchange } = told;
  const age = world.clock.now().getTime() - told.at;
  if (age >= REQUEST_MS || (asked !== 'message' && age > ANSWER_MS)) return fault(846604, 'req_id expired');
  if (interaction.over) return fault(846606, 'already replied');
  if (interaction.streamId !== null && world.aibots.interactions.isLate(interaction))
    return fault(846608, 'stream message update expired (>10 minutes), cannot update');
  if (isOften(world, aibot, interaction.chatId)) return fault(846607, 'send limit exceeded');
  const answer = readAnswer(body, asked === 'message' ? 'line' : asked);
  if (isDead(world, aibot, answer)) return fault(40007, 'invalid media_id');
  const plainResponse = JSON.stringify(body);
  const shown =
    answer.kind === 'ignored'
      ? { note: answer.note, ignored: true }
      : answer.kind === 'update'
        ? replace(world, { ...interaction, taskId: told.taskId ?? '' }, answer)
        : show(world, aibot, interaction, answer, exchange.id);
  if (asked !== 'message') interaction.over = true;
  told.onReply(shown);
  world.exchanges.close(exchange, { plainResponse, rawResponse: plainResponse, note: shown.note });
  return shown.ignored ? fault(40058, shown.note) : null;
}
