// Keeps what the examples taught, in memory and in a file, so that a start and a reload of texts need not learn it again.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Learnt, learn } from './classify.ts';
import { DANGER_CLASSES, learnDanger } from './danger.ts';
import type { Dangers } from './danger-examples.ts';
import type { Examples } from './examples.ts';
import { featureReader } from './features.ts';
import type { Concepts } from './lexicon.ts';
import { INTENTS } from './types.ts';

/** The files, and how many classes each tells apart. */
const KINDS = {
  'understanding.bin': INTENTS.length,
  'dangers.bin': DANGER_CLASSES,
} as const;
type File = keyof typeof KINDS;
/** Of a sha256 in hex. */
const KEY_BYTES = 64;
const HEAD_BYTES = 2 * KEY_BYTES + 8;

/** The newest only: a running bot has one understanding. */
const newest = new Map<File, { key: string; learnt: Learnt }>();

/** What the office teaches: what people type, and which words mean the same. */
export interface Taught {
  examples: Examples;
  concepts: Concepts;
}

/**
 * What the examples teach. Taken from memory, or from the file in `cacheDir` when it was written by this very code for these
 * very words; else learnt anew and written there. A file that cannot be read or written costs time and nothing else.
 */
export function learntFrom({ examples, concepts }: Taught, cacheDir?: string): Learnt {
  const words = [concepts, ...INTENTS.map((intent) => examples[intent] ?? [])];
  return kept('understanding.bin', words, cacheDir, () => learn(examples, featureReader(concepts)));
}

/** As `learntFrom`: what the examples of dangers teach, beside those of the intents. */
export function dangerLearntFrom(dangers: Dangers, examples: Examples, cacheDir?: string): Learnt {
  const words = [
    [...dangers.danger],
    [...dangers.none],
    dangers.words,
    ...INTENTS.map((intent) => examples[intent] ?? []),
  ];
  return kept('dangers.bin', words, cacheDir, () => learnDanger(dangers, examples));
}

function kept(file: File, words: readonly unknown[], dir: string | undefined, teach: () => Learnt): Learnt {
  const key = keyOf(words);
  const last = newest.get(file);
  if (last?.key === key) return last.learnt;
  let learnt = dir ? read(dir, file, key) : undefined;
  if (!learnt) {
    learnt = teach();
    if (dir) write(dir, file, key, learnt);
  }
  newest.set(file, { key, learnt });
  return learnt;
}

/** Changes with the words taught and with any file of this folder, for each may have a say in what is learnt. */
function keyOf(words: readonly unknown[]): string {
  const hash = createHash('sha256');
  const here = dirname(fileURLToPath(import.meta.url));
  for (const name of readdirSync(here).sort())
    if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(here, name)));
  for (const part of words) hash.update(JSON.stringify(part));
  return hash.digest('hex');
}

/** The file: key, sha256 of the body, length of the features' names, then the body: bias, weights, names by lines. */
function write(dir: string, file: File, key: string, { features, weights, bias }: Learnt): void {
  const names = Buffer.from(features.join('\n'), 'utf16le');
  const body = Buffer.concat([bytesOf(bias), bytesOf(weights), names]);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(names.length);
  const written = join(dir, `${file}.${randomUUID()}`);
  try {
    if (!existsSync(dir)) mkdirSync(dir, { mode: 0o700 });
    writeFileSync(written, Buffer.concat([Buffer.from(key + sumOf(body)), length, body]), { mode: 0o600 });
    // whoever reads meanwhile sees the old file or the new one, never half of it
    renameSync(written, join(dir, file));
  } catch {
    rmSync(written, { force: true });
  }
}

function read(dir: string, file: File, key: string): Learnt | undefined {
  let all: Buffer;
  try {
    all = readFileSync(join(dir, file));
  } catch {
    return undefined;
  }
  const body = all.subarray(HEAD_BYTES);
  if (all.length < HEAD_BYTES || all.toString('latin1', 0, 2 * KEY_BYTES) !== key + sumOf(body))
    return undefined;
  const floats = (body.length - all.readUInt32LE(2 * KEY_BYTES)) / 4;
  // a copy, since floats must lie at a multiple of four
  const numbers = new Float32Array(Uint8Array.from(body.subarray(0, floats * 4)).buffer);
  return {
    bias: numbers.slice(0, KINDS[file]),
    weights: numbers.subarray(KINDS[file]),
    features: body.toString('utf16le', floats * 4).split('\n'),
  };
}

const bytesOf = (numbers: Float32Array) =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
const sumOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');
