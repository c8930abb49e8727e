// The machine of one finding (DOMAIN §3 b): which act leads from which state to which. Every act asks here; a test walks it.
import { AppError } from '../../errors.ts';

/**
 * draft waits for the office's countersignature, sent_back was refused it. `fixed` was corrected on the spot, `accepted`
 * passed review and waits for the look back (of a serious one: for the office to close it).
 */
export const STATES = [
  'draft',
  'sent_back',
  'issued',
  'acknowledged',
  'planned',
  'extension_pending',
  'objected',
  'submitted',
  'under_review',
  'returned',
  'accepted',
  'reopened',
  'closed',
  'fixed',
  'withdrawn',
  'voided',
] as const;
export type State = (typeof STATES)[number];

/** What a school that has not handed in may still do or have done to it. */
const OWED = ['issued', 'acknowledged', 'planned', 'returned', 'reopened'] as const;

const all = (from: readonly State[], to: State) => Object.fromEntries(from.map((state) => [state, to]));

export const ARROWS = {
  /** 签发: the office signs a serious one out; 退回: it does not. */
  countersign: { draft: 'issued' },
  'send-back': { draft: 'sent_back' },
  /** 下发: a notice for one that had none; a serious one asks for its countersignature first. */
  issue: { sent_back: 'issued', issued: 'issued', acknowledged: 'issued', fixed: 'issued' },
  'ask-countersignature': { sent_back: 'draft', issued: 'draft', acknowledged: 'draft', fixed: 'draft' },
  sign: { issued: 'acknowledged' },
  plan: all(OWED, 'planned'),
  'extend-ask': all(OWED, 'extension_pending'),
  'extend-grant': { extension_pending: 'planned' },
  'extend-refuse': { extension_pending: 'planned' },
  /** 更正: another answer to a request that was answered, while nothing was handed in since. */
  'extend-change': { planned: 'planned' },
  object: { issued: 'objected', acknowledged: 'objected' },
  uphold: { objected: 'withdrawn' },
  dismiss: { objected: 'acknowledged' },
  /** A result ends a request for time or an objection that was still open; handed in once more, it is the newer one that counts. */
  submit: all([...OWED, 'extension_pending', 'objected', 'submitted', 'under_review'], 'submitted'),
  open: { submitted: 'under_review' },
  pass: { submitted: 'accepted', under_review: 'accepted' },
  return: { submitted: 'returned', under_review: 'returned' },
  /** 更正: returned by mistake, and the school has not answered it yet: as if it had passed. */
  overturn: { returned: 'accepted' },
  /** Looked at and good: a general one is closed with it, a serious one waits for the office. */
  'look-back': { accepted: 'accepted' },
  close: { accepted: 'closed' },
  reopen: { accepted: 'reopened', closed: 'reopened' },
  /** 更正: opened again by mistake, and the school has not answered it yet: it stands as it passed review. */
  'undo-reopen': { reopened: 'accepted' },
  /** 更正: looked at in another way than was noted; what came of it stays. */
  'note-way': { accepted: 'accepted', closed: 'closed' },
  /** 协商答复: a department has said what becomes of a complex one. */
  'consult-settle': all(OWED, 'accepted'),
  /** 作废 of the visit's record: only while the school has not answered. */
  void: all(
    ['draft', 'sent_back', 'fixed', 'issued', 'acknowledged', 'planned', 'extension_pending', 'objected'],
    'voided',
  ),
} as const satisfies Record<string, Partial<Record<State, State>>>;
export type Act = keyof typeof ARROWS;

/** Where an act leads from a state; null when there is no such arrow. */
export function arrow(state: string, act: Act): State | null {
  return (ARROWS[act] as Partial<Record<string, State>>)[state] ?? null;
}

/** As `arrow`; throws the refusal that fits, with the state it found, which says what has happened meanwhile. */
export function step(state: string, act: Act): State {
  const to = arrow(state, act);
  if (to) return to;
  if (['accepted', 'closed', 'fixed', 'withdrawn', 'voided'].includes(state))
    throw new AppError('rectification.closed', 'never', { state });
  if (act === 'pass' || act === 'return')
    throw new AppError('rectification.not-submitted', 'never', { state });
  throw new AppError('rectification.state', 'never', { state });
}
