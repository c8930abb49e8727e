// What a person may do to the bot in any order, and all that must hold of every turn: for the walks over the flows.
import fc from 'fast-check';
import { expect } from 'vitest';
import { readConversation } from '../../src/chat/conversation.ts';
import type { Said } from '../../src/chat/turn/turn.ts';
import { shippedTalk } from '../support/office.ts';
import type { Bench } from './bench.ts';

/** What confirms a draft, and what is left of it when it was cut short. */
export const YES = ['确认', '发吧', '好', '对', '是的', '可以', '没问题', '同意', 'ok'];

export type Step =
  | { do: 'say'; text: string }
  | { do: 'cut'; text: string; to: number }
  | { do: 'twice'; text: string }
  | { do: 'tap'; back: number; button: number }
  | { do: 'send'; what: 'photo' | 'file' | 'voice' | 'place' | 'other' | 'enter' }
  | { do: 'menu'; entry: number }
  | { do: 'wait'; minutes: number }
  | { do: 'leave' };

/** One thing that a person does, the words taken from those given. */
export const stepOf = (words: readonly string[]): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...words) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('cut' as const),
        text: fc.constantFrom(...words),
        to: fc.nat({ max: 8 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('twice' as const), text: fc.constantFrom(...words) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('tap' as const),
        back: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.nat({ max: 6 }) },
        ),
        button: fc.nat({ max: 5 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        what: fc.constantFrom('photo', 'photo', 'file', 'voice', 'place', 'other', 'enter'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('menu' as const), entry: fc.nat({ max: 7 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        minutes: fc.constantFrom(1, 5, 40, 700, 1500, 9000),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  );

const { scripts } = shippedTalk();
const MENU = scripts
  .menu('zh-CN')
  .flatMap((entry) => entry.entries?.map(({ key }) => key) ?? entry.key ?? []);
/** A chat's state has to stay a small row, however long she talks. */
const STATE_BYTES = 100_000;

/** Does it. */
export function take(bench: Bench, step: Step): void {
  if (step.do === 'say') speak(bench, { kind: 'text', text: step.text });
  else if (step.do === 'cut') speak(bench, { kind: 'text', text: step.text.slice(0, step.to) });
  else if (step.do === 'wait') bench.passes(step.minutes);
  else if (step.do === 'menu') speak(bench, { kind: 'menu', key: MENU[step.entry % MENU.length] ?? '' });
  else if (step.do === 'leave') leave(bench);
  else if (step.do === 'twice') for (let i = 0; i < 2; i++) speak(bench, { kind: 'text', text: step.text });
  else if (step.do === 'tap') {
    const card = bench.cards.at(-1 - step.back) ?? bench.cards.at(-1);
    const button = card?.buttons[step.button % card.buttons.length];
    if (card && button) speak(bench, { kind: 'tap', key: button.key, task: card.task });
  } else if (step.what === 'photo' || step.what === 'file')
    speak(bench, { kind: step.what, attachmentId: bench.facts().newId() });
  else if (step.what === 'place') speak(bench, { kind: 'place', label: '校门口' });
  else speak(bench, { kind: step.what });
}

/** One turn, with all that must hold of every turn. */
function speak(bench: Bench, said: Said): void {
  const before = bench.conversation;
  const acted = bench.acts.length;
  const told = bench.hears(said);

  const stored = JSON.stringify(bench.conversation);
  expect(readConversation(JSON.parse(stored))).toEqual({ conversation: bench.conversation, lost: false });
  expect(Buffer.byteLength(stored)).toBeLessThan(STATE_BYTES);
  const answered =
    said.kind === 'tap' || said.kind === 'menu' || (said.kind === 'text' && said.text.trim() !== '');
  if (answered) expect(told.length).toBeGreaterThan(0);
  for (const { text, card } of told) {
    expect(text.trim()).not.toBe('');
    expect(Buffer.byteLength(text)).toBeLessThan(2048);
    expect(text).not.toMatch(/undefined|\[object|<a /);
    if (card) expect(card.buttons.length).toBeLessThanOrEqual(6);
  }
  if (bench.acts.length === acted) leavesAtOnce(bench);
  for (const act of bench.acts.slice(acted)) {
    const flow = scripts.flows.get(act.flow);
    // Photos that came after their words add to what was confirmed.
    if (act.words !== undefined || flow?.confirm === false) continue;
    if (flow?.confirm === 'unless-tapped' && !confirmedBy(bench, said, before)) {
      expect(before.frame?.tapped || (said.kind === 'tap' && said.key.startsWith('start:'))).toBe(true);
      continue;
    }
    expect(confirmedBy(bench, said, before), `${act.flow} after ${JSON.stringify(said)}`).toBe(true);
    // What was confirmed had been shown.
    expect(bench.cards.some(({ task }) => task === before.question?.id)).toBe(true);
  }
}

/** Whatever is open, this word leaves it; looked at on the side. */
function leavesAtOnce(bench: Bench): void {
  const { conversation } = bench;
  if (!conversation.frame) return;
  bench.hears({ kind: 'text', text: '取消' });
  expect(bench.conversation.frame).toBeNull();
  bench.conversation = conversation;
}

function confirmedBy({ cards }: Bench, said: Said, { question }: Bench['conversation']): boolean {
  if (question?.kind !== 'confirm') return false;
  if (said.kind === 'tap') return said.key === 'yes' && said.task === question.id;
  if (said.kind !== 'text') return false;
  const words = said.text.trim();
  // The button's own words are as good as a tap.
  const shown = cards.find(({ task }) => task === question.id);
  return (
    shown?.buttons.some(({ key, text }) => key === 'yes' && text === words) === true ||
    YES.some((word) => words.startsWith(word) || word.startsWith(words))
  );
}

/** 取消 leaves one thing at a time; when all is left nothing is open, and help is given. */
export function leave(bench: Bench): void {
  for (let i = 0; i < 6; i++) speak(bench, { kind: 'text', text: '取消' });
  expect(bench.conversation).toMatchObject({ frame: null, question: null, aside: [] });
  speak(bench, { kind: 'text', text: '帮助' });
}
