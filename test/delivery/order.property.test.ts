// Whatever the platform does, in whatever order: a person gets each message once, and in the order in which they were written.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FaultInput } from '../../src/simulator/api.ts';
import { openWorld, SEND } from './world.ts';

const trouble: FaultInput[] = [
  { kind: 'drop-answer', path: SEND, times: 1 },
  { kind: 'drop-answer', path: SEND, times: 2 },
  { kind: 'refuse', path: SEND, times: 1 },
  { kind: 'errcode', errcode: -1, path: SEND, times: 1 },
  { kind: 'errcode', errcode: -1, path: SEND, times: 3 },
  { kind: 'errcode', errcode: 45009, path: SEND, times: 1 },
  { kind: 'errcode', errcode: 42001, path: SEND, times: 1 },
  { kind: 'token-expired', path: SEND, times: 1 },
  { kind: 'untrusted-ip', path: SEND, times: 1 },
];

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), urgent: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('trouble' as const), fault: fc.constantFrom(...trouble) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('drain' as const), processes: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(500, 2_000, 8_000, 61_000),
    }),
  },
);

test('each message once, in order', async () => {
  const { put, drain, another, reads, fault, noFaults, clock, row } = await openWorld();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      runs += 1;
      const [calm, urgent]: [string[], string[]] = [[], []];
      for (const [i, s] of steps.entries()) {
        if (s.do === 'write') {
          const key = `${runs}-${i}-${s.urgent ? 'urgent' : 'calm'}`;
          (s.urgent ? urgent : calm).push(key);
          await put({ key, urgent: s.urgent });
        }
        if (s.do === 'trouble') await fault(s.fault);
        if (s.do === 'wait') clock.advance(s.ms);
        if (s.do === 'drain')
          await Promise.all(
            Array.from({ length: s.processes }, () =>
              another().drain('018f0000-0000-7000-8000-000000000001', 'user:lisi'),
            ),
          );
      }
      await noFaults();
      for (let wait = await drain(); wait !== undefined; wait = await drain()) clock.advance(Math.ceil(wait));
      const got = (await reads()).filter((text) => text.startsWith(`${runs}-`));
      expect(got.filter((text) => text.endsWith('calm'))).toEqual(calm);
      expect(got.filter((text) => text.endsWith('urgent'))).toEqual(urgent);
      for (const key of [...calm, ...urgent]) expect((await row(key)).state).toBe('sent');
      clock.advance(120_000);
    }),
    { numRuns: 40 },
  );
});
