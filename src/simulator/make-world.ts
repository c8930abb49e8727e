// Puts together what a simulated platform knows, out of what it is started with; and empties it again.
import { createAibots } from './aibot/aibots.ts';
import { createCallbacks } from './callbacks.ts';
import { createChats } from './chats.ts';
import { createDirectory } from './directory.ts';
import { createExchanges } from './exchanges.ts';
import { createFaults } from './faults.ts';
import { createGroups } from './groups.ts';
import { createMediaStore } from './media.ts';
import { createOAuth } from './oauth.ts';
import { createSent } from './sent.ts';
import type { SimulatorOptions } from './server.ts';
import { createStream } from './stream.ts';
import { createTokens } from './tokens.ts';
import { createWindows } from './windows.ts';
import { createWire } from './wire.ts';
import { PLATFORM_LIMITS, type World } from './world.ts';

/** Until the server is there. */
const NO_SOCKETS: World['sockets'] = {
  tell: () => null,
  isConnected: () => false,
  count: () => 0,
  drop: () => {},
  close: () => {},
};

/** As it is before its server listens: `url`, `sockets` and `aibotFiles` are the server's to set. */
export function createWorld(options: SimulatorOptions): World {
  const { clock, corp, stateFile, log, random = Math.random } = options;
  const now = () => clock.now().getTime();
  const directory = createDirectory(corp);
  const first = directory.apps()[0];
  const { callbackUrl, token, encodingAesKey } = options;
  if (first !== undefined && callbackUrl !== undefined) first.callbackUrl = callbackUrl;
  if (first !== undefined && token !== undefined) first.token = token;
  if (first !== undefined && encodingAesKey !== undefined) first.encodingAesKey = encodingAesKey;

  const stream = createStream();
  const windows = createWindows(now);
  const media = createMediaStore(now, stateFile === undefined ? undefined : `${stateFile}.media`);
  const exchanges = createExchanges(stream, () => clock.now(), options.exchanges);
  const faults = createFaults(stream, random);
  const groups = createGroups();
  groups.adopt(directory);
  const { retryDelaysMs, answerWindowMs } = options;
  return {
    url: '',
    clock,
    limits: { ...PLATFORM_LIMITS, ...options.limits },
    cardReplies: options.cardReplies ?? 'apply',
    duplicateCheck: options.duplicateCheck ?? 'whole-json',
    directory,
    aibots: createAibots(now, options.aibotPollMs),
    sockets: NO_SOCKETS,
    aibotFiles: { offer: () => ({}) },
    groups,
    chats: createChats(directory, media, stream, now, options.keptPerChat),
    sent: createSent(now),
    media,
    tokens: createTokens(directory, windows, now),
    oauth: createOAuth(now),
    windows,
    faults,
    exchanges,
    stream,
    callbacks: createCallbacks(createWire(), exchanges, faults, {
      now,
      retryDelaysMs,
      answerWindowMs,
      onVerified: () => stream.publish({ type: 'people' }),
    }),
    log,
  };
}

/** Empties chats, faults and limits; the corp and the clock stay. */
export function reset(world: World): void {
  for (const part of [
    world.chats,
    world.sent,
    world.media,
    world.windows,
    world.faults,
    world.exchanges,
    world.aibots,
  ]) {
    part.clear();
  }
  world.groups.clear();
  world.groups.adopt(world.directory);
  world.stream.publish({ type: 'people' });
}
