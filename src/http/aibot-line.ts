// What comes by a smart robot's long connection goes through the same talk as a callback; a promised answer is pushed when it is there.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { isFinished, streamReply } from '../wecom/aibot-replies.ts';
import type { AibotFrame } from '../wecom/aibot-socket.ts';
import { AIBOT_STREAM_MS } from '../wecom/limits.ts';
import { GIVE_BACK } from './accept.ts';
import type { AibotHeard, AibotTalk } from './aibot.ts';

export interface AibotLineDeps {
  talk: AibotTalk;
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

/** Never rejects: a frame has nobody to tell. */
export function aibotLine(deps: AibotLineDeps): HearFrame {
  const { talk, log } = deps;

  async function whole(office: string, frame: Parameters<HearFrame>[1]): Promise<void> {
    const { inbound, json, dedupKey } = frame;
    const heard = { inbound, json, dedupKey };
    const first = await talk(office, heard, performance.now());
    if (first === GIVE_BACK) return frame.answer(streamReply(inbound.msgId, deps.awayWords(), true));
    if (first === null) return;
    if (isFinished(first)) return given(office, heard, frame, first);
    await frame.answer(first);
    const until = performance.now() + AIBOT_STREAM_MS - BEFORE_THE_END_MS;
    const more = {
      ...heard,
      inbound: { ...inbound, kind: 'aibot.stream' as const, streamId: inbound.msgId },
    };
    let pause = deps.lookMs ?? LOOK_MS;
    while (performance.now() < until && !deps.isEnding()) {
      await sleep(pause, undefined, { ref: false });
      pause = Math.min(pause * 1.5, LOOK_MOST_MS); // soon at first, for most answers are only a little late
      const next = await talk(office, more, performance.now());
      if (typeof next === 'string' && isFinished(next)) return given(office, heard, frame, next);
    }
    // Later than that it is told to the asker alone, when its turn has been taken (spool).
  }

  async function given(office: string, heard: AibotHeard, frame: AibotFrame, reply: string): Promise<void> {
    try {
      await frame.answer(reply);
    } catch (err) {
      log.warn({ err, office }, 'an answer did not reach the chat of the smart robot; it goes to the asker');
      await deps.tellApart(office, heard, reply);
    }
  }

  return async (office, frame) => {
    try {
      await whole(office, frame);
    } catch (err) {
      log.error({ err, office }, 'a message to the smart robot failed');
      await frame
        .answer(streamReply(frame.inbound.msgId || 'away', deps.awayWords(), true))
        .catch(() => undefined);
    }
  };
}
