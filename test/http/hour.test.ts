// An hour without PostgreSQL under full traffic, its process killed twice: afterwards each message was taken in once, in its
// person's order, at the time at which it came, and was answered.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { demoRoster } from '../../src/demo/people.ts';
import { openSpool } from '../../src/http/spool.ts';
import { oneAtATime } from '../../src/http/turns.ts';
import { createLog } from '../../src/log.ts';
import { openSpoolFiles } from '../../src/store/spool.ts';
import type { Store } from '../../src/store/store.ts';
import { type RosterPerson, schoolsByRole } from '../../src/supervision/roster/file.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { takeAway } from '../support/absence.ts';
import { freshDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { turnsOf } from '../support/office.ts';
import { until } from '../support/until.ts';
import { textXml } from './door.ts';
import type { Delivery, Heard } from './processes/door.ts';

const PEOPLE = 200;
const EACH = 9;
/** Deliveries that the platform has under way at a time. */
const UNDER_WAY = 60;
const BEGAN = new Date('2026-03-19T02:00:00Z').getTime();
const HOUR_MS = 3_600_000;
const log = createLog({ level: 'silent' });
const seal = { seal: (text: string) => text, open: (text: string) => text };

test('PostgreSQL is away for an hour while two hundred people talk, and the bot is killed twice', async () => {
  const { store, url } = await freshDatabase();
  const roster = demoRoster('main');
  const { officeId } = await importRoster(store, roster, { now: new Date(BEGAN - 86_400_000), sealer: seal });
  const people = roster.people.filter(({ roles }) => roles.some((role) => /inspector|principal/.test(role)));
  const cast = people.slice(0, PEOPLE);
  expect(cast).toHaveLength(PEOPLE);
  const schools = new Map(roster.schools.map(({ code, name }) => [code, name]));
  const said = hourOf(cast, (one) => schools.get(schoolsByRole(one).get('inspector')?.[0] ?? ''));
  const traffic = delivered(said.map(({ delivery }) => delivery));
  const dir = testFolder();

  const absence = await takeAway(url);
  let left = traffic;
  for (const until of [0.4, 0.8, 1]) left = await taken(await doorIn(dir, url), left, traffic, until);
  expect(left).toEqual([]);
  await absence.end();

  const spool = await houseOf(store, officeId, dir);
  expect(spool.state().entries).toBeGreaterThanOrEqual(said.length);
  await until('the disk to be empty', () => spool.state().entries === 0, 100_000);
  expect(spool.state().parked).toBe(0);

  const inbox = await store.query<{ user: string; no: string; at: Date; replies: number; refused: number }>(
    `select i.user_id as user, i.message->>'msgId' as no, i.received_at as at, count(o.id)::int as replies
     from inbox i left join outbox o on o.key = 'reply-' || i.id || '-0' group by i.id order by i.id`,
  );
  expect(inbox.filter(({ replies }) => replies !== 1)).toEqual([]);
  for (const { userid } of cast) {
    const seen = inbox.filter(({ user }) => user === userid).map(({ no, at }) => `${no} ${at.toISOString()}`);
    const own = said.filter((one) => one.userid === userid);
    expect(seen, userid).toEqual(own.map(({ no, delivery }) => `${no} ${delivery.receivedAt}`));
  }
  // One word after the other: a draft confirmed before it was told, or twice, would not be one visit of that day.
  const inspectors = cast.filter(({ roles }) => roles.includes('inspector'));
  const visits = await store.query<{ user: string; day: string }>(
    `select p.user_id as user, v.visited_on::text as day from visit v join person p on p.id = v.inspector_id`,
  );
  expect(visits.map(({ user }) => user).sort()).toEqual(inspectors.map(({ userid }) => userid).sort());
  expect(new Set(visits.map(({ day }) => day))).toEqual(new Set(['2026-03-19']));
});

interface Told {
  userid: string;
  no: string;
  delivery: Delivery;
}

/** What everybody says, spread over the hour: inspectors file a visit, all ask for this and that. */
function hourOf(cast: readonly RosterPerson[], schoolOf: (one: RosterPerson) => string | undefined): Told[] {
  return Array.from({ length: cast.length * EACH }, (_, index) => {
    const one = cast[index % cast.length] as RosterPerson; // below its length
    const turn = Math.floor(index / cast.length);
    const school = schoolOf(one);
    const visit = school === undefined ? [] : [`今天去了${school},没发现问题`, '确认'];
    const words = visit[turn - 3] ?? (turn % 2 === 0 ? '帮助' : '谢谢');
    const no = String(9_000_000_000 + index);
    const receivedAt = new Date(BEGAN + Math.floor((index * HOUR_MS) / (cast.length * EACH))).toISOString();
    return {
      userid: one.userid,
      no,
      delivery: { at: index, office: 'main', xml: textXml(words, one.userid, no), receivedAt },
    };
  });
}

/** The platform's repeats: every second message comes at once again, every third after a good while, each with a later time. */
function delivered(messages: readonly Delivery[]): Delivery[] {
  const later = (one: Delivery, ms: number) => ({
    ...one,
    receivedAt: new Date(new Date(one.receivedAt).getTime() + ms).toISOString(),
  });
  const all = messages.flatMap((one, index) => {
    const long = messages[index - 450];
    return [
      one,
      ...(index % 2 === 0 ? [later(one, 5)] : []),
      ...(long && index % 3 === 0 ? [later(long, 900_000)] : []),
    ];
  });
  return all.map((one, at) => ({ ...one, at }));
}

async function doorIn(dir: string, url: string): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('processes/door.ts', import.meta.url));
  const child = fork(program, [dir, url], { execArgv: ['--import', 'tsx'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

/**
 * Gives the door what is left until that share of all was heard of, then kills it in the middle of what is under way.
 * Returns what the platform got no 200 for, in order: it will bring that again.
 */
async function taken(
  door: ChildProcess,
  left: readonly Delivery[],
  all: readonly Delivery[],
  share: number,
): Promise<Delivery[]> {
  const heard = new Set<number>();
  const enough = left.length - Math.floor(all.length * (1 - share));
  let next = 0;
  const give = () => {
    const delivery = left[next++];
    if (delivery) door.send(delivery, () => {}); // killed meanwhile: it counts as not heard
  };
  await new Promise<void>((resolve) => {
    door.on('message', ({ at, kept }: Heard) => {
      if (kept) heard.add(at);
      give();
      if (heard.size >= enough) resolve();
    });
    for (let n = 0; n < UNDER_WAY; n++) give();
  });
  door.kill('SIGKILL');
  await once(door, 'close');
  return left.filter(({ at }) => !heard.has(at));
}

/** The next process: the database is there again, and it takes in what lies on the disk. */
async function houseOf(store: Store, officeId: string, dir: string) {
  const run = turnsOf(store, { slug: 'main', id: officeId, corpId: 'ww0123456789abcdef' });
  const spool = openSpool({
    files: await openSpoolFiles({ dir, log }),
    run,
    queue: oneAtATime(),
    probe: () =>
      store.query('select 1').then(
        () => true,
        () => false,
      ),
    tellLate: async () => {
      throw new Error('nobody waited, so no reply went the other way');
    },
    log,
    timing: { firstMs: 5, mostMs: 50 },
  });
  onTestFinished(() => spool.close());
  return spool;
}
