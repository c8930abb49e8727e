// Keeps tokens and phone numbers unreadable at rest: AES-256-GCM under keys derived from APP_SECRET.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Stands before every sealed text, so that another way of sealing can come later. */
const VERSION = 'v1.';

export interface Sealer {
  /** `context` is not kept in the sealed text, but must be the same when it is opened: a row's name, say. */
  seal(text: string, context?: string): string;
  /** Throws AppError('config.unusable') when it was sealed under another secret, for another purpose, or was changed. */
  open(sealed: string, context?: string): string;
}

/** Each `purpose` ('phone', 'platform-token') has a key of its own, so that nothing sealed can be moved between them. */
export function createSealer(appSecret: string, purpose: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', appSecret, 'dudao', purpose, 32));
  return {
    seal(text, context = '') {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return VERSION + Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed, context = '') {
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
      if (!sealed.startsWith(VERSION) || bytes.length < IV_BYTES + TAG_BYTES) throw unopened(purpose);
      const end = bytes.length - TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(end));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, end)), decipher.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw unopened(purpose, cause);
      }
    },
  };
}

function unopened(purpose: string, cause?: unknown): AppError {
  return new AppError(
    'config.unusable',
    'never',
    { purpose },
    {
      message: `A sealed value (${purpose}) does not open. APP_SECRET must be the one it was sealed with.`,
      cause,
    },
  );
}
