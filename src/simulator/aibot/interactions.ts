// What a smart robot was asked and owes an answer to: at most three at a time per person (100719), a stream's six minutes, a response code's hour.
import { randomBytes } from 'node:crypto';

const AT_A_TIME = 3;
const STREAM_MS = 6 * 60_000;
export const CODE_MS = 3_600_000;
const KEPT = 5_000;

export interface Interaction {
  msgid: string;
  aibotId: string;
  userId: string;
  /** `aibot:<id>` or `group:<chatid>`. */
  chatId: string;
  /** Unix ms of the simulator's clock. */
  at: number;
  /** Named in `response_url`; serves once, within an hour. */
  code: string;
  codeUsed: boolean;
  /** Under which id the answer streams; null before the first reply. */
  streamId: string | null;
  /** The answer as each member of the chat has it. */
  shown: { userId: string; seq: number }[];
  /** A card was sent with it; there may be only one. */
  carded: boolean;
  over: boolean;
}

export interface Interactions {
  /** Null when the person has as many open with this robot as the platform allows. */
  begin(of: Pick<Interaction, 'msgid' | 'aibotId' | 'userId' | 'chatId'>): Interaction | null;
  byMsgid(msgid: string): Interaction | undefined;
  byCode(code: string): Interaction | undefined;
  /** Whether somebody (alone with it: she) ever wrote to the robot in this chat: only then may it write by itself. */
  met(aibotId: string, chatId: string, userId: string): boolean;
  isLate(interaction: Interaction): boolean;
  now(): number;
  clear(): void;
}

/** `now` in milliseconds of the simulator's clock. `begin` gives null for a fourth question while three are open. */
export function createInteractions(now: () => number): Interactions {
  const all = new Map<string, Interaction>();
  const isLate = ({ at }: Interaction) => now() - at >= STREAM_MS;
  const list = () => [...all.values()];
  return {
    now,
    isLate,
    begin(of) {
      const same = (one: Interaction) =>
        one.aibotId === of.aibotId && one.userId.toLowerCase() === of.userId.toLowerCase();
      if (list().filter((one) => same(one) && !one.over && !isLate(one)).length >= AT_A_TIME) return null;
      const code = randomBytes(18).toString('base64url');
      const made: Interaction = {
        ...{ ...of, at: now(), code, codeUsed: false, streamId: null },
        ...{ shown: [], carded: false, over: false },
      };
      all.set(of.msgid, made);
      if (all.size > KEPT) for (const key of [...all.keys()].slice(0, KEPT / 10)) all.delete(key);
      return made;
    },
    byMsgid: (msgid) => all.get(msgid),
    byCode: (code) => list().find((one) => one.code === code),
    met: (aibotId, chatId, userId) =>
      list().some(
        (one) =>
          one.aibotId === aibotId &&
          one.chatId === chatId &&
          (userId === '' || one.userId.toLowerCase() === userId.toLowerCase()),
      ),
    clear() {
      for (const one of list()) one.over = true; // nobody asks for more of it
      all.clear();
    },
  };
}
