// What becomes of a robot: its test message, whether its key works, and that it works no more; told to whoever registered it.
import { dayOf } from '../../store/days.ts';
import type { Store, Tx } from '../../store/store.ts';

export type RobotTold = 'works' | 'unsure' | 'out' | 'limited';

export type RobotOut =
  | { kind: 'test'; key: string }
  | {
      kind: 'tell';
      what: RobotTold;
      dedup: string;
      errcode: number | null;
      to: { personId: string; userId: string; name: string };
    };

export interface PlannedRobot {
  id: string;
  officeId: string;
  office: { name: string; short: string; timeZone: string };
  name: string;
}

export type WriteRobot = (tx: Tx, robot: PlannedRobot, out: readonly RobotOut[]) => Promise<void>;

interface Row extends Omit<PlannedRobot, 'office'> {
  state: string;
  version: number;
  createdById: string | null;
  officeName: string;
  short: string;
  timeZone: string;
  outcome: string | null;
  errcode: number | null;
}

const testKey = (row: Pick<Row, 'id' | 'version'>) => `robot-${row.id}-test-${row.version}`;

async function next(tx: Tx, where: string, values: unknown[], name: string): Promise<Row | null> {
  const [row] = await tx.sql<Row>(
    `select r.id, r.office_id as "officeId", r.name, r.state, r.version, r.created_by as "createdById",
       o.name as "officeName", o.short, o.time_zone as "timeZone", b.state as outcome, b.errcode
     from group_robot r join office o on o.id = r.office_id
     left join lateral (${LATEST}) b on true
     where ${where} order by r.id limit 1 for update of r skip locked`,
    values,
    name,
  );
  return row ?? null;
}

/** Of the present key: the test message while it is out, else the newest call that the platform refused because of the key. */
const LATEST = `select x.state, x.errcode from outbox x where x.office_id = r.office_id and case r.state
    when 'testing' then x.key = 'robot-' || r.id || '-test-' || r.version
    else x.recipient = 'robot:' || r.name and x.why = 'robot-out' and x.created_at > r.keyed_at end
  order by x.id desc limit 1`;

const planned = ({ id, officeId, name, officeName, short, timeZone }: Row): PlannedRobot => ({
  ...{ id, officeId, name },
  office: { name: officeName, short, timeZone },
});

/** Who registered it; of one from the command line, somebody of the office. */
async function tell(
  tx: Tx,
  row: Pick<Row, 'id' | 'officeId' | 'createdById'>,
  what: RobotTold,
  once: string,
  errcode: number | null,
): Promise<RobotOut[]> {
  const [to] = await tx.sql<{ personId: string; userId: string; name: string }>(
    `select id as "personId", user_id as "userId", name from person
     where office_id = $1 and active and roles && array['office', 'director']
     order by id = $2::uuid desc nulls last, 'director' = any(roles), id limit 1`,
    [row.officeId, row.createdById],
    'robot-owner',
  );
  return to ? [{ kind: 'tell', what, dedup: `robot-${row.id}-${what}-${once}`, errcode, to }] : [];
}

/** Sends the test message of the next robot that has a new key. Null: there is none. */
export function testNext(store: Store, write: WriteRobot): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const row = await next(tx, `r.state = 'new'`, [], 'robot-to-test');
    if (!row) return null;
    await tx.sql(`update group_robot set state = 'testing' where id = $1`, [row.id], 'robot-testing');
    await write(tx, planned(row), [{ kind: 'test', key: testKey(row) }]);
    return { id: row.id };
  });
}

/** Notes how the test ended, or that a robot in use was refused. Null: nothing new. */
export function settleRobot(store: Store, write: WriteRobot): Promise<{ id: string } | null> {
  return store.transaction(async (tx) => {
    const row = await next(
      tx,
      `(r.state = 'testing' and b.state in ('sent', 'unsure', 'refused')) or (r.state = 'on' and b.state = 'refused')`,
      [],
      'robot-to-settle',
    );
    if (!row) return null;
    const works = row.outcome !== 'refused';
    await tx.sql(
      `update group_robot set state = $2, errcode = $3 where id = $1`,
      [row.id, works ? 'on' : 'out', works ? null : row.errcode],
      'robot-settled',
    );
    const what = row.outcome === 'sent' ? 'works' : works ? 'unsure' : 'out';
    await write(tx, planned(row), await tell(tx, row, what, String(row.version), row.errcode));
    return { id: row.id };
  });
}

/** Whom the platform limits all the same is told of, once a day of the office: somebody else uses the same key. */
export function limitedRobots(store: Store, now: Date, write: WriteRobot): Promise<void> {
  return store.transaction(async (tx) => {
    const rows = await tx.sql<Row>(
      `select r.id, r.office_id as "officeId", r.name, r.created_by as "createdById", o.name as "officeName", o.short, o.time_zone as "timeZone"
       from group_robot r join office o on o.id = r.office_id
       where r.state in ('on', 'testing') and exists (select 1 from outbox b where b.office_id = r.office_id
         and b.recipient = 'robot:' || r.name and b.state = 'pending' and b.why = 'rate-limit')`,
      [],
      'robots-limited',
    );
    for (const row of rows) {
      const day = dayOf(now, row.timeZone).toString();
      await write(tx, planned(row), await tell(tx, row, 'limited', day, null));
    }
  });
}
