// Photos, files, voice and places: bound to the words they belong to, before or after; nothing is ever demanded (DOMAIN, fact 6).
import { type Frame, OVER_KEPT, PHOTO_WAITS_MS } from '../../conversation.ts';
import { SCHOOL_OWES } from '../../facts.ts';
import { shownNow } from '../draft/drafts.ts';
import { openFrame, proceed } from '../draft/frames.ts';
import { flowOf, iso, type Stage, say } from '../stage.ts';
import { type PhotosSlot, photosSlot, takePlace } from './photos.ts';

/** Photos sent in one go come as messages of their own; only the first is answered. */
const GATHER_MS = 60_000;

/** A photo or a file came in: onto the open draft, to what was done last, or kept for the words that follow it. */
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
  if (frame || t.c.question || owed.length === 0 || !flow)
    return say(t, 'common.photo.kept', { file, own: flow !== undefined });
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
  if (last.flow === 'submit-rectification' || last.flow === 'move-evidence') {
    // Photos that come after others were moved go where those lie now.
    const where = last.flow === 'move-evidence' ? last.row.to : last.row.finding;
    const ids = ((where ?? []) as { id: string }[]).map((finding) => finding.id); // views of findings, as those flows stored them
    t.parts.push({ ...act, action: 'rectification.attach', input: { finding: ids, photos: [photo] } });
    return true;
  }
  if (last.flow !== 'log-visit') return false;
  const [only, ...more] = (last.result.visits ?? []) as { id: string }[];
  if (!only || more.length > 0) return false;
  const ordinal = last.result.photosTo as number | undefined; // the finding that pictures were just put to
  t.parts.push({
    ...act,
    action: 'visit.attach',
    input: { visit: only.id, photos: [photo], ...(ordinal === undefined ? {} : { ordinal }) },
  });
  return true;
}

/** Voice is kept by the platform for three days; the person is asked to type or dictate, politely and once a day. */
export function voice(t: Stage): void {
  const today = t.facts.today.toString();
  const first = t.c.voiceToldOn !== today;
  t.c.voiceToldOn = today;
  say(t, first ? 'common.voice.first' : 'common.voice.again');
}

const PLACE_MOST = 100;

/** She sent a place of her own accord; it goes with the visit that is open or comes next. */
export function place(t: Stage, label: string): void {
  t.c.place = { label: label.slice(0, PLACE_MOST), at: iso(t) };
  const frame = t.c.frame;
  const added = frame !== null && takePlace(t, frame, flowOf(t, frame));
  if (added && t.c.question?.kind === 'confirm') t.c.question.shown = shownNow(t, frame);
  say(t, added ? 'common.place.taken' : 'common.place', { label });
}

/** A kind of message that the bot can do nothing with. */
export function other(t: Stage): void {
  say(t, 'common.other-kind');
}
