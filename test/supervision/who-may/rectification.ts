// Who may what with findings and their notices, from the signature to the last look back.
import { newId } from '../../../src/store/ids.ts';
import { type Entries, OFFICE } from './entry.ts';
import type { At } from './scene.ts';

/** A finding that the actor judged a moment ago. */
async function judged(at: At, state: 'returned' | 'accepted'): Promise<string> {
  const { finding } = await at.finding({ state });
  await at.context.tx.sql(
    'update finding set reviewed_by = $2, reviewed_at = $3, return_reason = $4 where id = $1',
    [finding, at.context.actor.personId, at.context.now, state === 'returned' ? '还没装' : null],
  );
  return finding;
}

export const RECTIFICATION: Entries = {
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
  'rectification.own-verdict': {
    inspector: 'own area other',
    'area-leader': 'area other',
    ...OFFICE,
    sees: true,
    given: async (at) => {
      await judged(at, 'returned');
      return { words: '判错了' };
    },
  },
  'rectification.correct-verdict': {
    inspector: 'own',
    given: async (at) => ({ finding: [{ id: await judged(at, 'returned') }], result: 'pass' }),
  },
  'rectification.correct-verdict (a pass)': {
    inspector: 'own',
    given: async (at) => ({
      finding: [{ id: await judged(at, 'accepted') }],
      result: 'fail',
      reason: '还没装',
    }),
  },
  'rectification.correct-look-back': {
    inspector: 'own',
    ...OFFICE,
    given: async (at) => ({
      finding: [{ id: (await at.finding({ state: 'closed' })).finding }],
      result: 'fail',
      reason: '又裂开了',
    }),
  },
  'rectification.correct-look-back (opened again)': {
    inspector: 'own',
    ...OFFICE,
    given: async (at) => ({
      finding: [{ id: (await at.finding({ state: 'reopened' })).finding }],
      result: 'pass',
    }),
  },
  'rectification.extend-change': {
    inspector: 'own',
    ...OFFICE,
    given: async (at) => {
      const { finding } = await at.finding({ state: 'planned' });
      await at.context.tx.sql(
        `insert into extension (id, finding_id, state, reason, from_on, asked_on, granted_on, asked_by, asked_at, decided_by, decided_at)
         values ($1, $2, 'granted', '厂家没货', '2026-03-26', '2026-03-31', '2026-03-31', $3, $4, $3, $4)`,
        [newId(), finding, at.context.actor.personId, at.context.now],
      );
      return { finding: [{ id: finding }], result: 'pass', due: 3 };
    },
  },
  'rectification.forward': {
    inspector: 'own',
    given: async (at) => ({
      finding: [(await at.finding({ state: 'submitted', submittedBy: at.actor })).finding],
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
    ...OFFICE,
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
    ...OFFICE,
    given: async (at) => ({
      finding: [(await at.finding({ state: 'objected' })).finding],
      result: 'pass',
      reason: '已核实',
    }),
  },
  'notice.countersign': {
    ...OFFICE,
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
    ...OFFICE,
    given: async (at) => ({ finding: [(await at.finding({ state: 'accepted' })).finding], result: 'pass' }),
  },
  'rectification.reopen': {
    inspector: 'own',
    ...OFFICE,
    given: async (at) => ({ finding: [(await at.finding({ state: 'closed' })).finding], reason: '又裂开了' }),
  },
  'rectification.photos': {
    inspector: 'own',
    'area-leader': 'area',
    principal: 'own',
    'school-inspector': 'own',
    ...OFFICE,
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
    ...OFFICE,
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
  'rectification.list (of a school)': {
    inspector: 'own',
    principal: 'own',
    'school-inspector': 'own',
    sees: true,
    given: async (at) => {
      await at.finding();
      return { school: at.school.id };
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
};
