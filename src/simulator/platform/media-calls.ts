// Temporary media up and down (90253, 90254), with the limits and the JSON that comes back instead of bytes.
import { isRefused, type Refused, refuse } from '../fields.ts';
import { amrMs, type MediaItem, type MediaKind, sniff } from '../media.ts';
import { parseMultipart } from '../multipart.ts';
import { type ApiCall, appOf, type Call, type Reply } from './call.ts';

const MB = 1024 * 1024;
const RULES: Readonly<Record<MediaKind, { max: number; tooLarge: number }>> = {
  image: { max: 10 * MB, tooLarge: 40009 },
  voice: { max: 2 * MB, tooLarge: 45001 },
  video: { max: 10 * MB, tooLarge: 40011 },
  file: { max: 20 * MB, tooLarge: 45001 },
};
const isKind = (word: string): word is MediaKind => Object.hasOwn(RULES, word);
const VOICE_MS = 60_000;

/** The file of an upload, checked; `kinds` are those this call takes. */
export function takeUpload(call: Call, kinds: readonly MediaKind[], robot?: string): MediaItem | Refused {
  const kind = call.query.type ?? '';
  if (!isKind(kind) || !kinds.includes(kind)) return refuse(40005, 'invalid type');
  const part = parseMultipart(call.raw, call.contentType)?.find(({ name }) => name === 'media');
  if (part === undefined) return refuse(44001, 'empty media data');
  if (part.encodedName) call.note('filename*= is not understood: write raw UTF-8 into filename="…"');
  if (part.fileName === undefined || part.fileName === '')
    return refuse(44001, 'empty media data: no filename');
  const { bytes, fileName } = part;
  const wrong = uploadFault(kind, bytes);
  if (wrong) return wrong;
  return call.world.media.put({ bytes, fileName, kind, ...(robot === undefined ? {} : { robot }) });
}

/** Why a file can't go up as one of this kind; null when it can. */
export function uploadFault(kind: MediaKind, bytes: Buffer): Refused | null {
  if (bytes.length <= 5) return refuse(40006, 'invalid media size');
  if (bytes.length > RULES[kind].max) return refuse(RULES[kind].tooLarge, 'media size out of limit');
  if (kind !== 'file' && sniff(bytes)?.kind !== kind) return refuse(40004, 'invalid media type');
  if (kind === 'voice' && amrMs(bytes) > VOICE_MS) return refuse(45007, 'playtime out of limit');
  return null;
}

export const uploaded = (item: MediaItem) => ({
  type: item.kind,
  media_id: item.id,
  created_at: String(Math.floor(item.at / 1000)),
});

function upload(call: Call): Reply {
  const app = appOf(call);
  if (isRefused(app)) return app;
  const item = takeUpload(call, ['image', 'voice', 'video', 'file']);
  return isRefused(item) ? item : uploaded(item);
}

function uploadImage(call: Call): Reply {
  const part = parseMultipart(call.raw, call.contentType)?.find(({ name }) => name === 'media');
  if (part === undefined) return refuse(44001, 'empty media data');
  if (part.bytes.length <= 5 || part.bytes.length > 2 * MB) return refuse(40009, 'invalid image size');
  if (sniff(part.bytes)?.kind !== 'image') return refuse(40004, 'invalid media type');
  const { windows, limits, media } = call.world;
  if (!windows.takeOfDay('uploadimg', limits.picturesPerDay, 1))
    return refuse(45009, 'api freq out of limit');
  const item = media.put({ bytes: part.bytes, fileName: part.fileName ?? 'image', kind: 'image' });
  return { url: `${call.baseUrl}/simulator/media/${item.id}` };
}

/** Raw UTF-8, as names go up; Node takes a header's bytes as Latin-1. */
const headerText = (name: string) => Buffer.from(name.replace(/["\\\p{Cc}]/gu, '_')).toString('latin1');

function download(call: Call): Reply {
  const id = call.query.media_id ?? '';
  if (id === '') return refuse(41006, 'missing media_id');
  const item = call.world.media.alive(id);
  const all = item && call.world.media.bytes(id);
  if (item === undefined || all === null || all === undefined || item.robot !== undefined)
    return refuse(40007, 'invalid media_id');
  const headers = {
    'Content-Type': item.contentType,
    'Content-Disposition': `attachment; filename="${headerText(item.fileName)}"`,
    'Accept-Ranges': 'bytes',
  };
  if (call.rangeHeader === undefined) return { binary: all, status: 200, headers };
  const range = /^bytes=(\d+)-(\d*)$/.exec(call.rangeHeader);
  const start = Number(range?.[1] ?? Number.NaN);
  const last = Math.min(range?.[2] ? Number(range[2]) : all.length - 1, all.length - 1);
  if (range === null || start > last) return refuse(40146, 'invalid range');
  return {
    binary: all.subarray(start, last + 1),
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${start}-${last}/${all.length}` },
  };
}

export const mediaCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/media/upload': { method: 'POST', auth: 'token', body: 'multipart', run: upload },
  '/cgi-bin/media/uploadimg': { method: 'POST', auth: 'token', body: 'multipart', run: uploadImage },
  '/cgi-bin/media/get': { method: 'GET', auth: 'token', run: download },
  '/cgi-bin/media/get/jssdk': { method: 'GET', auth: 'token', run: download },
};
