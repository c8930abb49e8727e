// 一中换校长了: who heads, supervises or works for the office stands in the roster's file, and is not changed in the talk. Says who stands there now.
import { z } from 'zod';
import { action, isOfOffice, ROLES } from './act.ts';
import { peopleAt } from './notices.ts';

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
    const heads = school === undefined ? [] : await peopleAt(context, school, 'principal');
    return { heads: heads.map(({ name }) => name), office: isOfOffice(context.actor) };
  },
});
