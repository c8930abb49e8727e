// Calls of the simulator's driving API. Nothing else of the page knows a path.
import type {
  ActView,
  ChatView,
  ClockView,
  Exchange,
  ExchangesView,
  Fault,
  FaultInput,
  MessagesView,
  MessageView,
  OpenView,
  PersonPatch,
  StateView,
} from '../../../simulator/api.ts';

/** The simulator refused, in its own words; or it did not answer (`status` 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/simulator${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new Refused(0, cause instanceof Error ? cause.message : String(cause));
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, sentenceIn(text) || `HTTP ${response.status}`);
  // The types are those the server itself is compiled with.
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function sentenceIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'error' in body) return String(body.error);
  } catch {
    // Not JSON: a proxy's page, say; the status alone is told.
  }
  return '';
}

const of = (userId: string) => `/people/${encodeURIComponent(userId)}`;
/** Answered at once; what becomes of the callback arrives over the stream. */
const act = (userId: string, what: string, body: object) =>
  call<ActView>('POST', `${of(userId)}/${what}?wait=false`, body);

export type MenuTap = { key: string; scanResult?: string; place?: PlaceInput; pictures?: string[] };
export type PlaceInput = { latitude: number; longitude: number; label: string };
export type MediaInput = {
  kind: 'image' | 'voice' | 'video' | 'file';
  fileName: string;
  base64: string;
};

export const wire = {
  state: () => call<StateView>('GET', '/state'),
  chats: (userId: string) => call<ChatView[]>('GET', `${of(userId)}/chats`),
  async messages(userId: string, chatId: string): Promise<MessageView[]> {
    const path = `${of(userId)}/chats/${encodeURIComponent(chatId)}/messages?limit=300`;
    return (await call<MessagesView>('GET', path)).messages;
  },
  async exchanges(): Promise<Exchange[]> {
    return (await call<ExchangesView>('GET', '/exchanges?limit=300')).exchanges.reverse();
  },
  say: (userId: string, chatId: string, text: string) => act(userId, 'say', { text, chatId }),
  media: (userId: string, chatId: string, media: MediaInput) => act(userId, 'media', { ...media, chatId }),
  place: (userId: string, chatId: string, place: PlaceInput) => act(userId, 'place', { ...place, chatId }),
  tap: (
    userId: string,
    chatId: string,
    tap: { taskId: string; key: string; selected?: Record<string, string[]> },
  ) => act(userId, 'tap', { ...tap, chatId }),
  menu: (userId: string, chatId: string, tap: MenuTap) => act(userId, 'menu', { ...tap, chatId }),
  enter: (userId: string, chatId: string) => act(userId, 'enter', { chatId }),
  dissolve: (userId: string, chatId: string) => act(userId, 'dissolve', { chatId }),
  read: (userId: string, chatId: string) => call<unknown>('POST', `${of(userId)}/read`, { chatId }),
  open: (userId: string, url: string) => call<OpenView>('POST', `${of(userId)}/open`, { url }),
  patchPerson: (userId: string, patch: PersonPatch) => call<unknown>('PATCH', of(userId), patch),
  moveTo: (to: string) => call<ClockView>('POST', '/clock', { to }),
  addFault: (fault: FaultInput) => call<Fault>('POST', '/faults', fault),
  removeFault: (id: string) => call<unknown>('DELETE', `/faults/${encodeURIComponent(id)}`),
  clearFaults: () => call<unknown>('DELETE', '/faults'),
  reset: () => call<unknown>('POST', '/reset', {}),
};
