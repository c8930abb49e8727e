// Every change of what the page knows, in one pure function: what was heard from the simulator and what the visitor did.
import type {
  ChatView,
  Exchange,
  Fault,
  MessageView,
  StateView,
  StreamEvent,
} from '../../../simulator/api.ts';
import { type Locale, localeOf } from '../texts.ts';
import { type Notice, type Outgoing, type State, sameUser, threadKey } from './state.ts';

export type Action =
  | { type: 'state'; state: StateView; realMs: number }
  | { type: 'unreachable' }
  | { type: 'live'; live: boolean }
  | { type: 'event'; event: StreamEvent; realMs: number }
  | { type: 'clock'; now: string; realMs: number }
  | { type: 'walk'; to: string }
  | { type: 'walk-over' }
  | { type: 'arrivals-seen' }
  | { type: 'acted' }
  | { type: 'faults'; faults: Fault[] }
  | { type: 'chats'; userId: string; chats: ChatView[] }
  /** `had`: what stood there when it was asked for. */
  | { type: 'thread'; userId: string; chatId: string; messages: MessageView[]; had: readonly MessageView[] }
  | { type: 'read'; userId: string; chatId: string }
  | { type: 'exchanges'; exchanges: Exchange[] }
  | { type: 'go'; me: string | null; chatId: string | null }
  | { type: 'recent'; recent: string[] }
  | { type: 'outgoing'; outgoing: Outgoing }
  | { type: 'outgoing-gone'; id: string }
  | { type: 'drawer'; open: boolean; exchange?: number }
  | { type: 'locale'; locale: Locale; chosen: boolean }
  | { type: 'notice'; notice: Notice | null }
  | { type: 'emptied' };

const EXCHANGES_KEPT = 500;
const RECENT_KEPT = 6;

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'state': {
      const { corp, apps, departments, people, faults, now } = action.state;
      const locale = state.localeChosen ? state.locale : localeOf(corp.locale);
      const clockOffset = Date.parse(now) - action.realMs;
      return { ...state, phase: 'ready', corp, apps, departments, people, faults, locale, clockOffset };
    }
    case 'unreachable':
      return { ...state, phase: state.phase === 'loading' ? 'unreachable' : state.phase, live: false };
    case 'live':
      return { ...state, live: action.live };
    case 'event':
      return heard(state, action.event, action.realMs);
    case 'clock':
      return { ...state, clockOffset: Date.parse(action.now) - action.realMs };
    case 'walk':
      return { ...state, walkingTo: action.to, arrivals: { open: true, people: [] } };
    case 'walk-over':
      return { ...state, walkingTo: null };
    case 'arrivals-seen':
      return { ...state, arrivals: null };
    case 'acted': {
      // What comes from now on is an answer to that, and no longer the clock's doing.
      const { arrivals, walkingTo } = state;
      return arrivals?.open && walkingTo === null
        ? { ...state, arrivals: { ...arrivals, open: false } }
        : state;
    }
    case 'faults':
      return { ...state, faults: action.faults };
    case 'chats':
      return { ...state, chats: { ...state.chats, [action.userId.toLowerCase()]: action.chats } };
    case 'thread': {
      const key = threadKey(action.userId, action.chatId);
      // What was heard, or fetched by another, while this was on its way is newer than it and stays.
      const since = (state.threads[key] ?? []).filter((message) => !action.had.includes(message));
      return { ...state, threads: { ...state.threads, [key]: since.reduce(upsert, action.messages) } };
    }
    case 'read':
      return markRead(state, action.userId, action.chatId);
    case 'exchanges':
      return { ...state, exchanges: action.exchanges.slice(0, EXCHANGES_KEPT) };
    case 'go': {
      const recent = action.me === null ? state.recent : first(action.me, state.recent);
      return { ...state, me: action.me, chatId: action.chatId, recent };
    }
    case 'recent':
      return { ...state, recent: action.recent };
    case 'outgoing': {
      const others = state.outgoing.filter((other) => other.id !== action.outgoing.id);
      return { ...state, outgoing: [...others, action.outgoing] };
    }
    case 'outgoing-gone':
      return { ...state, outgoing: state.outgoing.filter((other) => other.id !== action.id) };
    case 'drawer':
      return { ...state, drawerOpen: action.open, exchangeShown: action.exchange ?? null };
    case 'locale':
      return { ...state, locale: action.locale, localeChosen: action.chosen };
    case 'notice':
      return { ...state, notice: action.notice };
    case 'emptied':
      return { ...state, chats: {}, threads: {}, outgoing: [], exchanges: [], fresh: [], arrivals: null };
  }
}

function heard(state: State, event: StreamEvent, realMs: number): State {
  switch (event.type) {
    case 'message':
    case 'card':
      return withMessage(state, event.userId, event.chatId, event.message);
    case 'read':
      return markRead(state, event.userId, event.chatId);
    case 'exchange': {
      const others = state.exchanges.filter((other) => other.id !== event.exchange.id);
      const exchanges = [event.exchange, ...others].sort((a, b) => b.id - a.id).slice(0, EXCHANGES_KEPT);
      return { ...state, exchanges };
    }
    case 'clock':
      return { ...state, clockOffset: Date.parse(event.now) - realMs };
    case 'faults':
      return { ...state, faults: event.faults };
    case 'people':
      return state; // the page fetches the whole state anew
  }
}

function withMessage(state: State, userId: string, chatId: string, message: MessageView): State {
  const key = threadKey(userId, chatId);
  const thread = state.threads[key];
  const known = thread?.some((other) => other.seq === message.seq) ?? false;
  // The open chat's first fetch may have been answered before this message, and come after it.
  const isOpen = state.me !== null && sameUser(state.me, userId) && state.chatId === chatId;
  const kept = thread ?? (isOpen ? [] : undefined);
  const threads = kept ? { ...state.threads, [key]: upsert(kept, message) } : state.threads;
  // A changed message (a card replaced, a recall) is not a new one, also where its first form was never fetched.
  const isNew = !known && message.rev === message.seq;
  const counts = isNew && message.from !== 'me' && message.state === 'delivered';
  const chats = noteInChats(state, userId, chatId, message, counts);
  if (!counts || chats === null) return { ...state, threads, chats: chats ?? state.chats };
  const people = state.people.map((person) =>
    sameUser(person.userId, userId) ? { ...person, unread: person.unread + 1 } : person,
  );
  const arrivals = withArrival(state, userId, chatId, message);
  return { ...state, threads, chats, people, fresh: first(userId, state.fresh), arrivals };
}

/** Of what the bot sent by itself: a reply to a callback (the greeting of who opens a chat) is not the clock's doing. */
function withArrival(
  { arrivals, exchanges }: State,
  userId: string,
  chatId: string,
  message: MessageView,
): State['arrivals'] {
  const replied = exchanges.some(({ id, kind }) => id === message.exchangeId && kind === 'callback');
  if (!arrivals?.open || replied) return arrivals;
  const known = arrivals.people.find((one) => sameUser(one.userId, userId));
  const others = arrivals.people.filter((one) => one !== known);
  const arrival = { userId, chatId, count: (known?.count ?? 0) + 1, last: message };
  return { ...arrivals, people: [arrival, ...others] };
}

/** Last line and unread count in the person's list of chats; the list is only kept for people who were looked at. */
function noteInChats(
  state: State,
  userId: string,
  chatId: string,
  message: MessageView,
  counts: boolean,
): State['chats'] {
  const list = state.chats[userId.toLowerCase()];
  if (!list) return state.chats;
  const chats = list.map((chat) => {
    const newest = chat.chatId === chatId && (chat.lastAt === null || chat.lastAt <= message.at);
    if (!newest) return chat;
    return { ...chat, lastAt: message.at, unread: chat.unread + (counts ? 1 : 0) };
  });
  return { ...state.chats, [userId.toLowerCase()]: chats };
}

function markRead(state: State, userId: string, chatId: string): State {
  const list = state.chats[userId.toLowerCase()];
  if (!list) return state;
  const chats = list.map((chat) => (chat.chatId === chatId ? { ...chat, unread: 0 } : chat));
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0);
  return {
    ...state,
    chats: { ...state.chats, [userId.toLowerCase()]: chats },
    people: state.people.map((person) => (sameUser(person.userId, userId) ? { ...person, unread } : person)),
    fresh: unread === 0 ? state.fresh.filter((id) => !sameUser(id, userId)) : state.fresh,
  };
}

function upsert(thread: MessageView[], message: MessageView): MessageView[] {
  const place = thread.findIndex((other) => other.seq === message.seq);
  if (place === -1) return [...thread, message].sort((a, b) => a.seq - b.seq);
  // The stream and a fetch may cross; the later revision stays.
  return thread.map((other, index) => (index === place && message.rev >= other.rev ? message : other));
}

const first = (userId: string, list: string[]) =>
  [userId, ...list.filter((id) => !sameUser(id, userId))].slice(0, RECENT_KEPT);
