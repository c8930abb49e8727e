// The demo's past could have happened: each state is one that the rules lead to, in an order that the rules allow.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { fillDemo } from '../../src/demo/fill.ts';
import { createCalendar } from '../../src/supervision/calendar.ts';
import { schoolsLeft } from '../../src/supervision/coverage.ts';
import { needsNotice } from '../../src/supervision/findings.ts';
import { loadSettingRules } from '../../src/supervision/settings.ts';
import { freshDatabase } from '../support/database.ts';

const { store } = await freshDatabase();
const { defaults } = loadSettingRules();
const calendar = createCalendar('Asia/Shanghai', defaults);
const sealer = {
  seal: (text: string) => Buffer.from(text).toString('base64'),
  open: (sealed: string) => Buffer.from(sealed, 'base64').toString(),
};

interface Visit {
  id: string;
  code: string;
  schoolId: string;
  inspectorId: string;
  visitedOn: string;
  state: string;
  voidReason: string | null;
  noFindings: boolean;
  backfilled: boolean;
  items: string[];
  methods: string[];
  lessons: number | null;
  createdAt: Date;
  assigned: boolean;
}
interface Finding {
  visitId: string;
  noticeId: string | null;
  noticeState: string | null;
  signedAt: Date | null;
  item: string;
  kind: string;
  text: string;
  schoolId: string;
  disposition: 'fixed_on_site' | 'minor' | 'general' | 'serious';
  state: string;
  dueOn: string | null;
  round: number;
  report: string;
  createdAt: Date;
  submittedAt: Date | null;
  reviewedAt: Date | null;
  reviewedById: string | null;
  returnReason: string | null;
  closedAt: Date | null;
  head: string | null;
  submittedById: string | null;
}

async function filled(slug: string, iso: string) {
  const now = new Date(iso);
  const began = process.cpuUsage();
  const counts = await fillDemo(store, { now, sealer, slug });
  const { user, system } = process.cpuUsage(began);
  const took = (user + system) / 1000; // of this process, so that a busy machine does not fail the test
  const visits = await store.query<Visit>(
    `select v.id, s.code, v.school_id as "schoolId", v.inspector_id as "inspectorId", v.visited_on as "visitedOn", v.state,
            v.void_reason as "voidReason", v.no_findings as "noFindings", v.backfilled, v.items, v.methods, v.lessons,
            v.created_at as "createdAt",
            exists (select 1 from assignment a where a.school_id = v.school_id and a.person_id = v.inspector_id
                    and a.role = 'inspector' and a.since <= v.visited_on) as assigned
     from visit v join school s on s.id = v.school_id where v.office_id = $1 order by v.id`,
    [counts.officeId],
  );
  const findings = await store.query<Finding>(
    `select f.visit_id as "visitId", f.notice_id as "noticeId", n.state as "noticeState", n.signed_at as "signedAt", f.item,
            s.kind, f.text, f.school_id as "schoolId", f.disposition, f.state, f.due_on as "dueOn", f.round, f.report,
            v.created_at as "createdAt", f.submitted_at as "submittedAt", f.reviewed_at as "reviewedAt",
            f.reviewed_by as "reviewedById", f.return_reason as "returnReason", f.closed_at as "closedAt",
            f.submitted_by as "submittedById",
            (select a.person_id from assignment a where a.school_id = f.school_id and a.role = 'principal') as head
     from finding f join visit v on v.id = f.visit_id join school s on s.id = f.school_id
     left join rectification_notice n on n.id = f.notice_id where f.office_id = $1`,
    [counts.officeId],
  );
  return { now, counts, took, visits, findings };
}

// An ordinary week, a holiday behind, a month's first day, the school year's first days, a year that nobody announced.
describe.each([
  ['spring', '2026-03-19T10:00:00+08:00'],
  ['autumn', '2026-11-22T09:00:00+08:00'],
  ['june', '2026-06-01T07:00:00+08:00'],
  ['september', '2026-09-02T10:00:00+08:00'],
  ['january', '2026-01-05T10:00:00+08:00'],
  ['far', '2031-05-20T10:00:00+08:00'],
])('%s', async (slug, iso) => {
  const { now, counts, took, visits, findings } = await filled(slug, iso);
  const today = calendar.today(now);
  const countable = visits.filter((visit) => visit.state !== 'voided');

  test('is made quickly and says how much it made', () => {
    expect(took).toBeLessThan(3_000);
    expect(counts).toMatchObject({ areas: 10, schools: 52, kindergartens: 96, people: 337 });
    expect([counts.visits, counts.findings]).toEqual([visits.length, findings.length]);
    expect(counts.visits).toBeGreaterThan(100);
  });

  test('visits are on past working days of months with pupils, by the responsible inspector, twice a day by nobody', () => {
    const seen = new Set<string>();
    for (const visit of visits) {
      const day = Temporal.PlainDate.from(visit.visitedOn);
      expect(calendar.isWorkday(day), visit.visitedOn).toBe(true);
      expect(calendar.isExempt(day)).toBe(false);
      expect(Temporal.PlainDate.compare(day, today)).toBe(-1);
      expect(visit.assigned).toBe(true);
      expect(visit.items.length).toBeGreaterThan(0);
      expect(visit.lessons !== null).toBe(visit.methods.includes('lesson'));
      const key = `${visit.schoolId} ${visit.inspectorId} ${visit.visitedOn}`;
      expect(seen.has(key)).toBe(false);
      seen.add(key);
    }
  });

  test('records follow their visit and precede now; what was entered after the month is marked', () => {
    for (const visit of visits) {
      const day = Temporal.PlainDate.from(visit.visitedOn);
      const recordedOn = calendar.dayOf(visit.createdAt);
      expect(visit.createdAt < now).toBe(true);
      expect(Temporal.PlainDate.compare(recordedOn, day)).toBeGreaterThanOrEqual(0);
      expect(visit.backfilled).toBe(recordedOn.month !== day.month);
      const running = day.toPlainYearMonth().equals(today.toPlainYearMonth());
      const states = running ? ['confirmed', 'voided'] : ['reported', 'archived', 'voided'];
      expect(states).toContain(visit.state);
      expect(visit.voidReason !== null).toBe(visit.state === 'voided');
      expect(visit.noFindings).toBe(!findings.some((finding) => finding.visitId === visit.id));
    }
  });

  test('findings fit their school, and only what is to be put right has a day, a notice and a course', () => {
    const told = new Set<string>();
    for (const finding of findings) {
      expect(finding.item[0]).toBe(finding.kind === 'kindergarten' ? 'K' : 'I');
      expect(finding.text).not.toContain('{n}');
      expect(told.has(finding.schoolId + finding.text)).toBe(false);
      told.add(finding.schoolId + finding.text);
      expect(finding.noticeId !== null).toBe(needsNotice(finding.disposition));
      expect(finding.dueOn === null).toBe(finding.disposition === 'fixed_on_site');
      expect(finding.state === 'fixed').toBe(finding.disposition === 'fixed_on_site');
    }
  });

  test('each state has behind it what leads to it, in order (DOMAIN §3 b)', () => {
    for (const f of findings) {
      const steps = [f.createdAt, f.signedAt, f.submittedAt].filter((at) => at !== null);
      expect(steps).toEqual([...steps].sort((a, b) => a.getTime() - b.getTime()));
      for (const at of [...steps, f.reviewedAt, f.closedAt]) if (at) expect(at < now).toBe(true);
      if (f.noticeId !== null) expect(f.state === 'issued').toBe(f.signedAt === null);
      const handedIn = ['submitted', 'returned', 'accepted', 'closed'].includes(f.state);
      expect(f.round > 0).toBe(handedIn);
      expect(f.report !== '').toBe(handedIn);
      if (handedIn) expect(f.submittedById).toBe(f.head);
      if (['returned', 'accepted', 'closed'].includes(f.state)) {
        expect(f.reviewedById).not.toBeNull();
        expect((f.reviewedAt as Date) > (f.submittedAt as Date)).toBe(true);
      }
      expect(f.returnReason !== null).toBe(f.state === 'returned');
      expect(f.closedAt !== null).toBe(f.state === 'closed');
      if (f.closedAt) expect(f.closedAt > (f.reviewedAt as Date)).toBe(true);
      if (f.noticeState === 'closed') expect(f.state).toBe('closed');
    }
  });

  test('notices are numbered from 1 without gaps, in the order of issue, and the counter stands at the last', async () => {
    const notices = await store.query<{ year: number; number: number; issuedAt: Date; dueOn: string }>(
      `select year, number, issued_at as "issuedAt", due_on as "dueOn" from rectification_notice
       where office_id = $1 order by issued_at, id`,
      [counts.officeId],
    );
    const last = new Map<number, number>();
    for (const notice of notices) {
      expect(notice.number).toBe((last.get(notice.year) ?? 0) + 1);
      expect(calendar.dayOf(notice.issuedAt).year).toBe(notice.year);
      expect(notice.dueOn > calendar.dayOf(notice.issuedAt).toString()).toBe(true);
      last.set(notice.year, notice.number);
    }
    const counters = await store.query<{ year: number; last: number }>(
      `select year, last from paper_number where office_id = $1 and paper = 'rectification' order by year`,
      [counts.officeId],
    );
    expect(counters).toEqual([...last].map(([year, number]) => ({ year, last: number })));
  });

  test('every visit, finding and notice has its audit rows, and the last one tells its state', async () => {
    const [wrong] = await store.query<{ n: number }>(
      `with last as (
         select distinct on (subject_id) subject_id, after->>'state' as state from audit_entry
         where office_id = $1 and action not in ('visit.recorded') order by subject_id, id desc)
       select count(*)::int as n from (
         select id, state from rectification_notice where office_id = $1
         union all select id, state from visit where office_id = $1 and state <> 'confirmed'
         union all select id, state from finding where office_id = $1 and state <> 'acknowledged') r
       left join last on last.subject_id = r.id where last.state is distinct from r.state`,
      [counts.officeId],
    );
    expect(wrong?.n).toBe(0);
  });

  test('most inspectors still have somewhere to go, and the school of the README is clean and waits', async () => {
    const inspectors = await store.query<{ id: string }>(
      `select distinct person_id as id from assignment where office_id = $1 and role = 'inspector'`,
      [counts.officeId],
    );
    const left = await store.transaction(async (tx) => {
      const lists: string[][] = [];
      for (const { id } of inspectors) {
        const of = {
          officeId: counts.officeId,
          personId: id,
          month: today.toPlainYearMonth(),
          settings: defaults,
        };
        lists.push((await schoolsLeft(tx, of)).map((school) => school.name));
      }
      return lists;
    });
    expect(left.filter((names) => names.length > 0).length).toBeGreaterThan(32);
    expect(left.flat()).toContain('东关街道中心小学');
    const open = findings.filter(
      (finding) => visits.find((visit) => visit.id === finding.visitId)?.code === 'S009',
    );
    expect(open.every((finding) => ['closed', 'fixed'].includes(finding.state))).toBe(true);
    expect(countable.some((visit) => visit.code === 'S009')).toBe(true);
  });
});

test('in the middle of a term most is closed, some is open, a few are overdue', async () => {
  const { findings } = await filled('term', '2026-05-21T15:00:00+08:00');
  const closed = findings.filter((finding) => ['closed', 'fixed', 'accepted'].includes(finding.state));
  const overdue = findings.filter(
    (finding) =>
      ['issued', 'acknowledged', 'returned'].includes(finding.state) && (finding.dueOn ?? '9') < '2026-05-21',
  );
  expect(closed.length / findings.length).toBeGreaterThan(0.7);
  expect(findings.length - closed.length).toBeGreaterThan(15);
  expect(overdue.length).toBeGreaterThanOrEqual(3);
  expect(overdue.length).toBeLessThan(25);
});

test('the same day makes the same history', async () => {
  const plain = ({ visits, findings }: Awaited<ReturnType<typeof filled>>) => [
    visits.map((visit) => [visit.code, visit.visitedOn, visit.state, visit.createdAt]),
    findings.map((finding) => [finding.text, finding.state, finding.dueOn]).sort(),
  ];
  const [one, two] = [
    await filled('one', '2026-04-15T10:00:00+08:00'),
    await filled('two', '2026-04-15T10:00:00+08:00'),
  ];
  expect(plain(two)).toEqual(plain(one));
});

test('an office with people in it is left alone', async () => {
  await expect(
    fillDemo(store, { now: new Date('2026-03-20T10:00:00+08:00'), sealer, slug: 'one' }),
  ).rejects.toMatchObject({
    code: 'act.not-allowed',
    detail: { why: 'office-not-empty', slug: 'one' },
  });
});
