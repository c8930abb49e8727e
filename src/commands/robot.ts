// `dudao robot add NAME | list | remove NAME`: the group robots of the office that OFFICE names. The key is read from the terminal or a pipe,
// so that it stands neither in the shell's history nor in the list of processes, and is never printed.
import { createInterface } from 'node:readline/promises';
import { type Database, openDatabaseBeside } from '../app/database.ts';
import { appSecret } from '../app/folder.ts';
import { type Config, environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { type OperatorTexts, operatorTexts } from '../operator.ts';
import { newId } from '../store/ids.ts';
import { createSealer } from '../store/seal.ts';
import type { Tx } from '../store/store.ts';
import { dropRobot, putRobot, robotName } from '../supervision/robots/register.ts';
import { officeBySlug } from '../supervision/roster/current.ts';
import { print } from './fault.ts';

export async function addRobot(name: string): Promise<void> {
  const read = robotName.safeParse(name);
  if (!read.success) throw new AppError('act.input', 'never', { why: 'robot-name', said: name });
  await onOffice(async ({ config, texts, database, officeId }) => {
    const key = keyIn(await asked(texts.say('robot.ask')));
    if (key === null) throw new AppError('act.input', 'never', { why: 'robot-key' });
    const sealed = createSealer(await appSecret(config), 'robot').seal(key);
    const now = new Date();
    const again = await database.store.transaction(async (tx) => {
      const put = await putRobot(tx, { officeId, name: read.data, sealed, by: null }, now);
      await noted(tx, officeId, 'robot.registered', put.id, read.data, now);
      return put.again;
    });
    print(texts.say(again ? 'robot.again' : 'robot.added', { name: read.data }));
  });
}

export async function listRobots(): Promise<void> {
  await onOffice(async ({ texts, database, officeId }) => {
    const rows = await database.store.query<{
      name: string;
      state: string;
      errcode: number | null;
      since: string;
    }>(
      `select r.name, r.state, r.errcode, to_char(r.keyed_at at time zone o.time_zone, 'YYYY-MM-DD') as since
       from group_robot r join office o on o.id = r.office_id
       where r.office_id = $1 and r.state <> 'removed' order by r.name`,
      [officeId],
    );
    if (rows.length === 0) print(texts.say('robot.none'));
    for (const { name, state, errcode, since } of rows)
      print(
        texts.say('robot.line', {
          name,
          state: texts.say(`robot.state.${state}`, { errcode: errcode ?? '' }),
          since,
        }),
      );
  });
}

export async function removeRobot(name: string): Promise<void> {
  await onOffice(async ({ texts, database, officeId }) => {
    const now = new Date();
    await database.store.transaction(async (tx) => {
      const id = await dropRobot(tx, { officeId, name }, now);
      if (id === null) throw new AppError('act.not-found', 'never', { why: 'robot', name });
      await noted(tx, officeId, 'robot.removed', id, name, now);
    });
    print(texts.say('robot.removed', { name }));
  });
}

interface Opened {
  config: Config;
  texts: OperatorTexts;
  database: Database;
  officeId: string;
}

async function onOffice(work: (opened: Opened) => Promise<void>): Promise<void> {
  const config = readConfig(environment());
  const texts = operatorTexts(config.locale);
  const database = await openDatabaseBeside(config, createLog({ level: config.logLevel ?? 'warn', to: 2 }));
  try {
    const office = await database.store.transaction((tx) => officeBySlug(tx, config.office));
    if (!office) throw new AppError('act.not-found', 'never', { what: 'office', office: config.office });
    await work({ config, texts, database, officeId: office.id });
  } finally {
    await database.close();
  }
}

/** One line of what is typed or piped in. */
async function asked(question: string): Promise<string> {
  if (process.stdin.isTTY) print(question);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) if (line.trim() !== '') return line;
    return '';
  } finally {
    lines.close();
  }
}

/** The webhook's address as WeCom gives it, or the key alone. */
function keyIn(line: string): string | null {
  const said = line.trim();
  return /[?&]key=([0-9a-z_-]{6,64})/iu.exec(said)?.[1] ?? (/^[0-9a-z_-]{6,64}$/iu.test(said) ? said : null);
}

function noted(
  tx: Pick<Tx, 'sql'>,
  officeId: string,
  what: 'robot.registered' | 'robot.removed',
  id: string,
  name: string,
  now: Date,
) {
  return tx.sql(
    `insert into audit_entry (id, office_id, at, actor_id, inbox_id, action, subject, subject_id, school_id, before, after)
     values ($1, $2, $3, null, null, $4, 'robot', $5, null, null, $6)`,
    [newId(), officeId, now, what, id, JSON.stringify({ name })],
  );
}
