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

const OFFICE = [
  {
    folder: 'word/',
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx',
  },
  {
    folder: 'xl/',
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
  },
  {
    folder: 'ppt/',
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extension: 'pptx',
  },
] as const;

/** Undefined: none of the kinds that people send to this bot. */
export function fileType(head: Buffer): FileType | undefined {
  if (starts(head, 0xff, 0xd8, 0xff)) return { mime: 'image/jpeg', extension: 'jpg' };
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))
    return { mime: 'image/png', extension: 'png' };
  if (says(head, 0, 'GIF87a') || says(head, 0, 'GIF89a')) return { mime: 'image/gif', extension: 'gif' };
  if (says(head, 0, '#!AMR')) return { mime: 'audio/amr', extension: 'amr' };
  if (says(head, 4, 'ftyp')) return { mime: 'video/mp4', extension: 'mp4' };
  if (says(head, 0, '%PDF-')) return { mime: 'application/pdf', extension: 'pdf' };
  if (starts(head, 0x50, 0x4b, 0x03, 0x04)) return zipped(head);
  return undefined;
}

/** Office documents are zip files that name their parts in clear text, the telling one among the first. */
function zipped(head: Buffer): FileType {
  const names = head.toString('latin1');
  const found = OFFICE.find(({ folder }) => names.includes(folder));
  return found
    ? { mime: found.mime, extension: found.extension }
    : { mime: 'application/zip', extension: 'zip' };
}
