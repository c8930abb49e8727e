// Takes a multipart body apart by hand, because the platform is strict about how a file's name is written (90253).
export interface Part {
  name: string;
  /** As in `filename="…"`, raw UTF-8; undefined when absent. */
  fileName: string | undefined;
  /** True when the name came as `filename*=`, which the platform does not understand. */
  encodedName: boolean;
  bytes: Buffer;
}

/** The parts of a body, or null when it is not well-formed multipart. */
export function parseMultipart(body: Buffer, contentType: string): Part[] | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const word = boundary?.[1] ?? boundary?.[2];
  if (word === undefined) return null;
  const opening = Buffer.from(`--${word}`);
  const between = Buffer.from(`\r\n--${word}`);
  let at = body.indexOf(opening);
  if (at === -1) return null;
  at += opening.length;
  const parts: Part[] = [];
  while (body.subarray(at, at + 2).toString() !== '--') {
    const headEnd = body.indexOf('\r\n\r\n', at);
    const end = headEnd === -1 ? -1 : body.indexOf(between, headEnd + 2);
    if (end === -1) return null;
    const head = body.toString('utf8', at, headEnd);
    parts.push({
      name: /[;\s]name="([^"]*)"/i.exec(head)?.[1] ?? '',
      fileName: /[;\s]filename="([^"]*)"/i.exec(head)?.[1],
      encodedName: /[;\s]filename\*=/i.test(head),
      bytes: body.subarray(Math.min(headEnd + 4, end), end),
    });
    at = end + between.length;
  }
  return parts;
}
