// Files that people send to a smart robot alone (100719): an address good for five minutes, the bytes sealed under the robot's key or one of their own.
import { createCipheriv, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { decodeAesKey } from '../../wecom/crypto.ts';
import type { Aibot } from '../api.ts';
import type { Json } from '../fields.ts';
import type { World } from '../world.ts';

const PATH = '/simulator/aibot-files';
const LIFE_MS = 5 * 60_000;
const BLOCK = 32;

export interface AibotFiles {
  /** The object of a message: `url` and, over the long connection, `aeskey`. */
  offer(aibot: Aibot, mediaId: string, byConnection: boolean): Json;
}

/** Serves the files on the simulator's own port; `offer` gives the address of one, and the key when it is one of its own. */
export function aibotFiles(server: FastifyInstance, world: World): AibotFiles {
  const offered = new Map<string, { mediaId: string; key: Buffer; at: number }>();
  server.get<{ Params: { id: string } }>(`${PATH}/:id`, ({ params }, reply) => {
    const file = offered.get(params.id);
    const bytes = file && world.media.bytes(file.mediaId);
    if (!file || !bytes || world.clock.now().getTime() - file.at >= LIFE_MS) return reply.code(403).send('');
    return reply.type('application/octet-stream').send(sealed(file.key, bytes));
  });
  return {
    offer(aibot, mediaId, byConnection) {
      const id = randomBytes(18).toString('base64url');
      const key = byConnection ? randomBytes(32) : decodeAesKey(aibot.encodingAesKey ?? '');
      offered.set(id, { mediaId, key, at: world.clock.now().getTime() });
      return {
        url: `${world.url}${PATH}/${id}`,
        ...(byConnection ? { aeskey: key.toString('base64') } : {}),
      };
    },
  };
}

/** AES-256-CBC, the first half of the key as IV, PKCS#7 to 32. */
function sealed(key: Buffer, bytes: Buffer): Buffer {
  const aes = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  aes.setAutoPadding(false);
  const pad = BLOCK - (bytes.length % BLOCK);
  return Buffer.concat([aes.update(bytes), aes.update(Buffer.alloc(pad, pad)), aes.final()]);
}
