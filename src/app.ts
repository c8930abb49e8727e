// The one place where the parts are put together: opened in the order in which they need each other, closed in the reverse.
import { album, photoAddresses } from './app/album.ts';
import { casts } from './app/casts.ts';
import { contacts } from './app/contacts.ts';
import { type Database, openDatabase } from './app/database.ts';
import { filesOf } from './app/files.ts';
import { appSecret, writableFolder } from './app/folder.ts';
import { type FrontDoor, openFrontDoor } from './app/front-door.ts';
import { groups } from './app/groups.ts';
import { openOffices } from './app/offices.ts';
import { papers } from './app/papers.ts';
import { ownScripts, reminders } from './app/reminders.ts';
import { robotKeeper, robotWords } from './app/robots.ts';
import { type AppTalk, openAppTalk } from './app/talk.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createDelivery } from './delivery/drain.ts';
import { AppError } from './errors.ts';
import { type Jobs, openJobs } from './jobs/engine.ts';
import {
  alarm,
  contacts as compareContacts,
  drain,
  fetchMedia,
  makePaper,
  notices,
  plan,
  sweep,
} from './jobs/kinds.ts';
import { ringFor } from './jobs/ring.ts';
import { ticksOf } from './jobs/ticks.ts';
import { handlersOf } from './jobs/work.ts';
import type { Log } from './log.ts';
import type { OperatorTexts } from './operator.ts';
import { createCredentialStore } from './store/credentials.ts';
import { createSealer, type Sealer } from './store/seal.ts';
import { createSigner } from './store/signed.ts';
import type { Store } from './store/store.ts';
import { createTokenStore } from './store/token-store.ts';

/** `serve` answers the platform, `work` delivers and keeps the clock, `all` is both in one process. */
export type Part = 'all' | 'serve' | 'work';

export interface AppDeps {
  config: Config;
  part: Part;
  clock: Clock;
  log: Log;
  texts: OperatorTexts;
  /** Where to listen; all addresses when left out. */
  host?: string;
  /** After the database is there, before anything else: a demo fills it. */
  beforeOpen?(opened: { store: Store; sealer: Sealer }): Promise<void>;
}

export interface App {
  /** Null for `work`, which listens nowhere. */
  url: string | null;
  store: Store;
  isRosterEmpty(): Promise<boolean>;
  /** Asks the platform whether it lets the environment's own office in. @throws as `WecomClient.knock` */
  knock(): Promise<void>;
  /** Looks at once for what is due; for a clock that was moved. */
  ringClock(): void;
  close(): Promise<void>;
}

/** Running jobs get so long to end; what does not is found by the sweep of the next start. */
const JOBS_CLOSE_MS = 6_000;

/**
 * Runs when it resolves. Throws what an operator has to mend (`config.…`, `store.…`, `port.taken`, `queue.unusable`);
 * what was opened is closed then.
 */
export async function openApp({ config, part, clock, log, texts, ...deps }: AppDeps): Promise<App> {
  const { wecom } = config;
  if (!wecom) throw new AppError('config.unusable', 'never', { faults: ['WECOM_CORP_ID'] });
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) {
      await closer().catch((error: unknown) => log.error({ err: error }, 'a part did not close cleanly'));
    }
  };
  try {
    // Where what was learnt, the spool and files are kept; those who only work may do without.
    if (part !== 'work') await writableFolder(config.dataDir);
    const secret = await appSecret(config);
    // Before any connection: reading blocks for a moment, and their patience would run out meanwhile.
    const talk = part === 'work' ? null : openAppTalk(log, config.dataDir);
    closers.push(async () => talk?.close());
    const database = await openDatabase(config, log);
    closers.push(() => database.close());
    const { store } = database;
    const sealer = createSealer(secret, 'phone');
    const keySealer = createSealer(secret, 'robot');
    const now = () => clock.now();
    await deps.beforeOpen?.({ store, sealer });
    const offices = await openOffices(
      {
        slug: config.office,
        wecom,
        aibot: config.aibot,
        contacts: config.contacts,
        apiBase: config.apiBase,
        name: texts.say('office.name'),
        short: texts.say('office.short'),
      },
      {
        ...{ store, sealer, log, now },
        tokens: createTokenStore(store, secret),
        credentials: createCredentialStore(store, secret),
      },
    );
    closers.push(async () => offices.close());
    const clientFor = (id: string) => offices.byId(id)?.client;
    const jobs = await openQueue(config, database, log);
    closers.push(() => jobs.close(JOBS_CLOSE_MS));
    const files = filesOf(config);
    const robotFor = robotKeeper({ store, sealer: keySealer, base: config.apiBase });
    const { publicUrl } = config;
    const photos = publicUrl
      ? { publicUrl, signer: createSigner(secret, 'photos'), store, files, offices, now, log }
      : null;
    const { locale } = config;
    const scripts = talk ? () => talk.current().scripts : ownScripts(log);
    const reminding = reminders({ scripts, locale, log, sealer, store, now });
    const { wordDigest } = reminding;
    const delivery = createDelivery({
      ...{ store, clientFor, robotFor, files, now, log, random: Math.random, wordDigest },
      ...(photos ? { photosFor: photoAddresses(photos) } : {}),
    });
    closers.push(async () => delivery.stop());
    const handlers = handlersOf({
      ...{ store, jobs, delivery, clientFor, files, now, log },
      aibotKeyFor: (id: string) => offices.byId(id)?.aibot?.fileKey ?? null,
      reminders: reminding,
      papers: papers({ scripts, locale }),
      casts: casts({ scripts, locale, now }),
      groups: groups({ scripts, locale, now }),
      contacts: contacts({ scripts, locale, offices, now }),
      robots: robotWords({ scripts, locale, now }),
    });
    const door = talk ? await openDoor(talk) : null;
    await jobs.start(handlers, { consume: part !== 'serve' });
    // What the last process left behind (killed, or out of time when it closed) need not wait for the schedule.
    if (part !== 'serve') for (const kind of [sweep, notices]) void jobs.ring(kind, {}, { lost: true });

    async function openDoor(talk: AppTalk): Promise<FrontDoor> {
      const opened = await openFrontDoor({
        config,
        host: deps.host,
        store,
        offices,
        talk,
        log,
        now,
        sealer,
        sealKey: (key) => keySealer.seal(key),
        queueHealth: () => jobs.health(),
        files,
        album: photos && album(photos),
        ring: (recipients) => void ringFor(jobs, recipients),
        makePapers: (ids) =>
          void jobs.ringAll(
            makePaper,
            ids.map((paperId) => ({ paperId })),
          ),
        wake: () => {
          void jobs.ring(notices, {});
          void jobs.ring(compareContacts, {});
        },
        fetchMedia: (ids) =>
          void jobs.ringAll(
            fetchMedia,
            ids.map((attachmentId) => ({ attachmentId })),
          ),
      });
      closers.push(() => opened.close());
      return opened;
    }

    return {
      url: door?.url ?? null,
      store,
      isRosterEmpty: async () => {
        const [someone] = await store.query(
          'select 1 from person p join office o on o.id = p.office_id where o.slug = $1 and p.active limit 1',
          [config.office],
        );
        return someone === undefined;
      },
      knock: async () => offices.bySlug(config.office)?.client.knock(),
      ringClock: () => {
        void jobs.ring(sweep, {}, { lost: true });
        void jobs.ring(plan, {}, { lost: true });
        void jobs.ring(notices, {}, { lost: true });
        void jobs.ring(compareContacts, {}, { lost: true });
        void jobs.ring(alarm, {}, { lost: true });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openQueue({ redisUrl }: Config, { url, store }: Database, log: Log): Promise<Jobs> {
  return openJobs({ redisUrl, databaseUrl: url, ticks: ticksOf(store), log, near: [drain] });
}
