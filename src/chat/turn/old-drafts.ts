// Drafts that an update left behind: the flow that they were for is gone, or asks for something else now.
import type { Frame } from '../conversation.ts';
import type { Stage } from './stage.ts';

/** Drafts of a flow that is gone or changed meanwhile cannot be gone on with; what they were about, for the word that says so. */
export function dropOldFrames(t: Stage): string[] {
  const { frame } = t.c;
  const isOld = ({ flow, version }: Frame) => t.deps.scripts.flows.get(flow)?.version !== version;
  const old = [...t.c.aside, ...(frame ? [frame] : [])].filter(isOld);
  if (old.length === 0) return [];
  t.c.aside = t.c.aside.filter((one) => !isOld(one));
  if ((frame && isOld(frame)) || t.c.question?.kind === 'resume') t.c.question = null;
  if (frame && isOld(frame)) t.c.frame = null;
  return old.map((one) => oldTitle(t, one));
}

/** Its values may no longer be what the flow takes; a school is one as long as it has a name. */
function oldTitle(t: Stage, { flow, rows: [row] }: Frame): string {
  const { name } = (row?.school ?? {}) as { name?: unknown };
  const known = typeof name === 'string' ? { school: row?.school } : {};
  return t.voice.has(`${flow}.title`) ? t.voice.text(`${flow}.title`, known) : '';
}
