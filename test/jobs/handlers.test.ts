// A kind of job without a handler would wait for ever and say nothing; so the start says it.
import { expect, test } from 'vitest';
import type { AppError } from '../../src/errors.ts';
import { checkHandlers, handler } from '../../src/jobs/handlers.ts';
import { drain, KINDS, plan, sweep } from '../../src/jobs/kinds.ts';

const nothing = async () => {};
/** The four of them stand for all. */
const some = KINDS.filter(({ name }) => ['drain', 'sweep', 'plan', 'fetch-media'].includes(name));

test('one handler for each kind is what it takes', () => {
  const all = KINDS.map((kind) => ({ kind, run: nothing }));
  expect([...checkHandlers(KINDS, all).keys()]).toEqual(KINDS.map(({ name }) => name));
});

test('every fault is named at a time: missing, doubled, and strange', () => {
  const strange = handler({ ...sweep, name: 'dust' }, nothing);
  const wrong = [
    ...[handler(drain, nothing), handler(drain, nothing), handler(sweep, nothing)],
    ...[handler(plan, nothing), strange],
  ];
  expect(() => checkHandlers(some, wrong)).toThrow(
    expect.objectContaining({
      code: 'queue.unusable',
      detail: {
        faults: [
          'fetch-media: no handler',
          'drain: 2 handlers',
          'dust: a handler for a kind that is not in src/jobs/kinds.ts',
        ],
      },
    }),
  );
});

test('a payload that does not fit never reaches the handler, and is not tried again', async () => {
  let reached = 0;
  const of = handler(drain, async () => {
    reached += 1;
  });
  const refused = of.run({ officeId: 'x', recipient: 'li' });
  await expect(refused).rejects.toMatchObject({
    code: 'queue.unusable',
    retry: 'never',
  } satisfies Partial<AppError>);
  expect(reached).toBe(0);
});

test('what a job is about has no colon, which would part the keys of Redis', () => {
  const officeId = '018f0000-0000-7000-8000-000000000001';
  expect(drain.about({ officeId, recipient: 'user:li:si' })).toBe(`${officeId}-user-li-si`);
});
