// Who may ask what about a school: each about those that are hers to look at, the office about all of its own.
import { type Entries, EVERYBODY_AT_HERS } from './entry.ts';

export const SCHOOLS: Entries = {
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
};
