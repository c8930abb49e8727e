// Planning one day for one office, beside a bare INSERT … SELECT of as many rows in the same run: what the reckoning costs.
// `--days N` (20): so many days one after the other in the demo district's 148 schools, the first of them the first ever.
// `--statements`: where PostgreSQL's time goes. `--offices N`: a country of so many offices instead, over the turn of a month, which is the heaviest day (2800 is all of China).
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { ownScripts, reminders } from '../../src/app/reminders.ts';
import { putRows } from '../../src/delivery/outbox.ts';
import { fillDemo } from '../../src/demo/fill.ts';
import { planAll } from '../../src/jobs/plan.ts';
import { createLog } from '../../src/log.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { planOffice } from '../../src/supervision/deadlines/plan.ts';
import { mustLoadPolicy } from '../../src/supervision/deadlines/policy.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { makeCountry } from './country.ts';
import { cpuOf, cpuOfPostgres } from './cpu.ts';
import { COUNTED, countStatements, printStatements } from './statements.ts';

// As src/main.ts has it for every process of ours.
setFlagsFromString('--heap-growing-percent=15');

/** The embedded server is set for one district on a laptop; whoever serves a country gives PostgreSQL its usual share of the machine. */
const OF_A_COUNTRY = { shared_buffers: '512MB', max_wal_size: '4GB' };

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const START = Date.parse('2026-03-16T10:11:00+08:00');
const DAY_MS = 86_400_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      days: { type: 'string', default: '20' },
      offices: { type: 'string' },
      statements: { type: 'boolean', default: false },
    },
  });
  const dir = await mkdtemp(join(tmpdir(), 'dudao-planner-'));
  const server = await startEmbedded({
    dataDir: dir,
    log: silent,
    settings: { ...(values.offices ? OF_A_COUNTRY : {}), ...(values.statements ? COUNTED : {}) },
  });
  const store = await openStore({ url: server.url });
  try {
    await migrate(server.url);
    if (values.offices !== undefined)
      return await planCountry(
        store,
        server.url,
        Number(values.offices),
        join(dir, 'postgres'),
        values.statements,
      );
    const sealer = { seal: (text: string) => text, open: (text: string) => text };
    const { officeId, schools, kindergartens } = await fillDemo(store, { now: new Date(START), sealer });
    const rows = await planDays(store, officeId, Number(values.days));
    process.stdout.write(
      `one office, ${schools + kindergartens} schools, ${cpus().length} cores, PostgreSQL here\n`,
    );
    process.stdout.write('day          ms  digests  nudges  bare insert ms  share\n');
    for (const row of rows) process.stdout.write(`${row}\n`);
  } finally {
    await store.close();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** The last working day of a month, the first of the next, and the day before both, on which all is opened. */
async function planCountry(
  store: Store,
  url: string,
  offices: number,
  folder: string,
  statements: boolean,
): Promise<void> {
  const made = performance.now();
  // a country is made in few, large statements, which a bot would give up
  const maker = await openStore({ url, statementTimeoutMs: 1_800_000 });
  await makeCountry(maker, offices, '2026-03-01').finally(() => maker.close());
  const [size] = await store.query<{ schools: number; people: number }>(
    'select (select count(*) from school)::int as schools, (select count(*) from person)::int as people',
  );
  const seconds = ((performance.now() - made) / 1000).toFixed(0);
  process.stdout.write(
    `${offices} offices, ${size?.schools} schools, ${size?.people} people (made in ${seconds} s), ${cpus().length} cores\n`,
  );
  process.stdout.write(
    'day          s  an office  CPU here  of pg  digests  nudges  bare insert s  share  memory MB\n',
  );
  await store.query('create table bare (like nudge including all)');
  const log = createLog({ level: 'error', to: 2 });
  const scripts = ownScripts(log);
  scripts(); // read once in a process's life, and not the planner's work
  const sealer = { open: (text: string) => text };
  const reckoned = reminders({ scripts, locale: 'zh-CN', log, sealer, store, now: () => new Date() });
  for (const day of ['2026-03-30', '2026-03-31', '2026-04-01']) {
    const now = new Date(`${day}T15:11:00+08:00`);
    let memory = 0;
    const watch = setInterval(() => {
      memory = Math.max(memory, process.memoryUsage.rss() / 1024 / 1024);
    }, 100);
    const cpu = () => ({ node: cpuOf(process.pid), postgres: cpuOfPostgres(folder) });
    if (statements) await countStatements(store);
    const [began, before] = [performance.now(), cpu()];
    await planAll({ store, now: () => now, log, jobs: { ringAll: async () => true }, ...reckoned });
    const [s, after] = [(performance.now() - began) / 1000, cpu()];
    const cpuMs = (of: 'node' | 'postgres') => (((after[of] - before[of]) * 1000) / offices).toFixed(1);
    clearInterval(watch);
    if (statements) await printStatements(store, offices);
    const [count] = await store.query<{ nudges: number; digests: number }>(
      `select count(*)::int as nudges, count(distinct told)::int as digests from nudge where planned_at = $1`,
      [now],
    );
    const bare = performance.now();
    await store.query('insert into bare select * from nudge where planned_at = $1', [now]);
    const bareS = (performance.now() - bare) / 1000;
    const cells = [
      s.toFixed(1),
      ((s * 1000) / offices).toFixed(1),
      cpuMs('node'),
      cpuMs('postgres'),
      count?.digests ?? 0,
      count?.nudges ?? 0,
      bareS.toFixed(1),
      (bareS / s).toFixed(3),
      memory.toFixed(0),
    ];
    const widths = [6, 11, 8, 6, 7, 6, 13, 5, 9];
    process.stdout.write(
      `${day} ${cells.map((cell, i) => String(cell).padStart(widths[i] ?? 0)).join('  ')}\n`,
    );
  }
}

async function planDays(store: Store, officeId: string, days: number): Promise<string[]> {
  const [rules, policy] = [loadSettingRules(), mustLoadPolicy()];
  await store.query('create table bare (like nudge including all)');
  const lines: string[] = [];
  for (let n = 0; n < days; n += 1) {
    const now = new Date(START + n * DAY_MS);
    const began = performance.now();
    const { outcome, digests } = await planOffice(
      {
        ...{ store, rules, policy, now },
        deliver: (tx, all) =>
          putRows(
            tx,
            all.map(({ to, notification, sendAt }) => ({
              ...{ officeId, key: notification.dedup, call: 'message', payload: notification.data },
              ...{ recipient: `user:${to.userId.toLowerCase()}` as const, notBefore: sendAt },
            })),
          ),
      },
      officeId,
    );
    const ms = performance.now() - began;
    if (outcome === 'held') continue;
    const [count] = await store.query<{ n: number }>(
      'select count(*)::int as n from nudge where planned_at = $1',
      [now],
    );
    const bare = performance.now();
    await store.query('insert into bare select * from nudge where planned_at = $1', [now]);
    const bareMs = performance.now() - bare;
    const cells = [ms.toFixed(1), digests, count?.n ?? 0, bareMs.toFixed(1), (bareMs / ms).toFixed(3)];
    const widths = [6, 7, 6, 14, 5];
    const day = now.toISOString().slice(0, 10);
    lines.push(`${day} ${cells.map((cell, i) => String(cell).padStart(widths[i] ?? 0)).join('  ')}`);
  }
  return lines;
}
