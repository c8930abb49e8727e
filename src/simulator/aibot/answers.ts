// Reads what a smart robot answers (101031, 101032), as strictly as the platform, which shows nothing of what does not fit.
import { decodeAesKey, decrypt, sameSignature, signature } from '../../wecom/crypto.ts';
import { CallbackError } from '../../wecom/errors.ts';
import type { Aibot, CardBody } from '../api.ts';
import { checkCard } from '../card-check.ts';
import { bytes, isObject, isRefused, type Json } from '../fields.ts';
import type { MediaKind } from '../media.ts';

const CONTENT_BYTES = 20_480;
const FEEDBACK_BYTES = 256;
const PICTURES = 10;

/** What is answered: it decides which replies there may be. */
/** `line`: a message, over the long connection. */
export type Asked = 'message' | 'line' | 'stream' | 'enter' | 'tap' | 'feedback' | 'response-url' | 'push';

export type Answer =
  | { kind: 'stream'; id: string; finish: boolean; content: string; card: CardBody | null; note: string }
  | { kind: 'card'; body: CardBody; note: string }
  | { kind: 'words'; msgType: 'text' | 'markdown'; text: string; note: string }
  /** What was put up over the same connection before. */
  | { kind: 'media'; media: MediaKind; mediaId: string; note: string }
  | { kind: 'update'; body: CardBody; userIds: string[] | null; note: string }
  | { kind: 'ignored'; note: string };

const MEDIA: readonly MediaKind[] = ['image', 'voice', 'video', 'file'];

const MAY: Readonly<Record<Asked, readonly string[]>> = {
  message: ['stream', 'template_card', 'stream_with_template_card'],
  // The page says both yes and no to a stream with a card there (PROTOCOL §19).
  line: ['stream', 'template_card', 'stream_with_template_card', 'markdown', ...MEDIA],
  stream: ['stream', 'stream_with_template_card'],
  enter: ['text', 'template_card'],
  tap: ['update_template_card'],
  feedback: [],
  'response-url': ['markdown', 'template_card'],
  push: ['markdown', 'template_card', ...MEDIA],
};

const ignored = (note: string): Answer => ({ kind: 'ignored', note: `reply ignored: ${note}` });

/** Opens the outer JSON; the nonce must be the callback's own (PROTOCOL §15.1). */
export function openAnswer(
  body: string,
  keys: Required<Pick<Aibot, 'token' | 'encodingAesKey'>>,
  nonce: string,
): { plain: string } | { fault: string } {
  let outer: unknown;
  try {
    outer = JSON.parse(body);
  } catch {
    return { fault: 'the reply is no JSON' };
  }
  if (!isObject(outer)) return { fault: 'the reply is no JSON object' };
  const { encrypt, msgsignature, timestamp } = outer;
  if (typeof encrypt !== 'string' || typeof msgsignature !== 'string')
    return { fault: 'the reply lacks encrypt or msgsignature' };
  if (!Number.isInteger(timestamp)) return { fault: 'timestamp must be a whole number of seconds' };
  if (outer.nonce !== nonce) return { fault: 'nonce must be the one of the callback' };
  if (!sameSignature(msgsignature, signature(keys.token, String(timestamp), nonce, encrypt)))
    return { fault: 'the signature of the reply is wrong' };
  try {
    return { plain: decrypt({ key: decodeAesKey(keys.encodingAesKey), receiveId: '', encrypted: encrypt }) };
  } catch (err) {
    return { fault: `the reply cannot be opened: ${err instanceof CallbackError ? err.reason : 'damaged'}` };
  }
}

/** The answer in a callback's decrypted JSON; what is no JSON counts as ignored. */
export function parseAnswer(plain: string, asked: Asked): Answer {
  try {
    const json: unknown = JSON.parse(plain);
    return isObject(json) ? readAnswer(json, asked) : ignored('the inner text is no JSON object');
  } catch {
    return ignored('the inner text is no JSON');
  }
}

/** The answer in JSON that was read already, as by the long connection. */
export function readAnswer(json: Json, asked: Asked): Answer {
  const type = String(json.response_type ?? json.msgtype ?? '');
  if (!MAY[asked].includes(type)) return ignored(`"${type}" does not answer a ${asked}`);
  const media = MEDIA.find((kind) => kind === type);
  if (media) return file(json, media);
  switch (type) {
    case 'stream':
      return asked === 'line' && isObject(json.stream) && 'msg_item' in json.stream
        ? ignored('msg_item is not for the long connection')
        : stream(json, null);
    case 'stream_with_template_card': {
      const checked = json.template_card === undefined ? null : card(json.template_card);
      return typeof checked === 'string' ? ignored(checked) : stream(json, checked);
    }
    case 'template_card': {
      const checked = card(json.template_card);
      return typeof checked === 'string' ? ignored(checked) : { kind: 'card', body: checked, note: '' };
    }
    case 'update_template_card':
      return update(json);
    default:
      return words(json, type === 'text' ? 'text' : 'markdown');
  }
}

function words(json: Json, msgType: 'text' | 'markdown'): Answer {
  const said = isObject(json[msgType]) ? json[msgType].content : undefined;
  if (typeof said !== 'string' || said === '') return ignored(`no ${msgType}.content`);
  if (bytes(said) > CONTENT_BYTES) return ignored(`content is longer than ${CONTENT_BYTES} bytes`);
  return { kind: 'words', msgType, text: said, note: '' };
}

function file(json: Json, media: MediaKind): Answer {
  const said = isObject(json[media]) ? json[media].media_id : undefined;
  if (typeof said !== 'string' || said === '') return ignored(`no ${media}.media_id`);
  return { kind: 'media', media, mediaId: said, note: '' };
}

function stream(json: Json, body: CardBody | null): Answer {
  const said = json.stream;
  if (!isObject(said)) return ignored('no stream');
  const { id, finish = false, content = '', msg_item: items, feedback } = said;
  if (typeof id !== 'string' || id === '') return ignored('stream.id is missing');
  if (typeof finish !== 'boolean') return ignored('stream.finish must be true or false');
  if (typeof content !== 'string') return ignored('stream.content must be text');
  if (bytes(content) > CONTENT_BYTES) return ignored(`stream.content is longer than ${CONTENT_BYTES} bytes`);
  if (items !== undefined && !finish) return ignored('msg_item comes with finish=true only');
  if (Array.isArray(items) && items.length > PICTURES)
    return ignored(`msg_item holds ${PICTURES} pictures at most`);
  const feedbackId = isObject(feedback) ? feedback.id : undefined;
  if (feedbackId !== undefined && (typeof feedbackId !== 'string' || bytes(feedbackId) > FEEDBACK_BYTES))
    return ignored(`feedback.id is longer than ${FEEDBACK_BYTES} bytes`);
  return { kind: 'stream', id, finish, content, card: body, note: '' };
}

function update(json: Json): Answer {
  const checked = checkCard(json.template_card, { update: true, aibot: true });
  if (isRefused(checked)) return ignored(`the card is refused: ${checked.errcode} ${checked.errmsg}`);
  const { userids } = json;
  if (userids !== undefined && !(Array.isArray(userids) && userids.every((one) => typeof one === 'string')))
    return ignored('userids must be a list of user ids');
  return { kind: 'update', body: checked.body, userIds: userids ?? null, note: checked.notes.join('; ') };
}

/** The card, or why it is refused. */
function card(given: unknown): CardBody | string {
  const checked = checkCard(given, { aibot: true });
  if (isRefused(checked)) return `the card is refused: ${checked.errcode} ${checked.errmsg}`;
  if (checked.body.horizontal_content_list?.some(({ type }) => type === 2))
    return 'a robot’s card has no file rows';
  return checked.body;
}
