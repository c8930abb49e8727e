// Web login (91022, 91023, 95833) and the JSSDK's two tickets (90506): the calls, and the page that hands out codes.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRefused, refuse } from '../fields.ts';
import type { World } from '../world.ts';
import { type ApiCall, appOf, type Call, type Reply } from './call.ts';

const HOUR_MS = 3_600_000;

function userInfo(call: Call): Reply {
  const app = appOf(call);
  if (isRefused(app)) return app;
  if (!call.query.code) return refuse(41008, 'missing code');
  const redeemed = call.world.oauth.redeem(call.query.code);
  if (redeemed === 'invalid') return refuse(40029, 'invalid code');
  if (redeemed === 'expired') return refuse(42003, 'code expired');
  if (redeemed === 'used') return refuse(42022, 'code used already');
  const { userId, privateInfo } = redeemed;
  const person = call.world.directory.person(userId);
  // A user id comes back also for members the app cannot see (91023): the app must check for itself.
  const inRange = person !== undefined && call.world.directory.sees(app, person);
  return {
    userid: userId,
    ...(privateInfo && inRange ? { user_ticket: call.world.oauth.newTicket(userId), expires_in: 1800 } : {}),
  };
}

function userDetail(call: Call): Reply {
  const userId = call.world.oauth.userOfTicket(call.fields.str(call.json, 'user_ticket'));
  if (userId === 'invalid') return refuse(84015, 'invalid user_ticket');
  if (userId === 'expired') return refuse(84014, 'user_ticket expired');
  return {
    userid: userId,
    gender: '0',
    avatar: '',
    qr_code: '',
    mobile: '',
    email: '',
    biz_mail: '',
    address: '',
  };
}

function ticket(kind: 'corp' | 'agent') {
  return (call: Call): Reply => {
    const app = appOf(call);
    if (isRefused(app)) return app;
    if (kind === 'agent' && call.query.type !== 'agent_config') return refuse(91040, 'invalid ticket type');
    const { windows, limits } = call.world;
    const fits =
      windows.takeOrBlock(`tickets:${app.agentId}`, limits.ticketsOfAppPerHour, HOUR_MS, HOUR_MS) &&
      windows.takeOrBlock('tickets', limits.ticketsPerHour, HOUR_MS, HOUR_MS);
    if (!fits) return refuse(45009, 'api freq out of limit');
    const made = call.world.oauth.jsTicket(kind === 'corp' ? 'corp' : `agent:${app.agentId}`);
    return { ticket: made.ticket, expires_in: made.expiresIn };
  };
}

export const loginCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/auth/getuserinfo': { method: 'GET', auth: 'token', run: userInfo },
  '/cgi-bin/auth/getuserdetail': { method: 'POST', auth: 'token', run: userDetail },
  '/cgi-bin/get_jsapi_ticket': { method: 'GET', auth: 'token', run: ticket('corp') },
  '/cgi-bin/ticket/get': { method: 'GET', auth: 'token', run: ticket('agent') },
};

/** Where an authorize address leads for this person, with a fresh code; or the sentence the platform's page would show. */
export function authorize(
  world: World,
  query: URLSearchParams,
  userId: string,
): { location: string } | { fault: string } {
  const corp = world.directory.corp();
  const appid = query.get('appid');
  const redirect = query.get('redirect_uri') ?? '';
  const state = query.get('state') ?? '';
  const agentId = query.get('agentid') ?? '';
  const app = world.directory.app(Number(agentId)) ?? world.directory.apps()[0];
  if (appid !== corp.corpId) return { fault: '40013: appid is not the corp id' };
  if (query.get('response_type') !== 'code' && !query.has('login_type'))
    return { fault: 'response_type must be code' };
  if (!/^[a-zA-Z0-9]{0,128}$/.test(state)) return { fault: 'state: at most 128 of a-z, A-Z, 0-9' };
  if (!URL.canParse(redirect)) return { fault: '50001: redirect_uri is no address' };
  const url = new URL(redirect);
  if (app?.trustedDomain !== undefined && url.host !== app.trustedDomain)
    return { fault: `50001: ${url.host} is not the trusted domain (host and port must be equal)` };
  // Without an agent id, private info falls back to the silent kind (91022).
  const privateInfo = query.get('scope') === 'snsapi_privateinfo' && agentId !== '';
  const code = world.oauth.newCode(userId, agentId === '' ? null : Number(agentId), privateInfo);
  url.searchParams.set('code', code);
  if (state !== '') url.searchParams.set('state', state);
  return { location: url.toString() };
}

const COOKIE = 'simulator_user';

/** The page on open.weixin.qq.com. Who asks is the query's `simulator_user` or the cookie that the simulator's page sets. */
function loginPage(world: World) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
    const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
    const userId = query.get(COOKIE) ?? (cookie === undefined ? undefined : decodeURIComponent(cookie));
    const person = userId === undefined ? undefined : world.directory.person(userId);
    if (person === undefined) {
      const hint = `Who are you? Add &${COOKIE}=<userid> to the address, or open the link in the simulator's page.`;
      return reply.code(400).type('text/plain; charset=utf-8').send(hint);
    }
    const led = authorize(world, query, person.userId);
    if ('fault' in led) return reply.code(400).type('text/plain; charset=utf-8').send(led.fault);
    return reply.redirect(led.location, 302);
  };
}

/** The two pages that a browser is sent to. Who logs in stands in `simulator_user`. */
export function loginRoutes(server: FastifyInstance, world: World): void {
  server.get('/connect/oauth2/authorize', loginPage(world));
  server.get('/wwlogin/sso/login', loginPage(world));
}
