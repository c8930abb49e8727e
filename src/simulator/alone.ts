// `dudao simulate`: the simulator by itself, for a bot in any language. Prints what to give the bot, and runs until stopped.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { movableClock } from '../clock.ts';
import { AppError } from '../errors.ts';
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
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (err) {
    throw unusable(file, err);
  }
  const list = z.array(personInputSchema).safeParse(json);
  if (list.success) return { people: list.data };
  const whole = corpInputSchema.safeParse(json);
  if (whole.success) return whole.data;
  const roster = rosterSchema.safeParse(json);
  if (!roster.success) throw unusable(file, roster.error);

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

const unusable = (file: string, cause: unknown) =>
  new AppError(
    'roster.faulty',
    'never',
    { file },
    {
      cause,
      message: `${file} is neither a corp, a roster with people[].userid, nor a list of { "userId", "name" }.`,
    },
  );

/** @throws {AppError} `port.taken`, `roster.faulty`. The caller closes the simulator when the process is to end. */
export async function simulateAlone(options: AloneOptions): Promise<Simulator> {
  const { callback, port, host, print, log, stateFile, pageDir, locale = 'zh-CN' } = options;
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
  const rows = [
    ['API base', `${simulator.apiBase}   (in place of https://qyapi.weixin.qq.com)`],
    ['Corp id', corpId],
    ['Agent id', String(first.agentId)],
    ['Secret', first.secret],
    ['Token', first.token ?? '-'],
    ['EncodingAESKey', first.encodingAesKey ?? '-'],
  ];
  const [long] = (corp.aibots ?? []).filter(({ secret }) => secret !== undefined);
  if (long)
    rows.push(
      ['Smart robot', `${long.aibotId}, secret ${long.secret}`],
      ['  at', `${simulator.aibotUrl}   (in place of wss://openws.work.weixin.qq.com)`],
    );
  print(`A WeCom for your bot: ${simulator.url}`);
  print('Give your bot these:');
  for (const [name = '', value = ''] of rows) print(`  ${name.padEnd(16)}${value}`);
  if (callback === undefined) {
    print('No --callback: people can write, but nobody is told. Messages sent by the bot do arrive.');
    return simulator;
  }
  const { ok, note } = await simulator.setCallback({ callbackUrl: callback }).catch(async (err: unknown) => {
    await simulator.close();
    throw err;
  });
  print(`Callback ${callback}: ${note}`);
  if (!ok) print('It is tried again with the next message; or POST /simulator/callbacks/verify.');
  return simulator;
}
