// Several schools to be gone to: a plan for each day, half of it or person that is named with them.

import { sessionOf } from '../entities/entities.ts';
import { beginsIn } from '../text/normalise.ts';
import type { Reading, Session } from '../types.ts';
import { bySpeaker, withSlots } from './apart.ts';
import { type Known, nameOf, rowOfDays } from './facts.ts';

/** "两所我24、25各跑一个,小学在前": one school a day, in the order in which they were said. */
function dayEach(reading: Reading, { e, context, about }: Known): Reading[] | undefined {
  const [from, to] = (rowOfDays(e, 'future') ?? '').split('/');
  const days = e.dates.filter((d) => d.kind === 'day' && !d.limit).map((d) => d.resolve('future'));
  const two = from && to ? [from, to] : days;
  if (!/各(?:去|跑|走|看|排)/.test(e.text) || about.length !== 2 || two.length !== 2) return undefined;
  const { schools: _all, date: _date, period: _period, ...rest } = reading.slots;
  return about.map((code, i) =>
    withSlots(reading, { ...rest, school: nameOf(context, code), date: two[i] ?? '' }),
  );
}

/** "周二去一中,周四去二中", "上午一中,下午二中", "王建国去二中,李秀英去一中": a plan for each day, half of it or person. */
export function byDay(reading: Reading, known: Known): Reading[] {
  const { e, context, about } = known;
  if (reading.intent !== 'visit.plan' || !reading.slots.schools) return [reading];
  const each = dayEach(reading, known);
  if (each) return each;
  let day: string | undefined;
  let person: string | undefined;
  let half: Session | undefined;
  const pieces = e.clauses.flatMap((c) => bySpeaker(c, e));
  const parts = pieces.flatMap((c) => {
    const here = beginsIn(c);
    const said = e.dates.find((d) => here(d) && d.kind === 'day' && !d.limit);
    const who = e.people.find(here);
    day = said?.resolve('future') ?? day;
    person = who?.name ?? person;
    half = sessionOf(c.text) ?? half;
    const codes = e.schools.flatMap((s) => (here(s) && s.code && about.includes(s.code) ? [s.code] : []));
    return codes.length > 0 ? [{ day, person, half, codes: [...new Set(codes)] }] : [];
  });
  // "把那两个学校都跑一遍,中学放在周二,小学放在周三": named together first, then one by one
  const [first, ...later] = parts;
  if (first && first.day === undefined && first.codes.every((c) => later.some((p) => p.codes.includes(c))))
    parts.shift();
  const apart = (key: 'day' | 'person' | 'half') =>
    new Set(parts.map((p) => p[key])).size > 1 && parts.every((p) => p[key] !== undefined);
  if (!apart('day') && !apart('person') && !apart('half')) return [reading];
  const {
    schools: _all,
    school: _one,
    date,
    person: shared,
    period: _p,
    session: all,
    ...rest
  } = reading.slots;
  const groups = new Map<
    string,
    { day?: string | undefined; person?: string | undefined; half?: Session | undefined; codes: string[] }
  >();
  for (const p of parts) {
    const key = `${p.day} ${apart('person') ? p.person : ''} ${apart('half') ? p.half : ''}`;
    const known = groups.get(key);
    groups.set(key, { ...p, codes: [...new Set([...(known?.codes ?? []), ...p.codes])] });
  }
  return [...groups.values()].map((g) => {
    const names = g.codes.map((code) => nameOf(context, code));
    const when = g.day ?? date;
    const who = apart('person') ? g.person : shared;
    const session = apart('half') ? g.half : all;
    return withSlots(reading, {
      ...rest,
      ...(names.length === 1 ? { school: names[0] } : { schools: names }),
      ...(when ? { date: when } : {}),
      ...(who ? { person: who } : {}),
      ...(session ? { session } : {}),
    });
  });
}
