// Whose term or credential ends soon: told on request (覆盖检查) and to the office at each month's begin.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Tx } from '../../store/store.ts';
import type { Day } from '../calendar.ts';
import type { Settings } from '../settings.ts';
import type { PersonRow } from './current.ts';

/** What ends within so many days is told. */
const AHEAD_DAYS = 60;

/** `what`: term or credential; `last`: a term after which there is no other (`term.max`). */
export const endingShape = z.object({
  name: z.string(),
  what: z.string(),
  day: z.string(),
  last: z.boolean(),
});

/** What is known of when a person's term and credential end. */
export type OnTerm = Pick<
  PersonRow,
  'name' | 'roles' | 'active' | 'appointedOn' | 'term' | 'credentialUntil'
>;

/** The inspectors of an office of whom any such day is known; without the rest of the roster. */
export function onTerm(tx: Pick<Tx, 'sql'>, officeId: string): Promise<OnTerm[]> {
  return tx.sql<OnTerm>(
    `select name, roles, active, appointed_on as "appointedOn", term, credential_until as "credentialUntil" from person
     where office_id = $1 and active and 'inspector' = any(roles) and (appointed_on is not null or credential_until is not null)
     order by user_key`,
    [officeId],
    'on-term',
  );
}

/** The inspectors among `people` whose term (`term.years`) or credential ends within 60 days or has ended, the earliest first. */
export function endingSoon(
  people: readonly OnTerm[],
  settings: Settings,
  today: Day,
): z.infer<typeof endingShape>[] {
  const until = today.add({ days: AHEAD_DAYS }).toString();
  return people
    .filter(({ roles, active }) => active && roles.includes('inspector'))
    .flatMap(({ name, appointedOn, term, credentialUntil }) => {
      const ends =
        appointedOn && Temporal.PlainDate.from(appointedOn).add({ years: settings['term.years'] }).toString();
      const last = (term ?? 1) >= settings['term.max'];
      return [
        ...(ends && ends <= until ? [{ name, what: 'term', day: ends, last }] : []),
        ...(credentialUntil && credentialUntil <= until
          ? [{ name, what: 'credential', day: credentialUntil, last: false }]
          : []),
      ];
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
