// The offices of this deployment as the callback, the conversation and the delivery need them: the one that the environment
// describes, and those that were added by command, which are taken up while it runs.
import {
  type AibotSettings,
  type Config,
  type ContactsSettings,
  readConfig,
  type WecomCredentials,
} from '../config.ts';
import type { Log } from '../log.ts';
import type { CredentialStore, StoredCredentials } from '../store/credentials.ts';
import type { Sealer } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { importRoster } from '../supervision/roster/import.ts';
import { type AibotCallback, createAibotCallback } from '../wecom/aibot-callback.ts';
import type { AibotSocketSettings } from '../wecom/aibot-socket.ts';
import { type Callback, createCallback } from '../wecom/callback.ts';
import { createContactSync, createWecomClient, type WecomClient } from '../wecom/client.ts';
import type { ContactSync } from '../wecom/contacts.ts';
import { decodeAesKey } from '../wecom/crypto.ts';
import type { TokenStore } from '../wecom/token.ts';

export interface Office {
  id: string;
  slug: string;
  corpId: string;
  callback: Callback;
  client: WecomClient;
  /** It works by callback or by long connection; the other is null. */
  aibot: AibotOf | null;
  /** The contact-sync helper's own door, and what its secret reads; each may be there without the other. */
  contacts: { callback: Callback | null; sync: ContactSync | null };
}

export interface AibotOf {
  name: string;
  callback: AibotCallback | null;
  /** Opens files that come by callback. */
  fileKey: Buffer | null;
  connection: AibotSocketSettings | null;
}

export interface Offices {
  bySlug(slug: string): Office | undefined;
  byId(id: string): Office | undefined;
  all(): Office[];
  /** Reads again what was added, changed or closed by command; never throws. */
  refresh(): Promise<void>;
  /** Called once for each office, now or when it is taken up. */
  onOffice(listener: (office: Office) => void): void;
  close(): void;
}

export interface OfficeSettings {
  slug: string;
  wecom: WecomCredentials;
  aibot: AibotSettings | null;
  contacts: ContactsSettings | null;
  apiBase: string;
  /** For an office whose roster was not imported yet. */
  name: string;
  short: string;
}

export interface OfficesDeps {
  store: Store;
  tokens: TokenStore;
  sealer: Sealer;
  credentials: Pick<CredentialStore, 'all'>;
  log: Log;
  now(): Date;
}

/** So long does a changed secret take to be used by a running process; a new office is looked for when it is first called. */
const REFRESH_MS = 20_000;

/** Makes an empty office for the environment's own slug when there is none. Credentials that do not open are logged, and their office is left out. */
export async function openOffices(settings: OfficeSettings, deps: OfficesDeps): Promise<Offices> {
  const listeners: ((office: Office) => void)[] = [];
  const own = officeFrom({ ...settings, id: await officeId(settings, deps) }, deps);
  /** By id, with when its credentials were changed. */
  let added = new Map<string, { office: Office; changedAt: number }>();
  let slugs = new Map([[own.slug, own]]);
  let reading: Promise<void> | undefined;

  const all = () => [own, ...[...added.values()].map(({ office }) => office)];

  const read = async () => {
    const next: typeof added = new Map();
    for (const stored of await deps.credentials.all()) {
      // What the environment says of an office goes before what a command said.
      if (stored.officeId === own.id || stored.closedAt !== null) continue;
      const known = added.get(stored.officeId);
      const changedAt = stored.changedAt.getTime();
      if (known?.changedAt === changedAt) next.set(stored.officeId, known);
      else {
        const office = addedOffice(stored, settings, deps);
        if (office) next.set(stored.officeId, { office, changedAt });
      }
    }
    const fresh = [...next].filter(([id]) => !added.has(id));
    added = next;
    slugs = new Map(all().map((office) => [office.slug, office]));
    for (const [, { office }] of fresh) for (const listener of listeners) listener(office);
  };
  const refresh = () => {
    reading ??= read()
      .catch((err: unknown) => deps.log.warn({ err }, 'the list of offices could not be read'))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  await refresh();
  const timer = setInterval(() => void refresh(), REFRESH_MS);
  timer.unref();

  return {
    bySlug: (slug) => slugs.get(slug),
    byId: (id) => (id === own.id ? own : added.get(id)?.office),
    all,
    refresh,
    onOffice(listener) {
      listeners.push(listener);
      for (const office of all()) listener(office);
    },
    close: () => clearInterval(timer),
  };
}

/** What is sealed with an office: its variables, under the names of the environment. Null, and said in the log, when unusable. */
function addedOffice(
  stored: StoredCredentials,
  settings: Pick<OfficeSettings, 'apiBase'>,
  deps: Pick<OfficesDeps, 'tokens' | 'log' | 'now'>,
): Office | null {
  const { officeId: id, slug } = stored;
  try {
    const { wecom, aibot, contacts } = readConfig(stored.secrets as Record<string, string>, { wecom: true }); // checked by readConfig
    if (!wecom) return null;
    return officeFrom({ id, slug, wecom, aibot, contacts, apiBase: settings.apiBase }, deps);
  } catch {
    deps.log.error({ office: slug }, 'the credentials of an office do not open; set them again');
    return null;
  }
}

function officeFrom(
  { id, slug, wecom, aibot, contacts, apiBase }: Omit<OfficeSettings, 'name' | 'short'> & { id: string },
  { tokens, now }: Pick<OfficesDeps, 'tokens' | 'now'>,
): Office {
  const { corpId, agentId, token, encodingAesKey, secret } = wecom;
  return {
    id,
    slug,
    corpId,
    callback: createCallback({ corpId, agentId, token, encodingAesKey, now }),
    client: createWecomClient({ base: apiBase, corpId, agentId, secret, tokens, now }),
    aibot: aibotOf(aibot, now),
    contacts: {
      callback: contacts?.callback ? createCallback({ corpId, ...contacts.callback, now }) : null,
      sync: contacts?.secret
        ? createContactSync({ base: apiBase, corpId, secret: contacts.secret, tokens, now })
        : null,
    },
  };
}

function aibotOf(aibot: AibotSettings | null, now: () => Date): Office['aibot'] {
  if (!aibot) return null;
  const { id, name, mode } = aibot;
  return mode.by === 'callback'
    ? {
        name,
        callback: createAibotCallback({ ...mode, now }),
        fileKey: decodeAesKey(mode.encodingAesKey),
        connection: null,
      }
    : { name, callback: null, fileKey: null, connection: { botId: id, secret: mode.secret, url: mode.url } };
}

/** One office as a command needs it, by what was sealed for it or, for the environment's own, by the environment. Null: no credentials. */
export async function officeForCommand(
  { id, slug }: { id: string; slug: string },
  config: Pick<Config, 'wecom' | 'aibot' | 'contacts' | 'apiBase'>,
  deps: Pick<OfficesDeps, 'tokens' | 'credentials' | 'log' | 'now'>,
): Promise<Office | null> {
  const stored = (await deps.credentials.all()).find((one) => one.officeId === id && one.closedAt === null);
  if (stored) return addedOffice(stored, config, deps);
  const { wecom } = config;
  return wecom && officeFrom({ ...config, id, slug, wecom }, deps);
}

/** An office that nobody imported yet is made empty: strangers are then told whom to ask instead of hearing nothing. */
export async function officeId(
  { slug, name, short }: Pick<OfficeSettings, 'slug' | 'name' | 'short'>,
  { store, sealer, now }: Pick<OfficesDeps, 'store' | 'sealer' | 'now'>,
): Promise<string> {
  const known = await store.transaction((tx) => officeBySlug(tx, slug));
  if (known) return known.id;
  const empty = {
    office: { slug, name, short, timezone: 'Asia/Shanghai', region: '' },
    areas: [],
    schools: [],
    people: [],
  };
  return (await importRoster(store, empty, { now: now(), sealer })).officeId;
}
