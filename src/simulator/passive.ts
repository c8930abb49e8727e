// Reads a bot's passive reply (90241): the sealed answer is opened with every check, then read for what the person will see.
import { decodeAesKey, decrypt, sameSignature, signature } from '../wecom/crypto.ts';
import { CallbackError } from '../wecom/errors.ts';
import { childrenOf, parseXml, textOf, wordOf, type XmlElement } from '../wecom/xml.ts';
import type { Article, CardBody } from './api.ts';
import { checkCard } from './card-check.ts';
import type { Content } from './chats.ts';
import { cutBytes, isRefused, type Json } from './fields.ts';

const TEXT_BYTES = 2048;

export interface Keys {
  corpId: string;
  token: string;
  encodingAesKey: string;
}
/** What the reply does; `note` says what the platform keeps silent about. */
export type Passive =
  | { kind: 'message'; content: Content; note: string }
  | { kind: 'update-button'; replaceName: string; note: string }
  | { kind: 'update-card'; body: CardBody; note: string }
  | { kind: 'ignored'; note: string };

/** Opens the outer XML. The inner XML, or why it is refused. */
export function openReply(body: string, keys: Keys): { plain: string } | { fault: string } {
  try {
    const outer = parseXml(body);
    const [encrypted, sign, at, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map((name) =>
      wordOf(outer, name),
    );
    if (!encrypted || !sign || !at || !nonce)
      return { fault: 'the reply lacks Encrypt, MsgSignature, TimeStamp or Nonce' };
    if (!sameSignature(sign, signature(keys.token, at, nonce, encrypted)))
      return { fault: 'the signature of the reply is wrong' };
    const plain = decrypt({
      key: decodeAesKey(keys.encodingAesKey),
      receiveId: keys.corpId,
      encrypted,
    });
    return { plain };
  } catch (err) {
    return { fault: `the reply cannot be opened: ${err instanceof CallbackError ? err.reason : 'damaged'}` };
  }
}

/** What a passive reply shows to its receiver; what the platform would pass over is `ignored`, with why. */
export function readReply(plain: string, corpId: string, userId: string): Passive {
  let xml: XmlElement;
  try {
    xml = parseXml(plain);
  } catch {
    return ignored('the inner XML of the reply is damaged');
  }
  if (
    wordOf(xml, 'ToUserName').toLowerCase() !== userId.toLowerCase() ||
    wordOf(xml, 'FromUserName') !== corpId
  )
    return ignored('ToUserName must be the user and FromUserName the corp id');
  if (!/^\d+$/.test(wordOf(xml, 'CreateTime'))) return ignored('CreateTime must be whole seconds');

  const msgType = wordOf(xml, 'MsgType');
  if (msgType === 'text') return text(textOf(xml, 'Content'));
  if (msgType === 'image' || msgType === 'voice' || msgType === 'video') return media(xml, msgType);
  if (msgType === 'news') return news(xml);
  if (msgType === 'update_button') {
    const replaceName = textOf(childrenOf(xml, 'Button')[0], 'ReplaceName');
    return replaceName === '' ? ignored('no ReplaceName') : { kind: 'update-button', replaceName, note: '' };
  }
  if (msgType === 'update_template_card') {
    const card = childrenOf(xml, 'TemplateCard')[0];
    const checked = checkCard(card ? cardOf(card) : undefined, { update: true });
    if (isRefused(checked)) return ignored(`the card is refused: ${checked.errcode} ${checked.errmsg}`);
    return { kind: 'update-card', body: checked.body, note: checked.notes.join('; ') };
  }
  return ignored(`no passive reply of type "${msgType}"`);
}

const ignored = (note: string): Passive => ({ kind: 'ignored', note: `reply ignored: ${note}` });

function text(said: string): Passive {
  if (said === '') return ignored('empty Content');
  const kept = cutBytes(said, TEXT_BYTES);
  const note = kept === said ? '' : `text cut at ${TEXT_BYTES} bytes`;
  return { kind: 'message', content: { msgType: 'text', text: kept }, note };
}

function media(xml: XmlElement, msgType: 'image' | 'voice' | 'video'): Passive {
  const holder = childrenOf(xml, msgType.charAt(0).toUpperCase() + msgType.slice(1))[0];
  const mediaId = wordOf(holder, 'MediaId');
  if (mediaId === '') return ignored('no MediaId');
  const words = [cutBytes(textOf(holder, 'Title'), 128), cutBytes(textOf(holder, 'Description'), 512)];
  const text = words.filter(Boolean).join('\n');
  return { kind: 'message', content: { msgType, mediaId, ...(text ? { text } : {}) }, note: '' };
}

function news(xml: XmlElement): Passive {
  const items = childrenOf(childrenOf(xml, 'Articles')[0], 'item');
  if (items.length === 0 || items.length > 8) return ignored('1 to 8 articles');
  const articles = items.map(
    (item): Article => ({
      title: cutBytes(textOf(item, 'Title'), 128),
      description: cutBytes(textOf(item, 'Description'), 512),
      url: textOf(item, 'Url'),
      picUrl: textOf(item, 'PicUrl'),
    }),
  );
  const counted = Number(wordOf(xml, 'ArticleCount')) === items.length;
  const note = counted ? '' : 'ArticleCount does not fit';
  return { kind: 'message', content: { msgType: 'news', articles }, note };
}

const LISTS = new Set([
  'HorizontalContentList',
  'VerticalContentList',
  'JumpList',
  'ButtonList',
  'SelectList',
  'ActionList',
  'OptionList',
]);
const NAMES: Readonly<Record<string, string>> = {
  KeyName: 'keyname',
  UserId: 'userid',
  AppId: 'appid',
  Appid: 'appid',
  PagePath: 'pagepath',
  CheckBox: 'checkbox',
};
const NUMBERS = new Set(['Type', 'Style', 'DescColor', 'Mode', 'AspectRatio']);
const BOOLEANS = new Set(['IsChecked', 'Disable']);

/** CamelCase XML, lists as repeated elements without a wrapper, to the JSON of the sending API. */
function cardOf(element: XmlElement): Json {
  const card: Json = {};
  for (const child of element.children) {
    const key = NAMES[child.name] ?? child.name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
    const value = scalarOrCard(child);
    if (LISTS.has(child.name)) card[key] = [...childrenOf(element, child.name).map(scalarOrCard)];
    else card[key] = value;
  }
  return card;
}

function scalarOrCard(element: XmlElement): unknown {
  if (element.children.length > 0) return cardOf(element);
  if (NUMBERS.has(element.name)) return Number(element.text);
  if (BOOLEANS.has(element.name)) return ['true', '1'].includes(element.text.trim());
  return element.text;
}
