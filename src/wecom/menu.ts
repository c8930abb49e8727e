// The app's menu under the input box (90231): at most three buttons, five below each, names counted in bytes.
import { z } from 'zod';
import { type Api, checked } from './api.ts';
import { address, filled, filledBytes } from './checks.ts';
import { WecomRefused } from './errors.ts';
import * as limit from './limits.ts';

const KEYED = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
] as const;

function buttons(name: z.ZodType<string>) {
  const key = filledBytes(limit.MENU_KEY_BYTES);
  return [
    z.strictObject({ name, type: z.enum(KEYED), key }),
    z.strictObject({ name, type: z.literal('view'), url: address(limit.MENU_URL_BYTES) }),
    z.strictObject({
      name,
      type: z.literal('view_miniprogram'),
      appid: filled,
      pagepath: filledBytes(limit.MENU_URL_BYTES),
    }),
  ] as const;
}

const subButton = z.discriminatedUnion('type', buttons(filledBytes(limit.MENU_SUB_NAME_BYTES)));
// 16 bytes are five Chinese characters.
const topName = filledBytes(limit.MENU_NAME_BYTES);
const topButton = z.union([
  z.discriminatedUnion('type', buttons(topName)),
  z.strictObject({ name: topName, sub_button: z.array(subButton).min(1).max(limit.MENU_SUB_BUTTONS) }),
]);

/** A body of menu/create. */
const menuBody = z.strictObject({ button: z.array(topButton).min(1).max(limit.MENU_BUTTONS) });
export type Menu = z.infer<typeof menuBody>;

export interface MenuApi {
  create(menu: Menu): Promise<void>;
  /** null when there is none (46003). The platform's own shape, which may hold more than `create` takes. */
  get(): Promise<unknown>;
  delete(): Promise<void>;
}

const NO_MENU = 46003;
const nothing = z.object({});

/** The menu of the whole app, the same for everybody. */
export function createMenu(api: Api): MenuApi {
  const query = { agentid: api.agentId };
  return {
    async create(menu) {
      const path = '/cgi-bin/menu/create';
      await api.call({ path, query, json: checked(menuBody, path, menu) }, nothing);
    },
    async get() {
      const answer = z.object({ button: z.array(z.unknown()) });
      try {
        return await api.call({ path: '/cgi-bin/menu/get', query }, answer);
      } catch (err) {
        if (err instanceof WecomRefused && err.errcode === NO_MENU) return null;
        throw err;
      }
    },
    async delete() {
      await api.call({ path: '/cgi-bin/menu/delete', query }, nothing);
    },
  };
}
