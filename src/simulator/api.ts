// The simulator's own API under /simulator, as zod schemas and types: what drives people, clock and faults, and what the web page shows.
// The page imports the types from here and nothing else of the simulator.
import { z } from 'zod';

/** `app:<agentid>` is the person's talk with an app, `group:<chatid>` a group she is in. */
export const chatIdSchema = z.string().regex(/^(app|group):.+$/, 'app:<agentid> or group:<chatid>');

// ── The corp ───────────────────────────────────────────────────────────────────────────────────────────────────

const menuLeaf = z.object({
  type: z.string().optional(),
  name: z.string(),
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
});
/** A menu as the platform keeps it (90231): up to three buttons, each with up to five below it. */
export const menuSchema = z.object({
  button: z.array(menuLeaf.extend({ sub_button: z.array(menuLeaf).optional() })),
});
export type Menu = z.infer<typeof menuSchema>;
export type MenuButton = Menu['button'][number];

export const personStatusSchema = z.enum(['active', 'disabled', 'not-activated', 'left']);
export const personInputSchema = z.object({
  /** 1–64 bytes of [A-Za-z0-9_.@-]; compared without case. */
  userId: z.string().regex(/^[A-Za-z0-9_.@-]{1,64}$/),
  name: z.string().min(1),
  departments: z.array(z.number().int()).default([1]),
  position: z.string().default(''),
  alias: z.string().optional(),
  tags: z.array(z.number().int()).optional(),
  status: personStatusSchema.default('active'),
  /** False: the platform names this person in `unlicenseduser` and delivers nothing. */
  licensed: z.boolean().default(true),
  /** Agent ids of the apps whose visible range leaves this person out. */
  hiddenFrom: z.array(z.number().int()).default([]),
});
export type Person = z.output<typeof personInputSchema>;
/** PATCH /simulator/people/:userId; sends `subscribe` or `unsubscribe` where the app's range changes. */
export const personPatchSchema = z.object({
  name: z.string().min(1).optional(),
  departments: z.array(z.number().int()).optional(),
  position: z.string().optional(),
  tags: z.array(z.number().int()).optional(),
  status: personStatusSchema.optional(),
  licensed: z.boolean().optional(),
  hiddenFrom: z.array(z.number().int()).optional(),
});
export type PersonPatch = z.infer<typeof personPatchSchema>;
export type PersonInput = z.input<typeof personInputSchema>;

export const departmentSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  parentId: z.number().int().default(1),
  order: z.number().int().default(0),
});

export type Department = z.output<typeof departmentSchema>;

export const appInputSchema = z.object({
  agentId: z.number().int().positive(),
  name: z.string(),
  secret: z.string().min(1),
  description: z.string().default(''),
  callbackUrl: z.url().optional(),
  token: z.string().max(32).optional(),
  encodingAesKey: z.string().length(43).optional(),
  /** Absent: the whole corp sees the app. */
  visible: z
    .object({ users: z.array(z.string()), departments: z.array(z.number()), tags: z.array(z.number()) })
    .partial()
    .optional(),
  /** Console switch "report entering": sends `enter_agent` when a member opens the chat. */
  reportEnter: z.boolean().default(true),
  /** Host and port that an OAuth redirect may go to; absent: any. */
  trustedDomain: z.string().optional(),
  menu: menuSchema.nullable().default(null),
});
export type App = z.output<typeof appInputSchema>;

export const corpInputSchema = z.object({
  corpId: z.string().min(1),
  name: z.string().default(''),
  locale: z.string().default('zh-CN'),
  apps: z.array(appInputSchema).min(1),
  departments: z.array(departmentSchema).default([]),
  people: z.array(personInputSchema).default([]),
  tags: z
    .array(
      z.object({
        id: z.number().int().positive(),
        name: z.string(),
        users: z.array(z.string()).default([]),
        departments: z.array(z.number()).default([]),
      }),
    )
    .default([]),
  /** Groups made by people in the client; those an app makes come from `appchat/create`. */
  groups: z
    .array(z.object({ chatId: z.string(), name: z.string(), members: z.array(z.string()) }))
    .default([]),
  /** Group robots: the key of the webhook and the group it posts into. */
  robots: z.array(z.object({ key: z.string(), name: z.string(), chatId: z.string() })).default([]),
  /** Secret of the contact-sync helper, the only one that may call `user/list_id`. */
  contactsSecret: z.string().optional(),
  /** Accounts bought, for the daily quota of accounts × 200 (90312); absent: as many as there are people. */
  accounts: z.number().int().positive().optional(),
});
export type CorpInput = z.input<typeof corpInputSchema>;
export type Corp = z.output<typeof corpInputSchema>;

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
  status: z.infer<typeof personStatusSchema>;
  unread: number;
};
/** GET /simulator/state */
export type StateView = {
  now: string;
  offsetMs: number;
  corp: { corpId: string; name: string; locale: string };
  apps: AppView[];
  departments: { id: number; name: string; parentId: number; order: number }[];
  people: PersonView[];
  faults: Fault[];
};

// ── Chats and messages ─────────────────────────────────────────────────────────────────────────────────────────

/** GET /simulator/people/:userId/chats */
export type ChatView = {
  chatId: string;
  name: string;
  kind: 'app' | 'group';
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

// ── What a person does: POST /simulator/people/:userId/… ───────────────────────────────────────────────────────

const inChat = { chatId: chatIdSchema.optional() };
export const saySchema = z.object({ text: z.string().min(1), ...inChat });
/** `key` of a button, of the submit button or of an entry of the card's menu; `selected`: question key → option ids. */
export const tapSchema = z.object({
  taskId: z.string(),
  key: z.string(),
  selected: z.record(z.string(), z.array(z.string())).optional(),
  ...inChat,
});
/** Also taken as multipart: field `kind`, file part `media`. */
export const sendMediaSchema = z.object({
  kind: z.enum(['image', 'voice', 'video', 'file']).default('image'),
  fileName: z.string().default('photo.jpg'),
  base64: z.string(),
  ...inChat,
});
export const placeSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  label: z.string().default(''),
  scale: z.number().int().default(15),
  ...inChat,
});
export const linkSchema = z.object({
  title: z.string(),
  description: z.string().default(''),
  url: z.url(),
  picUrl: z.string().default(''),
  ...inChat,
});
/** Opens the chat: `enter_agent` if the app asks for it. With a place, `LOCATION` too. */
export const enterSchema = z.object({
  place: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  ...inChat,
});
/** `key` of a click, scan, picture or place entry, the URL of a view entry, the page path of a mini program entry. */
export const menuTapSchema = z.object({
  key: z.string(),
  scanResult: z.string().optional(),
  place: placeSchema.omit({ chatId: true }).optional(),
  /** Pictures that follow a pic_* button, Base64. */
  pictures: z.array(z.string()).optional(),
  ...inChat,
});
export const readSchema = z.object({ chatId: chatIdSchema });
/** POST …/open: follows an OAuth address (…/connect/oauth2/authorize?…) as this person and says where it leads, with its code. */
export const openSchema = z.object({ url: z.string() });
export type OpenView = { location: string };

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

/** POST /simulator/events: any other event of the platform, to an app's callback. */
export const eventSchema = z.object({
  event: z.string(),
  from: z.string().default('sys'),
  agentId: z.number().int().optional(),
  /** Inner XML elements after Event, in order, as [name, text]; or ready XML. */
  fields: z.array(z.tuple([z.string(), z.string()])).default([]),
  xml: z.string().default(''),
});

/** POST /simulator/callbacks/raw: a crafted envelope, for tests. One attempt, no retries unless asked. */
export const rawCallbackSchema = z.object({
  agentId: z.number().int().optional(),
  /** Inner XML; absent with `replayOf`. */
  xml: z.string().optional(),
  /** Sends the very bytes and query of an earlier callback exchange again. */
  replayOf: z.number().int().optional(),
  /** Opens the earlier callback and seals the same inner XML anew, as a retry does. */
  resendOf: z.number().int().optional(),
  receiveId: z.string().optional(),
  timestamp: z.string().optional(),
  nonce: z.string().optional(),
  /** 'bad': 40 zeros; 'none': left out; other: sent as it is. */
  signature: z.string().optional(),
  token: z.string().optional(),
  encodingAesKey: z.string().optional(),
  /** Sent instead of the sealed envelope. */
  body: z.string().optional(),
  contentType: z.string().default('text/xml'),
  /** How many times, all at once. */
  copies: z.number().int().min(1).max(1000).default(1),
});
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

/** POST /simulator/clock; either moves the clock for everybody who shares it. */
export const clockSchema = z.union([
  z.object({ advanceMs: z.number() }),
  z.object({ to: z.iso.datetime({ offset: true }) }),
]);
export type ClockView = { now: string; offsetMs: number };

export const faultKinds = [
  'slow', // the API answers after `ms`
  'lost', // the request never reaches the platform: no answer for `ms` (default 30 s), then the connection is dropped
  'refuse', // the connection is reset at once, nothing was done
  'drop-answer', // done, but the connection is reset before the answer: outcome unknown to the caller
  'errcode', // the API answers with `errcode` and does nothing
  'token-expired', // every token given out so far dies at the next call
  'untrusted-ip', // 60020
  'duplicate-callbacks', // each callback comes `copies` times in all, at once
  'late-callbacks', // each callback leaves `ms` late
  'no-callbacks', // callbacks are not sent at all
  'lost-replies', // what the bot answers to a callback is lost: the platform tries again
] as const;
export const faultInputSchema = z.object({
  kind: z.enum(faultKinds),
  /** Only API paths that start so, e.g. /cgi-bin/message/send. */
  path: z.string().optional(),
  ms: z.number().int().min(0).optional(),
  errcode: z.number().int().optional(),
  copies: z.number().int().min(2).max(50).optional(),
  /** Switches itself off after so many uses; absent: stays. */
  times: z.number().int().positive().optional(),
  /** 0–1; absent: always. */
  probability: z.number().min(0).max(1).optional(),
});
export type FaultInput = z.input<typeof faultInputSchema>;
export type Fault = z.output<typeof faultInputSchema> & { id: string; used: number };

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
