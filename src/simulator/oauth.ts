// Web login (91022, 91023): codes that serve once within five minutes, user tickets, and the two kinds of JSSDK tickets.
import { randomBytes } from 'node:crypto';

const CODE_LIFE_MS = 5 * 60_000; // 91023
const TICKET_LIFE_MS = 1800_000; // 95833
const JSAPI_LIFE_MS = 7200_000; // 90506

export interface OAuth {
  newCode(userId: string, agentId: number | null, privateInfo: boolean): string;
  /** Uses the code up. */
  redeem(
    code: string,
  ): { userId: string; agentId: number | null; privateInfo: boolean } | 'invalid' | 'expired' | 'used';
  newTicket(userId: string): string;
  userOfTicket(ticket: string): string | 'invalid' | 'expired';
  jsTicket(kind: string): { ticket: string; expiresIn: number };
}

/** `now` in milliseconds of the simulator's clock. Of each kind the newest 10,000 are kept. */
export function createOAuth(now: () => number): OAuth {
  const codes = new Map<
    string,
    { userId: string; agentId: number | null; privateInfo: boolean; at: number; used: boolean }
  >();
  const tickets = new Map<string, { userId: string; at: number }>();
  const jsTickets = new Map<string, { ticket: string; at: number }>();
  const trim = (kept: Map<string, unknown>) => {
    for (const key of kept.keys()) {
      if (kept.size <= 10_000) return;
      kept.delete(key);
    }
  };
  return {
    newCode(userId, agentId, privateInfo) {
      const code = randomBytes(32).toString('base64url');
      codes.set(code, { userId, agentId, privateInfo, at: now(), used: false });
      trim(codes);
      return code;
    },
    redeem(code) {
      const known = codes.get(code);
      if (known === undefined) return 'invalid';
      if (known.used) return 'used';
      if (now() - known.at >= CODE_LIFE_MS) return 'expired';
      known.used = true;
      return known;
    },
    newTicket(userId) {
      const ticket = randomBytes(48).toString('base64url');
      tickets.set(ticket, { userId, at: now() });
      trim(tickets);
      return ticket;
    },
    userOfTicket(ticket) {
      const known = tickets.get(ticket);
      if (known === undefined) return 'invalid';
      return now() - known.at < TICKET_LIFE_MS ? known.userId : 'expired';
    },
    jsTicket(kind) {
      const known = jsTickets.get(kind);
      const current =
        known !== undefined && now() - known.at < JSAPI_LIFE_MS
          ? known
          : { ticket: randomBytes(40).toString('base64url'), at: now() };
      jsTickets.set(kind, current);
      return {
        ticket: current.ticket,
        expiresIn: Math.ceil((JSAPI_LIFE_MS - (now() - current.at)) / 1000),
      };
    },
  };
}
