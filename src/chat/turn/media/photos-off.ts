// "照片不要了", "删掉第二张照片", "这张发错了": photos are taken off a draft, off those that wait for words, or off what was filed.
import { type Frame, OVER_KEPT, PHOTO_WAITS_MS } from '../../conversation.ts';
import { correctionParts } from '../../slots/correction-parts.ts';
import { type PhotosMeant, photosMeant, photosMeantOf } from '../../slots/photo-which.ts';
import { correct } from '../change/corrections.ts';
import { type Corrected, fill, openFrame, proceed, remember } from '../draft/frames.ts';
import { flowOf, iso, read, readNamed, type Stage, say } from '../stage.ts';
import { fateOfPhotos } from './photo-words.ts';
import { photosIn, photosSlot } from './photos.ts';
import { unbind } from './photos-of-finding.ts';

const FLOW = 'remove-evidence';
/** Drafts that are about which photos go. */
const TAKE_OFF: ReadonlySet<string> = new Set([FLOW, 'remove-visit-photos']);

/**
 * The draft's photos, or those that were named, are left out or wait for other words again; what else the message corrects
 * is taken too. Null when it speaks of no photos.
 */
export function rebindPhotos(t: Stage, frame: Frame, text: string): Corrected {
  const [row] = frame.rows;
  if (row && TAKE_OFF.has(frame.flow) && fateOfPhotos(text) === 'off') {
    remember(t, frame);
    const { nth: _, count: __, ...rest } = row;
    frame.rows = [{ ...rest, ...photosMeant(text) }];
    return { doubt: null };
  }
  const parts = correctionParts(text);
  const about = parts.find((part) => fateOfPhotos(part) !== null);
  const rest = parts.filter((part) => part !== about).join(',');
  const fate = fateOfPhotos(about ?? text);
  if (!fate || !rebind(t, frame, about ?? text, fate)) return null;
  if (about === undefined || rest === '') return { doubt: null };
  const corrected = correct(t, frame, rest, read(t, rest));
  if (!corrected && !WHY_OFF.test(rest)) say(t, 'common.not-taken', { parts: [rest.slice(0, 20)] });
  return corrected ?? { doubt: null };
}

/** "第一张不要 重复了": why. */
const WHY_OFF = /^(?:拍|发|传|照|选)?(?:得)?(?:重复?|糊|虚|模糊|不清楚?|看不清|太暗|错|反)(?:了|的)?[。.]?$/u;

function rebind(t: Stage, frame: Frame, text: string, fate: 'off' | 'elsewhere'): boolean {
  const slot = photosSlot(flowOf(t, frame));
  if (!slot) return false;
  const there = photosIn(frame, slot.name);
  if (there.length === 0) return false;
  const meant = new Set(photosMeantOf(there, photosMeant(text)));
  if (meant.size === 0) {
    say(t, 'common.photo.no-such', { count: there.length });
    return true;
  }
  remember(t, frame);
  unbind(frame, [...meant]);
  for (const row of frame.rows) {
    const left = ((row[slot.name] as string[] | undefined) ?? []).filter((id) => !meant.has(id));
    if (left.length > 0) row[slot.name] = left;
    else delete row[slot.name];
  }
  const count = { count: meant.size, left: there.length - meant.size };
  if (fate === 'off') say(t, 'common.photo.dropped', count);
  else {
    t.c.photos = [...meant].map((id) => ({ id, at: iso(t), not: frame.id })).slice(-OVER_KEPT);
    say(t, 'common.photo.freed', count);
  }
  return true;
}

/** Said when no draft is open. True when it was taken. */
export function takePhotosOff(t: Stage, said: string): boolean {
  if (t.c.frame || fateOfPhotos(said) !== 'off') return false;
  const meant = photosMeant(said);
  return offWaiting(t, meant) || offVisit(t, meant) || offHandedIn(t, said);
}

/** Photos that no words have claimed yet. */
function offWaiting(t: Stage, meant: PhotosMeant): boolean {
  const waits = ({ at }: { at: string }) => t.facts.now.getTime() - Date.parse(at) < PHOTO_WAITS_MS;
  const there = t.c.photos.filter(waits).map(({ id }) => id);
  if (there.length === 0) return false;
  const gone = photosMeantOf(there, meant);
  t.c.photos = t.c.photos.filter(({ id }) => !gone.includes(id));
  const left = there.length - gone.length;
  if (gone.length === 0) say(t, 'common.photo.no-such', { count: there.length });
  else say(t, 'common.photo.dropped', { count: gone.length, left });
  return true;
}

/** The record that was filed last. */
function offVisit(t: Stage, meant: PhotosMeant): boolean {
  const { last } = t.c;
  if (last?.flow !== 'log-visit') return false;
  const [only, ...more] = (last.result.visits ?? []) as { id: string }[]; // what recording a visit gives back
  if (!only || more.length > 0) return false;
  const input = { visit: only.id, ...meant };
  const words = 'common.photo.removed';
  t.parts.push({ kind: 'act', flow: last.flow, row: {}, words, action: 'visit.remove-photos', input });
  return true;
}

/** What a head handed in: by its number or its words, what she handed in last, or the only one that waits. */
function offHandedIn(t: Stage, said: string): boolean {
  const { facts, c } = t;
  const flow = t.deps.scripts.flows.get(FLOW);
  if (!flow?.roles.some((role) => facts.person.roles.includes(role)) || facts.findings.length === 0)
    return false;
  const frame = openFrame(t, flow, [{}]);
  c.frame = frame;
  const named = readNamed(t, said);
  const doubt = fill(t, frame, 0, named, said);
  const [row] = frame.rows;
  const recent = c.last?.flow === 'submit-rectification' ? c.last.row.finding : undefined;
  const ids = ((recent ?? []) as { id: string }[]).map(({ id }) => id); // views of findings, as that flow stored them
  if (row && named.slots.rect_no === undefined && ids.length > 0) row.finding = ids;
  proceed(t, row?.finding === undefined ? doubt : null);
  return true;
}
