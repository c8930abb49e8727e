// One place for how tests run: real servers start once per run, files run in few workers because the machine is small.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { keepInMemory } from './test/support/memory-disk.ts';
import { PATIENCE_MS } from './test/support/until.ts';

keepInMemory();

const OTHER_RUNS = ['test/e2e/**', 'test/chaos/**', 'test/bench/**', 'node_modules/**'];
/** Their files leave no work behind that still runs when they end, and put back whatever they change. */
const TOGETHER = [
  'test/{app,chat,demo,doctor,http,pages,papers,simulator,supervision,transcripts,wecom}/**/*.test.ts',
];
/** They take a minute or two each: begun last, one of them would keep a single core busy while the other rests. */
const LONGEST = [
  'chat/walks-of-flows',
  'transcripts/transcripts',
  'chat/readme',
  'chat/scripts',
  'app/settings-audit',
  'app/start-command',
  'http/hour',
];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      LONGEST.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`)) + 1 || LONGEST.length + 1;
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
/** Against what would never end. No test may fail because a machine is slow. */
const limits = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: PATIENCE_MS } },
};

export default defineConfig({
  test: {
    // One more than the machine has cores: much of a test's time is waiting for servers, queues and clocks.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/built.ts', 'test/support/learnt.ts', 'test/support/global-setup.ts'],
    projects: [
      // Reading the modules and the scripts anew for each file was a third of all the work.
      { test: { ...limits, name: 'together', include: TOGETHER, isolate: false } },
      {
        test: {
          ...limits,
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...OTHER_RUNS, ...TOGETHER],
        },
      },
    ],
  },
});
