// `dudao office add|set|close|list`: several offices on one deployment, each with its own corp. Secrets come from a file or
// from standard input, never from the command line, where other users of the machine could read them.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { openDatabaseBeside } from '../app/database.ts';
import { appSecret } from '../app/folder.ts';
import { officeId } from '../app/offices.ts';
import { type Config, environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { operatorTexts } from '../operator.ts';
import { type CredentialStore, createCredentialStore } from '../store/credentials.ts';
import { createSealer, type Sealer } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { print } from './fault.ts';

const SLUG = /^[a-z0-9][a-z0-9-]{0,40}$/;

interface Opened {
  config: Config;
  store: Store;
  credentials: CredentialStore;
  sealer: Sealer;
  say: ReturnType<typeof operatorTexts>['say'];
}

/** A new office, open from now on for every process that runs: its callback address works at once. */
export async function addOffice(
  slug: string,
  options: { name: string; short?: string; env: string },
): Promise<void> {
  const variables = await variablesIn(options.env, slug);
  await opened(async ({ config, store, credentials, sealer, say }) => {
    const known = (await credentials.all()).find((one) => one.slug === slug);
    if (slug === config.office || (known && known.closedAt === null))
      throw new AppError('config.unusable', 'never', { why: 'office-there', office: slug });
    const now = new Date();
    const { name, short = name } = options;
    const id = await officeId({ slug, name, short }, { store, sealer, now: () => now });
    await put(store, credentials, id, variables, now);
    print(
      say('office.added', { office: slug, callback: `${config.publicUrl ?? ''}/wecom/${slug}/callback` }),
    );
  });
}

/** Other credentials for an office that is there: running processes use them within half a minute. */
export async function setOffice(slug: string, options: { env: string }): Promise<void> {
  const variables = await variablesIn(options.env, slug);
  await opened(async ({ config, store, credentials, say }) => {
    if (slug === config.office)
      throw new AppError('config.unusable', 'never', { why: 'office-of-environment', office: slug });
    const office = await store.transaction((tx) => officeBySlug(tx, slug));
    if (!office) throw new AppError('act.not-found', 'never', { what: 'office', office: slug });
    await put(store, credentials, office.id, variables, new Date());
    print(say('office.set', { office: slug }));
  });
}

/** Nothing is deleted: its callback is unknown from now on, and nothing is sent for it. `office set` opens it again. */
export async function closeOffice(slug: string): Promise<void> {
  await opened(async ({ store, credentials, say }) => {
    const known = (await credentials.all()).find((one) => one.slug === slug);
    const closed =
      known && (await store.transaction((tx) => credentials.close(tx, known.officeId, new Date())));
    if (!closed) throw new AppError('act.not-found', 'never', { what: 'office', office: slug });
    print(say('office.closed', { office: slug }));
  });
}

export async function listOffices(): Promise<void> {
  await opened(async ({ config, credentials, say }) => {
    if (config.wecom)
      print(
        say('office.line', {
          office: config.office,
          corp: config.wecom.corpId,
          agent: config.wecom.agentId,
          state: say('office.state.environment'),
        }),
      );
    for (const one of await credentials.all()) {
      if (one.slug === config.office) continue;
      const state = one.closedAt ? 'closed' : one.secrets === null ? 'sealed' : 'open';
      print(
        say('office.line', {
          office: `${one.slug} ${one.name}`,
          corp: one.corpId,
          agent: one.agentId,
          state: say(`office.state.${state}`),
        }),
      );
    }
  });
}

async function put(
  store: Store,
  credentials: CredentialStore,
  id: string,
  variables: Record<string, string>,
  now: Date,
): Promise<void> {
  const { wecom } = readConfig(variables, { wecom: true });
  if (!wecom) return;
  const { corpId, agentId } = wecom;
  await store.transaction((tx) =>
    credentials.put(tx, { officeId: id, corpId, agentId, secrets: variables, now }),
  );
}

/** The WECOM_* variables of that file, checked as those of the environment are. `-`: standard input. */
async function variablesIn(file: string, slug: string): Promise<Record<string, string>> {
  if (!SLUG.test(slug)) throw new AppError('config.unusable', 'never', { why: 'slug', office: slug });
  const words =
    file === '-'
      ? await text(process.stdin)
      : await readFile(file, 'utf8').catch((cause) => {
          throw new AppError('config.unusable', 'never', { why: 'env-file', file }, { cause });
        });
  const given = Object.entries(parseEnv(words)).filter(
    ([name, value]) => name.startsWith('WECOM_') && name !== 'WECOM_API_BASE' && value?.trim(),
  );
  const variables = Object.fromEntries(given) as Record<string, string>; // those without a value are gone
  readConfig({ ...variables, LOCALE: environment().LOCALE }, { wecom: true });
  return variables;
}

async function opened(work: (opened: Opened) => Promise<void>): Promise<void> {
  const config = readConfig(environment());
  const secret = await appSecret(config);
  const database = await openDatabaseBeside(config, createLog({ level: config.logLevel ?? 'warn', to: 2 }));
  try {
    await work({
      config,
      store: database.store,
      credentials: createCredentialStore(database.store, secret),
      sealer: createSealer(secret, 'phone'),
      say: operatorTexts(config.locale).say,
    });
  } finally {
    await database.close();
  }
}
