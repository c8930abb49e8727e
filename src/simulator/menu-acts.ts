// What a person does with an app's menu: a plain entry, a scan, a place, pictures that follow as messages (90240).
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { appOfChat, type Done, sendMedia, type Wait } from './acts.ts';
import type { App, MenuButton, Person } from './api.ts';
import { type Act, denied, perform } from './exchange-with-bot.ts';
import * as inbound from './inbound.ts';
import type { menuTapSchema } from './inputs.ts';
import type { World } from './world.ts';

function findEntry(app: App, key: string): MenuButton | undefined {
  const all = (app.menu?.button ?? []).flatMap((button) => button.sub_button ?? [button]);
  return all.find((entry) => [entry.key, entry.url, entry.pagepath].includes(key));
}

/** She uses the app's menu; what it asks for (a scan, a place, pictures) comes with the act. */
export function useMenu(
  world: World,
  person: Person,
  input: z.infer<typeof menuTapSchema>,
  wait: Wait,
): Done {
  const app = appOfChat(world, input.chatId);
  if ('error' in app) return app;
  const entry = findEntry(app, input.key);
  if (entry === undefined) return denied(404, `the menu has no entry ${input.key}`);
  const event = entry.type ?? 'click';
  const act = (xml: Act['xml']) => perform(world, { app, person, event, xml }, wait);

  if (event.startsWith('scancode_'))
    return act((sender) => inbound.scanXml(sender, event, input.key, input.scanResult ?? ''));
  if (event === 'location_select') {
    const place = input.place ?? { latitude: 0, longitude: 0, label: '', scale: 15 };
    return act((sender) => inbound.placeSelectXml(sender, input.key, place));
  }
  if (!event.startsWith('pic_')) return act((sender) => inbound.menuXml(sender, event, input.key));

  // The pictures follow the event as ordinary messages.
  const pictures = (input.pictures ?? []).map((base64) => Buffer.from(base64, 'base64'));
  const md5s = pictures.map((bytes) => createHash('md5').update(bytes).digest('hex'));
  const done = act((sender) => inbound.picturesXml(sender, event, input.key, md5s));
  const sent = pictures.map((bytes) =>
    sendMedia(world, person, { bytes, fileName: 'photo.jpg', kind: 'image', chatId: input.chatId }, wait),
  );
  return 'error' in done ? done : Promise.all([done, ...sent]).then(([first]) => first);
}
