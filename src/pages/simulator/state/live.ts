// Keeps the page in step with the simulator: the event stream, and a fresh fetch whenever it was away.
import type { StreamEvent } from '../../../simulator/api.ts';
import { loadEverything, loadState, seen } from './actions.ts';
import { noteLife } from './pulse.ts';
import { sameUser } from './state.ts';
import { current, dispatch } from './store.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/** Opens the stream and opens it again for as long as the page lives. */
export function followSimulator(): void {
  let retryMs = FIRST_RETRY_MS;
  const open = () => {
    const source = new EventSource('/simulator/stream');
    source.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      dispatch({ type: 'live', live: true });
      // Whatever happened while nobody listened is fetched; the server may also be a new one.
      void loadEverything();
    };
    source.onmessage = (message: MessageEvent<string>) => {
      // The stream's events are typed by the same module the server publishes them with.
      hear(JSON.parse(message.data) as StreamEvent);
    };
    source.onerror = () => {
      // EventSource retries by itself only after some failures, never after a refused one: one rule of our own.
      source.close();
      dispatch({ type: 'live', live: false });
      if (current().phase === 'loading') dispatch({ type: 'unreachable' });
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
  };
  open();
  // What arrived in the open chat while the window was hidden is read when it is looked at.
  document.addEventListener('visibilitychange', () => {
    const { me, chatId } = current();
    if (document.visibilityState === 'visible' && me !== null && chatId !== null) void seen(me, chatId);
  });
}

let refetch: ReturnType<typeof setTimeout> | undefined;

function hear(event: StreamEvent): void {
  dispatch({ type: 'event', event, realMs: Date.now() });
  if (event.type === 'message' || event.type === 'card' || event.type === 'exchange') noteLife();
  const { me, chatId } = current();
  if (event.type === 'message' && event.message.from !== 'me' && sameUser(event.userId, me)) {
    const inChat = current().chats[event.userId.toLowerCase()]?.some((chat) => chat.chatId === event.chatId);
    if (!inChat) soon();
    if (event.chatId === chatId && document.visibilityState === 'visible')
      void seen(event.userId, event.chatId);
  }
  if (event.type === 'people') soon();
  if (event.type === 'read' && !sameUser(event.userId, me)) soon();
}

/** Several changes in a row cost one fetch. */
function soon(): void {
  clearTimeout(refetch);
  refetch = setTimeout(() => void loadState(), 300);
}
