// Who may what with visits, their month, and the schools they are owed at.
import { newId } from '../../../src/store/ids.ts';
import { type Entries, EVERYBODY, OFFICE } from './entry.ts';
import { TODAY } from './scene.ts';

/** What stands on a school's sign, or in every roster: whoever may ask of any school. */
const OF_ANY_SCHOOL: Entries[string] = {
  inspector: 'own area other',
  'area-leader': 'area other',
  'school-inspector': 'own other',
  principal: 'own other',
  office: 'office',
  director: 'office',
  given: (at) => ({ school: at.school.id }),
};

export const VISITS: Entries = {
  'visit.record': {
    inspector: 'own',
    'area-leader': 'area',
    given: (at) => ({ rows: [{ school: at.school.id, date: TODAY }] }),
  },
  'visit.record (for its inspector)': {
    'area-leader': 'area',
    ...OFFICE,
    // Each of the two schools that others inspect has its own.
    given: (at) => ({
      rows: [
        {
          school: at.school.id,
          date: TODAY,
          inspector: at.person(at.school.name === '乙字小学' ? 'colleague' : 'far'),
        },
      ],
    }),
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
    ...OFFICE,
    given: async (at) => ({
      visit: await at.visit('actor'),
      change: { changes: [{ field: 'session', to: 'am', label: 'am' }] },
    }),
  },
  // Reads it whole, to be corrected.
  'visit.reopen': {
    inspector: 'own area other',
    'area-leader': 'area other',
    ...OFFICE,
    given: async (at) => ({ visit: await at.visit('actor') }),
  },
  'visit.void': {
    inspector: 'own area other',
    'area-leader': 'area other',
    ...OFFICE,
    given: async (at) => ({ visit: await at.visit('actor'), reason: '填错了' }),
  },
  'visit.sent': {
    inspector: 'own',
    'area-leader': 'area',
    sees: true,
    given: async (at) => {
      await at.visit();
      return { school: at.school.id };
    },
  },
  'visit.pending': {
    inspector: 'own',
    'area-leader': 'area',
    ...OFFICE,
    sees: true,
    given: () => ({}),
  },
  'visit.exempt': {
    'area-leader': 'area',
    ...OFFICE,
    given: (at) => ({ school: at.school.id, reason: '放假' }),
  },
  'visit.exempt-undo': {
    'area-leader': 'area',
    ...OFFICE,
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
    ...OFFICE,
    always: true,
    given: () => ({ month: `${TODAY.slice(0, 5)}02` }),
  },
  'month.report': {
    inspector: 'own',
    'area-leader': 'area',
    ...OFFICE,
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
  'assign.list (of an area)': {
    inspector: 'own other',
    'area-leader': 'other',
    principal: 'own',
    'school-inspector': 'own',
    office: 'office',
    director: 'office',
    sees: true,
    given: (at) => ({ area: at.school.name === '丙字小学' ? 'A2' : 'none' }),
  },
  // Who answers for a school stands on the sign at its gate.
  'assign.list (of a school)': {
    ...OF_ANY_SCHOOL,
  },
  // So does who heads it; that the roster says so now is all that is told.
  'roster.people': { ...EVERYBODY, always: true, given: () => ({}) },
  'roster.people (of a school)': {
    ...OF_ANY_SCHOOL,
  },
  // Counts what is hers; it names no school.
  'work.waiting': { ...EVERYBODY, always: true, given: () => ({}) },
};
