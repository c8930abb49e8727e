// `dudao understand`: what the bot understands of a line or of a file of lines, as JSON.
import { runUnderstand } from '../chat/understand/cli.ts';
import { print } from './fault.ts';

export interface UnderstandOptions {
  roster: string;
  as?: string;
  role?: string;
  now?: string;
  jsonl?: string;
}

export async function understand(
  text: string | undefined,
  { roster, ...options }: UnderstandOptions,
): Promise<void> {
  await runUnderstand({ ...options, rosterFile: roster, text, print });
}
