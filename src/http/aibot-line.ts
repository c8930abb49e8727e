// What comes by a smart robot's long connection goes through the same talk as a callback; a promised answer is pushed when it is there,
// by this process or, when this one dies, by the one that has the connection next.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { AibotPromise } from '../store/aibot-promises.ts';
import type { AibotInbound } from '../wecom/aibot.ts';
import { isFinished, streamReply } from '../wecom/aibot-replies.ts';
import type { AibotFrame } from '../wecom/aibot-socket.ts';
import { AIBOT_STREAM_MS } from '../wecom/limits.ts';
import { GIVE_BACK } from './accept.ts';
import type { AibotHeard, AibotTalk } from './aibot.ts';

export interface AibotLineDeps {
  talk: AibotTalk;
  promises: {
    keep(office: string, promise: AibotPromise): Promise<void>;
    /** True for whoever was the first to settle it. */
    settle(office: string, dedupKey: string): Promise<boolean>;
    open(office: string, withinMs: number): Promise<(AibotPromise & { ageMs: number })[]>;
  };
  /** Said when nothing could be taken in: nobody sends a frame again. */
  awayWords(): string;
  /** The answer did not reach the robot's chat: it goes to the asker alone. */
  tellApart(office: string, heard: AibotHeard, reply: string): Promise<void>;
  /** The process ends: a promised answer is not waited for any more. */
  isEnding(): boolean;
  log: Log;
  /** The first wait before a promised answer is looked for. */
  lookMs?: number;
}

/** Time to push the last part before the platform takes no more. */
const BEFORE_THE_END_MS = 15_000;
const LOOK_MS = 300;
const LOOK_MOST_MS = 5_000;

export type HearFrame = (office: string, frame: AibotFrame & { dedupKey: string }) => Promise<void>;
export type ResumePromises = (
  office: string,
  answer: (reqId: string, replyJson: string) => Promise<void>,
) => Promise<void>;

interface AibotLine {
  /** Never rejects: a frame has nobody to tell. */
  hear: HearFrame;
  /** Never rejects either. */
  resume: ResumePromises;
}

/** An answer that is waited for: whose, and how it is given. */
interface Following {
  heard: AibotHeard;
  answer(replyJson: string): Promise<void>;
  /** The promise is written down. */
  kept: boolean;
  ageMs: number;
}

/** For one process: what a frame says is taken in, answered or promised; what another process promised is taken up. */
export function aibotLine(deps: AibotLineDeps): AibotLine {
  const { talk, log, promises } = deps;
  /** Those that this process follows: a connection that stands again need not begin anew. */
  const followed = new Set<string>();

  async function whole(office: string, frame: Parameters<HearFrame>[1]): Promise<void> {
    const { inbound, json, dedupKey } = frame;
    const heard = { inbound, json, dedupKey };
    const first = await talk(office, heard, performance.now());
    if (first === GIVE_BACK) return frame.answer(streamReply(inbound.msgId, deps.awayWords(), true));
    if (first === null) return;
    if (isFinished(first))
      return given(office, { heard, answer: frame.answer, kept: false, ageMs: 0 }, first);
    // Before it is promised. Without a database this process alone knows of it.
    followed.add(dedupKey);
    const kept = await promises
      .keep(office, {
        ...{ dedupKey, aibotId: inbound.aibotId, streamId: inbound.msgId },
        ...{ userId: inbound.fromUser, reqId: frame.reqId },
      })
      .then(
        () => true,
        (err: unknown) => {
          log.warn({ err, office }, 'a promised answer could not be written down');
          return false;
        },
      );
    await frame.answer(first);
    await follow(office, { heard, answer: frame.answer, kept, ageMs: 0 });
  }

  async function follow(office: string, following: Following): Promise<void> {
    const { heard, ageMs } = following;
    const { inbound, dedupKey } = heard;
    const asks = {
      ...heard,
      inbound: { ...inbound, kind: 'aibot.stream' as const, streamId: inbound.msgId },
    };
    followed.add(dedupKey);
    const end = performance.now() + AIBOT_STREAM_MS - BEFORE_THE_END_MS - ageMs;
    let pause = deps.lookMs ?? LOOK_MS;
    try {
      while (performance.now() < end && !deps.isEnding()) {
        await sleep(pause, undefined, { ref: false });
        pause = Math.min(pause * 1.5, LOOK_MOST_MS); // soon at first, for most answers are only a little late
        const next = await talk(office, asks, performance.now());
        if (typeof next === 'string' && isFinished(next)) return await given(office, following, next);
      }
      // Later than that it is told to the asker alone, when its turn has been taken (spool).
    } finally {
      followed.delete(dedupKey);
    }
  }

  async function given(office: string, { heard, answer, kept }: Following, reply: string): Promise<void> {
    const settled = () => promises.settle(office, heard.dedupKey).catch(() => false);
    try {
      await answer(reply);
      if (kept) await settled();
    } catch (err) {
      // Another connection may have given it meanwhile; then it is told already.
      if (kept && !(await settled())) return;
      log.warn({ err, office }, 'an answer did not reach the chat of the smart robot; it goes to the asker');
      await deps.tellApart(office, heard, reply);
    }
  }

  return {
    async hear(office, frame) {
      try {
        await whole(office, frame);
      } catch (err) {
        log.error({ err, office }, 'a message to the smart robot failed');
        await frame
          .answer(streamReply(frame.inbound.msgId || 'away', deps.awayWords(), true))
          .catch(() => undefined);
      }
    },
    async resume(office, answer) {
      try {
        const open = await promises.open(office, AIBOT_STREAM_MS - BEFORE_THE_END_MS);
        const left = open.filter(({ dedupKey }) => !followed.has(dedupKey));
        await Promise.all(
          left.map((promise) =>
            follow(office, {
              heard: { inbound: inboundOf(promise), json: '', dedupKey: promise.dedupKey },
              answer: (reply) => answer(promise.reqId, reply),
              kept: true,
              ageMs: promise.ageMs,
            }),
          ),
        );
      } catch (err) {
        log.error({ err, office }, 'promised answers of the smart robot could not be taken up');
      }
    },
  };
}

/** As much of the message as its answer is found and told by. */
const inboundOf = ({ aibotId, streamId, userId }: AibotPromise): AibotInbound => ({
  ...{ kind: 'aibot.stream', streamId, msgId: streamId, aibotId, fromUser: userId },
  ...{ chat: { type: 'single' }, createTime: 0, responseUrl: '', quote: '' },
});
