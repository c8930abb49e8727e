// Scores an understander on labelled lines as a strict reader would: intents, slots, and mistakes that would do harm.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LoadedRoster, loadRoster, senderOf } from '../../../src/chat/understand/cli.ts';
import { inDossierShape } from '../../../src/chat/understand/dossier.ts';
import type { Reading, Understander, Understood } from '../../../src/chat/understand/types.ts';

export const NOW = new Date('2026-03-19T10:00:00+08:00');
export const ROSTER_FILE = fileURLToPath(new URL('./data/roster.json', import.meta.url));

export interface Labelled {
  text: string;
  role?: string;
  as?: string;
  intent: string;
  /** Accepted as well, where two readings are both right. */
  intentAny?: string[];
  intents?: string[];
  slots: Record<string, unknown>;
  /** Where one message holds several readings: each with its own slots; `slots` above is then empty. */
  each?: Array<{ intent: string; slots: Record<string, unknown> }>;
  needs?: string[];
}
export interface Score {
  lines: number;
  intentsRight: number;
  slots: number;
  slotsRight: number;
  dangers: string[];
  misses: string[];
}

export function readLabelled(name: string): Labelled[] {
  const file = fileURLToPath(new URL(`./data/${name}.jsonl`, import.meta.url));
  // the files are ours; a wrong line fails the test that reads it
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);
}

export function score(understander: Understander, lines: readonly Labelled[], roster: LoadedRoster): Score {
  const total: Score = {
    lines: lines.length,
    intentsRight: 0,
    slots: 0,
    slotsRight: 0,
    dangers: [],
    misses: [],
  };
  for (const line of lines) {
    const sender = senderOf(roster, line.as, line.role);
    const got = understander.understand(line.text, {
      roster: roster.index,
      sender,
      now: NOW,
      timeZone: roster.timeZone,
    });
    judge(line, inDossierShape(got), roster, total);
  }
  return total;
}

function judge(line: Labelled, got: Understood, roster: LoadedRoster, total: Score): void {
  const accepted = [line.intent, ...(line.intentAny ?? [])];
  const all = (got.intents ?? [got]).map((r) => r.intent).join();
  const right =
    accepted.includes(got.intent) && (!line.intents || sorted(line.intents) === sorted(all.split(',')));
  if (right) total.intentsRight++;
  else
    total.misses.push(
      `INTENT ${line.text} → ${all} (${got.confidence}), wanted ${line.intents ?? line.intent}`,
    );
  const free = [...(got.intents ?? [got])];
  for (const { intent, slots } of line.each ?? [{ intent: '', slots: line.slots }]) {
    const reading = line.each ? nearest(intent, slots, free, roster) : got;
    for (const [name, want] of Object.entries(slots)) {
      total.slots++;
      // what must be asked stands beside the slots; the labels use the slots' own names
      const have =
        name === 'needs'
          ? reading?.needs
          : name === 'rect_nos'
            ? got.intents?.flatMap(({ slots: { rect_no } }) => rect_no ?? [])
            : reading?.slots[name as keyof typeof got.slots];
      if (right && matches(name, resolve(want, roster), have)) total.slotsRight++;
      else if (right)
        total.misses.push(
          `SLOT ${line.text} ${name}: ${JSON.stringify(have)}, wanted ${JSON.stringify(resolve(want, roster))}`,
        );
    }
  }
  const danger = dangerIn(line, got, roster);
  if (danger) total.dangers.push(`${danger}: ${line.text} → ${JSON.stringify(got.slots)} ${all}`);
}

/** The reading of this intent that has most of these slots; it is taken out, so that each reading answers for one label. */
function nearest(
  intent: string,
  slots: Record<string, unknown>,
  free: Reading[],
  roster: LoadedRoster,
): Reading | undefined {
  const agreed = (r: Reading) =>
    Object.entries(slots).filter(([name, want]) =>
      matches(name, resolve(want, roster), r.slots[name as keyof typeof r.slots]),
    ).length;
  const best = free.filter((r) => r.intent === intent).sort((a, b) => agreed(b) - agreed(a))[0];
  if (best) free.splice(free.indexOf(best), 1);
  return best;
}

const sorted = (list: readonly string[]) => [...list].sort().join();

/** What would do harm: the wrong school, an emergency missed, something closed, confirmed or voided that was not meant. */
function dangerIn(line: Labelled, got: Understood, roster: LoadedRoster): string | undefined {
  const all = got.intents ?? [got];
  const wanted = new Set([line.intent, ...(line.intents ?? []), ...(line.intentAny ?? [])]);
  if (
    !line.intentAny?.includes('emergency.report') &&
    wanted.has('emergency.report') !== all.some((r) => r.intent === 'emergency.report')
  ) {
    return wanted.has('emergency.report') ? 'missed emergency' : 'false emergency';
  }
  for (const r of all) {
    if (
      /^(?:flow\.confirm|record\.void|rect\.extend_decide|notice\.recall|notice\.ack)$/.test(r.intent) &&
      !wanted.has(r.intent)
    )
      return 'not meant';
    if (
      r.intent === 'rect.review' &&
      r.slots.result === 'pass' &&
      (!wanted.has('rect.review') || !results(line).includes('pass'))
    )
      return 'closed';
    if (r.intent === 'rect.extend_decide' && r.slots.result === 'pass' && !results(line).includes('pass'))
      return 'granted';
  }
  const labels = line.each?.map((l) => l.slots) ?? [line.slots];
  const meant = labels.flatMap((s) => [...list(s.school), ...list(s.schools)]);
  const known = meant.map((c) => resolve(c, roster));
  const first =
    line.intents && line.intents.length > 1 && !line.slots.schools && !line.each ? all.slice(0, 1) : all;
  const correct = line.slots.correct
    ? []
    : first.flatMap((r) => [r.slots.school, ...(r.slots.schools ?? [])]).filter((s) => s !== undefined);
  const asks = labels.some((s) => s.school_candidates || s.school_unresolved);
  if ((meant.length > 0 || asks) && correct.some((s) => !known.includes(s))) return 'wrong school';
  return undefined;
}

const results = (line: Labelled) =>
  (line.each?.map((l) => l.slots) ?? [line.slots]).flatMap((s) => list(s.result));

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Codes to official names, day words to ISO days on the fixture clock. */
function resolve(value: unknown, roster: LoadedRoster): unknown {
  if (Array.isArray(value)) return value.map((v) => resolve(v, roster));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolve(v, roster)]));
  }
  if (typeof value !== 'string') return value;
  return roster.index.schools.get(value)?.name ?? dayWord(value) ?? value;
}

function dayWord(word: string): string | undefined {
  const at = (y: number, m: number, d: number) => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10);
  const day = /^D([+-]?\d+)$/.exec(word);
  if (day) return at(2026, 2, 19 + Number(day[1]));
  const week = /^W([+-]?\d+)(?:\.(\d))?$/.exec(word);
  if (week)
    return week[2]
      ? at(2026, 2, 16 + Number(week[1]) * 7 + Number(week[2]) - 1)
      : `2026-W${12 + Number(week[1])}`;
  const month = /^M([+-]?\d+)(?:\.(\d+|end))?$/.exec(word);
  if (month) {
    const m = 2 + Number(month[1]);
    if (!month[2]) return at(2026, m, 1).slice(0, 7);
    return month[2] === 'end' ? at(2026, m + 1, 0) : at(2026, m, Number(month[2]));
  }
  const year = /^Y([+-]?\d+)$/.exec(word);
  if (year) return String(2026 + Number(year[1]));
  if (word === 'S0') return '2026-02-01/2026-07-31';
  return undefined;
}

const LOOSE = new Set(['metric', 'format', 'audience', 'topic', 'content', 'reason', 'highlight']);

function matches(name: string, want: unknown, have: unknown): boolean {
  if (have === undefined) return false;
  if (name === 'findings')
    return findingsMatch(want as Array<Record<string, unknown>>, have as Array<Record<string, unknown>>); // both are lists of findings by the label's name
  if (name === 'reason' || name === 'content' || name === 'highlight')
    return sameInSubstance(String(want), String(have));
  if (LOOSE.has(name)) return String(have).length > 0;
  if (Array.isArray(want) && Array.isArray(have))
    return name === 'items' || name === 'needs'
      ? want.every((w) => (have as unknown[]).includes(w))
      : sorted(want.map(String)) === sorted(have.map(String));
  if (Array.isArray(want)) return want.includes(have);
  if (want && typeof want === 'object')
    return Object.entries(want).every(([k, v]) => String((have as Record<string, unknown>)[k]) === String(v)); // a correction is a plain object
  return want === have;
}

/** Free words: one holds the other, or has most of its characters. */
function sameInSubstance(want: string, have: string): boolean {
  if (have.includes(want) || want.includes(have)) return true;
  const bare = [...want.replace(/[,.\s]/g, '')];
  return bare.filter((c) => have.includes(c)).length >= 0.6 * bare.length;
}

function findingsMatch(want: Array<Record<string, unknown>>, have: Array<Record<string, unknown>>): boolean {
  if (want.length !== have.length) return false;
  return want.every((w, i) => {
    const h = have[i] ?? {};
    return list(w.item).includes(h.item) && (w.severity === undefined || w.severity === h.severity);
  });
}

export function fixtureRoster(): LoadedRoster {
  return loadRoster(ROSTER_FILE);
}
