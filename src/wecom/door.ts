// Whether the platform lets this app in, read off every call: a wrong secret is then known before a message waits for it in vain.
import { WecomRefused } from './errors.ts';

/** What is refused: the corp's secret, this machine's address, or the app that the secret should belong to. */
export type Refusal = { of: 'secret' | 'address' | 'app'; errcode: number };

export interface Door {
  /** Null: it was let in when it asked last, or has not asked yet. */
  refusal(): Refusal | null;
  /** Runs a call of that path and notes what its answer says of the door. */
  watch<T>(path: string, run: () => Promise<T>): Promise<T>;
}

const TOKEN = '/cgi-bin/gettoken';
/** Asks for the app itself, and does nothing else. */
export const AGENT = '/cgi-bin/agent/get';
/** Calls that name the app by its number: one of them that succeeds proves it. */
const NAMES_APP = /^\/cgi-bin\/(?:agent|menu|message)\//;
/** This machine's address is not among the app's trusted ones (90313). */
const UNTRUSTED = 60020;
/** With these no new token helped either. */
const DEAD_TOKEN = [40001, 40014, 42001];

/** What an error of a call says of the door; null when it is about the call alone, or no answer came. */
export function refusalIn(err: unknown): Refusal | null {
  if (!(err instanceof WecomRefused)) return null;
  const { errcode, path, verdict } = err;
  if (errcode === UNTRUSTED) return { of: 'address', errcode };
  if (verdict === 'alarm' && (path === TOKEN || DEAD_TOKEN.includes(errcode)))
    return { of: 'secret', errcode };
  return path === AGENT && verdict !== 'wait' && verdict !== 'retry' ? { of: 'app', errcode } : null;
}

/** A door that nobody has knocked at yet. */
export function createDoor(): Door {
  let refused: Refusal | null = null;
  return {
    refusal: () => refused,
    async watch(path, run) {
      try {
        const answer = await run();
        if (refused?.of !== 'app' || NAMES_APP.test(path)) refused = null;
        return answer;
      } catch (err) {
        refused = refusalIn(err) ?? refused;
        throw err;
      }
    },
  };
}
