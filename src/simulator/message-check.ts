// Checks what an app or a robot wants to say, type by type (90236, 90248, 99110), and makes of it what a person sees.
import type { Article, CardBody } from './api.ts';
import { checkCard } from './card-check.ts';
import type { Content } from './chats.ts';
import { bytes, cutBytes, type Fields, isRefused, type Json, type Refused, refuse } from './fields.ts';
import type { MediaStore } from './media.ts';

/** Where it is said: limits and types differ. */
export type Channel = 'app' | 'group' | 'robot';
export interface CheckedMessage {
  content: Content;
  card?: CardBody;
  notes: string[];
}

const TEXT_BYTES = 2048; // 90236
const TITLE = 128;
const DESCRIPTION = 512;
const URL_BYTES = 2048;
const PAGE_PATH = 128;
const AUTHOR = 64;
const MARKDOWN_BYTES: Readonly<Record<Channel, number>> = { app: 2048, group: 2048, robot: 4096 };
const TYPES: Readonly<Record<Channel, readonly string[]>> = {
  app: [
    'text',
    'image',
    'voice',
    'video',
    'file',
    'textcard',
    'news',
    'mpnews',
    'markdown',
    'miniprogram_notice',
    'template_card',
  ],
  group: ['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'mpnews', 'markdown'],
  robot: ['text', 'markdown', 'markdown_v2', 'image', 'news', 'file', 'voice', 'template_card'],
};

interface Context {
  channel: Channel;
  fields: Fields;
  media: MediaStore;
  robot?: string;
}

/** A message as the platform would take it, cut where it cuts; or its refusal. */
export function checkMessage(json: Json, context: Context): CheckedMessage | Refused {
  const { channel, fields } = context;
  const msgType = fields.str(json, 'msgtype');
  if (!TYPES[channel].includes(msgType)) return refuse(40008, 'invalid message type');
  const said = fields.obj(json, msgType) ?? {};
  const notes: string[] = [];
  const safe = fields.int(json, 'safe') ?? 0;
  if (safe !== 0 && msgType === 'news') return refuse(40074, 'news msg does not support safe mode');
  if (safe !== 0 && /voice|textcard|markdown|card/.test(msgType))
    notes.push(`safe does nothing for ${msgType}`);
  if (![0, 1, 2].includes(safe)) notes.push(`safe is ${safe}, and none of 0, 1, 2`);
  if (safe === 2 && msgType !== 'mpnews') notes.push('safe 2 is for mpnews only');

  if (msgType === 'text') return text(said, context, notes);
  if (msgType.startsWith('markdown')) return markdown(said, msgType, context, notes);
  if (msgType === 'textcard') return textcard(said, context, notes);
  if (msgType === 'news') return news(said, 'news', context, notes);
  if (msgType === 'mpnews') return news(said, 'mpnews', context, notes);
  if (msgType === 'template_card') return card(json, context, notes);
  if (msgType === 'miniprogram_notice') return miniprogram(json, said, context, notes);
  return media(said, msgType, context, notes);
}

function text(said: Json, { channel, fields }: Context, notes: string[]): CheckedMessage | Refused {
  const content = fields.str(said, 'content');
  if (content === '') return refuse(44004, 'text content is empty');
  if (channel === 'robot' && bytes(content) > TEXT_BYTES) return refuse(45002, 'content size out of limit');
  const kept = cutBytes(content, TEXT_BYTES);
  if (kept !== content) notes.push(`text of ${bytes(content)} bytes cut at ${TEXT_BYTES}`);
  const mentions = fields.strs(said, 'mentioned_list').map((who) => (who === '@all' ? who : `@${who}`));
  return { content: { msgType: 'text', text: [kept, ...mentions].join(' ') }, notes };
}

function markdown(
  said: Json,
  msgType: string,
  { channel, fields }: Context,
  notes: string[],
): CheckedMessage | Refused {
  const content = fields.str(said, 'content');
  if (content === '') return refuse(44004, 'content is empty');
  if (bytes(content) > MARKDOWN_BYTES[channel]) return refuse(45002, 'content size out of limit');
  return { content: { msgType, text: content }, notes };
}

const hasScheme = (url: string) => /^[a-z][a-z0-9+.-]*:\/\//i.test(url);

function textcard(said: Json, { channel, fields }: Context, notes: string[]): CheckedMessage | Refused {
  const title = fields.str(said, 'title');
  const description = fields.str(said, 'description');
  const url = fields.str(said, 'url');
  if (title === '') return refuse(41016, 'missing title');
  if (description === '') return refuse(41033, 'missing description');
  if (url === '') return refuse(41010, 'missing url');
  if (!hasScheme(url)) return refuse(40094, 'invalid url: no scheme');
  if (bytes(url) > URL_BYTES) return refuse(40039, 'url too long');
  // Two pages, two units: characters when an app sends, bytes in a group (90236, 90248).
  const cut = (long: string, max: number) =>
    channel === 'group' ? cutBytes(long, max) : [...long].slice(0, max).join('');
  const button = fields.str(said, 'btntxt');
  const card = {
    title: cut(title, TITLE),
    description: cut(description, DESCRIPTION),
    url,
    btntxt: [...button].slice(0, 4).join('') || '详情',
  };
  if (card.title !== title || card.description !== description) notes.push('title or description cut');
  if ([...button].length > 4) notes.push('btntxt cut at 4 characters');
  return { content: { msgType: 'textcard', textcard: card }, notes };
}

function news(
  said: Json,
  msgType: 'news' | 'mpnews',
  { channel, fields, media: store }: Context,
  notes: string[],
): CheckedMessage | Refused {
  const given = fields.objs(said, 'articles');
  if (given.length < 1 || given.length > 8) return refuse(45008, 'article size out of limit');
  const articles: Article[] = [];
  for (const article of given) {
    const title = fields.str(article, 'title');
    const url = fields.str(article, msgType === 'news' ? 'url' : 'content_source_url');
    const description = fields.str(article, msgType === 'news' ? 'description' : 'digest');
    if (title === '') return refuse(41016, 'missing title');
    const [appid, pagePath] = [fields.str(article, 'appid'), fields.str(article, 'pagepath')];
    if (msgType === 'news' && url === '' && (channel === 'robot' || !appid || !pagePath))
      return refuse(41010, 'missing url');
    if (bytes(pagePath) > PAGE_PATH) notes.push(`pagepath is longer than ${PAGE_PATH} bytes`);
    const picture = fields.str(article, 'picurl');
    if (picture !== '' && (!hasScheme(picture) || bytes(picture) > URL_BYTES))
      notes.push(`picurl is no address of at most ${URL_BYTES} bytes`);
    if (url !== '' && !hasScheme(url)) return refuse(40094, 'invalid url: no scheme');
    if (bytes(url) > URL_BYTES) return refuse(40039, 'url too long');
    if (msgType === 'mpnews') {
      if (store.alive(fields.str(article, 'thumb_media_id'))?.kind !== 'image')
        return refuse(40007, 'invalid media_id');
      const content = fields.str(article, 'content');
      if (content === '') return refuse(44004, 'content is empty');
      if (bytes(content) > 666 * 1024) return refuse(45002, 'content size out of limit');
      if (bytes(fields.str(article, 'author')) > AUTHOR) notes.push('author cut');
    }
    const kept = { title: cutBytes(title, TITLE), description: cutBytes(description, DESCRIPTION) };
    if (kept.title !== title || kept.description !== description) notes.push('title or description cut');
    articles.push({ ...kept, url, picUrl: picture });
  }
  return { content: { msgType, articles }, notes };
}

function card(json: Json, context: Context, notes: string[]): CheckedMessage | Refused {
  const checked = checkCard(json.template_card, { robot: context.channel === 'robot' });
  if (isRefused(checked)) return checked;
  if (checked.warned) context.fields.warn();
  for (const row of checked.body.horizontal_content_list ?? []) {
    if (row.type === 2 && context.media.alive(row.media_id ?? '') === undefined)
      return refuse(40007, 'invalid media_id');
  }
  return { content: { msgType: 'template_card' }, card: checked.body, notes: [...notes, ...checked.notes] };
}

const charsOf = (words: string) => [...words].length;

/** Which of 90200–90208 the platform gives for which field the pages do not say. */
function miniprogram(json: Json, said: Json, { fields }: Context, notes: string[]): CheckedMessage | Refused {
  if (fields.str(json, 'touser') === '@all') return refuse(40058, '@all is not for miniprogram_notice');
  if (!fields.str(said, 'appid')) return refuse(90200, 'missing miniprogram appid');
  if (bytes(fields.str(said, 'page')) > 1024) return refuse(90202, 'page too long');
  const [title, description] = [fields.str(said, 'title'), fields.str(said, 'description')];
  if (charsOf(title) < 4 || charsOf(title) > 12) return refuse(90203, 'title must have 4 to 12 characters');
  if (description !== '' && (charsOf(description) < 4 || charsOf(description) > 12))
    return refuse(90204, 'description must have 4 to 12 characters');
  const items = fields.objs(said, 'content_item').map((item) => ({
    key: fields.str(item, 'key'),
    value: fields.str(item, 'value'),
  }));
  if (items.length > 10) return refuse(90206, 'at most 10 items');
  if (items.some(({ key }) => key === '' || charsOf(key) > 10)) return refuse(90207, 'key of 1 to 10');
  if (items.some(({ value }) => value === '' || charsOf(value) > 30))
    return refuse(90208, 'value of 1 to 30');
  const lines = [title, description, ...items.map(({ key, value }) => `${key}: ${value}`)];
  return { content: { msgType: 'miniprogram_notice', text: lines.filter(Boolean).join('\n') }, notes };
}

function media(said: Json, msgType: string, context: Context, notes: string[]): CheckedMessage | Refused {
  const { fields, media: store, robot } = context;
  if (context.channel === 'robot' && msgType === 'image') return refuse(40008, 'handled apart');
  const id = fields.str(said, 'media_id');
  if (id === '') return refuse(41006, 'missing media_id');
  const item = store.alive(id);
  if (item === undefined || item.robot !== robot) return refuse(40007, 'invalid media_id');
  if (msgType !== 'file' && item.kind !== msgType) return refuse(40007, 'invalid media_id: wrong kind');
  const [title, description] = [fields.str(said, 'title'), fields.str(said, 'description')];
  const kept = [cutBytes(title, TITLE), cutBytes(description, DESCRIPTION)];
  if (kept.join() !== [title, description].join()) notes.push('title or description cut');
  const words = msgType === 'video' ? kept.filter(Boolean).join('\n') : '';
  return { content: { msgType, mediaId: id, ...(words ? { text: words } : {}) }, notes };
}
