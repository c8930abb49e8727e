// One person's talk with the bot without the platform: what she types goes through the very turn that the callback runs.
import { join } from 'node:path';
import { openTalk } from '../chat/live.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { openBooks } from '../http/book.ts';
import { converser } from '../http/converse.ts';
import { nobodyWaits } from '../http/passive.ts';
import type { Log } from '../log.ts';
import { newId } from '../store/ids.ts';
import { createSealer } from '../store/seal.ts';
import { ACTIONS } from '../supervision/actions.ts';
import { NOTIFICATIONS } from '../supervision/notifications.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import type { Inbound } from '../wecom/inbound.ts';
import { scriptsFolder } from '../yaml.ts';
import { type Database, openDatabaseBeside } from './database.ts';
import { filesOf } from './files.ts';
import { appSecret } from './folder.ts';

export interface Shown {
  /** Null: to the person herself; else the name of who is told. */
  to: string | null;
  text: string;
  buttons: { key: string; text: string }[];
  task: string | null;
}

export interface Terminal {
  name: string;
  userId: string;
  says(text: string): Promise<Shown[]>;
  taps(card: Shown, key: string): Promise<Shown[]>;
  enters(): Promise<Shown[]>;
  close(): Promise<void>;
}

export interface TerminalDeps {
  config: Config;
  log: Log;
  now(): Date;
  /** A userid of the roster; the first inspector when left out. */
  as?: string | undefined;
}

/** Throws `act.not-found` when there is no such office, or nobody of that userid. */
export async function openTerminal(deps: TerminalDeps): Promise<Terminal> {
  const database = await openDatabaseBeside(deps.config, deps.log);
  try {
    return await terminalOn(database, deps);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function terminalOn(database: Database, { config, log, now, as }: TerminalDeps): Promise<Terminal> {
  const { store } = database;
  const office = await store.transaction((tx) => officeBySlug(tx, config.office));
  if (!office) throw new AppError('act.not-found', 'never', { office: config.office });
  const [person] = await store.query<{ userId: string; name: string }>(
    `select user_id as "userId", name from person
     where office_id = $1 and active and (user_key = lower($2) or ($2 is null and 'inspector' = any(roles)))
     order by user_key limit 1`,
    [office.id, as ?? null],
  );
  if (!person)
    throw new AppError('act.not-found', 'never', { why: 'person', user: as ?? '', office: config.office });

  const talk = openTalk({
    dir: scriptsFolder,
    cacheDir: join(config.dataDir, 'cache'),
    actions: ACTIONS,
    notifications: NOTIFICATIONS,
  });
  const secret = await appSecret(config);
  const keySealer = createSealer(secret, 'robot');
  const run = converser({
    store,
    sealKey: (key) => keySealer.seal(key),
    books: openBooks(store, loadSettingRules()),
    officeOf: (slug) => (slug === config.office ? { id: office.id, corpId: '' } : undefined),
    talk: () => talk,
    actions: ACTIONS,
    locale: config.locale,
    sealer: createSealer(secret, 'phone'),
    // Whoever runs the bot on this database delivers what others are told.
    ring: () => {},
    fetchMedia: () => {},
    makePapers: () => {},
    files: filesOf(config),
  });

  async function hears(said: Partial<Inbound>): Promise<Shown[]> {
    const at = now();
    const dedupKey = `talk-${newId()}`;
    const common = {
      toUser: '',
      fromUser: person?.userId ?? '',
      createTime: Math.floor(at.getTime() / 1000),
    };
    const inbound = { ...common, agentId: 0, msgId: dedupKey, ...said } as Inbound; // each caller gives a whole kind
    const before = newId();
    await run({ office: config.office, inbound, xml: '', dedupKey, receivedAt: at }, nobodyWaits);
    const rows = await store.query<Row>(
      `select o.id, o.key, o.payload, p.name, p.user_key = lower($3) as mine from outbox o
       left join person p on p.office_id = o.office_id and o.recipient = 'user:' || p.user_key
       where o.office_id = $1 and o.id > $2 and o.call in ('message', 'media') order by o.id`,
      [office?.id, before, person?.userId],
    );
    log.debug({ rows: rows.length }, 'a turn in the terminal');
    // What was said here has been read here: it is not for the platform as well.
    await store.query(
      `update outbox set state = 'sent', sent_at = $3
       where office_id = $1 and state = 'pending'
         and key like 'reply-' || (select id::text from inbox where office_id = $1 and dedup_key = $2) || '-%'`,
      [office?.id, dedupKey, at],
    );
    return rows.map(shown);
  }

  return {
    ...person,
    says: (content) => hears({ kind: 'text', content }),
    taps: ({ task }, eventKey) =>
      hears({
        kind: 'template_card_event',
        eventKey,
        taskId: task ?? '',
        cardType: 'button_interaction',
        responseCode: '',
        selected: [],
      }),
    enters: () => hears({ kind: 'enter_agent', eventKey: '' }),
    close: () => database.close(),
  };
}

interface Row {
  id: string;
  key: string;
  name: string | null;
  mine: boolean | null;
  payload: {
    /** Of a file. */
    name?: string;
    text?: { content: string };
    template_card?: {
      main_title: { title: string; desc?: string };
      sub_title_text?: string;
      task_id: string;
      button_list: { key: string; text: string }[];
    };
  };
}

function shown({ payload, name, mine }: Row): Shown {
  const to = mine ? null : (name ?? '?');
  const { text, template_card: card } = payload;
  if (!card)
    return { to, text: text?.content ?? (payload.name ? `[${payload.name}]` : ''), buttons: [], task: null };
  const words = [card.main_title.title, card.main_title.desc, card.sub_title_text].filter(Boolean).join('\n');
  return { to, text: words, buttons: card.button_list, task: card.task_id };
}
