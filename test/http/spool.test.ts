// What waited on the disk comes in when the database is back: each once, each person's in order, and nothing stops the others.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { acceptor, type Envelope, type RunTurn } from '../../src/http/accept.ts';
import { openSpool } from '../../src/http/spool.ts';
import { oneAtATime } from '../../src/http/turns.ts';
import { createLog } from '../../src/log.ts';
import { openSpoolFiles } from '../../src/store/spool.ts';
import { aibotDedupKey, parseAibot } from '../../src/wecom/aibot.ts';
import { dedupKey, parseInbound } from '../../src/wecom/inbound.ts';
import { testFolder } from '../support/folder.ts';
import { until } from '../support/until.ts';
import { textXml } from './door.ts';

const log = createLog({ level: 'silent' });
const timing = { firstMs: 5, mostMs: 20 };

async function folder(): Promise<string> {
  const dir = testFolder();
  return dir;
}

function envelope(content: string, from = 'LiSi'): Envelope {
  const xml = textXml(content, from);
  const inbound = parseInbound(xml);
  return {
    office: 'main',
    xml,
    inbound,
    dedupKey: dedupKey(inbound, xml),
    receivedAt: new Date('2026-03-19T02:00:00Z'),
  };
}

const textOf = ({ inbound }: Envelope) => (inbound.kind === 'text' ? inbound.content : '');

async function spool(dir: string, house: { isAway: boolean; run?: RunTurn }) {
  const taken: string[] = [];
  const told: string[] = [];
  const run: RunTurn = async (given, passive) => {
    if (house.isAway) throw new AppError('store.unreachable', 'later');
    expect(passive.claim()).toBe(false);
    const answer = (await house.run?.(given, passive)) ?? { reply: null };
    taken.push(`${given.inbound.fromUser}:${textOf(given)}`);
    return answer;
  };
  const opened = openSpool({
    files: await openSpoolFiles({ dir, log }),
    run,
    queue: oneAtATime(),
    probe: async () => !house.isAway,
    tellLate: async (_envelope, xml) => void told.push(xml),
    log,
    timing,
  });
  onTestFinished(() => opened.close());
  return { spool: opened, taken, told };
}

test('messages wait while the database is away and come in afterwards, in order', async () => {
  const house = { isAway: true };
  const { spool: waiting, taken } = await spool(await folder(), house);
  for (const words of ['1', '2', '3']) {
    await waiting.append(envelope(words, 'LiSi'));
    await waiting.append(envelope(words, 'WangWu'));
  }
  expect(waiting.state()).toEqual({ entries: 6, parked: 0 });
  expect(waiting.holds(envelope('4', 'lisi'))).toBe(true);
  expect(waiting.holds(envelope('4', 'ZhaoLiu'))).toBe(false);

  house.isAway = false;
  await until('the spool to be empty', () => waiting.state().entries === 0);
  for (const person of ['LiSi', 'WangWu']) {
    expect(taken.filter((one) => one.startsWith(person))).toEqual([
      `${person}:1`,
      `${person}:2`,
      `${person}:3`,
    ]);
  }
});

test('what waited survives the process', async () => {
  const dir = await folder();
  const before = await spool(dir, { isAway: true });
  const sent = envelope('hello');
  await before.spool.append(sent);
  await before.spool.close();

  const seen: Envelope[] = [];
  const after = await spool(dir, {
    isAway: false,
    run: async (given) => {
      seen.push(given);
      return { reply: null };
    },
  });
  await until('the message to come in', () => seen.length === 1);
  expect(seen[0]).toEqual(sent);
  await until('the disk to be empty', () => after.spool.state().entries === 0);
});

test('what was said to the smart robot survives as well', async () => {
  const dir = await folder();
  const json = JSON.stringify({
    ...{ msgid: 'm1', aibotid: 'AIBOT1', chattype: 'group', chatid: 'wr1', from: { userid: 'LiSi' } },
    ...{ msgtype: 'text', text: { content: '@督导助手 还差哪几所' } },
  });
  const inbound = parseAibot(json);
  const sent: Envelope = {
    ...{ office: 'main', xml: json, inbound, dedupKey: aibotDedupKey(inbound, json) },
    receivedAt: new Date('2026-03-19T02:00:00Z'),
  };
  const before = await spool(dir, { isAway: true });
  await before.spool.append(sent);
  await before.spool.close();
  const seen: Envelope[] = [];
  const run: RunTurn = async (given) => {
    seen.push(given);
    return { reply: null };
  };
  await spool(dir, { isAway: false, run });
  await until('the message to come in', () => seen.length === 1);
  expect(seen[0]).toEqual(sent);
});

test('a message that fails again and again is put aside, and the next one of hers comes in', async () => {
  const run: RunTurn = async (given) => {
    if (textOf(given) === 'poison') throw new Error('no');
    return { reply: null };
  };
  const { spool: waiting, taken } = await spool(await folder(), { isAway: false, run });
  await waiting.append(envelope('poison'));
  await waiting.append(envelope('after'));
  await until('the poison to be parked', () => waiting.state().parked === 1 && waiting.state().entries === 0);
  expect(taken).toEqual(['LiSi:after']);
});

test('a message that cannot even be put aside waits until it can, and nothing dies of it', async () => {
  const dir = await folder();
  let attempts = 0;
  const run: RunTurn = async (given) => {
    if (textOf(given) !== 'poison') return { reply: null };
    attempts += 1;
    throw new Error('no');
  };
  const { spool: waiting, taken } = await spool(dir, { isAway: false, run });
  // A disk that takes nothing there, as far as the spool can tell.
  await rm(join(dir, 'parked'), { recursive: true });
  await writeFile(join(dir, 'parked'), '');
  await waiting.append(envelope('poison'));
  await waiting.append(envelope('of another', 'WangWu'));
  await until('more attempts than there are', () => attempts > 6);
  expect(waiting.state()).toEqual({ entries: 1, parked: 0 });
  expect(taken).toEqual(['WangWu:of another']);

  await rm(join(dir, 'parked'));
  await mkdir(join(dir, 'parked'));
  await until('the poison to be parked', () => waiting.state().parked === 1 && waiting.state().entries === 0);
});

test('a reply that was stored by a turn nobody heard of is told after all', async () => {
  const { spool: waiting, told } = await spool(await folder(), {
    isAway: false,
    run: async () => ({ reply: '<xml/>' }),
  });
  await waiting.append(envelope('hello'));
  await until('the reply', () => told.length === 1);
  expect(told).toEqual(['<xml/>']);
});

test('asked again while the message is being written to a slow disk, nobody gives the reply that leaves from there', async () => {
  // Its first attempt is in the work so long that the platform asks twice more; the second is kept, the third comes meanwhile.
  const [firstEnds, diskWrites] = [held(), held()];
  let taken = false;
  const run: RunTurn = async (_envelope, passive) => {
    if (taken) return { reply: '<xml/>' };
    taken = true;
    passive.claim();
    await firstEnds.end;
    return { reply: '<xml/>' };
  };
  const [files, queue, told] = [
    await openSpoolFiles({ dir: await folder(), log }),
    oneAtATime(),
    [] as string[],
  ];
  let writes = 0;
  const append: typeof files.append = async (entry) => {
    const id = await files.append(entry);
    writes += 1;
    await diskWrites.end;
    return id;
  };
  const waiting = openSpool({
    ...{ files: { ...files, append }, run, queue, log, timing },
    probe: async () => true,
    tellLate: async (_envelope, xml) => void told.push(xml),
  });
  onTestFinished(() => waiting.close());
  const accept = acceptor({
    ...{ run, spool: waiting, queue, log, hush: (given: Envelope) => given, count: () => {} },
    budget: { emptyAfterMs: 60_000, giveBackAfterMs: 60_000 },
  });
  const now = performance.now();
  const first = accept(envelope('hello'), now);
  // Longer on its way than anybody waits.
  const second = accept(envelope('hello'), now - 60_000);
  await until('the second to be on the disk', () => writes === 1);
  const third = accept(envelope('hello'), now);
  firstEnds.release();
  expect(await first).toBe('<xml/>');
  // Time for a turn that does not wait for the disk to end before it.
  await Promise.race([third, new Promise((resolve) => setTimeout(resolve, 50))]);
  diskWrites.release();
  expect([await second, await third]).toEqual([null, null]);
  await until('the spool to be empty', () => waiting.state().entries === 0);
  expect(new Set(told)).toEqual(new Set(['<xml/>']));
});

function held(): { end: Promise<void>; release(): void } {
  let release = () => {};
  const end = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { end, release: () => release() };
}

test('what can no longer be read is put aside at the start, and the rest comes in', async () => {
  const dir = await folder();
  const earlier = await openSpoolFiles({ dir, log });
  await earlier.append({ office: 'main', xml: '<xml><torn>', receivedAt: '2026-03-19T02:00:00Z' });
  const { office, xml, receivedAt } = envelope('1');
  await earlier.append({ office, xml, receivedAt: receivedAt.toISOString() });
  await earlier.close();

  const { spool: next, taken } = await spool(dir, { isAway: false });
  await until('the spool to be empty', () => next.state().entries === 0);
  expect(taken).toEqual(['LiSi:1']);
  await until('the other to be parked', () => next.state().parked === 1);
});
