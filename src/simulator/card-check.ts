// Checks a template card as the platform does (90236, error table 90313). Byte limits and list lengths are enforced,
// the lengths in characters are only suggested: those become notes. Written apart from the bot's own checks on purpose.
import type { CardBody } from './api.ts';
import { advise } from './card-advice.ts';
import { shaped } from './card-shape.ts';
import {
  bytes,
  createFields,
  type Fields,
  isObject,
  isRefused,
  type Json,
  type Refused,
  refuse,
} from './fields.ts';

export interface CheckedCard {
  body: CardBody;
  notes: string[];
  warned: boolean;
}
type CardType = CardBody['card_type'];

const KEY_BYTES = 1024;
const OPTION_ID_BYTES = 128;
const TASK_ID = /^[0-9A-Za-z_\-@]{1,128}$/;
const SHARED = ['card_type', 'source', 'main_title', 'task_id'];
const NOTICE = ['action_menu', 'quote_area', 'horizontal_content_list', 'jump_list', 'card_action'];
const FIELDS: Readonly<Record<CardType, readonly string[]>> = {
  text_notice: [...NOTICE, 'emphasis_content', 'sub_title_text'],
  news_notice: [...NOTICE, 'card_image', 'image_text_area', 'vertical_content_list'],
  button_interaction: [
    'action_menu',
    'quote_area',
    'sub_title_text',
    'horizontal_content_list',
    'card_action',
    'button_selection',
    'button_list',
  ],
  vote_interaction: ['checkbox', 'submit_button'],
  multiple_interaction: ['select_list', 'submit_button'],
};

const isCardType = (word: string): word is CardType => Object.hasOwn(FIELDS, word);
/** Cards whose buttons, votes or menus call the bot back. */
export const callsBack = (card: CardBody) =>
  card.card_type.endsWith('_interaction') || card.action_menu !== undefined;

/** `update`: a card that replaces another (its task id may be left out); `robot`: for a group's webhook; `aibot`: a smart robot's. */
export function checkCard(
  given: unknown,
  {
    update = false,
    robot = false,
    aibot = false,
  }: { update?: boolean; robot?: boolean; aibot?: boolean } = {},
): CheckedCard | Refused {
  if (!isObject(given)) return refuse(40063, 'template_card missing');
  const fields = createFields();
  const cardType = fields.str(given, 'card_type');
  if (!isCardType(cardType) || (robot && cardType.endsWith('_interaction')))
    return refuse(42031, 'Template_Card.CardType invalid');

  const notes: string[] = [];
  const known = new Set([
    ...SHARED,
    ...FIELDS[cardType],
    ...(update ? ['replace_text'] : []),
    ...(aibot ? ['feedback'] : []),
  ]);
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => known.has(key)));
  for (const key of Object.keys(given))
    if (!known.has(key)) notes.push(`"${key}" is not a field of ${cardType}`);
  const card = shaped(own, fields, notes);

  if (!aibot && fields.objs(card, 'jump_list').some((jump) => fields.int(jump, 'type') === 3))
    notes.push('jump_list[].type 3 is for smart robots');
  const fault =
    titles(card, cardType, fields) ??
    actions(card, cardType, fields) ??
    pictures(card, cardType, robot, fields) ??
    rows(card, fields) ??
    menu(card, fields) ??
    buttons(card, cardType, fields) ??
    choices(card, cardType, fields) ??
    (aibot ? questions(card, fields) : null) ??
    task(card, cardType, update, fields);
  if (fault !== null) return fault;
  advise(card, cardType, fields, notes);
  // Every field that the client draws has been looked at above; the rest passes as it came.
  return { body: card as unknown as CardBody, notes, warned: fields.warned() };
}

type Check = Refused | null;
const first = <T>(items: T[], check: (item: T) => Check): Check => {
  for (const item of items) {
    const fault = check(item);
    if (isRefused(fault)) return fault;
  }
  return null;
};

function titles(card: Json, cardType: CardType, fields: Fields): Check {
  const title = fields.str(fields.obj(card, 'main_title') ?? {}, 'title');
  const stands = cardType === 'text_notice' ? title || fields.str(card, 'sub_title_text') : title;
  return stands ? null : refuse(41016, 'missing title'); // 90313 has no code of its own for main_title
}

/** A place to jump to: type 1 needs a URL, type 2 a mini program. */
function target(from: Json, fields: Fields): Check {
  const type = fields.int(from, 'type') ?? 0;
  const url = fields.str(from, 'url');
  if (type === 1 && !/^https?:\/\//i.test(url)) return refuse(42028, 'Template_Card missing url');
  if (bytes(url) > 2048) return refuse(42028, 'Template_Card url too long');
  if (type === 2 && !fields.str(from, 'appid')) return refuse(42030, 'Template_Card missing appid');
  return null;
}

function actions(card: Json, cardType: CardType, fields: Fields): Check {
  const action = fields.obj(card, 'card_action');
  const type = fields.int(action ?? {}, 'type');
  if (cardType.endsWith('_notice') && type !== 1 && type !== 2)
    return refuse(42045, 'Template_Card.card_action missing or invalid');
  const jumps = fields.objs(card, 'jump_list');
  if (jumps.length > 3) return refuse(42042, 'Template_Card.jump_list size invalid');
  const quote = fields.obj(card, 'quote_area');
  return (
    first(jumps, (jump) =>
      fields.str(jump, 'title') ? target(jump, fields) : refuse(42033, 'missing title'),
    ) ?? first([action, quote].filter(isObject), (part) => target(part, fields))
  );
}

/** What a jump of type 3 asks the smart robot, and under which id its answer is judged (101031). */
function questions(card: Json, fields: Fields): Check {
  const id = fields.str(fields.obj(card, 'feedback') ?? {}, 'id');
  if (bytes(id) > 256) return refuse(40058, 'feedback.id too long');
  return first(fields.objs(card, 'jump_list'), (jump) => {
    if (fields.int(jump, 'type') !== 3) return null;
    const question = fields.str(jump, 'question');
    return question !== '' && bytes(question) <= 200 ? null : refuse(40058, 'question missing or too long');
  });
}

function pictures(card: Json, cardType: CardType, robot: boolean, fields: Fields): Check {
  if (cardType !== 'news_notice') return null;
  const image = fields.obj(card, 'card_image');
  const area = fields.obj(card, 'image_text_area');
  const missing = refuse(42044, 'Template_Card.card_image.url missing or invalid');
  // An app's card may have either; of a robot's the page requires the first (99110).
  if (image === undefined && (area === undefined || robot)) return missing;
  if (image && !/^https?:\/\//i.test(fields.str(image, 'url'))) return missing;
  if (area && !/^https?:\/\//i.test(fields.str(area, 'image_url'))) return missing;
  const ratio = image?.aspect_ratio;
  if (typeof ratio === 'number' && !(ratio > 1.3 - 1e-9 && ratio < 2.25))
    return refuse(40058, 'aspect_ratio must lie between 1.3 and 2.25');
  return area ? target(area, fields) : null;
}

function rows(card: Json, fields: Fields): Check {
  const across = fields.objs(card, 'horizontal_content_list');
  const down = fields.objs(card, 'vertical_content_list');
  if (across.length > 6) return refuse(42035, 'Template_Card.horizontal_content_list size invalid');
  if (down.length > 4) return refuse(42036, 'Template_Card.vertical_content_list size invalid');
  return (
    first(across, (row) => {
      const type = fields.int(row, 'type') ?? 0;
      if (!fields.str(row, 'keyname')) return refuse(42027, 'horizontal_content_list.keyname missing');
      if (type === 2 && !fields.str(row, 'media_id')) return refuse(42029, 'missing media_id');
      if (type === 3 && !fields.str(row, 'userid')) return refuse(42050, 'missing userid');
      return type === 1 ? target(row, fields) : null;
    }) ?? first(down, (row) => (fields.str(row, 'title') ? null : refuse(42033, 'missing title')))
  );
}

function menu(card: Json, fields: Fields): Check {
  const actionMenu = fields.obj(card, 'action_menu');
  if (actionMenu === undefined) return null;
  const entries = fields.objs(actionMenu, 'action_list');
  if (entries.length < 1 || entries.length > 3) return refuse(42039, 'action_menu.action_list size invalid');
  const keys = entries.map((entry) => fields.str(entry, 'key'));
  if (new Set(keys).size < keys.length) return refuse(42051, 'action_menu.action_list.key conflict');
  return first(entries, (entry) => {
    if (!fields.str(entry, 'text')) return refuse(42038, 'action_list.text missing');
    return fitsKey(fields.str(entry, 'key')) ? null : refuse(42039, 'action_list.key missing or too long');
  });
}

const fitsKey = (key: string) => key !== '' && bytes(key) <= KEY_BYTES;

function buttons(card: Json, cardType: CardType, fields: Fields): Check {
  if (cardType !== 'button_interaction') return null;
  const list = fields.objs(card, 'button_list');
  if (list.length < 1 || list.length > 6) return refuse(42038, 'Template_Card.button_list size invalid');
  const keys = list.map((button) => fields.str(button, 'key')).filter((key) => key !== '');
  if (new Set(keys).size < keys.length) return refuse(42018, 'button key conflict');
  return first(list, (button) => {
    if (!fields.str(button, 'text')) return refuse(42038, 'Template_Card.button_list.text missing');
    if ((fields.int(button, 'type') ?? 0) === 1) return target({ ...button, type: 1 }, fields);
    return fitsKey(fields.str(button, 'key')) ? null : refuse(42039, 'button_list.key missing or too long');
  });
}

function options(from: Json, max: number, fields: Fields): Check {
  if (!fitsKey(fields.str(from, 'question_key'))) return refuse(42043, 'question_key missing or too long');
  const list = fields.objs(from, 'option_list');
  if (list.length < 1 || list.length > max) return refuse(42037, 'option_list size invalid');
  const ids = new Set(list.map((option) => fields.str(option, 'id')));
  if (ids.size < list.length) return refuse(42040, 'option_list.id not unique');
  return first(list, (option) => {
    const id = fields.str(option, 'id');
    if (id === '' || bytes(id) > OPTION_ID_BYTES) return refuse(42040, 'option_list.id missing or too long');
    return fields.str(option, 'text') ? null : refuse(42041, 'option_list.text missing');
  });
}

function choices(card: Json, cardType: CardType, fields: Fields): Check {
  const selection = fields.obj(card, 'button_selection');
  if (cardType === 'button_interaction') return selection ? options(selection, 10, fields) : null;
  if (cardType.endsWith('_notice')) return null;

  const submit = fields.obj(card, 'submit_button') ?? {};
  if (!fields.str(submit, 'text')) return refuse(42049, 'submit_button.text missing');
  if (!fitsKey(fields.str(submit, 'key'))) return refuse(42046, 'submit_button.key missing or too long');
  if (cardType === 'vote_interaction') {
    const checkbox = fields.obj(card, 'checkbox');
    return checkbox ? options(checkbox, 20, fields) : refuse(42043, 'checkbox missing');
  }
  const lists = fields.objs(card, 'select_list');
  if (lists.length < 1 || lists.length > 3) return refuse(42047, 'Template_Card.select_list size invalid');
  const keys = new Set(lists.map((list) => fields.str(list, 'question_key')));
  if (keys.size < lists.length) return refuse(42043, 'question_key not unique');
  return first(lists, (list) => options(list, 10, fields));
}

function task(card: Json, cardType: CardType, update: boolean, fields: Fields): Check {
  const id = fields.str(card, 'task_id');
  const needed = cardType.endsWith('_interaction') || card.action_menu !== undefined;
  if (id === '') return needed && !update ? refuse(42014, 'task_id missing') : null;
  return TASK_ID.test(id) ? null : refuse(42014, 'task_id invalid');
}
