// Reads a card's fields by the types that the pages give them (90236): what has another type counts as not there, with the
// platform's warning; what has no place on the card or no meaning is noted, because the platform says nothing of it.
import { type Fields, isObject, type Json } from './fields.ts';

/** A field that is a word, a number, true or false, or one of a few numbers. */
type Leaf = 'text' | 'number' | 'yes-no' | readonly number[];
interface Shape {
  readonly [field: string]: Leaf | Shape | { readonly many: Shape };
}

const TARGET: Shape = { type: [0, 1, 2], url: 'text', appid: 'text', pagepath: 'text' };
const OPTION: Shape = { id: 'text', text: 'text', is_checked: 'yes-no' };
const QUESTION: Shape = {
  question_key: 'text',
  title: 'text',
  selected_id: 'text',
  disable: 'yes-no',
  option_list: { many: OPTION },
};
const CARD: Shape = {
  card_type: 'text',
  source: { icon_url: 'text', desc: 'text', desc_color: [0, 1, 2, 3] },
  action_menu: { desc: 'text', action_list: { many: { text: 'text', key: 'text' } } },
  main_title: { title: 'text', desc: 'text' },
  quote_area: { ...TARGET, title: 'text', quote_text: 'text' },
  emphasis_content: { title: 'text', desc: 'text' },
  sub_title_text: 'text',
  card_image: { url: 'text', aspect_ratio: 'number' },
  image_text_area: { ...TARGET, title: 'text', desc: 'text', image_url: 'text' },
  vertical_content_list: { many: { title: 'text', desc: 'text' } },
  horizontal_content_list: {
    many: {
      keyname: 'text',
      value: 'text',
      type: [0, 1, 2, 3],
      url: 'text',
      media_id: 'text',
      userid: 'text',
    },
  },
  // A jump of type 3 asks the smart robot its `question` (101031).
  jump_list: { many: { ...TARGET, type: [0, 1, 2, 3], title: 'text', question: 'text' } },
  card_action: { ...TARGET, title: 'text' },
  task_id: 'text',
  button_selection: QUESTION,
  button_list: { many: { type: [0, 1], text: 'text', style: [1, 2, 3, 4], key: 'text', url: 'text' } },
  checkbox: {
    question_key: 'text',
    mode: [0, 1],
    disable: 'yes-no',
    option_list: { many: OPTION },
  },
  select_list: { many: QUESTION },
  submit_button: { text: 'text', key: 'text' },
  replace_text: 'text',
  feedback: { id: 'text' },
};

/** The card with nothing on it but fields of the right type. `notes` gets a line for each oddity. */
export function shaped(card: Json, fields: Fields, notes: string[]): Json {
  return objectOf(card, CARD, '', fields, notes);
}

function objectOf(from: Json, shape: Shape, at: string, fields: Fields, notes: string[]): Json {
  const read: Json = {};
  for (const key of Object.keys(from)) {
    const kind = shape[key];
    const path = at === '' ? key : `${at}.${key}`;
    const value = kind === undefined ? undefined : fieldOf(from, key, kind, path, fields, notes);
    if (kind === undefined) notes.push(`"${path}" is not a field of a card`);
    else if (value !== undefined) read[key] = value;
  }
  return read;
}

function fieldOf(
  from: Json,
  key: string,
  kind: Shape[string],
  path: string,
  fields: Fields,
  notes: string[],
): unknown {
  if (kind === 'text') {
    const words = fields.str(from, key); // '' with a warning for another type
    return typeof from[key] === 'string' ? words : undefined;
  }
  if (kind === 'yes-no') return fields.bool(from, key);
  if (kind === 'number') return fields.number(from, key);
  if (isNumbers(kind)) {
    const value = fields.int(from, key);
    if (value !== undefined && !kind.includes(value))
      notes.push(`${path} is ${value}, and none of ${kind.join(', ')}`);
    return value;
  }
  if ('many' in kind && isObject(kind.many)) {
    const each = kind.many as Shape; // the only kind of field that is named `many`
    return from[key] === undefined || from[key] === null
      ? undefined
      : fields.objs(from, key).map((one) => objectOf(one, each, `${path}[]`, fields, notes));
  }
  const inner = fields.obj(from, key);
  return inner && objectOf(inner, kind as Shape, path, fields, notes); // all other kinds were looked at above
}

const isNumbers = (kind: Shape[string]): kind is readonly number[] => Array.isArray(kind);
