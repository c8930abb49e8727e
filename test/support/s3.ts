// A store of the S3 kind for tests, as strict as the real ones: it reckons each signature (AWS Signature Version 4, in headers)
// and each content hash for itself, with nothing of the client's code, and refuses what does not fit.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface TestS3 {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** Answers 503 that often from now on. */
  falter(times: number): void;
}

export const KEYS = { accessKeyId: 'AKTEST', secretAccessKey: 'secret+of/the store', region: 'cn-east-1' };

const hex = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const mac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

export async function testS3(bucket: string): Promise<TestS3> {
  const objects = new Map<string, Buffer>();
  let faltering = 0;
  const server = createServer(async (request, answer) => {
    const body = await buffer(request);
    const end = (status: number, bytes?: Buffer) => answer.writeHead(status).end(bytes);
    if (faltering-- > 0) return end(503);
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname);
    if (!isSigned(request) || request.headers['x-amz-content-sha256'] !== bodyHash(request, body))
      return end(403);
    if (!path.startsWith(`/${bucket}/`)) return end(404);
    if (request.method === 'PUT') {
      // Real stores want the length beforehand.
      if (request.headers['content-length'] !== String(body.length)) return end(411);
      objects.set(path.slice(bucket.length + 2), body);
      return end(200);
    }
    const found = objects.get(path.slice(bucket.length + 2));
    return found ? end(200, found) : end(404);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    falter: (times) => {
      faltering = times;
    },
  };
}

/** A GET may say that its (empty) body is not hashed. */
function bodyHash({ method, headers }: IncomingMessage, body: Buffer): string {
  return method === 'GET' && headers['x-amz-content-sha256'] === 'UNSIGNED-PAYLOAD'
    ? 'UNSIGNED-PAYLOAD'
    : hex(body);
}

function isSigned(request: IncomingMessage): boolean {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!given) return false;
  const [, keyId, day = '', region = '', signed = '', signature] = given;
  const url = new URL(request.url ?? '', 'http://s3');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    url.searchParams.toString(),
    headers.join(''),
    signed,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const date = String(request.headers['x-amz-date']);
  const text = ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, hex(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (at, part) => mac(at, part),
    `AWS4${KEYS.secretAccessKey}`,
  );
  const fresh = date.startsWith(day) && day === new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return (
    fresh &&
    keyId === KEYS.accessKeyId &&
    region === KEYS.region &&
    mac(key, text).toString('hex') === signature
  );
}
