// Photos, files, voice and places: bound to the words they belong to, before or after; nothing is ever demanded (DOMAIN, fact 6).
import { type Frame, OVER_KEPT, PHOTO_WAITS_MS } from '../conversation.ts';
import { SCHOOL_OWES } from '../facts.ts';
import { shownNow } from './drafts.ts';
import { openFrame, proceed } from './frames.ts';
import { type PhotosSlot, photosSlot } from './photos.ts';
import { flowOf, iso, type Stage, say } from './stage.ts';

/** Photos sent in one go come as messages of their own; only the first is answered. */
const GATHER_MS = 60_000;

export function photo(t: Stage, attachmentId: string, file = false): void {
  const now = t.facts.now.getTime();
  const gathering = t.c.photoToldAt !== null && now - Date.parse(t.c.photoToldAt) < GATHER_MS;
  t.c.photoToldAt = iso(t);
  const frame = t.c.frame;
  const slot = frame && photosSlot(flowOf(t, frame));
  if (frame && slot) return ontoDraft(t, frame, slot, { id: attachmentId, quiet: gathering, file });
  if (afterwards(t, now, attachmentId, gathering)) return;

  const kept = t.c.photos.filter((one) => now - Date.parse(one.at) < PHOTO_WAITS_MS);
  t.c.photos = [...kept, { id: attachmentId, at: iso(t) }].slice(-OVER_KEPT);
  if (gathering) return;
  const owed = t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  const flow = t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles);
  if (frame || t.c.question || owed.length === 0 || !flow) return say(t, 'common.photo.kept', { file });
  t.c.frame = openFrame(t, flow, [{}]);
  proceed(t, null);
}

function ontoDraft(
  t: Stage,
  frame: Frame,
  { name, max }: PhotosSlot,
  photo: { id: string; quiet: boolean; file: boolean },
): void {
  // The school told of last; the card says whose they are, and they can be taken off again.
  const row = frame.rows.at(-1) ?? {};
  const had = (row[name] as string[] | undefined) ?? [];
  if (had.length >= max) return say(t, 'common.photo.enough', { max });
  row[name] = [...had, photo.id];
  frame.touchedAt = iso(t);
  if (t.c.question?.kind === 'confirm') t.c.question.shown = shownNow(t, frame);
  if (!photo.quiet) say(t, 'common.photo.taken', { count: had.length + 1, file: photo.file });
}

const OFF = /不要|去掉|删|不用/u;
const ELSEWHERE = /不是|别的|另|错|换/u;

/** "照片不是这个的": the draft's photos wait for other words again; "照片不要了": they are left out. True when it was said. */
export function rebindPhotos(t: Stage, frame: Frame, text: string): boolean {
  if (!/^.{0,6}(照片|图片|图|相片|photos?).{0,12}$/iu.test(text) || !(OFF.test(text) || ELSEWHERE.test(text)))
    return false;
  const slot = photosSlot(flowOf(t, frame));
  if (!slot) return false;
  const taken = frame.rows.flatMap((row) => (row[slot.name] as string[] | undefined) ?? []);
  if (taken.length === 0) return false;
  for (const row of frame.rows) delete row[slot.name];
  if (OFF.test(text)) say(t, 'common.photo.dropped', { count: taken.length });
  else {
    t.c.photos = taken.map((id) => ({ id, at: iso(t), not: frame.id })).slice(-OVER_KEPT);
    say(t, 'common.photo.freed', { count: taken.length });
  }
  return true;
}

/** A photo within ten minutes of handing in, or of filing, belongs to what was handed in or filed. */
function afterwards(t: Stage, now: number, photo: string, quiet: boolean): boolean {
  const { last } = t.c;
  if (!last || t.c.frame || now - Date.parse(last.at) > 10 * 60_000) return false;
  const act = {
    kind: 'act' as const,
    flow: last.flow,
    row: {},
    words: quiet ? null : 'common.photo.attached',
  };
  if (last.flow === 'submit-rectification') {
    const ids = ((last.row.finding ?? []) as { id: string }[]).map((finding) => finding.id);
    t.parts.push({ ...act, action: 'rectification.attach', input: { finding: ids, photos: [photo] } });
    return true;
  }
  if (last.flow !== 'log-visit') return false;
  const [only, ...more] = (last.result.visits ?? []) as { id: string }[];
  if (!only || more.length > 0) return false;
  t.parts.push({ ...act, action: 'visit.attach', input: { visit: only.id, photos: [photo] } });
  return true;
}

/** Voice is kept by the platform for three days; the person is asked to type or dictate, politely and once a day. */
export function voice(t: Stage): void {
  const today = t.facts.today.toString();
  const first = t.c.voiceToldOn !== today;
  t.c.voiceToldOn = today;
  say(t, first ? 'common.voice.first' : 'common.voice.again');
}

export function place(t: Stage, label: string): void {
  say(t, 'common.place', { label });
}

export function other(t: Stage): void {
  say(t, 'common.other-kind');
}
