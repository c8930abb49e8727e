// Which step about what is overdue was named (约谈, 通报, 问责); and, when it is not the next one, which to note instead.
import type { Row } from '../conversation.ts';
import { LEAVE, type SlotKindOf, type Took } from './slot.ts';

const STEPS: readonly (readonly [string, RegExp])[] = [
  ['accountability', /问责|accountability/iu],
  ['circular', /通报|circular/iu],
  ['talk', /约谈|formal talk/iu],
];

function stepIn(words: string): Took {
  const step = STEPS.find(([, named]) => named.test(words));
  return step ? { value: step[0] } : undefined;
}

/** The steps that the listed findings are due, in the order of the ladder. */
function stepsDue({ which }: Row): string[] {
  const due = (which as { step: string }[] | undefined)?.map(({ step }) => step) ?? []; // as the act listed them
  return STEPS.map(([step]) => step)
    .toReversed()
    .filter((step) => due.includes(step));
}

export const escalationStepSlot: SlotKindOf = {
  // What is told beside the agreed words may name other steps: "约谈二实小,再不改就通报".
  read: ({ agreed }, { text }) => stepIn(agreed ?? text),
  choices: ({ row, term }) => [
    ...stepsDue(row).map((step) => ({ label: term(`escalation-next.${step}`), value: step })),
    { label: term('escalation-next.leave'), value: LEAVE },
  ],
  view: (value) => value,
};
