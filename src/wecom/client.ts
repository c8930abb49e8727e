// The app's side of the API (90236, 94888, 94867): sending, changing and taking back, and the doors to the other families.
import { z } from 'zod';
import { type Api, checked, createApi } from './api.ts';
import { type Appchat, createAppchat } from './appchat.ts';
import { templateCardUpdate } from './cards.ts';
import { filled, flag } from './checks.ts';
import { type ContactSync, type Contacts, createContacts } from './contacts.ts';
import { AGENT, type Refusal } from './door.ts';
import { createWire, type WireSettings } from './http.ts';
import { RECEIVER_PARTIES, RECEIVER_TAGS, RECEIVER_USERS } from './limits.ts';
import { createMedia, type Media } from './media.ts';
import { createMenu, type MenuApi } from './menu.ts';
import { messageBody, type OutgoingMessage } from './messages.ts';
import { type OauthUser, userFromCode } from './oauth.ts';
import { createTokens, type TokenStore } from './token.ts';

export interface WecomSettings extends WireSettings {
  corpId: string;
  agentId: number;
  /** The app's secret. */
  secret: string;
  tokens: TokenStore;
  now?: () => Date;
}

export interface Sent {
  /** For `recall`. */
  msgid?: string;
  /** The right to change this card once, within 72 h; only for cards that call back. */
  responseCode?: string;
  /** Whom it did not reach although errcode was 0. Userids come back in lower case. */
  invalidUsers: string[];
  invalidParties: string[];
  invalidTags: string[];
  unlicensedUsers: string[];
}

const ids = (max: number) => z.array(z.int()).max(max).optional();
const cardUpdate = z
  .strictObject({
    userids: z.array(filled).max(RECEIVER_USERS).optional(),
    partyids: ids(RECEIVER_PARTIES),
    tagids: ids(RECEIVER_TAGS),
    /** 1: every receiver of that message. */
    atall: flag.optional(),
    agentid: z.int(),
    /** From the send answer or from a tap; good for one call. */
    response_code: filled,
    enable_id_trans: flag.optional(),
    /** Greys the button under this name … */
    button: z.strictObject({ replace_name: filled }).optional(),
    /** … or shows a new card of any type. */
    template_card: templateCardUpdate.optional(),
  })
  .refine((u) => (u.button === undefined) !== (u.template_card === undefined), {
    error: 'needs either button or template_card',
  })
  .refine((u) => u.atall === 1 || Boolean(u.userids?.length || u.partyids?.length || u.tagids?.length), {
    error: 'no receiver', // 82101
  });
export type CardUpdate = Omit<z.infer<typeof cardUpdate>, 'agentid'>;

export interface WecomClient {
  /**
   * message/send. Not idempotent: repeat an unknown outcome only with `enable_duplicate_check`.
   * @throws {WecomInvalid} when the platform would refuse or cut it. @throws {WecomRefused} @throws {WecomUnreachable}
   */
  send(message: OutgoingMessage): Promise<Sent>;
  /** update_template_card (94888). @throws as `send`; 60140 when the code was used or is over 72 h old. */
  updateCard(update: CardUpdate): Promise<{ invalidUsers: string[] }>;
  /** Takes a message back within 24 h (94867). */
  recall(msgid: string): Promise<void>;
  /** Who came with this OAuth code (91023). */
  userFromCode(code: string): Promise<OauthUser>;
  /** Where callbacks come from: plain IPv4, or ending in `*`. Never install an empty list. */
  callbackIps(): Promise<string[]>;
  /** Asks for the app itself (90227), which proves secret, trusted address and agent id. @throws {WecomRefused} @throws {WecomUnreachable} */
  knock(): Promise<void>;
  /** What the platform refuses this app now, as far as its calls have told; null when it lets it in. */
  refusal(): Refusal | null;
  readonly appchat: Appchat;
  readonly media: Media;
  readonly contacts: Contacts;
  readonly menu: MenuApi;
}

const nothing = z.object({});
/**
 * Joined by `|`, or a list as update_template_card gives it; absent or null when there is nobody. With errcode 0 the message
 * has left, so nothing that these fields may hold is a reason to take the answer for none and to send it again.
 */
const listed = z
  .union([z.string().transform((joined) => joined.split('|')), z.array(z.string())])
  .catch([])
  .transform((ids) => ids.filter((id) => id !== ''));
const lowered = listed.transform((list) => list.map((id) => id.toLowerCase()));
const word = z.string().optional().catch(undefined);
const sent = z.object({
  msgid: word,
  response_code: word,
  invaliduser: lowered,
  invalidparty: listed,
  invalidtag: listed,
  unlicenseduser: lowered,
});

/** @throws {TypeError} when `base` is not an address. */
export function createWecomClient(settings: WecomSettings): WecomClient {
  const { corpId, agentId, secret, tokens: store, now = () => new Date() } = settings;
  const wire = createWire(settings);
  const api = createApi(wire, createTokens({ wire, corpId, agentId, secret, store, now }), agentId);
  return {
    send: (message) => send(api, message),
    updateCard: (update) => updateCard(api, update),
    async recall(msgid) {
      await api.call({ path: '/cgi-bin/message/recall', json: { msgid } }, nothing);
    },
    userFromCode: (code) => userFromCode(api, code),
    async callbackIps() {
      const answer = z.object({ ip_list: z.array(z.string()).default([]) });
      return (await api.call({ path: '/cgi-bin/getcallbackip' }, answer)).ip_list;
    },
    async knock() {
      await api.call({ path: AGENT, query: { agentid: agentId } }, nothing);
    },
    refusal: () => api.door.refusal(),
    appchat: createAppchat(api),
    media: createMedia(api),
    contacts: createContacts(api),
    menu: createMenu(api),
  };
}

/** The contact-sync helper has a secret and a token of its own, and no agent id. @throws {TypeError} as `createWecomClient` */
export function createContactSync(settings: Omit<WecomSettings, 'agentId'>): ContactSync {
  const { corpId, secret, tokens: store, now = () => new Date() } = settings;
  const wire = createWire(settings);
  const agentId = 0;
  return createContacts(
    createApi(wire, createTokens({ wire, corpId, agentId, secret, store, now }), agentId),
  );
}

async function send(api: Api, message: OutgoingMessage): Promise<Sent> {
  const path = '/cgi-bin/message/send';
  const json = checked(messageBody, path, { ...message, agentid: api.agentId });
  const answer = await api.call({ path, json }, sent);
  return {
    msgid: answer.msgid || undefined,
    responseCode: answer.response_code || undefined,
    invalidUsers: answer.invaliduser,
    invalidParties: answer.invalidparty,
    invalidTags: answer.invalidtag,
    unlicensedUsers: answer.unlicenseduser,
  };
}

async function updateCard(api: Api, update: CardUpdate): Promise<{ invalidUsers: string[] }> {
  const path = '/cgi-bin/message/update_template_card';
  const json = checked(cardUpdate, path, { ...update, agentid: api.agentId });
  const { invaliduser } = await api.call({ path, json }, z.object({ invaliduser: lowered }));
  return { invalidUsers: invaliduser };
}
