// What the platform takes of a card without a word although it is not as the pages have it: each becomes a note (90236).
import { bytes, type Fields, isObject, type Json } from './fields.ts';

const URL_BYTES = 2048; // 90236 gives it for other addresses

/** Lengths the pages only advise, a client shows "…" where they are passed; and what is neither right nor refused. */
export function advise(card: Json, cardType: string, fields: Fields, notes: string[]): void {
  const title = fields.obj(card, 'main_title') ?? {};
  const source = fields.obj(card, 'source') ?? {};
  const lengths: [string, string, number][] = [
    ['main_title.title', fields.str(title, 'title'), cardType === 'vote_interaction' ? 16 : 36],
    ['main_title.desc', fields.str(title, 'desc'), /^(vote|multiple)/.test(cardType) ? 160 : 44],
    ['sub_title_text', fields.str(card, 'sub_title_text'), 160],
    ['source.desc', fields.str(source, 'desc'), 20],
    ...fields
      .objs(card, 'button_list')
      .map((button): [string, string, number] => ['button_list.text', fields.str(button, 'text'), 10]),
    ...fields.objs(card, 'horizontal_content_list').flatMap((row): [string, string, number][] => [
      ['horizontal_content_list.keyname', fields.str(row, 'keyname'), 5],
      ['horizontal_content_list.value', fields.str(row, 'value'), 30],
    ]),
  ];
  const single = [fields.obj(card, 'button_selection'), ...fields.objs(card, 'select_list')].filter(isObject);
  for (const question of single) {
    const chosen = fields.str(question, 'selected_id');
    const ids = fields.objs(question, 'option_list').map((option) => fields.str(option, 'id'));
    if (question.selected_id !== undefined && !ids.includes(chosen))
      notes.push('selected_id is none of the options');
  }
  const boxes = fields.objs(fields.obj(card, 'checkbox') ?? {}, 'option_list');
  if (boxes.some((box) => fields.bool(box, 'is_checked') === undefined))
    notes.push('is_checked is missing, and marked as required');
  if (source.icon_url !== undefined && !/^https?:\/\//i.test(fields.str(source, 'icon_url')))
    notes.push('source.icon_url is no address');
  const pictures = [
    fields.str(source, 'icon_url'),
    fields.str(fields.obj(card, 'card_image') ?? {}, 'url'),
    fields.str(fields.obj(card, 'image_text_area') ?? {}, 'image_url'),
  ];
  if (pictures.some((address) => bytes(address) > URL_BYTES))
    notes.push(`the address of a picture is longer than ${URL_BYTES} bytes`);
  if (/^(vote|multiple)/.test(cardType) && source.desc_color !== undefined)
    notes.push(`source.desc_color is not listed for ${cardType}`);
  for (const [name, text, max] of lengths) {
    if ([...text].length > max) notes.push(`${name} is longer than the ${max} characters that are advised`);
  }
}
