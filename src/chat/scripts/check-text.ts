// One text against what a message can carry: its template, its variables, its lengths, and a card's parts.
import { type Liquid, LiquidError } from 'liquidjs';
import type { Told } from '../../yaml.ts';
import { commandFault } from './commands.ts';
import type { TextValue } from './shapes.ts';

/** Longest text that a message carries, in UTF-8 bytes; longer is cut by the platform (90236). */
const TEXT_BYTES = 2048;
/** Parts of a card: what shows well, in characters, with room for what is filled in (90236, suggested lengths). */
const CARD_TITLE = 60;
const CARD_BODY_BYTES = 1500;
const BUTTON = 10;

/** Tells of a fault; `sub`: the way from the text's key to the part of it. */
export type At = (told: Told, sub?: (string | number)[]) => void;

/** One text against its lengths and the variables it may name; `vars` undefined: a text that nothing uses, told elsewhere. */
export function checkText(
  value: TextValue,
  engine: Liquid,
  vars: ReadonlySet<string> | undefined,
  key: string,
  at: At,
): void {
  if (typeof value === 'string') {
    checkTemplate(value, engine, vars, at);
    if (literalBytes(value) > TEXT_BYTES)
      at({
        message: `is longer than the ${TEXT_BYTES} bytes that a message carries`,
        ...longerThan(Math.floor(TEXT_BYTES / 3)),
      });
  } else if (Array.isArray(value)) checkList(value, key, at);
  else checkCard(value, engine, vars, at);
}

function checkList(value: string[], key: string, at: At): void {
  if (key !== 'examples' && key !== 'commands')
    at({ message: 'is a list; only examples and commands may be one', code: 'list-not-here' });
  if (key !== 'commands') return;
  for (const [index, pattern] of value.entries()) {
    const fault = commandFault(pattern);
    if (fault) at({ message: fault }, [index]);
  }
}

/** So many characters; where the platform counts bytes, a Chinese one is three. */
const longerThan = (limit: number) => ({ code: 'too-long', data: { limit } });

type CardText = Exclude<TextValue, string | string[]>;

function checkCard(card: CardText, engine: Liquid, vars: ReadonlySet<string> | undefined, at: At): void {
  for (const part of ['title', 'desc', 'body'] as const)
    if (card[part] !== undefined) checkTemplate(card[part], engine, vars, (told) => at(told, [part]));
  if ([...literal(card.title)].length > CARD_TITLE)
    at({ message: `a card's title shows ${CARD_TITLE} characters at most`, ...longerThan(CARD_TITLE) }, [
      'title',
    ]);
  if (literalBytes(card.body ?? '') > CARD_BODY_BYTES)
    at(
      { message: `a card's body holds ${CARD_BODY_BYTES} bytes at most`, ...longerThan(CARD_BODY_BYTES / 3) },
      ['body'],
    );
  for (const [index, button] of (card.buttons ?? []).entries()) {
    checkTemplate(button.key, engine, vars, (told) => at(told, ['buttons', index, 'key']));
    checkTemplate(button.text, engine, vars, (told) => at(told, ['buttons', index, 'text']));
    if ([...literal(button.text)].length > BUTTON)
      at({ message: `a button shows ${BUTTON} characters at most`, ...longerThan(BUTTON) }, [
        'buttons',
        index,
        'text',
      ]);
  }
}

function checkTemplate(
  template: string,
  engine: Liquid,
  vars: ReadonlySet<string> | undefined,
  at: At,
): void {
  try {
    const parsed = engine.parse(template);
    for (const name of engine.globalVariablesSync(parsed))
      if (vars && !vars.has(name))
        at({
          message: `there is no variable "${name}" here; there are: ${[...vars].join(', ')}`,
          ...{ code: 'no-variable', data: { name, known: [...vars].join(', ') } },
        });
  } catch (err) {
    if (!(err instanceof LiquidError)) throw err;
    const message = err.originalError?.message ?? err.message;
    at({ message, code: 'template', data: { said: message } });
  }
}

/** What is left of a template without its tags: a lower bound of what will be sent. */
function literal(template: string): string {
  return template.replaceAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/gu, '');
}

function literalBytes(template: string): number {
  return Buffer.byteLength(literal(template), 'utf8');
}
