// Who may what with notices, groups, robots and lists: they are the office’s, an area’s group its leader’s as well, one’s own receipt one’s own.
import { newId } from '../../../src/store/ids.ts';
import { type Entries, EVERYBODY, OFFICE } from './entry.ts';
import type { At } from './scene.ts';

export const NOTICES: Entries = {
  'notice.send': {
    ...OFFICE,
    always: true,
    given: () => ({
      audience: { code: 'everyone', kinds: [], areas: [], schools: [] },
      content: '周五开会。',
      receipt: { wanted: false, due: null },
    }),
  },
  'notice.status': {
    ...OFFICE,
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.list': {
    ...OFFICE,
    sees: true,
    given: async (at) => {
      const id = await at.notice();
      await at.context.tx.sql('update supervision_notice set content = $2 where id = $1', [
        id,
        at.school.name,
      ]);
      return {};
    },
  },
  'notice.phones': {
    ...OFFICE,
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.export': {
    ...OFFICE,
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.recall': {
    ...OFFICE,
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.chase': {
    ...OFFICE,
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.confirm': { ...EVERYBODY, always: true, given: async (at) => ({ notice: [await at.notice()] }) },
  'notice.read': { ...EVERYBODY, always: true, given: async (at) => ({ notice: await at.notice() }) },
  'notice.tell-sender': {
    ...EVERYBODY,
    always: true,
    given: async (at) => ({ notice: await at.notice(), said: '能请假吗' }),
  },
  'notice.answer-wish': {
    ...OFFICE,
    given: async (at) => ({ wish: await at.wish(), answer: '可以' }),
  },

  'group.make': {
    'area-leader': 'area',
    ...OFFICE,
    given: async (at) => ({ group: groupOf(at, await areaOf(at)), ends: null }),
  },
  'group.make (for a campaign)': {
    ...OFFICE,
    always: true,
    given: (at) => ({ group: { ...groupOf(at, null), purpose: 'campaign' }, ends: '2026-04-30' }),
  },
  'group.list': {
    'area-leader': 'area',
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await madeGroup(at);
      return {};
    },
  },
  'group.end': {
    'area-leader': 'area',
    ...OFFICE,
    given: async (at) => ({ group: await madeGroup(at), words: '' }),
  },

  'robot.register': {
    ...OFFICE,
    always: true,
    given: () => ({ name: '校长群', key: 'v1.sealed' }),
  },
  'robot.list': { ...OFFICE, always: true, given: () => ({}) },
  'robot.remove': {
    ...OFFICE,
    given: async (at) => {
      const id = newId();
      await at.context.tx.sql(
        `insert into group_robot (id, office_id, name, key_sealed, state, created_at, keyed_at) values ($1, $2, '校长群', 'v1.x', 'on', $3, $3)`,
        [id, at.school.officeId, at.context.now],
      );
      return { robot: id };
    },
  },

  'list.save': {
    ...OFFICE,
    given: (at) => ({ name: '试点学校', members: { schools: [at.school.id], people: [] } }),
  },
  'list.show': {
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await savedList(at);
      return {};
    },
  },
  'list.drop': {
    ...OFFICE,
    given: async (at) => ({ list: await savedList(at) }),
  },
};

async function areaOf(at: At): Promise<string> {
  const [school] = await at.context.tx.sql<{ areaId: string }>(
    'select area_id as "areaId" from school where id = $1',
    [at.school.id],
  );
  return school?.areaId ?? '';
}

const groupOf = (at: At, areaId: string | null) => ({
  purpose: 'area',
  name: `${at.school.name}群`,
  rule: { audiences: [{ code: 'inspectors', kinds: [], areas: [], schools: [] }], people: [] },
  areaId,
});

/** A list of the office that holds the school. */
async function savedList(at: At): Promise<string> {
  const id = newId();
  const schools = [{ id: at.school.id, name: at.school.name }];
  await at.context.tx.sql(
    `insert into saved_list (id, office_id, name, schools, made_by, created_at) values ($1, $2, '试点学校', $3, $4, $5)`,
    [id, at.school.officeId, JSON.stringify(schools), at.actor, at.context.now],
  );
  return id;
}

/** An open group of the school's area. */
async function madeGroup(at: At): Promise<string> {
  const id = newId();
  const { name, rule, areaId } = groupOf(at, await areaOf(at));
  await at.context.tx.sql(
    `insert into app_group (id, office_id, chat_id, purpose, name, rule, area_id, owner_id, made_by, state, created_at)
     values ($1, $2, $3, 'area', $4, $5, $6, $7, $7, 'open', $8)`,
    [
      id,
      at.school.officeId,
      id.replaceAll('-', ''),
      name,
      JSON.stringify(rule),
      areaId,
      at.actor,
      at.context.now,
    ],
  );
  return id;
}
