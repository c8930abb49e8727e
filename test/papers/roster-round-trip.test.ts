// Any roster that import lets in goes out as a spreadsheet and comes back as it was: through the file, and through the database.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRosterSheet } from '../../src/papers/roster/read.ts';
import { writeRosterSheet } from '../../src/papers/roster/write.ts';
import { createSealer } from '../../src/store/seal.ts';
import { exportRoster } from '../../src/supervision/roster/export.ts';
import { canonicalRoster, type Roster } from '../../src/supervision/roster/file.ts';
import { importRoster } from '../../src/supervision/roster/import.ts';
import { anyRoster } from '../support/any-roster.ts';
import { freshDatabase } from '../support/database.ts';
import { parseRoster } from '../support/roster.ts';

const sealer = createSealer('a secret for tests', 'phone');
/** As its JSON says it, for -0 and what is undefined are no differences. */
const meant = (roster: Roster) => JSON.parse(JSON.stringify(canonicalRoster(roster)));

async function throughSheet(roster: Roster, locale: 'zh-CN' | 'en'): Promise<Roster> {
  const { json, faults, notes } = await readRosterSheet(
    await writeRosterSheet(roster, locale),
    locale,
    'x.xlsx',
  );
  expect([faults, notes]).toEqual([[], []]);
  return parseRoster(json);
}

test('a random roster, as a spreadsheet and back, in both languages', async () => {
  await fc.assert(
    fc.asyncProperty(anyRoster, fc.constantFrom('zh-CN' as const, 'en' as const), async (roster, locale) => {
      expect(meant(await throughSheet(roster, locale))).toEqual(meant(roster));
    }),
    { numRuns: 40 },
  );
});

test('a random roster, out of one spreadsheet into the database and out into the next', async () => {
  const { store } = await freshDatabase();
  const options = { now: new Date('2026-03-19T10:00:00+08:00'), sealer };
  await fc.assert(
    fc.asyncProperty(anyRoster, async (roster) => {
      await importRoster(store, await throughSheet(roster, 'zh-CN'), options);
      const out = await exportRoster(store, roster.office.slug, { sealer });
      const back = await throughSheet(out, 'en');
      expect(meant(back)).toEqual(meant(roster));
      const again = await importRoster(store, back, options);
      expect(again.changes).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
