// What may befall a finding or a school in a random year: each step through its act, and into the memory only when it took place.
import type { RandomOffice } from './random-office.ts';
import { dayAfter, dayOf } from './reckoning-days.ts';
import type { Finding, Place } from './reckoning-facts.ts';

/** What may be done about a finding in its state. */
const STEPS: Record<string, readonly string[]> = {
  issued: ['sign', 'sign', 'plan', 'ask', 'object', 'submit'],
  acknowledged: ['plan', 'ask', 'object', 'submit'],
  planned: ['ask', 'submit', 'submit', 'sign'],
  returned: ['ask', 'submit', 'submit', 'plan'],
  reopened: ['ask', 'submit', 'submit'],
  extension_pending: ['grant', 'grant', 'refuse', 'submit'],
  objected: ['uphold', 'dismiss', 'dismiss', 'submit', 'sign'],
  submitted: ['pass', 'pass', 'fail', 'forward'],
  accepted: ['look', 'look', 'look-bad', 'reopen'],
  closed: ['reopen'],
};

/** What may be done besides about a complex one: handed to a department, and what comes back on its letter. */
const LETTER_STEPS = ['answer', 'partial', 'return', 'redirect'];

const stepsOf = ({ state, complex, letter }: Finding): readonly string[] => {
  const steps = STEPS[state] ?? [];
  if (!complex) return steps;
  return letter ? [...LETTER_STEPS, ...LETTER_STEPS, ...steps] : [...steps, 'consult', 'consult', 'consult'];
};

/** In which the office may hand it on. */
const MAY_CONSULT = ['issued', 'acknowledged', 'planned', 'returned', 'reopened'];

/** A step about the letters of a school: one act is about all of them that are open there. */
async function stepLetters(office: RandomOffice, at: number, school: Place, step: string): Promise<void> {
  const { facts, act, idOf } = office;
  const today = dayOf(at);
  const where = { school: idOf(school.code) };
  const complex = facts.findings.filter(
    (one) => one.complex && one.school === school && MAY_CONSULT.includes(one.state),
  );
  const open = complex.filter(({ letter }) => letter !== null);
  const send = (findings: readonly Finding[]) => {
    for (const one of findings) {
      letters += 1;
      const due = dayAfter(today, facts.settings.letterDays);
      Object.assign(one, { unit: true, letter: { n: letters, on: today, due } });
    }
  };
  switch (step) {
    case 'consult':
      if (await act('rectification.consult', 'office', at, { ...where, department: '基建科' }))
        send(complex.filter(({ letter }) => letter === null));
      return;
    case 'redirect':
      if (await act('rectification.consult-redirect', 'office', at, { ...where, department: '住建局' }))
        send(open);
      return;
    case 'partial':
      await act('rectification.consult-partial', 'office', at, { ...where, answer: '已列入计划' });
      return;
    case 'answer':
      if (await act('rectification.consult-answer', 'office', at, { ...where, answer: '已经修好' }))
        for (const one of open)
          Object.assign(one, { letter: null, state: 'accepted', reviewed: today, looked: false });
      return;
    default: {
      const back = await act('rectification.consult-return', 'office', at, {
        ...where,
        reason: '不归我们管',
      });
      if (back)
        for (const one of open) Object.assign(one, { letter: null, unit: false, due: String(back.due) });
    }
  }
}
/** Numbers the letters of all offices, so that each has a name of its own. */
let letters = 0;

/** A school passes to the other inspector from today on. */
export async function changeInspector(office: RandomOffice, school: Place, at: number): Promise<void> {
  const { act, idOf } = office;
  const person = school.inspector === 'insp-0' ? 'insp-1' : 'insp-0';
  if (await act('assign.change', 'office', at, { school: idOf(school.code), person }))
    Object.assign(school, { inspector: person, since: dayOf(at) });
}

/** One step of one finding, chosen by two numbers among those that its state allows; a refusal leaves all as it was. */
export async function stepFinding(
  office: RandomOffice,
  at: number,
  which: number,
  pick: number,
): Promise<void> {
  const { facts, act, idOf } = office;
  const recent = facts.findings.slice(-6);
  const one = recent[which % Math.max(1, recent.length)];
  if (!one) return;
  const steps = stepsOf(one);
  if (steps.length === 0) return;
  const step = steps[pick % steps.length] ?? '';
  const today = dayOf(at);
  const { head, inspector } = one.school;
  const finding = { finding: [idOf(one.name)] };
  const decider = one.serious ? 'office' : inspector;
  const reason = { reason: '情况如此' };
  const to = (more: Partial<Finding>) => Object.assign(one, more);
  switch (step) {
    case 'consult':
    case 'answer':
    case 'partial':
    case 'return':
    case 'redirect':
      return stepLetters(office, at, one.school, step);
    case 'sign':
      if (one.complex) return;
      if (await act('notice.sign', head, at, { notice: idOf(one.name.replace('f', 'n')) }))
        to({ signed: true, state: one.state === 'issued' ? 'acknowledged' : one.state });
      return;
    case 'plan':
      if (
        await act('rectification.plan', head, at, {
          ...finding,
          measure: '更换',
          person: '主任',
          due: 1 + (pick % 4),
        })
      )
        to({ planned: true, state: 'planned' });
      return;
    case 'ask': {
      const asked = await act('rectification.extend-request', head, at, {
        ...finding,
        due: 1 + (pick % 15),
        ...reason,
      });
      if (asked) to({ state: 'extension_pending', asked: { n: at, on: today } });
      return;
    }
    case 'grant': {
      const days = pick % 2 === 0 ? {} : { due: 1 + (pick % 15) };
      const granted = await act('rectification.extend-decide', decider, at, {
        ...finding,
        result: 'pass',
        ...days,
      });
      if (granted) to({ state: 'planned', asked: null, due: String(granted.until) });
      return;
    }
    case 'refuse':
      if (await act('rectification.extend-decide', decider, at, { ...finding, result: 'fail', ...reason }))
        to({ state: 'planned', asked: null });
      return;
    case 'object':
      if (await act('rectification.object', head, at, { ...finding, ...reason })) to({ state: 'objected' });
      return;
    case 'uphold':
    case 'dismiss': {
      const result = step === 'uphold' ? 'pass' : 'fail';
      if (await act('rectification.decide-objection', decider, at, { ...finding, result, ...reason }))
        to(step === 'uphold' ? { state: 'withdrawn', letter: null } : { state: 'acknowledged' });
      return;
    }
    case 'submit':
      if (await act('rectification.submit', head, at, { ...finding, report: '换好了' }))
        to({ state: 'submitted', submitted: today, round: one.round + 1, asked: null, forwarded: false });
      return;
    case 'forward':
      if (await act('rectification.forward', inspector, at, finding)) to({ forwarded: true });
      return;
    case 'pass':
    case 'fail':
      if (await act('rectification.review', inspector, at, { ...finding, result: step, ...reason }))
        to({
          ...{ state: step === 'pass' ? 'accepted' : 'returned', reviewed: today, looked: false },
          ...(step === 'pass' ? { letter: null } : {}),
        });
      return;
    case 'look':
      if (await act('rectification.look-back', inspector, at, { ...finding, result: 'pass', how: 'site' }))
        to({ looked: true, state: one.serious ? 'accepted' : 'closed' });
      return;
    default: {
      const again =
        step === 'reopen'
          ? await act('rectification.reopen', 'office', at, { ...finding, ...reason })
          : await act('rectification.look-back', inspector, at, {
              ...finding,
              result: 'fail',
              how: 'phone',
              ...reason,
            });
      if (again) to({ state: 'reopened', unit: false, due: String(again.due), reopened: one.reopened + 1 });
    }
  }
}

/** Free of a school's visit in one month, or owing it again. `month`: this one or a neighbour. */
export async function exempt(office: RandomOffice, school: Place, at: number, ahead: number): Promise<void> {
  const { facts, act, idOf } = office;
  const month = dayAfter(`${dayOf(at).slice(0, 7)}-15`, ahead * 30).slice(0, 7);
  const name = `${school.code} ${month}`;
  const by = school.leader ?? 'office';
  const where = { school: idOf(school.code), month };
  if (facts.exempt.has(name)) {
    if (await act('visit.exempt-undo', by, at, where)) facts.exempt.delete(name);
  } else if (await act('visit.exempt', by, at, { ...where, reason: '放假' })) facts.exempt.add(name);
}
