// Takes what waited on the disk through the house when the database is back: each person's messages in their order, each once.
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Kept, SpoolFiles } from '../store/spool.ts';
import { aibotDedupKey, parseAibot } from '../wecom/aibot.ts';
import { dedupKey, parseInbound } from '../wecom/inbound.ts';
import { type Envelope, type RunTurn, SpoolFailed, senderOf, type Waiting } from './accept.ts';
import { nobodyWaits } from './passive.ts';
import type { OneAtATime } from './turns.ts';

export interface SpoolDeps {
  files: SpoolFiles;
  run: RunTurn;
  queue: OneAtATime;
  /** Does the database answer? Cheap; asked before each attempt. */
  probe(): Promise<boolean>;
  /** The reply of a turn that was committed, though nobody could be told so: it leaves through the outbox. */
  tellLate(envelope: Envelope, reply: string): Promise<void>;
  log: Log;
  timing?: { firstMs: number; mostMs: number };
}

export interface Spool extends Waiting {
  state(): { entries: number; parked: number };
  /** Ends the drain after what it is at; what is left waits for the next start. */
  close(): Promise<void>;
}

/** A turn that fails although the database answers is tried so often; after that its message is parked. */
const ATTEMPTS = 5;
/** Between two looks for the database: soon at first, for a short absence is the rule. */
const TIMING = { firstMs: 1_000, mostMs: 5_000 };
/** People whose messages are taken at a time: half of the turns that may be in the work, for those who write now. */
const SIDE_BY_SIDE = 4;

interface Entry {
  id: string;
  envelope: Envelope;
  failures: number;
}

/** Begins at once to take in what an earlier run left. */
export function openSpool(deps: SpoolDeps): Spool {
  const { files, log } = deps;
  const timing = deps.timing ?? TIMING;
  /** Per sender, in order. What lies on the disk and what lies here is the same. */
  const lines = new Map<string, Entry[]>();
  /** Senders of what is being written just now. It may be on the disk already, so it waits like what is known to lie there. */
  const writing = new Map<string, number>();
  let closed = false;
  let wake: () => void = () => {};
  const stop = new AbortController();

  for (const { id, entry } of files.waiting) {
    try {
      put(id, revived(entry));
    } catch (err) {
      // It was read once, by another version: a message that can't be read must not keep the bot from starting.
      log.error({ err, spoolId: id }, 'a message on the disk can no longer be read');
      void parked(id);
    }
  }
  if (lines.size > 0) log.warn({ entries: count() }, 'messages of an earlier run wait on disk');
  const drained = drain();

  function put(id: string, envelope: Envelope) {
    const sender = senderOf(envelope);
    const line = lines.get(sender) ?? [];
    line.push({ id, envelope, failures: 0 });
    lines.set(sender, line);
    wake();
  }

  function count(): number {
    return [...lines.values()].reduce((sum, line) => sum + line.length, 0);
  }

  /** Sleeps while there is nothing; waits longer and longer while the database is away. */
  async function drain(): Promise<void> {
    let pause = timing.firstMs;
    while (!closed) {
      if (lines.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ((await deps.probe()) && (await round())) {
        pause = timing.firstMs;
        continue;
      }
      await wait(pause, undefined, { signal: stop.signal }).catch(() => {});
      pause = Math.min(pause * 2, timing.mostMs);
    }
  }

  /** The next messages of some people, each at most one line long. False: the database went away meanwhile. */
  async function round(): Promise<boolean> {
    const senders = [...lines.keys()].slice(0, SIDE_BY_SIDE);
    const went = await Promise.all(
      senders.map((sender) =>
        deps.queue(sender, () => takeLine(sender), lines.get(sender)?.[0]?.envelope.office),
      ),
    );
    return went.every(Boolean);
  }

  async function takeLine(sender: string): Promise<boolean> {
    for (let entry = lines.get(sender)?.[0]; entry && !closed; entry = lines.get(sender)?.[0]) {
      if (!(await takeOne(entry))) return false;
      const line = lines.get(sender) ?? [];
      line.shift();
      if (line.length === 0) lines.delete(sender);
    }
    return true;
  }

  /** True: it is done with, one way or the other. */
  async function takeOne(entry: Entry): Promise<boolean> {
    try {
      const { reply } = await deps.run(entry.envelope, nobodyWaits);
      // A reply in spite of nobody waiting is one stored by a turn whose commit was not heard of.
      if (reply !== null) await deps.tellLate(entry.envelope, reply);
      await files.remove(entry.id);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'store.unreachable') return false;
      entry.failures += 1;
      log.error({ err: error, failures: entry.failures }, 'a message from the disk failed');
      return entry.failures >= ATTEMPTS && parked(entry.id);
    }
  }

  /** False: not even that can be written now. It keeps its place, and is tried again with what comes after it. */
  async function parked(spoolId: string): Promise<boolean> {
    try {
      await files.park(spoolId);
    } catch (err) {
      log.error({ err, spoolId }, 'a message could not be parked');
      return false;
    }
    log.error({ spoolId }, 'a message was parked; it needs a person to look at it');
    return true;
  }

  return {
    async append(envelope) {
      const { office, xml, receivedAt } = envelope;
      const sender = senderOf(envelope);
      writing.set(sender, (writing.get(sender) ?? 0) + 1);
      try {
        put(await files.append({ office, xml, receivedAt: receivedAt.toISOString() }), envelope);
      } catch (cause) {
        throw new SpoolFailed('the message could not be kept', { cause });
      } finally {
        const left = (writing.get(sender) ?? 1) - 1;
        if (left > 0) writing.set(sender, left);
        else writing.delete(sender);
      }
    },
    holds: (envelope) => lines.has(senderOf(envelope)) || writing.has(senderOf(envelope)),
    state: () => ({ entries: count(), parked: files.parked() }),
    async close() {
      closed = true;
      stop.abort();
      wake();
      await drained;
      await files.close();
    },
  };
}

function revived({ office, xml, receivedAt }: Kept): Envelope {
  const at = { office, xml, receivedAt: new Date(receivedAt) };
  if (/^\s*\{/.test(xml)) {
    const inbound = parseAibot(xml);
    return { ...at, inbound, dedupKey: aibotDedupKey(inbound, xml) };
  }
  const inbound = parseInbound(xml);
  return { ...at, inbound, dedupKey: dedupKey(inbound, xml) };
}
