// The menu under an app's input box (90231, 90232, 90233): counted in bytes, sixteen of them for a name on the bar.
import type { MenuButton } from '../api.ts';
import { bytes, type Fields, isRefused, type Json, type Refused, refuse } from '../fields.ts';
import { type ApiCall, appNamed, type Call, type Reply } from './call.ts';

const TYPES = [
  'click',
  'view',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
  'view_miniprogram',
];

/** Codes for the bar and for the entries below it (90313). */
const TOP = { type: 40017, name: 40018, key: 40019, url: 40020, nameBytes: 16, badUrl: 40055 };
const SUB = { type: 40024, name: 40025, key: 40026, url: 40027, nameBytes: 40, badUrl: 40054 };

function entry(given: Json, rules: typeof TOP, fields: Fields): MenuButton | Refused {
  const [type, name, key, url] = ['type', 'name', 'key', 'url'].map((field) => fields.str(given, field));
  if (!name || bytes(name) > rules.nameBytes) return refuse(rules.name, 'invalid button name size');
  if (!type || !TYPES.includes(type)) return refuse(rules.type, 'invalid button type');
  if (type === 'view') {
    if (!url || bytes(url) > 1024) return refuse(rules.url, 'invalid button url size');
    if (!/^https?:\/\//i.test(url)) return refuse(rules.badUrl, 'invalid button url');
    return { type, name, url };
  }
  if (type === 'view_miniprogram') {
    const [appid, pagepath] = [fields.str(given, 'appid'), fields.str(given, 'pagepath')];
    if (!appid || !pagepath || bytes(pagepath) > 1024) return refuse(rules.url, 'invalid button page');
    return { type, name, appid, pagepath };
  }
  if (!key || bytes(key) > 128) return refuse(rules.key, 'invalid button key size');
  return { type, name, key };
}

function top(given: Json, fields: Fields): MenuButton | Refused {
  const below = fields.objs(given, 'sub_button');
  if (below.length === 0) return entry(given, TOP, fields);
  const name = fields.str(given, 'name');
  if (!name || bytes(name) > TOP.nameBytes) return refuse(TOP.name, 'invalid button name size');
  if (below.length > 5) return refuse(40023, 'invalid sub button size');
  const entries: MenuButton[] = [];
  for (const one of below) {
    if (fields.objs(one, 'sub_button').length > 0) return refuse(40022, 'invalid menu level');
    const made = entry(one, SUB, fields);
    if (isRefused(made)) return made;
    entries.push(made);
  }
  return { name, sub_button: entries };
}

function create(call: Call): Reply {
  const app = appNamed(call, 'query');
  if (isRefused(app)) return app;
  const given = call.fields.objs(call.json, 'button');
  if (given.length < 1 || given.length > 3) return refuse(40016, 'invalid button size');
  const buttons: MenuButton[] = [];
  for (const one of given) {
    const made = top(one, call.fields);
    if (isRefused(made)) return made;
    buttons.push(made);
  }
  app.menu = { button: buttons };
  call.world.stream.publish({ type: 'people' });
  return {};
}

function get(call: Call): Reply {
  const app = appNamed(call, 'query');
  if (isRefused(app)) return app;
  return app.menu === null ? refuse(46003, 'menu no exist') : { ...app.menu };
}

function remove(call: Call): Reply {
  const app = appNamed(call, 'query');
  if (isRefused(app)) return app;
  app.menu = null;
  call.world.stream.publish({ type: 'people' });
  return {};
}

export const menuCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/menu/create': { method: 'POST', auth: 'token', run: create },
  '/cgi-bin/menu/get': { method: 'GET', auth: 'token', run: get },
  '/cgi-bin/menu/delete': { method: 'GET', auth: 'token', run: remove },
};
