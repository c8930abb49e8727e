// Every conversation in this folder, played through the whole bot.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { FIXTURE_NOW } from '../support/office.ts';
import { openWorld, type TestWorld } from '../support/world.ts';
import { cleanOffice, play } from './play.ts';
import { readTranscript } from './read.ts';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort();

describe('transcripts', () => {
  let world: TestWorld;
  let close: () => Promise<void>;
  beforeAll(async () => {
    world = await openWorld({}, (atEnd) => {
      close = atEnd;
    });
  });
  afterAll(() => close());
  beforeEach(() => cleanOffice(world, FIXTURE_NOW));

  test.each(files)('%s', async (name) => {
    await play(world, readTranscript(readFileSync(new URL(name, folder), 'utf8')));
  });
});
