// Plays a transcript through the encrypted callback and the simulator, and holds what people see against what is written.

import type { StateView } from '../../src/simulator/api.ts';
import { emptyTables } from '../support/database.ts';
import type { Seen, TestPerson } from '../support/person.ts';
import { until } from '../support/until.ts';
import { AIBOT, GROUP, type TestWorld } from '../support/world.ts';
import { GROUP_NAME, holds, type Step, type Transcript, type Where } from './read.ts';

/** Which assignments a world began with; what a transcript handed over is handed back. */
const began = new WeakMap<TestWorld, string[]>();

const phones = new WeakMap<TestWorld, Map<string, TestPerson>>();

/** The tables of what happens in an office, as against who is in it. */
const HAPPENED = [
  ...['saved_list', 'hand_over', 'contact_check', 'group_member', 'app_group', 'group_robot'],
  ...[
    'emergency',
    'emergency_note',
    'emergency_person',
    'notice_receipt',
    'notice_wish',
    'supervision_notice',
  ],
  ...['visit', 'finding', 'finding_evidence', 'rectification_notice', 'paper_number'],
  ...['visit_companion', 'lesson_observation', 'extension', 'consultation', 'escalation'],
  ...['office_month', 'visit_exemption', 'visit_plan', 'attachment', 'audit_entry'],
  ...['inbox', 'outbox', 'conversation', 'nudge', 'deadline', 'paper'],
];

/** Who left the platform or was moved in the transcript before. */
const changed = new WeakMap<TestWorld, string[]>();

/** Leaves the corp, comes back to it or is moved in it, as an administrator does it in the console. */
async function becomes(
  world: TestWorld,
  userId: string,
  change: { status?: 'left' | 'active'; departments?: number[] },
): Promise<void> {
  changed.set(world, [...(changed.get(world) ?? []), userId]);
  await inConsole(world, 'PATCH', `people/${userId}`, change);
}

async function inConsole<T>(
  { simulator }: TestWorld,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${simulator.url}/simulator/${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** The id of the department of that name, which is made when it is not there. */
async function departmentOf(world: TestWorld, name: string): Promise<number> {
  const { departments } = await inConsole<StateView>(world, 'GET', 'state');
  const known = departments.find((one) => one.name === name);
  if (known) return known.id;
  const id = 1 + Math.max(...departments.map((one) => one.id));
  await inConsole(world, 'PUT', `departments/${id}`, { name });
  return id;
}

/** Starts each transcript with an office in which nothing has happened yet. */
export async function cleanOffice(world: TestWorld, now: Date): Promise<void> {
  for (const userId of new Set(changed.get(world)))
    await becomes(world, userId, { status: 'active', departments: [1] });
  changed.delete(world);
  // The bot goes on working while its tables are emptied. When the two wait for each other (a delivery that has read the outbox and counts
  // receipts next), the emptying gives way and tries again: PostgreSQL, after a second, would end either of them.
  for (let tries = 1; ; tries++) {
    try {
      await emptyOffice(world);
      break;
    } catch (err) {
      const gaveWay = err instanceof Error && 'code' in err && ['55P03', '40P01'].includes(String(err.code));
      if (!gaveWay || tries >= 20) throw err;
    }
  }
  world.moveTo(now);
}

async function emptyOffice(world: TestWorld): Promise<void> {
  const { store } = world.app;
  await store.transaction(async (tx) => {
    // The planner holds its office's row while it reckons: it is waited for, and the two never wait for each other.
    await tx.sql('select 1 from office for update');
    await tx.sql(`set local lock_timeout = '400ms'`);
    await emptyTables(tx, HAPPENED);
    await tx.sql(
      `update office set planned_on = null, settings = '{}',
         roster_version = roster_version + (settings <> '{}'::jsonb or exists (select 1 from person where not active or 'area-leader' = any(roles))
           or exists (select 1 from school where not active))::int`,
    );
    await tx.sql(
      `update person set learned = '{}', active = true, left_why = null, member_at = null, roles = array_remove(roles, 'area-leader')`,
    );
    await tx.sql(`update school set active = true where not active`);
    const first =
      began.get(world) ??
      (await tx.sql<{ id: string }>(`select id from assignment where until is null`)).map(({ id }) => id);
    began.set(world, first);
    const moved = await tx.sql(
      `with gone as (delete from assignment where id <> all($1::uuid[]) returning id)
       select id from gone union all select id from assignment where id = any($1::uuid[]) and until is not null`,
      [first],
    );
    if (moved.length > 0) {
      await tx.sql(`update assignment set until = null where id = any($1::uuid[])`, [first]);
      await tx.sql(`update office set roster_version = roster_version + 1`);
    }
  });
}

export async function play(world: TestWorld, transcript: Transcript): Promise<void> {
  const people = new Map<string, TestPerson>();
  const named = transcript.steps.flatMap((step) => ('who' in step ? step.who : []));
  const everybody = named.flatMap((who) => (who === GROUP_NAME ? GROUP.members : who));
  for (const who of new Set(everybody)) {
    people.set(who, personIn(world, who));
  }
  const heard: Heard = new Map();
  for (const person of people.values())
    heard.set(person.userId, { after: await person.looksAway(), seqs: new Set() });
  for (const step of transcript.steps) {
    try {
      await playStep(world, people, heard, step);
    } catch (err) {
      const why = err instanceof Error ? err.message : String(err);
      throw new Error(`line ${step.line}: ${why}`, { cause: err });
    }
  }
}

async function playStep(
  world: TestWorld,
  people: Map<string, TestPerson>,
  heard: Heard,
  step: Step,
): Promise<void> {
  if (step.kind === 'clock') return world.moveTo(step.at);
  if (step.kind === 'off') {
    // As every change of the roster does, so that whoever holds it in memory reads it again.
    await world.app.store.query(
      `with gone as (update person set active = false where user_id = $1 returning office_id)
       update office set roster_version = roster_version + 1 where id in (select office_id from gone)`,
      [world.person(step.who).userId],
    );
    return;
  }
  if (step.kind === 'older') {
    const changed = await world.app.store.query(
      `update conversation c set state = jsonb_set(jsonb_set(jsonb_set(c.state, '{frame,version}', '0'),
         '{frame,rows,0,remark}', to_jsonb($2::text)), '{frame,kinds,remark}', '"text"')
       from person p where p.id = c.person_id and p.user_id = $1 and c.state->'frame' <> 'null' returning 1`,
      [world.person(step.who).userId, step.words],
    );
    if (changed.length === 0) throw new Error(`${step.who} has no open draft`);
    return;
  }
  if (step.kind === 'leads') {
    await world.app.store.query(
      `with leads as (update person set roles = roles || 'area-leader'::text where user_id = $1 returning office_id)
       update office set roster_version = roster_version + 1 where id in (select office_id from leads)`,
      [world.person(step.who).userId],
    );
    return;
  }
  if (step.kind === 'member') return becomes(world, world.person(step.who).userId, { status: step.status });
  if (step.kind === 'moved') {
    const departments = [await departmentOf(world, step.department)];
    return becomes(world, world.person(step.who).userId, { departments });
  }
  if (step.kind === 'closed') {
    await world.app.store.query(
      `with gone as (update school set active = false where name = $1 returning office_id)
       update office set roster_version = roster_version + 1 where id in (select office_id from gone)`,
      [step.school],
    );
    return;
  }
  if (step.who === GROUP_NAME) {
    // All who are in the group see the same.
    for (const who of GROUP.members) await playStep(world, people, heard, { ...step, who });
    return;
  }
  const person = people.get(step.who);
  if (!person) throw new Error(`${step.who} is nobody`);
  switch (step.kind) {
    case 'says':
      await settled(world);
      await person.says(step.where === 'group' ? `@督导助手 ${step.text}` : step.text, {
        chatId: chatOf(step.where),
      });
      return;
    case 'enters':
      await person.enters();
      return;
    case 'menu':
      await settled(world);
      await person.usesMenu(step.entry);
      return;
    case 'sends':
      if (step.what === 'photo') await person.sendsPhoto().then(() => fetched(world));
      else if (step.what === 'place')
        await person.sendsPlace({ latitude: 37.7, longitude: 118.1, label: '校门口' });
      else await person.sendsMedia(step.what);
      return;
    case 'taps': {
      const { key, taskId } = await keyOf(person, heard, step.button);
      await settled(world);
      await person.taps(key, { taskId });
      return;
    }
    case 'never': {
      await settled(world);
      const found = (await fresh(person, heard, step.where)).find(({ text }) => holds(text, step.parts));
      if (found) throw new Error(`${step.who} should not have been told:\n${found.text}`);
      return;
    }
    case 'quiet': {
      await settled(world);
      const [more] = await fresh(person, heard, step.where);
      if (more) throw new Error(`${step.who} should have been told nothing, but:\n${more.text}`);
      return;
    }
    case 'sees': {
      const told = async () =>
        (await fresh(person, heard, step.where)).find(({ text }) => holds(text, step.parts));
      const found = await until(`${step.who} sees ${step.parts.join(' … ')}`, told).catch(async () => {
        const rest = (await fresh(person, heard, step.where)).map(({ text }) => text).join('\n---\n');
        throw new Error(
          `${step.who} was not told “${step.parts.join('…')}”. Not yet accounted for:\n${rest}`,
        );
      });
      // What was shown is accounted for; the next line is about another message.
      heard.get(person.userId)?.seqs.add(found.message.seq);
    }
  }
}

/** By person: what lay on her phone before the transcript, and the messages that a line of it has accounted for. */
type Heard = Map<string, { after: number; seqs: Set<number> }>;

/** The same phone for every transcript of a world: what was there before is not read again. */
function personIn(world: TestWorld, who: string): TestPerson {
  const known = phones.get(world) ?? new Map<string, TestPerson>();
  phones.set(world, known);
  const person = known.get(who) ?? world.person(who);
  known.set(who, person);
  return person;
}

/** What came during the transcript, in order. */
async function arrived(person: TestPerson, heard: Heard): Promise<Seen[]> {
  const after = heard.get(person.userId)?.after ?? 0;
  return (await person.sawSince())
    .filter(({ message }) => message.seq > after)
    .toSorted((a, b) => a.message.seq - b.message.seq);
}

/** What the bot told her, in the chat in question: what colleagues say in the group is not the bot's. */
async function fresh(person: TestPerson, heard: Heard, where?: Where): Promise<Seen[]> {
  const known = heard.get(person.userId)?.seqs;
  const isThere = (chatId: string) => {
    if (where === 'any-group') return chatId.startsWith('group:');
    return chatOf(where) ? chatId === chatOf(where) : chatId.startsWith('app:');
  };
  return (await arrived(person, heard)).filter(
    ({ message: { seq, chatId, from } }) =>
      !known?.has(seq) && isThere(chatId) && (from === 'app' || from === 'robot'),
  );
}

function chatOf(where?: Where): string | undefined {
  if (where === 'group') return `group:${GROUP.chatId}`;
  return where === 'aibot' ? `aibot:${AIBOT}` : undefined;
}

/**
 * Waits until nothing is on its way: so that "was not told" can be said, and so that what is said next is said as people say it, who
 * read first what came. A notice of which one of four had arrived when it was taken back, was taken back from one: true, and not what
 * the transcript is about.
 */
async function settled(world: TestWorld): Promise<void> {
  await until('an empty outbox', async () => {
    const [waiting] = await world.app.store.query(
      // A notice that is due is put on its way by the planner. Digests are spread over a minute or so; what is not due yet is on nobody's way.
      `select 1 from outbox where state = 'sending' or (state = 'pending' and not_before <= $1)
       union all select 1 from supervision_notice where state in ('sending', 'recalling') or (state = 'scheduled' and send_at <= $1)
       union all select 1 from contact_check where state = 'running' or (state = 'wanted' and at <= $1) limit 1`,
      [world.clock.now()],
    );
    return waiting === undefined;
  });
}

/** Waits until each photo has been fetched or given up: whoever looks at it a minute later, as people do, finds it. */
async function fetched(world: TestWorld): Promise<void> {
  await until('fetched photos', async () => {
    const [waiting] = await world.app.store.query(`select 1 from attachment where state = 'pending' limit 1`);
    return waiting === undefined;
  });
}

/** The key behind the newest open button with these words; waits for its card. */
async function keyOf(
  person: TestPerson,
  heard: Heard,
  button: string,
): Promise<{ key: string; taskId: string }> {
  return until(`a button [${button}] for ${person.userId}`, async () => {
    for (const { message } of (await arrived(person, heard)).toReversed()) {
      const { card } = message;
      const key = card?.disabled
        ? undefined
        : card?.body.button_list?.find((one) => one.text === button)?.key;
      if (card && key !== undefined) return { key, taskId: card.taskId ?? '' };
    }
    return null;
  });
}
