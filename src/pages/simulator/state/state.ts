// What the page knows: the platform's state as last heard, and where this visitor stands in it.
import type {
  AppView,
  ChatView,
  Exchange,
  Fault,
  MessageView,
  PersonView,
  StateView,
} from '../../../simulator/api.ts';
import type { Locale } from '../texts.ts';

/** A message on its way from this page to the simulator; gone as soon as the simulator has it. */
export interface Outgoing {
  id: string;
  userId: string;
  chatId: string;
  text: string;
  /** Typed words can be sent again as they are; a picture is chosen again. */
  typed: boolean;
  state: 'sending' | 'failed';
  reason: string;
}
export interface Notice {
  id: number;
  text: string;
  tone: 'calm' | 'bad';
}

/** What one person got since the clock was moved on. */
export interface Arrival {
  userId: string;
  chatId: string;
  count: number;
  /** The newest of it. */
  last: MessageView;
}
/** What a move of the clock brought, until somebody says or taps something. */
export interface Arrivals {
  /** Still counting. */
  open: boolean;
  /** Who got something, the newest first. */
  people: Arrival[];
}

export interface State {
  phase: 'loading' | 'ready' | 'unreachable';
  /** True while the event stream is open. */
  live: boolean;
  locale: Locale;
  /** True once the visitor chose the language; until then the corp's own is taken. */
  localeChosen: boolean;
  corp: StateView['corp'];
  apps: AppView[];
  departments: StateView['departments'];
  people: PersonView[];
  faults: Fault[];
  /** Simulated minus real time, in ms, as this machine's clock sees it. */
  clockOffset: number;
  /** Where the clock is being walked to; null while it stands (and runs on). */
  walkingTo: string | null;
  arrivals: Arrivals | null;
  me: string | null;
  chatId: string | null;
  /** By user id in lower case. */
  chats: Record<string, ChatView[]>;
  /** By {@link threadKey}; present once it was fetched. */
  threads: Record<string, MessageView[]>;
  outgoing: Outgoing[];
  /** Newest first. */
  exchanges: Exchange[];
  drawerOpen: boolean;
  /** The exchange that a message's mark pointed at. */
  exchangeShown: number | null;
  /** People who were chosen lately, newest first. */
  recent: string[];
  /** People who received something while this page looked on, newest first. */
  fresh: string[];
  notice: Notice | null;
}

/** User ids are compared without case (90664), so every key made of one is in lower case. */
export const sameUser = (a: string, b: string | null) => a.toLowerCase() === b?.toLowerCase();
export const threadKey = (userId: string, chatId: string) => `${userId.toLowerCase()} ${chatId}`;

export const initialState: State = {
  phase: 'loading',
  live: false,
  locale: 'zh-CN',
  localeChosen: false,
  corp: { corpId: '', name: '', locale: 'zh-CN' },
  apps: [],
  departments: [],
  people: [],
  faults: [],
  clockOffset: 0,
  walkingTo: null,
  arrivals: null,
  me: null,
  chatId: null,
  chats: {},
  threads: {},
  outgoing: [],
  exchanges: [],
  drawerOpen: false,
  exchangeShown: null,
  recent: [],
  fresh: [],
  notice: null,
};
