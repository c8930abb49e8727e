// Planning one day for one office, beside a bare INSERT … SELECT of as many rows in the same run: what the reckoning costs.
// `--days N` (20): so many days one after the other in the demo district's 148 schools, the first of them the first ever.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { putRows } from '../../src/delivery/outbox.ts';
import { fillDemo } from '../../src/demo/fill.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { planOffice } from '../../src/supervision/deadlines/plan.ts';
import { mustLoadPolicy } from '../../src/supervision/deadlines/policy.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const START = Date.parse('2026-03-16T10:11:00+08:00');
const DAY_MS = 86_400_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { days: { type: 'string', default: '20' } } });
  const dir = await mkdtemp(join(tmpdir(), 'dudao-planner-'));
  const server = await startEmbedded({ dataDir: dir, log: silent });
  const store = await openStore({ url: server.url });
  try {
    await migrate(server.url);
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
