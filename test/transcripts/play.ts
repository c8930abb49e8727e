// Plays a transcript through the encrypted callback and the simulator, and holds what people see against what is written.

import type { TestPerson } from '../support/person.ts';
import { until } from '../support/until.ts';
import type { TestWorld } from '../support/world.ts';
import { holds, type Step, type Transcript } from './read.ts';

/** Starts each transcript with an office in which nothing has happened yet. */
export async function cleanOffice(world: TestWorld, now: Date): Promise<void> {
  const { store } = world.app;
  await store.query(
    `truncate visit, finding, finding_evidence, rectification_notice, paper_number, attachment, audit_entry, inbox, outbox, conversation`,
  );
  await store.query(`update person set learned = '{}', active = true`);
  world.moveTo(now);
}

export async function play(world: TestWorld, transcript: Transcript): Promise<void> {
  const people = new Map<string, TestPerson>();
  for (const who of new Set(transcript.steps.flatMap((step) => ('who' in step ? [step.who] : [])))) {
    const person = world.person(who);
    await person.looksAway();
    people.set(who, person);
  }
  const marks = new Map<string, number>();
  for (const person of people.values())
    marks.set(person.userId, (await person.saw()).at(-1)?.message.seq ?? 0);
  for (const step of transcript.steps) {
    try {
      await playStep(world, people, marks, step);
    } catch (err) {
      const why = err instanceof Error ? err.message : String(err);
      throw new Error(`line ${step.line}: ${why}`, { cause: err });
    }
  }
}

async function playStep(
  world: TestWorld,
  people: Map<string, TestPerson>,
  marks: Map<string, number>,
  step: Step,
): Promise<void> {
  if (step.kind === 'clock') return world.moveTo(step.at);
  const person = people.get(step.who);
  if (!person) throw new Error(`${step.who} is nobody`);
  switch (step.kind) {
    case 'says':
      await person.says(step.text);
      return;
    case 'enters':
      await person.enters();
      return;
    case 'menu':
      await person.usesMenu(step.entry);
      return;
    case 'sends':
      if (step.what === 'photo') await person.sendsPhoto();
      else if (step.what === 'place')
        await person.sendsPlace({ latitude: 37.7, longitude: 118.1, label: '校门口' });
      else await person.sendsMedia(step.what);
      return;
    case 'taps':
      await person.taps(await keyOf(person, step.button));
      return;
    case 'never': {
      const saw = await fresh(person, marks);
      const found = saw.find((text) => holds(text, step.parts));
      if (found) throw new Error(`${step.who} should not have been told:\n${found}`);
      return;
    }
    case 'sees': {
      const told = () => fresh(person, marks).then((texts) => texts.some((text) => holds(text, step.parts)));
      await until(`${step.who} sees ${step.parts.join(' … ')}`, told).catch(async () => {
        throw new Error(
          `${step.who} was not told “${step.parts.join('…')}”. Told since the transcript began:\n${(await fresh(person, marks)).join('\n---\n')}`,
        );
      });
    }
  }
}

/** What a person was told since the transcript began. */
async function fresh(person: TestPerson, marks: Map<string, number>): Promise<string[]> {
  const mark = marks.get(person.userId) ?? 0;
  return (await person.saw()).filter(({ message }) => message.seq > mark).map(({ text }) => text);
}

/** The key behind the newest open button with these words; waits for its card. */
async function keyOf(person: TestPerson, button: string): Promise<string> {
  return until(`a button [${button}] for ${person.userId}`, async () => {
    const cards = (await person.saw())
      .toReversed()
      .flatMap(({ message }) => (message.card && !message.card.disabled ? [message.card] : []));
    for (const card of cards) {
      const key = card.body.button_list?.find((one) => one.text === button)?.key;
      if (key) return key;
    }
    return null;
  });
}
