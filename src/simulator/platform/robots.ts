// A group's robot (99110): the key in the address is the only credential, 20 messages a minute, no buttons.
import { createHash } from 'node:crypto';
import type { Corp } from '../api.ts';
import { newCard } from '../chats.ts';
import { isRefused, type Refused, refuse } from '../fields.ts';
import { sniff } from '../media.ts';
import { type CheckedMessage, checkMessage } from '../message-check.ts';
import type { ApiCall, Call, Reply } from './call.ts';
import { takeUpload, uploaded } from './media-calls.ts';

const MINUTE_MS = 60_000;
const IMAGE_BYTES = 2 * 1024 * 1024;
type Robot = Corp['robots'][number];

function robotOf(call: Call): Robot | Refused {
  const robot = call.world.directory.corp().robots.find((known) => known.key === call.query.key);
  return robot ?? refuse(93000, 'invalid webhook url');
}

/** A picture comes inside the JSON, Base64 with the MD5 of its bytes. */
function image(call: Call): CheckedMessage | Refused {
  const said = call.fields.obj(call.json, 'image') ?? {};
  const picture = Buffer.from(call.fields.str(said, 'base64'), 'base64');
  if (picture.length === 0) return refuse(93017, 'empty image');
  if (picture.length > IMAGE_BYTES) return refuse(93018, 'image size out of limit');
  if (createHash('md5').update(picture).digest('hex') !== call.fields.str(said, 'md5').toLowerCase())
    return refuse(40123, 'md5 does not fit');
  if (sniff(picture)?.kind !== 'image') return refuse(40123, 'invalid image');
  const { id } = call.world.media.put({ bytes: picture, fileName: 'image', kind: 'image' });
  return { content: { msgType: 'image', mediaId: id }, notes: [] };
}

function send(call: Call): Reply {
  const { world, json, fields } = call;
  const robot = robotOf(call);
  if (isRefused(robot)) return robot;
  if (!world.windows.takeOrBlock(`robot:${robot.key}`, world.limits.robotPerMinute, MINUTE_MS, MINUTE_MS))
    return refuse(45009, 'api freq out of limit');
  const group = world.groups.get(robot.chatId);
  if (group === undefined || group.dissolved) return refuse(93008, 'the robot is not in the group');
  const message =
    fields.str(json, 'msgtype') === 'image'
      ? image(call)
      : checkMessage(json, { channel: 'robot', fields, media: world.media, robot: robot.key });
  if (isRefused(message)) return message;
  for (const note of message.notes) call.note(note);
  const { content, card } = message;
  for (const member of group.members) {
    world.chats.add(member, `group:${group.chatId}`, {
      from: `robot:${robot.name}`,
      content,
      ...(card === undefined ? {} : { card: newCard(card) }),
      exchangeId: call.exchangeId,
    });
  }
  return {};
}

function upload(call: Call): Reply {
  const robot = robotOf(call);
  if (isRefused(robot)) return robot;
  const item = takeUpload(call, ['file', 'voice'], robot.key);
  return isRefused(item) ? item : uploaded(item);
}

export const robotCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/webhook/send': { method: 'POST', auth: 'key', run: send },
  '/cgi-bin/webhook/upload_media': { method: 'POST', auth: 'key', body: 'multipart', run: upload },
};
