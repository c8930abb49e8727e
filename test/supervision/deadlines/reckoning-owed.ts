// What a random office owes at a moment, told from the facts in memory: the second reckoning's own rules of each kind.
import { dayAfter, dayOf, minuteOf } from './reckoning-days.ts';
import type { Emergency, Facts, Place } from './reckoning-facts.ts';

export interface Owed {
  kind: string;
  /** What follows `#` tells apart what has one name. */
  name: string;
  school: Place;
  owner: string | null;
  /** A day, or a minute. */
  due: string | number;
  known: string | number;
}

const OPEN = ['issued', 'acknowledged', 'planned', 'returned', 'reopened', 'extension_pending', 'objected'];
const OVER = ['closed', 'reviewed', 'called_off'];

export function owedOf(facts: Facts, workdayFrom: (day: string, n: number) => string) {
  const { settings } = facts;

  function findingsOwed(): Owed[] {
    return facts.findings.flatMap((finding): Owed[] => {
      const { name, school, state, issued, due, submitted, reviewed, asked, letter } = finding;
      const base = { name, school };
      const all: Owed[] = [];
      const open = OPEN.includes(state);
      if (open && !finding.unit)
        all.push({ ...base, kind: 'rectification', owner: school.head, due, known: issued });
      if (open && letter)
        all.push({
          ...{ ...base, name: `${name}#${letter.n}`, kind: 'consultation', owner: 'office' },
          ...{ due: letter.due, known: letter.on },
        });
      if (!finding.complex && !finding.signed && !['withdrawn', 'closed'].includes(state)) {
        const signBy = workdayFrom(issued, settings.signWithin);
        all.push({ ...base, kind: 'signature', owner: school.head, due: signBy, known: issued });
      }
      const planBy = dayAfter(issued, settings.planWithin);
      if (open && finding.serious && !finding.planned && planBy < due)
        all.push({ ...base, kind: 'plan', owner: school.head, due: planBy, known: issued });
      if (state === 'submitted') {
        const by = workdayFrom(submitted, settings.reviewWithin);
        const round = `${name}#${finding.round}`;
        all.push({
          ...base,
          name: round,
          kind: 'review',
          owner: school.inspector,
          due: by,
          known: submitted,
        });
        const forwardBy = dayAfter(submitted, settings.forwardWithin);
        if (!finding.forwarded)
          all.push({
            ...{ ...base, name: round, kind: 'forward', owner: school.inspector },
            ...{ due: forwardBy, known: submitted },
          });
      }
      if (state === 'extension_pending' && asked) {
        const by = workdayFrom(asked.on, settings.answerWithin);
        const owner = finding.serious ? null : school.inspector;
        all.push({
          ...base,
          name: `${name}#${asked.n}`,
          kind: 'extension-answer',
          owner,
          due: by,
          known: asked.on,
        });
      }
      if (state === 'accepted' && !finding.looked) {
        // Counted from the notice, but never for the same day; without a notice from the day it was answered.
        const by = finding.complex
          ? dayAfter(reviewed, settings.lookBackWithin)
          : ([dayAfter(issued, settings.lookBackWithin), dayAfter(reviewed, 1)].sort()[1] ?? reviewed);
        const time = `${name}#${finding.reopened}`;
        all.push({
          ...base,
          name: time,
          kind: 'look-back',
          owner: school.inspector,
          due: by,
          known: reviewed,
        });
      }
      return all;
    });
  }

  const writer = ({ school, by }: Emergency) => school.head ?? school.inspector ?? by;

  function emergenciesOwedByDay(): Owed[] {
    return facts.emergencies.flatMap((one): Owed[] => {
      const { name, school, state, raised, closed } = one;
      const day = dayOf(raised);
      if (state === 'closed')
        return [
          { kind: 'emergency-review', name, school, owner: null, due: workdayFrom(closed, 3), known: closed },
        ];
      if (OVER.includes(state)) return [];
      return [
        { kind: 'emergency-closing', name, school, owner: writer(one), due: dayAfter(day, 7), known: day },
      ];
    });
  }

  function emergenciesOwedByMinute(): Owed[] {
    return facts.emergencies.flatMap((one): Owed[] => {
      const { name, school, state, raised, lastNote, by } = one;
      if (OVER.includes(state)) return [];
      const all: Owed[] = [];
      if (state === 'raised')
        all.push({ kind: 'emergency-answer', name, school, owner: by, due: raised, known: raised });
      if (!one.reported) {
        const due = raised + settings.reportHours * 60;
        all.push({ kind: 'emergency-report', name, school, owner: writer(one), due, known: raised });
      }
      if (!one.contained) {
        const morning = dayAfter(dayOf(lastNote), 1);
        const due = minuteOf(new Date(`${morning}T09:05:00+08:00`));
        const each = `${name}#${morning}`;
        all.push({
          kind: 'emergency-follow-up',
          name: each,
          school,
          owner: writer(one),
          due,
          known: lastNote,
        });
      }
      return all;
    });
  }

  return { findingsOwed, emergenciesOwedByDay, emergenciesOwedByMinute };
}
