// The chats as each person has them on her phone: every message lies in every receiver's chat, with its own state.
import type { CardBody, CardView, MessageView } from './api.ts';
import type { Directory } from './directory.ts';
import type { MediaStore } from './media.ts';
import type { Stream } from './stream.ts';

/** What a message says; shared by all who received it. */
export type Content = Pick<MessageView, 'msgType' | 'text' | 'place' | 'link' | 'articles' | 'textcard'> & {
  mediaId?: string;
};
export interface Message {
  seq: number;
  rev: number;
  /** Unix ms of the simulator's clock. */
  at: number;
  from: string;
  /** Of an app in a group, whose chat does not say which app speaks. */
  fromName?: string;
  content: Content;
  card?: CardView;
  /** The send it belongs to, for updates and recall. */
  msgid?: string;
  recalled?: boolean;
  state: MessageView['state'];
  exchangeId?: number;
}
export interface Chat {
  userId: string;
  chatId: string;
  messages: Message[];
  unread: number;
}
export type NewMessage = Pick<Message, 'from' | 'content'> & Partial<Message>;

/** Messages of one chat that are kept; the oldest go first. */
const KEPT_PER_CHAT = 5000;

export interface Chats {
  add(userId: string, chatId: string, message: NewMessage): Message;
  /** Changes a message that is there and tells everybody who watches. */
  change(userId: string, chatId: string, message: Message, patch: Partial<Message>): void;
  find(userId: string, chatId: string, seq: number): Message | undefined;
  chat(userId: string, chatId: string): Chat | undefined;
  chatsOf(userId: string): Chat[];
  unreadOf(userId: string): number;
  markRead(userId: string, chatId: string): void;
  view(userId: string, chatId: string, message: Message): MessageView;
  /** Over all of a person's chats: newer than `after`, or changed after `changedAfter`. */
  across(userId: string, since: { after?: number; changedAfter?: number }): MessageView[];
  /** Her chats go with her to another user id. */
  rename(userId: string, to: string): void;
  lastSeq(): number;
  dump(): { lastSeq: number; chats: Chat[] };
  restore(dump: { lastSeq: number; chats: Chat[] }): void;
  clear(): void;
}

/** A card as it arrives: not tapped, and greyed only if it was sent so. */
export function newCard(body: CardBody): CardView {
  const replaceText = body.replace_text ?? null;
  return {
    taskId: body.task_id ?? null,
    body,
    tapped: null,
    replaceText,
    disabled: replaceText !== null,
    updatedAt: null,
  };
}

/** What each person has on her phone. Of each chat the newest `keptPerChat` messages are kept. */
export function createChats(
  directory: Directory,
  media: MediaStore,
  stream: Stream,
  now: () => number,
  keptPerChat = KEPT_PER_CHAT,
): Chats {
  const people = new Map<string, { chats: Map<string, Chat>; lastRev: number }>();
  let lastSeq = 0;

  const personOf = (userId: string) => {
    const key = userId.toLowerCase();
    const known = people.get(key) ?? { chats: new Map<string, Chat>(), lastRev: 0 };
    people.set(key, known);
    return known;
  };
  const chatOf = (userId: string, chatId: string) => {
    const { chats } = personOf(userId);
    const chat = chats.get(chatId) ?? { userId: userId.toLowerCase(), chatId, messages: [], unread: 0 };
    chats.set(chatId, chat);
    return chat;
  };
  const mediaView = (id: string): MessageView['media'] => {
    const item = media.find(id);
    if (item === undefined) return undefined;
    const { kind, fileName, contentType, size } = item;
    return { mediaId: id, fileName, kind, contentType, size, url: `/simulator/media/${id}` };
  };
  const nameOf = (userId: string, chatId: string, from: string) => {
    if (from === 'me') return directory.person(userId)?.name ?? userId;
    if (from === 'app') return appName(directory, chatId);
    if (from.startsWith('robot:')) return from.slice('robot:'.length);
    return directory.person(from)?.name ?? from;
  };

  const view = (userId: string, chatId: string, message: Message): MessageView => {
    const { content } = message;
    const { mediaId, ...said } = content;
    const robot = message.from.startsWith('robot:');
    return {
      seq: message.seq,
      rev: message.rev,
      at: new Date(message.at).toISOString(),
      chatId,
      from: robot ? 'robot' : message.from,
      fromName: message.fromName ?? nameOf(userId, chatId, message.from),
      ...(message.recalled ? { msgType: content.msgType, recalled: true } : said),
      ...(mediaId && !message.recalled ? { media: mediaView(mediaId) } : {}),
      ...(message.card && !message.recalled ? { card: message.card } : {}),
      state: message.state,
      ...(message.exchangeId === undefined ? {} : { exchangeId: message.exchangeId }),
    };
  };
  const tell = (type: 'message' | 'card', chat: Chat, message: Message) => {
    if (!stream.heard()) return;
    const { userId, chatId } = chat;
    stream.publish({ type, userId, chatId, message: view(userId, chatId, message) });
  };

  return {
    view,
    add(userId, chatId, input) {
      lastSeq += 1;
      const message: Message = { at: now(), state: 'delivered', ...input, seq: lastSeq, rev: lastSeq };
      const chat = chatOf(userId, chatId);
      chat.messages.push(message);
      if (chat.messages.length > keptPerChat * 1.1) chat.messages = chat.messages.slice(-keptPerChat);
      chat.unread = message.from === 'me' ? 0 : chat.unread + 1;
      personOf(userId).lastRev = lastSeq;
      tell('message', chat, message);
      return message;
    },
    change(userId, chatId, message, patch) {
      lastSeq += 1;
      Object.assign(message, patch, { rev: lastSeq });
      personOf(userId).lastRev = lastSeq;
      tell(message.card ? 'card' : 'message', chatOf(userId, chatId), message);
    },
    find(userId, chatId, seq) {
      return personOf(userId)
        .chats.get(chatId)
        ?.messages.findLast((message) => message.seq === seq);
    },
    chat: (userId, chatId) => personOf(userId).chats.get(chatId),
    chatsOf: (userId) => [...personOf(userId).chats.values()],
    unreadOf: (userId) =>
      [...personOf(userId).chats.values()].reduce((unread, chat) => unread + chat.unread, 0),
    markRead(userId, chatId) {
      chatOf(userId, chatId).unread = 0;
      stream.publish({ type: 'read', userId: userId.toLowerCase(), chatId });
    },
    across(userId, { after, changedAfter }) {
      const person = personOf(userId);
      const since = after ?? changedAfter ?? 0;
      if (person.lastRev <= since) return [];
      const order = changedAfter === undefined ? 'seq' : 'rev';
      return [...person.chats.values()]
        .flatMap((chat) =>
          chat.messages
            .filter((message) => message[order] > since)
            .map((message) => view(userId, chat.chatId, message)),
        )
        .sort((a, b) => a[order] - b[order]);
    },
    rename(userId, to) {
      const known = people.get(userId.toLowerCase());
      if (known === undefined) return;
      people.delete(userId.toLowerCase());
      people.set(to.toLowerCase(), known);
      for (const chat of known.chats.values()) chat.userId = to.toLowerCase();
    },
    lastSeq: () => lastSeq,
    dump: () => ({ lastSeq, chats: [...people.values()].flatMap(({ chats }) => [...chats.values()]) }),
    restore(dump) {
      lastSeq = Math.max(lastSeq, dump.lastSeq);
      for (const chat of dump.chats) {
        const person = personOf(chat.userId);
        person.chats.set(chat.chatId, chat);
        person.lastRev = lastSeq;
        for (const message of chat.messages) if (message.state === 'sending') message.state = 'failed';
      }
    },
    clear() {
      people.clear();
    },
  };
}

/** What a chat with an app or a smart robot is called. */
export function appName(directory: Directory, chatId: string): string {
  if (chatId.startsWith('aibot:')) return directory.aibot(chatId.slice('aibot:'.length))?.name ?? chatId;
  const agentId = /^app:(\d+)$/.exec(chatId)?.[1];
  return directory.app(Number(agentId))?.name ?? chatId;
}
