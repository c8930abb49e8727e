// Asks WeCom itself: is the secret right, is the app ours, is this machine's address trusted, do the clocks agree.
import { z } from 'zod';
import type { Config, WecomCredentials } from '../config.ts';
import { decodeAesKey } from '../wecom/crypto.ts';
import { type Finding, fault, ok, skipped } from './check.ts';

const answerSchema = z.object({
  errcode: z.number().default(0),
  errmsg: z.string().default(''),
  access_token: z.string().optional(),
  redirect_domain: z.string().default(''),
});

/** This machine's address is not in the app's list of trusted ones; the address stands in errmsg (PROTOCOL §0, doc 90313). */
const UNTRUSTED_IP = 60020;
/** A callback's timestamp may be half an hour off; long before that something is wrong. */
const SKEW_LIMIT_S = 120;
const ANSWER_MS = 5_000;

/** What can be seen without asking anybody. */
export function checkKeys(wecom: WecomCredentials): Finding[] {
  return [
    /^w[wx]/.test(wecom.corpId) ? ok('corp-id') : fault('corp-id', 'odd'),
    hasRightLength(wecom.encodingAesKey) ? ok('aes-key') : fault('aes-key', 'bad'),
  ];
}

function hasRightLength(encodingAesKey: string): boolean {
  try {
    return decodeAesKey(encodingAesKey).length === 32;
  } catch {
    return false;
  }
}

/** One finding a question, each with what to do. Throws nothing: a platform that does not answer is a finding. */
export async function checkPlatform(
  wecom: WecomCredentials,
  { apiBase: base, publicUrl }: Pick<Config, 'apiBase' | 'publicUrl'>,
  now: () => Date,
): Promise<Finding[]> {
  const ask = async (path: string, query: Record<string, string>) => {
    const response = await fetch(`${base}${path}?${new URLSearchParams(query)}`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`); // the platform says no with 200
    return { date: response.headers.get('date'), ...answerSchema.parse(await response.json()) };
  };
  const token = await ask('/cgi-bin/gettoken', { corpid: wecom.corpId, corpsecret: wecom.secret }).catch(
    () => undefined,
  );
  // What gives neither a token nor a code is not the platform, whatever it is.
  if (!token || (token.errcode === 0 && !token.access_token)) {
    return [
      fault('secret', 'unreachable', { base }),
      ...['agent', 'trusted-ip', 'clock'].map((check) => skipped(check)),
    ];
  }
  const clock = checkClock(token.date, now());
  if (!token.access_token) {
    const secret =
      token.errcode === UNTRUSTED_IP
        ? [untrusted(token.errmsg)]
        : [refused('secret', token.errcode), skipped('trusted-ip')];
    return [...secret, skipped('agent'), clock];
  }
  const agentId = String(wecom.agentId);
  const agent = await ask('/cgi-bin/agent/get', { access_token: token.access_token, agentid: agentId }).catch(
    () => undefined,
  );
  if (!agent) return [ok('secret'), skipped('agent'), skipped('trusted-ip', 'unknown'), clock];
  if (agent.errcode === UNTRUSTED_IP) return [ok('secret'), untrusted(agent.errmsg), skipped('agent'), clock];
  const isOurs = agent.errcode === 0;
  return [
    ok('secret'),
    ok('trusted-ip'),
    isOurs ? ok('agent', 'ok', { agentId }) : refused('agent', agent.errcode, agentId),
    ...(isOurs ? [checkTrustedDomain(agent.redirect_domain, publicUrl)] : []),
    clock,
  ];
}

/** Whoever taps a card with photos comes to a page that asks the platform who she is; it answers pages of the app's trusted domain alone (91022). */
function checkTrustedDomain(domain: string, publicUrl: string | null): Finding {
  if (publicUrl === null) return skipped('trusted-domain', 'none');
  const { host } = new URL(publicUrl);
  return domain === host ? ok('trusted-domain') : skipped('trusted-domain', 'other', { host });
}

function refused(check: string, errcode: number, agentId = ''): Finding {
  return fault(check, 'refused', { errcode, agentId });
}

function untrusted(errmsg: string): Finding {
  const ip = /from ip: ?([0-9a-fA-F.:]+)/.exec(errmsg)?.[1] ?? '?';
  return fault('trusted-ip', 'refused', { ip });
}

function checkClock(date: string | null, now: Date): Finding {
  const theirs = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(theirs)) return skipped('clock', 'unknown');
  const seconds = Math.round(Math.abs(now.getTime() - theirs) / 1000);
  return seconds > SKEW_LIMIT_S ? fault('clock', 'skew', { seconds }) : ok('clock', 'ok', { seconds });
}
