// "这张是灭火器那条的", "第二张放到第一条", said to a draft: its photos go to the finding that they show before anything is filed.

import type { SaidFinding } from '../../../supervision/findings.ts';
import type { Frame, Row } from '../../conversation.ts';
import { settledFindings } from '../../slots/findings.ts';
import { mostLike } from '../../slots/likeness.ts';
import { ordinalsIn } from '../../slots/ordinals.ts';
import { photosNamed } from '../../slots/photo-which.ts';
import { correct } from '../change/corrections.ts';
import { schoolName } from '../change/row-meant.ts';
import { type Corrected, remember } from '../draft/frames.ts';
import { flowOf, read, readNamed, type Stage, say } from '../stage.ts';
import { ASKS, IS, OF_BARELY, OFF, PHOTO, photoParts, TO } from './photo-words.ts';
import { photosIn, photosSlot } from './photos.ts';

/** "第一张是灭火器", without a word that says "of". */
const IS_BARELY = /(?:张|照片|相片|图片?)(?:都|就|也)?是[^,，。]{2,12}[。.]?$/u;
/** Right after a photo, it need not be said that a photo is spoken of: "这是灭火器的", "第一条的". */
const THIS_IS =
  /^(?:[这那上]面?[个些]?(?:都)?是.{1,12}(?:的|[这那][条个项]的?)|第?[一二三四五六七八九十\d]+[条项]的?|.{2,10}[这那][条个项]的)[。.]?$/u;
/** "照片不是第一条的,是第二条的": what they are not needs no telling. */
const NOT_OF = /(?:不是|没有?放)[^,，。;；]{1,14}[,，\s]*(?:而)?(?=是|放)/u;
/** It can be of nothing but a photo: "这张桌子是坏的" is no such thing. */
const OF_NOTHING_ELSE =
  /^(?:把)?(?:(?:这|那|第|最后|前|后)?[一二两三四五六七八九几\d]?张(?:照片|图片?)?|照片|图片)(?:都|也|就|应该)*(?:是|放|归|属于|算)/u;
const EVERY = /(?:每|各)[一]?[条项]|[两三四五几][条项](?:都|里)|不分[条开]/u;
const PICTURES = /第?[一二两三四五六七八九\d]张|照片|相片|图片/gu;

/** Where photos go: to one finding of a row, or (`at` null) to a row whose findings share them. */
interface Place {
  row: number;
  at: number | null;
}

/**
 * Photos of the draft that the words put to one of its findings, or to all of them again; what else the message corrects is
 * taken too. `justSent`: a photo came right before. Null when the words do nothing of the kind.
 */
export function bindPhotos(t: Stage, frame: Frame, text: string, justSent: boolean): Corrected {
  const slot = photosSlot(flowOf(t, frame));
  if (!slot || photosIn(frame, slot.name).length === 0 || [...text].length > 60) return null;
  const parts = photoParts(text.trim().replace(NOT_OF, ''));
  const told = parts.map((part) => (bindsPhotos(part, justSent) ? placesIn(t, frame, part) : null));
  if (told.every((places) => places === null)) return null;

  const before = structuredClone(frame.rows);
  remember(t, frame);
  for (const [index, places] of told.entries())
    if (places && !bind(t, frame, slot, parts[index] ?? '', places)) {
      frame.rows = before;
      frame.past.pop();
      return { doubt: null };
    }
  const rest = parts.filter((_, index) => told[index] === null).join(',');
  if (rest === '') return { doubt: null };
  const corrected = correct(t, frame, rest, read(t, rest));
  if (!corrected) say(t, 'common.not-taken', { parts: [rest.slice(0, 20)] });
  return corrected ?? { doubt: null };
}

const findingsOf = (row: Row | undefined) => (row?.findings ?? []) as SaidFinding[]; // the slot's own value

function bindsPhotos(part: string, justSent: boolean): boolean {
  if (ASKS.test(part) || OFF.test(part)) return false;
  if (OF_BARELY.test(part.trim())) return true;
  if (PHOTO.test(part)) return IS.test(part) || TO.test(part) || IS_BARELY.test(part) || EVERY.test(part);
  return justSent && THIS_IS.test(part.trim());
}

/** Where the words put photos; an empty list: to a finding that is not there. Null: they name nothing of the draft. */
function placesIn(t: Stage, frame: Frame, part: string): Place[] | null {
  const places = frame.rows.flatMap((row, index) => findingsOf(row).map((_, at) => ({ row: index, at })));
  if (places.length === 0) return null;
  if (EVERY.test(part)) return frame.rows.map((_, row) => ({ row, at: null }));
  const { ordinals } = ordinalsIn(part.replaceAll(PICTURES, ''), places.length);
  if (ordinals.length > 0)
    return ordinals.every((n) => places[n - 1]) ? ordinals.flatMap((n) => places[n - 1] ?? []) : [];
  const by = (words: (place: { row: number; at: number }) => string) => mostLike(places, part, words);
  const found =
    by(({ row, at }) => findingsOf(frame.rows[row])[at]?.text ?? '') ??
    by(({ row, at }) => termOf(t, frame.rows[row] ?? {}, at));
  if (found) return [found];
  const { school } = readNamed(t, part).slots;
  const nameOf = (row: Row) => schoolName(row) ?? '';
  const row =
    frame.rows.find((one) => nameOf(one) === school) ??
    (frame.rows.length > 1 ? mostLike(frame.rows, part, nameOf) : undefined);
  if (row) return [{ row: frame.rows.indexOf(row), at: null }];
  return OF_NOTHING_ELSE.test(part.trim()) ? [] : null;
}

/** The item as the card names it: "食堂那条" may be of 留样. */
function termOf(t: Stage, row: Row, at: number): string {
  const item = settledFindings(row, t.facts).views[at]?.item ?? '';
  return (t.voice.term(`item.${item}`) ?? '').replace(/[(（].*$/u, '');
}

/** False when no such photo or finding is there, which is said. */
function bind(
  t: Stage,
  frame: Frame,
  slot: { name: string; max: number },
  part: string,
  places: readonly Place[],
): boolean {
  const all = photosIn(frame, slot.name);
  if (places.length === 0) {
    say(t, 'common.photo.no-finding', { count: frame.rows.flatMap(findingsOf).length });
    return false;
  }
  const bound = new Set(frame.rows.flatMap(findingsOf).flatMap(({ photos }) => photos ?? []));
  const loose = all.filter((id) => !bound.has(id));
  const meant = photosNamed(all, part) ?? (loose.length > 0 && !EVERY.test(part) ? loose : all);
  if (meant.length === 0) {
    say(t, 'common.photo.no-such', { count: all.length });
    return false;
  }
  unbind(frame, meant);
  for (const { row: index, at } of places) {
    const row = frame.rows[index];
    if (!row || (at === null && EVERY.test(part))) continue;
    const there = (row[slot.name] as string[] | undefined) ?? [];
    const after = [...there, ...meant.filter((id) => !there.includes(id))];
    if (after.length > slot.max) {
      say(t, 'common.photo.enough', { max: slot.max });
      return false;
    }
    row[slot.name] = after;
    if (at === null) continue;
    row.findings = findingsOf(row).map((one, place) =>
      place === at
        ? { ...one, photos: after.filter((id) => one.photos?.includes(id) || meant.includes(id)) }
        : one,
    );
  }
  // A photo of one school is in no other's record.
  const homes = new Set(places.map(({ row }) => row));
  if (!EVERY.test(part))
    for (const [index, row] of frame.rows.entries()) if (!homes.has(index)) leaveOut(row, slot.name, meant);
  return true;
}

function leaveOut(row: Row, slot: string, ids: readonly string[]): void {
  const left = ((row[slot] as string[] | undefined) ?? []).filter((id) => !ids.includes(id));
  if (left.length > 0) row[slot] = left;
  else delete row[slot];
}

/** These photos show no finding in particular any more. */
export function unbind(frame: Frame, ids: readonly string[]): void {
  for (const row of frame.rows)
    if (findingsOf(row).some(({ photos }) => photos))
      row.findings = findingsOf(row).map(({ photos, ...one }) => {
        const left = photos?.filter((id) => !ids.includes(id)) ?? [];
        return left.length > 0 ? { ...one, photos: left } : one;
      });
}
