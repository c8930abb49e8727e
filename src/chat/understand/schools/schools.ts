// Finds the schools named in a message: exact names, shortenings, names by sound, names that do not exist.

import { digitsAsNumerals } from '../text/numerals.ts';
import { soundCost, soundKey } from '../text/sounds.ts';
import type { Sender } from '../types.ts';
import type { NamedForm, RosterIndex } from './roster.ts';
import { BEFORE_A_NAME, fits, isOwnByLetters } from './school-fits.ts';

export interface SchoolMention {
  start: number;
  end: number;
  /** As typed. */
  text: string;
  /** The one school meant, when there is no doubt which. */
  code?: string;
  /** Those it may mean when there is doubt, the sender's own first; or the nearest, when `unknown`. */
  among: string[];
  /** Looks like a school's name, but there is no such school. */
  unknown: boolean;
  /** Understood by sound or past a typo: to be said back by its official name. */
  fuzzy: boolean;
  /** Only a stage or a number ("一小", "中心校"): never taken for one school without asking. */
  weak: boolean;
  /** Refers back to a school named before ("小学门口…" after "石佛"). */
  echo?: boolean;
}

/** Words that refer back to one school without naming it, or to one of the sender's own. */
export function echoAt(text: string, start: number, end: number, code: string): SchoolMention {
  const known = { among: [], unknown: false, fuzzy: false, weak: false };
  return { start, end, text: text.slice(start, end), code, ...known, echo: true };
}

interface Hit {
  start: number;
  end: number;
  cost: number;
  forms: NamedForm[];
}

/** All mentions, left to right, without overlaps. Costs grow with the message, not with the number of schools. */
export function findSchools(text: string, roster: RosterIndex, sender: Sender): SchoolMention[] {
  const typed = digitsAsNumerals(text);
  const hits = [
    ...learnedHits(typed, sender),
    ...exactHits(typed, roster, sender),
    ...soundHits(typed, roster),
  ];
  hits.sort((a, b) => worth(b) - worth(a) || a.start - b.start);
  const taken: Hit[] = [];
  for (const hit of hits) if (!taken.some((t) => hit.start < t.end && t.start < hit.end)) taken.push(hit);
  const mentions = taken.map((hit) => settle(hit, text, roster, sender));
  mentions.sort((a, b) => a.start - b.start);
  return mentions;
}

function worth(hit: Hit): number {
  return (hit.end - hit.start) * 10 - hit.cost * 4;
}

function learnedHits(text: string, sender: Sender): Hit[] {
  const hits: Hit[] = [];
  for (const [name, code] of Object.entries(sender.learned ?? {})) {
    if (name.length < 2) continue;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      // the half point makes what was confirmed once win over the same letters read otherwise
      hits.push({ start: at, end: at + name.length, cost: -1, forms: [{ code, text: name, kind: 'full' }] });
    }
  }
  return hits;
}

function exactHits(text: string, roster: RosterIndex, sender: Sender): Hit[] {
  const hits: Hit[] = [];
  for (let start = 0; start < text.length - 1; start++) {
    for (let end = start + 2; end <= Math.min(text.length, start + roster.longestForm); end++) {
      const named = roster.forms.get(text.slice(start, end));
      const forms = named?.filter((f) => f.kind !== 'letters' || isOwnByLetters(f, text, start, sender));
      if (forms?.length && fits(text, start, end)) hits.push({ start, end, cost: 0, forms });
    }
  }
  return hits;
}

function soundHits(text: string, roster: RosterIndex): Hit[] {
  const keys = [...text].map((c) => soundKey(c));
  const hits: Hit[] = [];
  for (let start = 0; start < keys.length - 1; start++) {
    let key = '';
    for (let end = start + 1; end <= Math.min(keys.length, start + roster.longestForm); end++) {
      const sound = keys[end - 1];
      if (!sound) break;
      key += `${sound}-`;
      if (end - start < 2) continue;
      const forms = roster.sounds.get(key);
      if (!forms) continue;
      const hit = bestBySound(text, start, end, forms);
      if (hit) hits.push(hit);
    }
  }
  return hits;
}

/** Of all forms with this sound, those nearest to what stands in the text, if near enough to be believed. */
function bestBySound(text: string, start: number, end: number, forms: readonly NamedForm[]): Hit | undefined {
  const typed = text.slice(start, end);
  let best = Number.POSITIVE_INFINITY;
  let kept: NamedForm[] = [];
  for (const form of forms) {
    const cost = believed(typed, form, text, start, end);
    if (cost === undefined || cost > best) continue;
    if (cost < best) kept = [];
    best = cost;
    kept.push(form);
  }
  return kept.length > 0 && best > 0 && fits(text, start, end)
    ? { start, end, cost: best, forms: kept }
    : undefined;
}

function believed(
  typed: string,
  form: NamedForm,
  text: string,
  start: number,
  end: number,
): number | undefined {
  let cost = 0;
  let changed = 0;
  let worst = 0;
  for (let i = 0; i < typed.length; i++) {
    const one = soundCost(typed[i] ?? '', form.text[i] ?? '');
    if (one === undefined) return undefined;
    if (one > 0) changed++;
    worst = Math.max(worst, one);
    cost += one;
  }
  if (changed === 0) return undefined;
  if (/[是在的了]/.test(typed) && changed > 0) return undefined;
  // "清河小|学部" is no 清河校
  if (/[小中]$/.test(typed) && text[end] === '学') return undefined;
  const tailTyped = typed.at(-1) === form.text.at(-1);
  // "石佛|有两个班" is no 石佛幼: a little word that begins what is said is no part of a name
  if (!tailTyped && /[有又由要还没都也就]$/.test(typed)) return undefined;
  const before = text.slice(Math.max(0, start - 1), start);
  // "育|英中学" is no 一中: what stands before belongs to the name
  const goesOn = before !== '' && !BEFORE_A_NAME.test(before);
  if (typed.length === 3 && goesOn && typed[0] !== form.text[0]) return undefined;
  if (typed.length === 2) {
    // two syllables prove little: the last must stand as written, and a place word or the start must come before
    // "在育财呢": a name that sounds the same, where one is
    const heard = worst === 1 && /[去到在跑]/.test(before) && !/[一二三四五六]/.test(typed);
    if (!(tailTyped || heard) || changed > 1 || worst > 2) return undefined;
    const after = text.slice(end, end + 1);
    if (goesOn) return undefined;
    if (/^[一二两三四五六七八九]/.test(typed) && /[个种次些]/.test(after)) return undefined;
    const place = /^(?:这边|那边|[镇乡])/.test(text.slice(end));
    return form.kind === 'bare' &&
      !place &&
      !/[去到在跑了]/.test(before) &&
      !/[^\u4e00-\u9fff]|^$/.test(after)
      ? undefined
      : cost;
  }
  if (form.kind === 'bare' && typed.length < 4) return undefined;
  if (changed > Math.ceil(typed.length / 2) && worst > 1) return undefined;
  if (!tailTyped && worst > 1) return undefined;
  return cost;
}

const RANK = { full: 0, short: 1, bare: 2, weak: 3, letters: 4 } as const;

/** Which school a hit means: the surest form first, then the sender's own, then his area; equals stay a question. */
function settle(hit: Hit, text: string, roster: RosterIndex, sender: Sender): SchoolMention {
  const rank = Math.min(...hit.forms.map((f) => RANK[f.kind]));
  const codes = [...new Set(hit.forms.filter((f) => RANK[f.kind] === rank).map((f) => f.code))];
  const mention: SchoolMention = {
    start: hit.start,
    end: hit.end,
    text: text.slice(hit.start, hit.end),
    among: [],
    unknown: false,
    fuzzy: hit.cost > 0,
    weak: rank === RANK.weak,
  };
  const ordered = ownFirst(codes, roster, sender);
  if (mention.weak) return { ...mention, among: ordered };
  if (ordered.length === 1) return { ...mention, code: ordered[0], among: [] };
  const own = ordered.filter((c) => sender.schools.includes(c));
  if (own.length === 1) return { ...mention, code: own[0] };
  const near = ordered.filter((c) => sender.areaCode && roster.schools.get(c)?.area === sender.areaCode);
  if (own.length === 0 && near.length === 1) return { ...mention, code: near[0] };
  return { ...mention, among: own.length > 1 ? own : ordered };
}

/** The sender's own schools first, then those of his area, then the rest, each in the roster's order. */
export function ownFirst(codes: readonly string[], roster: RosterIndex, sender: Sender): string[] {
  const place = (code: string) => {
    if (sender.schools.includes(code)) return 0;
    return sender.areaCode && roster.schools.get(code)?.area === sender.areaCode ? 1 : 2;
  };
  return [...codes].sort((a, b) => place(a) - place(b));
}
