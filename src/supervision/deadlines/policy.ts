// When somebody is reminded and whom it goes up to: bot-scripts/rules/deadlines.yaml, read and checked.
import { z } from 'zod';
import { type Fault, mustReadYaml, readYaml, scriptsFolder } from '../../yaml.ts';
import { CONDITIONS, DEADLINE_KINDS, type DeadlineKind, isInstant, SPECS } from './kinds.ts';

const NUDGED = ['owner', 'inspector', 'area-leader', 'office', 'director'] as const;
export type Nudged = (typeof NUDGED)[number];

const COUNTED = /^(0|[+-][1-9]\d{0,2})(d|wd)$/;
/** Of what is due at an instant. */
const TIMED = /^(0|[+-][1-9]\d{0,2})(m|h)$/;
const NAMED = ['month-start', 'mid-month', 'last-workday', 'month-end'] as const;
const isNamed = (at: string): at is (typeof NAMED)[number] => NAMED.some((name) => name === at);

const nudgeShape = z.strictObject({
  at: z.string().refine((at) => COUNTED.test(at) || TIMED.test(at) || isNamed(at), {
    message: `is none of: -3d, 0d, +1d, -5wd, ${NAMED.join(', ')}, and for emergencies +5m, 0m, +2h`,
    params: { code: 'nudge-at' },
  }),
  to: z
    .union([z.enum(NUDGED).transform((to) => [to]), z.array(z.enum(NUDGED)).min(1)], {
      error: `is none of: ${NUDGED.join(', ')}, or a list of them`,
    })
    .transform((to): readonly Nudged[] => [...new Set(to)]),
  when: z.enum(CONDITIONS).optional(),
});

const kindShape = z.strictObject({
  nudges: z.array(nudgeShape).refine((all) => new Set(all.map(({ at }) => at)).size === all.length, {
    message: 'names the same day twice; put everybody into one list',
  }),
});
type KindPolicy = z.infer<typeof kindShape>;

/** Each kind that there is must stand in the file, if only with an empty list. */
const policyShape = z
  .strictObject(
    // One shape for every key: what `fromEntries` forgets is only the names.
    Object.fromEntries(DEADLINE_KINDS.map((kind) => [kind, kindShape])) as Record<
      DeadlineKind,
      typeof kindShape
    >,
  )
  .superRefine((policy, context) => {
    for (const kind of DEADLINE_KINDS)
      for (const [index, { at, when }] of policy[kind].nudges.entries()) {
        if (TIMED.test(at) !== isInstant(kind))
          context.addIssue({
            code: 'custom',
            path: [kind, 'nudges', index, 'at'],
            message: isInstant(kind)
              ? `${kind} is due by the minute: write it in minutes or hours, such as +5m or -2h`
              : `${kind} is due on a day: minutes and hours mean nothing here`,
          });
        if (when && !SPECS[kind].conditions?.includes(when))
          context.addIssue({
            code: 'custom',
            path: [kind, 'nudges', index, 'when'],
            message: `makes no sense for ${kind}`,
          });
      }
  });
export type Policy = Readonly<Record<DeadlineKind, Readonly<KindPolicy>>>;

const FILE = 'rules/deadlines.yaml';

/** The policy, or every fault of it with file, line and key. `dir` is the folder bot-scripts. */
export function loadPolicy(
  dir: string = scriptsFolder,
): { policy: Policy; faults: [] } | { policy: null; faults: Fault[] } {
  const faults: Fault[] = [];
  const read = readYaml(dir, FILE, policyShape, faults);
  return read ? { policy: read.value, faults: [] } : { policy: null, faults };
}

/** As loadPolicy; throws `scripts.faulty`, its message naming every fault. */
export function mustLoadPolicy(dir: string = scriptsFolder): Policy {
  return mustReadYaml(dir, FILE, policyShape);
}

/** A rule's words as a unit and a count, for SQL: `-5wd` is ['wd', -5], `month-start` is ['month-start', 0]. */
export function partsOf(at: string): [unit: string, count: number] {
  const [, count = '0', unit = at] = COUNTED.exec(at) ?? [];
  return [unit, Number(count)];
}

/** A rule of an instant kind in minutes: `+2h` is 120. */
export function minutesOf(at: string): number {
  const [, count = '0', unit] = TIMED.exec(at) ?? [];
  return Number(count) * (unit === 'h' ? 60 : 1);
}
