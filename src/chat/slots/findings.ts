// The slot "findings" of a visit: several in one message, each with its item, its disposition and its deadline.
import {
  complete,
  needsCountersignature,
  needsNotice,
  type SaidFinding,
} from '../../supervision/findings.ts';
import type { Row } from '../conversation.ts';
import type { Facts } from '../facts.ts';
import { saysNone } from '../short-words.ts';
import { maskPersonal } from '../understand/text/mask.ts';
import type { FoundProblem, Reading } from '../understand/types.ts';
import type { SchoolValue } from './school.ts';
import type { SlotKindOf, Took } from './slot.ts';

/** One deadline said for the whole message holds for every finding that has none of its own. */
function saidFindings(found: readonly FoundProblem[], whole: { days?: number; due?: string }): SaidFinding[] {
  return found.map((one) => {
    const days = one.days ?? (one.due === undefined ? whole.days : undefined);
    const dueOn = one.due ?? (days === undefined ? whole.due : undefined);
    return {
      text: one.text,
      ...(one.item ? { item: one.item } : {}),
      ...(one.severity ? { disposition: one.severity } : {}),
      ...(days === undefined ? {} : { days }),
      ...(dueOn === undefined ? {} : { dueOn }),
    };
  });
}

function readFindings(reading: Reading): Took {
  const { findings, no_findings: none, days, due } = reading.slots;
  if (findings && findings.length > 0)
    return {
      value: saidFindings(findings, { ...(days === undefined ? {} : { days }), ...(due ? { due } : {}) }),
    };
  return none ? { value: [] } : undefined;
}

/** "没啥问题" is not "没发现问题": small ones may have been spoken of on the spot (DOMAIN §6.4). */
const LOOSELY = /没(?:有|得)?(?:啥|什么|多大|太大)?(?:的)?(?:问题|毛病)/u;

export const findingsSlot: SlotKindOf = {
  read(reading, { open, text }) {
    const none = open ? saysNone(text) : null;
    const took = none ? { value: [], notClean: none === 'large' } : readFindings(reading);
    const loosely = reading.slots.no_findings === true || none !== null;
    return took && 'value' in took && loosely && LOOSELY.test(text) ? { ...took, notClean: true } : took;
  },
  answer(text, { facts }) {
    const said = text.trim().slice(0, 500);
    if (!/\p{L}{2}/u.test(said)) return { wrong: 'findings.short' };
    const masked = maskPersonal(said, facts.book.index.people);
    return { value: [{ text: masked }], masked: masked !== said };
  },
  view: (value) => value,
};

export interface FindingView {
  n: number;
  item: string;
  text: string;
  disposition: string;
  due: string | null;
  /** Ids of the photos that show it in particular. */
  photos: readonly string[];
}

/** The findings of a row as they will be filed, with what is still missing. */
export function settledFindings(
  row: Row,
  facts: Facts,
): { views: FindingView[]; missing: 'days' | 'too-long' | null } {
  const said = (row.findings ?? []) as SaidFinding[]; // the slot's own value
  const kindergarten = (row.school as SchoolValue | undefined)?.kindergarten ?? false;
  let missing: 'days' | 'too-long' | null = null;
  const views = said.map((one, index) => {
    const settled = complete(one, { today: facts.today, settings: facts.office.settings, kindergarten });
    missing ??= settled.missing ?? null;
    const { item, text, disposition, dueOn } = settled.finding;
    return { n: index + 1, item, text, disposition, due: dueOn, photos: one.photos ?? [] };
  });
  return { views, missing };
}

const isSerious = (disposition: string) => needsCountersignature(disposition as 'serious'); // likewise

/** Those that go to the office first. */
export function seriousCount(views: readonly FindingView[]): number {
  return views.filter(({ disposition }) => isSerious(disposition)).length;
}

/** Those for which the office is asked to find a department. */
export function complexCount(views: readonly FindingView[]): number {
  return views.filter(({ disposition }) => disposition === 'complex').length;
}

/** How many of them will stand on a notice, serious ones aside. */
export function noticeCount(views: readonly FindingView[]): number {
  return views.filter(({ disposition }) => needsNotice(disposition as 'general') && !isSerious(disposition))
    .length; // dispositions come from complete()
}
