// What a file really is, by its first bytes; a name or a header may say anything.

export interface FileType {
  mime: string;
  extension: string;
}

/** So many bytes of the beginning are enough for `fileType`. */
export const HEAD_BYTES = 4_096;

const starts = (head: Buffer, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
const says = (head: Buffer, at: number, text: string) =>
  head.toString('latin1', at, at + text.length) === text;

const EXTENSIONS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'audio/amr': 'amr',
  'video/mp4': 'mp4',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
} as const;
type Mime = keyof typeof EXTENSIONS;

/** How a file of this kind is named, without the dot. */
export const extensionOf = (mime: string): string => EXTENSIONS[mime as Mime] ?? 'bin';

const of = (mime: Mime): FileType => ({ mime, extension: EXTENSIONS[mime] });

/** Undefined: none of the kinds that people send to this bot. */
export function fileType(head: Buffer): FileType | undefined {
  if (starts(head, 0xff, 0xd8, 0xff)) return of('image/jpeg');
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return of('image/png');
  if (says(head, 0, 'GIF87a') || says(head, 0, 'GIF89a')) return of('image/gif');
  if (says(head, 0, '#!AMR')) return of('audio/amr');
  if (says(head, 4, 'ftyp')) return of('video/mp4');
  if (says(head, 0, '%PDF-')) return of('application/pdf');
  if (starts(head, 0x50, 0x4b, 0x03, 0x04)) return of(zipped(head));
  return undefined;
}

const OFFICE: readonly (readonly [folder: string, mime: Mime])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** Office documents are zip files that name their parts in clear text, the telling one among the first. */
function zipped(head: Buffer): Mime {
  const names = head.toString('latin1');
  return OFFICE.find(([folder]) => names.includes(folder))?.[1] ?? 'application/zip';
}
