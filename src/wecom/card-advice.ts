// Lengths that the platform only suggests for cards (90236): longer text is sent and shown cut off, so a caller may
// want to hear of it, and nothing is refused for it.
import type { TemplateCard, TemplateCardUpdate } from './cards.ts';
import { charsOf } from './checks.ts';

/** Characters (字), by the place in the card; `[]` stands for every entry of a list. */
const CARD_ADVICE = {
  'source.desc': 20,
  'main_title.title': 36,
  'main_title.desc': 44,
  'emphasis_content.title': 14,
  'emphasis_content.desc': 22,
  sub_title_text: 160,
  'horizontal_content_list[].keyname': 5,
  'horizontal_content_list[].value': 30,
  'jump_list[].title': 18,
  'vertical_content_list[].title': 38,
  'vertical_content_list[].desc': 160,
  'button_selection.option_list[].text': 16,
  'button_list[].text': 10,
  'checkbox.option_list[].text': 17,
  'select_list[].option_list[].text': 16,
  'submit_button.text': 10,
} as const;

/** Cards with questions have a shorter title and a longer line below it. */
const VOTE_ADVICE = { ...CARD_ADVICE, 'main_title.title': 16, 'main_title.desc': 160 };
const MULTIPLE_ADVICE = { ...CARD_ADVICE, 'main_title.desc': 160 };

export interface CardHint {
  /** For instance `button_list[1].text`. */
  path: string;
  chars: number;
  suggested: number;
}

/** The places where a card is longer than suggested. Nothing here is a reason not to send. */
export function cardAdvice(card: TemplateCard | TemplateCardUpdate): CardHint[] {
  const hints: CardHint[] = [];
  for (const [pattern, suggested] of Object.entries(adviceFor(card.card_type))) {
    for (const [path, text] of placesOf(card, pattern.split('.'), '')) {
      const chars = charsOf(text);
      if (chars > suggested) hints.push({ path, chars, suggested });
    }
  }
  return hints;
}

function adviceFor(type: TemplateCard['card_type']): Readonly<Record<string, number>> {
  if (type === 'vote_interaction') return VOTE_ADVICE;
  return type === 'multiple_interaction' ? MULTIPLE_ADVICE : CARD_ADVICE;
}

function placesOf(value: unknown, steps: readonly string[], path: string): [string, string][] {
  const [step, ...rest] = steps;
  if (step === undefined) return typeof value === 'string' ? [[path, value]] : [];
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  const next: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const here = path === '' ? name : `${path}.${name}`;
  if (!isList) return placesOf(next, rest, here);
  return Array.isArray(next) ? next.flatMap((entry, i) => placesOf(entry, rest, `${here}[${i}]`)) : [];
}
