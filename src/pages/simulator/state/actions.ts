// What the visitor does: each tells the simulator first, and a refusal is said in a sentence.
import type { FaultInput, PersonPatch } from '../../../simulator/api.ts';
import { type Locale, makeTranslate } from '../texts.ts';
import { stopsTo } from '../top/clock-times.ts';
import { remember, remembered } from './memory.ts';
import { untilQuiet } from './pulse.ts';
import { sameUser, threadKey } from './state.ts';
import { current, dispatch } from './store.ts';
import { type MediaInput, type MenuTap, type PlaceInput, Refused, wire } from './wire.ts';

let lastId = 0;
const freshId = () => {
  lastId += 1;
  return lastId;
};

const t = (...args: Parameters<ReturnType<typeof makeTranslate>>) => makeTranslate(current().locale)(...args);

export function tell(text: string, tone: 'calm' | 'bad' = 'calm'): void {
  dispatch({ type: 'notice', notice: { id: freshId(), text, tone } });
}

/** Runs a call; a refusal becomes a notice. True when it went through. */
async function tried(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    tell(reasonOf(error), 'bad');
    return false;
  }
}
function reasonOf(error: unknown): string {
  if (!(error instanceof Refused)) throw error;
  return error.status === 0 ? t('noAnswer') : error.message;
}

// ── Fetching ─────────────────────────────────────────────────────────────────────────────────────────────────

export async function loadState(): Promise<void> {
  try {
    const state = await wire.state();
    dispatch({ type: 'state', state, realMs: Date.now() });
  } catch {
    // The stream's own retry comes back here.
    dispatch({ type: 'unreachable' });
    return;
  }
  const { me } = current();
  if (me !== null) await loadChats(me);
}

export async function loadEverything(): Promise<void> {
  await loadState();
  const { me, chatId } = current();
  await tried(async () => {
    dispatch({ type: 'exchanges', exchanges: await wire.exchanges() });
    if (me === null || chatId === null) return;
    await loadThread(me, chatId);
    if (document.visibilityState === 'visible') await seen(me, chatId);
  });
}

async function loadChats(userId: string): Promise<void> {
  try {
    dispatch({ type: 'chats', userId, chats: await wire.chats(userId) });
  } catch (error) {
    // An address from before a reset may name somebody who is no longer there.
    if (error instanceof Refused && error.status === 404) go(null, null);
    else tell(reasonOf(error), 'bad');
  }
}

async function loadThread(userId: string, chatId: string): Promise<void> {
  const had = current().threads[threadKey(userId, chatId)] ?? [];
  const messages = await wire.messages(userId, chatId);
  dispatch({ type: 'thread', userId, chatId, messages, had });
}

// ── Going about ──────────────────────────────────────────────────────────────────────────────────────────────

/** The address carries person and chat, so that reload and the browser's back button work. */
export function go(me: string | null, chatId: string | null, replace = false): void {
  const hash =
    me === null ? '' : `#${[me, ...(chatId === null ? [] : [chatId])].map(encodeURIComponent).join('/')}`;
  const address = `${location.pathname}${location.search}${hash}`;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  void arrive();
}

/** Takes up what the address says: whose desk this is and which chat is open. */
export async function arrive(): Promise<void> {
  const [me = null, chatId = null] = location.hash
    .slice(1)
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  const moved = !sameUser(me ?? '', current().me) || chatId !== current().chatId;
  dispatch({ type: 'go', me, chatId });
  if (me === null) return;
  remember('recent', current().recent);
  await loadChats(me);
  if (!sameUser(me, current().me)) return;
  if (chatId === null) {
    openOnlyChat(me);
    return;
  }
  await tried(() => loadThread(me, chatId));
  if (moved && !chatId.startsWith('group:')) await tried(() => wire.enter(me, chatId));
  await seen(me, chatId);
}

/** With one chat there is nothing to choose; on a wide screen the first app's chat is open from the start. */
function openOnlyChat(me: string): void {
  const chats = current().chats[me.toLowerCase()] ?? [];
  const app = chats.find((chat) => chat.kind === 'app') ?? chats[0];
  const wide = matchMedia('(min-width: 760px)').matches;
  if (app && (wide || chats.length === 1)) go(me, app.chatId, true);
}

export async function seen(userId: string, chatId: string): Promise<void> {
  const chat = current().chats[userId.toLowerCase()]?.find((one) => one.chatId === chatId);
  if (chat?.unread === 0) return;
  dispatch({ type: 'read', userId, chatId });
  await tried(() => wire.read(userId, chatId));
}

export function chooseLocale(locale: Locale): void {
  remember('locale', locale);
  dispatch({ type: 'locale', locale, chosen: true });
}

export function recall(): void {
  const locale = remembered('locale');
  if (locale === 'zh-CN' || locale === 'en') dispatch({ type: 'locale', locale, chosen: true });
  const recent = remembered('recent');
  if (Array.isArray(recent)) dispatch({ type: 'recent', recent: recent.map(String) });
}

// ── As the person ────────────────────────────────────────────────────────────────────────────────────────────

/** Shows the message at once; it stays with its reason when the simulator does not take it. */
async function send(
  text: string,
  work: (me: string, chatId: string) => Promise<unknown>,
  typed = false,
): Promise<void> {
  const { me, chatId } = current();
  if (me === null || chatId === null) return;
  const outgoing = { id: `out-${freshId()}`, userId: me, chatId, text, typed, reason: '' };
  dispatch({ type: 'acted' });
  dispatch({ type: 'outgoing', outgoing: { ...outgoing, state: 'sending' } });
  try {
    await work(me, chatId);
    // Without the stream nobody would tell of it.
    if (!current().live) await loadThread(me, chatId);
    dispatch({ type: 'outgoing-gone', id: outgoing.id });
  } catch (error) {
    dispatch({ type: 'outgoing', outgoing: { ...outgoing, state: 'failed', reason: reasonOf(error) } });
  }
}

export const say = (text: string) => send(text, (me, chatId) => wire.say(me, chatId, text), true);
export const sendMedia = (media: MediaInput) =>
  send(media.fileName, (me, chatId) => wire.media(me, chatId, media));
export const sendPlace = (place: PlaceInput) =>
  send(place.label, (me, chatId) => wire.place(me, chatId, place));
export const dissolve = (me: string, chatId: string) => tried(() => wire.dissolve(me, chatId));
export const forget = (id: string) => dispatch({ type: 'outgoing-gone', id });

export async function tapMenu(tap: MenuTap): Promise<void> {
  const { me, chatId } = current();
  dispatch({ type: 'acted' });
  if (me !== null && chatId !== null) await tried(() => wire.menu(me, chatId, tap));
}
export async function tapCard(
  taskId: string,
  key: string,
  selected?: Record<string, string[]>,
): Promise<void> {
  const { me, chatId } = current();
  dispatch({ type: 'acted' });
  if (me !== null && chatId !== null)
    await tried(() => wire.tap(me, chatId, { taskId, key, ...(selected ? { selected } : {}) }));
}

/** An OAuth address is followed as this person; the window was opened by the click, before the wait. */
export async function openAsPerson(url: string): Promise<void> {
  const { me } = current();
  const page = window.open('about:blank', '_blank');
  if (me === null || page === null) return;
  page.opener = null;
  const done = await tried(async () => {
    page.location.href = (await wire.open(me, url)).location;
  });
  if (!done) page.close();
}

// ── Over all ─────────────────────────────────────────────────────────────────────────────────────────────────

/** As an administrator; the list of people comes anew over the stream. */
export const changeMember = (userId: string, patch: PersonPatch) =>
  tried(() => wire.patchPerson(userId, patch));

/** After a stride the bot gets so long to begin, and goes on as long as it is heard; real milliseconds. */
const BEGIN_MS = 1000;
const PAUSE_MS = 500;
const MOST_MS = 10_000;

/** Walks the clock to a moment, by way of each morning between; the bot says at each what it has to say. */
export async function moveTo(to: Date): Promise<void> {
  if (current().walkingTo !== null) return;
  dispatch({ type: 'walk', to: to.toISOString() });
  for (const stop of stopsTo(new Date(Date.now() + current().clockOffset), to)) {
    if (current().walkingTo === null || !(await setClock(stop))) break;
    await untilQuiet(BEGIN_MS, PAUSE_MS, MOST_MS);
  }
  dispatch({ type: 'walk-over' });
}

const setClock = (at: Date) =>
  tried(async () =>
    dispatch({ type: 'clock', now: (await wire.moveTo(at.toISOString())).now, realMs: Date.now() }),
  );
export const stopWalking = () => dispatch({ type: 'walk-over' });
export const addFault = (fault: FaultInput) => tried(() => wire.addFault(fault));
export const removeFault = (id: string) => tried(() => wire.removeFault(id));
export const clearFaults = () => tried(() => wire.clearFaults());

export async function reset(): Promise<void> {
  if (!(await tried(() => wire.reset()))) return;
  dispatch({ type: 'emptied' });
  await loadEverything();
  tell(t('resetDone'));
}
