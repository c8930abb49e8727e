// The few kinds of string that the platform counts and checks, as zod types for cards, messages and menus.
import { z } from 'zod';

const bytesOf = (text: string): number => Buffer.byteLength(text);
/** Counts as the platform's "字" does, as near as its pages say: one per character a person sees as a code point. */
export const charsOf = (text: string): number => [...text].length;

/** At most so many bytes of UTF-8; '' passes. */
export const atMostBytes = (max: number) =>
  z.string().refine((text) => bytesOf(text) <= max, { error: `more than ${max} bytes` });

/** As `atMostBytes`, and not empty. */
export const filledBytes = (max: number) => atMostBytes(max).min(1, { error: 'empty' });

/** At most so many characters (字); '' passes. */
export const atMostChars = (max: number) =>
  z.string().refine((text) => charsOf(text) <= max, { error: `more than ${max} characters` });

export const filled = z.string().min(1, { error: 'empty' });

/** An address needs its scheme (40054, 40094); `http`, `https` and app schemes pass. */
export const address = (maxBytes: number) =>
  filledBytes(maxBytes).regex(/^[a-z][a-z0-9+.-]*:\/\/\S+$/i, { error: 'no scheme' });

export const flag = z.union([z.literal(0), z.literal(1)]);

/** Adds an issue when two entries share a key. Entries without one are left out. */
export function unique(
  keys: readonly (string | undefined)[],
  ctx: z.RefinementCtx,
  path: (string | number)[],
): void {
  const seen = new Set<string>();
  keys.forEach((key, i) => {
    if (key === undefined) return;
    if (seen.has(key)) ctx.addIssue({ code: 'custom', message: 'used twice', path: [...path, i] });
    seen.add(key);
  });
}

/** One line per fault: where and what, never the value (it may be a person's words). */
export function faultsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`);
}
