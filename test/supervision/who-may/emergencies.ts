// Who may what in an emergency: anybody may tell of a danger at any school of the office.
import { type Entries, EVERYBODY_AT_HERS, OFFICE } from './entry.ts';

export const EMERGENCIES: Entries = {
  'emergency.raise': {
    inspector: 'own area other',
    'area-leader': 'area other',
    'school-inspector': 'own other',
    principal: 'own other',
    ...OFFICE,
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
    ...OFFICE,
    given: async (at) => ({ emergency: await at.emergency('closed') }),
  },
  // Whoever raised it (here her school's inspector), and the office.
  'emergency.call-off': {
    inspector: 'own',
    ...OFFICE,
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
};
