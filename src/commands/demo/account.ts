// The demo's own corp: ids and secrets made at the first start, kept for this user only, so that the second start is the same corp.
import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writePrivately } from '../../app/folder.ts';
import type { WecomCredentials } from '../../config.ts';
import { AppError } from '../../errors.ts';

const accountSchema = z.object({
  madeBy: z.literal('dudao demo'),
  corpId: z.string(),
  agentId: z.number(),
  secret: z.string(),
  token: z.string(),
  encodingAesKey: z.string(),
  appSecret: z.string(),
  /** Absent in a demo that was begun before there was a smart robot; it goes on without one. */
  aibot: z.object({ id: z.string(), token: z.string(), encodingAesKey: z.string() }).optional(),
  /** The contact-sync helper; the same. */
  contacts: z.object({ secret: z.string(), token: z.string(), encodingAesKey: z.string() }).optional(),
});
export type Account = z.infer<typeof accountSchema>;

const fileIn = (folder: string) => join(folder, 'demo.json');

/** Null: no demo was begun here. Throws `store.folder` when the file is there but was not written by us. */
export async function readAccount(folder: string): Promise<Account | null> {
  const text = await readIfThere(fileIn(folder));
  if (text === null) return null;
  try {
    return accountSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('store.folder', 'never', { why: 'half-made', dataDir: folder }, { cause });
  }
}

export async function writeAccount(folder: string, account: Account): Promise<void> {
  await writePrivately(fileIn(folder), `${JSON.stringify(account, null, 1)}\n`);
}

export function newAccount(): Account {
  const contacts = { secret: letters(43), token: letters(16), encodingAesKey: letters(43) };
  return { madeBy: 'dudao demo', ...newCredentials(), appSecret: letters(43), aibot: newAibot(), contacts };
}

/** As the admin console makes them (PROTOCOL §1.1). */
function newCredentials(): WecomCredentials {
  return {
    corpId: `ww${randomBytes(8).toString('hex')}`,
    agentId: 1_000_002,
    secret: letters(43),
    token: letters(16),
    encodingAesKey: letters(43),
  };
}

const newAibot = () => ({ id: `aib${letters(20)}`, token: letters(16), encodingAesKey: letters(43) });

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function letters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
