// The inner XML of what the platform sends a bot, element by element as the pages show it (90239, 90240).
import { randomBytes } from 'node:crypto';
import { element } from '../wecom/xml.ts';

export interface Sender {
  corpId: string;
  userId: string;
  agentId: number;
  /** Unix ms. */
  at: number;
}

/** A random 64-bit id above 2^53, as a string: a bot that reads it as a number mixes messages up. */
function newMsgId(): string {
  const id = randomBytes(8).readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn;
  return (id | (1n << 62n)).toString();
}

const head = (sender: Sender, msgType: string) =>
  element('ToUserName', sender.corpId) +
  element('FromUserName', sender.userId) +
  `<CreateTime>${Math.floor(sender.at / 1000)}</CreateTime>` +
  element('MsgType', msgType);

function message(sender: Sender, msgType: string, body: string, tail = ''): string {
  const ids = `<MsgId>${newMsgId()}</MsgId><AgentID>${sender.agentId}</AgentID>`;
  return `<xml>${head(sender, msgType)}${body}${ids}${tail}</xml>`;
}

/** Any event: `body` is ready XML that stands after the event's name. */
export function eventXml(sender: Sender, event: string, body = '', tail = ''): string {
  const agent = `<AgentID>${sender.agentId}</AgentID>`;
  return `<xml>${head(sender, 'event')}${element('Event', event)}${body}${agent}${tail}</xml>`;
}

const APP_TYPE = element('AppType', 'wxwork');

export const textXml = (sender: Sender, text: string) => message(sender, 'text', element('Content', text));

export const imageXml = (sender: Sender, picUrl: string, mediaId: string) =>
  message(sender, 'image', element('PicUrl', picUrl) + element('MediaId', mediaId));

export const voiceXml = (sender: Sender, mediaId: string) =>
  message(sender, 'voice', element('MediaId', mediaId) + element('Format', 'amr'));

export const videoXml = (sender: Sender, mediaId: string, thumbId: string) =>
  message(sender, 'video', element('MediaId', mediaId) + element('ThumbMediaId', thumbId));

/** Not documented by the platform; this is how bots in the field have met it. */
export const fileXml = (sender: Sender, mediaId: string, fileName: string) =>
  message(sender, 'file', element('MediaId', mediaId) + element('FileName', fileName));

/** A place that she sent: the latitude is `Location_X`. */
export function locationXml(
  sender: Sender,
  place: { latitude: number; longitude: number; label: string; scale: number },
): string {
  const at = `<Location_X>${place.latitude.toFixed(6)}</Location_X><Location_Y>${place.longitude.toFixed(6)}</Location_Y>`;
  const body = `${at}<Scale>${place.scale}</Scale>${element('Label', place.label)}`;
  return message(sender, 'location', body, APP_TYPE);
}

export const linkXml = (
  sender: Sender,
  link: { title: string; description: string; url: string; picUrl: string },
) =>
  message(
    sender,
    'link',
    element('Title', link.title) +
      element('Description', link.description) +
      element('Url', link.url) +
      element('PicUrl', link.picUrl),
  );

const eventKey = (key: string) => element('EventKey', key);

export const enterXml = (sender: Sender) => eventXml(sender, 'enter_agent', eventKey(''));

/** Position on entering the chat, when the app has it switched on. */
export function positionXml(sender: Sender, place: { latitude: number; longitude: number }): string {
  const at = `<Latitude>${place.latitude}</Latitude><Longitude>${place.longitude}</Longitude>`;
  return eventXml(sender, 'LOCATION', `${at}<Precision>40.000</Precision>`, APP_TYPE);
}

export const menuXml = (sender: Sender, event: string, key: string) => eventXml(sender, event, eventKey(key));

export const scanXml = (sender: Sender, event: string, key: string, result: string) =>
  eventXml(
    sender,
    event,
    eventKey(key) + element('ScanCodeInfo', [element('ScanType', 'qrcode'), element('ScanResult', result)]),
  );

/** A menu's pictures, by their hashes; the pictures themselves follow as messages. */
export function picturesXml(sender: Sender, event: string, key: string, md5s: string[]): string {
  const items = md5s.map((md5) => element('item', [element('PicMd5Sum', md5)]));
  const info = element('SendPicsInfo', [`<Count>${md5s.length}</Count>`, element('PicList', items)]);
  return eventXml(sender, event, eventKey(key) + info);
}

/** A place that she chose in a menu. */
export function placeSelectXml(
  sender: Sender,
  key: string,
  place: { latitude: number; longitude: number; label: string; scale: number },
): string {
  const info = element('SendLocationInfo', [
    element('Location_X', String(place.latitude)),
    element('Location_Y', String(place.longitude)),
    element('Scale', String(place.scale)),
    element('Label', place.label),
    element('Poiname', ''),
  ]);
  return eventXml(sender, 'location_select', eventKey(key) + info, APP_TYPE);
}

/** A tap on a template card (3.7 of the pages' event list); `selected` null when nothing on the card can be selected. */
export function cardTapXml(
  sender: Sender,
  event: 'template_card_event' | 'template_card_menu_event',
  tap: {
    key: string;
    taskId: string;
    cardType: string;
    responseCode: string;
    selected: Record<string, string[]> | null;
  },
): string {
  const items = Object.entries(tap.selected ?? {}).map(([question, ids]) =>
    element('SelectedItem', [
      element('QuestionKey', question),
      element(
        'OptionIds',
        ids.map((id) => element('OptionId', id)),
      ),
    ]),
  );
  const fields =
    eventKey(tap.key) +
    element('TaskId', tap.taskId) +
    element('CardType', tap.cardType) +
    element('ResponseCode', tap.responseCode);
  return eventXml(sender, event, fields, items.length > 0 ? element('SelectedItems', items) : '');
}
