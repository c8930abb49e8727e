// Addresses that nobody can guess and that end by themselves: the id of a row and a last moment, signed under a key derived from APP_SECRET.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface Signer {
  /** 48 characters that fit into an address; the same for the same row and moment. */
  sign(id: string, until: Date): string;
  /** The id; null when it is not ours, was changed, or is over. */
  open(signed: string, now: Date): string | null;
}

const ID_BYTES = 16;
const UNTIL_BYTES = 4;
const MAC_BYTES = 16;

/** Each `purpose` has a key of its own, so that an address for one thing opens no other. */
export function createSigner(appSecret: string, purpose: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', appSecret, 'dudao', purpose, 32));
  const mac = (said: Uint8Array) => createHmac('sha256', key).update(said).digest().subarray(0, MAC_BYTES);

  return {
    sign(id, until) {
      const said = Buffer.alloc(ID_BYTES + UNTIL_BYTES);
      said.write(id.replaceAll('-', ''), 'hex');
      said.writeUInt32BE(Math.floor(until.getTime() / 1000), ID_BYTES);
      return Buffer.concat([said, mac(said)]).toString('base64url');
    },
    open(signed, now) {
      const bytes = Buffer.from(signed, 'base64url');
      if (bytes.length !== ID_BYTES + UNTIL_BYTES + MAC_BYTES) return null;
      const said = bytes.subarray(0, ID_BYTES + UNTIL_BYTES);
      if (!timingSafeEqual(mac(said), bytes.subarray(said.length))) return null;
      if (now.getTime() >= said.readUInt32BE(ID_BYTES) * 1000) return null;
      return said.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  };
}
