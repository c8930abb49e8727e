// When somebody is reminded and whom it goes up to: bot-scripts/rules/deadlines.yaml, read and checked.
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type Fault, faultLine, readYaml } from '../../yaml.ts';
import type { Calendar, Day } from '../calendar.ts';

export const DEADLINE_KINDS = ['regular-visit', 'rectification', 'signature', 'review'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

export const NUDGED = ['owner', 'inspector', 'area-leader', 'office', 'director'] as const;
export type Nudged = (typeof NUDGED)[number];

const COUNTED = /^(0|[+-][1-9]\d{0,2})(d|wd)$/;
const NAMED = ['month-start', 'mid-month', 'last-workday', 'month-end'] as const;
const isNamed = (at: string): at is (typeof NAMED)[number] => NAMED.some((name) => name === at);

const nudgeShape = z.strictObject({
  at: z.string().refine((at) => COUNTED.test(at) || isNamed(at), {
    message: `is none of: -3d, 0d, +1d, -5wd, ${NAMED.join(', ')}`,
  }),
  to: z
    .union([z.enum(NUDGED).transform((to) => [to]), z.array(z.enum(NUDGED)).min(1)], {
      error: `is none of: ${NUDGED.join(', ')}, or a list of them`,
    })
    .transform((to): readonly Nudged[] => [...new Set(to)]),
  /** `none-visited`: only while no school of this owner was visited in the deadline's month. */
  when: z.literal('none-visited').optional(),
});
export type NudgeRule = z.infer<typeof nudgeShape>;

const kindShape = z.strictObject({
  nudges: z.array(nudgeShape).refine((all) => new Set(all.map(({ at }) => at)).size === all.length, {
    message: 'names the same day twice; put everybody into one list',
  }),
});

const policyShape = z
  .strictObject({
    'regular-visit': kindShape,
    rectification: kindShape,
    signature: kindShape,
    review: kindShape,
  })
  .superRefine((policy, context) => {
    for (const kind of DEADLINE_KINDS)
      for (const [index, { when }] of policy[kind].nudges.entries())
        if (when && kind !== 'regular-visit')
          context.addIssue({
            code: 'custom',
            path: [kind, 'nudges', index, 'when'],
            message: 'makes sense for regular-visit only',
          });
  });
export type Policy = Readonly<Record<DeadlineKind, { readonly nudges: readonly NudgeRule[] }>>;

const ownFolder = fileURLToPath(new URL('../../../bot-scripts', import.meta.url));
const FILE = 'rules/deadlines.yaml';

/** The policy, or every fault of it with file, line and key. `dir` is the folder bot-scripts. */
export function loadPolicy(
  dir: string = ownFolder,
): { policy: Policy; faults: [] } | { policy: null; faults: Fault[] } {
  const faults: Fault[] = [];
  const read = readYaml(dir, FILE, policyShape, faults);
  return read ? { policy: read.value, faults: [] } : { policy: null, faults };
}

/** As loadPolicy; throws `scripts.faulty`, its message naming every fault. */
export function mustLoadPolicy(dir?: string): Policy {
  const { policy, faults } = loadPolicy(dir);
  if (policy) return policy;
  const message = faults.map(faultLine).join('\n');
  throw new AppError('scripts.faulty', 'never', { faults: faults.length }, { message });
}

/** The day that a rule means for something due on `due`; null when the month has no working day. */
export function nudgeDay(at: string, due: Day, calendar: Calendar): Day | null {
  if (isNamed(at)) {
    const month = calendar.month(due);
    if (at === 'month-start') return calendar.firstWorkday(month);
    if (at === 'last-workday') return calendar.lastWorkday(month);
    return at === 'month-end' ? month.to : month.from.with({ day: 15 });
  }
  const [, count = '', unit] = COUNTED.exec(at) ?? [];
  return unit === 'wd' ? calendar.addWorkdays(due, Number(count)) : due.add({ days: Number(count) });
}
