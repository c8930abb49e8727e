// Who may what about no school, and what the office decides.
import { newId } from '../../../src/store/ids.ts';
import { putSetting } from '../../../src/supervision/office-settings.ts';
import { type Entries, EVERYBODY, OFFICE } from './entry.ts';

export const OFFICE_WORK: Entries = {
  'rule.query': { ...EVERYBODY, always: true, given: () => ({ question: '一个月要去几次' }) },
  'stats.rows': { ...EVERYBODY, always: true, given: () => ({}) },

  'settings.show': { ...OFFICE, always: true, given: () => ({}) },
  'settings.change': {
    ...OFFICE,
    always: true,
    given: () => ({ setting: 'rect.generalDays', value: { key: 'rect.generalDays', value: 10 } }),
  },
  'settings.history': { ...OFFICE, always: true, given: () => ({}) },
  'settings.earlier': { ...OFFICE, always: true, given: () => ({ setting: 'rect.generalDays' }) },
  'settings.restore': {
    ...OFFICE,
    always: true,
    given: async ({ context: { tx, office, now } }) => {
      const by = { officeId: office.id, actorId: null, inboxId: null, now };
      await putSetting(tx, by, 'rect.generalDays', 9);
      const [entry] = await tx.sql<{ id: string }>(
        `select id from audit_entry where office_id = $1 and action = 'setting.changed'`,
        [office.id],
      );
      return { setting: 'rect.generalDays', which: entry?.id };
    },
  },
  'settings.undo': {
    ...OFFICE,
    always: true,
    given: async ({ context }) => {
      const by = { officeId: context.office.id, actorId: null, inboxId: null, now: context.now };
      await putSetting(context.tx, by, 'rect.generalDays', 10);
      return {};
    },
  },
  'school.history': {
    ...OFFICE,
    sees: true,
    given: (at) => ({ school: at.school.id }),
  },
  'assign.change': {
    ...OFFICE,
    given: (at) => ({ school: at.school.id, person: 'inspector' }),
  },
  'assign.change (from a day to come)': {
    ...OFFICE,
    given: (at) => ({ school: at.school.id, person: 'inspector', date: '2026-04-01' }),
  },
  'assign.to-hand-all': {
    ...OFFICE,
    always: true,
    given: () => ({ people: { from: 'inspector', to: 'colleague' } }),
  },
  'assign.hand-all': {
    ...OFFICE,
    given: (at) => ({ person: 'inspector', which: [{ id: at.school.id }], date: '2026-04-01' }),
  },
  'assign.planned': { ...OFFICE, always: true, given: () => ({}) },
  'assign.cancel-plan': {
    ...OFFICE,
    given: async (at) => {
      await at.context.tx.sql(
        `insert into hand_over (id, office_id, school_id, to_id, from_on, by_id, at) values ($1, $2, $3, $4, '2026-04-01', $5, $6)`,
        [newId(), at.school.officeId, at.school.id, at.person('colleague'), at.actor, at.context.now],
      );
      return { school: at.school.id };
    },
  },
  'roster.check': { ...OFFICE, always: true, given: () => ({}) },
  'contacts.compare': { ...OFFICE, always: true, given: () => ({}) },
  'contacts.confirm': {
    ...OFFICE,
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
