// The rules of one finding: which disposition leads to what, and by when (DOMAIN §2.10, §3 b).
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Settings } from './settings.ts';

export const DISPOSITIONS = ['fixed_on_site', 'minor', 'general', 'serious', 'complex'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const SCHOOL_ITEMS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8'] as const;
export const KINDERGARTEN_ITEMS = ['K1', 'K2', 'K3', 'K4'] as const;
export const ITEMS = [...SCHOOL_ITEMS, ...KINDERGARTEN_ITEMS] as const;

/** As an inspector said it; what is missing is filled by rule or asked for. */
export const saidFinding = z.object({
  item: z.enum(ITEMS).optional(),
  text: z.string().trim().min(1).max(500),
  disposition: z.enum(DISPOSITIONS).optional(),
  days: z.number().int().min(0).max(365).optional(),
  dueOn: z.iso.date().optional(),
  /** Those of the visit's pictures that show this finding; what shows none in particular goes with all. */
  photos: z.array(z.uuid()).max(9).optional(),
});
export type SaidFinding = z.infer<typeof saidFinding>;

export interface CompleteFinding {
  item: (typeof ITEMS)[number];
  text: string;
  disposition: Disposition;
  dueOn: string | null;
}

/** States in which the school still owes something. */
export const OPEN_STATES = [
  'issued',
  'acknowledged',
  'planned',
  'returned',
  'reopened',
  'extension_pending',
  'objected',
] as const;

/** The state as it is told: advice without a notice (DOMAIN §3 b, "minor") has nothing to sign, and is being put right from the first. */
export const toldState = (state: string, noticeNo: string): string =>
  state === 'issued' && noticeNo === '' ? 'acknowledged' : state;

/** Whether the office countersigns its notice before it goes out (DOMAIN §3 b, "issue"). */
export function needsCountersignature(disposition: Disposition): boolean {
  return disposition === 'serious';
}

/** Whether the school gets a numbered notice for it (DOMAIN §0, five ways). */
export function needsNotice(disposition: Disposition): boolean {
  return disposition === 'general' || disposition === 'serious';
}

/** Whether the school must do something by a day. */
export function hasDeadline(disposition: Disposition): boolean {
  return disposition !== 'fixed_on_site';
}

/**
 * Fills in what the rule gives: the ordinary disposition, the office's default days counted from today.
 * A serious finding has no default (the inspector says it, at most `rect.seriousDaysMax`): then `missing` says so.
 */
export function complete(
  said: SaidFinding,
  by: { today: Temporal.PlainDate; settings: Settings; kindergarten: boolean },
): { finding: CompleteFinding; missing?: 'days' | 'too-long' } {
  const disposition = said.disposition ?? 'general';
  const item = said.item ?? (by.kindergarten ? 'K4' : 'I1');
  const base = { item, text: said.text.trim(), disposition };
  if (!hasDeadline(disposition)) return { finding: { ...base, dueOn: null } };

  const asked =
    said.dueOn ?? (said.days === undefined ? undefined : by.today.add({ days: said.days }).toString());
  if (disposition === 'serious') {
    if (asked === undefined) return { finding: { ...base, dueOn: null }, missing: 'days' };
    const tooLong = asked > by.today.add({ days: by.settings['rect.seriousDaysMax'] }).toString();
    return { finding: { ...base, dueOn: asked }, ...(tooLong ? { missing: 'too-long' as const } : {}) };
  }
  const days = disposition === 'minor' ? by.settings['rect.minorDays'] : by.settings['rect.generalDays'];
  return { finding: { ...base, dueOn: asked ?? by.today.add({ days }).toString() } };
}
