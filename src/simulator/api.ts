// The simulator's own API under /simulator: what it shows. The web page and tests take their types from here and from
// nothing else of the simulator; what it takes is in inputs.ts and corp-schema.ts, as zod schemas.
import type { Department, Menu, Person } from './corp-schema.ts';
import type { Fault } from './inputs.ts';

export type {
  Aibot,
  App,
  Corp,
  CorpInput,
  Department,
  Menu,
  MenuButton,
  Person,
  PersonInput,
  PersonPatch,
  Tag,
} from './corp-schema.ts';
export type { Fault, FaultInput } from './inputs.ts';

export type AppView = {
  agentId: number;
  name: string;
  description: string;
  menu: Menu | null;
  callbackUrl: string | null;
  /** True once the URL answered the platform's verification (doc 90930). */
  callbackOk: boolean;
};
export type PersonView = {
  userId: string;
  name: string;
  departments: number[];
  position: string;
  tags?: number[];
  status: Person['status'];
  unread: number;
};
/** GET /simulator/state */
export type StateView = {
  now: string;
  offsetMs: number;
  corp: { corpId: string; name: string; locale: string };
  apps: AppView[];
  departments: Department[];
  people: PersonView[];
  faults: Fault[];
};

// ── Chats and messages ─────────────────────────────────────────────────────────────────────────────────────────

/** GET /simulator/people/:userId/chats */
export type ChatView = {
  chatId: string;
  name: string;
  kind: 'app' | 'group' | 'aibot';
  /** Of a group: who is in it, by name, and the smart robots that can be mentioned. */
  members?: string[];
  aibots?: string[];
  /** Of a group: its owner by name, whether an app made it, the robots that post by webhook, and what became of it. */
  about?: {
    owner: string;
    byApp: boolean;
    robots: { name: string; webhook: string }[];
    dissolved: boolean;
    /** This person owns it, and may dissolve it. */
    mine: boolean;
  };
  lastAt: string | null;
  lastText: string;
  unread: number;
};

type Target = { type?: number; url?: string; appid?: string; pagepath?: string };
type Option = { id: string; text: string; is_checked?: boolean };
/** A template card as the app sent it (90236); the fields a client draws. */
export type CardBody = {
  card_type:
    | 'text_notice'
    | 'news_notice'
    | 'button_interaction'
    | 'vote_interaction'
    | 'multiple_interaction';
  source?: { icon_url?: string; desc?: string; desc_color?: number };
  action_menu?: { desc?: string; action_list: { text: string; key: string }[] };
  main_title?: { title?: string; desc?: string };
  quote_area?: Target & { title?: string; quote_text?: string };
  emphasis_content?: { title?: string; desc?: string };
  sub_title_text?: string;
  card_image?: { url: string; aspect_ratio?: number };
  image_text_area?: Target & { title?: string; desc?: string; image_url: string };
  vertical_content_list?: { title: string; desc?: string }[];
  horizontal_content_list?: {
    keyname: string;
    value?: string;
    type?: number;
    url?: string;
    media_id?: string;
    userid?: string;
  }[];
  jump_list?: (Target & { title: string })[];
  card_action?: Target;
  task_id?: string;
  button_selection?: {
    question_key: string;
    title?: string;
    option_list: Option[];
    selected_id?: string;
    disable?: boolean;
  };
  button_list?: { type?: number; text: string; style?: number; key?: string; url?: string }[];
  checkbox?: { question_key: string; mode?: number; option_list: Option[]; disable?: boolean };
  select_list?: {
    question_key: string;
    title?: string;
    selected_id?: string;
    option_list: Option[];
    disable?: boolean;
  }[];
  submit_button?: { text: string; key: string };
  replace_text?: string;
};
export type CardView = {
  taskId: string | null;
  /** The card as this person sees it now: as sent, or as it was replaced. */
  body: CardBody;
  /** The last button, submit or menu entry that she tapped. */
  tapped: { key: string; at: string; selected: Record<string, string[]> } | null;
  /** Label that stands where the buttons were (`replace_name`, `replace_text`, ReplaceName). */
  replaceText: string | null;
  /** True: nothing on the card can be tapped any more (links still open). */
  disabled: boolean;
  updatedAt: string | null;
};

export type MediaView = {
  mediaId: string;
  fileName: string;
  kind: 'image' | 'voice' | 'video' | 'file';
  contentType: string;
  size: number;
  /** Path on this server, GET /simulator/media/:mediaId. */
  url: string;
};
export type Place = { latitude: number; longitude: number; label: string };
export type Link = { title: string; description: string; url: string; picUrl: string };
export type Article = { title: string; description?: string; url?: string; picUrl?: string };

/** A message as one person sees it. */
export type MessageView = {
  /** Grows over the whole simulator; a chat's messages are in its order. */
  seq: number;
  /** Grows with every change of the message (card replaced, recalled, callback's fate); equals `seq` at first. */
  rev: number;
  at: string;
  chatId: string;
  /** `me`, `app`, `robot`, or the user id of another member of a group. */
  from: string;
  fromName: string;
  /** text, image, voice, video, file, location, link, textcard, news, mpnews, markdown, markdown_v2, template_card, miniprogram_notice, event */
  msgType: string;
  text?: string;
  media?: MediaView;
  place?: Place;
  link?: Link;
  card?: CardView;
  articles?: Article[];
  textcard?: { title: string; description: string; url: string; btntxt: string };
  recalled?: boolean;
  /** Of the person's own messages: what became of the callback. Of all others: delivered. */
  state: 'delivered' | 'sending' | 'failed';
  /** The exchange (API call or callback) that brought it. */
  exchangeId?: number;
};
/**
 * GET /simulator/people/:userId/chats/:chatId/messages?after=seq&limit=n, and over all her chats
 * GET /simulator/people/:userId/messages?after=seq (new ones) or ?changedAfter=rev (new or changed ones, in order of `rev`).
 * `limit` keeps the newest.
 */
export type MessagesView = { messages: MessageView[]; lastSeq: number };

// ── Acts and callbacks ─

export type Outcome = 'answered' | 'empty' | 'failed' | 'not-called' | 'pending';
/**
 * Answered when the callback exchange is over, all retries included; with `?wait=false` at once (`pending`).
 * `not-called`: the platform calls nobody for this (a message in a group, an event that is switched off); `note` says why.
 */
export type ActView = {
  seq: number | null;
  exchangeId: number | null;
  outcome: Outcome;
  attempts: number;
  reply?: MessageView;
  note?: string;
};

export type OpenView = { location: string };
export type RawCallbackView = {
  answers: { exchangeId: number; status: number | null; body: string; plain: string | null; note: string }[];
};
/** POST /simulator/callbacks/verify { agentId? }: the GET with `echostr`, 1 s, exact body. */
export type VerifyView = { ok: boolean; status: number | null; ms: number; note: string };

// ── Exchanges, clock, faults, stream ───────────────────────────────────────────────────────────────────────────

/** GET /simulator/exchanges?after=id&limit=n → { exchanges }, oldest first. The token and keys in paths are scrubbed. */
export type Exchange = {
  id: number;
  at: string;
  kind: 'callback' | 'api';
  method: string;
  path: string;
  /** HTTP status; null while it lasts, or when no answer came. */
  status: number | null;
  ms: number | null;
  /** Of callbacks: 1 is the first try. */
  attempt: number;
  /** Of callbacks: the person it is about. */
  userId?: string;
  plainRequest: string;
  rawRequest: string;
  plainResponse: string;
  rawResponse: string;
  /** What the platform keeps silent about: cut, dropped, ignored, retried, refused, and why. */
  note: string;
};
export type ExchangesView = { exchanges: Exchange[]; lastId: number };

export type ClockView = { now: string; offsetMs: number };

/** GET /simulator/stream[?userId=]: server-sent events, each `data:` one of these. */
export type StreamEvent =
  | { type: 'message'; userId: string; chatId: string; message: MessageView }
  | { type: 'card'; userId: string; chatId: string; message: MessageView }
  | { type: 'read'; userId: string; chatId: string }
  | { type: 'exchange'; exchange: Exchange }
  | { type: 'clock'; now: string; offsetMs: number }
  | { type: 'faults'; faults: Fault[] }
  /** People, departments, apps or menus changed: fetch /simulator/state again. */
  | { type: 'people' };

/** Every refusal of this API: HTTP 4xx and one sentence. */
export type DriveError = { error: string };
