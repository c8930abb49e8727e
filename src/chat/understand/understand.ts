// One message understood: emergency first, then the intent among those the sender's role allows, then its slots and what is missing.

import { breathReader } from './breaths.ts';
import { chooser, maskSpans } from './choose.ts';
import { clauseReader } from './clause-kinds.ts';
import { dangerLearntFrom, dangerScorer } from './danger.ts';
import type { Dangers } from './danger-examples.ts';
import { markCalls } from './danger-features.ts';
import { emergencyEar } from './emergencies.ts';
import { type Entities, entitiesOf } from './entities.ts';
import type { Facts } from './facts.ts';
import { nameOf } from './facts.ts';
import { findingReader } from './findings.ts';
import type { Taught } from './learnt.ts';
import type { Lexicon } from './lexicon.ts';
import { maskPersonal } from './mask.ts';
import { needsOf } from './needs.ts';
import { partReader } from './parts.ts';
import { repaired } from './repairs.ts';
import { urgency } from './roles.ts';
import type { Sayings } from './sayings.ts';
import { splitMessage } from './segments.ts';
import { byDay, bySchool, byVerdict } from './several.ts';
import { everySlot, slotsFor } from './slots.ts';
import type { Candidate, Context, Flag, Intent, Reading, Understander, Understood } from './types.ts';

const THEIRS = /[他她它]们|该校|那边|这所|那所|这个?学校|那个?学校|[他她它]家/;
const ABOUT_A_SCHOOL = /^(?:visit|finding|rect|campaign|opinion|assign|lesson|stats|export|comp)\./;

/** "…导一份给我,再看看他们…": the second matter is about the school of the first, when it names none. */
function withTheirs<R extends { reading: Reading; e: Entities }>(read: R, before: Reading | undefined): R {
  const { reading, e } = read;
  const school = before?.slots.school;
  const goesOn =
    /^(?:rect\.(?:list|query)|visit\.history)$/.test(reading.intent) &&
    !/我|全区|各|所有|区|谁|\d{3}/.test(e.text);
  const theirs = THEIRS.test(e.text) && ABOUT_A_SCHOOL.test(reading.intent);
  // "我在一中,有个男孩倒地没脉搏;课就听了一节": what is put on record beside a danger was seen where it is
  const there =
    before?.intent === 'emergency.report' && /^(?:visit\.log|finding\.report)$/.test(reading.intent);
  if (!school || e.schools.length > 0 || !(theirs || goesOn || there)) return read;
  const slots = { ...reading.slots, school };
  const needs = reading.needs.filter((kind) => kind !== 'school');
  return { ...read, reading: { ...reading, slots, needs } };
}

/** Builds an understander from the office's words and examples; a second of a core unless `cacheDir` holds what they taught. */
export function createUnderstander(
  input: Taught & { lexicon: Lexicon; sayings: Sayings; dangers: Dangers; cacheDir?: string | undefined },
): Understander {
  const ear = emergencyEar(input.lexicon.emergency);
  const scorer = dangerScorer(dangerLearntFrom(input.dangers, input.examples, input.cacheDir), input.dangers);
  const findings = findingReader(input.lexicon, {
    kinds: clauseReader(input, input.cacheDir),
    breaths: breathReader(input, input.cacheDir),
  });
  const parts = partReader(input.lexicon);
  const choose = chooser(input, findings, input.cacheDir);

  const reading = (intent: Intent, confidence: number, e: Entities, context: Context): Reading => {
    const flags = new Set<Flag>();
    const facts: Facts = { e, context, findings, parts, flags };
    const slots = slotsFor(intent, facts);
    if (maskPersonal(e.text, context.roster.people) !== e.text) flags.add('personal');
    if (ear.risk(e.text)) flags.add('danger');
    // a head who names no school means his own
    const own =
      context.sender.roles.includes('principal') &&
      context.sender.schools.length === 1 &&
      !slots.school_candidates &&
      !slots.school_unresolved;
    const needs = needsOf(intent, slots, flags).filter((kind) => !(own && kind === 'school'));
    return { intent, slots, confidence, needs, flags: [...flags] };
  };

  const named = (raw: string, context: Context): Reading => {
    const e = entitiesOf(repaired(raw, context), context);
    const flags = new Set<Flag>();
    const slots = everySlot({ e, context, findings, parts, flags });
    if (maskPersonal(e.text, context.roster.people) !== e.text) flags.add('personal');
    return { intent: 'chat.other', slots, confidence: 1, needs: [], flags: [...flags] };
  };

  const readOne = (
    text: string,
    context: Context,
  ): { reading: Reading; e: Entities; others: Candidate[] } => {
    const e = entitiesOf(text, context);
    const heard = ear.hears(e.text, e.schools.length > 0);
    const danger = scorer.judge(maskSpans({ ...e, text: markCalls(e.text) }), heard);
    if (danger.alarm > 0)
      return { reading: reading('emergency.report', danger.alarm, e, context), e, others: [] };
    const chosen = choose(e, context, danger.none);
    return { reading: reading(chosen.intent, chosen.confidence, e, context), e, others: chosen.others };
  };

  return {
    named,
    understand(raw, context): Understood {
      const text = repaired(raw, context);
      // Whether to cut is decided by reading the whole and its parts; what was read for that is not read again.
      const known = new Map<string, ReturnType<typeof readOne>>();
      const once = (part: string) => {
        const before = known.get(part) ?? readOne(part, context);
        known.set(part, before);
        return before;
      };
      const segments = splitMessage(text, (part) => once(part).reading);
      const read = segments.map(once).map((r, i, all) => (i === 0 ? r : withTheirs(r, all[i - 1]?.reading)));
      const readings = read.flatMap(({ reading: r, e }) =>
        bySchool(r, e, context, findings, parts)
          .flatMap((one) => byVerdict(one, e, context))
          .flatMap((one) => byDay(one, e, context)),
      );
      readings.sort((a, b) => urgency(a.intent) - urgency(b.intent));
      const first = readings[0] ?? { intent: 'chat.other', slots: {}, confidence: 0, needs: [], flags: [] };
      const top =
        readings.length === 1
          ? first
          : (read.map((r) => r.reading).sort((a, b) => urgency(a.intent) - urgency(b.intent))[0] ?? first);
      const schools = read.flatMap((r) => r.e.schools).filter((s) => !s.code);
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
