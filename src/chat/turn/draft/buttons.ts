// A few choices as buttons of a card.
import type { Choice } from '../../conversation.ts';
import type { Card } from '../../reply.ts';
import type { Stage } from '../stage.ts';

/** Shown whole on a button (90236 suggests so many characters). */
const BUTTON_CHARS = 10;

/**
 * Long names do not fit on a button: they stand numbered above, and the buttons carry the numbers. `slip`: the first
 * choice was asked for by name, so that its button says yes; `all`: several may be meant.
 */
export function choiceButtons(
  t: Stage,
  choices: readonly Choice[],
  { slip = false, all = false }: { slip?: boolean; all?: boolean } = {},
): { buttons: Card['buttons']; body?: string } {
  const labels = choices.map((choice) =>
    /^\d{4}-\d{2}-\d{2}$/.test(choice.label)
      ? t.voice.day(choice.label)
      : (t.voice.term(choice.label) ?? choice.label),
  );
  const named = slip ? 1 : 0;
  const long = labels.slice(named).some((label) => [...label].length > BUTTON_CHARS);
  const numbered = labels.map((label, index) => `${index + 1}. ${label}`);
  const buttons: Card['buttons'] = labels.map((label, index) => ({
    key: `choice:${index}`,
    text: index < named ? t.voice.text('common.button.yes') : long ? `${index + 1}` : label,
    style: index === 0 ? 1 : 2,
  }));
  if (all) buttons.push({ key: 'all', text: t.voice.text('common.button.all'), style: 2 });
  if (slip) buttons.push({ key: 'none', text: t.voice.text('common.button.neither'), style: 2 });
  return { buttons, ...(long ? { body: numbered.slice(named).join('\n') } : {}) };
}
