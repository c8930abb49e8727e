// `dudao simulate`: the simulator by itself, for a bot in any language. Prints what to give the bot, and runs until stopped.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { movableClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { readText } from '../yaml.ts';
import type { CorpInput, PersonInput } from './api.ts';
import { corpInputSchema, personInputSchema } from './corp-schema.ts';
import { type Simulator, startSimulator } from './server.ts';
import type { SimulatorLog } from './world.ts';

export interface AloneOptions {
  /** Where the bot takes callbacks; absent: an app without callback. */
  callback?: string;
  port: number;
  host?: string;
  token?: string;
  aesKey?: string;
  corpId?: string;
  agentId?: number;
  secret?: string;
  /** A JSON file: a whole corp (api.ts), a roster with `people[].userid`, or a list of people. */
  people?: string;
  locale?: string;
  stateFile?: string;
  pageDir?: string;
  /** The operator's words by their key, `simulate.…`. */
  say: (key: string, data?: Record<string, string>) => string;
  print: (line: string) => void;
  log: SimulatorLog;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Looks random, and is the same at every start, so that a bot needs to be told once. */
function stable(what: string, length: number, letters = LETTERS): string {
  const digits = createHash('sha512').update(`dudao simulate: ${what}`).digest();
  return Array.from({ length }, (_, n) => letters[(digits[n % 64] ?? 0) % letters.length]).join('');
}

const rosterSchema = z.object({
  office: z.object({ name: z.string() }).optional(),
  areas: z.array(z.object({ code: z.string(), name: z.string() })).default([]),
  people: z.array(
    z.object({
      userid: z.string(),
      name: z.string(),
      area: z.string().optional(),
      roles: z.array(z.string()).default([]),
    }),
  ),
});

/** So many of the corp's people are in the group with the smart robot. */
const GROUP_MEMBERS = 5;

const STRANGERS: PersonInput[] = [
  { userId: 'alice', name: 'Alice' },
  { userId: 'bob', name: 'Bob' },
  { userId: 'zhang.san', name: 'Zhang San' },
];

/** The people of a file, in any of the three shapes; with a whole corp, all of it. */
function readPeople(file: string): Partial<CorpInput> {
  const json = jsonOf(file);
  const list = z.array(personInputSchema).safeParse(json);
  if (list.success) return { people: list.data };
  const whole = corpInputSchema.safeParse(json);
  if (whole.success) return whole.data;
  const roster = rosterSchema.safeParse(json);
  if (!roster.success) throw unusable('people', file, roster.error);

  const { office, areas, people } = roster.data;
  const departments = areas.map(({ name }, n) => ({ id: n + 2, name, parentId: 1 }));
  const departmentOf = (area: string | undefined) => {
    const n = areas.findIndex(({ code }) => code === area);
    return n === -1 ? 1 : n + 2;
  };
  return {
    name: office?.name ?? '',
    departments,
    people: people.map(({ userid, name, area, roles }) => ({
      userId: userid,
      name,
      departments: [departmentOf(area)],
      position: roles.join(', '),
    })),
  };
}

function jsonOf(file: string): unknown {
  const text = readText(file);
  if (typeof text !== 'string') throw unusable(text.code === 'not-utf8' ? 'not-utf8' : 'no-file', file);
  try {
    return JSON.parse(text);
  } catch (err) {
    throw unusable('not-json', file, err);
  }
}

const unusable = (why: 'no-file' | 'not-utf8' | 'not-json' | 'people', file: string, cause?: unknown) =>
  new AppError('roster.faulty', 'never', { why, file }, { cause });

/** @throws {AppError} `port.taken`, `roster.faulty`. The caller closes the simulator when the process is to end. */
export async function simulateAlone(options: AloneOptions): Promise<Simulator> {
  const { callback, port, host, say, print, log, stateFile, pageDir, locale = 'zh-CN' } = options;
  const known = options.people === undefined ? { people: STRANGERS } : readPeople(options.people);
  const app = {
    agentId: options.agentId ?? 1000002,
    name: 'Bot',
    secret: options.secret ?? stable('secret', 43),
    token: options.token ?? stable('token', 24),
    encodingAesKey: options.aesKey ?? stable('aes-key', 43),
  };
  const corpId = options.corpId ?? known.corpId ?? `ww${stable('corp', 16, '0123456789abcdef')}`;
  const apps = known.apps ?? [app];
  const robot = { aibotId: `aib${stable('aibot', 20)}`, name: 'Robot', secret: stable('aibot-secret', 43) };
  const group = {
    ...{ chatId: 'group1', name: 'Group', aibots: [robot.aibotId] },
    members: (known.people ?? []).slice(0, GROUP_MEMBERS).map(({ userId }) => userId),
  };
  const inGroup = known.apps === undefined ? { aibots: [robot], groups: [group] } : {};
  const corp = { name: 'Simulated corp', ...inGroup, ...known, corpId, locale, apps };
  const simulator = await startSimulator({
    port,
    host,
    clock: movableClock(),
    corp,
    stateFile,
    pageDir,
    log,
    ...(known.apps === undefined ? { token: app.token, encodingAesKey: app.encodingAesKey } : {}),
  });
  const first = corp.apps[0] ?? app;
  const tell = (key: string, data?: Record<string, string>) => {
    for (const line of say(key, data).split('\n')) print(line);
  };
  tell('simulate.ready', {
    url: simulator.url,
    apiBase: simulator.apiBase,
    corpId,
    agentId: String(first.agentId),
    secret: first.secret,
    token: first.token ?? '-',
    aesKey: first.encodingAesKey ?? '-',
  });
  const [long] = (corp.aibots ?? []).filter(({ secret }) => secret !== undefined);
  if (long) tell('simulate.robot', { id: long.aibotId, secret: long.secret ?? '', url: simulator.aibotUrl });
  if (callback === undefined) {
    tell('simulate.no-callback');
    return simulator;
  }
  const { ok, note } = await simulator.setCallback({ callbackUrl: callback }).catch(async (err: unknown) => {
    await simulator.close();
    throw err;
  });
  const why = note.replace(/^URL not verified: /, '');
  tell(ok ? 'simulate.verified' : 'simulate.not-verified', { url: callback, why });
  return simulator;
}
