// What records told in one breath, and plans made in one, are told apart by: the clauses of each school, and a reading with slots of its own.
import type { Entities } from '../entities/entities.ts';
import { beginsIn, type Clause } from '../text/normalise.ts';
import type { Reading, Slots } from '../types.ts';
import { needsOf } from './needs.ts';

/** The reading with other slots, and with what is missing among these. */
export const withSlots = (reading: Reading, slots: Slots): Reading => ({
  ...reading,
  slots,
  needs: needsOf(reading.intent, slots, new Set(reading.flags)),
});

const GOES_ON = /(?:(?:又|再|还|就|然后|最后|接着|后来|之后|随后)+(?:去|到|跑|来|看)?(?:了|过)?|[去到]了)$/;

const HALF = /(?:上午|下午|早上|中午|傍晚)(?:再|又)?(?:去|到|跑)?(?:了|的)?$/;

/** A clause that names a second school is cut before it: "大门口护学岗没人中心园留样没标时间". */
export function bySpeaker(clause: Clause, e: Entities): Clause[] {
  const inside = e.schools.filter(beginsIn(clause)).slice(1);
  // "上午东关小学|下午东关园": the half of the day goes with the school that follows it
  const cuts = inside
    .map((s) => s.start - (HALF.exec(e.text.slice(clause.start, s.start))?.[0].length ?? 0))
    .filter((at) => at - clause.start >= 4);
  const at = [clause.start, ...cuts, clause.end];
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1] ?? clause.end;
    const whole = e.text.slice(start, end);
    // "灭火器过期又去|二中": the going belongs to the next school
    const text = i + 2 < at.length ? whole.replace(GOES_ON, '') : whole;
    return { text: text.trim(), start, end, mark: i + 2 < at.length ? ',' : clause.mark };
  });
}
