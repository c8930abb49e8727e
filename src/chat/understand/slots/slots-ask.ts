// Slots of questions: which days they are about and whose; and the small readers that all slots share.

import { maskPersonal } from '../text/mask.ts';
import type { Slots } from '../types.ts';
import { dayOf, elsewhere, type Facts, rowOfDays, spanOf } from './facts.ts';

type Looks = 'past' | 'future' | 'near';

/** The day said, as an ISO day. */
export const day = (f: Facts, direction: Looks) => dayOf(f.e, direction, elsewhere(f))?.resolve(direction);
/** The days in a row, or the day said. */
export const days = (f: Facts, direction: Looks) => rowOfDays(f.e, direction) ?? day(f, direction);
/** The span said. */
export const span = (f: Facts, direction: Looks) => spanOf(f.e)?.resolve(direction);
/** All of it, without names of pupils and numbers of phones. */
export const whole = (f: Facts) => maskPersonal(f.e.text, f.context.roster.people);
/** "月底前还得去几所": the month that is spoken of by its end. */
export const monthEnding = ({ e }: Facts): Slots => {
  const end = e.dates.find((d) => d.kind === 'day' && /月(?:底|末)/.test(d.text));
  return end ? { period: end.resolve('near').slice(0, 7) } : {};
};

/** The person asked about: a name, or the asker; nobody where a surname with a title fits several. */
export const self = (f: Facts) =>
  f.e.people[0]?.name ?? (f.e.someone.length === 0 && /我(?!们)|自己/.test(f.e.text) ? 'self' : undefined);

/** "张督学这个月跑了几所" where several bear the name: those whom it may mean. */
export const whichOne = (f: Facts): Slots =>
  f.e.people.length === 0 && f.e.someone[0] ? { person_candidates: f.e.someone[0].among } : {};

/** The span or day that a question is about. */
export function asked(f: Facts): Slots {
  const period = span(f, 'past') ?? day(f, 'past');
  return period ? { period, ...(spanOf(f.e) ? {} : { date: period }) } : {};
}

/** "幼儿园这边有几条逾期的": schools of one kind. */
const HERE = '(?:这|那)(?:一)?(?:边|块|头|部分)';
const CIRCLES: Array<[RegExp, string]> = [
  [new RegExp(`(?:幼儿园|园所)${HERE}`), 'kindergartens'],
  [new RegExp(`小学${HERE}`), 'primary'],
  [new RegExp(`(?:初中|中学)${HERE}`), 'junior'],
  [new RegExp(`高中${HERE}`), 'senior'],
];

/** Whose: an area, a person, or the asker himself. */
export function whose(f: Facts): Slots {
  const area = f.e.areas[0]?.code;
  const audience =
    area ??
    f.parts.audience(f.e.text) ??
    (/全区|全县|全市/.test(f.e.text) ? 'all' : undefined) ??
    (f.e.schools.length === 0 ? CIRCLES.find(([words]) => words.test(f.e.text))?.[1] : undefined);
  const inspector = f.context.sender.roles.includes('inspector');
  const which = whichOne(f);
  const his = inspector && !area && !audience && !which.person_candidates ? 'self' : undefined;
  return { audience, person: self(f) ?? his, ...which };
}
