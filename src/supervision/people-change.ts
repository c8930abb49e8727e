// 一中换校长了: who heads, supervises or works for the office stands in the roster's file, and is not changed in the talk. Says who stands there now.
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { action, isOfOffice, ROLES } from './act.ts';
import { peopleAt } from './notices.ts';

/** Throws `act.not-found` for a school of elsewhere. */
export const howPeopleChange = action({
  name: 'roster.people',
  roles: ROLES,
  input: z.object({ school: z.uuid().optional() }),
  result: z.object({
    /** The school's heads in the roster; none when no school was named. */
    heads: z.array(z.string()),
    /** Whether the asker is of the office, which keeps the roster. */
    office: z.boolean(),
  }),
  async run(context, { school }) {
    const { tx, office } = context;
    const ours =
      school === undefined ||
      (await tx.sql('select 1 from school where id = $1 and office_id = $2', [school, office.id])).length > 0;
    if (!ours) throw new AppError('act.not-found', 'never', { what: 'school' });
    const heads = school === undefined ? [] : await peopleAt(context, school, 'principal');
    return { heads: heads.map(({ name }) => name), office: isOfOffice(context.actor) };
  },
});
