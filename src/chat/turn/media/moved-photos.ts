// "照片发错了", "那张照片是031的", "照片放到第二条", said after handing in: the photos are put to another finding.
import { PHOTO_WAITS_MS } from '../../conversation.ts';
import { AWAITS_REVIEW } from '../../facts.ts';
import { likeness, mostLike } from '../../slots/likeness.ts';
import { type PhotosMeant, photosMeant } from '../../slots/photo-which.ts';
import { WAITING } from '../../slots/waiting.ts';
import { NUMBER, parseNumber } from '../../understand/text/numerals.ts';
import { fill, openFrame, proceed } from '../draft/frames.ts';
import { iso, type PlannedAct, readNamed, type Stage } from '../stage.ts';
import { ASKS, IS, OF_BARELY, PHOTO, photoParts, TO } from './photo-words.ts';

const FLOW = 'move-evidence';
const WRONG = /(?:发|传|放|附|弄|搞|贴|交)(?:错|反|串)|wrong (?:finding|one|notice)/iu;
const NOT_RIGHT = /不对(?!应|得上|头)|\bnot right\b/iu;
const NTH = new RegExp(`第(${NUMBER})(?:条|项|个|处)|(?:finding|item) (\\d)`, 'iu');

/** True when it was said, and the flow was begun. An open draft or photos that still wait for words come first. */
export function movePhotos(t: Stage, said: string): boolean {
  const { facts, c } = t;
  const flow = t.deps.scripts.flows.get(FLOW);
  if (!flow || c.frame || !PHOTO.test(said) || ASKS.test(said)) return false;
  if (!flow.roles.some((role) => facts.person.roles.includes(role))) return false;
  const now = facts.now.getTime();
  if (c.photos.some((one) => now - Date.parse(one.at) < PHOTO_WAITS_MS)) return bindWaiting(t, said);
  const waiting = facts.findings.filter(WAITING['photo-findings']);
  if (eachOfVisit(t, said, waiting.length > 0)) return true;
  const named = readNamed(t, said);
  const nth = NTH.exec(said);
  const ordinal = nth ? parseNumber(nth[1] ?? nth[2] ?? '') : filedAs(t, said, waiting.length > 0);
  const points =
    ordinal !== undefined ||
    named.slots.rect_no !== undefined ||
    waiting.some((one) => likeness(one.text, said) >= 0.25);
  const wrong = WRONG.test(said);
  if (!points && (wrong || NOT_RIGHT.test(said)) && offTheRecord(t, said, waiting.length > 0)) return true;
  if (!wrong && !(points && (TO.test(said) || IS.test(said)))) return false;
  if (ofVisit(t, ordinal, photosMeant(said))) return true;
  if (waiting.length === 0) return false;

  const frame = openFrame(t, flow, [{}]);
  c.frame = frame;
  const target = ordinal === undefined ? undefined : handedIn(t)[ordinal - 1];
  const doubt = fill(t, frame, 0, named, said);
  if (target && frame.rows[0]) frame.rows[0].to = [target];
  proceed(t, target ? null : doubt);
  return true;
}

/** "第一张是厕所的 后面两张消防栓": some of the visit's photos to one finding, some to another. */
function eachOfVisit(t: Stage, said: string, othersWait: boolean): boolean {
  const parts = photoParts(said).map((part) => ({
    part,
    ordinal: parseNumber(NTH.exec(part)?.[1] ?? '') ?? filedAs(t, part, othersWait),
  }));
  const tells = ({ part, ordinal }: { part: string; ordinal: number | undefined }) =>
    ordinal !== undefined && PHOTO.test(part) && (IS.test(part) || TO.test(part) || OF_BARELY.test(part));
  if (parts.length < 2 || !parts.every(tells)) return false;
  return parts.map(({ part, ordinal }) => ofVisit(t, ordinal, photosMeant(part))).every(Boolean);
}

const OFF_RECORD = 'remove-visit-photos';

/**
 * "照片发错了" from an inspector, who names no other place for them: her record's photos are offered to be taken off it. Where a school
 * handed something in, those may be meant, unless her record was filed with photos a moment ago.
 */
function offTheRecord(t: Stage, said: string, othersWait: boolean): boolean {
  const { last } = t.c;
  const flow = t.deps.scripts.flows.get(OFF_RECORD);
  if (!flow?.roles.some((role) => t.facts.person.roles.includes(role)) || t.facts.visits.length === 0)
    return false;
  const filed = last?.flow === 'log-visit' ? ((last.result.visits ?? []) as { photos: number }[]) : []; // what recording a visit gives back
  if (othersWait && !filed.some(({ photos }) => photos > 0)) return false;
  t.c.frame = openFrame(t, flow, [{ ...photosMeant(said) }]);
  proceed(t, null);
  return true;
}

/** "这张是灭火器的", of photos that no words have claimed yet: they go to what was handed in of it, or begin its report. */
function bindWaiting(t: Stage, said: string): boolean {
  const { facts, c } = t;
  const named = facts.findings.filter(
    (one) => one.mineToFix && WAITING['photo-findings'](one) && likeness(one.text, said) >= 0.25,
  );
  const [only, ...more] = named;
  const flow = t.deps.scripts.flowFor('rect.evidence', facts.person.roles);
  if (!only || more.length > 0 || !flow || !(IS.test(said) || TO.test(said))) return false;
  if (!AWAITS_REVIEW.has(only.state)) {
    c.frame = openFrame(t, flow, [{ finding: [only.id] }]);
    proceed(t, null);
    return true;
  }
  const photos = c.photos.map(({ id }) => id);
  c.photos = [];
  const act = { kind: 'act' as const, flow: flow.flow, row: {}, words: 'common.photo.attached' };
  t.parts.push({ ...act, action: 'rectification.attach', input: { finding: [only.id], photos } });
  return true;
}

/** The findings handed in last, in the order of the card. */
function handedIn(t: Stage): string[] {
  const { last } = t.c;
  if (last?.flow !== 'submit-rectification') return [];
  return ((last.row.finding ?? []) as { id: string }[]).map((one) => one.id); // views of findings, as that flow stored them
}

/**
 * The finding of the visit that was just filed whose words were said; findings that the record had before are not known here.
 * `othersWait`: a school handed something in, and of a visit that was filed without photos none can be meant.
 */
function filedAs({ c: { last } }: Stage, said: string, othersWait: boolean): number | undefined {
  if (last?.flow !== 'log-visit') return undefined;
  const [only, ...more] = (last.result.visits ?? []) as { added: boolean; photos: number }[]; // what recording a visit gives back
  if (!only || more.length > 0 || only.added || (othersWait && only.photos === 0)) return undefined;
  const findings = (last.row.findings ?? []) as { text: string }[]; // views of findings, as that flow stored them
  const place = mostLike(findings, said, ({ text }) => text);
  return place === undefined ? undefined : findings.indexOf(place) + 1;
}

/** After a visit was filed: its own pictures, put to its n-th finding at once. */
function ofVisit(t: Stage, ordinal: number | undefined, meant: PhotosMeant): boolean {
  const { last } = t.c;
  if (last?.flow !== 'log-visit' || ordinal === undefined) return false;
  const [only, ...more] = (last.result.visits ?? []) as { id: string }[]; // what recording a visit gives back
  if (!only || more.length > 0) return false;
  t.parts.push({
    kind: 'act',
    flow: last.flow,
    row: {},
    words: 'common.photo.moved',
    action: 'visit.move-photos',
    input: { visit: only.id, ordinal, ...meant },
  });
  return true;
}

const TAKES_OFF = 'visit.remove-photos';

/** What takes photos off a record leaves it the one that was filed last: the right ones come next. */
export const staysWithVisit = (t: Stage, act: PlannedAct): boolean =>
  act.action === TAKES_OFF && t.c.last?.flow === 'log-visit';

/** Pictures that come next go where those of this visit were just put. */
export function movedTo(t: Stage, act: PlannedAct): void {
  if (t.c.last && staysWithVisit(t, act)) t.c.last.at = iso(t);
  if (act.action !== 'visit.move-photos' || !t.c.last) return;
  const { ordinal } = act.input as { ordinal: number }; // as ofVisit() planned it
  t.c.last = { ...t.c.last, at: iso(t), result: { ...t.c.last.result, photosTo: ordinal } };
}
