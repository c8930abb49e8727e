// Changes to the findings of a draft: "第二条当场就改了", "第一条和第三条删掉", "食堂那条限三天", "都给两周".
import type { SaidFinding } from '../../../supervision/findings.ts';
import type { Frame } from '../../conversation.ts';
import { likeness } from '../../slots/likeness.ts';
import { DROP, ordinalsIn, POINTED } from '../../slots/ordinals.ts';
import { parseDate, parseDays } from '../../understand/answers.ts';
import { maskPersonal } from '../../understand/text/mask.ts';
import type { Understood } from '../../understand/types.ts';
import { bareDays } from '../answer/bare-days.ts';
import { type Corrected, remember } from '../draft/frames.ts';
import { read, readNamed, type Stage, say } from '../stage.ts';
import { countInstead, itemNamed, reword, swapped, withCountOf } from './corrections-wording.ts';
import { type Grade, gradeIn } from './grade-said.ts';
import { rowOfKind, rowOfSchool } from './row-meant.ts';
import { DROPPED, GRADED, LIMITED, OF_ALL, setsLimit } from './said-of-one.ts';

type Place = { row: number; at: number };

/** Findings of the draft that are named, by their number on the card or by their words; one that is not there is said not to be, when it is `alone` in the message. */
export function correctFinding(t: Stage, frame: Frame, said: string, alone = true): Corrected {
  const places = frame.rows.flatMap((row, index) =>
    ((row.findings ?? []) as SaidFinding[]).map((_, at) => ({ row: index, at })),
  );
  const text = byNumber(frame, said, places.length);
  const reworded = reword(t, frame, text) ?? undoOnSite(t, frame, text);
  if (reworded) return reworded;
  const { ordinals, rest } = ordinalsIn(text, places.length);
  const numbered = ordinals.map((n) => places[n - 1]);
  const beyond = places.length > 0 ? ordinals.find((n) => !places[n - 1]) : undefined;
  if (alone && beyond !== undefined && (gradeIn(rest) || DROP.test(rest) || parseDays(rest) !== undefined)) {
    say(t, 'common.no-such-finding', { nth: beyond, count: places.length });
    return { doubt: null };
  }
  const named = ordinals.length > 0 ? { meant: numbered, rest } : byWords(t, frame, places, text);
  if (!named || named.meant.some((place) => place === undefined)) return null;
  const meant = named.meant as Place[]; // none is undefined, as was just seen
  const before = structuredClone(frame.rows);
  if (!change(t, frame, meant, named.rest)) return null;
  const after = frame.rows;
  frame.rows = before;
  remember(t, frame);
  frame.rows = after;
  return { doubt: null };
}

const LAST = /^(?:最后|后面|后边|末尾)(?:的|那|这)?一?[条个]/u;
const FIRST = /^(?:前面|前边|头里|开头)(?:的|那|这)?一?[条个]/u;
const THAT =
  /^(?:刚才?(?:加的|说的)?)?[那这][条个](?=也|就|再|限|给|算|按|改|是|[\d一二两三四五六七八九十半]|轻|严)/u;

/** "后面那个三天", and "那条也三天" of the one that was added last: by its number on the card. */
function byNumber(frame: Frame, text: string, count: number): string {
  const had = frame.past
    .at(-1)
    ?.reduce((sum, { findings }) => sum + ((findings ?? []) as unknown[]).length, 0);
  const added = had !== undefined && count === had + 1;
  if (count < 2) return text;
  const said = text.trim();
  if (LAST.test(said)) return said.replace(LAST, `第${count}条`);
  if (FIRST.test(said) && count === 2) return said.replace(FIRST, '第1条');
  return THAT.test(said) && added ? said.replace(THAT, `第${count}条`) : text;
}

const NOT_DONE =
  /^(?:其实|刚才|后来|他们|哦|啊)*还?没(?:有)?(?:当场|现场)?(?:改|换|修|弄|贴|处理|整改)(?:完|好|掉|成)?了?[。.]?$/u;

/** "没换完": what was said to be put right on the spot was not; it is the school's to do. */
function undoOnSite(t: Stage, frame: Frame, text: string): Corrected {
  const isDone = ({ disposition }: SaidFinding) => disposition === 'fixed_on_site';
  const done = frame.rows.flatMap(({ findings }) => ((findings ?? []) as SaidFinding[]).filter(isDone));
  if (done.length !== 1 || !NOT_DONE.test(text.trim())) return null;
  remember(t, frame);
  frame.rows = frame.rows.map((row) => {
    const findings = row.findings as SaidFinding[] | undefined;
    return findings?.some(isDone)
      ? {
          ...row,
          findings: findings.map((one) => (isDone(one) ? { ...one, disposition: 'general' as const } : one)),
        }
      : row;
  });
  return { doubt: null };
}

const AND = /和|跟|与|及|、/u;

/** "一般就行", "算严重的": a grade and no more. */
const BARE_GRADE =
  /^(?:就|算|按|改[成为]|还是|应该|定[成为]?|是|个)*(?:一般|轻微|严重|复杂|小问题)(?:的|问题)*(?:就行|就好|就可以|吧|了)*[。.]*$/u;

/** "食堂那条删掉", "井盖限三天": by a pair of characters that stands in one finding alone, or in those that an "and" joins. */
function byWords(t: Stage, frame: Frame, places: readonly Place[], text: string) {
  if (places.length === 1 && BARE_GRADE.test(text.trim())) return { meant: [...places], rest: text.trim() };
  // "这个是严重的", where there is but one
  const onlyOne = /^(?:把)?(?:这|那)(?:一?[条个项]|问题)(?:的)?/u.exec(text.trim())?.[0];
  if (onlyOne && places.length === 1) return { meant: [...places], rest: text.trim().slice(onlyOne.length) };
  const pointed = [POINTED, LIMITED, GRADED, DROPPED].map((one) => one.exec(text.trim())).find(Boolean);
  if (!pointed || OF_ALL.test(pointed[1] ?? '')) return ofKind(frame, places, text.trim());
  const [all, words = ''] = pointed;
  const meant = places.filter(({ row, at }) => {
    const finding = ((frame.rows[row]?.findings ?? []) as SaidFinding[])[at];
    const named =
      [...words].length === 1 ? finding?.text.includes(words) : likeness(words, finding?.text ?? '') > 0;
    return finding !== undefined && named;
  });
  const rest = text.trim().slice(all.length);
  if (meant.length === 0) return ofSchool(t, frame, places, { words, rest });
  return meant.length === 1 || (meant.length > 1 && AND.test(words)) ? { meant, rest } : null;
}

/** "清河的改成三天": of several schools what was found at that one; of more than one finding only a deadline holds for all. */
function ofSchool(
  t: Stage,
  frame: Frame,
  places: readonly Place[],
  { words, rest }: { words: string; rest: string },
) {
  if (frame.rows.length < 2) return null;
  const { school } = readNamed(t, words).slots;
  const row = rowOfSchool(frame, school);
  const meant = places.filter((place) => place.row === row);
  // "二中那条不对 是东关幼儿园" changes the school itself
  const until = read(t, rest).slots;
  const limits = until.days ?? until.due ?? bareDays(rest) ?? parseDays(rest) ?? dayAhead(t, rest);
  if (!DROP.test(rest) && !gradeIn(rest) && limits === undefined) return null;
  return meant.length === 1 || (meant.length > 1 && !DROP.test(rest) && !gradeIn(rest))
    ? { meant, rest }
    : null;
}

const OF_KIND = /^(?:那个?)?(?:小学|中学|初中|高中|特校|幼儿园|中心园|园里)(?:的|那边|那里|门口)?/u;

/** "小学的当场安排人了": of several schools the only finding of the one of that kind. */
function ofKind(frame: Frame, places: readonly Place[], text: string) {
  const row = OF_KIND.test(text) ? rowOfKind(frame, text) : null;
  const meant = places.filter((place) => place.row === row);
  const rest = text.replace(OF_KIND, '');
  return meant.length === 1 && gradeIn(rest) ? { meant, rest } : null;
}

/** True when something is other than before. */
function change(t: Stage, frame: Frame, meant: readonly Place[], rest: string): boolean {
  const was = JSON.stringify(frame.rows);
  // "不算了,当场就贴了" was put right; it stays on record.
  const drop = DROP.test(rest) && gradeIn(rest) !== 'fixed_on_site';
  const understood = drop ? null : read(t, rest.replace(/^.*[长宽短松紧早晚]一?点儿?,/u, ''));
  frame.rows = frame.rows.map((row, index) => {
    if (!meant.some((place) => place.row === index)) return row;
    const findings = (row.findings as SaidFinding[]).flatMap((finding, at) => {
      if (!meant.some((place) => place.row === index && place.at === at)) return [finding];
      return understood ? [changed(t, finding, rest, understood)] : [];
    });
    return { ...row, findings };
  });
  return JSON.stringify(frame.rows) !== was;
}

/** "护学岗那个是今天早上看的" tells when, not what. */
const WHEN_SEEN = /^(?:今|昨|前|上|下午|早|刚|周|星期)?.{0,8}[看去拍查听问到见](?:到|见)?的[。.]?$/u;

/** "改到4月1号", "限今天": said of a finding, a day from today on is its deadline. */
function dayAhead({ facts }: Stage, rest: string): string | undefined {
  if (!/^(?:就|再|也)?(?:限|给|改[成为到]|延[到至]|放宽?到|到)/u.test(rest)) return undefined;
  const { now, calendar, office, today } = facts;
  const day = parseDate(rest, { now, calendar, timeZone: office.timeZone, direction: 'future' });
  return day && !day.span && day.date >= today.toString() ? day.date : undefined;
}

function changed(t: Stage, finding: SaidFinding, rest: string, understood: Understood): SaidFinding {
  const { correct: said, findings } = understood.slots;
  const due = (said?.field === 'due' ? said.to : understood.slots.due) ?? dayAhead(t, rest);
  // "改成十五天" is a deadline, and no other words for the finding.
  const days = understood.slots.days ?? bareDays(rest) ?? (due === undefined ? parseDays(rest) : undefined);
  const severity = gradeIn(rest) ?? findings?.find((one) => one.severity)?.severity;
  const instead = swapped(finding.text, rest) ?? countInstead(finding.text, rest);
  const renamed = /(?:改成|改为|应该是|写成|(?<!不)是)[“"「]?([^”"」]{3,})/u.exec(rest)?.[1];
  const next: SaidFinding = { ...finding };
  if (severity) next.disposition = severity;
  if (days !== undefined || due !== undefined) {
    delete next.days;
    delete next.dueOn;
    if (days !== undefined) next.days = days;
    else if (due !== undefined) next.dueOn = due;
  }
  const item = /^(?:归|算|属于)(.{2,8})$/u.exec(rest)?.[1] ?? renamed;
  const other = item === undefined ? undefined : itemNamed(t, item);
  if (instead !== undefined) next.text = maskPersonal(instead, t.facts.book.index.people);
  else if (other) next.item = other;
  else if (!severity && days === undefined && due === undefined && renamed && !WHEN_SEEN.test(renamed))
    next.text = withCountOf(finding.text, renamed) ?? maskPersonal(renamed.trim(), t.facts.book.index.people);
  return next;
}

/** "限期改成三天", "都给两周", "十天": one deadline for all findings of the draft. */
export function correctDeadline(t: Stage, frame: Frame, text: string, understood: Understood): Corrected {
  const { due, findings, school, correct: correction } = understood.slots;
  if (findings?.length || school) return null;
  // "宿舍那条给长点": said of one, it is of none of the others.
  const every = frame.rows.flatMap((row) => (row.findings ?? []) as SaidFinding[]).length;
  if (every > 1 && /[那这](?:条|项)(?!都)/u.test(text) && !/都|全部/u.test(text)) return null;
  // "保安一个月" where no finding is of them is of none, never of all.
  if (every > 1 && setsLimit(text) && bareDays(text) === undefined && !/都|全部/u.test(text)) return null;
  const grade = /都|全部|这几条|这些/u.test(text) ? gradeIn(text) : undefined;
  if (grade) return forAll(t, frame, { disposition: grade });
  const said = correction?.field === 'days' ? Number(correction.to) : understood.slots.days;
  const until = correction?.field === 'due' ? correction.to : due;
  const days = said ?? (until === undefined ? bareDays(text) : undefined);
  if (days === undefined && until === undefined) return null;
  return forAll(t, frame, days === undefined ? { dueOn: until } : { days });
}

/** Changes every finding of the draft that the school has to act on. */
export function forAll(
  t: Stage,
  frame: Frame,
  change: { days?: number | undefined; dueOn?: string | undefined; disposition?: Grade | undefined },
): Corrected {
  const targets = frame.rows.filter((row) => Array.isArray(row.findings) && row.findings.length > 0);
  if (targets.length === 0 || Object.values(change).every((value) => value === undefined)) return null;
  remember(t, frame);
  for (const row of targets)
    row.findings = (row.findings as SaidFinding[]).map((finding) => {
      if (change.disposition) return { ...finding, disposition: change.disposition };
      if (finding.disposition === 'fixed_on_site') return finding;
      const { days: _, dueOn: __, ...rest } = finding;
      return change.days === undefined
        ? { ...rest, ...(change.dueOn ? { dueOn: change.dueOn } : {}) }
        : { ...rest, days: change.days };
    });
  return { doubt: null };
}
