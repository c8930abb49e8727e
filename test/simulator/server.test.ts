// Starting and stopping: what is kept between starts, a port that is taken, the stream, and the simulator by itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { AppError } from '../../src/errors.ts';
import { operatorTexts } from '../../src/operator.ts';
import { simulateAlone } from '../../src/simulator/alone.ts';
import type { StateView, StreamEvent } from '../../src/simulator/api.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { testFolder } from '../support/folder.ts';
import { person } from '../support/person.ts';
import { AGENT, corp, startBot, startWorld, textReply, type World } from './bot.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  rmSync(folder, { recursive: true, force: true });
});
const world = async (...args: Parameters<typeof startWorld>): Promise<World> => {
  const started = await startWorld(...args);
  open.push(started);
  return started;
};
const quiet = { info: () => {}, warn: () => {} };

test('a start after a stop finds chats, cards, pictures and the moved clock', async () => {
  const stateFile = join(folder, 'deep', 'simulator.json');
  const first = await world({ stateFile }, (got) => textReply(got, '收到'));
  first.clock.advance(86_400_000 * 3);
  const li = person(first.simulator.url, 'li.si');
  await li.says('你好');
  await li.sendsPhoto();
  const card = { card_type: 'vote_interaction', main_title: { title: '问' }, task_id: 't9' };
  const question = { question_key: 'q', option_list: [{ id: 'a', text: '甲' }] };
  await first.api('message/send', {
    touser: 'li.si',
    msgtype: 'template_card',
    agentid: AGENT,
    template_card: { ...card, checkbox: question, submit_button: { text: '交', key: 's' } },
  });
  await first.drive('people/zhao.liu', { status: 'disabled' }, 'PATCH');
  await open.pop()?.close();

  const second = await world({ stateFile });
  const again = person(second.simulator.url, 'li.si');
  expect((await again.saw()).map(({ text }) => text)).toEqual(['收到', '收到', '问\n (甲)\n[交]']);
  const { messages } = await second.drive<{ messages: { media?: { url: string } }[] }>(
    'people/li.si/messages',
  );
  const picture = messages.find(({ media }) => media !== undefined)?.media?.url ?? '';
  expect((await fetch(second.simulator.url + picture)).headers.get('content-type')).toBe('image/png');
  const state = await second.drive<StateView>('state');
  expect(state.offsetMs).toBeGreaterThan(86_400_000 * 2.9);
  expect(state.people.find(({ userId }) => userId === 'zhao.liu')?.status).toBe('disabled');
  expect(await again.taps('s')).toMatchObject({ outcome: 'empty' });
});

test('a damaged state file is set aside', async () => {
  const stateFile = join(testFolder(), 'simulator.json');
  writeFileSync(stateFile, '{"version":');
  const { drive } = await world({ stateFile });
  expect(await drive('state')).toMatchObject({ people: { length: 5 } });
});

test('a port that is taken is a sentence', async () => {
  const { simulator } = await world();
  const port = Number(new URL(simulator.url).port);
  const second = startSimulator({ port, clock: movableClock(), corp, log: quiet });
  await expect(second).rejects.toThrow(/Port \d+ is taken.*SIMULATOR_PORT/);
  await expect(second).rejects.toBeInstanceOf(AppError);
});

test('without a built page it says so; unknown people and faulty bodies are sentences too', async () => {
  const { simulator, drive } = await world();
  expect(await (await fetch(simulator.url)).text()).toMatch(/npm run build/);
  expect(await drive('people/nobody/say', { text: 'x' })).toEqual({ error: 'there is no person nobody' });
  expect(await drive('people/li.si/say', { text: '' })).toMatchObject({
    error: expect.stringMatching(/^text: /),
  });
});

test('the stream tells of messages, exchanges, an address that passed its test and the clock as they happen', async () => {
  const { simulator, drive } = await world({}, (got) => textReply(got, '好'));
  const stop = new AbortController();
  const stream = await fetch(`${simulator.url}/simulator/stream`, { signal: stop.signal });
  const events: StreamEvent[] = [];
  const reading = (async () => {
    let rest = '';
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + chunk).split('\n\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)));
    }
  })().catch(() => {});
  await person(simulator.url, 'li.si').says('喂');
  await drive('clock', { advanceMs: 1000 });
  await expect
    .poll(() => new Set(events.map(({ type }) => type)))
    .toEqual(new Set(['message', 'exchange', 'people', 'clock']));
  stop.abort();
  await reading;
});

test('reset empties chats and faults; the corp stays', async () => {
  const { simulator, drive } = await world({}, (got) => textReply(got, '好'));
  const li = person(simulator.url, 'li.si');
  await li.says('喂');
  await drive('faults', { kind: 'slow', ms: 1 });
  await drive('reset', {});
  expect(await li.saw()).toEqual([]);
  expect(await drive('state')).toMatchObject({ faults: [], people: { length: 5 } });
});

test('by itself it prints what a bot needs, the same at every start, and takes people from a roster', async () => {
  const bot = await startBot((got) => textReply(got, '好'));
  open.push(bot);
  const people = join(testFolder(), 'roster.json');
  const roster = {
    office: { name: '督导室' },
    people: [{ userid: 'insp-wang', name: '王建国', roles: ['inspector'] }],
  };
  writeFileSync(people, JSON.stringify(roster));
  const lines: string[][] = [[], []];
  for (const printed of lines) {
    const simulator: Simulator = await simulateAlone({
      port: 0,
      people,
      say: operatorTexts('en').say,
      print: (line) => printed.push(line),
      log: quiet,
    });
    open.push(simulator);
  }
  const credentials = lines.map((printed) =>
    printed.filter((line) => /^ {2}(Corp|Agent|Secret|Token|Enc)/.test(line)),
  );
  expect(credentials[0]).toHaveLength(5);
  expect(credentials[1]).toEqual(credentials[0]);

  const { AES_KEY, CORP_ID, TOKEN } = await import('./bot.ts');
  const told: string[] = [];
  const simulator = await simulateAlone({
    port: 0,
    people,
    callback: bot.url,
    token: TOKEN,
    aesKey: AES_KEY,
    corpId: CORP_ID,
    say: operatorTexts('zh-CN').say,
    print: (line) => told.push(line),
    log: quiet,
  });
  open.push(simulator);
  expect(told.at(-1)).toBe(operatorTexts('zh-CN').say('simulate.verified', { url: bot.url }));
  expect(await person(simulator.url, 'insp-wang').says('喂')).toMatchObject({ outcome: 'answered' });
});
