// Reads one YAML file of bot-scripts so that every fault can be told as file:line:key. A leaf: the conversation's files and
// the rules of supervision are read the same way.
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, isNode, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { AppError } from './errors.ts';

/** The checkout's own folder of scripts, from src/ and from dist/ alike. */
export const scriptsFolder = fileURLToPath(new URL('../bot-scripts', import.meta.url));

/** What is wrong. */
export interface Told {
  /** English, for the log and for who writes scripts. */
  message: string;
  /** Its sentence for an office clerk is `script.<code>` of operator.yaml; where there is none the English stands. */
  code?: string;
  data?: Record<string, string | number>;
}

/** One thing that is wrong with the scripts, where an office clerk finds it. */
export interface Fault extends Told {
  file: string;
  line: number;
  key: string;
}

/** `file:line:key: message`, as editors make a link of it. */
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

/**
 * The text of a file that the office edits, or why there is none. An editor that saves as GBK would otherwise put rubbish into
 * what people are told.
 */
export function readText(path: string): string | Told {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return { message: 'cannot be read', code: 'cannot-read' };
  }
  if (!isUtf8(bytes)) return { message: 'is not UTF-8; save it as UTF-8', code: 'not-utf8' };
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** What the YAML parser found in `text`. */
function toldError({ code, message, pos }: YAMLError, text: string): Told {
  // A key's position is its first character alone.
  const key = code === 'DUPLICATE_KEY' ? /^[^\s:]{1,40}/.exec(text.slice(pos[0]))?.[0] : undefined;
  const said = key ?? firstLine(text.slice(pos[0], pos[1])).slice(0, 40);
  return { message: firstLine(message), code: `yaml.${code}`, data: { said } };
}

/** What a shape found; one that words its fault itself may name a code in `params`. */
export function toldIssue(issue: z.core.$ZodIssue): Told {
  return { message: firstLine(issue.message), ...coded(issue) };
}

function coded(issue: z.core.$ZodIssue): Omit<Told, 'message'> {
  switch (issue.code) {
    case 'invalid_type':
      return /received undefined$/.test(issue.message)
        ? { code: 'missing' }
        : { code: `type.${issue.expected}` };
    case 'invalid_value':
      return { code: 'one-of', data: { values: issue.values.map(String).join(', ') } };
    case 'too_small':
      return { code: `too-small.${issue.origin}`, data: { limit: Number(issue.minimum) } };
    case 'too_big':
      return { code: `too-big.${issue.origin}`, data: { limit: Number(issue.maximum) } };
    case 'unrecognized_keys':
      return { code: issue.code, data: { keys: issue.keys.join(', ') } };
    case 'custom':
      return { code: typeof issue.params?.code === 'string' ? issue.params.code : undefined };
    case 'invalid_union': {
      const listed = issue.errors.flat().find((one) => one.code === 'invalid_value' && one.values.length > 1);
      return listed ? coded(listed) : { code: issue.code };
    }
    default:
      return { code: issue.code };
  }
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
  const text = readText(`${root}/${file}`);
  if (typeof text !== 'string') {
    faults.push({ file, line: 1, key: '', ...text });
    return null;
  }
  const known = good.get(file);
  if (known?.text === text && known.shape === shape) return known.read as Read<T>; // its shape made it so

  const { document, lines, broken } = parseYaml(text);
  for (const fault of broken) faults.push({ file, key: '', ...fault });
  if (broken.length > 0) return null;

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
        code: 'no-such-key',
      });
    if (unknown.length === 0)
      faults.push({ file, line: lineOf(path), key: path.join('.'), ...toldIssue(issue) });
  }
  return null;
}

/** As `readYaml`, for a file without which nothing can go on. Throws `scripts.faulty` with every fault as file:line:key. */
export function mustReadYaml<T>(root: string, file: string, shape: z.ZodType<T>): T {
  const faults: Fault[] = [];
  const read = readYaml(root, file, shape, faults);
  if (read) return read.value;
  throw scriptsFaulty(faults);
}

/** A sentence with its `{{ name }}` places filled; a name that has no value leaves nothing. (What people are told in the chat is Liquid.) */
export function placesFilled(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(data[name] ?? ''));
}

/** One bracket too many makes nonsense of all that follows: of what cannot be read only the first is told. */
function tellable(errors: readonly YAMLError[]): YAMLError[] {
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
}

type Path = readonly (string | number)[];

/** A function of its own: a closure in `readYaml` would hold on to the document that the faults there are placed by. */
function goodReading<T>(file: string, text: string, value: T): Read<T> {
  return { file, value, lineOf: (path) => lineIn(parseYaml(text), path) };
}

export interface Parsed {
  document: Document;
  lines: LineCounter;
  /** What makes it no document; while there is any, its contents can't be had. */
  broken: (Told & { line: number })[];
}

/** One YAML text, and all that is wrong with it as YAML. */
export function parseYaml(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    ...{ lineCounter: lines, prettyErrors: false, uniqueKeys: true },
    logLevel: 'error', // what it would warn of on the screen is told as a fault by whoever checks the shape
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const broken: Parsed['broken'] = tellable(document.errors).map((error) => ({
    line: lineAt(error.pos[0]),
    ...toldError(error, text),
  }));
  // A text that begins with * is taken for the name of another one.
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const message = `there is no &${alias.source}; text that begins with * stands in quotes`;
      broken.push({ line: lineAt(alias.range?.[0] ?? 0), message, code: 'yaml.BAD_ALIAS' });
    },
  });
  return { document, lines, broken };
}

function lineIn({ document, lines }: Pick<Parsed, 'document' | 'lines'>, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
