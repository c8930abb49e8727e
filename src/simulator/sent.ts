// What apps have sent: who got which message, which task ids are taken, and the response codes that serve once (94888).
import { randomBytes } from 'node:crypto';

export interface SentMessage {
  msgid: string;
  agentId: number;
  /** Unix ms of the simulator's clock. */
  at: number;
  chatId: string;
  receivers: { userId: string; seq: number }[];
  /** Card type as sent; null for other messages. */
  cardType: string | null;
}
export interface ResponseCode {
  code: string;
  msgid: string;
  agentId: number;
  at: number;
  used: boolean;
}

const CODE_LIFE_MS = 72 * 3_600_000; // 94888
const KEPT = 50_000;

export interface Sent {
  add(message: Omit<SentMessage, 'msgid'>): SentMessage;
  get(msgid: string): SentMessage | undefined;
  /** False when this app used the task id before. */
  claimTask(agentId: number, taskId: string): boolean;
  taskTaken(agentId: number, taskId: string): boolean;
  newCode(message: Pick<SentMessage, 'msgid' | 'agentId'>): string;
  /** The message a code stands for; a word why not when it is unknown, used or expired. Does not use it up. */
  codeFor(code: string): { message: SentMessage; use(): void } | 'unknown' | 'used' | 'expired';
  /** The answer to an identical request within the interval, for the duplicate check (90236). */
  answerWithin(key: string, intervalMs: number): Record<string, unknown> | undefined;
  rememberAnswer(key: string, answer: Record<string, unknown>): void;
  /** The clock was moved back: of answers that are still to come nothing is known. */
  forgetAnswersAfter(at: number): void;
  dump(): SentDump;
  restore(dump: SentDump): void;
  clear(): void;
}
export interface SentDump {
  messages: SentMessage[];
  codes: ResponseCode[];
  tasks: string[];
}

/** `now` in milliseconds of the simulator's clock. Of each kind only the newest are kept. */
export function createSent(now: () => number): Sent {
  const messages = new Map<string, SentMessage>();
  const codes = new Map<string, ResponseCode>();
  const tasks = new Set<string>();
  const answers = new Map<string, { at: number; answer: Record<string, unknown> }>();
  const trim = (kept: Map<string, unknown> | Set<string>) => {
    for (const key of kept.keys()) {
      if (kept.size <= KEPT) return;
      kept.delete(key);
    }
  };
  const taskKey = (agentId: number, taskId: string) => `${agentId}/${taskId}`;

  return {
    add(input) {
      const message = { ...input, msgid: randomBytes(36).toString('base64url') };
      messages.set(message.msgid, message);
      trim(messages);
      return message;
    },
    get: (msgid) => messages.get(msgid),
    claimTask(agentId, taskId) {
      const key = taskKey(agentId, taskId);
      if (tasks.has(key)) return false;
      tasks.add(key);
      trim(tasks);
      return true;
    },
    taskTaken: (agentId, taskId) => tasks.has(taskKey(agentId, taskId)),
    newCode({ msgid, agentId }) {
      const code = randomBytes(24).toString('base64url');
      codes.set(code, { code, msgid, agentId, at: now(), used: false });
      trim(codes);
      return code;
    },
    codeFor(code) {
      const known = codes.get(code);
      const message = known && messages.get(known.msgid);
      if (known === undefined || message === undefined) return 'unknown';
      if (known.used) return 'used';
      if (now() - known.at >= CODE_LIFE_MS) return 'expired';
      return {
        message,
        use() {
          known.used = true;
        },
      };
    },
    answerWithin(key, intervalMs) {
      const known = answers.get(key);
      return known !== undefined && now() - known.at < intervalMs ? known.answer : undefined;
    },
    rememberAnswer(key, answer) {
      answers.delete(key);
      answers.set(key, { at: now(), answer });
      trim(answers);
    },
    forgetAnswersAfter(at) {
      for (const [key, known] of answers) if (known.at > at) answers.delete(key);
    },
    dump: () => ({
      messages: [...messages.values()],
      codes: [...codes.values()].filter((code) => !code.used && now() - code.at < CODE_LIFE_MS),
      tasks: [...tasks],
    }),
    restore(dump) {
      for (const message of dump.messages) messages.set(message.msgid, message);
      for (const code of dump.codes) codes.set(code.code, code);
      for (const task of dump.tasks) tasks.add(task);
    },
    clear() {
      messages.clear();
      codes.clear();
      tasks.clear();
      answers.clear();
    },
  };
}
