// Which slot of a flow holds photos, and the photos or the place that were sent before its words.
import { type Frame, PHOTO_WAITS_MS } from '../../conversation.ts';
import type { Flow } from '../../scripts/shapes.ts';
import type { Stage } from '../stage.ts';

export interface PhotosSlot {
  name: string;
  max: number;
}

/** The one slot of a flow that takes photos; null when it has none. */
export function photosSlot(flow: Flow): PhotosSlot | null {
  const found = Object.entries(flow.slots).find(([, spec]) => spec.type === 'photos');
  return found ? { name: found[0], max: found[1].max ?? 9 } : null;
}

/** The photos of a draft in the order of its card, that of all its rows: "第二张" is its second. */
export function photosIn(frame: Frame, slot: string): string[] {
  return [...new Set(frame.rows.flatMap((row) => (row[slot] as string[] | undefined) ?? []))]; // the slot's own value
}

/** Photos that came shortly before the words belong to them (DOMAIN §6.3, line 15). */
export function takePhotos(t: Stage, frame: Frame, flow: Flow): void {
  const slot = photosSlot(flow);
  const row = frame.rows.at(-1);
  if (!slot || !row || t.c.photos.length === 0) return;
  const earliest = t.facts.now.getTime() - PHOTO_WAITS_MS;
  const mine = t.c.photos.filter((photo) => photo.not !== frame.id);
  const fresh = mine.filter((photo) => Date.parse(photo.at) >= earliest).map((photo) => photo.id);
  const had = (row[slot.name] as string[] | undefined) ?? [];
  row[slot.name] = [...new Set([...had, ...fresh])].slice(0, slot.max);
  t.c.photos = t.c.photos.filter((photo) => photo.not === frame.id);
}

/** A place that came shortly before the words is where the visit was; nobody is asked for one (DOMAIN, fact 6). */
export function takePlace(t: Stage, frame: Frame, flow: Flow): boolean {
  const slot = Object.entries(flow.slots).find(([, spec]) => spec.type === 'place')?.[0];
  const row = frame.rows.at(-1);
  const { place } = t.c;
  if (slot === undefined || !row || !place) return false;
  t.c.place = null;
  if (Date.parse(place.at) < t.facts.now.getTime() - PHOTO_WAITS_MS) return false;
  row[slot] = place.label;
  return true;
}
