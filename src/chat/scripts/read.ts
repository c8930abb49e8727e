// Finds and reads the files of bot-scripts: flows by name, texts by locale, file and key.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { type Fault, type Read, readYaml } from '../../yaml.ts';
import { type Flow, flowShape, type TextValue, textsShape } from './shapes.ts';

/** file → key → text */
export type Texts = ReadonlyMap<string, ReadonlyMap<string, TextValue>>;

export interface ReadScripts {
  flows: Map<string, Flow>;
  flowFiles: Map<string, Read<Flow>>;
  texts: Map<string, Map<string, Map<string, TextValue>>>;
  /** locale → file → the reading, for line numbers. */
  textFiles: Map<string, Map<string, Read<Record<string, TextValue>>>>;
  /** Files that were told as faulty and left out: what they would have held is not missed. */
  leftOut: Set<string>;
}

/** Texts that other rooms read for themselves: the roster and the command line their faults. */
const NOT_OURS = new Set(['roster.yaml', 'operator.yaml']);

/** Reads flows and texts as they lie there, each checked for its shape alone; what does not fit is left out and told in `faults`. */
export function readScripts(dir: string, locales: readonly string[], faults: Fault[]): ReadScripts {
  const read: ReadScripts = {
    flows: new Map(),
    flowFiles: new Map(),
    texts: new Map(),
    textFiles: new Map(),
    leftOut: new Set(),
  };
  for (const name of yamlIn(dir, 'flows', faults) ?? []) {
    const file = `flows/${name}`;
    const flow = readYaml(dir, file, flowShape, faults);
    const named = flow && `${flow.value.flow}.yaml` === name;
    if (flow && !named)
      faults.push({
        file,
        line: flow.lineOf(['flow']),
        key: 'flow',
        message: `is "${flow.value.flow}" but the file is ${name}`,
        ...{ code: 'file-name', data: { said: flow.value.flow, name } },
      });
    if (!flow || !named) {
      read.leftOut.add(file);
      continue;
    }
    read.flows.set(flow.value.flow, flow.value);
    read.flowFiles.set(flow.value.flow, flow);
  }
  for (const locale of locales) {
    const texts = new Map<string, Map<string, TextValue>>();
    const files = new Map<string, Read<Record<string, TextValue>>>();
    const folder = yamlIn(dir, `texts/${locale}`, faults);
    if (!folder) continue;
    for (const name of folder) {
      if (NOT_OURS.has(name)) continue;
      const file = `texts/${locale}/${name}`;
      const one = readYaml(dir, file, textsShape, faults);
      if (!one) {
        read.leftOut.add(file);
        continue;
      }
      texts.set(basename(name, '.yaml'), new Map(Object.entries(one.value)));
      files.set(basename(name, '.yaml'), one);
    }
    read.texts.set(locale, texts);
    read.textFiles.set(locale, files);
  }
  return read;
}

function yamlIn(dir: string, folder: string, faults: Fault[]): string[] | null {
  try {
    return readdirSync(`${dir}/${folder}`)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch {
    faults.push({ file: folder, line: 1, key: '', message: 'this folder cannot be read' });
    return null;
  }
}
