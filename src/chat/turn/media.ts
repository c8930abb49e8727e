// Photos, files, voice and places: bound to the words they belong to, before or after; nothing is ever demanded (DOMAIN, fact 6).
import { OVER_KEPT, PHOTO_WAITS_MS } from '../conversation.ts';
import { SCHOOL_OWES } from '../facts.ts';
import { openFrame, proceed } from './frames.ts';
import { flowOf, iso, type Stage, say } from './stage.ts';

/** Photos sent in one go come as messages of their own; only the first is answered. */
const GATHER_MS = 60_000;

export function photo(t: Stage, attachmentId: string): void {
  const now = t.facts.now.getTime();
  const gathering = t.c.photoToldAt !== null && now - Date.parse(t.c.photoToldAt) < GATHER_MS;
  t.c.photoToldAt = iso(t);

  const frame = t.c.frame;
  const slot = frame && Object.entries(flowOf(t, frame).slots).find(([, spec]) => spec.type === 'photos');
  if (frame && slot) {
    const [name, spec] = slot;
    const row = frame.rows[0] ?? {};
    const had = (row[name] as string[] | undefined) ?? [];
    if (had.length >= (spec.max ?? 9)) return say(t, 'common.photo.enough', { max: spec.max ?? 9 });
    row[name] = [...had, attachmentId];
    if (!gathering) say(t, 'common.photo.taken', { count: had.length + 1 });
    return;
  }
  if (followsSubmission(t, now)) {
    const ids = ((t.c.last?.row.finding ?? []) as { id: string }[]).map((finding) => finding.id);
    t.parts.push({
      kind: 'act',
      action: 'rectification.attach',
      flow: 'submit-rectification',
      words: gathering ? null : 'common.photo.attached',
      input: { finding: ids, photos: [attachmentId] },
      row: {},
    });
    return;
  }
  t.c.photos = [
    ...t.c.photos.filter((one) => now - Date.parse(one.at) < PHOTO_WAITS_MS),
    { id: attachmentId, at: iso(t) },
  ].slice(-OVER_KEPT);
  if (gathering || frame) {
    if (!gathering) say(t, 'common.photo.kept');
    return;
  }
  const owed = t.facts.findings.filter((one) => one.mineToFix && SCHOOL_OWES.has(one.state));
  const flow = t.deps.scripts.flowFor('rect.evidence', t.facts.person.roles);
  if (owed.length === 0 || !flow) return say(t, 'common.photo.kept');
  t.c.frame = openFrame(t, flow, [{}]);
  proceed(t, null);
}

/** A photo within ten minutes of handing in belongs to what was handed in. */
function followsSubmission(t: Stage, now: number): boolean {
  const last = t.c.last;
  return last?.flow === 'submit-rectification' && now - Date.parse(last.at) < 10 * 60_000;
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
