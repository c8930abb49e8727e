// Passive replies (90241): what may stand in the HTTP answer to a callback, written as XML with the platform's limits
// applied, because what it would cut itself it may cut in the middle of a character.
import { checked } from './api.ts';
import { cardXml } from './card-xml.ts';
import { type TemplateCardUpdate, templateCardUpdate } from './cards.ts';
import { DESCRIPTION_BYTES, NEWS_ARTICLES, TEXT_BYTES, TITLE_BYTES } from './limits.ts';
import { cutToBytes } from './text.ts';
import { element, legalText } from './xml.ts';

export interface ReplyArticle {
  title: string;
  description?: string;
  picUrl?: string;
  url?: string;
}

export type Reply =
  | { kind: 'text'; content: string }
  | { kind: 'image'; mediaId: string }
  | { kind: 'voice'; mediaId: string }
  | { kind: 'video'; mediaId: string; title?: string; description?: string }
  | { kind: 'news'; articles: ReplyArticle[] }
  /** Greys the tapped button for the one who tapped it; on button, vote and multiple cards. */
  | { kind: 'update_button'; replaceName: string }
  /** Best effort: the platform's pages disagree on whether it is heeded; the sure way is update_template_card. */
  | { kind: 'update_template_card'; card: TemplateCardUpdate };

/** The page knows no button that opens an address (90241). */
const passiveCard = templateCardUpdate.refine(
  (card) => card.card_type !== 'button_interaction' || card.button_list.every(({ type }) => type !== 1),
  { error: 'a button of type 1', path: ['button_list'] },
);

/** Whom it goes to, and from when. The platform wants them swapped against the request: to a userid, from the corp. */
export interface ReplyHead {
  toUser: string;
  corpId: string;
  /** Unix seconds. */
  createTime: number;
}

/**
 * The plain XML of a reply, ready to be sealed. Longer text is cut at a whole character: split it before.
 * @throws {WecomInvalid} for a card that the platform would pass over.
 */
export function replyXml(reply: Reply, head: ReplyHead): string {
  return element('xml', [
    element('ToUserName', head.toUser),
    element('FromUserName', head.corpId),
    element('CreateTime', head.createTime),
    element('MsgType', reply.kind),
    ...bodyOf(reply),
  ]);
}

function bodyOf(reply: Reply): string[] {
  switch (reply.kind) {
    case 'text':
      return [limited('Content', reply.content, TEXT_BYTES)];
    case 'image':
      return [element('Image', [element('MediaId', reply.mediaId)])];
    case 'voice':
      return [element('Voice', [element('MediaId', reply.mediaId)])];
    case 'video':
      return [
        element('Video', [
          element('MediaId', reply.mediaId),
          limited('Title', reply.title ?? '', TITLE_BYTES),
          limited('Description', reply.description ?? '', DESCRIPTION_BYTES),
        ]),
      ];
    case 'news': {
      const articles = reply.articles.slice(0, NEWS_ARTICLES);
      return [element('ArticleCount', articles.length), element('Articles', articles.map(articleXml))];
    }
    case 'update_button':
      return [element('Button', [element('ReplaceName', reply.replaceName)])];
    case 'update_template_card':
      return [cardXml(checked(passiveCard, 'a passive reply', reply.card))];
  }
}

function articleXml(article: ReplyArticle): string {
  return element('item', [
    limited('Title', article.title, TITLE_BYTES),
    limited('Description', article.description ?? '', DESCRIPTION_BYTES),
    element('PicUrl', article.picUrl ?? ''),
    element('Url', article.url ?? ''),
  ]);
}

function limited(name: string, text: string, maxBytes: number): string {
  return element(name, cutToBytes(legalText(text), maxBytes));
}
