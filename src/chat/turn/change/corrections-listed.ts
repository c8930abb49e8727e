// "去掉第2项", "只要第1项", "灭火器那项不要": lines of a list that an act gave for its draft. One at least stays.
import type { Frame } from '../../conversation.ts';
import { likeness } from '../../slots/likeness.ts';
import { DROP, ordinalsIn, POINTED } from '../../slots/ordinals.ts';
import { type Corrected, remember } from '../draft/frames.ts';
import { flowOf, type Stage } from '../stage.ts';

const ONLY = /^(?:只(?:要|办|登记|谈|约谈|通报|发|留)?|仅|就)|\bonly\b/iu;

/** Takes lines off the list, or leaves only those that are named; null when the words name none of them, or nothing would be left. */
export function correctListed(t: Stage, frame: Frame, text: string): Corrected {
  const slot = Object.entries(flowOf(t, frame).slots).find(([, { type }]) => type === 'listed')?.[0];
  const row = frame.rows[0];
  const lines = slot === undefined ? undefined : (row?.[slot] as { text: string }[] | undefined); // as the act gave it
  if (slot === undefined || !row || !lines) return null;
  const said = text.trim();
  const only = ONLY.test(said);
  if (!only && !DROP.test(said)) return null;
  const { ordinals } = ordinalsIn(said, lines.length);
  const words = POINTED.exec(said.replace(ONLY, ''))?.[1] ?? '';
  const isMeant = (line: { text: string }, index: number) =>
    ordinals.length > 0 ? ordinals.includes(index + 1) : words !== '' && likeness(words, line.text) > 0;
  const meant = lines.filter(isMeant);
  const left = only ? meant : lines.filter((line) => !meant.includes(line));
  if (meant.length === 0 || left.length === 0) return null;
  remember(t, frame);
  row[slot] = left;
  return { doubt: null };
}
