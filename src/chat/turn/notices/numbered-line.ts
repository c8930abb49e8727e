// "2", "第二条", after a notice or a reminder with numbered lines: what is to be done with that one is asked, as its card's buttons would do it.

import type { Choice, Question } from '../../conversation.ts';
import { AWAITS_REVIEW, SCHOOL_OWES, type WaitingFinding } from '../../facts.ts';
import type { Understood } from '../../understand/types.ts';
import { placesIn } from '../answer/choices.ts';
import { putAside } from '../draft/aside.ts';
import { choiceButtons } from '../draft/buttons.ts';
import { lastNotice } from '../draft/frames.ts';
import { ask, close, type Stage, say } from '../stage.ts';
import { OF_LINE, start } from '../taps.ts';

const MOST = 4;

/** True when it was asked, or told that nothing waits there. Not while a draft or a question is open: they are what a number answers. */
export function asksWhatWithLine(t: Stage, said: string): boolean {
  const places = placesIn(said);
  if (t.c.frame || t.c.question || places.length === 0) return false;
  if (isOfRecord(t)) return false;
  const meant = ofReminder(t, places) ?? ofNotice(t, places);
  if (meant === 'told') return true;
  const [first] = meant;
  if (!first) return false;
  t.c.misses = 0;
  t.c.about = first.noticeId === null ? t.c.about : { notice: first.noticeId, at: t.facts.now.toISOString() };
  const choices = choicesFor(t, meant);
  const nths = [...new Set(meant.map(({ nth }) => nth))].sort((a, b) => a - b);
  const data = {
    ...{ no: first.no, nth: nths.join('、'), state: first.state, due: first.due },
    findings: meant.map(({ text }) => text),
  };
  if (choices.length === 0) say(t, 'common.numbered.rests', data);
  else
    ask(
      t,
      { kind: 'start', choices, wrong: 0, about: OF_LINE },
      {
        title: t.voice.text('common.numbered.what', data),
        body: t.voice.text('common.numbered.how', data),
        buttons: choiceButtons(t, choices).buttons,
      },
    );
  return true;
}

/** A number after a reminder or a card is no answer to a question that is long over: its draft waits on, and the line is meant. */
export function ofLaterLine(t: Stage, question: Question, said: string): boolean {
  const { remindedAt = null, cardAt = null } = t.facts.numbered ?? {};
  const later = [remindedAt, cardAt].some(
    (at) => at !== null && Date.parse(at) > Date.parse(question.askedAt),
  );
  if (!later || placesIn(said).length === 0) return false;
  close(t, t.voice.text('common.over.expired'));
  putAside(t);
  return asksWhatWithLine(t, said);
}

/** "第二条", right after a record was filed, is one of its own. */
function isOfRecord({ c: { last }, facts: { numbered } }: Stage): boolean {
  if (last?.flow !== 'log-visit') return false;
  return [numbered?.remindedAt, numbered?.cardAt].every((at) => !at || Date.parse(at) <= Date.parse(last.at));
}

/** Lines of the reminder, when that came last: findings, or words that say how the thing is told. Null: it is not of one. */
function ofReminder(t: Stage, places: readonly number[]): WaitingFinding[] | 'told' | null {
  const { remindedAt = null, cardAt = null, lines = [] } = t.facts.numbered ?? {};
  if (remindedAt === null || (cardAt !== null && cardAt > remindedAt)) return null;
  const named = places.flatMap((place) => lines[place - 1] ?? []);
  const [first] = named;
  if (!first || named.length < places.length) return null;
  const meant = t.facts.findings.filter(
    ({ no }) => no !== '' && first.own && named.some((line) => line.no === no),
  );
  if (meant.length > 0) return sameState(meant);
  t.c.misses = 0;
  say(t, 'common.numbered.say', { nth: places[0], ...first, school: first.school ?? '' });
  return 'told';
}

/** On the notice that was spoken of, or on the newest one. */
function ofNotice(t: Stage, places: readonly number[]): WaitingFinding[] | 'told' {
  const hers = t.facts.findings.filter((one) => one.noticeId !== null && concerns(one));
  const recent = lastNotice(t);
  // The year stands in its number, before what counts up in it.
  const newest = [...hers].sort((a, b) => b.no.localeCompare(a.no, 'en', { numeric: true }))[0]?.noticeId;
  const noticeId = hers.some((one) => one.noticeId === recent) ? recent : newest;
  const onIt = hers.filter((one) => one.noticeId === noticeId);
  const named = onIt.filter(({ nth }) => places.includes(nth));
  // Of a notice with few lines "31" is the number of another.
  const numbered = hers.filter(({ number }) => places.length === 1 && number === places[0]);
  if (named.length > 0 || numbered.length > 0) return sameState(named.length > 0 ? named : numbered);
  if (onIt.length === 0) return [];
  say(t, 'common.waiting.no-such-place', { nth: places[0] });
  return 'told';
}

/** The school's own, or what a school's inspector was just handed or asked. */
const concerns = ({ mineToFix, state }: WaitingFinding) =>
  mineToFix || AWAITS_REVIEW.has(state) || state === 'extension_pending' || state === 'objected';

/** One act is done with all of them: those that stand where the first does. */
const sameState = (meant: WaitingFinding[]) => meant.filter(({ state }) => state === meant[0]?.state);

/** What a person may do with findings that stand alike, the likely thing first. */
function choicesFor(t: Stage, meant: readonly WaitingFinding[]): Choice[] {
  const [first] = meant;
  if (!first) return [];
  const finding = `finding=${meant.map(({ id }) => id).join(',')}`;
  const { mineToFix, state, noticeId, disposition } = first;
  const unsigned = t.facts.notices.some(({ id }) => id === noticeId);
  const objects = ['issued', 'acknowledged'].includes(state);
  const may: (readonly [string, string] | false)[] = mineToFix
    ? SCHOOL_OWES.has(state)
      ? [
          ['done', `submit-rectification?${finding}`],
          unsigned && ['sign', `sign-notice?notice=${noticeId}`],
          ['extend', `request-extension?${finding}`],
          objects && ['object', `object-to-finding?${finding}`],
          disposition === 'serious' && ['plan', `plan-rectification?${finding}`],
        ]
      : []
    : AWAITS_REVIEW.has(state)
      ? [
          ['pass', `review-rectification?${finding}&result=pass`],
          ['return', `review-rectification?${finding}&result=fail`],
        ]
      : state === 'extension_pending'
        ? [
            ['grant', `decide-extension?${finding}&result=pass`],
            ['refuse', `decide-extension?${finding}&result=fail`],
          ]
        : state === 'objected'
          ? [
              ['uphold', `decide-objection?${finding}&result=pass`],
              ['dismiss', `decide-objection?${finding}&result=fail`],
            ]
          : state === 'accepted'
            ? [['look', `look-back?${finding}`]]
            : [];
  return may
    .flatMap((one) => (one ? [{ label: t.voice.term(`numbered.${one[0]}`) ?? one[0], value: one[1] }] : []))
    .slice(0, MOST);
}

/**
 * Words that answer its question otherwise than by a choice, and name no other finding: what they tell of is begun with the line
 * that was named. True when it is, and the words are now the answer to what it asks.
 */
export function saidOfLine(
  t: Stage,
  question: Question,
  said: string,
  { intent, intents, slots }: Understood,
): boolean {
  if (question.about !== OF_LINE || intents || slots.rect_no !== undefined || slots.school !== undefined)
    return false;
  const flow = t.deps.scripts.flowFor(intent, t.facts.person.roles);
  const choice = question.choices.find(({ value }) => String(value).split('?')[0] === flow?.flow);
  if (!choice || /第.{1,3}[条项个]|[两三四五几][条项个]|全部|其他|其余/u.test(said)) return false;
  close(t, t.voice.text('common.over.answered'));
  const shown = t.parts.length;
  start(t, String(choice.value).replace(/&result=\w+$/u, ''), '', false);
  t.parts.length = shown;
  if (t.c.question) t.c.question.card = false;
  return true;
}
