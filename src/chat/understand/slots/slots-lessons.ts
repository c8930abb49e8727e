// Slots of a lesson that was heard: how many, whose, and what was good of it.
import { COMMON } from '../text/mask-words.ts';
import type { Slots } from '../types.ts';
import { type Facts, foundIn, schoolSlots } from './facts.ts';
import { day, whole } from './slots-ask.ts';
import { withHim } from './slots-people.ts';
import { subjectsHeard, thisMorning } from './slots-visits.ts';

const TAUGHT_BY = new RegExp(`(?<![跟和与同陪随带、])([${COMMON}]老师)`);
/** "刘老师上的": whose lesson it was, by the name that was said; no member of the office is meant by it. */
const teacherOf = ({ e }: Facts): string | undefined => TAUGHT_BY.exec(e.text)?.[1];

export const lessonHeard = (f: Facts): Slots => ({
  ...schoolSlots(f),
  date: day(f, 'past') ?? thisMorning(f),
  session: f.e.session,
  lessons: f.e.lessons ?? (/一[节堂]|这节|第.节/.test(f.e.text) ? 1 : subjectsHeard(f.e.text)),
  companions: withHim(f),
  methods: /听|推门/.test(f.e.text) ? ['lesson'] : undefined,
  person: teacherOf(f),
  highlight: foundIn(f, f.e.clauses).highlight,
  content: whole(f),
});
