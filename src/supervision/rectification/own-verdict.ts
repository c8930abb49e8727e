// A verdict or an answer of the actor's own that was a mistake, found again by what she says of it, as a draft that puts it right.
import { z } from 'zod';
import { type ActContext, action, type Role } from '../act.ts';
import { type Ends, endsAs, lookedAt } from './correct-look-back.ts';
import { dayFor, newDay } from './extension.ts';
import { WHICH, type Which } from './find.ts';
import { numberOf } from './lock.ts';
import { WAYS } from './look-back.ts';
import { alike } from './relapse.ts';

/** What was decided longer ago is no slip of the hand: it is opened again or asked for anew. */
const LATELY_DAYS = 7;
const MOST = 50;

/** What was said to a result, to a request for time, and at a second look or when it was struck off. */
const KINDS = ['review', 'extension', 'look-back'] as const;

interface Given extends Which {
  state: string;
  kind: (typeof KINDS)[number];
  passed: boolean;
  at: Date;
  /** Of an answer: the day that held, and the one that was asked for. */
  was: string | null;
  asked: string | null;
  /** Nothing has come of it since: it can be put right. */
  stands: boolean;
}

const spoken = z.object({
  number: z.int().min(1).optional(),
  school: z.uuid().optional(),
  /** "第二条": places on the notice. */
  nth: z.array(z.int()).max(20).default([]),
  words: z.string().max(2000),
  kind: z.enum(KINDS).optional(),
  /** What it should have been. */
  result: z.enum(['pass', 'fail']).optional(),
  due: newDay.optional(),
  how: z.enum(WAYS).optional(),
  reason: z.string().trim().max(300).optional(),
});
type Spoken = z.infer<typeof spoken>;

export const ownVerdict = action({
  name: 'rectification.own-verdict',
  roles: ['inspector', 'area-leader', 'office', 'director'] satisfies Role[],
  leadsTo: ['correct-verdict', 'correct-extension', 'correct-look-back'],
  input: spoken,
  /** `state`: of what cannot be put right any more; empty when there is nothing that the words could mean. */
  result: z.object({ draft: z.string(), school: z.string(), no: z.string(), state: z.string() }),
  async run(context, said) {
    const meant = pick(await givenLately(context), said);
    const [first] = meant;
    if (!first) return { draft: '', school: '', no: '', state: '' };
    const no = numberOf(context, first);
    const late = meant.find((one) => !one.stands || isSo(one, said));
    const base = { school: first.school, no, state: late?.state ?? '' };
    return { ...base, draft: late ? '' : draftOf(first, said, await lines(context, meant)) };
  },
});

/** What should have been is what stands. */
const isSo = ({ kind, passed }: Given, { result, how }: Spoken): boolean =>
  kind !== 'extension' && how === undefined && result === (passed ? 'pass' : 'fail');

/** The actor's own verdicts and answers of the last days, the newest first. */
function givenLately(context: ActContext): Promise<Given[]> {
  return context.tx.sql<Given>(
    `select ${WHICH},
            f.state, g.kind, g.passed, g.at, g.was, g.asked, g.stands
     from (
       select f.id, 'review' as kind, f.return_reason is null as passed, f.reviewed_at as at, null::date as was,
              null::date as asked, f.state in ('accepted', 'closed', 'returned') as stands
       from finding f where f.office_id = $1 and f.reviewed_by = $2 and f.reviewed_at > $3
       union all
       (select distinct on (e.finding_id) e.finding_id, 'extension', e.state = 'granted', e.decided_at, e.from_on, e.asked_on,
               f.state = 'planned'
        from extension e join finding f on f.id = e.finding_id
        where f.office_id = $1 and e.decided_by = $2 and e.decided_at > $3 and e.state in ('granted', 'refused')
        order by e.finding_id, e.decided_at desc)
       union all
       (select distinct on (f.id) f.id, 'look-back', a.action <> 'finding.reopened', a.at, null, null,
               f.state = any(case when a.action = 'finding.reopened' then array['reopened'] else array['accepted', 'closed'] end)
        from finding f join audit_entry a on a.subject_id = f.id and a.at > $3
        where f.office_id = $1 and (f.looked_back_at > $3 or f.closed_at > $3 or f.reopened > 0) and a.actor_id = $2
          and a.action in ('finding.looked-back', 'finding.closed', 'finding.reopened')
        order by f.id, a.at desc, a.id desc)
     ) g join finding f on f.id = g.id join school s on s.id = f.school_id left join rectification_notice n on n.id = f.notice_id
     order by g.at desc, f.id limit ${MOST}`,
    [
      context.office.id,
      context.actor.personId,
      new Date(context.now.getTime() - LATELY_DAYS * 24 * 60 * 60_000),
    ],
    'own-verdicts',
  );
}

/** Those that are meant: by number, school, place or words; nothing said, what was decided last. */
function pick(given: readonly Given[], said: Spoken): Given[] {
  const { number, school, nth, words, kind, result } = said;
  const among = given.filter(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      (number === undefined || one.number === number) &&
      (school === undefined || one.schoolId === school),
  );
  // "应该不过" is said of what passed; of a day that was granted another may be named.
  const other = among.filter(
    ({ passed, kind: of }) => result === undefined || of === 'extension' || passed === (result === 'fail'),
  );
  const [newest] = other.length > 0 ? other : among;
  if (!newest) return [];
  const sameKind = other.filter((one) => one.kind === newest.kind);
  const ofNotice = sameKind.filter(({ noticeId }) => noticeId === newest.noticeId);
  if (nth.length > 0)
    return among.filter(
      (one) => one.noticeId === newest.noticeId && one.kind === newest.kind && nth.includes(one.nth),
    );
  const named = sameKind.filter((one) => alike(one.text, words) >= NAMED);
  const latest = named[0] ?? newest;
  const together = (named.length > 0 ? named : ofNotice).filter(
    (one) => one.noticeId === latest.noticeId && one.at.getTime() === latest.at.getTime(),
  );
  return together.length > 0 ? together : [newest];
}

/** So much of a finding's words in what was said means that finding. */
const NAMED = 0.5;

async function lines(context: ActContext, meant: readonly Given[]) {
  const looked = await lookedAt(
    context,
    meant.filter(({ kind }) => kind === 'look-back').map(({ id }) => id),
  );
  const ends = new Map(looked.map((one) => [one.id, { how: one.how ?? '', to: endsAs(context, one) }]));
  return meant.map(
    (one): Line => ({
      ...{ id: one.id, school: one.school, no: numberOf(context, one), text: one.text },
      ...(one.was === null ? {} : { was: one.was }),
      ...(one.kind === 'look-back' ? { state: one.state, ...ends.get(one.id) } : {}),
    }),
  );
}

/** As the draft shows it; of a second look: how it was looked at, and what becomes of it when it was well. */
interface Line {
  id: string;
  school: string;
  no: string;
  text: string;
  was?: string;
  state?: string;
  how?: string;
  to?: Ends;
}

/** As a button would name it. What nothing was said of is turned round. */
function draftOf(first: Given, said: Spoken, finding: readonly Line[]): string {
  const { kind, passed, was, asked } = first;
  const reason: Record<string, string> =
    [...(said.reason ?? '')].length >= 2 ? { reason: said.reason ?? '' } : {};
  if (kind === 'review') {
    const result = said.result ?? (passed ? 'fail' : 'pass');
    return draft('correct-verdict', finding, { result, ...(result === 'fail' ? reason : {}) });
  }
  if (kind === 'look-back') return draft('correct-look-back', finding, lookMeant(first, said, reason));
  // Granted by mistake, and not a word of what it should have been: that is asked.
  if (passed && said.result === undefined) return draft('correct-extension', finding, {});
  const result = said.result ?? 'pass';
  const due = said.due === undefined ? (passed ? null : asked) : dayFor(was ?? '', said.due);
  if (result === 'fail') return draft('correct-extension', finding, { result, ...reason });
  return draft('correct-extension', finding, { result, ...(due === null ? {} : { due }) });
}

/** Of a second look the way alone may have been noted wrongly. */
function lookMeant({ passed }: Given, { result: said, how }: Spoken, reason: Record<string, string>) {
  const result = said ?? ((how === undefined) === passed ? 'fail' : 'pass');
  return { result, ...(how === undefined ? {} : { how }), ...(result === 'fail' ? reason : {}) };
}

const draft = (flow: string, finding: readonly Line[], row: Record<string, string>) =>
  `${flow}?${new URLSearchParams({ finding: JSON.stringify(finding), ...row }).toString()}`;
