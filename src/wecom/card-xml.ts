// Writes a card as the passive reply wants it (90241): CamelCase, repeated elements without a wrapper, and the page's
// own uneven names. Only what the page lists is written.
import type { TemplateCardUpdate } from './cards.ts';
import { element } from './xml.ts';

/** A field of the JSON card → its element; a nested shape for what has parts. */
interface Shape {
  readonly [field: string]: string | readonly [name: string, parts: Shape];
}

const OPTIONS: Shape = { id: 'Id', text: 'Text', is_checked: 'IsChecked' };
const QUESTION: Shape = {
  question_key: 'QuestionKey',
  title: 'Title',
  selected_id: 'SelectedId',
  disable: 'Disable',
  option_list: ['OptionList', OPTIONS],
};

const CARD: Shape = {
  card_type: 'CardType',
  source: ['Source', { icon_url: 'IconUrl', desc: 'Desc', desc_color: 'DescColor' }],
  action_menu: ['ActionMenu', { desc: 'Desc', action_list: ['ActionList', { text: 'Text', key: 'Key' }] }],
  main_title: ['MainTitle', { title: 'Title', desc: 'Desc' }],
  quote_area: [
    'QuoteArea',
    // "Appid" here and in ImageTextArea, "AppId" everywhere else: the page's spelling.
    {
      type: 'Type',
      url: 'Url',
      appid: 'Appid',
      pagepath: 'PagePath',
      title: 'Title',
      quote_text: 'QuoteText',
    },
  ],
  emphasis_content: ['EmphasisContent', { title: 'Title', desc: 'Desc' }],
  sub_title_text: 'SubTitleText',
  card_image: ['CardImage', { url: 'Url', aspect_ratio: 'AspectRatio' }],
  image_text_area: [
    'ImageTextArea',
    {
      type: 'Type',
      url: 'Url',
      appid: 'Appid',
      pagepath: 'PagePath',
      title: 'Title',
      desc: 'Desc',
      image_url: 'ImageUrl',
    },
  ],
  vertical_content_list: ['VerticalContentList', { title: 'Title', desc: 'Desc' }],
  horizontal_content_list: [
    'HorizontalContentList',
    {
      keyname: 'KeyName',
      value: 'Value',
      type: 'Type',
      url: 'Url',
      media_id: 'MediaId',
      userid: 'UserId',
    },
  ],
  jump_list: ['JumpList', { title: 'Title', type: 'Type', url: 'Url', appid: 'AppId', pagepath: 'PagePath' }],
  card_action: ['CardAction', { type: 'Type', url: 'Url', appid: 'AppId', pagepath: 'PagePath' }],
  button_selection: ['ButtonSelection', QUESTION],
  button_list: ['ButtonList', { text: 'Text', style: 'Style', key: 'Key' }],
  checkbox: [
    'CheckBox',
    { question_key: 'QuestionKey', option_list: ['OptionList', OPTIONS], disable: 'Disable', mode: 'Mode' },
  ],
  select_list: ['SelectList', QUESTION],
  submit_button: ['SubmitButton', { text: 'Text', key: 'Key' }],
  replace_text: 'ReplaceText',
};

/** The `TemplateCard` element. */
export function cardXml(card: TemplateCardUpdate): string {
  return element('TemplateCard', partsOf(card, CARD));
}

function partsOf(value: object, shape: Shape): string[] {
  return Object.entries(shape).flatMap(([field, target]) => {
    const found: unknown = Reflect.get(value, field);
    const entries = Array.isArray(found) ? found : [found];
    return entries.flatMap((entry) => one(entry, target));
  });
}

function one(entry: unknown, target: Shape[string]): string[] {
  if (typeof target === 'string') return leaf(target, entry);
  const [name, parts] = target;
  return typeof entry === 'object' && entry !== null ? [element(name, partsOf(entry, parts))] : [];
}

function leaf(name: string, value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [element(name, value)];
  return typeof value === 'boolean' ? [`<${name}>${value}</${name}>`] : [];
}
