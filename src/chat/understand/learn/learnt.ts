// Keeps what the examples taught, in memory and in files, so that a start and a reload of texts need not learn it again.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Concepts } from '../text/lexicon.ts';
import { INTENTS } from '../types.ts';
import { type Learnt, learn } from './classify.ts';
import type { Examples } from './examples.ts';
import { featureReader } from './features.ts';

/** Of a sha256 in hex. */
const KEY_BYTES = 64;
const HEAD_BYTES = 2 * KEY_BYTES + 8;

/** The newest of each lesson only: a running bot has one understanding. */
const newest = new Map<string, { key: string; learnt: Learnt }>();

/** What the office teaches of intents: what people type, and which words mean the same. */
export interface Taught {
  examples: Examples;
  concepts: Concepts;
}

/** A lesson by the name of its file, with all that has a say in what it teaches. */
export interface ToLearn {
  name: string;
  words: unknown;
  learn(): Learnt;
}

/** What the examples teach of intents. */
export function learntFrom({ examples, concepts }: Taught, cacheDir?: string): Learnt {
  const taught = INTENTS.map((intent) => examples[intent] ?? []);
  return kept(
    {
      name: 'understanding',
      words: [concepts, taught],
      learn: () => learn(examples, featureReader(concepts)),
    },
    cacheDir,
  );
}

/**
 * What a lesson teaches. Taken from memory, or from its file in `cacheDir` when it was written by this very code for these
 * very words; else learnt anew and written there. A file that cannot be read or written costs time and nothing else.
 */
export function kept(lesson: ToLearn, cacheDir: string | undefined): Learnt {
  const key = keyOf(lesson.words);
  const known = newest.get(lesson.name);
  if (known?.key === key) return known.learnt;
  const learnt = (cacheDir && read(fileOf(cacheDir, lesson), key)) || learnAndKeep(lesson, key, cacheDir);
  newest.set(lesson.name, { key, learnt });
  return learnt;
}

/** Changes with the words taught and with any file of this folder, for each may have a say in what is learnt. */
function keyOf(words: unknown): string {
  code ??= sumOfCode();
  return createHash('sha256').update(code).update(JSON.stringify(words)).digest('hex');
}

/** The same for every lesson: the code that a process runs does not change. */
let code: string | undefined;

function sumOfCode(): string {
  const hash = createHash('sha256');
  const here = dirname(fileURLToPath(import.meta.url));
  for (const name of readdirSync(here).sort())
    if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(here, name)));
  return hash.digest('hex');
}

const fileOf = (dir: string, { name }: ToLearn) => join(dir, `${name}.bin`);

function learnAndKeep(lesson: ToLearn, key: string, cacheDir: string | undefined): Learnt {
  const learnt = lesson.learn();
  forget();
  if (cacheDir) write(cacheDir, fileOf(cacheDir, lesson), key, learnt);
  return learnt;
}

/** What was learnt from goes at once: left to itself V8 keeps some fifty megabytes of it for as long as the process lives. */
function forget(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

/** The file: key, sha256 of the body, bytes of the features' names, number of classes, then the body: bias, weights, names by lines. */
function write(dir: string, file: string, key: string, { features, weights, bias }: Learnt): void {
  const names = Buffer.from(features.join('\n'), 'utf16le');
  const body = Buffer.concat([bytesOf(bias), bytesOf(weights), names]);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(names.length);
  lengths.writeUInt32LE(bias.length, 4);
  const written = `${file}.${randomUUID()}`;
  try {
    if (!existsSync(dir)) mkdirSync(dir, { mode: 0o700 });
    writeFileSync(written, Buffer.concat([Buffer.from(key + sumOf(body)), lengths, body]), { mode: 0o600 });
    // whoever reads meanwhile sees the old file or the new one, never half of it
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true });
  }
}

function read(file: string, key: string): Learnt | undefined {
  let all: Buffer;
  try {
    all = readFileSync(file);
  } catch {
    return undefined;
  }
  const body = all.subarray(HEAD_BYTES);
  if (all.length < HEAD_BYTES || all.toString('latin1', 0, 2 * KEY_BYTES) !== key + sumOf(body))
    return undefined;
  const floats = (body.length - all.readUInt32LE(2 * KEY_BYTES)) / 4;
  const classes = all.readUInt32LE(2 * KEY_BYTES + 4);
  // a copy, since floats must lie at a multiple of four
  const numbers = new Float32Array(Uint8Array.from(body.subarray(0, floats * 4)).buffer);
  return {
    bias: numbers.slice(0, classes),
    weights: numbers.subarray(classes),
    features: body.toString('utf16le', floats * 4).split('\n'),
  };
}

const bytesOf = (numbers: Float32Array) =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
const sumOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');
