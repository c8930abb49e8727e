// A planner that dies between any two statements: the next one does the day as if nothing had been, and nobody is told twice or not at all.
import { expect, test } from 'vitest';
import type { Store, Tx } from '../../../src/store/store.ts';
import { Killed } from '../../support/cast.ts';
import { freshDatabase } from '../../support/database.ts';
import { office } from './stage.ts';

/** Its process dies when it sends statement number `at` of the day: before it, or after it and before the answer is used. */
function dyingStore(store: Store, at: number, when: 'before' | 'after'): Store {
  let sent = 0;
  return {
    ...store,
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          last: tx.last.bind(tx),
          db: tx.db.bind(tx),
          async sql<R extends object>(...said: Parameters<Tx['sql']>): Promise<R[]> {
            const mine = sent++;
            if (mine === at && when === 'before') throw new Killed();
            const rows = await tx.sql<R>(...said);
            if (mine === at) throw new Killed();
            return rows;
          },
        }),
      ),
  };
}

const DAYS = ['2026-03-23', '2026-03-26', '2026-03-27', '2026-03-31', '2026-04-01'];

async function played(die: boolean) {
  const { store } = await freshDatabase();
  const { run, notice } = await office(store);
  await run('2026-03-19T10:00:00+08:00');
  await notice('S01', '2026-03-19', '2026-03-26', 1);
  await notice('S02', '2026-03-20', '2026-03-24', 2);
  let deaths = 0;
  for (const day of DAYS) {
    const at = `${day}T10:00:00+08:00`;
    for (let step = 0; die; step++) {
      const outcomes = await Promise.all(
        (['before', 'after'] as const).map((when) =>
          run(at, dyingStore(store, step, when)).catch((err: unknown) => {
            if (!(err instanceof Killed)) throw err;
            deaths++;
            return 'died';
          }),
        ),
      );
      // Further than its last statement it cannot die: then it has planned the day.
      if (outcomes.includes('planned')) break;
      expect(outcomes).toContain('died');
    }
    if (!die) expect(await run(at)).toBe('planned');
  }
  const nudges = await store.query(
    `select n.kind, n.period, n.due_on, n.at, p.user_id, s.code
     from nudge n join person p on p.id = n.person_id
     join deadline d on (d.office_id, d.kind, d.subject_id, d.period) = (n.office_id, n.kind, n.subject_id, n.period)
     left join school s on s.id = d.school_id
     order by 1, 2, 3, 4, 5, 6`,
  );
  const messages = await store.query(
    `select recipient, payload from outbox order by recipient, payload::text`,
  );
  return { nudges, messages: messages.length, deaths };
}

test('killed before and after each statement of five days, everybody is told what a planner that lives tells, once', async () => {
  const [lived, died] = [await played(false), await played(true)];
  expect(lived.nudges.length).toBeGreaterThan(10);
  expect(died.nudges).toEqual(lived.nudges);
  expect(died.messages).toBe(lived.messages);
  expect(died.deaths).toBeGreaterThan(50);
});
