// What the page makes of what it hears: messages in order, each once, and unread marks that agree with each other.
import { describe, expect, it } from 'vitest';
import { type Action, reduce } from '../../src/pages/simulator/state/reducer.ts';
import { initialState, type State, threadKey } from '../../src/pages/simulator/state/state.ts';
import type { MessageView } from '../../src/simulator/api.ts';

const message = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  seq,
  rev: seq,
  at: new Date(seq * 1000).toISOString(),
  chatId: 'app:1',
  from: 'app',
  fromName: '督导助手',
  msgType: 'text',
  text: `${seq}`,
  state: 'delivered',
  ...more,
});
const heard = (one: MessageView, userId = 'wang'): Action => ({
  type: 'event',
  realMs: 0,
  event: { type: 'message', userId, chatId: one.chatId, message: one },
});
const start: State = {
  ...initialState,
  people: [{ userId: 'Wang', name: '王建国', departments: [], position: '', status: 'active', unread: 0 }],
  chats: {
    wang: [{ chatId: 'app:1', name: '督导助手', kind: 'app', lastAt: null, lastText: '', unread: 0 }],
  },
  threads: { [threadKey('Wang', 'app:1')]: [] },
};
const run = (...actions: Action[]) => actions.reduce(reduce, start);
const thread = (state: State) => state.threads[threadKey('wang', 'app:1')]?.map(({ seq }) => seq);

describe('reduce', () => {
  it('keeps messages in order and each once, whichever way they arrive', () => {
    const state = run(heard(message(3)), heard(message(1)), heard(message(3)), heard(message(2)));
    expect(thread(state)).toEqual([1, 2, 3]);
    expect(state.people[0]?.unread).toBe(3);
  });

  it('lets the later revision stay', () => {
    const state = run(heard(message(1, { rev: 5, text: 'new' })), heard(message(1, { rev: 2, text: 'old' })));
    expect(state.threads[threadKey('wang', 'app:1')]?.[0]?.text).toBe('new');
  });

  it('a fetch that was answered before a message and comes after it takes nothing away', () => {
    const fetched = (messages: MessageView[], had: MessageView[] = []): Action => ({
      ...{ type: 'thread', userId: 'wang', chatId: 'app:1' },
      ...{ messages, had },
    });
    // Two fetches cross: the older answer comes last.
    expect(thread(run(fetched([message(1)]), heard(message(2)), fetched([])))).toEqual([1, 2]);
    // What stood there when it was asked for is replaced: the simulator may have begun anew.
    const old = run(heard(message(7)));
    const had = old.threads[threadKey('wang', 'app:1')] ?? [];
    expect(thread(reduce(old, fetched([message(1)], had)))).toEqual([1]);
    // The open chat keeps what comes before its first fetch has come.
    const open: State = { ...start, threads: {}, me: 'wang', chatId: 'app:1' };
    const first = [heard(message(2)), fetched([message(1)])].reduce(reduce, open);
    expect(thread(first)).toEqual([1, 2]);
  });

  it('counts what others said as unread, and forgets it when it was read', () => {
    const said = run(heard(message(1)), heard(message(2, { from: 'me' })));
    expect(said.people[0]?.unread).toBe(1);
    expect(said.fresh).toEqual(['wang']);
    const read = reduce(said, { type: 'read', userId: 'WANG', chatId: 'app:1' });
    expect([read.people[0]?.unread, read.chats.wang?.[0]?.unread, read.fresh]).toEqual([0, 0, []]);
  });

  it('does not take a changed card for a new message', () => {
    const changed = run(heard(message(1, { rev: 9 }), 'somebody'), heard(message(4, { rev: 8 })));
    expect(changed.people[0]?.unread).toBe(0);
    expect(changed.fresh).toEqual([]);
  });

  it('takes the corp’s language until the visitor chooses one', () => {
    const state = {
      now: '2026-03-19T02:00:00Z',
      offsetMs: 0,
      apps: [],
      departments: [],
      people: [],
      faults: [],
    };
    const corp = { corpId: 'ww1', name: '', locale: 'en' };
    expect(run({ type: 'state', state: { ...state, corp }, realMs: 0 }).locale).toBe('en');
    const chosen = run(
      { type: 'locale', locale: 'zh-CN', chosen: true },
      { type: 'state', state: { ...state, corp }, realMs: 0 },
    );
    expect(chosen.locale).toBe('zh-CN');
  });
});
