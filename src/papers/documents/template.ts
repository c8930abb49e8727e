// Fills a Word template, and says what is wrong with one: which file, which tag.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type PizZip from 'pizzip';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type Fault, faultLine, scriptsFolder } from '../../yaml.ts';
import type { Drawn } from './pictures.ts';
import { DOCUMENTS, type DocumentKind } from './shapes.ts';

export const templatesFolder = `${scriptsFolder}/papers`;

/** The Word file with its places filled. Throws `scripts.faulty` for a template that cannot be used. */
export async function fill(
  kind: DocumentKind,
  data: object,
  photos: Drawn['files'] = [],
  folder = templatesFolder,
): Promise<Uint8Array> {
  const { file } = DOCUMENTS[kind];
  const opened = await open(join(folder, file));
  if ('faults' in opened) throw faulty(opened.faults.map((fault) => ({ ...fault, file: `papers/${file}` })));
  try {
    opened.render(data);
  } catch (err) {
    throw faulty(faultsIn(err).map((fault) => ({ ...fault, file: `papers/${file}` })));
  }
  return opened.bytes(photos);
}

/** Every fault of every template: a file that is not there or no Word file, a tag that does not close, a name that nobody knows. */
export async function checkTemplates(folder = templatesFolder): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { file, shape } of Object.values(DOCUMENTS)) {
    const named = (found: Omit<Fault, 'file'>[]) =>
      faults.push(...found.map((fault) => ({ ...fault, file: `papers/${file}` })));
    const opened = await open(join(folder, file));
    if ('faults' in opened) named(opened.faults);
    else named(unknownTags(opened.tags(), shape, []));
  }
  return faults;
}

type NamedFault = Omit<Fault, 'file'>;
type Tags = { [name: string]: Tags };

/** Word files have no lines that a person could look up: the tag is the place. */
const at = (key: string, message: string): NamedFault => ({ line: 1, key, message });

interface Opened {
  render(data: object): void;
  bytes(photos: Drawn['files']): Uint8Array;
  tags(): Tags;
}

async function open(path: string): Promise<Opened | { faults: NamedFault[] }> {
  const { default: Zip } = await import('pizzip');
  const { default: Docxtemplater } = await import('docxtemplater');
  const { default: found } = await import('docxtemplater/js/inspect-module.js');
  // Its types tell of an ES module; the file is CommonJS, and its default export is what makes the module.
  const inspect = (found as unknown as () => InstanceType<typeof found.default>)();
  try {
    const zip = new Zip(readFileSync(path));
    const document = new Docxtemplater(zip, {
      modules: [inspect],
      delimiters: { start: '{{', end: '}}' },
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      nullGetter: () => '',
    });
    return {
      render: (data) => void document.render(data),
      bytes(photos) {
        const made = document.getZip();
        if (photos.length > 0) embed(made, photos);
        return new Uint8Array(made.generate({ type: 'uint8array', compression: 'DEFLATE' }));
      },
      tags: () => inspect.getAllTags() as Tags, // a tree of names, by its documentation
    };
  } catch (err) {
    return { faults: faultsIn(err) };
  }
}

const RELATIONS = 'word/_rels/document.xml.rels';
const TYPES = '[Content_Types].xml';
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';

/** Puts the photos into the package and tells Word where they lie and what they are. */
function embed(zip: PizZip, photos: Drawn['files']): void {
  const added = photos.map(({ id, name, bytes }) => {
    zip.file(`word/media/${name}`, bytes, { binary: true });
    return `<Relationship Id="${id}" Type="${IMAGE}" Target="media/${name}"/>`;
  });
  const change = (path: string, end: string, more: string) => {
    const xml = zip.file(path)?.asText() ?? '';
    zip.file(
      path,
      xml.replace(end, () => `${more}${end}`),
    );
  };
  change(RELATIONS, '</Relationships>', added.join(''));
  if (!/Extension="jpeg"/iu.test(zip.file(TYPES)?.asText() ?? ''))
    change(TYPES, '</Types>', '<Default Extension="jpeg" ContentType="image/jpeg"/>');
}

const reported = z.object({
  properties: z.object({
    errors: z
      .array(
        z.object({
          properties: z.object({ xtag: z.string().optional(), explanation: z.string().optional() }),
        }),
      )
      .optional(),
    xtag: z.string().optional(),
    explanation: z.string().optional(),
  }),
});

function faultsIn(err: unknown): NamedFault[] {
  const code = err instanceof Error && 'code' in err ? err.code : undefined;
  if (code === 'ENOENT') return [at('', 'is missing')];
  const read = reported.safeParse(err);
  if (!read.success) return [at('', 'is not a Word file (.docx)')];
  const { errors, ...one } = read.data.properties;
  const all = errors ? errors.map((each) => each.properties) : [one];
  return all.map(({ xtag = '', explanation }) => at(xtag, explanation ?? 'cannot be filled'));
}

function unknownTags(tags: Tags, shape: z.ZodObject, around: readonly z.ZodObject[]): NamedFault[] {
  return Object.entries(tags).flatMap(([name, inner]): NamedFault[] => {
    const known = [shape, ...around].map((one) => one.shape[name]).find((field) => field !== undefined);
    if (known === undefined) {
      const names = Object.keys(shape.shape).join(', ');
      return [at(name, `there is no "${name}" here; there are: ${names}`)];
    }
    const row = known instanceof z.ZodArray && known.element instanceof z.ZodObject ? known.element : null;
    return row ? unknownTags(inner, row, [shape, ...around]) : unknownTags(inner, shape, around);
  });
}

function faulty(faults: Fault[]): AppError {
  const message = faults.map(faultLine).join('\n');
  return new AppError('scripts.faulty', 'never', { faults: faults.map(faultLine) }, { message });
}
