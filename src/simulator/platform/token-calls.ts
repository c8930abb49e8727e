// gettoken (91039) and the two lists of the platform's own addresses (92520, 92521).
import { isRefused, refuse } from '../fields.ts';
import type { ApiCall } from './call.ts';

export const tokenCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/gettoken': {
    method: 'GET',
    auth: 'none',
    run({ world, query, ip }) {
      if (!query.corpid) return refuse(41002, 'corpid missing');
      if (!query.corpsecret) return refuse(41004, 'corpsecret missing');
      const issued = world.tokens.issue(query.corpid, query.corpsecret, ip);
      if (isRefused(issued)) return issued;
      return { access_token: issued.token, expires_in: issued.expiresIn };
    },
  },
  '/cgi-bin/getcallbackip': { method: 'GET', auth: 'token', run: () => ({ ip_list: ['127.0.0.1'] }) },
  '/cgi-bin/get_api_domain_ip': { method: 'GET', auth: 'token', run: () => ({ ip_list: ['127.0.0.1'] }) },
};
