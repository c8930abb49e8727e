// Reads one YAML file of bot-scripts so that every fault can be told as file:line:key. A leaf: the conversation's files and
// the rules of supervision are read the same way.
import { readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { AppError } from './errors.ts';

/** One thing that is wrong with the scripts, where an office clerk finds it. */
export interface Fault {
  file: string;
  line: number;
  key: string;
  /** English, for the log and for who writes scripts. */
  message: string;
}

export function faultLine(fault: Fault): string {
  return `${fault.file}:${fault.line}:${fault.key}: ${fault.message}`;
}

/** The error of faulty scripts: `detail.faults` has each fault, the message says each on a line. */
export function scriptsFaulty(faults: readonly Fault[]): AppError {
  return new AppError('scripts.faulty', 'never', { faults }, { message: faults.map(faultLine).join('\n') });
}

/** What `read` finds wrong with scripts, files told relative to `root`; any other error is thrown on. */
export function faultsIn(root: string, read: () => unknown): Fault[] {
  try {
    read();
    return [];
  } catch (err) {
    return faultsOf(root, err);
  }
}

/** The faults that an error of `scriptsFaulty` carries, files told relative to `root`; any other error is thrown on. */
export function faultsOf(root: string, err: unknown): Fault[] {
  if (!(err instanceof AppError) || !Array.isArray(err.detail.faults)) throw err;
  const faults = err.detail.faults as Fault[]; // scriptsFaulty put them there
  return faults.map((fault) => ({
    ...fault,
    file: isAbsolute(fault.file) ? relative(root, fault.file) : fault.file,
  }));
}

export interface Read<T> {
  file: string;
  value: T;
  /** The line (from 1) on which the value at a path begins; the nearest parent's when the path itself is not there. */
  lineOf(path: Path): number;
}

/**
 * The last good reading of each file: when one of many is changed, the others need not be taken apart again.
 * Without its document, which is large and only wanted for the line of a fault.
 */
const good = new Map<string, { text: string; shape: z.ZodType; read: Read<unknown> }>();

/** Reads and checks one file; what is wrong is added to `faults` and null returned. `file` is told relative to the root. */
export function readYaml<T>(
  root: string,
  file: string,
  shape: z.ZodType<T>,
  faults: Fault[],
): Read<T> | null {
  let text: string;
  try {
    text = readFileSync(`${root}/${file}`, 'utf8');
  } catch {
    faults.push({ file, line: 1, key: '', message: 'cannot be read' });
    return null;
  }
  const known = good.get(file);
  if (known?.text === text && known.shape === shape) return known.read as Read<T>; // its shape made it so

  const { document, lines } = parse(text);
  for (const error of tellable(document.errors))
    faults.push({ file, line: lines.linePos(error.pos[0]).line, key: '', message: firstLine(error.message) });
  if (document.errors.length > 0) return null;

  const parsed = shape.safeParse(document.toJS() ?? {});
  if (parsed.success) {
    const read = goodReading(file, text, parsed.data);
    good.set(file, { text, shape, read });
    return read;
  }
  const lineOf = (path: Path) => lineIn({ document, lines }, path);
  for (const issue of parsed.error.issues) {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    for (const key of unknown)
      faults.push({
        file,
        line: lineOf([...path, key]),
        key: [...path, key].join('.'),
        message: 'no such key',
      });
    if (unknown.length === 0)
      faults.push({ file, line: lineOf(path), key: path.join('.'), message: firstLine(issue.message) });
  }
  return null;
}

/** One bracket too many makes nonsense of all that follows: of what cannot be read only the first is told. */
function tellable(errors: readonly YAMLError[]): YAMLError[] {
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
}

type Path = readonly (string | number)[];

/** A function of its own: a closure in `readYaml` would hold on to the document that the faults there are placed by. */
function goodReading<T>(file: string, text: string, value: T): Read<T> {
  return { file, value, lineOf: (path) => lineIn(parse(text), path) };
}

function parse(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  return {
    document: parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true }),
    lines,
  };
}

function lineIn({ document, lines }: ReturnType<typeof parse>, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
