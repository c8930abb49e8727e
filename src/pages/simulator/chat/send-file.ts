// A chosen or pasted file on its way to the simulator: read in the browser, sent with its kind.
import { sendMedia } from '../state/actions.ts';
import type { MediaInput } from '../state/wire.ts';

function kindOf(type: string): MediaInput['kind'] {
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'voice' : 'file';
}

export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  // One call per byte is slow, one for all overflows the stack.
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

export async function sendFile(file: File): Promise<void> {
  await sendMedia({ kind: kindOf(file.type), fileName: file.name, base64: await base64Of(file) });
}
