// The machine of one finding against the drawing of DOMAIN §3 b, written here by hand; every pair of state and act is tried.
import { expect, test } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { type Act, ARROWS, arrow, STATES, step } from '../../../src/supervision/rectification/machine.ts';

const DRAWN = `
  draft countersign issued
  draft send-back sent_back
  sent_back issue issued
  sent_back ask-countersignature draft
  issued issue issued
  issued ask-countersignature draft
  acknowledged issue issued
  acknowledged ask-countersignature draft
  fixed issue issued
  fixed ask-countersignature draft
  issued sign acknowledged
  issued plan planned
  acknowledged plan planned
  planned plan planned
  returned plan planned
  reopened plan planned
  issued extend-ask extension_pending
  acknowledged extend-ask extension_pending
  planned extend-ask extension_pending
  returned extend-ask extension_pending
  reopened extend-ask extension_pending
  extension_pending extend-grant planned
  extension_pending extend-refuse planned
  planned extend-change planned
  issued object objected
  acknowledged object objected
  objected uphold withdrawn
  objected dismiss acknowledged
  issued submit submitted
  acknowledged submit submitted
  planned submit submitted
  returned submit submitted
  reopened submit submitted
  extension_pending submit submitted
  objected submit submitted
  submitted submit submitted
  under_review submit submitted
  submitted open under_review
  submitted pass accepted
  under_review pass accepted
  submitted return returned
  under_review return returned
  returned overturn accepted
  accepted look-back accepted
  accepted close closed
  accepted reopen reopened
  closed reopen reopened
  reopened undo-reopen accepted
  accepted note-way accepted
  closed note-way closed
  issued consult-settle accepted
  acknowledged consult-settle accepted
  planned consult-settle accepted
  returned consult-settle accepted
  reopened consult-settle accepted
  draft void voided
  sent_back void voided
  fixed void voided
  issued void voided
  acknowledged void voided
  planned void voided
  extension_pending void voided
  objected void voided
`;
const drawn = new Map(
  DRAWN.trim()
    .split('\n')
    .map((line) => {
      const [from, act, to] = line.trim().split(' ');
      return [`${from} ${act}`, to];
    }),
);
const acts = Object.keys(ARROWS) as Act[];

test.each(STATES)('from %s, every act leads where it is drawn, or is refused', (state) => {
  for (const act of acts) {
    const to = drawn.get(`${state} ${act}`) ?? null;
    expect([state, act, arrow(state, act)]).toEqual([state, act, to]);
    if (to === null) expect(() => step(state, act)).toThrow(AppError);
    else expect(step(state, act)).toBe(to);
  }
});

test('a finding is never lost: from every state that a school owes something in, the end can be reached', () => {
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const act of acts) {
      const to = arrow(from, act);
      if (to && !seen.has(to)) reached(to, seen.add(to));
    }
    return seen;
  };
  for (const state of STATES)
    if (!['withdrawn', 'voided', 'closed'].includes(state))
      expect([state, reached(state).has('closed') || reached(state).has('voided')]).toEqual([state, true]);
});

test('the refusal says what has happened: settled, not handed in, or another state', () => {
  const code = (state: string, act: Act) => {
    try {
      step(state, act);
    } catch (err) {
      return (err as AppError).code;
    }
    return null;
  };
  expect(code('closed', 'submit')).toBe('rectification.closed');
  expect(code('issued', 'pass')).toBe('rectification.not-submitted');
  expect(code('submitted', 'extend-ask')).toBe('rectification.state');
});
