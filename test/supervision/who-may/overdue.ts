// Who may chase what is owed: reminders, what goes further up, and letters to departments.
import { newId } from '../../../src/store/ids.ts';
import { type Entries, OFFICE } from './entry.ts';
import type { At } from './scene.ts';

export const OVERDUE: Entries = {
  'rectification.remind': {
    inspector: 'own',
    'area-leader': 'area',
    ...OFFICE,
    given: async (at) => {
      await at.finding();
      return { school: at.school.id };
    },
  },
  'rectification.overdue': {
    'area-leader': 'area',
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await at.finding();
      return { school: at.school.id };
    },
  },
  'rectification.unsigned': {
    'area-leader': 'area',
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await at.finding();
      return {};
    },
  },
  'rectification.escalate': {
    ...OFFICE,
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set due_on = '2026-03-01' where id = $1`, [finding]);
      return { school: at.school.id, which: [{ id: finding, step: 'talk' }], note: '约谈校长' };
    },
  },
  'rectification.to-escalate': {
    ...OFFICE,
    sees: true,
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set due_on = '2026-03-01' where id = $1`, [finding]);
      return { school: at.school.id };
    },
  },
  'rectification.escalations': {
    inspector: 'own',
    'area-leader': 'area',
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await noted(at);
      return { school: at.school.id };
    },
  },
  'rectification.last-step': {
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await noted(at);
      return { school: at.school.id };
    },
  },
  'rectification.take-back-step': {
    ...OFFICE,
    given: async (at) => ({
      school: at.school.id,
      which: [{ id: await noted(at), step: 'talk' }],
      reason: '登错了',
    }),
  },
  'rectification.send-overdue': {
    ...OFFICE,
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
    ...OFFICE,
    given: async (at) => {
      const { finding } = await at.finding();
      await at.context.tx.sql(`update finding set disposition = 'complex' where id = $1`, [finding]);
      return { school: at.school.id, department: '基建科' };
    },
  },
  'rectification.consult-answer': {
    ...OFFICE,
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, answer: '本月加固' };
    },
  },
  'rectification.consult-partial': {
    ...OFFICE,
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, answer: '本月加固一半' };
    },
  },
  'rectification.consult-return': {
    ...OFFICE,
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, reason: '不属本科室职责' };
    },
  },
  'rectification.consult-redirect': {
    ...OFFICE,
    given: async (at) => {
      await letter(at);
      return { school: at.school.id, department: '住建局' };
    },
  },
  'rectification.to-forward': {
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await letter(at);
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

/** A finding overdue since long, about which a talk was noted. */
async function noted(at: At): Promise<string> {
  const { finding } = await at.finding();
  await at.context.tx.sql(`update finding set due_on = '2026-03-01', escalation = 'talk' where id = $1`, [
    finding,
  ]);
  await at.context.tx.sql(
    `insert into escalation (id, finding_id, step, on_day, note, by_id, at) values ($1, $2, 'talk', '2026-03-10', '约谈校长', $3, $4)`,
    [newId(), finding, at.person('office'), at.context.now],
  );
  return finding;
}
