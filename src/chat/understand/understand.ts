// One message understood: emergency first, then the intent among those the sender's role allows, then its slots and what is missing.

import { breathReader } from './clauses/breaths.ts';
import { clauseReader } from './clauses/clause-kinds.ts';
import { besideDanger } from './cut/beside-danger.ts';
import { byName, decidedAs, saidAnew } from './cut/by-name.ts';
import { cutMessage } from './cut/cut.ts';
import { isFiledApart, oneVisit } from './cut/one-visit.ts';
import { weigher } from './cut/weigh.ts';
import { dangerLearntFrom, dangerScorer } from './danger/danger.ts';
import { emergencyEar } from './danger/emergencies.ts';
import { type Entities, entitiesOf, type Span } from './entities/entities.ts';
import { repaired } from './entities/repairs.ts';
import { within } from './entities/within.ts';
import { findingReader } from './findings/findings.ts';
import { chooser, type Weighed } from './intent/choose.ts';
import { urgency } from './intent/roles.ts';
import { isLeftAlone } from './meant/left-alone.ts';
import { meant } from './meant/meant-schools.ts';
import { recallThenSend } from './resend.ts';
import { heardIn, isOneFault, type Known, nameOf } from './slots/facts.ts';
import { handedOn } from './slots/handed-on.ts';
import { needsOf } from './slots/needs.ts';
import { partReader } from './slots/parts.ts';
import { byDay } from './slots/plans-apart.ts';
import { bySchool } from './slots/several.ts';
import { everySlot, slotsFor } from './slots/slots.ts';
import { doubtOf, nextLikely } from './talk/doubtful.ts';
import { onlyTalk } from './talk/only-talk.ts';
import { maskPersonal } from './text/mask.ts';
import type { Candidate, Context, Flag, Intent, Reading, Understander, Understood } from './types.ts';
import { visitWithNotice } from './visit-with-notice.ts';
import type { Words } from './words.ts';

/** A matter of one school of which nothing is wanted now. */
const onlyLeavesAlone = (e: Entities): boolean => {
  const [school, ...more] = e.schools;
  return (
    school !== undefined &&
    more.length === 0 &&
    school.start <= FIRST &&
    isLeftAlone(e.text.slice(school.end))
  );
};
/** Beside a danger a lesson that was heard says that one was there. */
const onAVisit = (piece: Weighed): Weighed =>
  piece.intent === 'lesson.log' && !isFiledApart(piece.e.text) ? { ...piece, intent: 'visit.log' } : piece;
/** Says yes or no to a wish, and nothing of what was put right. */
const AGREES = /^(?!.*(?:合格|通过|销|退|打回|到位|改好|改完)).*(?:同意|批|准)/;

/** So far in the name stands that begins a matter. */
const FIRST = 3;

/** Builds an understander from the office's words and examples; a second of a core unless `cacheDir` holds what they taught. */
export function createUnderstander(
  input: Omit<Words, 'english'> & { cacheDir?: string | undefined },
): Understander {
  const ear = emergencyEar(input.lexicon.emergency);
  const scorer = dangerScorer(dangerLearntFrom(input.dangers, input.examples, input.cacheDir), input.dangers);
  const findings = findingReader(input.lexicon, {
    kinds: clauseReader(input, input.cacheDir),
    breaths: breathReader(input, input.cacheDir),
  });
  const parts = partReader(input.lexicon);
  const isFault = (e: Entities) => e.clauses.length === 1 && isOneFault(heardIn(e, findings));
  const weigh = weigher({ ear, scorer, isFault, choose: chooser(input, findings, input.cacheDir) });
  const knownOf = (e: Entities, context: Context): Known => ({
    e,
    context,
    findings,
    parts,
    about: meant(e, context),
  });

  const reading = (intent: Intent, confidence: number, known: Known): Reading => {
    const { e, context } = known;
    const flags = new Set<Flag>();
    const slots = slotsFor(intent, { ...known, flags });
    if (maskPersonal(e.text, context.roster.people) !== e.text) flags.add('personal');
    if (ear.risk(e.text)) flags.add('danger');
    // a head who names no school means his own
    const own =
      context.sender.roles.includes('principal') &&
      context.sender.schools.length === 1 &&
      !slots.school_candidates &&
      !slots.school_unresolved;
    const [at] = context.sender.schools;
    if (own && at && intent === 'emergency.report' && !slots.schools) slots.school ??= nameOf(context, at);
    const needs = needsOf(intent, slots, flags).filter((kind) => !(own && kind === 'school'));
    return { intent, slots, confidence, needs, flags: [...flags] };
  };

  const named = (raw: string, context: Context): Reading => {
    const e = entitiesOf(repaired(raw, context), context);
    const flags = new Set<Flag>();
    const slots = everySlot({ ...knownOf(e, context), flags });
    if (maskPersonal(e.text, context.roster.people) !== e.text) flags.add('personal');
    return { intent: 'chat.other', slots, confidence: 1, needs: [], flags: [...flags] };
  };

  const readingOf = (weighed: Weighed, known: Known, alone: boolean) => {
    const first = reading(weighed.intent, weighed.confidence, known);
    const talk = onlyTalk(first.intent, weighed.e);
    const doubt = talk ? 'not-meant' : doubtOf(first, weighed.e.text, alone);
    const next = doubt && nextLikely(weighed, doubt, talk?.instead);
    // the next guess may be an act that is only talked of as well
    const also = next && !talk?.instead && onlyTalk(next.intent, weighed.e);
    const other = also ? nextLikely(weighed, 'not-meant', also.instead ?? 'chat.other') : next;
    return other ? reading(other.intent, other.confidence, known) : first;
  };
  const readPart = (weighed: Weighed, context: Context) =>
    readingOf(weighed, knownOf(weighed.e, context), false);

  /** "024同意到月底,037不同意,材料太虚": after one wish for time another is decided on in the same words. */
  const goesOnDeciding = (own: Reading, known: Known, before: Reading | undefined): Reading =>
    before?.intent === 'rect.extend_decide' && own.intent === 'rect.review' && AGREES.test(known.e.text)
      ? reading('rect.extend_decide', own.confidence, known)
      : own;

  /** The matters of a message in their order, each weighed by itself. */
  const matters = (text: string, context: Context): Weighed[] => {
    const twice = recallThenSend(text);
    if (twice) return twice.map((part) => weigh(entitiesOf(part, context), context));
    const e = entitiesOf(text, context);
    const whole = weigh(e, context);
    if (whole.intent === 'emergency.report') {
      const part = (words: string) => weigh(entitiesOf(words, context), context);
      const parts = besideDanger(e, (words) => readPart(part(words), context));
      return parts.length === 1 ? [whole] : parts.map((words) => onAVisit(part(words)));
    }
    // cutting weighs many stretches of one message; none is weighed twice
    const before = new Map([[e.text, whole]]);
    const stretch = (from: Entities, { start, end }: Span): Weighed => {
      const part = start === 0 && end === from.text.length ? from : within(from, start, end);
      const weighed = before.get(part.text) ?? weigh(part, context);
      before.set(part.text, weighed);
      return weighed;
    };
    const cut = cutMessage(e, (span) => stretch(e, span));
    return oneVisit(e.text, cut, (span) => stretch(e, span)).flatMap(({ visit, ...span }) => {
      const piece = stretch(e, span);
      if (visit) return [{ ...piece, intent: 'visit.log' as const }];
      const part = (inner: Span) => stretch(piece.e, inner);
      const { intent, confidence } = piece;
      const decision = (inner: Span) => decidedAs(part(inner), { intent, confidence });
      const read = (inner: Span) => readPart(decision(inner), context);
      const anew = saidAnew(piece.e, { intent, context, weigh: part });
      if (anew.length > 1) return anew.map(part);
      return byName(piece.e, { intent, context, read }).map(decision);
    });
  };

  return {
    named,
    understand(raw, context): Understood {
      const read: Array<{ reading: Reading; known: Known; others: Candidate[] }> = [];
      const pieces = matters(repaired(raw, context), context);
      for (const piece of pieces) {
        const known = knownOf(piece.e, context);
        const last = read.at(-1);
        const own = goesOnDeciding(readingOf(piece, known, pieces.length === 1), known, last?.reading);
        const handed = handedOn(own, piece.e, last && { reading: last.reading, e: last.known.e });
        const as = (intent: Intent) => reading(intent, own.confidence, known);
        for (const one of visitWithNotice(handed, piece.e, context, as))
          read.push({ reading: one, known, others: piece.others });
      }
      // "大河中学那次已经记过了,下周三把大河小学排上": of the other one nothing is wanted
      const wanted = read.filter(({ known }) => !onlyLeavesAlone(known.e));
      const readings = (wanted.length > 0 ? wanted : read).flatMap((one) =>
        bySchool(one.reading, one.known).flatMap((r) => byDay(r, one.known)),
      );
      // a part of which nothing was understood says nothing beside those that were
      const plain = readings.filter(({ intent }) => intent !== 'chat.other');
      if (plain.length > 0) readings.splice(0, readings.length, ...plain);
      readings.sort((a, b) => urgency(a.intent) - urgency(b.intent));
      const first = readings[0] ?? { intent: 'chat.other', slots: {}, confidence: 0, needs: [], flags: [] };
      const top =
        readings.length === 1
          ? first
          : (read.map((r) => r.reading).sort((a, b) => urgency(a.intent) - urgency(b.intent))[0] ?? first);
      const schools = read.flatMap(({ known }) => known.e.schools).filter((s) => !s.code);
      const candidates: Candidate[] = [
        ...schools.flatMap((s) =>
          s.among.map((code): Candidate => ({ kind: 'school', code, name: nameOf(context, code) })),
        ),
        ...(read[0]?.others ?? []),
      ];
      return { ...top, candidates, ...(readings.length > 1 ? { intents: readings } : {}) };
    },
  };
}
