// The words of a question for one slot: what was wrong with the last answer, the second wording when two did not fit, then a person.
import type { Frame } from '../../conversation.ts';
import { dangersIn } from '../danger/dangers.ts';
import { rowView } from '../draft/drafts.ts';
import type { Doubt } from '../draft/frames.ts';
import { flowOf, type Stage } from '../stage.ts';

/** The question as it is put for the `wrong`th answer that did not fit (VOICE, rule 10); a danger that was told with it is named first. */
export function questionOf(t: Stage, frame: Frame, doubt: Doubt, wrong: number): string {
  const flow = flowOf(t, frame);
  const labels = doubt.choices.map((choice) => choice.label);
  const vars = {
    ...rowView(t, frame, frame.rows[doubt.row] ?? {}),
    choices: labels,
    several: frame.rows.length > 1,
  };
  const own = `${flow.flow}.${doubt.slot}`;
  const about = doubt.about ? `common.${doubt.about}` : undefined;
  const plain =
    about ??
    (wrong >= 2 && doubt.choices.length === 0 && t.voice.has(`${own}.retry`) ? `${own}.retry` : `${own}.ask`);
  // Two answers that did not fit change the question, also where it has no second wording of its own.
  const unlike = wrong === 2 && doubt.wrong?.text === 'not-fitting' && !plain.endsWith('.retry');
  const said = unlike ? 'not-fitting-again' : doubt.wrong?.text;
  const lead = said ? `${t.voice.text(`common.${said}`, doubt.wrong?.vars)}\n` : '';
  const alarm =
    t.opened.has(frame.id) && dangersIn(t, frame).length > 0 ? `${t.voice.text('common.danger-now')}\n` : '';
  return (
    alarm +
    lead +
    t.voice.text([plain, `${own}.ask`].find((key) => t.voice.has(key)) ?? 'common.which-else', vars) +
    (wrong >= 3 ? `\n${t.voice.text('common.stuck')}` : '')
  );
}
