// A smart robot's uploads over its long connection (PROTOCOL §16): begun, in parts of any order, finished, with the platform's codes.
import { createHash } from 'node:crypto';
import type { Aibot } from '../api.ts';
import type { Json } from '../fields.ts';
import type { MediaKind } from '../media.ts';
import { uploaded, uploadFault } from '../platform/media-calls.ts';
import type { World } from '../world.ts';
import { newId } from './bodies.ts';

const LIFE_MS = 30 * 60_000;
const MOST_CHUNKS = 100;
const CHUNK_BYTES = 512 * 1024;
const PER_MINUTE = 30;
const PER_HOUR = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const KINDS: readonly MediaKind[] = ['image', 'voice', 'video', 'file'];

export type Done = { body: Json } | { errcode: number; errmsg: string };

interface Upload {
  aibotId: string;
  kind: MediaKind;
  fileName: string;
  bytes: number;
  chunks: number;
  md5: string;
  at: number;
  parts: Map<number, Buffer>;
}

export interface Uploads {
  /** Null: `cmd` is none of the three. */
  perform(aibot: Aibot, cmd: string, body: Json): Done | null;
}

/** Whose a file is that came by this way: no other robot and no app may send it. */
export const ownerOf = ({ aibotId }: Aibot): string => `aibot:${aibotId}`;

const fault = (errcode: number, errmsg: string): Done => ({ errcode, errmsg });

/** Uploads of all robots. What is refused is told as the platform's errcode, never thrown. */
export function createUploads(world: World): Uploads {
  const uploads = new Map<string, Upload>();
  const now = () => world.clock.now().getTime();

  function init(aibot: Aibot, body: Json): Done {
    const { type, filename, total_size: bytes, total_chunks: chunks, md5 = '' } = body;
    const kind = KINDS.find((one) => one === type);
    if (!kind) return fault(846697, 'invalid file type');
    if (typeof filename !== 'string' || filename === '') return fault(40058, 'invalid filename');
    if (!isCount(bytes) || !isCount(chunks) || typeof md5 !== 'string')
      return fault(40058, 'invalid total_size or total_chunks');
    if (chunks > MOST_CHUNKS || bytes > chunks * CHUNK_BYTES) return fault(40058, 'invalid total_chunks');
    const key = `aibot-upload:${aibot.aibotId}`;
    const { windows } = world;
    if (!windows.take(`${key}:m`, PER_MINUTE, MINUTE_MS) || !windows.take(`${key}:h`, PER_HOUR, HOUR_MS))
      return fault(45009, 'api freq out of limit');
    const id = newId();
    const of = { aibotId: aibot.aibotId, kind, fileName: filename, bytes, chunks, md5 };
    uploads.set(id, { ...of, at: now(), parts: new Map() });
    return { body: { upload_id: id } };
  }

  function find(aibot: Aibot, id: unknown): Upload | undefined {
    const upload = uploads.get(String(id));
    return upload?.aibotId === aibot.aibotId && now() - upload.at < LIFE_MS ? upload : undefined;
  }

  function chunk(aibot: Aibot, { upload_id: id, chunk_index: index, base64_data: data }: Json): Done {
    const upload = find(aibot, id);
    if (!upload) return fault(846611, 'invalid upload_id');
    // The page's sample counts from 1, the official SDK from 0 (PROTOCOL §16); either will do, and the same part twice as well.
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > upload.chunks)
      return fault(846612, 'invalid chunk_index');
    const part = typeof data === 'string' ? Buffer.from(data, 'base64') : Buffer.alloc(0);
    if (part.length === 0 || part.length > CHUNK_BYTES) return fault(846613, 'invalid chunk size');
    upload.parts.set(index, part);
    return { body: {} };
  }

  function finish(aibot: Aibot, { upload_id: id }: Json): Done {
    const upload = find(aibot, id);
    if (!upload) return fault(846611, 'invalid upload_id');
    const { parts, chunks, kind, fileName, md5 } = upload;
    const indexes = [...parts.keys()].sort((a, b) => a - b);
    const bytes = Buffer.concat(indexes.map((index) => parts.get(index) ?? Buffer.alloc(0)));
    const [first = 0] = indexes;
    const isWhole = parts.size === chunks && first <= 1 && indexes.at(-1) === first + chunks - 1;
    const isSame = md5 === '' || createHash('md5').update(bytes).digest('hex') === md5.toLowerCase();
    if (!isWhole || bytes.length !== upload.bytes || !isSame) return fault(846616, 'upload is incomplete');
    const wrong = uploadFault(kind, bytes);
    if (wrong) return wrong.errcode === 40004 ? fault(846697, 'invalid file type') : wrong;
    uploads.delete(String(id));
    return { body: uploaded(world.media.put({ bytes, fileName, kind, robot: ownerOf(aibot) })) };
  }

  return {
    perform(aibot, cmd, body) {
      if (cmd === 'aibot_upload_media_init') return init(aibot, body);
      if (cmd === 'aibot_upload_media_chunk') return chunk(aibot, body);
      return cmd === 'aibot_upload_media_finish' ? finish(aibot, body) : null;
    },
  };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;
