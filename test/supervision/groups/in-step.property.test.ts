// Whatever happens to the roster, in whatever order: a group's members on the platform are those whom its rule means today.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openGroups } from '../../support/groups.ts';

/** 周大勇 and the head of S06 stay, so that neither group runs out of people (what then happens has a test of its own). */
const INSPECTORS = ['insp-wang', 'insp-li', 'insp-zhang', 'insp-zhao'];
const HEADS = ['head-s05'];
const SCHOOLS = ['S05', 'S06', 'S07'];

type Change =
  | { kind: 'leaves' | 'comes' | 'hidden' | 'shown'; who: string }
  | { kind: 'hands over'; school: string; to: string }
  | { kind: 'a day goes by' };

const somebody = fc.constantFrom(...INSPECTORS, ...HEADS);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('leaves', 'comes'), who: somebody }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('hidden', 'shown'), who: somebody }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('hands over'),
      school: fc.constantFrom(...SCHOOLS),
      to: fc.constantFrom(...INSPECTORS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('a day goes by') }) },
) as fc.Arbitrary<Change>; // `kind` is one of the words above

test('members follow the roster through any series of changes', async () => {
  const stage = await openGroups();
  const { office, store, platform, settle, inGroup, changes } = stage;
  for (const words of ['建群 第三片区', '给开学督导建个群,到2027年1月10日']) {
    const [card] = await office.hears('office-chen', words);
    if (!card) throw new Error('no card');
    await office.taps('office-chen', card, '建群');
  }
  await settle();
  const hidden = new Set<string>();

  /** Reckoned apart from the code under test, out of the roster's own rows. */
  const meant = async () => {
    const rows = await store.query<{ userId: string; inspector: boolean; area: boolean }>(
      `select p.user_id as "userId", 'inspector' = any(p.roles) as inspector,
         exists (select 1 from assignment a join school s on s.id = a.school_id join area r on r.id = s.area_id
           where a.person_id = p.id and r.code = 'A3' and a.role in ('inspector', 'principal')
             and a.since <= $1::date and (a.until is null or a.until > $1::date))
         or exists (select 1 from area r where r.id = p.area_id and r.code = 'A3' and 'inspector' = any(p.roles)) as area
       from person p where p.active`,
      [office.clock.now().toISOString().slice(0, 10)],
    );
    const there = rows.filter(({ userId }) => !hidden.has(userId));
    const list = (fits: (row: (typeof rows)[number]) => boolean) =>
      [...new Set(['office-chen', ...there.filter(fits).map(({ userId }) => userId)])].sort();
    return { area: list(({ area }) => area), work: list(({ inspector }) => inspector) };
  };

  async function happens(one: Change): Promise<void> {
    switch (one.kind) {
      case 'leaves':
        return changes('update person set active = false where user_id = $1', [one.who]);
      case 'comes':
        return changes('update person set active = true where user_id = $1', [one.who]);
      case 'hidden':
      case 'shown': {
        if (one.kind === 'hidden') hidden.add(one.who);
        else hidden.delete(one.who);
        await platform.server.inject({
          method: 'PATCH',
          url: `/simulator/people/${one.who}`,
          payload: { hiddenFrom: one.kind === 'hidden' ? [1000007] : [] },
        });
        // She leaves and comes back in the roster, or nobody would ask the platform for her again.
        await changes('update person set active = false where user_id = $1', [one.who]);
        await settle();
        office.clock.advance(86_400_000);
        return changes('update person set active = true where user_id = $1', [one.who]);
      }
      case 'hands over':
        return changes(
          `with gone as (update assignment a set until = $3::date from school s
             where s.id = a.school_id and s.code = $1 and a.role = 'inspector' and a.until is null returning a.office_id, a.school_id)
           insert into assignment (id, office_id, person_id, school_id, role, since)
           select gen_random_uuid(), g.office_id, p.id, g.school_id, 'inspector', $3::date from gone g, person p where p.user_id = $2`,
          [one.school, one.to, office.clock.now().toISOString().slice(0, 10)],
        );
      default:
        office.clock.advance(86_400_000);
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (series) => {
      for (const one of series) await happens(one);
      await settle();
      const { area, work } = await meant();
      expect(await inGroup('第三督学责任区督导群')).toEqual(area);
      expect(await inGroup('开学督导工作群')).toEqual(work);
      // Nobody left without a word, and the rows say what the platform has.
      const kept = await store.query<{ n: number }>(
        `select count(*)::int as n from group_member where until is null group by group_id order by 1`,
      );
      expect(kept.map(({ n }) => n)).toEqual([area.length, work.length].sort((a, b) => a - b));
      // The next series starts from everybody's being there.
      for (const who of [...INSPECTORS, ...HEADS]) await happens({ kind: 'shown', who }).then(settle);
    }),
    // One office lives through all series, so a failure is not made smaller by playing parts of it again.
    { numRuns: 12, endOnFailure: true },
  );
});
