// What an app may ask about itself (90227): its name and who is in its visible range.
import type { App } from '../api.ts';
import { isRefused } from '../fields.ts';
import { type ApiCall, appNamed, appOf, type Call, type Reply } from './call.ts';

const brief = (app: App) => ({ agentid: app.agentId, name: app.name, square_logo_url: '' });

function get(call: Call): Reply {
  const app = appNamed(call, 'query');
  if (isRefused(app)) return app;
  const { users = [], departments = [], tags = [] } = app.visible ?? { departments: [1] };
  return {
    ...brief(app),
    description: app.description,
    allow_userinfos: { user: users.map((userid) => ({ userid })) },
    allow_partys: { partyid: departments },
    allow_tags: { tagid: tags },
    close: 0,
    redirect_domain: app.trustedDomain ?? '',
    report_location_flag: 0,
    isreportenter: app.reportEnter ? 1 : 0,
    home_url: '',
  };
}

function list(call: Call): Reply {
  const app = appOf(call);
  return isRefused(app) ? app : { agentlist: [brief(app)] };
}

export const agentCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/agent/get': { method: 'GET', auth: 'token', run: get },
  '/cgi-bin/agent/list': { method: 'GET', auth: 'token', run: list },
};
