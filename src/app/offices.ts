// The offices of this deployment as the callback, the conversation and the delivery need them. Today one, from the environment.
import type { AibotSettings, WecomCredentials } from '../config.ts';
import type { Store } from '../store/store.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import type { Sealer } from '../supervision/roster/difference.ts';
import { importRoster } from '../supervision/roster/import.ts';
import { type AibotCallback, createAibotCallback } from '../wecom/aibot-callback.ts';
import { type Callback, createCallback } from '../wecom/callback.ts';
import { createWecomClient, type WecomClient } from '../wecom/client.ts';
import type { TokenStore } from '../wecom/token.ts';

export interface Office {
  id: string;
  slug: string;
  corpId: string;
  callback: Callback;
  client: WecomClient;
  /** `callback` is null when it works by long connection. */
  aibot: { name: string; callback: AibotCallback | null } | null;
}

export interface Offices {
  bySlug(slug: string): Office | undefined;
  byId(id: string): Office | undefined;
}

export interface OfficeSettings {
  slug: string;
  wecom: WecomCredentials;
  aibot: AibotSettings | null;
  apiBase: string;
  /** For an office whose roster was not imported yet. */
  name: string;
  short: string;
}

export async function openOffices(
  settings: OfficeSettings,
  deps: { store: Store; tokens: TokenStore; sealer: Sealer; now(): Date },
): Promise<Offices> {
  const { slug, wecom, apiBase } = settings;
  const id = await officeId(settings, deps);
  const { corpId, agentId, token, encodingAesKey, secret } = wecom;
  const office: Office = {
    id,
    slug,
    corpId,
    callback: createCallback({ corpId, agentId, token, encodingAesKey, now: deps.now }),
    client: createWecomClient({ base: apiBase, corpId, agentId, secret, tokens: deps.tokens, now: deps.now }),
    aibot: aibotOf(settings.aibot, deps.now),
  };
  return {
    bySlug: (wanted) => (wanted === slug ? office : undefined),
    byId: (wanted) => (wanted === id ? office : undefined),
  };
}

function aibotOf(aibot: AibotSettings | null, now: () => Date): Office['aibot'] {
  if (!aibot) return null;
  const { name, mode } = aibot;
  return { name, callback: mode.by === 'callback' ? createAibotCallback({ ...mode, now }) : null };
}

/** An office that nobody imported yet is made empty: strangers are then told whom to ask instead of hearing nothing. */
async function officeId(
  { slug, name, short }: OfficeSettings,
  { store, sealer, now }: { store: Store; sealer: Sealer; now(): Date },
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
