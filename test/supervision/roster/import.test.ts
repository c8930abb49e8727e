// Import and export against a real PostgreSQL: all or nothing, harmless when repeated, history kept, the same file back.
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { createSealer } from '../../../src/store/seal.ts';
import { exportRoster } from '../../../src/supervision/roster/export.ts';
import { canonicalRoster, type Roster } from '../../../src/supervision/roster/file.ts';
import { importRoster } from '../../../src/supervision/roster/import.ts';
import { loadRoster } from '../../../src/supervision/roster/load.ts';
import { loadSettingRules } from '../../../src/supervision/settings.ts';
import { anyRoster } from '../../support/any-roster.ts';
import { freshDatabase } from '../../support/database.ts';
import fixture from '../../support/fixture-roster.json' with { type: 'json' };
import { parseRoster } from '../../support/roster.ts';

const { store } = await freshDatabase();

const now = new Date('2026-03-19T10:00:00+08:00');
const counter = () => {
  let n = 0;
  return () => {
    n += 1;
    return n;
  };
};
const nextOffice = counter();
const sealer = createSealer('a secret for tests', 'phone');
const options = { now, sealer, rules: loadSettingRules() };
const office = (edit: (roster: Roster) => void = () => {}): Roster => {
  const roster = parseRoster(fixture);
  roster.office.slug = `office-${nextOffice()}`;
  edit(roster);
  return roster;
};
const later = (roster: Roster, edit: (roster: Roster) => void): Roster => {
  const next = structuredClone(roster);
  edit(next);
  return next;
};
const count = async (table: string, officeId: string) => {
  const [row] = await store.query<{ n: number }>(`select count(*) n from ${table} where office_id = $1`, [
    officeId,
  ]);
  return row?.n;
};

test('the first import makes everything, the second changes nothing', async () => {
  const roster = office((r) => Object.assign(r.people[0] ?? {}, { phone: '15400000001' }));
  const first = await importRoster(store, roster, options);
  expect(first.created).toMatchObject({ office: 1, area: 5, school: 16, person: 23, assignment: 32 });
  expect([first.rosterVersion, first.warnings]).toEqual([1, []]);

  const second = await importRoster(store, roster, options);
  expect([second.created.total, second.changed.total, second.ended.total]).toEqual([0, 0, 0]);
  expect(second.unchanged).toMatchObject({ area: 5, school: 16, person: 23, assignment: 32 });
  expect([second.rosterVersion, second.officeId]).toEqual([1, first.officeId]);
  expect(await count('audit_entry', first.officeId)).toBe(1);
});

test('an office that was opened empty takes its first roster as one line of the audit', async () => {
  const roster = office();
  const empty = { ...roster, areas: [], schools: [], people: [] };
  const { officeId } = await importRoster(store, empty, options);
  const first = await importRoster(store, roster, options);
  expect([first.officeId, first.created.school, first.rosterVersion]).toEqual([officeId, 16, 2]);
  expect(await count('audit_entry', officeId)).toBe(2);
});

test('a dry run tells the same and writes nothing', async () => {
  const roster = office();
  const dry = await importRoster(store, roster, { ...options, dryRun: true });
  expect([dry.dryRun, dry.created.total]).toEqual([true, 77]);
  expect(await store.query('select id from office where slug = $1', [roster.office.slug])).toEqual([]);
});

test('a school that changes hands ends one assignment and begins another; nothing is deleted', async () => {
  const roster = office();
  const { officeId } = await importRoster(store, roster, options);
  const next = later(roster, (r) => {
    r.people[0] = { ...r.people[0], schools: ['S01', 'S02', 'S03', 'S16'] } as Roster['people'][number];
    r.people[1] = {
      ...r.people[1],
      schools: ['S04', 'S10', 'S11', 'S15', 'S12'],
    } as Roster['people'][number];
  });
  const report = await importRoster(store, next, {
    ...options,
    now: new Date('2026-04-01T10:00:00+08:00'),
  });
  expect([
    report.created.assignment,
    report.ended.assignment,
    report.changed.total,
    report.rosterVersion,
  ]).toEqual([1, 1, 0, 2]);

  const history = await store.query(
    `select p.user_key, a.since, a.until from assignment a join person p on p.id = a.person_id join school s on s.id = a.school_id
     where a.office_id = $1 and s.code = 'S12' and a.role = 'inspector' order by a.since`,
    [officeId],
  );
  expect(history).toEqual([
    { user_key: 'insp-wang', since: '2026-03-19', until: '2026-04-01' },
    { user_key: 'insp-li', since: '2026-04-01', until: null },
  ]);
  const audit = await store.query<{ action: string }>(
    'select action from audit_entry where office_id = $1 order by id',
    [officeId],
  );
  expect(audit.map((row) => row.action)).toEqual([
    'roster.imported',
    'roster.imported',
    'assignment.created',
    'assignment.ended',
  ]);
});

test('who is no longer named becomes inactive with all ties ended, and comes back as the same row', async () => {
  const roster = office();
  const { officeId } = await importRoster(store, roster, options);
  const without = later(roster, (r) => {
    r.people = r.people.filter((person) => person.userid !== 'insp-zhou' && person.userid !== 'head-s14');
    r.schools = r.schools.filter((school) => school.code !== 'S14');
  });
  const gone = await importRoster(store, without, options);
  expect(gone.ended).toMatchObject({ school: 1, person: 2, assignment: 3 });
  expect(gone.warnings.map((warning) => warning.data.code)).toEqual(['S13']);
  const less = await loadRoster(store, officeId);
  expect([less.schools.length, less.schoolById.size, less.person('insp-zhou')]).toEqual([15, 16, undefined]);

  const back = await importRoster(store, roster, options);
  expect(back.changed).toMatchObject({ school: 1, person: 2 });
  expect([back.created.person, back.created.assignment]).toEqual([0, 3]);
  expect([await count('person', officeId), await count('school', officeId)]).toEqual([23, 16]);
});

test('a fault in the middle leaves nothing behind', async () => {
  const roster = office();
  const bad = later(roster, (r) => {
    r.people.push({ userid: 'broken', name: '某人', roles: ['inspector'], schools: ['S99'] }); // past the check
  });
  await expect(importRoster(store, bad, options)).rejects.toThrow();
  expect(await store.query('select id from office where slug = $1', [roster.office.slug])).toEqual([]);
});

test('two imports of one office at once follow one another', async () => {
  const roster = office();
  await importRoster(store, roster, options);
  const next = later(roster, (r) => Object.assign(r.schools[0] ?? {}, { name: '第一实验学校' }));
  const reports = await Promise.all([1, 2, 3].map(() => importRoster(store, next, options)));
  expect(reports.map((report) => report.changed.total).sort()).toEqual([0, 0, 1]);
});

test('phones are sealed at rest, kept when the file leaves them out, forgotten when it empties them', async () => {
  const roster = office((r) => Object.assign(r.people[0] ?? {}, { phone: '15400000001' }));
  const { officeId } = await importRoster(store, roster, options);
  const stored = async () =>
    (
      await store.query<{ phone_sealed: string | null }>(
        `select phone_sealed from person where office_id = $1 and user_key = 'insp-wang'`,
        [officeId],
      )
    )[0]?.phone_sealed;
  expect(await stored()).not.toContain('15400000001');

  const open = await exportRoster(store, roster.office.slug);
  expect(JSON.stringify(open)).not.toContain('phone');
  expect((await importRoster(store, open, options)).changed.total).toBe(0);
  expect(await stored()).toBeTruthy();

  const emptied = later(roster, (r) => Object.assign(r.people[0] ?? {}, { phone: '' }));
  const report = await importRoster(store, emptied, options);
  expect(report.changed.person).toBe(1);
  expect(JSON.stringify(report.changes)).not.toContain('15400000001');
  expect(await stored()).toBeNull();
});

test('user ids are kept as given and found in any case', async () => {
  const roster = office((r) => Object.assign(r.people[0] ?? {}, { userid: 'Insp-WANG' }));
  const { officeId } = await importRoster(store, roster, options);
  const loaded = await loadRoster(store, officeId);
  expect(loaded.person('insp-wang')?.userId).toBe('Insp-WANG');
  const lower = later(roster, (r) => Object.assign(r.people[0] ?? {}, { userid: 'insp-wang' }));
  const report = await importRoster(store, lower, options);
  expect([report.created.person, report.changed.person, report.ended.person]).toEqual([0, 1, 0]);
});

test('the loaded roster ties people, schools and areas together', async () => {
  const roster = office((r) => r.people[0]?.roles.push('area-leader'));
  const { officeId } = await importRoster(store, roster, options);
  const loaded = await loadRoster(store, officeId);
  const wang = loaded.person('insp-wang');
  expect(wang?.schools.inspector.map((school) => school.code)).toEqual(['S01', 'S02', 'S03', 'S12', 'S16']);
  const school = wang?.schools.inspector[3];
  expect([school?.area.code, school?.kind, school?.isPrivate]).toEqual(['A1', 'kindergarten', true]);
  expect(loaded.holders(school?.id ?? '', 'principal').map((person) => person.userId)).toEqual(['head-s12']);
  expect(loaded.areaLeaders(school?.areaId ?? '').map((person) => person.userId)).toEqual(['insp-wang']);
});

test('what goes in comes out, and what comes out changes nothing when it goes in', async () => {
  await fc.assert(
    fc.asyncProperty(anyRoster, async (roster) => {
      await importRoster(store, roster, options);
      const out = await exportRoster(store, roster.office.slug, { sealer });
      expect(JSON.parse(JSON.stringify(out))).toEqual(JSON.parse(JSON.stringify(canonicalRoster(roster))));
      const again = await importRoster(store, parseRoster(JSON.parse(JSON.stringify(out))), options);
      expect([again.created.total, again.changed.total, again.ended.total]).toEqual([0, 0, 0]);
    }),
    { numRuns: 25 },
  );
});

test('from any roster to any other, export says what was imported last', async () => {
  await fc.assert(
    fc.asyncProperty(anyRoster, anyRoster, async (one, two) => {
      // A file that names no recusals keeps those that stand, and may be refused for them; this one says that there are none.
      const next = { ...two, office: { ...two.office, slug: one.office.slug }, recusals: two.recusals ?? [] };
      await importRoster(store, one, options);
      await importRoster(store, next, options);
      const out = await exportRoster(store, one.office.slug, { sealer });
      const plain = (roster: Roster) => JSON.parse(JSON.stringify(canonicalRoster(roster)));
      expect(plain(out).schools).toEqual(plain(next).schools);
      expect(plain(out).people.map(({ phone: _, ...rest }: { phone?: string }) => rest)).toEqual(
        plain(next).people.map(({ phone: _, ...rest }: { phone?: string }) => rest),
      );
      expect(
        (
          await importRoster(store, next, {
            ...options,
            since: Temporal.PlainDate.from('2026-01-01'),
          })
        ).changes,
      ).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
