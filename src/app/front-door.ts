// Everything between the platform's call and its answer, put together: server, spool, conversation.
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { FileStore } from '../delivery/files.ts';
import type { Waiting } from '../delivery/outbox.ts';
import { acceptor } from '../http/accept.ts';
import { aibotTalk } from '../http/aibot.ts';
import { aibotLine } from '../http/aibot-line.ts';
import type { AlbumDeps } from '../http/album.ts';
import { openBooks } from '../http/book.ts';
import { converser } from '../http/converse.ts';
import { hushed } from '../http/keys.ts';
import { createServer, listen } from '../http/server.ts';
import { openSpool } from '../http/spool.ts';
import { oneAtATime } from '../http/turns.ts';
import type { QueueHealth } from '../jobs/engine.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../store/seal.ts';
import { openSpoolFiles } from '../store/spool.ts';
import type { Store } from '../store/store.ts';
import { storedReply } from '../store/turns.ts';
import { ACTIONS } from '../supervision/actions.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import { wordsOf } from '../wecom/aibot-replies.ts';
import { openAibotLines } from './aibot-lines.ts';
import { NOBODY_LEFT } from './contacts.ts';
import { createCounters } from './counters.ts';
import { promisesOf, putLate, tellLate } from './late-answers.ts';
import { type MenuKeeper, menuKeeper } from './menu.ts';
import type { Offices } from './offices.ts';
import { readiness } from './readiness.ts';
import { refusalsOf } from './refusals.ts';
import type { AppTalk } from './talk.ts';

export interface FrontDoorDeps {
  config: Config;
  host?: string;
  store: Store;
  offices: Offices;
  talk: AppTalk;
  log: Log;
  now(): Date;
  sealer: Pick<Sealer, 'open'>;
  /** Seals the key of a group robot. */
  sealKey(key: string): string;
  queueHealth(): Promise<QueueHealth>;
  ring(recipients: Waiting[]): void;
  fetchMedia(attachmentIds: string[]): void;
  makePapers(paperIds: string[]): void;
  files: FileStore;
  /** Null: nobody reaches this bot from outside. */
  album: Pick<AlbumDeps, 'sheet' | 'page'> | null;
  /** A notice waits to be planned. */
  wake(): void;
}

export interface FrontDoor {
  url: string;
  close(): Promise<void>;
}

/** Listens when it resolves. Throws `port.taken`; everything that was opened is closed then. */
export async function openFrontDoor(deps: FrontDoorDeps): Promise<FrontDoor> {
  const { config, store, offices, talk, log, now } = deps;
  const counters = createCounters();
  const queue = oneAtATime();
  const books = openBooks(store, loadSettingRules());
  const office = offices.bySlug(config.office);
  if (office) await books.of(office.id); // so that the first message does not wait for the roster
  const menus = new Map<string, MenuKeeper>();
  const menuWords = () => talk.current().scripts.menu(config.locale);
  const run = converser({
    store,
    books,
    officeOf: (slug) => offices.bySlug(slug),
    talk: () => talk.current(),
    actions: ACTIONS,
    locale: config.locale,
    sealer: deps.sealer,
    sealKey: deps.sealKey,
    ring: deps.ring,
    fetchMedia: deps.fetchMedia,
    makePapers: deps.makePapers,
    files: deps.files,
    photoCards: deps.album !== null,
    wake: deps.wake,
    alone: (officeId) => log.error({ officeId }, NOBODY_LEFT),
  });
  const spool = openSpool({
    files: await openSpoolFiles({ dir: join(config.dataDir, 'spool'), log }),
    run,
    queue,
    probe: () =>
      store.query('select 1').then(
        () => true,
        () => false,
      ),
    tellLate: (envelope, reply) => tellLate(deps, envelope, reply),
    log,
  });
  const accept = acceptor({
    run,
    spool,
    queue,
    log,
    hush: (envelope) => hushed(envelope, deps.sealKey),
    count: (event) => counters.add('dudao_messages_total', event),
  });
  const hearAibot = aibotTalk({
    accept,
    storedReply: async (slug, key) => {
      const id = offices.bySlug(slug)?.id;
      return id ? storedReply({ sql: store.query }, id, key) : null;
    },
    waitWords: () => words(deps, 'common.stream.wait'),
    now,
    log,
  });
  let ending = false;
  const line = aibotLine({
    talk: hearAibot,
    promises: promisesOf(store, (slug) => offices.bySlug(slug)?.id),
    awayWords: () => words(deps, 'common.stream.away'),
    tellApart: (slug, { inbound, dedupKey }, reply) =>
      putLate(deps, { office: slug, inbound, dedupKey }, wordsOf(reply)),
    isEnding: () => ending,
    log,
  });
  const lines = openAibotLines({
    store,
    settingsOf: (id) => offices.byId(id)?.aibot?.connection ?? undefined,
    ...line,
    count: (state) => counters.add('dudao_aibot_connection_total', state),
    log,
  });
  const refusals = refusalsOf(offices, now);
  const server = await createServer({
    callback: {
      callbackOf: (slug) => offices.bySlug(slug)?.callback,
      contactsOf: (slug) => offices.bySlug(slug)?.contacts.callback ?? undefined,
      lookAgain: offices.refresh,
      accept,
      aibot: { aibotOf: (slug) => offices.bySlug(slug)?.aibot?.callback ?? undefined, talk: hearAibot, now },
      refused: (reason) => counters.add('dudao_callbacks_refused_total', reason),
      log,
      now,
    },
    health: {
      ready: () =>
        readiness({
          ...{ store, queue: deps.queueHealth, refusals, scriptFaults: talk.faults },
          spool: () => spool.state(),
        }),
      counters: () => counters.all(),
    },
    ...(deps.album
      ? {
          album: { ...deps.album, locale: config.locale, words: (key) => words(deps, `common.album.${key}`) },
        }
      : {}),
    log,
  });
  const close = async () => {
    // New messages are refused from here on; those inside are answered first.
    ending = true;
    await lines.close();
    await server.close();
    await spool.close();
    for (const menu of menus.values()) menu.close();
  };
  try {
    const port = await listen(server, { port: config.port, host: deps.host });
    offices.onOffice(({ id, slug, client }) => {
      lines.keep({ id, slug });
      menus.get(id)?.close();
      const menu = menuKeeper({ create: (body) => client.menu.create(body), log });
      menus.set(id, menu);
      menu.put(menuWords());
    });
    return { url: `http://${deps.host ?? 'localhost'}:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Words that belong to no person and no office. */
function words({ talk, config, now }: FrontDoorDeps, text: string): string {
  const voice = talk.current().scripts.voice(config.locale, () => now().toISOString().slice(0, 10), {});
  return voice.text(text);
}
