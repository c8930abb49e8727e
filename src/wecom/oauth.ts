// Who opened our page inside WeCom (91022, 91023, 98152).
import { z } from 'zod';
import { type Api, checked } from './api.ts';
import { filledBytes } from './checks.ts';
import { OAUTH_CODE_BYTES } from './limits.ts';

/**
 * A member's userid comes back even when he is outside the app's visible range, and of a linked corp as `CorpId/userid`:
 * whoever calls this has to check what that person may do.
 */
export type OauthUser =
  | { kind: 'member'; userId: string; userTicket?: string }
  | { kind: 'outsider'; openId: string; externalUserId?: string };

const answer = z
  .object({
    userid: z.string().optional(),
    user_ticket: z.string().optional(),
    openid: z.string().optional(),
    external_userid: z.string().optional(),
  })
  .refine((who) => Boolean(who.userid || who.openid), { path: ['userid'] });

/** auth/getuserinfo. A code serves once, for 5 minutes (40029, 42003, 42022: send the person round again). */
export async function userFromCode(api: Api, code: string): Promise<OauthUser> {
  const path = '/cgi-bin/auth/getuserinfo';
  checked(filledBytes(OAUTH_CODE_BYTES), path, code);
  const who = await api.call({ path, query: { code } }, answer);
  if (who.userid) return { kind: 'member', userId: who.userid, userTicket: who.user_ticket };
  return { kind: 'outsider', openId: who.openid ?? '', externalUserId: who.external_userid };
}

/** Where to send a person inside WeCom so that she comes back with a code. `state`: up to 128 of a-z A-Z 0-9. */
export function authorizeUrl(input: {
  corpId: string;
  redirectUri: string;
  state: string;
  /** With it and `privateInfo` the person is asked for her details. */
  agentId?: number;
  privateInfo?: boolean;
}): string {
  const query = new URLSearchParams({
    appid: input.corpId,
    redirect_uri: input.redirectUri,
    response_type: 'code',
    scope: input.privateInfo ? 'snsapi_privateinfo' : 'snsapi_base',
    state: input.state,
  });
  if (input.agentId !== undefined) query.set('agentid', String(input.agentId));
  return `https://open.weixin.qq.com/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/** The same for a browser on a desk: a page with a code to scan (98152). */
export function webLoginUrl(input: {
  corpId: string;
  agentId: number;
  redirectUri: string;
  state: string;
  lang?: 'zh' | 'en';
}): string {
  const query = new URLSearchParams({
    login_type: 'CorpApp',
    appid: input.corpId,
    agentid: String(input.agentId),
    redirect_uri: input.redirectUri,
    state: input.state,
    lang: input.lang ?? 'zh',
  });
  return `https://login.work.weixin.qq.com/wwlogin/sso/login?${query}`;
}
