// Who may what. Every action of src/supervision/actions.ts has one entry here; the test fails when one is missing.
//
// HOW TO ADD YOUR ACTION (one entry):
//   'your.action': {
//     inspector: 'own area other',            // the targets (scene.ts, TARGETS_OF) at which this role may; roles left out may nowhere
//     office: 'office',
//     given: async (at) => ({ finding: (await at.finding({ state: 'submitted' })).finding }),   // input, with what it acts on at `at.school`
//   },
// Allowed: the act runs. Refused: it throws act.not-allowed or act.not-found, or the role is not in its `roles`. Any other
// error fails the test: then `given` has not set the stage. For a question use `sees: true`: allowed means that the answer names
// the target school (put something there in `given`). A second entry for one act, with another input: 'your.action (what differs)'. A role without a school or area in play may write `always: true`: then
// only the role counts and the one cell a role is its first target. Nobody may ever act in another office: `foreign` is always refused.

import { newId } from '../../../src/store/ids.ts';
import type { Role } from '../../../src/supervision/act.ts';
import { putSetting } from '../../../src/supervision/office-settings.ts';
import { type At, TODAY } from './scene.ts';

export type Entry = Partial<Record<Role, string>> & {
  given(at: At): object | Promise<object>;
  /** A question: what counts is whether its answer names the school. */
  sees?: true;
  /** About no school: the role alone decides. */
  always?: true;
};

/** The first target of each role, for `always`. */
const EVERYBODY = {
  inspector: 'own',
  'area-leader': 'area',
  'school-inspector': 'own',
  principal: 'own',
  office: 'office',
  director: 'office',
};
/** Each at the schools that are hers to look at, the office at all of its own. */
const EVERYBODY_AT_HERS = EVERYBODY;

export const WHO_MAY: Readonly<Record<string, Entry>> = {
  // ── visits ──
  'visit.record': {
    inspector: 'own',
    'area-leader': 'area',
    given: (at) => ({ rows: [{ school: at.school.id, date: TODAY }] }),
  },
  'visit.record (for its inspector)': {
    office: 'office',
    director: 'office',
    given: (at) => ({ rows: [{ school: at.school.id, date: TODAY, inspector: at.person('far') }] }),
  },
  'visit.record (beside its inspector)': {
    inspector: 'own area other',
    'area-leader': 'area',
    given: (at) => ({ rows: [{ school: at.school.id, date: TODAY, capacity: 'companion' }] }),
  },
  'visit.record (in her place)': {
    inspector: 'own area other',
    'area-leader': 'area',
    given: (at) => ({ rows: [{ school: at.school.id, date: TODAY, capacity: 'stand-in' }] }),
  },
  'visit.attach': {
    inspector: 'own area other',
    'area-leader': 'area other',
    given: async (at) => ({ visit: await at.visit('actor'), photos: [await at.photo()] }),
  },
  'visit.correct': {
    inspector: 'own area other',
    'area-leader': 'area other',
    office: 'office',
    director: 'office',
    given: async (at) => ({
      visit: await at.visit('actor'),
      change: { changes: [{ field: 'session', to: 'am', label: 'am' }] },
    }),
  },
  'visit.void': {
    inspector: 'own area other',
    'area-leader': 'area other',
    office: 'office',
    director: 'office',
    given: async (at) => ({ visit: await at.visit('actor'), reason: '填错了' }),
  },
  'visit.pending': {
    inspector: 'own',
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    sees: true,
    given: () => ({}),
  },
  'visit.exempt': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    given: (at) => ({ school: at.school.id, reason: '放假' }),
  },
  'visit.exempt-undo': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    given: async (at) => {
      await at.context.tx.sql(
        `insert into visit_exemption (id, office_id, school_id, month, reason, by_id, at) values ($1, $2, $3, $4, '放假', $5, $6)`,
        [newId(), at.school.officeId, at.school.id, TODAY.slice(0, 7), at.actor, at.context.now],
      );
      return { school: at.school.id };
    },
  },
  'visit.plan': {
    inspector: 'own area other',
    'area-leader': 'area',
    sees: true,
    given: (at) => ({ schools: [{ id: at.school.id, name: '' }] }),
  },
  'visit.plan-cancel': { inspector: 'own', 'area-leader': 'area', always: true, given: () => ({}) },
  'visit.read': {
    principal: 'own',
    'school-inspector': 'own',
    given: async (at) => ({ visit: await at.visit() }),
  },
  'month.focus': { ...EVERYBODY, always: true, given: () => ({}) },
  'month.close': {
    office: 'office',
    director: 'office',
    always: true,
    given: () => ({ month: `${TODAY.slice(0, 5)}02` }),
  },
  'month.report': {
    inspector: 'own',
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    sees: true,
    given: () => ({}),
  },
  'assign.list': {
    inspector: 'own',
    principal: 'own',
    'school-inspector': 'own',
    sees: true,
    given: () => ({}),
  },

  // ── findings and rectification ──
  'notice.sign': {
    principal: 'own',
    given: async (at) => ({ notice: (await at.finding()).notice }),
  },
  'notice.sign (as the head’s delegate)': {
    principal: 'own',
    'school-inspector': 'own',
    given: async (at) => {
      const { notice } = await at.finding();
      await at.context.tx.sql('update rectification_notice set delegate_id = $2 where id = $1', [
        notice,
        at.context.actor.personId,
      ]);
      return { notice };
    },
  },
  'notice.delegate': {
    principal: 'own',
    given: async (at) => ({ notice: (await at.finding()).notice, signer: at.person('school-inspector') }),
  },
  'rectification.submit': {
    principal: 'own',
    given: async (at) => ({ finding: [(await at.finding()).finding], report: '已更换' }),
  },
  'rectification.attach': {
    principal: 'own',
    given: async (at) => ({
      finding: [(await at.finding({ state: 'submitted', submittedBy: at.person('principal') })).finding],
      photos: [await at.photo()],
    }),
  },
  'rectification.move-evidence': {
    principal: 'own',
    inspector: 'own',
    'area-leader': 'area',
    given: async (at) => {
      const from = await at.finding({ state: 'submitted', submittedBy: at.person('principal') });
      await at.show(from.finding);
      return { to: [(await at.finding({ state: 'submitted' })).finding] };
    },
  },
  'visit.move-photos': {
    inspector: 'own area other',
    'area-leader': 'area other',
    given: async (at) => {
      const visit = await at.visit('actor');
      await at.showAtVisit(visit);
      return { visit, ordinal: 1 };
    },
  },
  'rectification.remove-evidence': {
    principal: 'own',
    given: async (at) => {
      const { finding } = await at.finding({ state: 'submitted', submittedBy: at.person('principal') });
      await at.show(finding);
      return { finding: [finding] };
    },
  },
  'visit.remove-photos': {
    inspector: 'own area other',
    'area-leader': 'area other',
    given: async (at) => {
      const visit = await at.visit('actor');
      await at.showAtVisit(visit);
      return { visit };
    },
  },
  'rectification.review': {
    inspector: 'own',
    given: async (at) => ({
      finding: [(await at.finding({ state: 'submitted', submittedBy: at.actor })).finding],
      result: 'pass',
    }),
  },
  'rectification.review (of what she issued)': {
    inspector: 'own',
    'area-leader': 'area',
    given: async (at) => {
      const { finding, notice } = await at.finding({ state: 'submitted', submittedBy: at.actor });
      await at.context.tx.sql('update rectification_notice set issued_by = $2 where id = $1', [
        notice,
        at.actor,
      ]);
      return { finding: [finding], result: 'pass' };
    },
  },
  'rectification.extend-request': {
    principal: 'own',
    given: async (at) => ({ finding: [(await at.finding()).finding], due: 7, reason: '厂家没货' }),
  },
  'rectification.extend-decide': {
    inspector: 'own',
    office: 'office',
    director: 'office',
    given: async (at) => ({
      finding: [(await at.finding({ state: 'extension_pending' })).finding],
      result: 'pass',
    }),
  },
  'rectification.object': {
    principal: 'own',
    given: async (at) => ({ finding: [(await at.finding()).finding], reason: '课表核过了' }),
  },
  'rectification.decide-objection': {
    inspector: 'own',
    office: 'office',
    director: 'office',
    given: async (at) => ({
      finding: [(await at.finding({ state: 'objected' })).finding],
      result: 'pass',
      reason: '已核实',
    }),
  },
  'notice.countersign': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ finding: [(await at.finding({ state: 'draft' })).finding], result: 'pass' }),
  },
  'notice.issue': {
    inspector: 'own',
    given: async (at) => ({ finding: [(await at.finding({ state: 'sent_back', noticed: false })).finding] }),
  },
  'rectification.look-back': {
    inspector: 'own',
    given: async (at) => ({
      finding: [(await at.finding({ state: 'accepted' })).finding],
      result: 'pass',
      how: 'site',
    }),
  },
  'rectification.close': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ finding: [(await at.finding({ state: 'accepted' })).finding], result: 'pass' }),
  },
  'rectification.reopen': {
    inspector: 'own',
    office: 'office',
    director: 'office',
    given: async (at) => ({ finding: [(await at.finding({ state: 'closed' })).finding], reason: '又裂开了' }),
  },
  'rectification.photos': {
    inspector: 'own',
    'area-leader': 'area',
    principal: 'own',
    'school-inspector': 'own',
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      const { finding } = await at.finding({ state: 'submitted', submittedBy: at.person('principal') });
      await at.show(finding);
      return { finding: [finding] };
    },
  },
  'rectification.story': {
    inspector: 'own',
    'area-leader': 'area',
    principal: 'own',
    'school-inspector': 'own',
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      await at.finding();
      return { school: at.school.id };
    },
  },
  'rectification.plan': {
    principal: 'own',
    given: async (at) => ({
      finding: [(await at.finding()).finding],
      measure: '换锁',
      person: '总务处',
      due: '2026-03-25',
    }),
  },
  'rectification.remind': {
    inspector: 'own',
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    given: async (at) => {
      await at.finding();
      return { school: at.school.id };
    },
  },
  'rectification.overdue': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      await at.finding();
      return { school: at.school.id };
    },
  },
  'rectification.unsigned': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      await at.finding();
      return {};
    },
  },
  'rectification.escalate': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set due_on = '2026-03-01' where id = $1`, [finding]);
      return { school: at.school.id, which: [{ id: finding }], note: '约谈校长' };
    },
  },
  'rectification.to-escalate': {
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set due_on = '2026-03-01' where id = $1`, [finding]);
      return { school: at.school.id };
    },
  },
  'rectification.send-overdue': {
    office: 'office',
    director: 'office',
    always: true,
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set due_on = '2026-03-01' where id = $1`, [finding]);
      // To whoever leads the area of that school.
      await at.context.tx.sql(
        `update person set area_id = (select area_id from school where id = $2) where id = $1`,
        [at.person('area-leader'), at.school.id],
      );
      return { days: 0, which: [{ id: at.person('area-leader') }] };
    },
  },
  'rectification.consult': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set disposition = 'complex' where id = $1`, [finding]);
      return { school: at.school.id, department: '基建科' };
    },
  },
  'rectification.consult-answer': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, answer: '本月加固' };
    },
  },
  'rectification.consult-partial': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, answer: '本月加固一半' };
    },
  },
  'rectification.consult-return': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, reason: '不属本科室职责' };
    },
  },
  'rectification.consult-redirect': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, department: '住建局' };
    },
  },
  'rectification.to-forward': {
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      await letter(at);
      return {};
    },
  },
  'rectification.list': {
    inspector: 'own',
    principal: 'own',
    'school-inspector': 'own',
    sees: true,
    given: async (at) => {
      await at.finding();
      return {};
    },
  },

  // ── emergencies: anybody may tell of a danger at any school of the office ──
  'emergency.raise': {
    inspector: 'own area other',
    'area-leader': 'area other',
    'school-inspector': 'own other',
    principal: 'own other',
    office: 'office',
    director: 'office',
    sees: true,
    given: (at) => ({ school: at.school.id, text: '有人受伤' }),
  },
  'emergency.acknowledge': {
    ...EVERYBODY_AT_HERS,
    given: async (at) => ({ emergency: await at.emergency() }),
  },
  'emergency.on-scene': { ...EVERYBODY_AT_HERS, given: async (at) => ({ emergency: await at.emergency() }) },
  'emergency.contained': { ...EVERYBODY_AT_HERS, given: async (at) => ({ emergency: await at.emergency() }) },
  'emergency.report': {
    ...EVERYBODY_AT_HERS,
    given: async (at) => ({ emergency: await at.emergency(), content: '两人轻伤' }),
  },
  'emergency.close': {
    ...EVERYBODY_AT_HERS,
    given: async (at) => ({ emergency: await at.emergency('contained'), content: '都已返校' }),
  },
  'emergency.review': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ emergency: await at.emergency('closed') }),
  },
  // Whoever raised it (here her school's inspector), and the office.
  'emergency.call-off': {
    inspector: 'own',
    office: 'office',
    director: 'office',
    given: async (at) => ({ emergency: await at.emergency(), reason: '孩子找到了' }),
  },
  'emergency.list': {
    ...EVERYBODY_AT_HERS,
    sees: true,
    given: async (at) => {
      await at.emergency();
      return {};
    },
  },

  // ── questions about a school ──
  'school.card': { ...EVERYBODY_AT_HERS, sees: true, given: (at) => ({ school: at.school.id }) },
  'school.phone': {
    ...EVERYBODY_AT_HERS,
    principal: '',
    given: (at) => ({ school: at.school.id }),
  },
  'visit.history': {
    ...EVERYBODY_AT_HERS,
    given: async (at) => {
      await at.visit();
      return { school: at.school.id };
    },
  },
  'ledger.show': {
    ...EVERYBODY_AT_HERS,
    sees: true,
    given: async (at) => {
      await at.finding();
      return {};
    },
  },

  'stats.query': { ...EVERYBODY_AT_HERS, given: (at) => ({ scope: { school: at.school.id } }) },
  'paper.export': {
    ...EVERYBODY_AT_HERS,
    given: (at) => ({ paper: 'checklist', scope: { school: at.school.id } }),
  },

  // ── notices of the office; all of them are the office's, and one's own receipt is one's own ──
  'notice.send': {
    office: 'office',
    director: 'office',
    always: true,
    given: () => ({
      audience: { code: 'everyone', kinds: [], areas: [], schools: [] },
      content: '周五开会。',
      receipt: { wanted: false, due: null },
    }),
  },
  'notice.status': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.phones': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.export': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.recall': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.chase': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ notice: await at.notice() }),
  },
  'notice.confirm': { ...EVERYBODY, always: true, given: async (at) => ({ notice: [await at.notice()] }) },

  // ── groups: the office's, and of an area its leader's as well ──
  'group.make': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    given: async (at) => ({ group: groupOf(at, await areaOf(at)), ends: null }),
  },
  'group.make (for a campaign)': {
    office: 'office',
    director: 'office',
    always: true,
    given: (at) => ({ group: { ...groupOf(at, null), purpose: 'campaign' }, ends: '2026-04-30' }),
  },
  'group.list': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      await madeGroup(at);
      return {};
    },
  },
  'group.end': {
    'area-leader': 'area',
    office: 'office',
    director: 'office',
    given: async (at) => ({ group: await madeGroup(at), words: '' }),
  },

  'robot.register': {
    office: 'office',
    director: 'office',
    always: true,
    given: () => ({ name: '校长群', key: 'v1.sealed' }),
  },
  'robot.list': { office: 'office', director: 'office', always: true, given: () => ({}) },
  'robot.remove': {
    office: 'office',
    director: 'office',
    given: async (at) => {
      const id = newId();
      await at.context.tx.sql(
        `insert into group_robot (id, office_id, name, key_sealed, state, created_at, keyed_at) values ($1, $2, '校长群', 'v1.x', 'on', $3, $3)`,
        [id, at.school.officeId, at.context.now],
      );
      return { robot: id };
    },
  },

  // ── lists of schools, for notices: the office's ──
  'list.save': {
    office: 'office',
    director: 'office',
    given: (at) => ({ name: '试点学校', schools: { ids: [at.school.id] } }),
  },
  'list.show': {
    office: 'office',
    director: 'office',
    sees: true,
    given: async (at) => {
      await savedList(at);
      return {};
    },
  },
  'list.drop': {
    office: 'office',
    director: 'office',
    given: async (at) => ({ list: await savedList(at) }),
  },

  // ── about no school ──
  'rule.query': { ...EVERYBODY, always: true, given: () => ({ question: '一个月要去几次' }) },
  'stats.rows': { ...EVERYBODY, always: true, given: () => ({}) },

  // ── what the office decides ──
  'settings.show': { office: 'office', director: 'office', always: true, given: () => ({}) },
  'settings.change': {
    office: 'office',
    director: 'office',
    always: true,
    given: () => ({ setting: 'rect.generalDays', value: { key: 'rect.generalDays', value: 10 } }),
  },
  'settings.undo': {
    office: 'office',
    director: 'office',
    always: true,
    given: async ({ context }) => {
      const by = { officeId: context.office.id, actorId: null, inboxId: null, now: context.now };
      await putSetting(context.tx, by, 'rect.generalDays', 10);
      return {};
    },
  },
  'school.history': {
    office: 'office',
    director: 'office',
    sees: true,
    given: (at) => ({ school: at.school.id }),
  },
  'assign.change': {
    office: 'office',
    director: 'office',
    given: (at) => ({ school: at.school.id, person: 'inspector' }),
  },
  'roster.check': { office: 'office', director: 'office', always: true, given: () => ({}) },
  'contacts.compare': { office: 'office', director: 'office', always: true, given: () => ({}) },
  'contacts.confirm': {
    office: 'office',
    director: 'office',
    always: true,
    given: async ({ context: { tx, office, now } }) => {
      // Too many had left to be believed without a word; the one named here is of no school.
      const waiting = [{ userId: 'nobody-any-more', name: '某人', why: 'left' }];
      const none = { names: [], count: 0 };
      const lists = {
        left: none,
        back: none,
        unreachable: none,
        inactive: none,
        unknown: none,
        names: [],
        areas: [],
      };
      const rest = {
        fine: false,
        people: 9,
        held: 'many',
        namesCount: 0,
        areasCount: 0,
        faults: [],
        rangeOnly: false,
      };
      await tx.sql(
        `insert into contact_check (id, office_id, name, state, at, report) values ($1, $2, $3, 'done', $4, $5)`,
        [newId(), office.id, `night-${newId()}`, now, JSON.stringify({ ...lists, ...rest, waiting })],
      );
      return {};
    },
  },
};

/** A complex finding at the school with a letter to 基建科 that waits for its answer. */
async function letter(at: At): Promise<void> {
  const { finding } = await at.finding();
  await at.context.tx.sql(`update finding set disposition = 'complex' where id = $1`, [finding]);
  await at.context.tx.sql(
    `insert into consultation (id, office_id, finding_id, year, number, department, due_on, asked_by, asked_at)
     select $2, f.office_id, f.id, 2026, 900, '基建科', '2026-12-31', v.inspector_id, v.created_at
     from finding f join visit v on v.id = f.visit_id where f.id = $1`,
    [finding, newId()],
  );
}

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

/** An open group of the school's area. */
async function savedList(at: At): Promise<string> {
  const id = newId();
  const schools = [{ id: at.school.id, name: at.school.name }];
  await at.context.tx.sql(
    `insert into school_list (id, office_id, name, schools, made_by, created_at) values ($1, $2, '试点学校', $3, $4, $5)`,
    [id, at.school.officeId, JSON.stringify(schools), at.actor, at.context.now],
  );
  return id;
}

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
