// "这是回头看", said to the draft of a visit: the visit is filed as one, and what waits at its school to be looked back at comes right after it.

import { clausesIn } from '../../clauses.ts';
import { ASIDE_KEPT, type Frame } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import { seenIn } from '../../slots/looked.ts';
import type { SchoolValue } from '../../slots/school.ts';
import { WAITING } from '../../slots/waiting.ts';
import type { Intent } from '../../understand/types.ts';
import { moreOfDraft } from '../change/add-to-draft.ts';
import { putAside } from '../draft/aside.ts';
import { type Corrected, fill, openFrame } from '../draft/frames.ts';
import { close, read, readNamed, type Stage, say } from '../stage.ts';

const VISIT = 'log-visit';
const FLOW = 'look-back';

const LOOKS_BACK =
  /^(?:我们?|俺们?)?(?:这次|这回|这趟|这|今天|今儿|本次|此次|那天|昨天)?(?:我们?|俺们?)?(?:主要|其实|就|都)*(?:(?:是|算|按)(?:我们?)?(?:去|来|专门|专程|过去|为了)*|(?:去|来|过去)(?:是)?)(?:做|搞)?(?:整改)?(?:的)?(?:回头看|复查)(?:整改)?(?:去|来)?(?:登记|记|算)?[的了吧呀啊一下。.]*$|^(?:this|it|that)(?: visit)?(?:'s| is| was)(?: meant as)? an? look[- ]?back(?: visit)?[.]?$/iu;
/** "不是督导,是回头看": there is no visit to be filed beside it. */
const NO_VISIT = /^(?:这次|这|今天)?(?:不是|不算)(?:去)?(?:常规|经常性)?(?:督导|检查|巡查|登记督导)的?$/u;

/** Null: it was not said. What else the message tells is taken too: a verdict by the look-back, anything else by the visit. */
export function visitLooksBack(t: Stage, frame: Frame, said: string): Corrected {
  if (frame.flow !== VISIT) return null;
  const parts = clausesIn(said);
  const at = parts.findIndex((part) => LOOKS_BACK.test(part));
  if (at < 0 || at > 1 || (at === 1 && !NO_VISIT.test(parts[0] ?? ''))) return null;
  const rest = parts.slice(at + 1).join(',');
  const follows = looksBackAfter(t, frame, rest);
  if (follows.length > 0 && at === 1) {
    close(t, t.voice.text('common.over.put-aside'));
    const first = follows.at(-1) ?? null;
    t.c.aside = t.c.aside.filter((one) => one !== first);
    putAside(t);
    t.c.frame = first;
    return { doubt: null };
  }
  tellWhatFollows(t, frame, follows);
  if (rest === '' || (follows.length > 0 && seenIn(rest) !== undefined)) return { doubt: null };
  const more = moreOfDraft(t, frame, rest, read(t, rest));
  if (!more) say(t, 'common.not-taken', { parts: [rest.slice(0, 20)] });
  return more ?? { doubt: null };
}

/** "今天去二实小回头看了一下": said with the visit itself. */
export function beginsLookingBack(t: Stage, frame: Frame, said: string): void {
  const school = (frame.rows[0]?.school as SchoolValue | undefined)?.id;
  if (frame.flow !== VISIT || school === undefined || !/(?<!不是)回头看/u.test(said)) return;
  tellWhatFollows(t, frame, looksBackAfter(t, frame, ''));
}

/** "二实小回头看,灭火器都换好了" is like a review, of which nothing may be left there to do. */
export function lookBackMeant(
  t: Stage,
  intent: Intent,
  school: string | undefined,
  said: string,
): Flow | undefined {
  if (intent !== 'rect.review' || !/回头看/u.test(said)) return undefined;
  const id = school === undefined ? undefined : t.facts.book.byName.get(school)?.id;
  const there = t.facts.findings.filter(({ schoolId }) => id === undefined || schoolId === id);
  if (there.some(WAITING['submitted-findings']) || !there.some(WAITING['accepted-findings']))
    return undefined;
  return lookBackFlow(t);
}

function lookBackFlow(t: Stage): Flow | undefined {
  const flow = t.deps.scripts.flows.get(FLOW);
  return flow?.roles.some((role) => t.facts.person.roles.includes(role)) ? flow : undefined;
}

/** A draft of its own for each notice that waits there, the last of them first after that of the visit; those that stand there already are not begun again. */
function looksBackAfter(t: Stage, visit: Frame, rest: string): Frame[] {
  const flow = lookBackFlow(t);
  if (!flow) return [];
  const notices = new Map<string, string[]>();
  for (const one of waitingAt(t, visit)) {
    const key = one.noticeId ?? one.id;
    notices.set(key, [...(notices.get(key) ?? []), one.id]);
  }
  const frames: Frame[] = [];
  const aside = [...t.c.aside];
  for (const ids of notices.values()) {
    const there = aside.find(
      ({ flow: name, rows }) => name === FLOW && idsOf(rows[0]).some((id) => ids.includes(id)),
    );
    if (!there && aside.length >= ASIDE_KEPT) break;
    const frame = there ?? { ...openFrame(t, flow, [{ finding: ids, how: 'site' }]), follows: true };
    if (!there) aside.push(frame);
    frames.push(frame);
  }
  t.c.aside = aside;
  const [only, ...more] = frames;
  if (only && more.length === 0 && seenIn(rest) !== undefined) judged(t, only, rest);
  return frames;
}

/** "灭火器换了新的": of which of them it speaks, and what was seen. */
function judged(t: Stage, frame: Frame, rest: string): void {
  const named = readNamed(t, rest);
  const waiting = t.facts.findings.find(({ id }) => idsOf(frame.rows[0]).includes(id));
  const school = waiting && t.facts.book.byId.get(waiting.schoolId)?.name;
  const result = seenIn(rest);
  const slots = {
    ...named.slots,
    ...(school ? { school } : {}),
    ...(result ? { result } : {}),
    content: rest,
  };
  fill(t, frame, 0, { ...named, slots }, rest);
}

const idsOf = (row: Frame['rows'][number] | undefined) => (row?.finding ?? []) as string[]; // ids, as a waiting slot holds them

const schoolsOf = ({ rows }: Frame) => rows.flatMap((row) => (row.school as SchoolValue | undefined) ?? []);

function waitingAt(t: Stage, visit: Frame) {
  const schools = schoolsOf(visit).map(({ id }) => id);
  return t.facts.findings.filter(
    (one) => schools.includes(one.schoolId) && WAITING['accepted-findings'](one),
  );
}

function tellWhatFollows(t: Stage, visit: Frame, follows: readonly Frame[]): void {
  const schools = schoolsOf(visit);
  const school = schools.map(({ name }) => name).join('、');
  if (follows.length > 0) {
    const ids = follows.flatMap(({ rows }) => idsOf(rows[0]));
    const findings = t.facts.findings.filter(({ id }) => ids.includes(id)).map(({ text }) => text);
    say(t, 'common.look-back.follows', { school, findings });
    return;
  }
  if (schools.length === 0) return;
  const here = t.facts.findings.filter(({ schoolId }) => schools.some(({ id }) => id === schoolId));
  say(t, 'common.look-back.none', { school, review: here.filter(WAITING['submitted-findings']).length });
}
